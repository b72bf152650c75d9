//! Every statement about runs, answers and attempts.

use crate::kit::db::Connection;
use crate::schema::attempt_results;
use crate::schema::attempts;
use crate::schema::check_answers;
use crate::schema::course_runs;
use crate::schema::draft_answers;
use crate::schema::finished_lessons;
use crate::schema::survey_counts;
use crate::schema::surveyed_assignments;
use crate::training::model::Answers;
use crate::training::model::Item;
use crate::training::model::Mark;
use crate::training::model::Said;
use chrono::DateTime;
use chrono::Utc;
use diesel::prelude::*;
use diesel::result::Error;
use diesel_async::RunQueryDsl;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

fn read<T: DeserializeOwned>(value: Value) -> QueryResult<T> {
    serde_json::from_value(value).map_err(|error| Error::DeserializationError(Box::new(error)))
}

fn write<T: serde::Serialize>(value: &T) -> QueryResult<Value> {
    serde_json::to_value(value).map_err(|error| Error::SerializationError(Box::new(error)))
}

/// A course that somebody takes: pinned to a version.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Run {
    pub id: Uuid,
    pub version_id: Uuid,
}

pub(super) async fn run(connection: &mut Connection, assignment: Uuid) -> QueryResult<Option<Run>> {
    let found = course_runs::table.filter(course_runs::assignment_id.eq(assignment)).select((course_runs::id, course_runs::version_id));
    found.first(connection).await.optional()
}

/// Begins a run, unless there is one; returns the one there is.
pub(super) async fn begin_run(
    connection: &mut Connection,
    now: DateTime<Utc>,
    id: Uuid,
    assignment: Uuid,
    person: Uuid,
    version: Uuid,
) -> QueryResult<Run> {
    let row = (
        course_runs::id.eq(id),
        course_runs::assignment_id.eq(assignment),
        course_runs::person_id.eq(person),
        course_runs::version_id.eq(version),
        course_runs::started_at.eq(now),
    );
    diesel::insert_into(course_runs::table).values(row).on_conflict_do_nothing().execute(connection).await?;
    run(connection, assignment).await?.ok_or(Error::NotFound)
}

pub(super) async fn finished(connection: &mut Connection, run: Uuid) -> QueryResult<Vec<String>> {
    finished_lessons::table.filter(finished_lessons::run_id.eq(run)).select(finished_lessons::part).load(connection).await
}

/// Lets those who change one run wait for each other.
pub(super) async fn lock_run(connection: &mut Connection, run: Uuid) -> QueryResult<()> {
    let lock = diesel::sql_query("select pg_advisory_xact_lock(hashtextextended($1, 4702560))");
    lock.bind::<diesel::sql_types::Text, _>(run.to_string()).execute(connection).await.map(drop)
}

pub(super) async fn finish(connection: &mut Connection, now: DateTime<Utc>, run: Uuid, part: &str, language: &str) -> QueryResult<()> {
    let row = (
        finished_lessons::run_id.eq(run),
        finished_lessons::part.eq(part),
        finished_lessons::language.eq(language),
        finished_lessons::finished_at.eq(now),
    );
    diesel::insert_into(finished_lessons::table).values(row).on_conflict_do_nothing().execute(connection).await.map(drop)
}

/// The last answer to each knowledge check of a lesson.
pub(super) async fn checks(connection: &mut Connection, run: Uuid, part: &str) -> QueryResult<Answers> {
    let rows: Vec<(String, Value)> = check_answers::table
        .filter(check_answers::run_id.eq(run))
        .filter(check_answers::part.eq(part))
        .order(check_answers::position)
        .select((check_answers::question, check_answers::choices))
        .load(connection)
        .await?;
    rows.into_iter().map(|(question, choices)| Ok((question, read(choices)?))).collect()
}

/// An answer to a knowledge check.
pub(super) struct Check<'a> {
    pub id: Uuid,
    pub run: Uuid,
    pub part: &'a str,
    pub question: &'a str,
    pub choices: &'a [usize],
    pub is_right: bool,
    pub language: &'a str,
}

pub(super) async fn add_check(connection: &mut Connection, now: DateTime<Utc>, check: &Check<'_>) -> QueryResult<()> {
    let row = (
        check_answers::id.eq(check.id),
        check_answers::run_id.eq(check.run),
        check_answers::part.eq(check.part),
        check_answers::question.eq(check.question),
        check_answers::choices.eq(write(&check.choices)?),
        check_answers::is_right.eq(check.is_right),
        check_answers::language.eq(check.language),
        check_answers::answered_at.eq(now),
    );
    diesel::insert_into(check_answers::table).values(row).execute(connection).await.map(drop)
}

/// One go at a quiz.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub id: Uuid,
    pub number: i32,
    pub language: String,
    pub paper: Vec<Item>,
    pub result: Option<AttemptResult>,
}

/// How it ended.
#[derive(Clone, Debug)]
pub(super) struct AttemptResult {
    pub answers: Answers,
    pub right_answers: i32,
    pub passed: bool,
}

/// All attempts of a run, oldest first.
pub(super) async fn attempts(connection: &mut Connection, run: Uuid) -> QueryResult<Vec<Attempt>> {
    type Row = (Uuid, i32, String, Value, Option<(Value, i32, bool)>);
    let rows: Vec<Row> = attempts::table
        .left_join(attempt_results::table)
        .filter(attempts::run_id.eq(run))
        .order(attempts::number)
        .select((
            attempts::id,
            attempts::number,
            attempts::language,
            attempts::paper,
            (attempt_results::answers, attempt_results::right_answers, attempt_results::passed).nullable(),
        ))
        .load(connection)
        .await?;
    let result = |(answers, right_answers, passed)| Ok::<_, Error>(AttemptResult { answers: read(answers)?, right_answers, passed });
    let attempt = |(id, number, language, paper, ended): Row| {
        Ok(Attempt { id, number, language, paper: read(paper)?, result: ended.map(result).transpose()? })
    };
    rows.into_iter().map(attempt).collect()
}

pub(super) async fn add_attempt(
    connection: &mut Connection,
    now: DateTime<Utc>,
    run: Uuid,
    attempt: &Attempt,
    seed: &[u8; 32],
) -> QueryResult<usize> {
    let row = (
        attempts::id.eq(attempt.id),
        attempts::run_id.eq(run),
        attempts::number.eq(attempt.number),
        attempts::language.eq(&attempt.language),
        attempts::seed.eq(seed.to_vec()),
        attempts::paper.eq(write(&attempt.paper)?),
        attempts::started_at.eq(now),
    );
    diesel::insert_into(attempts::table).values(row).on_conflict_do_nothing().execute(connection).await
}

pub(super) async fn drafts(connection: &mut Connection, attempt: Uuid) -> QueryResult<Answers> {
    let rows: Vec<(String, Value)> = draft_answers::table
        .filter(draft_answers::attempt_id.eq(attempt))
        .select((draft_answers::question, draft_answers::choices))
        .load(connection)
        .await?;
    rows.into_iter().map(|(question, choices)| Ok((question, read(choices)?))).collect()
}

pub(super) async fn save_drafts(connection: &mut Connection, now: DateTime<Utc>, attempt: Uuid, answers: &Answers) -> QueryResult<()> {
    for (question, choices) in answers {
        let values = (draft_answers::choices.eq(write(choices)?), draft_answers::saved_at.eq(now));
        diesel::insert_into(draft_answers::table)
            .values((draft_answers::attempt_id.eq(attempt), draft_answers::question.eq(question), values.clone()))
            .on_conflict((draft_answers::attempt_id, draft_answers::question))
            .do_update()
            .set(values)
            .execute(connection)
            .await?;
    }
    Ok(())
}

/// Records how an attempt ended; `false` when it had ended before.
pub(super) async fn add_result(
    connection: &mut Connection,
    now: DateTime<Utc>,
    attempt: Uuid,
    answers: &BTreeMap<String, Vec<usize>>,
    mark: &Mark,
) -> QueryResult<bool> {
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let row = (
        attempt_results::attempt_id.eq(attempt),
        attempt_results::answers.eq(write(answers)?),
        attempt_results::right_answers.eq(count(mark.right)),
        attempt_results::questions.eq(count(mark.questions)),
        attempt_results::missed_critical.eq(count(mark.missed_critical)),
        attempt_results::passed.eq(mark.passed),
        attempt_results::submitted_at.eq(now),
    );
    let added = diesel::insert_into(attempt_results::table).values(row).on_conflict_do_nothing().execute(connection).await?;
    Ok(added == 1)
}

/// Whether an answer to the survey was counted for an assignment.
pub(super) async fn is_heard(connection: &mut Connection, assignment: Uuid) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(surveyed_assignments::table.find(assignment))).get_result(connection).await
}

/// Notes that somebody is heard; `false` when they were before.
pub(super) async fn note_heard(connection: &mut Connection, assignment: Uuid) -> QueryResult<bool> {
    let row = surveyed_assignments::assignment_id.eq(assignment);
    let added = diesel::insert_into(surveyed_assignments::table).values(row).on_conflict_do_nothing().execute(connection).await?;
    Ok(added == 1)
}

/// Counts answers to the survey. Every count of the version is written anew each time: else the number of the transaction that wrote
/// a row last, which PostgreSQL keeps beside it, would lead from an answer to the assignment noted in the same transaction.
pub(super) async fn count_answers(connection: &mut Connection, version: Uuid, said: &Said) -> QueryResult<()> {
    // Two at once would wait for each other's rows.
    diesel::sql_query("select pg_advisory_xact_lock(4702559)").execute(connection).await?;
    for (question, answer) in said.answers() {
        let key = (survey_counts::version_id, survey_counts::question, survey_counts::answer);
        let row = (
            survey_counts::version_id.eq(version),
            survey_counts::question.eq(question),
            survey_counts::answer.eq(answer),
            survey_counts::count.eq(1),
        );
        let more = survey_counts::count.eq(survey_counts::count + 1);
        diesel::insert_into(survey_counts::table).values(row).on_conflict(key).do_update().set(more).execute(connection).await?;
    }
    let all = diesel::update(survey_counts::table.filter(survey_counts::version_id.eq(version)));
    all.set(survey_counts::count.eq(survey_counts::count)).execute(connection).await.map(drop)
}
