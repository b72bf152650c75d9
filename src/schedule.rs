//! The page of jobs: what runs by itself and when, and what each kind of job does.

use crate::access;
use crate::ctx::Ctx;
use crate::kit::jobs;
use crate::kit::jobs::Job;
use crate::kit::jobs::JobError;
use crate::kit::jobs::NewJob;
use crate::policies;
use crate::programme;
use crate::reminders;
use chrono::DateTime;
use chrono::Utc;
use croner::Cron;
use diesel_async::AsyncConnection;
use serde_json::json;
use std::str::FromStr;
use uuid::Uuid;

/// What runs by itself: the job, and when (cron, in the organisation's zone).
const SCHEDULE: [(&str, &str); 3] = [
    // Late forms are kept for an hour, not for ever.
    ("access.forget_late_forms", "50 * * * *"),
    // Joiners, leavers and new cycles show within the hour.
    ("programme.evaluate", "5 * * * *"),
    // Once an hour, so that everybody is reached in the working hours of their own zone.
    ("reminders.plan", "20 * * * *"),
];

/// Enqueues what is due by the schedule. Of several instances, one does.
///
/// # Errors
/// When the database fails.
pub async fn tick(ctx: &Ctx, now: DateTime<Utc>) -> Result<(), JobError> {
    let mut connection = ctx.connection().await?;
    for (kind, when) in SCHEDULE {
        let next = next(when, now, ctx)?;
        connection
            .transaction(async |connection| {
                if jobs::take_schedule(connection, now, kind, next).await? {
                    jobs::enqueue(connection, now, NewJob::new(kind, json!({})).once(kind).urgent()).await?;
                }
                Ok::<(), JobError>(())
            })
            .await?;
    }
    Ok(())
}

fn next(when: &str, now: DateTime<Utc>, ctx: &Ctx) -> Result<DateTime<Utc>, JobError> {
    let cron = Cron::from_str(when).map_err(|error| JobError::GiveUp(error.to_string()))?;
    let local = now.with_timezone(&ctx.organisation.zone);
    let next = cron.find_next_occurrence(&local, false).map_err(|error| JobError::GiveUp(error.to_string()))?;
    Ok(next.with_timezone(&Utc))
}

/// Runs one job.
///
/// # Errors
/// Whether it is to be tried again or given up.
pub async fn run(ctx: &Ctx, job: &Job) -> Result<(), JobError> {
    match job.kind.as_str() {
        "access.send_link" => access::jobs::send_link(ctx, id(job, "link")?).await,
        "access.forget_late_forms" => access::jobs::forget_late_forms(ctx).await,
        "policies.send_receipt" => policies::jobs::send_receipt(ctx, id(job, "attestation")?).await,
        "programme.evaluate" => programme::jobs::evaluate(ctx).await,
        "reminders.plan" => reminders::jobs::plan(ctx).await,
        "reminders.send" => reminders::jobs::send(ctx, id(job, "reminder")?).await,
        // A newer program may know it: leave it to be tried again.
        unknown => Err(JobError::Again(format!("no such job: {unknown}"))),
    }
}

fn id(job: &Job, name: &str) -> Result<Uuid, JobError> {
    let id = job.payload[name].as_str().and_then(|text| text.parse().ok());
    id.ok_or_else(|| JobError::GiveUp(format!("the job names no {name}")))
}
