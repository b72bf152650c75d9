//! The pages of published policies, for everybody.

use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use crate::kit::render::Template;
use serde::Serialize;

/// All templates of this feature.
pub fn templates() -> Vec<Template> {
    vec![Template::page::<PolicyListPage>(), Template::page::<PolicyPage>()]
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
        };
        vec![page(Some("English")), page(None)]
    }
}
