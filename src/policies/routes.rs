//! Reading a policy, confirming, the receipt.

use crate::ctx::Ctx;
use crate::kit::crypto;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::kit::http;
use crate::kit::http::CsrfForm;
use crate::kit::http::View;
use crate::kit::i18n::Lang;
use crate::library;
use crate::people;
use crate::policies::actions;
use crate::policies::actions::Outcome;
use crate::policies::actions::Reading;
use crate::policies::actions::Signer;
use crate::policies::model::Response;
use crate::policies::nonce;
use crate::policies::pages::Heading;
use crate::policies::pages::ReadPage;
use crate::policies::pages::ReceiptPage;
use crate::policies::pages::ReviewPage;
use crate::policies::pages::SinceView;
use crate::policies::pages::SupersededPage;
use crate::policies::queries;
use crate::rights::CurrentUser;
use crate::rights::Learn;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::web::Path;
use actix_web::web::Query;
use serde::Deserialize;
use uuid::Uuid;

/// A reason for declining may be as long as a letter.
const MAX_REASON: usize = 4000;

/// A language's name in the language of the page.
pub(super) fn language_name(lang: Lang, tag: &str) -> String {
    tag.parse::<Lang>().map(|named| lang.text(&format!("language-{named}"))).unwrap_or_default()
}

/// The prevailing language's name, where the text is in another.
fn prevailing(lang: Lang, reading: &Reading) -> Option<String> {
    let prevailing = reading.version.settings.prevailing_language.as_deref()?;
    (prevailing != reading.text.language).then(|| language_name(lang, prevailing))
}

/// `GET /attest/{assignment}`: the policy to be read. Opening it is noted; nothing else happens.
///
/// # Errors
/// When there is no such assignment of this person.
pub async fn read(user: CurrentUser<Learn>, ctx: Data<Ctx>, view: View, assignment: Path<Uuid>) -> Result<HttpResponse, AppError> {
    read_page(&user, &ctx, &view, *assignment, false).await
}

async fn read_page(user: &CurrentUser<Learn>, ctx: &Ctx, view: &View, assignment: Uuid, not_read: bool) -> Result<HttpResponse, AppError> {
    let (now, lang) = (ctx.now(), view.lang());
    let mut connection = ctx.connection().await?;
    let reading = actions::open(&mut connection, now, &ctx.chance, user.person_id, assignment, lang.tag()).await?;
    let last_word = queries::last_word(&mut connection, assignment).await?;
    let receipt = |response: &str| last_word.as_ref().filter(|made| made.response == response).map(|made| made.id.to_string());
    let page = ReadPage {
        assignment: assignment.to_string(),
        text: reading.text.id.to_string(),
        policy_title: reading.text.title.clone(),
        version: reading.version.version,
        effective: lang.long_date(reading.version.effective_at.with_timezone(&ctx.organisation.zone).date_naive()),
        language: reading.text.language.clone(),
        prevailing: prevailing(lang, &reading),
        foreign: library::foreign(lang, &reading.text.language),
        since: since(&mut connection, ctx, lang, user.person_id, &reading).await?,
        contents: contents(&reading.text.html),
        html: reading.text.html.clone(),
        due: lang.long_date(reading.assignment.due_on),
        receipt: receipt("attest"),
        declined: receipt("decline"),
        not_read,
    };
    view.page_as(if not_read { StatusCode::CONFLICT } else { StatusCode::OK }, &page)
}

/// What changed since this person attested to the policy last, if it was to another version.
async fn since(connection: &mut Connection, ctx: &Ctx, lang: Lang, person: Uuid, reading: &Reading) -> Result<Option<SinceView>, AppError> {
    let Some((text, version, signed_at)) = queries::signed_text(connection, person, &reading.version.slug).await? else { return Ok(None) };
    if version == reading.version.version {
        return Ok(None);
    }
    let (html, words) = actions::changes_since(connection, ctx.now(), text, version, &reading.text).await?;
    Ok(Some(SinceView {
        version,
        signed: lang.long_date(signed_at.with_timezone(&ctx.organisation.zone).date_naive()),
        words,
        language: reading.text.language.clone(),
        same: html.is_same(),
        added: html.added,
        removed: html.removed,
        html: html.html,
    }))
}

/// The second-level headings of rendered text, which is ours: `<h2 id="…">…</h2>`.
pub(super) fn contents(html: &str) -> Vec<Heading> {
    let headings = html.split("<h2 id=\"").skip(1).filter_map(|rest| {
        let (id, rest) = rest.split_once("\">")?;
        let (title, _) = rest.split_once("</h2>")?;
        Some(Heading { id: id.to_owned(), title: title.to_owned() })
    });
    headings.collect()
}

/// The form at the end of a text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndForm {
    text: Uuid,
}

/// `POST /attest/{assignment}/review`: the end was reached.
///
/// # Errors
/// When the text was never opened.
pub async fn reach_end(
    user: CurrentUser<Learn>,
    ctx: Data<Ctx>,
    assignment: Path<Uuid>,
    form: CsrfForm<EndForm>,
) -> Result<HttpResponse, AppError> {
    let mut connection = ctx.connection().await?;
    let reading = actions::reading(&mut connection, user.person_id, *assignment, form.0.text).await?;
    queries::reach_end(&mut connection, ctx.now(), *assignment, reading.text.id).await?;
    Ok(http::see_other(format!("/attest/{assignment}/review?text={}", reading.text.id)))
}

/// Which text is to be confirmed.
#[derive(Deserialize)]
pub struct ReviewQuery {
    text: Uuid,
}

/// `GET /attest/{assignment}/review`: the statement, to be confirmed or declined.
///
/// # Errors
/// When there is no such text for this person.
pub async fn review(
    user: CurrentUser<Learn>,
    ctx: Data<Ctx>,
    view: View,
    assignment: Path<Uuid>,
    query: Query<ReviewQuery>,
) -> Result<HttpResponse, AppError> {
    let mut connection = ctx.connection().await?;
    let reading = actions::reading(&mut connection, user.person_id, *assignment, query.text).await?;
    if let Some(receipt) = queries::attested(&mut connection, *assignment, query.text).await? {
        return Ok(http::see_other(format!("/receipts/{receipt}")));
    }
    if queries::reading(&mut connection, *assignment, query.text).await?.is_none() {
        return Ok(http::see_other(format!("/attest/{assignment}")));
    }
    let name = people::person(&mut connection, user.person_id).await?.name();
    view.page(&review_page(&ctx, view.lang(), &user, &reading, name)?)
}

fn review_page(ctx: &Ctx, lang: Lang, user: &CurrentUser<Learn>, reading: &Reading, name: String) -> Result<ReviewPage, AppError> {
    let (assignment, text) = (&reading.assignment, &reading.text);
    let statement = reading.version.settings.statement.as_ref().and_then(|statement| statement.words.get(&text.language));
    Ok(ReviewPage {
        assignment: assignment.id.to_string(),
        text: text.id.to_string(),
        form_key: nonce::key(&ctx.key, ctx.chance.id(ctx.now()), user.person_id, assignment.id, text.id),
        policy_title: text.title.clone(),
        version: reading.version.version,
        language: text.language.clone(),
        language_name: language_name(lang, &text.language),
        prevailing: prevailing(lang, reading),
        name,
        statement: statement.cloned().ok_or(AppError::NotFound)?,
        box_missing: false,
        reason_missing: false,
        reason: String::new(),
        hash: hex::encode(&text.html_sha256),
    })
}

/// The form of an attestation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttestForm {
    text: Uuid,
    idempotency_key: String,
    response: String,
    #[serde(default)]
    agree: Option<String>,
    #[serde(default)]
    reason: String,
}

/// `POST /attest/{assignment}`: attests, or declines with a reason. However often the same form arrives, one record comes of
/// it, and every answer leads to its receipt.
///
/// # Errors
/// When the form was made for somebody or something else.
pub async fn attest(
    user: CurrentUser<Learn>,
    ctx: Data<Ctx>,
    view: View,
    assignment: Path<Uuid>,
    form: CsrfForm<AttestForm>,
) -> Result<HttpResponse, AppError> {
    let (now, form) = (ctx.now(), form.0);
    let mut connection = ctx.connection().await?;
    let reading = actions::reading(&mut connection, user.person_id, *assignment, form.text).await?;
    let key = nonce::act(&ctx.key, &form.idempotency_key, user.person_id, *assignment, form.text).ok_or(AppError::ForgedForm)?;
    let reason = form.reason.trim().replace("\r\n", "\n");
    let response = match form.response.as_str() {
        "attest" if form.agree.as_deref() == Some("yes") => Response::Attest,
        "decline" if !reason.is_empty() && reason.len() <= MAX_REASON && !reason.contains('\0') => Response::Decline(reason),
        "attest" | "decline" => {
            let name = people::person(&mut connection, user.person_id).await?.name();
            let mut page = review_page(&ctx, view.lang(), &user, &reading, name)?;
            page.box_missing = form.response == "attest";
            page.reason_missing = form.response == "decline";
            (page.form_key, page.reason) = (form.idempotency_key, reason);
            return view.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
        _ => return Err(AppError::Invalid("problem-fields")),
    };
    let signer =
        Signer { person_id: user.person_id, session_id: user.session_id, method: user.method.clone(), signed_in_at: user.signed_in_at };
    match actions::respond(&mut connection, now, &ctx, &signer, &reading, key, response).await? {
        Outcome::Recorded(id) => Ok(http::see_other(format!("/receipts/{id}"))),
        Outcome::NotRead => {
            drop(connection);
            read_page(&user, &ctx, &view, *assignment, true).await
        }
        Outcome::Superseded(new, changes) => view.page_as(
            StatusCode::CONFLICT,
            &SupersededPage {
                assignment: assignment.to_string(),
                policy_title: reading.text.title.clone(),
                old: reading.version.version,
                new,
                language: reading.text.language.clone(),
                changes,
            },
        ),
    }
}

/// `GET /receipts/{id}`: the receipt, with the text as it was seen. The record is checked against its commitment each time.
///
/// # Errors
/// When there is no such receipt of this person.
pub async fn receipt(user: CurrentUser<Learn>, ctx: Data<Ctx>, view: View, id: Path<Uuid>) -> Result<HttpResponse, AppError> {
    let lang = view.lang();
    let mut connection = ctx.connection().await?;
    let receipt = queries::receipt(&mut connection, *id).await?;
    if receipt.person_id != user.person_id {
        return Err(AppError::NotFound);
    }
    let facts = people::facts_of(&mut connection, user.person_id).await?;
    let salt = <[u8; 32]>::try_from(receipt.salt.as_slice()).map_err(|_| AppError::Internal("a salt has not 32 bytes".into()))?;
    let record_holds = crypto::commitment(&salt, &receipt.record)[..] == receipt.commitment[..];
    let text_holds = crypto::sha256(receipt.html.as_bytes())[..] == receipt.html_sha256[..];
    view.page(&ReceiptPage {
        number: receipt.id.to_string(),
        declined: receipt.response == "decline",
        reason: receipt.reason.unwrap_or_default(),
        name: receipt.displayed_name,
        policy_title: receipt.title,
        version: receipt.version,
        language_name: language_name(lang, &receipt.language),
        language: receipt.language,
        prevailing: language_name(lang, &receipt.prevailing_language),
        statement: receipt.statement,
        signed: lang.long_instant(receipt.signed_at, facts.zone(ctx.organisation.zone)),
        signed_iso: receipt.signed_at.to_rfc3339(),
        method: receipt.method.replace(' ', "-"),
        source_hash: hex::encode(&receipt.source_sha256),
        html_hash: hex::encode(&receipt.html_sha256),
        commitment: hex::encode(&receipt.commitment),
        salt: hex::encode(&receipt.salt),
        record: receipt.record,
        proof: record_holds && text_holds,
        html: receipt.html,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_contents_list_is_made_of_the_headings() {
        let found = super::contents("<h2 id=\"s-a\">One</h2>\n<p>x</p>\n<h2 id=\"s-b\">Two &amp; more</h2>\n<h3 id=\"s-c\">no</h3>");
        let pairs: Vec<_> = found.iter().map(|heading| (heading.id.as_str(), heading.title.as_str())).collect();
        assert_eq!(pairs, [("s-a", "One"), ("s-b", "Two &amp; more")]);
    }
}
