//! The instances of the program that run on one database. They share nothing else but the key that signs sessions: with two keys, people
//! would be signed out at every other request.

use crate::kit::db::Connection;
use crate::schema::instances;
use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;
use diesel::prelude::*;
use diesel_async::AsyncConnection;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// An instance that has not been heard of for so long is gone.
const SILENCE: TimeDelta = TimeDelta::minutes(1);
/// An instance says so often that it is there.
const PULSE: TimeDelta = TimeDelta::seconds(10);

/// Enters an instance, unless another one runs with another key: `false`.
pub async fn enter(connection: &mut Connection, now: DateTime<Utc>, id: Uuid, key_id: &str) -> QueryResult<bool> {
    connection
        .transaction(async |connection| {
            // Of two that start at once, the second sees the first.
            diesel::sql_query("select pg_advisory_xact_lock(4702558)").execute(connection).await?;
            diesel::delete(instances::table.filter(instances::seen_at.le(now - TimeDelta::days(1)))).execute(connection).await?;
            let others = instances::table.filter(instances::seen_at.gt(now - SILENCE)).filter(instances::key_id.ne(key_id));
            if diesel::select(diesel::dsl::exists(others)).get_result(connection).await? {
                return Ok(false);
            }
            let row = (
                instances::id.eq(id),
                instances::version.eq(env!("CARGO_PKG_VERSION")),
                instances::key_id.eq(key_id),
                instances::started_at.eq(now),
                instances::seen_at.eq(now),
            );
            diesel::insert_into(instances::table).values(row).execute(connection).await?;
            Ok(true)
        })
        .await
}

/// Says that an instance is there, if it has not said so just now. One that was forgotten, or whose database was restored, is entered
/// again.
pub async fn pulse(connection: &mut Connection, now: DateTime<Utc>, id: Uuid, key_id: &str) -> QueryResult<()> {
    let seen: Option<DateTime<Utc>> = instances::table.find(id).select(instances::seen_at).first(connection).await.optional()?;
    match seen {
        Some(seen) if seen > now - PULSE => Ok(()),
        Some(_) => diesel::update(instances::table.find(id)).set(instances::seen_at.eq(now)).execute(connection).await.map(drop),
        None => enter(connection, now, id, key_id).await.map(drop),
    }
}

/// Takes an instance off the list.
pub async fn leave(connection: &mut Connection, id: Uuid) -> QueryResult<()> {
    diesel::delete(instances::table.find(id)).execute(connection).await.map(drop)
}

/// How many instances are there.
pub async fn count(connection: &mut Connection, now: DateTime<Utc>) -> QueryResult<i64> {
    instances::table.filter(instances::seen_at.gt(now - SILENCE)).count().get_result(connection).await
}
