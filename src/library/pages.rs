//! The pages of published policies, for everybody.

use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use crate::kit::render::Template;
use serde::Serialize;

/// All templates of this feature.
pub fn templates() -> Vec<Template> {
    vec![Template::page::<PolicyListPage>(), Template::page::<PolicyPage>()]
}

/// The name of the language that a text is shown in, where it is not that of the page: nobody has translated it yet.
pub fn foreign(lang: Lang, shown: &str) -> Option<String> {
    let shown: Lang = shown.parse().ok().filter(|shown| *shown != lang)?;
    Some(lang.text(&format!("language-{shown}")))
}

/// All policies in force.
#[derive(Serialize)]
pub(super) struct PolicyListPage {
    pub policies: Vec<PolicyLine>,
}

/// One policy of the list.
#[derive(Serialize)]
pub(super) struct PolicyLine {
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub version: i32,
    pub effective: String,
}

impl Page for PolicyListPage {
    const NAME: &'static str = "library/policy_list";
    const SOURCE: &'static str = include_str!("templates/policy_list.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("policies-title")
    }

    fn samples() -> Vec<Self> {
        let policy = PolicyLine {
            slug: "acceptable-use".into(),
            title: "Acceptable use".into(),
            summary: "What you may do.".into(),
            version: 1,
            effective: "Tuesday 1 September 2026".into(),
        };
        vec![Self { policies: vec![policy] }, Self { policies: vec![] }]
    }
}

/// A policy to read, outside any assignment.
#[derive(Serialize)]
pub(super) struct PolicyPage {
    pub policy_title: String,
    pub version: i32,
    pub effective: String,
    pub owner: Option<String>,
    pub html: String,
    pub language: String,
    pub language_name: Option<String>,
    /// The language's name, where it is not that of the page.
    pub foreign: Option<String>,
    /// The numbers of all versions that counted once, newest first.
    pub versions: Vec<i32>,
    pub slug: String,
    /// The version in force, where another one is shown.
    pub newest: Option<i32>,
    /// What changed since the version before: words, and the text with its changes marked.
    pub changes: String,
    pub comparison: String,
}

impl Page for PolicyPage {
    const NAME: &'static str = "library/policy";
    const SOURCE: &'static str = include_str!("templates/policy.hbs");

    fn title(&self, _: Lang) -> String {
        self.policy_title.clone()
    }

    fn samples() -> Vec<Self> {
        let page = |language_name: Option<&str>| Self {
            policy_title: "Acceptable use".into(),
            version: 1,
            effective: "Tuesday 1 September 2026".into(),
            owner: Some("Head of Security".into()),
            html: "<p>Text</p>".into(),
            language: "en".into(),
            language_name: language_name.map(Into::into),
            foreign: language_name.map(Into::into),
            versions: if language_name.is_some() { vec![2, 1] } else { vec![1] },
            slug: "acceptable-use".into(),
            newest: language_name.map(|_| 2),
            changes: language_name.unwrap_or_default().into(),
            comparison: language_name.unwrap_or_default().into(),
        };
        vec![page(Some("English")), page(None)]
    }
}
