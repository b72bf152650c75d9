//! What an administrator sees: jobs, schedules, mails; and how to try again what failed.

use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::http;
use crate::kit::http::CsrfForm;
use crate::kit::http::NoFields;
use crate::kit::http::View;
use crate::kit::jobs;
use crate::reports::pages::DeadLine;
use crate::reports::pages::MailLine;
use crate::reports::pages::OperationsPage;
use crate::reports::pages::ScheduleLine;
use crate::reports::queries;
use crate::rights::CurrentUser;
use crate::rights::Operate;
use actix_web::HttpResponse;
use actix_web::web::Data;
use actix_web::web::Path;
use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;

/// `GET /operations`: what runs, what waits, what was given up.
///
/// # Errors
/// When the database fails.
pub async fn operations(_: CurrentUser<Operate>, ctx: Data<Ctx>, view: View) -> Result<HttpResponse, AppError> {
    let now = ctx.now();
    let mut connection = ctx.connection().await?;
    let time = |instant: DateTime<Utc>| instant.with_timezone(&ctx.organisation.zone).format("%Y-%m-%d %H:%M").to_string();
    let dead = jobs::dead(&mut connection).await?.into_iter().map(|job| DeadLine {
        id: job.id,
        kind: job.kind,
        attempts: job.attempts,
        error: job.last_error.unwrap_or_default(),
        when: job.dead_at.map(time).unwrap_or_default(),
    });
    let dead = dead.collect();
    let schedule = queries::schedule(&mut connection).await?;
    let mails = queries::deliveries_since(&mut connection, now - TimeDelta::days(1)).await?;
    view.page(&OperationsPage {
        waiting: jobs::count_waiting(&mut connection).await?,
        dead,
        schedule: schedule.into_iter().map(|(name, next)| ScheduleLine { name, next: time(next) }).collect(),
        mails: mails.into_iter().map(|(kind, count)| MailLine { kind: kind.replace(' ', "-"), count }).collect(),
        mail_folder: ctx.mailer.folder().map(|folder| folder.display().to_string()),
        version: env!("CARGO_PKG_VERSION"),
    })
}

/// `POST /operations/jobs/{id}/retry`: takes a job out of the dead list.
///
/// # Errors
/// When there is no such job in the list.
pub async fn retry(_: CurrentUser<Operate>, ctx: Data<Ctx>, id: Path<i64>, _: CsrfForm<NoFields>) -> Result<HttpResponse, AppError> {
    match jobs::retry(&mut *ctx.connection().await?, ctx.now(), *id).await? {
        0 => Err(AppError::NotFound),
        _ => Ok(http::see_other("/operations")),
    }
}
