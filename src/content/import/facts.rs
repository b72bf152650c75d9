//! What the fields above a text say about it: title, owner, dates. What fits nowhere is kept, as words or beside the text.

use crate::content::import::front_matter::Field;
use crate::content::import::log::Log;
use crate::content::import::log::quoted;
use chrono::NaiveDate;

/// A value of so many words is a sentence, which readers should not miss.
const SENTENCE: usize = 5;

/// A longer summary is part of the text.
const MAX_SUMMARY: usize = 1500;

/// What is known about a text from the fields above it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its title, as it was written.
    pub title: Option<String>,
    /// What it is about.
    pub summary: Option<String>,
    /// Whose it is.
    pub owner: Option<String>,
    /// Who approved it.
    pub approver: Option<String>,
    /// Its version, if that is a whole number.
    pub version: Option<i32>,
    /// Its first day in force.
    pub effective: Option<NaiveDate>,
    /// When it is to be reviewed.
    pub review_by: Option<NaiveDate>,
    /// When it was last looked at.
    pub reviewed: Option<NaiveDate>,
    /// Controls it contributes to.
    pub frameworks: Vec<String>,
    /// How long a lesson takes.
    pub minutes: Option<u32>,
    /// Sentences for the text: line, what they are called, words.
    pub(super) sentences: Vec<(usize, String, String)>,
}

/// Sorts fields into facts.
pub(super) fn sort(fields: Vec<Field>, log: &mut Log) -> Facts {
    let mut facts = Facts::default();
    let has_effective = fields.iter().any(|field| kind(&field.key) == "effective");
    for field in fields {
        if field.value.is_empty() {
            continue;
        }
        let before = facts.clone();
        let taken = match kind(&field.key) {
            "date" if has_effective => false,
            kind => facts.take(kind, &field),
        };
        if !taken && facts != before {
            // Used, but not as it was written.
            log.set_aside(field.number, &format!("{}: {}", field.key, field.value));
        } else if !taken {
            facts.keep(field, log);
        }
    }
    facts
}

/// What a key means, whatever its spelling.
fn kind(key: &str) -> &'static str {
    // The name in `author.name` is the author's.
    let last = key.strip_suffix(".name").unwrap_or(key).rsplit('.').next().unwrap_or(key);
    let plain: String = last.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase();
    match plain.as_str() {
        "title" | "pagetitle" | "documenttitle" | "policyname" | "policytitle" => "title",
        "summary" | "description" | "excerpt" | "abstract" | "subtitle" => "summary",
        "owner" | "policyowner" | "documentowner" | "author" | "authors" | "responsible" | "maintainer" | "contact" => "owner",
        "approver" | "approvedby" | "approvers" | "approval" | "authorizedby" | "authorisedby" => "approver",
        "version" | "revision" | "rev" | "policyversion" => "version",
        "effective" | "effectivedate" | "effectivefrom" | "validfrom" | "inforce" | "inforcefrom" => "effective",
        "date" | "published" | "publishdate" | "publisheddate" => "date",
        "reviewby" | "reviewdate" | "nextreview" | "nextreviewdate" | "reviewdue" | "expires" | "expirydate" => "review",
        "lastupdated" | "lastmod" | "lastmodified" | "lastreviewed" | "lastreview" | "lastreviewdate" | "updated" | "modified"
        | "reviewed" => "reviewed",
        "frameworks" | "controls" => "frameworks",
        "minutes" => "minutes",
        _ => "",
    }
}

impl Facts {
    /// Takes a field where it fits and nothing stands yet.
    fn take(&mut self, kind: &str, field: &Field) -> bool {
        let value = field.value.split_whitespace().collect::<Vec<_>>().join(" ");
        let set = |place: &mut Option<String>, limit: usize| {
            let fits = place.is_none() && value.len() <= limit;
            if fits {
                *place = Some(value.clone());
            }
            fits
        };
        let set_day = |place: &mut Option<NaiveDate>| {
            let fits = place.is_none() && day(&value).is_some();
            *place = place.or(day(&value));
            // Other ways to write a day are kept as they were, too.
            fits && place.is_some_and(|day| day.to_string() == value)
        };
        match kind {
            "title" => set(&mut self.title, 300),
            "summary" => set(&mut self.summary, MAX_SUMMARY),
            "owner" => set(&mut self.owner, 200),
            "approver" => set(&mut self.approver, 200),
            "effective" | "date" => set_day(&mut self.effective),
            "review" => set_day(&mut self.review_by),
            "reviewed" => {
                set_day(&mut self.reviewed);
                false
            }
            "version" => {
                self.version = self.version.or(value.parse().ok().filter(|version| (1..1_000_000).contains(version)));
                self.version.is_some_and(|version| version.to_string() == value)
            }
            "frameworks" => {
                self.frameworks.extend(value.split(", ").map(str::to_owned));
                true
            }
            "minutes" => {
                self.minutes = self.minutes.or(value.parse().ok());
                self.minutes.is_some_and(|minutes| minutes.to_string() == value)
            }
            _ => false,
        }
    }

    /// Keeps a field that fits nowhere: a sentence in the text, the rest beside it.
    fn keep(&mut self, field: Field, log: &mut Log) {
        let words = field.value.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
        let is_list = field.value.split(", ").count() > 3 && !field.value.contains(['.', '!', '?']);
        let shown = format!("{}: {}", field.key, quoted(&field.value));
        if words >= SENTENCE && !is_list {
            let message = format!("`{shown}` stands at the start of the text now");
            log.note(field.number, "front-matter", message, "leave it there, or move it to where it belongs");
            self.sentences.push((field.number, label(&field.key), field.value));
        } else {
            let message = format!("`{shown}` is kept as a comment in the settings file");
            log.note(field.number, "front-matter", message, "there is no setting for it; write it into the text if readers need it");
            log.set_aside(field.number, &format!("{}: {}", field.key, field.value));
        }
    }

    /// The words that went to the settings file as values.
    pub(super) fn words(&self) -> String {
        let days = [self.effective, self.review_by].into_iter().flatten().map(|day| day.to_string());
        let numbers = [self.version.map(|version| version.to_string()), self.minutes.map(|minutes| minutes.to_string())];
        let texts = [self.owner.clone(), self.approver.clone()];
        let all = texts.into_iter().flatten().chain(days).chain(numbers.into_iter().flatten()).chain(self.frameworks.iter().cloned());
        all.collect::<Vec<_>>().join(" ")
    }
}

/// A key as words: `approval_note` is “Approval note”.
fn label(key: &str) -> String {
    let last = key.rsplit('.').next().unwrap_or(key).replace(['_', '-'], " ");
    let mut letters = last.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A day in the ways people write it, when there is only one way to read it.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let start: String = text.chars().take(10).collect();
    let end_is_time = text.chars().nth(10).is_none_or(|next| next == 'T' || next == ' ');
    let numeric = ["%Y-%m-%d", "%Y/%m/%d"].iter().find_map(|form| NaiveDate::parse_from_str(&start, form).ok()).filter(|_| end_is_time);
    let words = text.replace(',', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let in_words = || {
        ["%B %d %Y", "%d %B %Y", "%b %d %Y", "%d %b %Y", "%d %b. %Y"].iter().find_map(|form| NaiveDate::parse_from_str(&words, form).ok())
    };
    numeric.or_else(in_words).filter(|day| (1990..2200).contains(&chrono::Datelike::year(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(key: &str, value: &str) -> Field {
        Field { key: key.into(), value: value.into(), number: 1 }
    }

    #[test]
    fn fields_become_facts_whatever_their_spelling() {
        let mut log = Log::default();
        let fields = [
            ("Title", "Access"),
            ("policy-owner", "CISO"),
            ("approved_by", "CEO"),
            ("version", "2.1"),
            ("effective_date", "January 5, 2024"),
            ("date", "2023-12-01"),
            ("last_reviewed", "2024-06-01"),
            ("layout", "page"),
            ("purpose", "This policy keeps all of our data safe."),
        ];
        let facts = sort(fields.iter().map(|(key, value)| field(key, value)).collect(), &mut log);
        assert_eq!(
            (facts.title.as_deref(), facts.owner.as_deref(), facts.approver.as_deref()),
            (Some("Access"), Some("CISO"), Some("CEO"))
        );
        assert_eq!((facts.version, facts.effective.map(|day| day.to_string())), (None, Some("2024-01-05".into())));
        assert_eq!(facts.reviewed.map(|day| day.to_string()), Some("2024-06-01".into()));
        assert_eq!(facts.sentences, [(1, "Purpose".to_owned(), "This policy keeps all of our data safe.".to_owned())]);
        let asides: Vec<&str> = log.asides.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(
            asides,
            ["version: 2.1", "effective_date: January 5, 2024", "date: 2023-12-01", "last_reviewed: 2024-06-01", "layout: page"]
        );
    }

    #[test]
    fn days_are_read_only_where_there_is_one_way_to() {
        for text in ["2024-01-05", "2024-01-05T10:00:00Z", "2024/01/05", "5 January 2024", "Jan 5, 2024"] {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), Some("2024-01-05"), "{text}");
        }
        for text in ["01/02/2024", "soon", "2024", "2024-13-01", "2024-01-05x"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
