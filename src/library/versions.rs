//! Adds a version: its settings, its texts as written and as shown, its pictures and videos.

use crate::content;
use crate::content::Content;
use crate::content::Organisation;
use crate::kit::chance::Chance;
use crate::kit::crypto;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::kit::markdown::RENDERER;
use crate::library::queries;
use crate::library::queries::NewText;
use crate::library::queries::NewVersion;
use chrono::DateTime;
use chrono::NaiveTime;
use chrono::TimeZone;
use chrono::Utc;
use std::path::Path;
use uuid::Uuid;

/// From when on content would count, were it published now. What follows another version never counts before it is published: who
/// signed the other one until then signed the right one.
pub fn effective_at(now: DateTime<Utc>, organisation: &Organisation, content: &Content, follows: bool) -> DateTime<Utc> {
    let start = content.settings.effective.and_then(|day| organisation.zone.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest());
    let start = start.map_or(now, |start| start.with_timezone(&Utc));
    if follows { start.max(now) } else { start }
}

pub(super) async fn add(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    (root, organisation): (&Path, &Organisation),
    content: &Content,
    proposal_id: Option<Uuid>,
) -> Result<(), AppError> {
    let settings = &content.settings;
    let follows = queries::newest(connection, settings.kind, &settings.id).await?.is_some();
    let version = NewVersion {
        id: chance.id(now),
        kind: settings.kind.name(),
        slug: &settings.id,
        version: settings.version,
        materiality: settings.materiality.name(),
        settings: serde_json::to_value(settings)?,
        source_sha256: content.source_sha256.to_vec(),
        renderer: RENDERER,
        effective_at: effective_at(now, organisation, content, follows),
        published_at: now,
        proposal_id,
    };
    let mut texts = Vec::new();
    for text in &content.texts {
        let html = text.document.html();
        texts.push(NewText {
            id: chance.id(now),
            version_id: version.id,
            language: &text.language,
            part: &text.part,
            position: text.position,
            title: &text.title,
            summary: &text.summary,
            source: &text.source,
            source_sha256: crypto::sha256(text.source.as_bytes()).to_vec(),
            html_sha256: crypto::sha256(html.as_bytes()).to_vec(),
            html,
            document: serde_json::to_value(&text.document)?,
        });
    }
    queries::add(connection, &version, &texts).await?;
    for asset in &content.assets {
        let bytes = content::asset_bytes(root, asset).map_err(|error| changed(&error))?;
        queries::add_asset(connection, version.id, asset, &bytes).await?;
    }
    Ok(())
}

/// A picture that was changed while it was looked at: nothing is published.
fn changed(error: &std::io::Error) -> AppError {
    tracing::warn!(cause = %error, "a picture or video cannot be published");
    AppError::Conflict("library-problem-folder")
}
