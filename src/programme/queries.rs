//! Every statement about requirements, assignments and completions.

use crate::content::ContentKind;
use crate::kit::db::Connection;
use crate::programme::model::Assignment;
use crate::programme::model::Completion;
use crate::programme::model::NewCompletion;
use crate::programme::model::NewRefusal;
use crate::programme::model::Requirement;
use crate::schema::assignments;
use crate::schema::completions;
use crate::schema::refusals;
use crate::schema::requirement_rules;
use crate::schema::requirements;
use crate::schema::scope_changes;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use diesel::prelude::*;
use diesel::result::Error;
use diesel_async::RunQueryDsl;
use std::collections::HashMap;
use uuid::Uuid;

const CHUNK: usize = 1000;

fn content_kind(name: &str) -> ContentKind {
    if name == "policy" { ContentKind::Policy } else { ContentKind::Course }
}

/// All requirements with the newest rule of each.
pub(super) async fn requirements(connection: &mut Connection) -> QueryResult<Vec<Requirement>> {
    type Row = (Uuid, String, String, String, String, Uuid, i32, DateTime<Utc>, serde_json::Value);
    let rows: Vec<Row> = requirements::table
        .inner_join(requirement_rules::table)
        .order((requirements::slug, requirement_rules::version.desc()))
        .distinct_on(requirements::slug)
        .select((
            requirements::id,
            requirements::slug,
            requirements::requirement_group,
            requirements::content_kind,
            requirements::content_slug,
            requirement_rules::id,
            requirement_rules::version,
            requirement_rules::recorded_at,
            requirement_rules::rule,
        ))
        .load(connection)
        .await?;
    let requirement = |(id, slug, group, kind, content_slug, rule_id, rule_version, rule_recorded_at, rule): Row| {
        let rule = serde_json::from_value(rule).map_err(|error| Error::DeserializationError(Box::new(error)))?;
        Ok(Requirement { id, slug, group, content_kind: content_kind(&kind), content_slug, rule_id, rule_version, rule_recorded_at, rule })
    };
    rows.into_iter().map(requirement).collect()
}

pub(super) async fn add_requirement(connection: &mut Connection, now: DateTime<Utc>, requirement: &Requirement) -> QueryResult<()> {
    let row = (
        requirements::id.eq(requirement.id),
        requirements::slug.eq(&requirement.slug),
        requirements::requirement_group.eq(&requirement.group),
        requirements::content_kind.eq(requirement.content_kind.name()),
        requirements::content_slug.eq(&requirement.content_slug),
        requirements::created_at.eq(now),
    );
    diesel::insert_into(requirements::table).values(row).execute(connection).await.map(drop)
}

pub(super) async fn add_rule(connection: &mut Connection, now: DateTime<Utc>, requirement: &Requirement) -> QueryResult<()> {
    let rule = serde_json::to_value(&requirement.rule).map_err(|error| Error::SerializationError(Box::new(error)))?;
    let row = (
        requirement_rules::id.eq(requirement.rule_id),
        requirement_rules::requirement_id.eq(requirement.id),
        requirement_rules::version.eq(requirement.rule_version),
        requirement_rules::rule.eq(rule),
        requirement_rules::recorded_at.eq(now),
    );
    diesel::insert_into(requirement_rules::table).values(row).execute(connection).await.map(drop)
}

/// Serialises changes of the programme and of the assignments that follow from it.
pub(super) async fn lock(connection: &mut Connection) -> QueryResult<()> {
    diesel::sql_query("select pg_advisory_xact_lock(4702554)").execute(connection).await.map(drop)
}

#[derive(Queryable)]
struct AssignmentRow {
    id: Uuid,
    requirement_id: Uuid,
    requirement: String,
    content_kind: String,
    content_slug: String,
    person_id: Uuid,
    cycle: i32,
    opens_on: NaiveDate,
    original_due_on: NaiveDate,
    due_on: NaiveDate,
    due_at: DateTime<Utc>,
    zone: String,
    decided_by: String,
    reason: serde_json::Value,
    assigned_at: DateTime<Utc>,
}

impl From<AssignmentRow> for Assignment {
    fn from(row: AssignmentRow) -> Self {
        Self {
            id: row.id,
            requirement_id: row.requirement_id,
            requirement: row.requirement,
            content_kind: content_kind(&row.content_kind),
            content_slug: row.content_slug,
            person_id: row.person_id,
            cycle: row.cycle,
            opens_on: row.opens_on,
            original_due_on: row.original_due_on,
            due_on: row.due_on,
            due_at: row.due_at,
            zone: row.zone,
            decided_by: row.decided_by,
            reason: row.reason,
            assigned_at: row.assigned_at,
        }
    }
}

macro_rules! whole_assignment {
    () => {
        (
            assignments::id,
            assignments::requirement_id,
            requirements::slug,
            requirements::content_kind,
            requirements::content_slug,
            assignments::person_id,
            assignments::cycle,
            assignments::opens_on,
            assignments::original_due_on,
            assignments::due_on,
            assignments::due_at,
            assignments::zone,
            assignments::decided_by,
            assignments::reason,
            assignments::assigned_at,
        )
    };
}

/// The assignment with that id, whoever owes it.
pub async fn assignment(connection: &mut Connection, id: Uuid) -> QueryResult<Assignment> {
    let found = assignments::table.inner_join(requirements::table).filter(assignments::id.eq(id)).select(whole_assignment!());
    found.first::<AssignmentRow>(connection).await.map(Into::into)
}

/// The newest assignment of a course to somebody, by the course's name.
pub async fn newest_of_course(connection: &mut Connection, person: Uuid, course: &str) -> QueryResult<Option<Uuid>> {
    assignments::table
        .inner_join(requirements::table)
        .filter(assignments::person_id.eq(person))
        .filter(requirements::content_kind.eq("course"))
        .filter(requirements::content_slug.eq(course))
        .order(assignments::assigned_at.desc())
        .select(assignments::id)
        .first(connection)
        .await
        .optional()
}

/// All assignments made by `as_of`, by due date; of one person or of everybody.
pub(super) async fn assignments(connection: &mut Connection, as_of: DateTime<Utc>, person: Option<Uuid>) -> QueryResult<Vec<Assignment>> {
    let mut found = assignments::table
        .inner_join(requirements::table)
        .filter(assignments::assigned_at.le(as_of))
        .order((assignments::due_at, requirements::slug, assignments::id))
        .select(whole_assignment!())
        .into_boxed();
    if let Some(person) = person {
        found = found.filter(assignments::person_id.eq(person));
    }
    let rows: Vec<AssignmentRow> = found.load(connection).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// An assignment to be added.
#[derive(Insertable)]
#[diesel(table_name = assignments)]
pub(super) struct NewAssignment {
    pub id: Uuid,
    pub requirement_id: Uuid,
    pub rule_id: Uuid,
    pub person_id: Uuid,
    pub cycle: i32,
    pub opens_on: NaiveDate,
    pub original_due_on: NaiveDate,
    pub due_on: NaiveDate,
    pub due_at: DateTime<Utc>,
    pub zone: &'static str,
    pub decided_by: &'static str,
    pub reason: serde_json::Value,
    pub assigned_at: DateTime<Utc>,
}

/// Adds assignments; those that are there already stay as they are.
pub(super) async fn add_assignments(connection: &mut Connection, rows: &[NewAssignment]) -> QueryResult<usize> {
    let mut added = 0;
    for chunk in rows.chunks(CHUNK) {
        added += diesel::insert_into(assignments::table).values(chunk).on_conflict_do_nothing().execute(connection).await?;
    }
    Ok(added)
}

/// A due date that moves, and what moved it.
pub(super) struct Move {
    pub assignment: Uuid,
    pub due_on: NaiveDate,
    pub due_at: DateTime<Utc>,
    pub decided_by: &'static str,
}

pub(super) async fn move_due(connection: &mut Connection, to: &Move) -> QueryResult<()> {
    let values = (assignments::due_on.eq(to.due_on), assignments::due_at.eq(to.due_at), assignments::decided_by.eq(to.decided_by));
    diesel::update(assignments::table.find(to.assignment)).set(values).execute(connection).await.map(drop)
}

/// The latest word on whether each assignment is in scope, as known at `as_known`: those that are withdrawn.
pub(super) async fn withdrawn(connection: &mut Connection, as_known: DateTime<Utc>, person: Option<Uuid>) -> QueryResult<Vec<Uuid>> {
    let mut latest = scope_changes::table
        .inner_join(assignments::table)
        .filter(scope_changes::recorded_at.le(as_known))
        .order((scope_changes::assignment_id, scope_changes::recorded_at.desc(), scope_changes::id.desc()))
        .distinct_on(scope_changes::assignment_id)
        .select((scope_changes::assignment_id, scope_changes::change))
        .into_boxed();
    if let Some(person) = person {
        latest = latest.filter(assignments::person_id.eq(person));
    }
    let rows: Vec<(Uuid, String)> = latest.load(connection).await?;
    Ok(rows.into_iter().filter(|(_, change)| change == "withdrawn").map(|(id, _)| id).collect())
}

pub(super) async fn add_scope_change(
    connection: &mut Connection,
    now: DateTime<Utc>,
    id: Uuid,
    assignment: Uuid,
    change: &str,
    reason: &str,
) -> QueryResult<()> {
    let row = (
        scope_changes::id.eq(id),
        scope_changes::assignment_id.eq(assignment),
        scope_changes::change.eq(change),
        scope_changes::reason.eq(reason),
        scope_changes::occurred_at.eq(now),
        scope_changes::recorded_at.eq(now),
    );
    diesel::insert_into(scope_changes::table).values(row).execute(connection).await.map(drop)
}

type CompletionRow = (
    completions::id,
    completions::assignment_id,
    completions::person_id,
    completions::version_id,
    completions::evidence,
    completions::evidence_id,
    completions::occurred_at,
);

const COMPLETION: CompletionRow = (
    completions::id,
    completions::assignment_id,
    completions::person_id,
    completions::version_id,
    completions::evidence,
    completions::evidence_id,
    completions::occurred_at,
);

/// All completions recorded by `as_known`; of one person or of everybody.
pub(super) async fn completions(
    connection: &mut Connection,
    as_known: DateTime<Utc>,
    person: Option<Uuid>,
) -> QueryResult<Vec<Completion>> {
    let mut found = completions::table.filter(completions::recorded_at.le(as_known)).select(COMPLETION).into_boxed();
    if let Some(person) = person {
        found = found.filter(completions::person_id.eq(person));
    }
    found.load(connection).await
}

/// Whose an assignment is.
pub(super) async fn person_of(connection: &mut Connection, assignment: Uuid) -> QueryResult<Uuid> {
    assignments::table.find(assignment).select(assignments::person_id).first(connection).await
}

/// What a person has completed, newest first.
pub async fn completions_of(connection: &mut Connection, person: Uuid) -> QueryResult<Vec<Completion>> {
    let theirs = completions::table.filter(completions::person_id.eq(person)).order(completions::occurred_at.desc());
    theirs.select(COMPLETION).load(connection).await
}

/// The completion with that id.
pub async fn completion(connection: &mut Connection, id: Uuid) -> QueryResult<Completion> {
    completions::table.find(id).select(COMPLETION).first(connection).await
}

/// Records that an assignment is done, in the transaction of the evidence. A second completion is not recorded: `false`.
///
/// # Errors
/// When the database fails.
pub async fn record_completion(connection: &mut Connection, now: DateTime<Utc>, completion: &NewCompletion<'_>) -> QueryResult<bool> {
    let row = (
        completions::id.eq(completion.id),
        completions::assignment_id.eq(completion.assignment.id),
        completions::person_id.eq(completion.assignment.person_id),
        completions::requirement_id.eq(completion.assignment.requirement_id),
        completions::version_id.eq(completion.version_id),
        completions::language.eq(completion.language),
        completions::evidence.eq(completion.evidence),
        completions::evidence_id.eq(completion.evidence_id),
        completions::occurred_at.eq(now),
        completions::recorded_at.eq(now),
    );
    let added = diesel::insert_into(completions::table).values(row).on_conflict(completions::assignment_id).do_nothing();
    Ok(added.execute(connection).await? == 1)
}

/// Records that somebody declines, in the transaction of the evidence.
///
/// # Errors
/// When the database fails.
pub async fn record_refusal(connection: &mut Connection, now: DateTime<Utc>, refusal: &NewRefusal) -> QueryResult<()> {
    let row = (
        refusals::id.eq(refusal.id),
        refusals::assignment_id.eq(refusal.assignment_id),
        refusals::person_id.eq(refusal.person_id),
        refusals::evidence_id.eq(refusal.evidence_id),
        refusals::occurred_at.eq(now),
        refusals::recorded_at.eq(now),
    );
    diesel::insert_into(refusals::table).values(row).execute(connection).await.map(drop)
}

/// When each assignment was declined last, as known then; of one person or of everybody.
pub(super) async fn refusals(
    connection: &mut Connection,
    as_known: DateTime<Utc>,
    person: Option<Uuid>,
) -> QueryResult<HashMap<Uuid, DateTime<Utc>>> {
    let mut found = refusals::table
        .filter(refusals::recorded_at.le(as_known))
        .order(refusals::occurred_at)
        .select((refusals::assignment_id, refusals::occurred_at))
        .into_boxed();
    if let Some(person) = person {
        found = found.filter(refusals::person_id.eq(person));
    }
    Ok(found.load::<(Uuid, DateTime<Utc>)>(connection).await?.into_iter().collect())
}
