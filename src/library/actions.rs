//! Publishing: what stands in the content folder becomes immutable versions, all of it or nothing.

use crate::content::Catalogue;
use crate::content::Content;
use crate::content::Examined;
use crate::content::Organisation;
use crate::content::codes;
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
use diesel::QueryResult;
use diesel_async::AsyncConnection;
use std::collections::BTreeSet;
use std::fmt;

/// A version that was published now.
#[derive(Debug, PartialEq, Eq)]
pub struct Published {
    /// `course` or `policy`, a slash, its name.
    pub name: String,
    /// Its number.
    pub version: i32,
}

/// Why the folder cannot be published as it stands.
#[derive(Debug)]
pub struct Refused(Vec<String>);

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.join("\n"))
    }
}

/// Publishes every course and policy whose version number is new. Those that are published already must have the same words.
///
/// # Errors
/// When the database fails; `Ok(Err)` names what was changed under a published number.
pub async fn publish(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    catalogue: &Catalogue,
) -> Result<Result<Vec<Published>, Refused>, AppError> {
    connection
        .transaction(async |connection| {
            queries::lock(connection).await?;
            let (mut fresh, mut refused) = (Vec::new(), Vec::new());
            for content in &catalogue.contents {
                let settings = &content.settings;
                let name = format!("{}/{}", settings.kind, settings.id);
                match queries::newest(connection, settings.kind, &settings.id).await? {
                    Some((version, hash)) if version == settings.version && hash == content.source_sha256 => {}
                    Some((version, _)) if version == settings.version => refused.push(format!(
                        "{name}: version {version} is published with other words; restore them, or raise version to {}",
                        version + 1
                    )),
                    Some((version, _)) if version > settings.version => {
                        refused.push(format!("{name}: version {version} is published, the folder has {}", settings.version));
                    }
                    _ => fresh.push(content),
                }
            }
            if !refused.is_empty() {
                return Ok(Err(Refused(refused)));
            }
            for content in &fresh {
                add(connection, now, chance, &catalogue.organisation, content).await?;
            }
            let published = |content: &&Content| Published {
                name: format!("{}/{}", content.settings.kind, content.settings.id),
                version: content.settings.version,
            };
            Ok(Ok(fresh.iter().map(published).collect()))
        })
        .await
}

/// Compares a folder with what is published: numbers that stand for other words, questions that are gone.
///
/// # Errors
/// When the database fails.
pub async fn compare(connection: &mut Connection, examined: &mut Examined) -> QueryResult<()> {
    for content in &examined.contents {
        let settings = &content.settings;
        let Some((version, hash)) = queries::newest(connection, settings.kind, &settings.id).await? else { continue };
        let place = examined.key(content, "version");
        if version > settings.version {
            let message = format!("version {version} is published, the folder has {}", settings.version);
            examined.found.add(codes::VERSION_OLDER, place, message, "take the newest texts, or raise version");
        } else if version == settings.version && hash != content.source_sha256 {
            let message = format!("version {version} is published with other words");
            let help = format!("restore them, or raise version to {} and say what changed", version + 1);
            examined.found.add(codes::VERSION_CHANGED, place, message, help);
        }
        let asked: BTreeSet<&str> =
            content.texts.iter().flat_map(|text| text.document.all_questions()).map(|one| one.id.as_str()).collect();
        for gone in
            queries::questions(connection, settings.kind, &settings.id, version).await?.iter().filter(|id| !asked.contains(id.as_str()))
        {
            let message = format!("the published version asks {gone}, this folder does not");
            let help = "if only its words changed, give it its old name back";
            examined.found.add(codes::QUESTION_VANISHED, examined.key(content, "version"), message, help);
        }
    }
    Ok(())
}

async fn add(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    organisation: &Organisation,
    content: &Content,
) -> Result<(), AppError> {
    let settings = &content.settings;
    let start = settings.effective.and_then(|day| organisation.zone.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest());
    let version = NewVersion {
        id: chance.id(now),
        kind: settings.kind.name(),
        slug: &settings.id,
        version: settings.version,
        materiality: settings.materiality.name(),
        settings: serde_json::to_value(settings)?,
        source_sha256: content.source_sha256.to_vec(),
        renderer: RENDERER,
        effective_at: start.map_or(now, |start| start.with_timezone(&Utc)),
        published_at: now,
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
    Ok(queries::add(connection, &version, &texts).await?)
}
