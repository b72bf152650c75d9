//! Planning: who is to be told today.

use crate::ctx::Ctx;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::kit::jobs;
use crate::kit::jobs::NewJob;
use crate::people;
use crate::programme;
use crate::programme::Standing;
use crate::reminders::model;
use crate::reminders::model::Step;
use crate::reminders::queries;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::TimeDelta;
use chrono::Timelike;
use chrono::Utc;
use chrono_tz::Tz;
use diesel_async::AsyncConnection;
use serde_json::json;
use std::collections::HashMap;
use std::collections::HashSet;
use uuid::Uuid;

/// Reminders go out from this hour of the person's day on, and before [`LAST_HOUR`].
const FIRST_HOUR: u32 = 8;
/// See [`FIRST_HOUR`].
const LAST_HOUR: u32 = 18;

/// A reminder that would be sent.
#[derive(Debug, PartialEq, Eq)]
pub struct Planned {
    /// The reminder's id.
    pub id: Uuid,
    /// To whom.
    pub person_id: Uuid,
    /// By which id HR knows them.
    pub hr_id: String,
    /// For which day of theirs.
    pub day: NaiveDate,
    /// Which assignments, by which step.
    pub steps: Vec<(Uuid, Step)>,
}

/// Finds who is to be told now, and plans one reminder each. With `dry_run` nothing is planned; with `any_hour` the time of
/// day does not matter.
///
/// # Errors
/// When the database fails.
pub async fn plan(
    connection: &mut Connection,
    now: DateTime<Utc>,
    ctx: &Ctx,
    dry_run: bool,
    any_hour: bool,
) -> Result<Vec<Planned>, AppError> {
    connection
        .transaction(async |connection| {
            queries::lock(connection).await?;
            let wanted = find(connection, now, ctx, any_hour).await?;
            let mut planned = Vec::new();
            for reminder in wanted {
                let id = reminder.id;
                let message_id = ctx.mailer.message_id(id);
                if !dry_run {
                    if !queries::plan(connection, now, id, reminder.person_id, reminder.day, &message_id, &reminder.steps).await? {
                        continue;
                    }
                    jobs::enqueue(connection, now, NewJob::new("reminders.send", json!({ "reminder": id }))).await?;
                }
                planned.push(reminder);
            }
            Ok(planned)
        })
        .await
}

/// How many of these reminders were sent.
///
/// # Errors
/// When the database fails.
pub async fn count_sent(connection: &mut Connection, planned: &[Planned]) -> Result<i64, AppError> {
    let ids: Vec<Uuid> = planned.iter().map(|reminder| reminder.id).collect();
    Ok(queries::count_sent(connection, &ids).await?)
}

async fn find(connection: &mut Connection, now: DateTime<Utc>, ctx: &Ctx, any_hour: bool) -> Result<Vec<Planned>, AppError> {
    let facts = people::facts(connection).await?;
    let told = queries::told(connection).await?;
    let mut owed: HashMap<Uuid, Vec<Standing>> = HashMap::new();
    for standing in programme::standings(connection, now, &facts).await? {
        if model::is_told(standing.state) && !standing.declined {
            owed.entry(standing.assignment.person_id).or_default().push(standing);
        }
    }
    // Wherever it is still yesterday, or tomorrow already.
    let reminded = queries::reminded_since(connection, now.date_naive() - TimeDelta::days(2)).await?;
    let mut planned = Vec::new();
    for person in &facts {
        let Some(standings) = owed.remove(&person.person.id) else { continue };
        let local = now.with_timezone(&person.zone(ctx.organisation.zone));
        let is_hour = any_hour || (FIRST_HOUR..LAST_HOUR).contains(&local.hour());
        if !is_hour || reminded.contains(&(person.person.id, local.date_naive())) {
            continue;
        }
        let steps = standings.iter().filter_map(|standing| {
            let id = standing.assignment.id;
            Some((id, step(standing, local, told.get(&id))?))
        });
        let steps: Vec<(Uuid, Step)> = steps.collect();
        if !steps.is_empty() {
            let (person_id, hr_id) = (person.person.id, person.person.hr_id.clone());
            planned.push(Planned { id: ctx.chance.id(now), person_id, hr_id, day: local.date_naive(), steps });
        }
    }
    Ok(planned)
}

fn step(standing: &Standing, local: DateTime<Tz>, told: Option<&HashSet<Step>>) -> Option<Step> {
    let assignment = &standing.assignment;
    let assigned_on = assignment.assigned_at.with_timezone(&local.timezone()).date_naive();
    Step::to_tell(assigned_on, assignment.due_on, local.date_naive(), told)
}
