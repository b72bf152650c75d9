//! Mails receipts.

use crate::access;
use crate::access::Mailing;
use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::jobs::JobError;
use crate::people;
use crate::policies::emails::ReceiptMail;
use crate::policies::queries;
use uuid::Uuid;

const KIND: &str = "receipt";

/// `policies.send_receipt`: mails the receipt of an attestation to whoever made it, in the language they signed in.
///
/// # Errors
/// When the mail server does not take it (again), or never will (given up).
pub async fn send_receipt(ctx: &Ctx, attestation: Uuid) -> Result<(), JobError> {
    let now = ctx.now();
    let mut connection = ctx.connection().await?;
    let receipt = queries::receipt(&mut connection, attestation).await?;
    let facts = people::facts_of(&mut connection, receipt.person_id).await?;
    let Some(to) = facts.person.email.clone() else { return Ok(()) };
    let shared = people::engaged_by_email(&mut connection, now, ctx.organisation.zone, &to).await?.len() > 1;
    if shared || access::is_mailed(&mut connection, KIND, attestation).await? {
        return Ok(());
    }
    let lang = ctx.lang_of(&receipt.language);
    let mail = ReceiptMail {
        name: facts.person.name(),
        title: receipt.title.clone(),
        version: receipt.version,
        declined: receipt.response == "decline",
        statement: receipt.statement.clone(),
        signed: lang.long_instant(receipt.signed_at, facts.zone(ctx.organisation.zone)),
        number: receipt.id.to_string(),
        hash: hex::encode(&receipt.html_sha256),
        commitment: hex::encode(&receipt.commitment),
        intranet: ctx.organisation.intranet.clone(),
    };
    let letter = ctx.templates.letter(lang, &ctx.organisation.name, &mail).map_err(|error| AppError::Internal(error.to_string()))?;
    let (person, written_at, message_id) = (&facts.person, receipt.signed_at, &ctx.mailer.message_id(attestation));
    let mailing = Mailing { kind: KIND, about: attestation, message_id, person, address: &to, written_at, letter: &letter };
    access::mail(&mut connection, now, ctx, &mailing).await
}
