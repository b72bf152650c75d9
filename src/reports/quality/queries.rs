//! What the answers of many say of a version. The statements themselves keep few from being seen: fewer than 30 answers, or 5
//! voices in a survey, never leave the database.

use crate::kit::db::Connection;
use crate::reports::quality::statistics::Counts;
use crate::reports::quality::statistics::Pairs;
use diesel::QueryResult;
use diesel::QueryableByName;
use diesel::result::Error;
use diesel::sql_types::BigInt;
use diesel::sql_types::Jsonb;
use diesel::sql_types::Nullable;
use diesel::sql_types::SmallInt;
use diesel::sql_types::Text;
use diesel::sql_types::Uuid as SqlUuid;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use std::collections::BTreeMap;
use std::collections::HashMap;
use uuid::Uuid;

/// Each question of each first attempt at the quiz.
const OF_QUIZ: &str = "with given as (
        select a.id as taker, jsonb_array_length(a.paper) as asked, item ->> 'question' as question, r.answers -> (item ->> 'question') as chosen
        from attempts a join attempt_results r on r.attempt_id = a.id join course_runs c on c.id = a.run_id
            cross join jsonb_array_elements(a.paper) as item
        where c.version_id = $1 and a.number = 1
    ),";

/// The first answer of each run to each knowledge check.
const OF_CHECKS: &str = "with given as (
        select distinct on (c.run_id, c.question) c.run_id as taker, (select count(*) from jsonb_object_keys($2)) as asked, c.question,
            c.choices as chosen
        from check_answers c join course_runs r on r.id = c.run_id
        where r.version_id = $1
        order by c.run_id, c.question, c.position
    ),";

/// Marks what was given by the key (`$2`: the places of the right answers, by question) and counts it: right is what is wholly right;
/// the rest is compared among those who answered everything.
const COUNTED: &str = "marked as (
        select taker, asked, question, chosen, (chosen @> places and places @> chosen)::int as is_right
        from given join jsonb_each($2) as key(question, places) using (question)
    ), scored as (
        select question, chosen, is_right, sum(is_right) over paper - is_right as rest, count(*) over paper = asked as is_whole
        from marked window paper as (partition by taker)
    ), counted as (
        select question, count(*) as answers, sum(is_right) as right_answers from scored group by question having count(*) >= 30
    ), paired as (
        select question, count(*) as people, sum(is_right) as people_right, sum(rest)::bigint as rest,
            sum(rest * rest)::bigint as rest_squared, sum(is_right * rest)::bigint as both_right
        from scored where is_whole group by question having count(*) >= 30
    ), choices as (
        select question, place, count(*) as times
        from scored join counted using (question) cross join jsonb_array_elements_text(chosen) as place
        group by question, place
    )
    select question, answers, right_answers, people, people_right, rest, rest_squared, both_right,
        (select coalesce(jsonb_object_agg(place, times), '{}') from choices where choices.question = counted.question) as chosen
    from counted left join paired using (question)";

#[derive(QueryableByName)]
struct CountedRow {
    #[diesel(sql_type = Text)]
    question: String,
    #[diesel(sql_type = BigInt)]
    answers: i64,
    #[diesel(sql_type = BigInt)]
    right_answers: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    people: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    people_right: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    rest: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    rest_squared: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    both_right: Option<i64>,
    #[diesel(sql_type = Jsonb)]
    chosen: Value,
}

impl CountedRow {
    fn counts(self) -> QueryResult<(String, Counts)> {
        let chosen: BTreeMap<usize, i64> =
            serde_json::from_value(self.chosen).map_err(|error| Error::DeserializationError(Box::new(error)))?;
        let places = chosen.last_key_value().map_or(0, |(place, _)| place + 1);
        let pairs = self.people.map(|people| Pairs {
            people,
            right: self.people_right.unwrap_or(0),
            rest: self.rest.unwrap_or(0),
            rest_squared: self.rest_squared.unwrap_or(0),
            both: self.both_right.unwrap_or(0),
        });
        let chosen = (0..places).map(|place| chosen.get(&place).copied().unwrap_or(0)).collect();
        Ok((self.question, Counts { answers: self.answers, right: self.right_answers, pairs, chosen }))
    }
}

async fn counted(connection: &mut Connection, given: &str, version: Uuid, key: &Value) -> QueryResult<HashMap<String, Counts>> {
    let statement = diesel::sql_query(format!("{given} {COUNTED}")).bind::<SqlUuid, _>(version).bind::<Jsonb, _>(key);
    let rows: Vec<CountedRow> = statement.load(connection).await?;
    rows.into_iter().map(CountedRow::counts).collect()
}

/// The first answers to the quiz of a version, by question, where there are at least 30. `key` holds the places of each question's
/// right answers.
pub(super) async fn quiz(connection: &mut Connection, version: Uuid, key: &Value) -> QueryResult<HashMap<String, Counts>> {
    counted(connection, OF_QUIZ, version, key).await
}

/// The first answers to the knowledge checks of a version, by question, where there are at least 30.
pub(super) async fn checks(connection: &mut Connection, version: Uuid, key: &Value) -> QueryResult<HashMap<String, Counts>> {
    counted(connection, OF_CHECKS, version, key).await
}

/// How often a scenario was brought to an end for the first time, and how often that was a good one.
#[derive(Clone, Debug, QueryableByName)]
pub(super) struct Endings {
    #[diesel(sql_type = Text)]
    pub question: String,
    #[diesel(sql_type = BigInt)]
    pub endings: i64,
    #[diesel(sql_type = BigInt)]
    pub good: i64,
}

/// The first endings of each scenario of a version, where there are at least 30. `turns` holds, by scenario and step, the steps that
/// its choices lead to.
pub(super) async fn scenarios(connection: &mut Connection, version: Uuid, turns: &Value) -> QueryResult<Vec<Endings>> {
    diesel::sql_query(
        "with recursive scenes as (select question, turns from jsonb_each($2) as scene(question, turns)),
        given as (
            select c.run_id, c.question, c.position, c.choices, c.is_right
            from check_answers c join course_runs r on r.id = c.run_id join scenes using (question)
            where r.version_id = $1
        ), walk as (
            select distinct question, choices, 0 as depth, 0 as step from given
            union all
            select question, choices, depth + 1, (turns -> step ->> (choices ->> depth)::int)::int
            from walk join scenes using (question) where depth < jsonb_array_length(choices)
        ), ended as (
            select distinct on (run_id, question) question, is_right
            from given join walk using (question, choices) join scenes using (question)
            where depth = jsonb_array_length(choices) and jsonb_array_length(turns -> step) = 0
            order by run_id, question, position
        )
        select question, count(*) as endings, count(*) filter (where is_right) as good from ended group by question having count(*) >= 30",
    )
    .bind::<SqlUuid, _>(version)
    .bind::<Jsonb, _>(turns)
    .load(connection)
    .await
}

/// How often an answer was given in the survey.
#[derive(Clone, Debug, QueryableByName)]
pub(super) struct Voices {
    #[diesel(sql_type = Text)]
    pub question: String,
    #[diesel(sql_type = SmallInt)]
    pub answer: i16,
    #[diesel(sql_type = BigInt)]
    pub count: i64,
}

/// What people say of a version, of each question that at least 5 answered.
pub(super) async fn survey(connection: &mut Connection, version: Uuid) -> QueryResult<Vec<Voices>> {
    diesel::sql_query(
        "select question, answer, count from (
            select question, answer, count, sum(count) over (partition by question) as voices from survey_counts where version_id = $1
        ) asked where voices >= 5 order by question, answer",
    )
    .bind::<SqlUuid, _>(version)
    .load(connection)
    .await
}
