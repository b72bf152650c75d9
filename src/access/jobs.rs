//! Sends sign-in links.

use crate::access::actions;
use crate::access::emails::LinkMail;
use crate::access::queries;
use crate::access::queries::Delivery;
use crate::access::queries::Purpose;
use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::jobs::JobError;
use crate::kit::mail::MailError;
use crate::kit::mail::Outgoing;
use crate::people;
use uuid::Uuid;

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
    let message_id = ctx.mailer.message_id(link);
    if queries::was_delivered(&mut connection, &message_id).await? {
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
    let outgoing = Outgoing { message_id: &message_id, to_name: &person.name(), to, written_at: asked_at, letter: &letter };
    ctx.mailer.send(&outgoing).await.map_err(mail_error)?;
    let delivery = Delivery { id: ctx.chance.id(now), message_id: &message_id, kind: "sign-in link", person_id: person.id, about_id: link };
    Ok(queries::record_delivery(&mut connection, now, &delivery).await?)
}

fn mail_error(error: MailError) -> JobError {
    match error {
        MailError::Later(why) => JobError::Again(why),
        MailError::Never(why) => JobError::GiveUp(why),
    }
}
