//! The words of every page and mail, in each language, and dates as people write them. Words live in `src/locales`.

use chrono::DateTime;
use chrono::Datelike;
use chrono::NaiveDate;
use chrono::Utc;
use chrono_tz::Tz;
use fluent_templates::LanguageIdentifier;
use fluent_templates::Loader;
use fluent_templates::fluent_bundle::FluentValue;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "./src/locales",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A language that every page and mail is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Vietnamese.
    Vi,
}

/// What is filled into a message.
pub type Args = HashMap<Cow<'static, str>, FluentValue<'static>>;

impl Lang {
    /// Every language, in the order people choose from.
    pub const ALL: [Self; 2] = [Self::En, Self::Vi];

    /// The language's tag (RFC 5646).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Vi => "vi",
        }
    }

    /// The language's own name.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Vi => "Tiếng Việt",
        }
    }

    /// The best language for an `Accept-Language` header (RFC 9110, section 12.5.4): the first we have.
    pub fn accepted(header: &str) -> Option<Self> {
        header.split(',').find_map(|item| item.split(';').next()?.trim().parse().ok())
    }

    /// The message of that key.
    pub fn text(self, key: &str) -> String {
        self.text_with(key, [])
    }

    /// The message of that key with its values.
    pub fn text_with<const N: usize>(self, key: &str, values: [(&'static str, FluentValue<'static>); N]) -> String {
        let args = values.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect();
        self.try_text(key, &args).unwrap_or_else(|| {
            debug_assert!(false, "no message {key} in {self}");
            key.to_owned()
        })
    }

    /// The message of that key, if there is one.
    pub fn try_text(self, key: &str, args: &Args) -> Option<String> {
        let id: LanguageIdentifier = self.tag().parse().ok()?;
        LOCALES.try_lookup_with_args(&id, key, args)
    }

    /// A date in long form with its weekday: never one that could be read as another.
    pub fn long_date(self, date: NaiveDate) -> String {
        let weekday = self.text(&format!("weekday-{}", date.weekday().num_days_from_monday()));
        let comma = if self == Self::Vi { "," } else { "" };
        format!("{weekday}{comma} {}", self.plain_date(date))
    }

    /// A date in long form.
    pub fn plain_date(self, date: NaiveDate) -> String {
        let (day, month, year) = (date.day(), date.month(), date.year());
        match self {
            Self::En => format!("{day} {} {year}", self.text(&format!("month-{month}"))),
            Self::Vi => format!("ngày {day} tháng {month} năm {year}"),
        }
    }

    /// An instant as a long date and a time of day in a zone, which is named.
    pub fn long_instant(self, instant: DateTime<Utc>, zone: Tz) -> String {
        let local = instant.with_timezone(&zone);
        format!("{}, {} ({})", self.long_date(local.date_naive()), local.format("%H:%M"), zone.name())
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.tag())
    }
}

impl FromStr for Lang {
    type Err = ();

    /// Reads a language tag; a region (`vi-VN`) is allowed and ignored.
    fn from_str(tag: &str) -> Result<Self, ()> {
        match tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "en" => Ok(Self::En),
            "vi" => Ok(Self::Vi),
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_long_and_carry_their_weekday() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a date");
        assert_eq!(Lang::En.long_date(date), "Tuesday 24 November 2026");
        assert_eq!(Lang::Vi.long_date(date), "Thứ Ba, ngày 24 tháng 11 năm 2026");
    }

    #[test]
    fn the_first_language_we_have_wins() {
        assert_eq!(Lang::accepted("fr-FR, vi-VN;q=0.9, en;q=0.8"), Some(Lang::Vi));
        assert_eq!(Lang::accepted("de"), None);
    }
}
