//! Planning on schedule, and sending. Before a reminder is sent, the facts are asked again.

use crate::access;
use crate::access::Mailing;
use crate::ctx::Ctx;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::kit::jobs::JobError;
use crate::kit::render::Letter;
use crate::library;
use crate::people;
use crate::people::PersonFacts;
use crate::programme;
use crate::programme::Standing;
use crate::reminders::actions;
use crate::reminders::emails::ReminderLine;
use crate::reminders::emails::ReminderMail;
use crate::reminders::queries;
use crate::reminders::queries::Outcome;
use crate::reminders::queries::Reminder;
use chrono::DateTime;
use chrono::Utc;
use diesel_async::AsyncConnection;
use uuid::Uuid;

/// `reminders.plan`: plans the reminders of this hour.
///
/// # Errors
/// When the database fails; it is tried again.
pub async fn plan(ctx: &Ctx) -> Result<(), JobError> {
    let now = ctx.now();
    let planned = actions::plan(&mut *ctx.connection().await?, now, ctx, false, false).await?;
    tracing::info!(planned = planned.len(), "reminders planned");
    Ok(())
}

/// `reminders.send`: sends one reminder. While it is being sent no other worker can have it; it ends as sent or suppressed.
///
/// # Errors
/// When the mail server does not take it (again), or never will (recorded as failed).
pub async fn send(ctx: &Ctx, reminder: Uuid) -> Result<(), JobError> {
    let now = ctx.now();
    let mut connection = ctx.connection().await?;
    let outcome = connection
        .transaction(async |connection| {
            let Some(held) = queries::hold(connection, reminder).await? else {
                let ended = queries::has_ended(connection, reminder).await?;
                return if ended { Ok(()) } else { Err(JobError::Again("another worker is sending this reminder".into())) };
            };
            let (outcome, reason) = match deliver(connection, now, ctx, &held).await? {
                None => ("sent", ""),
                Some(reason) => ("suppressed", reason),
            };
            Ok(queries::end(connection, now, &Outcome { id: ctx.chance.id(now), reminder, outcome, reason }).await?)
        })
        .await;
    if let Err(JobError::GiveUp(why)) = &outcome {
        queries::end(&mut connection, now, &Outcome { id: ctx.chance.id(now), reminder, outcome: "failed", reason: why }).await?;
    }
    outcome
}

/// Hands the reminder over, or says why there is nothing to hand over.
async fn deliver(
    connection: &mut Connection,
    now: DateTime<Utc>,
    ctx: &Ctx,
    reminder: &Reminder,
) -> Result<Option<&'static str>, JobError> {
    let facts = people::facts_of(connection, reminder.person_id).await?;
    let owed = owed(connection, now, &facts, reminder.id).await?;
    if owed.is_empty() {
        return Ok(Some("nothing is owed any more"));
    }
    let Some(to) = facts.person.email.clone() else { return Ok(Some("no address")) };
    if people::engaged_by_email(connection, now, ctx.organisation.zone, &to).await?.len() > 1 {
        return Ok(Some("shared address"));
    }
    if !ctx.mailer.allows(&to) {
        return Ok(Some("not on the allow-list of this environment"));
    }
    let letter = letter(connection, now, ctx, &facts, &owed).await?;
    let (person, written_at, message_id) = (&facts.person, reminder.planned_at, &reminder.message_id);
    let mailing = Mailing { kind: "reminder", about: reminder.id, message_id, person, address: &to, written_at, letter: &letter };
    access::mail(connection, now, ctx, &mailing).await?;
    Ok(None)
}

/// Everything the person owes now, most urgent first; nothing if none of what the reminder was planned for is owed any more.
async fn owed(connection: &mut Connection, now: DateTime<Utc>, facts: &PersonFacts, reminder: Uuid) -> Result<Vec<Standing>, AppError> {
    let planned_for = queries::assignments(connection, reminder).await?;
    let standings = programme::standings_of(connection, now, facts).await?;
    let owed = standings.into_iter().filter(|standing| standing.state.is_owed() && !standing.declined);
    let owed: Vec<Standing> = owed.collect();
    let is_planned = owed.iter().any(|standing| planned_for.contains(&standing.assignment.id));
    Ok(if is_planned { owed } else { Vec::new() })
}

async fn letter(
    connection: &mut Connection,
    now: DateTime<Utc>,
    ctx: &Ctx,
    facts: &PersonFacts,
    owed: &[Standing],
) -> Result<Letter, AppError> {
    let lang = ctx.lang_of(&facts.person.language);
    let titles = library::titles(connection, now, lang.tag()).await?;
    let zone = facts.zone(ctx.organisation.zone);
    let today = now.with_timezone(&zone).date_naive();
    let lines = owed.iter().map(|standing| {
        let assignment = &standing.assignment;
        let key = (assignment.content_kind.name().to_owned(), assignment.content_slug.clone());
        let late = standing.state == programme::State::Overdue;
        ReminderLine {
            title: titles.get(&key).cloned().unwrap_or_else(|| assignment.content_slug.clone()),
            kind: assignment.content_kind.name(),
            due: lang.long_date(assignment.due_on),
            state: standing.state.name(),
            days: if late { standing.days_late } else { (assignment.due_on - today).num_days() },
        }
    });
    let mail = ReminderMail {
        name: facts.person.name(),
        organisation: ctx.organisation.name.clone(),
        lines: lines.collect(),
        count: owed.len(),
        overdue: owed.iter().any(|standing| standing.state == programme::State::Overdue),
        address: format!("{}/", ctx.config.base_url),
        intranet: ctx.organisation.intranet.clone(),
        compliance_email: ctx.organisation.compliance_email.clone(),
    };
    ctx.templates.letter(lang, &ctx.organisation.name, &mail).map_err(|error| AppError::Internal(error.to_string()))
}
