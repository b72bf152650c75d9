//! What changed between two versions, or between a version and the folder: text by text, in a language.

use crate::content::Content;
use crate::content::Settings;
use crate::kit::db::Connection;
use crate::kit::diff;
use crate::kit::error::AppError;
use crate::kit::i18n::Lang;
use crate::library;
use crate::reports::library::review_pages::TextChange;
use diesel::QueryResult;
use uuid::Uuid;

/// A text to compare: what it is called, its title, and all of it as HTML.
pub(super) struct Side {
    pub part: String,
    pub title: String,
    pub html: String,
}

/// The texts of a published version.
pub(super) async fn published(connection: &mut Connection, version: Uuid, language: &str) -> QueryResult<Vec<Side>> {
    let texts = library::texts(connection, version, language).await?;
    let shown = texts.first().map(|text| text.language.clone()).unwrap_or_default();
    let mut sides: Vec<Side> =
        texts.into_iter().map(|text| Side { html: text.document.whole_html(), part: text.part, title: text.title }).collect();
    sides.extend(statement(&library::version(connection, version).await?.settings, &shown));
    Ok(sides)
}

/// The texts of the folder; in the language asked for, else in the one that all are written in.
pub(super) fn in_folder(content: &Content, language: &str) -> Vec<Side> {
    let has = content.texts.iter().any(|text| text.language == language);
    let language = if has { language } else { content.texts.first().map(|text| text.language.as_str()).unwrap_or_default() };
    let own = content.texts.iter().filter(|text| text.language == language);
    let sides = own.map(|text| Side { part: text.part.clone(), title: text.title.clone(), html: text.document.whole_html() });
    sides.chain(statement(&content.settings, language)).collect()
}

/// The words that people attest to, beside the text.
fn statement(settings: &Settings, language: &str) -> Option<Side> {
    let words = settings.statement.as_ref()?.words.get(language)?;
    let lang: Lang = language.parse().unwrap_or_default();
    Some(Side {
        part: "statement".into(),
        title: lang.text("version-statement"),
        html: format!("<p>{}</p>", handlebars::html_escape(words)),
    })
}

/// Compares text by text; new and removed ones stand whole.
pub(super) fn compare(old: &[Side], new: &[Side], lang: Lang) -> Vec<TextChange> {
    let labels = diff::labels(lang);
    let mut changes = Vec::new();
    let nothing = String::new();
    let removed = old.iter().filter(|old| !new.iter().any(|new| new.part == old.part));
    let pairs = new.iter().map(|new| (old.iter().find(|old| old.part == new.part), Some(new)));
    for (before, after) in pairs.chain(removed.map(|old| (Some(old), None))) {
        let Some(side) = after.or(before) else { continue };
        let heading = |side: Option<&Side>| {
            side.map(|side| format!("<h2>{}</h2>\n{}", handlebars::html_escape(&side.title), side.html)).unwrap_or_else(|| nothing.clone())
        };
        let found = diff::compare(&heading(before), &heading(after), &labels);
        let state = match (before, after) {
            (None, _) => "new",
            (_, None) => "removed",
            _ if found.is_same() => "same",
            _ => "changed",
        };
        changes.push(TextChange {
            part: side.part.clone(),
            title: side.title.clone(),
            state,
            added: found.added,
            removed: found.removed,
            // What stayed is not read again.
            html: if state == "same" { String::new() } else { found.html },
        });
    }
    changes
}

/// What the folder changes, without the texts that stay.
pub(super) async fn summary(connection: &mut Connection, lang: Lang, newest: Uuid, content: &Content) -> Result<Vec<TextChange>, AppError> {
    let old = published(connection, newest, lang.tag()).await?;
    let changes = compare(&old, &in_folder(content, lang.tag()), lang);
    Ok(changes.into_iter().filter(|change| change.state != "same").collect())
}
