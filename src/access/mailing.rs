//! Hands a letter over to a person, once: the delivery is a fact, and what was delivered is not sent again.

use crate::access::queries;
use crate::access::queries::Delivery;
use crate::ctx::Ctx;
use crate::kit::db::Connection;
use crate::kit::jobs::JobError;
use crate::kit::mail::Outgoing;
use crate::kit::render::Letter;
use crate::people::Person;
use chrono::DateTime;
use chrono::Utc;
use uuid::Uuid;

/// A letter with what it is about.
pub struct Mailing<'a> {
    /// What kind of mail it is: `sign-in link`, `receipt`, `reminder`.
    pub kind: &'static str,
    /// What it is about.
    pub about: Uuid,
    /// Names the message, for ever.
    pub message_id: &'a str,
    /// To whom.
    pub person: &'a Person,
    /// Where to.
    pub address: &'a str,
    /// When it was written: part of its bytes, so not the time of a retry.
    pub written_at: DateTime<Utc>,
    /// Its words.
    pub letter: &'a Letter,
}

/// Whether a letter of that kind about this was handed over already.
///
/// # Errors
/// When the database fails.
pub async fn is_mailed(connection: &mut Connection, kind: &str, about: Uuid) -> Result<bool, JobError> {
    Ok(queries::was_delivered(connection, kind, about).await?)
}

/// Hands the letter over and records it.
///
/// # Errors
/// When the mail server does not take it (again), or never will (given up). What the allow-list holds back is no error.
pub async fn mail(connection: &mut Connection, now: DateTime<Utc>, ctx: &Ctx, mailing: &Mailing<'_>) -> Result<(), JobError> {
    let Mailing { message_id, written_at, letter, address: to, .. } = *mailing;
    let to_name = mailing.person.name();
    if !ctx.mailer.allows(to) {
        metrics::counter!("avow_mails_total", "kind" => mailing.kind, "outcome" => "withheld").increment(1);
        tracing::info!(kind = mailing.kind, "a mail was withheld: its address is not on the allow-list of this environment");
        return Ok(());
    }
    let sent = ctx.mailer.send(&Outgoing { message_id, to_name: &to_name, to, written_at, letter }).await;
    let outcome = if sent.is_ok() { "sent" } else { "failed" };
    metrics::counter!("avow_mails_total", "kind" => mailing.kind, "outcome" => outcome).increment(1);
    sent?;
    let (id, kind, person_id, about_id) = (ctx.chance.id(now), mailing.kind, mailing.person.id, mailing.about);
    Ok(queries::record_delivery(connection, now, &Delivery { id, message_id, kind, person_id, about_id }).await?)
}
