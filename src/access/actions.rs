//! Asking for a link, signing in with it, signing out, granting roles.

use crate::access::envelope;
use crate::access::queries;
use crate::access::queries::Purpose;
use crate::access::tokens;
use crate::content::Organisation;
use crate::ctx::Ctx;
use crate::kit::chance::Chance;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::kit::jobs;
use crate::kit::jobs::NewJob;
use crate::people;
use crate::people::Person;
use crate::rights::Grant;
use crate::rights::Role;
use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;
use diesel_async::AsyncConnection;
use serde_json::json;
use uuid::Uuid;

/// A session ends this long after sign-in, whatever happens in it.
pub(super) const SESSION_LASTS: TimeDelta = TimeDelta::hours(12);
/// A session ends when nobody used it for so long.
pub(super) const SESSION_IDLE: TimeDelta = TimeDelta::hours(2);
/// So many links a person may be mailed in a quarter of an hour: enough for impatience, too few to flood a mailbox.
const LINKS_A_QUARTER: i64 = 5;

/// Has a sign-in link mailed, if exactly one person who works here has that address and was not mailed many just now.
pub(super) async fn mail_link(connection: &mut Connection, now: DateTime<Utc>, ctx: &Ctx, email: &str) -> Result<(), AppError> {
    let people = people::engaged_by_email(connection, now, ctx.organisation.zone, email).await?;
    let [Person { id: person, .. }] = people[..] else { return Ok(()) };
    connection
        .transaction(async |connection| {
            // Of any number who ask at once, each counts those before.
            queries::lock_links(connection, person).await?;
            if queries::count_links_since(connection, person, now - TimeDelta::minutes(15)).await? >= LINKS_A_QUARTER {
                tracing::warn!(%person, "too many sign-in links asked for");
                return Ok(());
            }
            let id = ctx.chance.id(now);
            queries::add_link(connection, now, id, person, Purpose::Mail).await?;
            Ok(jobs::enqueue(connection, now, NewJob::new("access.send_link", json!({ "link": id })).urgent()).await?)
        })
        .await
}

/// Whether somebody may sign in today: people who work here, and nobody else.
///
/// # Errors
/// When the database fails.
pub async fn may_sign_in(
    connection: &mut Connection,
    now: DateTime<Utc>,
    organisation: &Organisation,
    person: Uuid,
) -> Result<bool, AppError> {
    let facts = people::facts_of(connection, person).await?;
    Ok(facts.is_engaged(now.with_timezone(&facts.zone(organisation.zone)).date_naive()))
}

/// A link for the terminal or the demo; its address.
///
/// # Errors
/// When the database fails.
pub async fn make_link(
    connection: &mut Connection,
    now: DateTime<Utc>,
    ctx: &Ctx,
    person: &Person,
    purpose: Purpose,
) -> Result<String, AppError> {
    let id = ctx.chance.id(now);
    queries::add_link(connection, now, id, person.id, purpose).await?;
    Ok(link_address(ctx, id))
}

/// The address of a link.
pub(super) fn link_address(ctx: &Ctx, link: Uuid) -> String {
    format!("{}/sign-in/{}", ctx.config.base_url, tokens::token(&ctx.key, tokens::Kind::SignIn, link))
}

/// Ends the demo links of an earlier run.
///
/// # Errors
/// When the database fails.
pub async fn end_demo_links(connection: &mut Connection, now: DateTime<Utc>) -> Result<(), AppError> {
    Ok(queries::end_demo_links(connection, now).await?)
}

/// Signs in with a link: uses it up and makes a session, both or neither. `None` when the link does not sign in (any more).
pub(super) async fn sign_in(connection: &mut Connection, now: DateTime<Utc>, ctx: &Ctx, token: &str) -> Result<Option<String>, AppError> {
    let Some(id) = tokens::link(&ctx.key, tokens::Kind::SignIn, token) else { return Ok(None) };
    let session = ctx.chance.id(now);
    let expires_at = now + SESSION_LASTS;
    let signed_in = connection
        .transaction(async |connection| {
            let Some(link) = queries::use_link(connection, now, id).await? else { return Ok(false) };
            if !may_sign_in(connection, now, &ctx.organisation, link.person_id).await? {
                return Ok(false);
            }
            let method = match link.purpose.as_str() {
                "mail" => "mailed link",
                "terminal" => "terminal link",
                _ => "demo link",
            };
            queries::add_session(connection, now, session, link.person_id, method, expires_at).await?;
            Ok::<bool, AppError>(true)
        })
        .await?;
    if !signed_in {
        return Ok(None);
    }
    tracing::info!(%session, "signed in");
    envelope::seal(&ctx.key, session, now, expires_at).map(Some).map_err(|error| AppError::Internal(error.to_string()))
}

/// Gives a person a role, over everybody or over one legal entity, unless they have it.
///
/// # Errors
/// When the database fails.
pub async fn grant(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    person: Uuid,
    grant: &Grant,
    reason: &str,
) -> Result<(), AppError> {
    if !queries::grants(connection, now, person).await?.contains(grant) {
        queries::add_grant(connection, now, chance.id(now), person, grant, reason).await?;
    }
    Ok(())
}

/// Takes a role from a person, from their next request on; `false` if they did not have it.
///
/// # Errors
/// When the database fails.
pub async fn revoke(connection: &mut Connection, now: DateTime<Utc>, person: Uuid, role: Role, reason: &str) -> Result<bool, AppError> {
    Ok(queries::revoke(connection, now, person, role, reason).await? > 0)
}
