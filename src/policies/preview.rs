//! A policy as people would read and sign it, before it is published: the same pages, and nothing is recorded. For
//! `avow content preview`.

use crate::content::Settings;
use crate::content::Text;
use crate::kit::crypto;
use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use crate::policies::pages::ReadPage;
use crate::policies::pages::ReviewPage;
use crate::policies::routes::contents;
use crate::policies::routes::language_name;
use chrono::NaiveDate;

/// A policy of the content folder.
pub struct Rehearsal<'a> {
    /// Its name in addresses.
    pub slug: &'a str,
    /// Its settings, where they can be read.
    pub settings: Option<&'a Settings>,
    /// The text in the language to show.
    pub text: &'a Text,
    /// The language of the page around it.
    pub lang: Lang,
}

impl Rehearsal<'_> {
    fn version(&self) -> i32 {
        self.settings.map_or(1, |settings| settings.version)
    }

    fn prevailing(&self) -> Option<String> {
        let prevailing = self.settings?.prevailing_language.as_deref()?;
        (prevailing != self.text.language).then(|| language_name(self.lang, prevailing))
    }

    /// The words to attest to, in the language of the text.
    pub fn statement(&self) -> Option<&str> {
        self.settings?.statement.as_ref()?.words.get(&self.text.language).map(String::as_str)
    }

    /// The text, to be read.
    pub fn read(&self, due: NaiveDate) -> impl Page + use<> {
        let html = self.text.document.html();
        let effective = self.settings.and_then(|settings| settings.effective).unwrap_or(due);
        ReadPage {
            assignment: self.slug.to_owned(),
            text: "preview".into(),
            policy_title: self.text.title.clone(),
            version: self.version(),
            effective: self.lang.long_date(effective),
            language: self.text.language.clone(),
            prevailing: self.prevailing(),
            // The page around this one says so.
            foreign: None,
            since: None,
            contents: contents(&html),
            html,
            due: self.lang.long_date(due),
            receipt: None,
            declined: None,
            not_read: false,
        }
    }

    /// The statement, to be confirmed by somebody of that name; with what was left out.
    pub fn review(&self, name: String, box_missing: bool, reason_missing: bool) -> impl Page + use<> {
        ReviewPage {
            assignment: self.slug.to_owned(),
            text: "preview".into(),
            form_key: "preview".into(),
            policy_title: self.text.title.clone(),
            version: self.version(),
            language: self.text.language.clone(),
            language_name: language_name(self.lang, &self.text.language),
            prevailing: self.prevailing(),
            name,
            statement: self.statement().unwrap_or_default().to_owned(),
            box_missing,
            reason_missing,
            reason: String::new(),
            hash: hex::encode(crypto::sha256(self.text.document.html().as_bytes())),
        }
    }
}
