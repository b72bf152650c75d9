//! A version as it was published, whenever that was; and two versions side by side.

use crate::content::Examined;
use crate::ctx::Ctx;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::kit::i18n::Lang;
use crate::library;
use crate::library::Version;
use crate::reports::library::changes;
use crate::reports::library::content::Looking;
use crate::reports::library::folder;
use crate::reports::library::review_pages::ChangesPage;
use crate::reports::library::review_pages::NumberLine;
use crate::reports::library::review_pages::TextView;
use crate::reports::library::review_pages::VersionPage;
use serde::Deserialize;

/// Which two to compare: numbers of versions; the folder, where none is named.
#[derive(Deserialize)]
pub struct Between {
    from: Option<i32>,
    to: Option<i32>,
    language: Option<String>,
}

/// All versions of a course or policy, newest first.
async fn all(connection: &mut Connection, looking: &Looking<'_>) -> Result<Vec<Version>, AppError> {
    let all = library::all(connection).await?;
    Ok(all.into_iter().filter(|version| version.settings.kind == looking.kind && version.slug == looking.slug).collect())
}

/// The language to show a text in: the one asked for, else that of the page.
fn language(asked: Option<&str>, lang: Lang) -> Lang {
    asked.and_then(|tag| tag.parse().ok()).unwrap_or(lang)
}

pub(super) async fn version_page(
    connection: &mut Connection,
    looking: &Looking<'_>,
    number: i32,
    asked: Option<&str>,
) -> Result<VersionPage, AppError> {
    let versions = all(connection, looking).await?;
    let version = versions.iter().find(|version| version.version == number).ok_or(AppError::NotFound)?;
    let shown = language(asked, looking.lang);
    let texts = library::texts(connection, version.id, shown.tag()).await?;
    let language = texts.first().map(|text| text.language.clone()).unwrap_or_default();
    let title = texts.first().map(|text| text.title.clone()).unwrap_or_default();
    let ctx: &Ctx = looking.ctx;
    let day = version.effective_at.with_timezone(&ctx.organisation.zone).date_naive();
    Ok(VersionPage {
        shelf: folder::shelf(looking.kind),
        slug: looking.slug.to_owned(),
        content_title: title,
        version: version.version,
        materiality: version.materiality.clone(),
        effective: looking.lang.long_date(day),
        published: looking.lang.long_instant(version.published_at, ctx.organisation.zone),
        renderer: version.renderer.clone(),
        source_hash: hex::encode(&version.source_sha256),
        statement: version.settings.statement.as_ref().and_then(|statement| statement.words.get(&language).cloned()),
        changes: version.settings.changes_in(shown.tag()).unwrap_or_default().to_owned(),
        languages: Lang::ALL.iter().map(|lang| (lang.tag().to_owned(), lang.own_name().to_owned(), lang.tag() == language)).collect(),
        language,
        texts: texts
            .into_iter()
            .map(|text| TextView {
                html: text.document.whole_html(),
                source_hash: hex::encode(&text.source_sha256),
                html_hash: hex::encode(&text.html_sha256),
                part: text.part,
                title: text.title,
                source: text.source,
            })
            .collect(),
    })
}

pub(super) async fn changes_page(
    connection: &mut Connection,
    looking: &Looking<'_>,
    examined: &Examined,
    between: &Between,
) -> Result<ChangesPage, AppError> {
    let versions = all(connection, looking).await?;
    let shown = language(between.language.as_deref(), looking.lang);
    let content = examined.contents.iter().find(|content| content.settings.kind == looking.kind && content.settings.id == looking.slug);
    let find = |number: i32| versions.iter().find(|version| version.version == number).ok_or(AppError::NotFound);
    let from = match between.from {
        Some(number) => find(number)?,
        None => versions.first().ok_or(AppError::NotFound)?,
    };
    let old = changes::published(connection, from.id, shown.tag()).await?;
    let (new, title, words) = match between.to {
        Some(number) => {
            let to = find(number)?;
            let texts = changes::published(connection, to.id, shown.tag()).await?;
            let title = texts.first().map(|text| text.title.clone()).unwrap_or_default();
            (texts, title, to.settings.changes_in(shown.tag()).unwrap_or_default().to_owned())
        }
        None => {
            let content = content.ok_or(AppError::NotFound)?;
            let words = content.settings.changes_in(shown.tag()).unwrap_or_default().to_owned();
            (changes::in_folder(content, shown.tag()), folder::title(content, shown), words)
        }
    };
    Ok(ChangesPage {
        shelf: folder::shelf(looking.kind),
        slug: looking.slug.to_owned(),
        content_title: title,
        from: from.version,
        to: between.to,
        in_folder: content.is_some(),
        numbers: versions
            .iter()
            .map(|version| NumberLine {
                number: version.version,
                is_from: version.version == from.version,
                is_to: Some(version.version) == between.to,
            })
            .collect(),
        words,
        language: shown.tag().to_owned(),
        languages: Lang::ALL.iter().map(|lang| (lang.tag().to_owned(), lang.own_name().to_owned(), *lang == shown)).collect(),
        texts: changes::compare(&old, &new, looking.lang),
    })
}
