//! Every statement that reads the roster; those of an import stand in `import_queries.rs`.

use crate::kit::db::Connection;
use crate::people::model::Engagement;
use crate::people::model::Leave;
use crate::people::model::Person;
use crate::people::model::PersonFacts;
use crate::schema::departments;
use crate::schema::engagements;
use crate::schema::leaves;
use crate::schema::locations;
use crate::schema::persons;
use crate::schema::roster_batches;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel::sql_types::Uuid as SqlUuid;
use diesel_async::RunQueryDsl;
use std::collections::HashMap;
use uuid::Uuid;

#[derive(Queryable, Selectable)]
#[diesel(table_name = persons)]
struct PersonRow {
    id: Uuid,
    hr_id: String,
    given_name: String,
    family_name: String,
    email: Option<String>,
    language: String,
    zone: Option<String>,
}

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        Self {
            id: row.id,
            hr_id: row.hr_id,
            given_name: row.given_name,
            family_name: row.family_name,
            email: row.email,
            language: row.language,
            zone: row.zone.and_then(|name| name.parse().ok()),
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = engagements)]
struct EngagementRow {
    id: Uuid,
    person_id: Uuid,
    kind: String,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
    manager_id: Option<Uuid>,
    sponsor_id: Option<Uuid>,
    country: String,
    legal_entity: String,
    job_role: String,
}

type Spell = (EngagementRow, Option<String>, Option<(String, Option<String>)>);

impl TryFrom<Spell> for Engagement {
    type Error = diesel::result::Error;

    fn try_from((row, department, location): Spell) -> Result<Self, Self::Error> {
        let kind = row.kind.parse().map_err(|()| diesel::result::Error::DeserializationError("an unknown kind of engagement".into()))?;
        let (location, zone) = location.unwrap_or_default();
        Ok(Self {
            id: row.id,
            person_id: row.person_id,
            kind,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            manager_id: row.manager_id,
            sponsor_id: row.sponsor_id,
            department: department.unwrap_or_default(),
            location,
            location_zone: zone.and_then(|name| name.parse().ok()),
            country: row.country,
            legal_entity: row.legal_entity,
            job_role: row.job_role,
        })
    }
}

/// The person with that id.
pub async fn person(connection: &mut Connection, id: Uuid) -> QueryResult<Person> {
    persons::table.find(id).select(PersonRow::as_select()).first(connection).await.map(Into::into)
}

/// The person HR knows by that id.
pub async fn by_hr_id(connection: &mut Connection, hr_id: &str) -> QueryResult<Option<Person>> {
    let row = persons::table.filter(persons::hr_id.eq(hr_id)).select(PersonRow::as_select()).first(connection).await;
    Ok(row.optional()?.map(Into::into))
}

/// Everybody with that mail address, whether they work here or not.
pub async fn by_email(connection: &mut Connection, email: &str) -> QueryResult<Vec<Person>> {
    let lower = diesel::dsl::sql::<diesel::sql_types::Text>("lower(email)");
    let found = persons::table.filter(lower.eq(email.trim().to_lowercase())).order(persons::id).select(PersonRow::as_select());
    let rows: Vec<PersonRow> = found.load(connection).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Everybody with that mail address who works here now, by the day it is where each of them is: more than one means a shared mailbox.
pub async fn engaged_by_email(connection: &mut Connection, now: DateTime<Utc>, organisation: Tz, email: &str) -> QueryResult<Vec<Person>> {
    let mut engaged = Vec::new();
    for person in by_email(connection, email).await? {
        let facts = facts_of(connection, person.id).await?;
        if facts.is_engaged(now.with_timezone(&facts.zone(organisation)).date_naive()) {
            engaged.push(person);
        }
    }
    Ok(engaged)
}

/// Everybody with their engagements and leaves, by HR id.
pub async fn facts(connection: &mut Connection) -> QueryResult<Vec<PersonFacts>> {
    let rows: Vec<PersonRow> = persons::table.order(persons::hr_id).select(PersonRow::as_select()).load(connection).await?;
    let spells: Vec<Spell> = spells().load(connection).await?;
    let pauses: Vec<(Uuid, Uuid, NaiveDate, Option<NaiveDate>)> = pauses().load(connection).await?;
    join(rows, spells, pauses)
}

/// When an engagement came into the roster, and when it was last changed there.
#[derive(Clone, Copy, Debug)]
pub struct Recorded {
    /// When it came.
    pub first: DateTime<Utc>,
    /// When it was last changed; as `first` if never.
    pub last: DateTime<Utc>,
}

/// When each engagement was recorded.
pub async fn recorded(connection: &mut Connection) -> QueryResult<HashMap<Uuid, Recorded>> {
    let times = (engagements::id, engagements::created_at, engagements::updated_at);
    let rows: Vec<(Uuid, DateTime<Utc>, DateTime<Utc>)> = engagements::table.select(times).load(connection).await?;
    Ok(rows.into_iter().map(|(id, first, last)| (id, Recorded { first, last })).collect())
}

/// One person with engagements and leaves.
pub async fn facts_of(connection: &mut Connection, person_id: Uuid) -> QueryResult<PersonFacts> {
    let row: PersonRow = persons::table.find(person_id).select(PersonRow::as_select()).first(connection).await?;
    let spells: Vec<Spell> = spells().filter(engagements::person_id.eq(person_id)).load(connection).await?;
    let pauses: Vec<_> = pauses().filter(engagements::person_id.eq(person_id)).load(connection).await?;
    let mut all = join(vec![row], spells, pauses)?;
    all.pop().ok_or(diesel::result::Error::NotFound)
}

fn join(
    rows: Vec<PersonRow>,
    spells: Vec<Spell>,
    pauses: Vec<(Uuid, Uuid, NaiveDate, Option<NaiveDate>)>,
) -> QueryResult<Vec<PersonFacts>> {
    let mut engagements: HashMap<Uuid, Vec<Engagement>> = HashMap::new();
    for spell in spells {
        let spell = Engagement::try_from(spell)?;
        engagements.entry(spell.person_id).or_default().push(spell);
    }
    let mut leaves: HashMap<Uuid, Vec<Leave>> = HashMap::new();
    for (person, engagement_id, first_day, last_day) in pauses {
        leaves.entry(person).or_default().push(Leave { engagement_id, first_day, last_day });
    }
    let facts = rows.into_iter().map(Person::from).map(|person| PersonFacts {
        engagements: engagements.remove(&person.id).unwrap_or_default(),
        leaves: leaves.remove(&person.id).unwrap_or_default(),
        person,
    });
    Ok(facts.collect())
}

#[diesel::dsl::auto_type(no_type_alias)]
fn spells() -> _ {
    let place = (locations::name, locations::zone);
    let row: diesel::dsl::AsSelect<EngagementRow, diesel::pg::Pg> = EngagementRow::as_select();
    engagements::table
        .left_join(departments::table.on(engagements::department_id.eq(departments::id.nullable())))
        .left_join(locations::table)
        .order((engagements::person_id, engagements::starts_on))
        .select((row, departments::name.nullable(), place.nullable()))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn pauses() -> _ {
    leaves::table.inner_join(engagements::table).order((engagements::person_id, leaves::first_day)).select((
        engagements::person_id,
        leaves::engagement_id,
        leaves::first_day,
        leaves::last_day,
    ))
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Everybody who reports to that person on `day`, directly or through others, with the contractors that these sponsor.
pub(super) async fn line(connection: &mut Connection, manager: Uuid, day: NaiveDate) -> QueryResult<Vec<Uuid>> {
    below(connection, manager, day, "manager").await
}

/// The contractors whom that person sponsors on `day`, with whoever reports to them.
pub(super) async fn contractors(connection: &mut Connection, sponsor: Uuid, day: NaiveDate) -> QueryResult<Vec<Uuid>> {
    below(connection, sponsor, day, "sponsor").await
}

/// Everybody below that person whose engagement runs on `day`; the first step down goes by `first`. A cycle ends where it began.
async fn below(connection: &mut Connection, person: Uuid, day: NaiveDate, first: &str) -> QueryResult<Vec<Uuid>> {
    let rows: Vec<Id> = diesel::sql_query(
        "with recursive running as (
             select * from engagements where starts_on <= $2 and (ends_on is null or ends_on >= $2)
         ), below(id) as (
             select person_id from running where $1 = case $3 when 'manager' then manager_id else sponsor_id end
             union
             select running.person_id from running join below on below.id in (running.manager_id, running.sponsor_id)
         )
         select id from below where id <> $1",
    )
    .bind::<SqlUuid, _>(person)
    .bind::<diesel::sql_types::Date, _>(day)
    .bind::<diesel::sql_types::Text, _>(first)
    .load(connection)
    .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Whether an engagement of that legal entity was ever recorded.
pub async fn is_legal_entity(connection: &mut Connection, name: &str) -> QueryResult<bool> {
    let found = engagements::table.filter(engagements::legal_entity.eq(name));
    diesel::select(diesel::dsl::exists(found)).get_result(connection).await
}

/// Whether anybody reports to that person, or is sponsored by them, on `day`.
pub async fn manages(connection: &mut Connection, person_id: Uuid, day: NaiveDate) -> QueryResult<bool> {
    let below = engagements::table
        .filter(engagements::manager_id.eq(person_id).or(engagements::sponsor_id.eq(person_id)))
        .filter(engagements::starts_on.le(day))
        .filter(engagements::ends_on.is_null().or(engagements::ends_on.ge(day)));
    diesel::select(diesel::dsl::exists(below)).get_result(connection).await
}

/// One row of the list of imports.
#[derive(Queryable, Selectable)]
#[diesel(table_name = roster_batches)]
pub(super) struct BatchRow {
    pub feed: String,
    pub file_name: String,
    pub file_sha256: Vec<u8>,
    pub rows_received: i32,
    pub rows_accepted: i32,
    pub rows_rejected: i32,
    pub snapshot: bool,
    pub recorded_at: DateTime<Utc>,
}

pub(super) async fn batches(connection: &mut Connection) -> QueryResult<Vec<BatchRow>> {
    let newest = roster_batches::table.order(roster_batches::recorded_at.desc()).limit(50);
    newest.select(BatchRow::as_select()).load(connection).await
}
