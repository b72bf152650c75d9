//! Opening, reviewing, attesting. An attestation is one transaction: record, side rows, completion, the job that mails the
//! receipt. It is acknowledged only after it is durable.

use crate::content::ContentKind;
use crate::ctx::Ctx;
use crate::kit::chance::Chance;
use crate::kit::crypto;
use crate::kit::db::Connection;
use crate::kit::diff;
use crate::kit::diff::Comparison;
use crate::kit::error::AppError;
use crate::kit::jobs;
use crate::kit::jobs::NewJob;
use crate::library;
use crate::library::ContentText;
use crate::library::Version;
use crate::people;
use crate::policies::model::Record;
use crate::policies::model::Response;
use crate::policies::model::SignIn;
use crate::policies::queries;
use crate::policies::queries::Made;
use crate::programme;
use crate::programme::Assignment;
use crate::programme::NewCompletion;
use crate::programme::NewRefusal;
use chrono::DateTime;
use chrono::Utc;
use diesel_async::AsyncConnection;
use serde_json::json;
use uuid::Uuid;

/// A policy that somebody owes, in the version and language they read.
pub(super) struct Reading {
    pub assignment: Assignment,
    pub version: Version,
    pub text: ContentText,
}

/// The assignment of a policy to this person; nobody else's is found.
pub(super) async fn own(connection: &mut Connection, person: Uuid, assignment: Uuid) -> Result<Assignment, AppError> {
    let assignment = programme::assignment(connection, assignment).await?;
    let is_theirs = assignment.person_id == person && assignment.content_kind == ContentKind::Policy;
    if is_theirs { Ok(assignment) } else { Err(AppError::NotFound) }
}

/// The policy in force, to be read; notes that it was opened.
pub(super) async fn open(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    person: Uuid,
    assignment: Uuid,
    language: &str,
) -> Result<Reading, AppError> {
    let assignment = own(connection, person, assignment).await?;
    let version = library::current(connection, now, ContentKind::Policy, &assignment.content_slug).await?;
    let text = library::text(connection, version.id, language, "policy").await?;
    queries::open(connection, now, chance.id(now), assignment.id, text.id).await?;
    Ok(Reading { assignment, version, text })
}

/// The text that was opened for this assignment.
pub(super) async fn reading(connection: &mut Connection, person: Uuid, assignment: Uuid, text: Uuid) -> Result<Reading, AppError> {
    let assignment = own(connection, person, assignment).await?;
    let text = library::text_by_id(connection, text).await?;
    let version = library::version(connection, text.version_id).await?;
    if version.kind != "policy" || version.slug != assignment.content_slug {
        return Err(AppError::NotFound);
    }
    Ok(Reading { assignment, version, text })
}

/// Who signs, and how they signed in.
pub(super) struct Signer {
    pub person_id: Uuid,
    pub session_id: Uuid,
    pub method: String,
    pub signed_in_at: DateTime<Utc>,
}

/// What came of sending the form.
pub(super) enum Outcome {
    /// The record, made now or before.
    Recorded(Uuid),
    /// A material version has taken the text's place: what changed, as HTML, and its number.
    Superseded(i32, String),
    /// The text was never opened, or its end never reached.
    NotRead,
}

/// Records a response to a policy.
pub(super) async fn respond(
    connection: &mut Connection,
    now: DateTime<Utc>,
    ctx: &Ctx,
    signer: &Signer,
    reading: &Reading,
    key: Uuid,
    response: Response,
) -> Result<Outcome, AppError> {
    let (assignment, version) = (&reading.assignment, &reading.version);
    if let Some(made) = queries::existing(connection, key, assignment.id, version.version).await? {
        return made.answer_to(&response);
    }
    if queries::is_superseded(connection, now, &version.slug, version.version).await? {
        tracing::info!(assignment = %assignment.id, "an attestation to a superseded text was refused");
        let (newer, changes) = changes(connection, now, reading).await?;
        return Ok(Outcome::Superseded(newer, changes));
    }
    let Some((opened_at, end_reached_at)) = queries::reading(connection, assignment.id, reading.text.id).await? else {
        return Ok(Outcome::NotRead);
    };
    let record = record(connection, now, ctx, signer, reading, response, (opened_at, end_reached_at)).await?;
    let (salt, canonical) = (ctx.chance.bytes::<32>(), record.canonical());
    let commitment = crypto::commitment(&salt, &canonical);
    connection
        .transaction(async |connection| {
            if !queries::add(connection, &record, key, (&salt, &commitment), &canonical).await? {
                // Another send of the same form was faster.
                let made = queries::existing(connection, key, assignment.id, version.version).await?.ok_or(AppError::NotFound)?;
                return made.answer_to(&record.response);
            }
            if record.response == Response::Attest {
                let completion = NewCompletion {
                    id: ctx.chance.id(now),
                    assignment,
                    version_id: version.id,
                    language: &record.language,
                    evidence: "attestation",
                    evidence_id: record.id,
                };
                programme::record_completion(connection, now, &completion).await?;
            } else {
                let (id, assignment_id, person_id, evidence_id) = (ctx.chance.id(now), assignment.id, record.person_id, record.id);
                programme::record_refusal(connection, now, &NewRefusal { id, assignment_id, person_id, evidence_id }).await?;
            }
            jobs::enqueue(connection, now, NewJob::new("policies.send_receipt", json!({ "attestation": record.id }))).await?;
            Ok(Outcome::Recorded(record.id))
        })
        .await
}

impl Made {
    /// The same answer again leads to the record it made; another one does not change it.
    fn answer_to(&self, response: &Response) -> Result<Outcome, AppError> {
        if self.response == response.name() { Ok(Outcome::Recorded(self.id)) } else { Err(AppError::Conflict("problem-answered")) }
    }
}

async fn record(
    connection: &mut Connection,
    now: DateTime<Utc>,
    ctx: &Ctx,
    signer: &Signer,
    reading: &Reading,
    response: Response,
    (opened_at, end_reached_at): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Record, AppError> {
    let facts = people::facts_of(connection, signer.person_id).await?;
    let today = now.with_timezone(&facts.zone(ctx.organisation.zone)).date_naive();
    let engagement = facts.engagement_on(today).ok_or(AppError::NotFound)?;
    let (version, text) = (&reading.version, &reading.text);
    let statement = version.settings.statement.as_ref().ok_or(AppError::NotFound)?;
    Ok(Record {
        id: ctx.chance.id(now),
        assignment_id: reading.assignment.id,
        person_id: signer.person_id,
        engagement_id: engagement.id,
        displayed_name: facts.person.name(),
        text_id: text.id,
        policy: version.slug.clone(),
        version: version.version,
        language: text.language.clone(),
        prevailing_language: version.settings.prevailing_language.clone().unwrap_or_else(|| text.language.clone()),
        source_sha256: text.source_sha256.clone(),
        html_sha256: text.html_sha256.clone(),
        renderer: version.renderer.clone(),
        statement: statement.words.get(&text.language).cloned().ok_or(AppError::NotFound)?,
        statement_version: statement.version,
        meaning: version.settings.meaning.clone(),
        response,
        opened_at,
        end_reached_at,
        // Another instance's clock may run a little ahead of this one's.
        signed_at: now.max(end_reached_at),
        sign_in: SignIn { method: signer.method.clone(), issuer: ctx.config.base_url.clone(), signed_in_at: signer.signed_in_at },
        session_sha256: crypto::sha256(signer.session_id.as_bytes()),
        previous_id: queries::previous(connection, signer.person_id, &version.slug).await?,
    })
}

/// The number of the version in force, and what changed to it from the text that was read.
async fn changes(connection: &mut Connection, now: DateTime<Utc>, reading: &Reading) -> Result<(i32, String), AppError> {
    let current = library::current(connection, now, ContentKind::Policy, &reading.version.slug).await?;
    let new = library::text(connection, current.id, &reading.text.language, "policy").await?;
    let labels = diff::labels(new.language.parse().unwrap_or_default());
    Ok((current.version, diff::compare(&reading.text.html, &new.html, &labels).html))
}

/// What changed from a text that was signed to one that is read now, in the language of the latter; and what the versions in between
/// say of themselves.
pub(super) async fn changes_since(
    connection: &mut Connection,
    now: DateTime<Utc>,
    signed: Uuid,
    version: i32,
    text: &ContentText,
) -> Result<(Comparison, String), AppError> {
    let signed = library::text_by_id(connection, signed).await?;
    // The text they signed may be in another language than the one they read now.
    let old = library::text(connection, signed.version_id, &text.language, "policy").await?;
    let old = if old.language == text.language { old } else { signed };
    let from = library::version(connection, old.version_id).await?;
    let to = library::version(connection, text.version_id).await?;
    // The statement is signed too.
    let whole = |html: &str, version: &Version, language: &str| {
        let words = version.settings.statement.as_ref().and_then(|statement| statement.words.get(language));
        format!("{html}<blockquote><p>{}</p></blockquote>", handlebars::html_escape(words.map_or("", String::as_str)))
    };
    let between = |other: &Version| {
        other.kind == to.kind
            && other.slug == to.slug
            && other.version > version
            && other.version <= to.version
            && other.effective_at <= now
    };
    let mut words: Vec<String> = Vec::new();
    for other in library::all(connection).await?.into_iter().filter(between) {
        words.extend(other.settings.changes_in(&text.language).map(str::to_owned));
    }
    words.reverse();
    let labels = diff::labels(text.language.parse().unwrap_or_default());
    let (old, new) = (whole(&old.html, &from, &old.language), whole(&text.html, &to, &text.language));
    Ok((diff::compare(&old, &new, &labels), words.join(" ")))
}
