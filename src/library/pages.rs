//! The pages of published content: the policy library for everybody, the register for authors.

use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use crate::kit::render::Template;
use serde::Serialize;

/// All templates of this feature.
pub fn templates() -> Vec<Template> {
    vec![Template::page::<PolicyListPage>(), Template::page::<PolicyPage>(), Template::page::<RegisterPage>()]
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

/// Every published version with its settings and hashes.
#[derive(Serialize)]
pub(super) struct RegisterPage {
    pub versions: Vec<VersionLine>,
}

/// One version of the register.
#[derive(Serialize)]
pub(super) struct VersionLine {
    pub kind: String,
    pub slug: String,
    pub title: String,
    pub version: i32,
    pub materiality: String,
    pub effective: String,
    pub published: String,
    pub review_by: String,
    pub overdue: bool,
    pub renderer: String,
    pub frameworks: String,
}

impl Page for RegisterPage {
    const NAME: &'static str = "library/register";
    const SOURCE: &'static str = include_str!("templates/register.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("register-title")
    }

    fn samples() -> Vec<Self> {
        let version = VersionLine {
            kind: "course".into(),
            slug: "annual-security-awareness".into(),
            title: "Security awareness".into(),
            version: 1,
            materiality: "material".into(),
            effective: "2026-09-01".into(),
            published: "2026-11-24".into(),
            review_by: "2027-09-30".into(),
            overdue: true,
            renderer: "avow-html/1".into(),
            frameworks: "ISO 27001:2022 A.6.3".into(),
        };
        vec![Self { versions: vec![version] }, Self { versions: vec![] }]
    }
}
