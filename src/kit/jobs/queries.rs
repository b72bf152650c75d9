//! Every statement of the queue.

use crate::kit::db::Connection;
use crate::kit::jobs::Job;
use crate::schema::jobs;
use crate::schema::schedules;
use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel::sql_types::Integer;
use diesel::sql_types::Jsonb;
use diesel::sql_types::Text;
use diesel::sql_types::Timestamptz;
use diesel_async::RunQueryDsl;
use serde_json::Value;

/// How long a worker may keep a job before another may take it.
const LEASE: TimeDelta = TimeDelta::seconds(120);

/// A job to be enqueued.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// What is to be done: `feature.verb`.
    pub kind: &'static str,
    /// The ids it is about.
    pub payload: Value,
    /// While a job with this key waits, another is not added.
    pub dedupe_key: Option<String>,
    /// Somebody waits for it: it comes before all others that are due.
    pub urgent: bool,
    /// How often it is tried before it is given up.
    pub max_attempts: i32,
}

impl NewJob {
    /// A job that is tried up to ten times, over about two hours.
    pub fn new(kind: &'static str, payload: Value) -> Self {
        Self { kind, payload, dedupe_key: None, urgent: false, max_attempts: 10 }
    }

    /// The same, before all others that are due.
    #[must_use]
    pub fn urgent(self) -> Self {
        Self { urgent: true, ..self }
    }

    /// The same, once only while it waits.
    #[must_use]
    pub fn once(self, key: impl Into<String>) -> Self {
        Self { dedupe_key: Some(key.into()), ..self }
    }
}

/// Adds a job to be run as soon as the transaction commits.
pub async fn enqueue(connection: &mut Connection, now: DateTime<Utc>, job: NewJob) -> QueryResult<()> {
    diesel::insert_into(jobs::table)
        .values((
            jobs::kind.eq(job.kind),
            jobs::payload.eq(job.payload),
            jobs::dedupe_key.eq(job.dedupe_key),
            jobs::urgent.eq(job.urgent),
            jobs::max_attempts.eq(job.max_attempts),
            jobs::run_at.eq(now),
            jobs::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(connection)
        .await
        .map(drop)
}

#[derive(QueryableByName)]
struct Claimed {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Jsonb)]
    payload: Value,
    #[diesel(sql_type = Integer)]
    attempts: i32,
}

/// Takes up to `count` jobs that are due; no other worker gets them until the lease ends.
pub(super) async fn claim(connection: &mut Connection, now: DateTime<Utc>, count: usize) -> QueryResult<Vec<Job>> {
    let rows: Vec<Claimed> = diesel::sql_query(
        "with died as (
             update jobs set dead_at = $1, dedupe_key = null, last_error = 'the worker died each time'
             where dead_at is null and attempts >= max_attempts and leased_until <= $1)
         update jobs set leased_until = $2, attempts = attempts + 1 where id in (
             select id from jobs where dead_at is null and attempts < max_attempts and run_at <= $1
                 and (leased_until is null or leased_until <= $1)
             order by urgent desc, run_at, id limit $3 for update skip locked)
         returning id, kind, payload, attempts",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now + LEASE)
    .bind::<Integer, _>(i32::try_from(count).unwrap_or(i32::MAX))
    .load(connection)
    .await?;
    Ok(rows.into_iter().map(|row| Job { id: row.id, kind: row.kind, payload: row.payload, attempts: row.attempts }).collect())
}

/// Removes a job that ended well, unless another worker has taken it since.
pub(super) async fn finish(connection: &mut Connection, job: &Job) -> QueryResult<()> {
    let same = jobs::table.filter(jobs::id.eq(job.id)).filter(jobs::attempts.eq(job.attempts));
    diesel::delete(same).execute(connection).await.map(drop)
}

/// Puts a job back, to be run after a pause that doubles each time (from a quarter of a minute to an hour), or in the dead
/// list, where its key keeps nobody out.
pub(super) async fn fail(connection: &mut Connection, now: DateTime<Utc>, job: &Job, why: &str, for_good: bool) -> QueryResult<()> {
    let pause = TimeDelta::seconds((15_i64 << (job.attempts.clamp(1, 9) - 1)).min(3600));
    diesel::sql_query(
        "update jobs set leased_until = null, last_error = $3, run_at = $4,
                dead_at = case when $5 or attempts >= max_attempts then $6 end,
                dedupe_key = case when $5 or attempts >= max_attempts then null else dedupe_key end
         where id = $1 and attempts = $2",
    )
    .bind::<BigInt, _>(job.id)
    .bind::<Integer, _>(job.attempts)
    .bind::<Text, _>(why)
    .bind::<Timestamptz, _>(now + pause)
    .bind::<diesel::sql_types::Bool, _>(for_good)
    .bind::<Timestamptz, _>(now)
    .execute(connection)
    .await
    .map(drop)
}

/// A job that was given up.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = jobs)]
pub struct DeadJob {
    /// Its place in the queue.
    pub id: i64,
    /// What was to be done.
    pub kind: String,
    /// How often it was tried.
    pub attempts: i32,
    /// What went wrong the last time.
    pub last_error: Option<String>,
    /// When it was given up.
    pub dead_at: Option<DateTime<Utc>>,
}

/// The dead list, newest first.
pub async fn dead(connection: &mut Connection) -> QueryResult<Vec<DeadJob>> {
    let dead = jobs::table.filter(jobs::dead_at.is_not_null()).order(jobs::dead_at.desc()).limit(200);
    dead.select(DeadJob::as_select()).load(connection).await
}

/// How many jobs wait or run.
pub async fn count_waiting(connection: &mut Connection) -> QueryResult<i64> {
    jobs::table.filter(jobs::dead_at.is_null()).count().get_result(connection).await
}

/// Takes a job out of the dead list to be tried again from the start.
pub async fn retry(connection: &mut Connection, now: DateTime<Utc>, id: i64) -> QueryResult<usize> {
    let dead = jobs::table.filter(jobs::id.eq(id)).filter(jobs::dead_at.is_not_null());
    let fresh = (jobs::dead_at.eq(None::<DateTime<Utc>>), jobs::attempts.eq(0), jobs::run_at.eq(now));
    diesel::update(dead).set(fresh).execute(connection).await
}

/// Whether the schedule of that name is due, in which case its next time is set: of several instances one gets `true`.
pub async fn take_schedule(connection: &mut Connection, now: DateTime<Utc>, name: &str, next: DateTime<Utc>) -> QueryResult<bool> {
    let fresh = diesel::insert_into(schedules::table).values((schedules::name.eq(name), schedules::next_at.eq(next)));
    if fresh.on_conflict_do_nothing().execute(connection).await? == 1 {
        return Ok(true);
    }
    let due = schedules::table.filter(schedules::name.eq(name)).filter(schedules::next_at.le(now));
    Ok(diesel::update(due).set(schedules::next_at.eq(next)).execute(connection).await? == 1)
}
