//! The pages of a version as it was published, and of what changed between two.

use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use serde::Serialize;

/// What changed in one text.
#[derive(Clone, Serialize)]
pub(super) struct TextChange {
    pub part: String,
    pub title: String,
    /// `same`, `changed`, `new` or `removed`.
    pub state: &'static str,
    pub added: usize,
    pub removed: usize,
    pub html: String,
}

impl TextChange {
    pub(super) fn samples() -> Vec<Self> {
        let change = |state| Self {
            part: "01-links".into(),
            title: "Links".into(),
            state,
            added: 3,
            removed: 2,
            html: "<p>Look <del>before</del> <ins>well before</ins> you click.</p>".into(),
        };
        ["changed", "new", "removed", "same"].map(change).into()
    }
}

/// Languages to choose from: tag, own name, whether it is shown.
type Languages = Vec<(String, String, bool)>;

/// A version as it was published.
#[derive(Serialize)]
pub(super) struct VersionPage {
    pub shelf: &'static str,
    pub slug: String,
    pub content_title: String,
    pub version: i32,
    pub materiality: String,
    pub effective: String,
    pub published: String,
    pub renderer: String,
    pub source_hash: String,
    pub statement: Option<String>,
    pub changes: String,
    pub language: String,
    pub languages: Languages,
    pub texts: Vec<TextView>,
}

/// One text of it.
#[derive(Serialize)]
pub(super) struct TextView {
    pub part: String,
    pub title: String,
    pub html: String,
    pub source: String,
    pub source_hash: String,
    pub html_hash: String,
}

fn languages() -> Languages {
    vec![("en".into(), "English".into(), true), ("vi".into(), "Tiếng Việt".into(), false)]
}

impl Page for VersionPage {
    const NAME: &'static str = "library/version";
    const SOURCE: &'static str = include_str!("templates/version.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text_with("version-title", [("title", self.content_title.clone().into()), ("version", self.version.into())])
    }

    fn samples() -> Vec<Self> {
        let text = TextView {
            part: "policy".into(),
            title: "Clear desk".into(),
            html: "<p>Lock it away.</p>".into(),
            source: "Lock it away.\n".into(),
            source_hash: "ab".repeat(32),
            html_hash: "cd".repeat(32),
        };
        let page = |statement: Option<&str>, texts| Self {
            shelf: "policies",
            slug: "clear-desk".into(),
            content_title: "Clear desk".into(),
            version: 2,
            materiality: "material".into(),
            effective: "Tuesday 1 September 2026".into(),
            published: "Monday 31 August 2026, 10:00".into(),
            renderer: "avow-html/2".into(),
            source_hash: "ef".repeat(32),
            statement: statement.map(Into::into),
            changes: statement.unwrap_or_default().into(),
            language: "en".into(),
            languages: languages(),
            texts,
        };
        vec![page(Some("I agree."), vec![text]), page(None, vec![])]
    }
}

/// A version to choose.
#[derive(Serialize)]
pub(super) struct NumberLine {
    pub number: i32,
    pub is_from: bool,
    pub is_to: bool,
}

/// Two versions, or a version and the folder, compared.
#[derive(Serialize)]
pub(super) struct ChangesPage {
    pub shelf: &'static str,
    pub slug: String,
    pub content_title: String,
    pub from: i32,
    /// None: the folder.
    pub to: Option<i32>,
    pub in_folder: bool,
    pub numbers: Vec<NumberLine>,
    pub words: String,
    pub language: String,
    pub languages: Languages,
    pub texts: Vec<TextChange>,
}

impl Page for ChangesPage {
    const NAME: &'static str = "library/changes";
    const SOURCE: &'static str = include_str!("templates/changes.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text_with("changes-title", [("title", self.content_title.clone().into())])
    }

    fn samples() -> Vec<Self> {
        let page = |to, texts| Self {
            shelf: "courses",
            slug: "safe-mail".into(),
            content_title: "Safe mail".into(),
            from: 1,
            to,
            in_folder: true,
            numbers: [2, 1].map(|number| NumberLine { number, is_from: number == 1, is_to: number == 2 }).into(),
            words: "Badges".into(),
            language: "en".into(),
            languages: languages(),
            texts,
        };
        vec![page(Some(2), TextChange::samples()), page(None, vec![])]
    }
}
