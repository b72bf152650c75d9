//! Sends sign-in links.

use crate::access::actions;
use crate::access::emails::LinkMail;
use crate::access::mailing;
use crate::access::mailing::Mailing;
use crate::access::queries;
use crate::access::queries::Purpose;
use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::jobs::JobError;
use crate::people;
use uuid::Uuid;

const KIND: &str = "sign-in link";

/// `access.send_link`: mails a link to whoever asked for it. A link nobody can use any more is not sent.
///
/// # Errors
/// When the mail server does not take it (again), or never will (given up).
pub async fn send_link(ctx: &Ctx, link: Uuid) -> Result<(), JobError> {
    let now = ctx.now();
    let mut connection = ctx.connection().await?;
    if queries::usable_link(&mut connection, now, link).await?.is_none() {
        return Ok(());
    }
    let (person, asked_at) = queries::link_person(&mut connection, link).await?;
    let person = people::person(&mut connection, person).await?;
    let Some(to) = &person.email else { return Ok(()) };
    if mailing::is_mailed(&mut connection, KIND, link).await? {
        return Ok(());
    }
    let lang = ctx.lang_of(&person.language);
    let mail = LinkMail {
        name: person.name(),
        organisation: ctx.organisation.name.clone(),
        address: actions::link_address(ctx, link),
        minutes: Purpose::Mail.lifetime().num_minutes(),
        security_email: ctx.organisation.security_email.clone(),
    };
    let letter = ctx.templates.letter(lang, &ctx.organisation.name, &mail).map_err(|error| AppError::Internal(error.to_string()))?;
    let message_id = &ctx.mailer.message_id(link);
    let mailing = Mailing { kind: KIND, about: link, message_id, person: &person, address: to, written_at: asked_at, letter: &letter };
    mailing::mail(&mut connection, now, ctx, &mailing).await
}

/// `access.forget_late_forms`: removes the forms that nobody came back for.
///
/// # Errors
/// When the database fails; it is tried again.
pub async fn forget_late_forms(ctx: &Ctx) -> Result<(), JobError> {
    queries::forget_late_forms(&mut *ctx.connection().await?, ctx.now()).await?;
    Ok(())
}
