//! The pages of reading, confirming and keeping.

use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use crate::kit::render::Template;
use serde::Serialize;

/// All templates of this feature.
pub fn templates() -> Vec<Template> {
    vec![Template::page::<ReadPage>(), Template::page::<ReviewPage>(), Template::page::<SupersededPage>(), Template::page::<ReceiptPage>()]
}

/// A policy to be read, and then attested to.
#[derive(Serialize)]
pub(super) struct ReadPage {
    pub assignment: String,
    pub text: String,
    pub policy_title: String,
    pub version: i32,
    pub effective: String,
    pub language: String,
    pub prevailing: Option<String>,
    /// The language's name, where it is not that of the page.
    pub foreign: Option<String>,
    /// What changed since the reader attested last.
    pub since: Option<SinceView>,
    pub html: String,
    pub contents: Vec<Heading>,
    pub due: String,
    pub receipt: Option<String>,
    pub declined: Option<String>,
    pub not_read: bool,
}

/// What changed since somebody attested last.
#[derive(Serialize)]
pub(super) struct SinceView {
    pub version: i32,
    pub signed: String,
    /// What the newer versions say of themselves.
    pub words: String,
    pub language: String,
    pub same: bool,
    pub added: usize,
    pub removed: usize,
    pub html: String,
}

impl SinceView {
    fn sample(same: bool) -> Self {
        Self {
            version: 1,
            signed: "Tuesday 1 September 2026".into(),
            words: if same { String::new() } else { "Badges count as papers.".into() },
            language: "en".into(),
            same,
            added: 3,
            removed: 2,
            html: "<p>Lock <del>it</del> <ins>papers</ins></p>".into(),
        }
    }
}

/// One entry of a contents list.
#[derive(Serialize)]
pub(super) struct Heading {
    pub id: String,
    pub title: String,
}

impl Page for ReadPage {
    const NAME: &'static str = "policies/read";
    const SOURCE: &'static str = include_str!("templates/read.hbs");

    fn title(&self, _: Lang) -> String {
        self.policy_title.clone()
    }

    fn samples() -> Vec<Self> {
        let page = |full: bool| Self {
            assignment: "0190".into(),
            text: "0192".into(),
            policy_title: "Acceptable use".into(),
            version: 1,
            effective: "Tuesday 1 September 2026".into(),
            language: "vi".into(),
            prevailing: full.then(|| "English".into()),
            foreign: full.then(|| "English".into()),
            since: Some(SinceView::sample(full)),
            html: "<h2 id=\"s-scope\">Scope</h2><p>Text</p>".into(),
            contents: if full { vec![Heading { id: "s-scope".into(), title: "Scope".into() }] } else { vec![] },
            due: "Tuesday 24 November 2026".into(),
            receipt: full.then(|| "0191".into()),
            declined: (!full).then(|| "0191".into()),
            not_read: !full,
        };
        vec![page(true), page(false)]
    }
}

/// Review and confirm: the statement, an unticked box, a button that says what it does.
#[derive(Serialize)]
pub(super) struct ReviewPage {
    pub assignment: String,
    pub text: String,
    pub form_key: String,
    pub policy_title: String,
    pub version: i32,
    pub language: String,
    pub language_name: String,
    pub prevailing: Option<String>,
    pub name: String,
    pub statement: String,
    pub box_missing: bool,
    pub reason_missing: bool,
    pub reason: String,
    pub hash: String,
}

impl Page for ReviewPage {
    const NAME: &'static str = "policies/review";
    const SOURCE: &'static str = include_str!("templates/review.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("review-title")
    }

    fn samples() -> Vec<Self> {
        let page = |box_missing, reason_missing, prevailing: Option<&str>| Self {
            assignment: "0190".into(),
            text: "0192".into(),
            form_key: "abc".into(),
            policy_title: "Acceptable use".into(),
            version: 1,
            language: "vi".into(),
            language_name: "Vietnamese".into(),
            prevailing: prevailing.map(Into::into),
            name: "Trần Thị Mai".into(),
            statement: "I have read and agree.".into(),
            box_missing,
            reason_missing,
            reason: String::new(),
            hash: "9f2c".repeat(16),
        };
        vec![page(true, false, Some("English")), page(false, true, None), page(false, false, None)]
    }
}

/// The text was replaced while it was being read.
#[derive(Serialize)]
pub(super) struct SupersededPage {
    pub assignment: String,
    pub policy_title: String,
    pub old: i32,
    pub new: i32,
    pub language: String,
    pub changes: String,
}

impl Page for SupersededPage {
    const NAME: &'static str = "policies/superseded";
    const SOURCE: &'static str = include_str!("templates/superseded.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("superseded-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self {
            assignment: "0190".into(),
            policy_title: "Acceptable use".into(),
            old: 3,
            new: 4,
            language: "en".into(),
            changes: "<p><ins>now</ins></p>".into(),
        }]
    }
}

/// What a person keeps of an attestation.
#[derive(Serialize)]
pub(super) struct ReceiptPage {
    pub number: String,
    pub declined: bool,
    /// Why somebody declined; nothing where they attested.
    pub reason: String,
    pub name: String,
    pub policy_title: String,
    pub version: i32,
    pub language: String,
    pub language_name: String,
    pub prevailing: String,
    pub statement: String,
    pub signed: String,
    pub signed_iso: String,
    pub method: String,
    pub source_hash: String,
    pub html_hash: String,
    pub commitment: String,
    pub record: String,
    pub salt: String,
    pub proof: bool,
    pub html: String,
}

impl Page for ReceiptPage {
    const NAME: &'static str = "policies/receipt";
    const SOURCE: &'static str = include_str!("templates/receipt.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text(if self.declined { "receipt-title-declined" } else { "receipt-title" })
    }

    fn samples() -> Vec<Self> {
        let page = |declined, method: &str| Self {
            number: "0191".into(),
            declined,
            reason: if declined { "My desk has no lock.".into() } else { String::new() },
            name: "Trần Thị Mai".into(),
            policy_title: "Acceptable use".into(),
            version: 1,
            language: "vi".into(),
            language_name: "Vietnamese".into(),
            prevailing: "English".into(),
            statement: "I have read and agree.".into(),
            signed: "Tuesday 24 November 2026, 09:12 (Asia/Ho_Chi_Minh)".into(),
            signed_iso: "2026-11-24T02:12:00Z".into(),
            method: method.into(),
            source_hash: "9f2c".repeat(16),
            html_hash: "9f2c".repeat(16),
            commitment: "9f2c".repeat(16),
            record: "{\"id\":\"0191\"}".into(),
            salt: "07".repeat(32),
            proof: !declined,
            html: "<p>Text</p>".into(),
        };
        vec![page(false, "mailed-link"), page(true, "demo-link"), page(false, "terminal-link")]
    }
}
