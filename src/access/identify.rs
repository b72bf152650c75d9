//! The middleware that finds out who asks: cookie → envelope → session row → roles. Revocation counts at once, because the
//! row is asked each time.

use crate::access::actions::SESSION_IDLE;
use crate::access::actions::SESSION_LASTS;
use crate::access::envelope;
use crate::access::queries;
use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::http;
use crate::kit::http::Asked;
use crate::people;
use crate::rights::Principal;
use crate::rights::Role;
use actix_web::HttpMessage;
use actix_web::HttpRequest;
use actix_web::body::BoxBody;
use actix_web::body::MessageBody;
use actix_web::cookie::Cookie;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::middleware::Next;
use actix_web::web::Data;
use chrono::TimeDelta;
use uuid::Uuid;

/// The name of the session cookie: bound to the host and to HTTPS wherever there is HTTPS (RFC 6265bis, section 4.1.3.2).
pub(super) fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-sid" } else { "sid" }
}

/// The cookie of a session.
pub(super) fn session_cookie(ctx: &Ctx, envelope: String) -> Cookie<'static> {
    let secure = ctx.config.is_https();
    http::cookie(cookie_name(secure), envelope, secure, Some(SESSION_LASTS))
}

/// Adds the signed-in person to the request, if somebody is signed in.
///
/// # Errors
/// What handlers fail with. When the database does not answer, nobody is let through unchecked.
pub async fn identify(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let ctx = request.app_data::<Data<Ctx>>().cloned();
    // Stylesheets and probes are for everybody, also while the database rests.
    let is_for_everybody = ["/static/", "/health/", "/csp-report", "/metrics"].iter().any(|start| request.path().starts_with(start));
    let session = ctx.as_ref().filter(|_| !is_for_everybody).and_then(|ctx| session_id(request.request(), ctx));
    if let (Some(ctx), Some(session)) = (ctx, session) {
        match look_up(request.request(), &ctx, session).await {
            Ok(None) => {}
            Ok(Some((principal, asked))) => {
                request.extensions_mut().insert(principal);
                request.extensions_mut().insert(asked);
            }
            Err(error) => return Ok(request.error_response(error)),
        }
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

fn session_id(request: &HttpRequest, ctx: &Ctx) -> Option<Uuid> {
    let cookie = request.cookie(cookie_name(ctx.config.is_https()))?;
    envelope::open(&ctx.key, cookie.value(), ctx.now())
}

async fn look_up(request: &HttpRequest, ctx: &Ctx, id: Uuid) -> Result<Option<(Principal, Asked)>, AppError> {
    let now = ctx.now();
    let mut connection = ctx.connection().await?;
    let Some(session) = queries::session(&mut connection, now, SESSION_IDLE, id).await? else { return Ok(None) };
    let facts = people::facts_of(&mut connection, session.person_id).await?;
    let today = now.with_timezone(&facts.zone(ctx.organisation.zone)).date_naive();
    if !facts.is_engaged(today) {
        queries::end_session(&mut connection, now, id).await?;
        return Ok(None);
    }
    if now - session.last_seen_at > TimeDelta::minutes(1) {
        queries::touch_session(&mut connection, now, id).await?;
    }
    let mut grants = vec![Role::Learner.into()];
    // By the organisation's day, as lists have it.
    let day = now.with_timezone(&ctx.organisation.zone).date_naive();
    if people::manages(&mut connection, session.person_id, day).await? {
        grants.push(Role::Manager.into());
    }
    grants.extend(queries::grants(&mut connection, now, session.person_id).await?);
    let principal =
        Principal { person_id: session.person_id, session_id: id, method: session.method, signed_in_at: session.signed_in_at, grants };
    let Some(mut asked) = Asked::of(request) else { return Ok(None) };
    asked.lang = ctx.lang_of(session.language.as_deref().unwrap_or(&session.person_language));
    asked.form_owner = id.to_string();
    asked.user = Some(facts.person.name());
    asked.nav = principal.navigation();
    Ok(Some((principal, asked)))
}
