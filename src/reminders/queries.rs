//! Every statement about reminders.

use crate::kit::db::Connection;
use crate::reminders::model::Step;
use crate::schema::reminder_outcomes;
use crate::schema::reminder_steps;
use crate::schema::reminders;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use diesel::prelude::*;
use diesel::sql_types::Uuid as SqlUuid;
use diesel_async::RunQueryDsl;
use std::collections::HashMap;
use std::collections::HashSet;
use uuid::Uuid;

/// Serialises planning.
pub(super) async fn lock(connection: &mut Connection) -> QueryResult<()> {
    diesel::sql_query("select pg_advisory_xact_lock(4702555)").execute(connection).await.map(drop)
}

/// Every step that was told already, by assignment.
pub(super) async fn told(connection: &mut Connection) -> QueryResult<HashMap<Uuid, HashSet<Step>>> {
    let columns = (reminder_steps::assignment_id, reminder_steps::due_on, reminder_steps::step);
    let rows: Vec<(Uuid, NaiveDate, String)> = reminder_steps::table.select(columns).load(connection).await?;
    let mut told: HashMap<Uuid, HashSet<Step>> = HashMap::new();
    for (assignment, due_on, name) in rows {
        told.entry(assignment).or_default().insert(Step { due_on, name });
    }
    Ok(told)
}

/// Who has a reminder for which day, of those from that day on.
pub(super) async fn reminded_since(connection: &mut Connection, day: NaiveDate) -> QueryResult<HashSet<(Uuid, NaiveDate)>> {
    let rows: Vec<(Uuid, NaiveDate)> =
        reminders::table.filter(reminders::day.ge(day)).select((reminders::person_id, reminders::day)).load(connection).await?;
    Ok(rows.into_iter().collect())
}

/// Plans a reminder; `false` when the person has one for that day.
pub(super) async fn plan(
    connection: &mut Connection,
    now: DateTime<Utc>,
    id: Uuid,
    person: Uuid,
    day: NaiveDate,
    message_id: &str,
    steps: &[(Uuid, Step)],
) -> QueryResult<bool> {
    let row = (
        reminders::id.eq(id),
        reminders::person_id.eq(person),
        reminders::day.eq(day),
        reminders::message_id.eq(message_id),
        reminders::planned_at.eq(now),
    );
    if diesel::insert_into(reminders::table).values(row).on_conflict_do_nothing().execute(connection).await? == 0 {
        return Ok(false);
    }
    let rows = steps.iter().map(|(assignment, step)| {
        (
            reminder_steps::assignment_id.eq(assignment),
            reminder_steps::due_on.eq(step.due_on),
            reminder_steps::step.eq(&step.name),
            reminder_steps::reminder_id.eq(id),
        )
    });
    let rows = rows.collect::<Vec<_>>();
    diesel::insert_into(reminder_steps::table).values(rows).on_conflict_do_nothing().execute(connection).await?;
    Ok(true)
}

/// A planned reminder.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Reminder {
    pub id: Uuid,
    pub person_id: Uuid,
    pub message_id: String,
    pub planned_at: DateTime<Utc>,
}

#[derive(QueryableByName)]
struct Held {
    #[diesel(sql_type = diesel::sql_types::Bool)]
    held: bool,
}

/// Takes a reminder that has not ended, for as long as the transaction lasts. `None` while another worker has it, or for
/// ever once it has ended: a worker that sleeps for an hour with a reminder in its hands still sends it alone.
pub(super) async fn hold(connection: &mut Connection, id: Uuid) -> QueryResult<Option<Reminder>> {
    let lock = diesel::sql_query("select pg_try_advisory_xact_lock(4702556, hashtext($1::text)) as held").bind::<SqlUuid, _>(id);
    let Held { held } = lock.get_result(connection).await?;
    if !held || has_ended(connection, id).await? {
        return Ok(None);
    }
    let columns = (reminders::id, reminders::person_id, reminders::message_id, reminders::planned_at);
    reminders::table.find(id).select(columns).first(connection).await.optional()
}

/// Whether a reminder has ended. One that failed has not: it may be tried again.
pub(super) async fn has_ended(connection: &mut Connection, id: Uuid) -> QueryResult<bool> {
    let end = reminder_outcomes::table.filter(reminder_outcomes::reminder_id.eq(id)).filter(reminder_outcomes::outcome.ne("failed"));
    diesel::select(diesel::dsl::exists(end)).get_result(connection).await
}

/// How many of these reminders were sent.
pub(super) async fn count_sent(connection: &mut Connection, ids: &[Uuid]) -> QueryResult<i64> {
    let sent = reminder_outcomes::table.filter(reminder_outcomes::reminder_id.eq_any(ids)).filter(reminder_outcomes::outcome.eq("sent"));
    sent.count().get_result(connection).await
}

/// The assignments that a reminder was planned for.
pub(super) async fn assignments(connection: &mut Connection, id: Uuid) -> QueryResult<Vec<Uuid>> {
    reminder_steps::table.filter(reminder_steps::reminder_id.eq(id)).select(reminder_steps::assignment_id).load(connection).await
}

/// How a reminder ended, or failed.
pub(super) struct Outcome<'a> {
    pub id: Uuid,
    pub reminder: Uuid,
    pub outcome: &'static str,
    pub reason: &'a str,
}

/// Records how a reminder ended, or failed.
pub(super) async fn end(connection: &mut Connection, now: DateTime<Utc>, outcome: &Outcome<'_>) -> QueryResult<()> {
    let row = (
        reminder_outcomes::id.eq(outcome.id),
        reminder_outcomes::reminder_id.eq(outcome.reminder),
        reminder_outcomes::outcome.eq(outcome.outcome),
        reminder_outcomes::reason.eq(outcome.reason),
        reminder_outcomes::recorded_at.eq(now),
    );
    diesel::insert_into(reminder_outcomes::table).values(row).execute(connection).await.map(drop)
}
