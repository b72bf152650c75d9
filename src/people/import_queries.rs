//! The statements of an import: what it compares with and what it writes.

use crate::kit::db::Connection;
use crate::people::model::Engagement;
use crate::people::model::Person;
use crate::people::plan::Change;
use crate::schema::departments;
use crate::schema::engagements;
use crate::schema::leaves;
use crate::schema::locations;
use crate::schema::persons;
use crate::schema::roster_batches;
use crate::schema::roster_changes;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use std::collections::HashMap;
use uuid::Uuid;

/// How many rows one statement carries: well below the protocol's 65,535 values.
const CHUNK: usize = 1000;

/// Serialises imports: two at once would each compare with a roster that the other is changing.
pub async fn lock_roster(connection: &mut Connection) -> QueryResult<()> {
    diesel::sql_query("select pg_advisory_xact_lock(4702552)").execute(connection).await.map(drop)
}

/// A batch of an import, as it is recorded.
#[derive(Insertable)]
#[diesel(table_name = roster_batches)]
pub(super) struct Batch<'a> {
    pub id: Uuid,
    pub feed: &'a str,
    pub file_name: &'a str,
    pub file_sha256: Vec<u8>,
    pub rows_received: i32,
    pub rows_accepted: i32,
    pub rows_rejected: i32,
    pub snapshot: bool,
    pub recorded_at: DateTime<Utc>,
}

pub(super) async fn add_batch(connection: &mut Connection, batch: &Batch<'_>) -> QueryResult<()> {
    diesel::insert_into(roster_batches::table).values(batch).execute(connection).await.map(drop)
}

pub(super) async fn add_changes(
    connection: &mut Connection,
    now: DateTime<Utc>,
    batch: Uuid,
    changes: &[Change],
    mut new_id: impl FnMut() -> Uuid,
) -> QueryResult<()> {
    for chunk in changes.chunks(CHUNK) {
        let rows = chunk.iter().map(|change| {
            (
                roster_changes::id.eq(new_id()),
                roster_changes::batch_id.eq(batch),
                roster_changes::person_id.eq(change.person_id),
                roster_changes::engagement_id.eq(change.engagement_id),
                roster_changes::change.eq(change.kind),
                roster_changes::before.eq(&change.before),
                roster_changes::after.eq(&change.after),
                roster_changes::recorded_at.eq(now),
            )
        });
        diesel::insert_into(roster_changes::table).values(rows.collect::<Vec<_>>()).execute(connection).await?;
    }
    Ok(())
}

pub(super) async fn add_persons(connection: &mut Connection, now: DateTime<Utc>, people: &[Person]) -> QueryResult<()> {
    for chunk in people.chunks(CHUNK) {
        let rows = chunk.iter().map(|person| {
            (
                persons::id.eq(person.id),
                persons::hr_id.eq(&person.hr_id),
                persons::given_name.eq(&person.given_name),
                persons::family_name.eq(&person.family_name),
                persons::email.eq(&person.email),
                persons::language.eq(&person.language),
                persons::zone.eq(person.zone.map(Tz::name)),
                persons::created_at.eq(now),
                persons::updated_at.eq(now),
            )
        });
        diesel::insert_into(persons::table).values(rows.collect::<Vec<_>>()).execute(connection).await?;
    }
    Ok(())
}

pub(super) async fn change_person(connection: &mut Connection, now: DateTime<Utc>, person: &Person) -> QueryResult<()> {
    let values = (
        persons::given_name.eq(&person.given_name),
        persons::family_name.eq(&person.family_name),
        persons::email.eq(&person.email),
        persons::language.eq(&person.language),
        persons::zone.eq(person.zone.map(Tz::name)),
        persons::updated_at.eq(now),
    );
    diesel::update(persons::table.find(person.id)).set(values).execute(connection).await.map(drop)
}

/// Ids of departments and locations by name.
pub(super) struct Units {
    departments: HashMap<String, Uuid>,
    locations: HashMap<String, Uuid>,
}

/// The ids of all units, after those that are new have been added.
pub(super) async fn units<'a>(
    connection: &mut Connection,
    now: DateTime<Utc>,
    names: impl Iterator<Item = &'a str>,
    places: impl Iterator<Item = (&'a String, &'a (String, Option<Tz>))>,
    mut new_id: impl FnMut() -> Uuid,
) -> QueryResult<Units> {
    for name in names {
        let row = (departments::id.eq(new_id()), departments::name.eq(name), departments::created_at.eq(now));
        diesel::insert_into(departments::table).values(row).on_conflict_do_nothing().execute(connection).await?;
    }
    for (name, (country, zone)) in places {
        let row = (
            locations::id.eq(new_id()),
            locations::name.eq(name),
            locations::country.eq(country),
            locations::zone.eq(zone.map(Tz::name)),
            locations::created_at.eq(now),
        );
        let added = diesel::insert_into(locations::table).values(row).on_conflict_do_nothing().execute(connection).await?;
        if let (0, Some(zone)) = (added, zone) {
            // A zone that is missing is filled in; one that is known stays, whatever the rows of a single file say.
            let without = locations::table.filter(locations::name.eq(name)).filter(locations::zone.is_null());
            diesel::update(without).set(locations::zone.eq(zone.name())).execute(connection).await?;
        }
    }
    let departments: Vec<(String, Uuid)> = departments::table.select((departments::name, departments::id)).load(connection).await?;
    let locations: Vec<(String, Uuid)> = locations::table.select((locations::name, locations::id)).load(connection).await?;
    Ok(Units { departments: departments.into_iter().collect(), locations: locations.into_iter().collect() })
}

macro_rules! spell_values {
    ($spell:expr, $units:expr, $now:expr) => {
        (
            engagements::kind.eq($spell.kind.name()),
            engagements::starts_on.eq($spell.starts_on),
            engagements::ends_on.eq($spell.ends_on),
            engagements::manager_id.eq($spell.manager_id),
            engagements::sponsor_id.eq($spell.sponsor_id),
            engagements::department_id.eq($units.departments.get(&$spell.department)),
            engagements::location_id.eq($units.locations.get(&$spell.location)),
            engagements::country.eq(&$spell.country),
            engagements::legal_entity.eq(&$spell.legal_entity),
            engagements::job_role.eq(&$spell.job_role),
            engagements::updated_at.eq($now),
        )
    };
}

pub(super) async fn add_engagements(
    connection: &mut Connection,
    now: DateTime<Utc>,
    spells: &[Engagement],
    units: &Units,
) -> QueryResult<()> {
    for chunk in spells.chunks(CHUNK) {
        let rows = chunk.iter().map(|spell| {
            let keys = (engagements::id.eq(spell.id), engagements::person_id.eq(spell.person_id), engagements::created_at.eq(now));
            (keys, spell_values!(spell, units, now))
        });
        diesel::insert_into(engagements::table).values(rows.collect::<Vec<_>>()).execute(connection).await?;
    }
    Ok(())
}

pub(super) async fn change_engagement(
    connection: &mut Connection,
    now: DateTime<Utc>,
    spell: &Engagement,
    units: &Units,
) -> QueryResult<()> {
    diesel::update(engagements::table.find(spell.id)).set(spell_values!(spell, units, now)).execute(connection).await.map(drop)
}

/// A leave as the database has it.
#[derive(Queryable, Selectable, Clone, PartialEq, Eq)]
#[diesel(table_name = leaves)]
pub(super) struct LeaveRow {
    pub id: Uuid,
    pub engagement_id: Uuid,
    pub first_day: NaiveDate,
    pub last_day: Option<NaiveDate>,
    pub code: String,
}

pub(super) async fn all_leaves(connection: &mut Connection) -> QueryResult<Vec<LeaveRow>> {
    leaves::table.select(LeaveRow::as_select()).load(connection).await
}

pub(super) async fn put_leave(connection: &mut Connection, now: DateTime<Utc>, leave: &LeaveRow) -> QueryResult<()> {
    let values = (leaves::last_day.eq(leave.last_day), leaves::code.eq(&leave.code), leaves::updated_at.eq(now));
    let keys = (leaves::id.eq(leave.id), leaves::engagement_id.eq(leave.engagement_id), leaves::first_day.eq(leave.first_day));
    diesel::insert_into(leaves::table)
        .values((keys, values, leaves::created_at.eq(now)))
        .on_conflict(leaves::id)
        .do_update()
        .set(values)
        .execute(connection)
        .await
        .map(drop)
}
