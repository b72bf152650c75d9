//! Statements that only reports need.

use crate::kit::db::Connection;
use crate::schema::mail_deliveries;
use crate::schema::requirement_rules;
use crate::schema::requirements;
use crate::schema::roster_batches;
use crate::schema::schedules;
use chrono::DateTime;
use chrono::Utc;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The newest import that a report could know of.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Watermark {
    batch: Uuid,
    rows_received: i32,
    rows_accepted: i32,
    rows_rejected: i32,
    recorded_at: DateTime<Utc>,
}

pub(super) async fn watermark(connection: &mut Connection, as_known: DateTime<Utc>) -> QueryResult<Option<Watermark>> {
    roster_batches::table
        .filter(roster_batches::feed.eq("people"))
        .filter(roster_batches::recorded_at.le(as_known))
        .order((roster_batches::recorded_at.desc(), roster_batches::id.desc()))
        .select((
            roster_batches::id,
            roster_batches::rows_received,
            roster_batches::rows_accepted,
            roster_batches::rows_rejected,
            roster_batches::recorded_at,
        ))
        .first(connection)
        .await
        .optional()
}

/// The rule of each requirement that was in force, as known then.
pub(super) async fn rule_versions(connection: &mut Connection, as_known: DateTime<Utc>) -> QueryResult<BTreeMap<String, i32>> {
    let rows: Vec<(String, i32)> = requirements::table
        .inner_join(requirement_rules::table)
        .filter(requirement_rules::recorded_at.le(as_known))
        .order((requirements::slug, requirement_rules::version.desc()))
        .distinct_on(requirements::slug)
        .select((requirements::slug, requirement_rules::version))
        .load(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

/// When each schedule runs next.
pub(super) async fn schedule(connection: &mut Connection) -> QueryResult<Vec<(String, DateTime<Utc>)>> {
    schedules::table.order(schedules::next_at).select((schedules::name, schedules::next_at)).load(connection).await
}

/// How many mails of each kind were handed over since an instant.
pub(super) async fn deliveries_since(connection: &mut Connection, since: DateTime<Utc>) -> QueryResult<Vec<(String, i64)>> {
    mail_deliveries::table
        .filter(mail_deliveries::delivered_at.gt(since))
        .group_by(mail_deliveries::kind)
        .order(mail_deliveries::kind)
        .select((mail_deliveries::kind, diesel::dsl::count_star()))
        .load(connection)
        .await
}
