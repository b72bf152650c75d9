//! Every statement about readings and attestations.

use crate::kit::crypto::Sha256;
use crate::kit::db::Connection;
use crate::policies::model::Record;
use crate::policies::model::Response;
use crate::schema::attestation_private;
use crate::schema::attestation_sign_ins;
use crate::schema::attestations;
use crate::schema::content_texts;
use crate::schema::content_versions;
use crate::schema::policy_readings;
use crate::schema::policy_reviews;
use chrono::DateTime;
use chrono::Utc;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Notes the first time that a person opened a text.
pub(super) async fn open(connection: &mut Connection, now: DateTime<Utc>, id: Uuid, assignment: Uuid, text: Uuid) -> QueryResult<()> {
    let row = (
        policy_readings::id.eq(id),
        policy_readings::assignment_id.eq(assignment),
        policy_readings::text_id.eq(text),
        policy_readings::opened_at.eq(now),
    );
    diesel::insert_into(policy_readings::table).values(row).on_conflict_do_nothing().execute(connection).await.map(drop)
}

/// Notes the first time that a person who opened a text asked for the review at its end.
pub(super) async fn reach_end(connection: &mut Connection, now: DateTime<Utc>, assignment: Uuid, text: Uuid) -> QueryResult<()> {
    let reading: Uuid = policy_readings::table
        .filter(policy_readings::assignment_id.eq(assignment))
        .filter(policy_readings::text_id.eq(text))
        .select(policy_readings::id)
        .first(connection)
        .await?;
    let row = (policy_reviews::id.eq(reading), policy_reviews::reading_id.eq(reading), policy_reviews::end_reached_at.eq(now));
    diesel::insert_into(policy_reviews::table).values(row).on_conflict_do_nothing().execute(connection).await.map(drop)
}

/// When a text was opened, and when its end was reached.
pub(super) async fn reading(
    connection: &mut Connection,
    assignment: Uuid,
    text: Uuid,
) -> QueryResult<Option<(DateTime<Utc>, DateTime<Utc>)>> {
    policy_readings::table
        .inner_join(policy_reviews::table)
        .filter(policy_readings::assignment_id.eq(assignment))
        .filter(policy_readings::text_id.eq(text))
        .select((policy_readings::opened_at, policy_reviews::end_reached_at))
        .first(connection)
        .await
        .optional()
}

/// A record that was made before.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Made {
    pub id: Uuid,
    pub response: String,
}

/// The record that a form already made: by its key, or an attestation of the same version for the same assignment.
pub(super) async fn existing(connection: &mut Connection, key: Uuid, assignment: Uuid, version: i32) -> QueryResult<Option<Made>> {
    let same = attestations::assignment_id.eq(assignment).and(attestations::version.eq(version)).and(attestations::response.eq("attest"));
    attestations::table
        .filter(attestations::idempotency_key.eq(key).or(same))
        .order(attestations::idempotency_key.eq(key).desc())
        .select((attestations::id, attestations::response))
        .first(connection)
        .await
        .optional()
}

/// The last attestation of a person to a policy.
pub(super) async fn previous(connection: &mut Connection, person: Uuid, policy: &str) -> QueryResult<Option<Uuid>> {
    attestations::table
        .filter(attestations::person_id.eq(person))
        .filter(attestations::policy.eq(policy))
        .filter(attestations::response.eq("attest"))
        .order(attestations::signed_at.desc())
        .select(attestations::id)
        .first(connection)
        .await
        .optional()
}

/// The last word on an assignment, if there is one.
pub(super) async fn last_word(connection: &mut Connection, assignment: Uuid) -> QueryResult<Option<Made>> {
    attestations::table
        .filter(attestations::assignment_id.eq(assignment))
        .order((attestations::signed_at.desc(), attestations::id.desc()))
        .select((attestations::id, attestations::response))
        .first(connection)
        .await
        .optional()
}

/// The attestation to a text for an assignment, if there is one.
pub(super) async fn attested(connection: &mut Connection, assignment: Uuid, text: Uuid) -> QueryResult<Option<Uuid>> {
    attestations::table
        .filter(attestations::assignment_id.eq(assignment))
        .filter(attestations::text_id.eq(text))
        .filter(attestations::response.eq("attest"))
        .select(attestations::id)
        .first(connection)
        .await
        .optional()
}

/// Somebody who declines, and why.
#[derive(Clone, Debug, Queryable)]
pub struct Declined {
    /// Who.
    pub displayed_name: String,
    /// Which policy.
    pub policy: String,
    /// In which version.
    pub version: i32,
    /// When.
    pub signed_at: DateTime<Utc>,
    /// Why.
    pub reason: Option<String>,
}

/// The last refusal of each of these assignments, newest first.
///
/// # Errors
/// When the database fails.
pub async fn declined(connection: &mut Connection, assignments: &[Uuid]) -> QueryResult<Vec<Declined>> {
    let refusals = attestations::table
        .filter(attestations::assignment_id.eq_any(assignments))
        .filter(attestations::response.eq("decline"))
        .order((attestations::assignment_id, attestations::signed_at.desc(), attestations::id.desc()))
        .distinct_on(attestations::assignment_id)
        .select(attestations::id);
    let refusals: Vec<Uuid> = refusals.load(connection).await?;
    attestations::table
        .inner_join(attestation_private::table)
        .filter(attestations::id.eq_any(refusals))
        .order((attestations::signed_at.desc(), attestations::id))
        .select((
            attestation_private::displayed_name,
            attestations::policy,
            attestations::version,
            attestations::signed_at,
            attestation_private::decline_reason,
        ))
        .load(connection)
        .await
}

/// Adds the record with its side rows; `false` when the form's key, or an attestation of this version, is there already.
pub(super) async fn add(
    connection: &mut Connection,
    record: &Record,
    key: Uuid,
    (salt, commitment): (&[u8; 32], &Sha256),
    canonical: &str,
) -> QueryResult<bool> {
    let what = (
        attestations::id.eq(record.id),
        attestations::assignment_id.eq(record.assignment_id),
        attestations::person_id.eq(record.person_id),
        attestations::engagement_id.eq(record.engagement_id),
        attestations::text_id.eq(record.text_id),
        attestations::policy.eq(&record.policy),
        attestations::version.eq(record.version),
        attestations::language.eq(&record.language),
        attestations::prevailing_language.eq(&record.prevailing_language),
        attestations::source_sha256.eq(&record.source_sha256),
        attestations::html_sha256.eq(&record.html_sha256),
        attestations::renderer.eq(&record.renderer),
    );
    let how = (
        attestations::statement.eq(&record.statement),
        attestations::statement_version.eq(record.statement_version),
        attestations::statement_sha256.eq(record.statement_sha256().to_vec()),
        attestations::meaning.eq(serde_json::json!(record.meaning)),
        attestations::response.eq(record.response.name()),
        attestations::opened_at.eq(record.opened_at),
        attestations::end_reached_at.eq(record.end_reached_at),
        attestations::signed_at.eq(record.signed_at),
        attestations::recorded_at.eq(record.signed_at),
        attestations::session_sha256.eq(record.session_sha256.to_vec()),
        attestations::previous_id.eq(record.previous_id),
        attestations::idempotency_key.eq(key),
        attestations::commitment.eq(commitment.to_vec()),
    );
    let added = diesel::insert_into(attestations::table).values((what, how)).on_conflict_do_nothing().execute(connection).await?;
    if added == 0 {
        return Ok(false);
    }
    let reason = match &record.response {
        Response::Attest => None,
        Response::Decline(reason) => Some(reason),
    };
    let private = (
        attestation_private::attestation_id.eq(record.id),
        attestation_private::displayed_name.eq(&record.displayed_name),
        attestation_private::decline_reason.eq(reason),
        attestation_private::record.eq(canonical),
        attestation_private::salt.eq(salt.to_vec()),
    );
    diesel::insert_into(attestation_private::table).values(private).execute(connection).await?;
    let sign_in = (
        attestation_sign_ins::attestation_id.eq(record.id),
        attestation_sign_ins::method.eq(&record.sign_in.method),
        attestation_sign_ins::issuer.eq(&record.sign_in.issuer),
        attestation_sign_ins::factors.eq(serde_json::json!([])),
        attestation_sign_ins::signed_in_at.eq(record.sign_in.signed_in_at),
    );
    diesel::insert_into(attestation_sign_ins::table).values(sign_in).execute(connection).await?;
    Ok(true)
}

/// What a receipt shows.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Receipt {
    pub id: Uuid,
    pub person_id: Uuid,
    pub version: i32,
    pub language: String,
    pub prevailing_language: String,
    pub source_sha256: Vec<u8>,
    pub html_sha256: Vec<u8>,
    pub statement: String,
    pub response: String,
    pub signed_at: DateTime<Utc>,
    pub commitment: Vec<u8>,
    pub displayed_name: String,
    pub reason: Option<String>,
    pub record: String,
    pub salt: Vec<u8>,
    pub method: String,
    pub title: String,
    pub html: String,
}

pub(super) async fn receipt(connection: &mut Connection, id: Uuid) -> QueryResult<Receipt> {
    attestations::table
        .inner_join(attestation_private::table)
        .inner_join(attestation_sign_ins::table)
        .inner_join(content_texts::table)
        .filter(attestations::id.eq(id))
        .select((
            attestations::id,
            attestations::person_id,
            attestations::version,
            attestations::language,
            attestations::prevailing_language,
            attestations::source_sha256,
            attestations::html_sha256,
            attestations::statement,
            attestations::response,
            attestations::signed_at,
            attestations::commitment,
            attestation_private::displayed_name,
            attestation_private::decline_reason,
            attestation_private::record,
            attestation_private::salt,
            attestation_sign_ins::method,
            content_texts::title,
            content_texts::html,
        ))
        .first(connection)
        .await
}

/// Whether a material version has taken the place of the one that was opened.
pub(super) async fn is_superseded(connection: &mut Connection, now: DateTime<Utc>, policy: &str, opened: i32) -> QueryResult<bool> {
    let newer = content_versions::table
        .filter(content_versions::kind.eq("policy"))
        .filter(content_versions::slug.eq(policy))
        .filter(content_versions::version.gt(opened))
        .filter(content_versions::materiality.eq("material"))
        .filter(content_versions::effective_at.le(now));
    diesel::select(diesel::dsl::exists(newer)).get_result(connection).await
}

/// The text that a person attested to last: its id, its version's number, when.
pub(super) async fn signed_text(
    connection: &mut Connection,
    person: Uuid,
    policy: &str,
) -> QueryResult<Option<(Uuid, i32, DateTime<Utc>)>> {
    attestations::table
        .filter(attestations::person_id.eq(person))
        .filter(attestations::policy.eq(policy))
        .filter(attestations::response.eq("attest"))
        .order(attestations::signed_at.desc())
        .select((attestations::text_id, attestations::version, attestations::signed_at))
        .first(connection)
        .await
        .optional()
}
