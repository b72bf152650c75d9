//! Every statement about proposals, decisions and reviews.

use crate::content::ContentKind;
use crate::kit::db::Connection;
use crate::library::model::Decided;
use crate::library::model::Proposal;
use crate::library::model::Review;
use crate::schema::content_decisions;
use crate::schema::content_proposals;
use crate::schema::content_reviews;
use crate::schema::content_versions;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// A proposal to be added.
#[derive(Insertable)]
#[diesel(table_name = content_proposals)]
pub(super) struct NewProposal<'a> {
    pub id: Uuid,
    pub kind: &'a str,
    pub slug: &'a str,
    pub version: i32,
    pub materiality: &'a str,
    pub source_sha256: &'a [u8],
    pub shown_sha256: &'a [u8],
    pub note: &'a str,
    pub proposed_by: Uuid,
    pub proposed_at: DateTime<Utc>,
}

pub(super) async fn add(connection: &mut Connection, proposal: &NewProposal<'_>) -> QueryResult<()> {
    diesel::insert_into(content_proposals::table).values(proposal).execute(connection).await.map(drop)
}

/// The proposals without a decision, oldest first.
pub async fn open(connection: &mut Connection) -> QueryResult<Vec<Proposal>> {
    content_proposals::table
        .filter(diesel::dsl::not(diesel::dsl::exists(
            content_decisions::table.filter(content_decisions::proposal_id.eq(content_proposals::id)),
        )))
        .order(content_proposals::proposed_at)
        .load(connection)
        .await
}

/// The proposal with that id.
pub async fn proposal(connection: &mut Connection, id: Uuid) -> QueryResult<Proposal> {
    content_proposals::table.find(id).first(connection).await
}

/// All proposals about a course or policy with what was decided, newest first.
pub async fn history(connection: &mut Connection, kind: ContentKind, slug: &str) -> QueryResult<Vec<(Proposal, Option<Decided>)>> {
    let proposals: Vec<Proposal> = content_proposals::table
        .filter(content_proposals::kind.eq(kind.name()))
        .filter(content_proposals::slug.eq(slug))
        .order(content_proposals::proposed_at.desc())
        .load(connection)
        .await?;
    let ids = proposals.iter().map(|proposal| proposal.id).collect::<Vec<_>>();
    let decided = decisions(connection, &ids).await?;
    let with = |proposal: Proposal| {
        let decision = decided.iter().find(|decided| decided.proposal_id == proposal.id).cloned();
        (proposal, decision)
    };
    Ok(proposals.into_iter().map(with).collect())
}

pub(super) async fn decisions(connection: &mut Connection, proposals: &[Uuid]) -> QueryResult<Vec<Decided>> {
    content_decisions::table
        .filter(content_decisions::proposal_id.eq_any(proposals))
        .select((
            content_decisions::proposal_id,
            content_decisions::decision,
            content_decisions::reason,
            content_decisions::decided_by,
            content_decisions::decided_at,
        ))
        .load(connection)
        .await
}

pub(super) async fn decide(connection: &mut Connection, proposal: &Proposal, decided: &Decided) -> QueryResult<()> {
    let row = (
        content_decisions::proposal_id.eq(proposal.id),
        content_decisions::proposed_by.eq(proposal.proposed_by),
        content_decisions::decision.eq(&decided.decision),
        content_decisions::reason.eq(&decided.reason),
        content_decisions::decided_by.eq(decided.decided_by),
        content_decisions::decided_at.eq(decided.decided_at),
    );
    diesel::insert_into(content_decisions::table).values(row).execute(connection).await.map(drop)
}

/// The reviews of all versions of a course or policy, newest first.
pub async fn reviews(connection: &mut Connection, kind: ContentKind, slug: &str) -> QueryResult<Vec<Review>> {
    content_reviews::table
        .inner_join(content_versions::table)
        .filter(content_versions::kind.eq(kind.name()))
        .filter(content_versions::slug.eq(slug))
        .order(content_reviews::reviewed_at.desc())
        .select((
            content_reviews::version_id,
            content_reviews::outcome,
            content_reviews::threats,
            content_reviews::notes,
            content_reviews::review_by,
            content_reviews::reviewed_by,
            content_reviews::reviewed_at,
        ))
        .load(connection)
        .await
}

/// By when each version that was reviewed is to be reviewed again, as its last review says.
pub async fn next_reviews(connection: &mut Connection) -> QueryResult<Vec<(Uuid, NaiveDate)>> {
    content_reviews::table
        .order((content_reviews::version_id, content_reviews::reviewed_at.desc()))
        .distinct_on(content_reviews::version_id)
        .select((content_reviews::version_id, content_reviews::review_by))
        .load(connection)
        .await
}

pub(super) async fn add_review(connection: &mut Connection, id: Uuid, review: &Review) -> QueryResult<()> {
    let row = (
        content_reviews::id.eq(id),
        content_reviews::version_id.eq(review.version_id),
        content_reviews::outcome.eq(&review.outcome),
        content_reviews::threats.eq(&review.threats),
        content_reviews::notes.eq(&review.notes),
        content_reviews::review_by.eq(review.review_by),
        content_reviews::reviewed_by.eq(review.reviewed_by),
        content_reviews::reviewed_at.eq(review.reviewed_at),
    );
    diesel::insert_into(content_reviews::table).values(row).execute(connection).await.map(drop)
}
