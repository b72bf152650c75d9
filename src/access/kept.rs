//! A form that came after its session had ended is kept, and offered again when the same person has signed in: nobody loses an answer.
//! What was typed lies in the database sealed with a key that the database does not hold.

use crate::access::actions;
use crate::access::envelope;
use crate::access::identify::cookie_name;
use crate::access::queries;
use crate::ctx::Ctx;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::kit::http;
use crate::rights::Principal;
use actix_web::HttpMessage;
use actix_web::HttpResponse;
use actix_web::body::BoxBody;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;
use uuid::Uuid;

/// So long a form is kept.
const KEPT_FOR: TimeDelta = TimeDelta::hours(1);
/// So long ago a session may have been used last.
const LAPSED_FOR: TimeDelta = TimeDelta::hours(24);
/// No form of ours goes to a longer address.
const MAX_PATH: usize = 300;
/// The cookie that names the kept form.
pub(super) const COOKIE: &str = "kept";

/// A kept form.
pub(super) struct KeptForm {
    /// Where it goes.
    pub path: String,
    /// Its fields, without the token.
    pub fields: Vec<(String, String)>,
}

/// Keeps the form of a request whose session has ended by itself, and leads to signing in. `None`: there is nothing to keep.
///
/// # Errors
/// When the form is not ours, or the database fails.
pub(super) async fn keep(ctx: &Ctx, request: &mut ServiceRequest) -> Result<Option<HttpResponse>, actix_web::Error> {
    let now = ctx.now();
    let cookie = request.request().cookie(cookie_name(ctx.config.is_https()));
    let Some(session) = cookie.and_then(|cookie| envelope::open_expired(&ctx.key, cookie.value())) else { return Ok(None) };
    let mut connection = ctx.connection().await?;
    let lapsed = queries::person_of_lapsed_session(&mut connection, now - LAPSED_FOR, session).await.map_err(AppError::from)?;
    let Some(person) = lapsed else { return Ok(None) };
    // What is said without a name is not laid beside one, not even for an hour.
    let is_anonymous = request.path().ends_with("/survey");
    if is_anonymous || request.path().len() > MAX_PATH || !actions::may_sign_in(&mut connection, now, &ctx.organisation, person).await? {
        return Ok(None);
    }
    // A form may take its time; nobody else waits for this connection meanwhile.
    drop(connection);
    let (head, payload) = request.parts_mut();
    let fields = http::form_fields(head, payload, session.to_string()).await?;
    let id = ctx.chance.id(now);
    let bytes = serde_html_form::to_string(fields).map_err(|_| AppError::Invalid("problem-fields"))?;
    let sealed = ctx.key.seal("kept form", id.as_bytes(), bytes.as_bytes(), &ctx.chance);
    let mut connection = ctx.connection().await?;
    queries::keep_form(&mut connection, now, id, person, request.path(), &sealed, now + KEPT_FOR).await.map_err(AppError::from)?;
    let mut response = http::see_other("/sign-in");
    http::set_cookie(&mut response, &http::cookie(COOKIE, id.to_string(), ctx.config.is_https(), Some(KEPT_FOR)))?;
    Ok(Some(response))
}

/// The form that this browser's cookie names, if it is this person's and still kept.
///
/// # Errors
/// When the database fails.
pub(super) async fn find(
    connection: &mut Connection,
    now: DateTime<Utc>,
    ctx: &Ctx,
    person: Uuid,
    id: Option<Uuid>,
) -> Result<Option<KeptForm>, AppError> {
    let Some(id) = id else { return Ok(None) };
    let Some((path, sealed)) = queries::kept_form(connection, now, id, person).await? else { return Ok(None) };
    let Some(bytes) = ctx.key.open("kept form", id.as_bytes(), &sealed) else { return Ok(None) };
    let fields = serde_html_form::from_bytes(&bytes).map_err(|_| AppError::Internal("a kept form cannot be read".into()))?;
    Ok(Some(KeptForm { path, fields }))
}

/// Forgets the form that this browser's cookie names once its handler has taken it. What cannot be forgotten now ends in an hour.
pub(super) async fn was_sent(ctx: &Ctx, response: &mut ServiceResponse<BoxBody>) {
    let Some(id) = id(response.request()) else { return };
    let path = response.request().path().to_owned();
    let Some(person) = response.request().extensions().get::<Principal>().map(|principal| principal.person_id) else { return };
    let Ok(mut connection) = ctx.connection().await else { return };
    if queries::forget_sent_form(&mut connection, id, person, &path).await.is_ok_and(|count| count == 1) {
        let _ = http::end_cookie(response.response_mut(), COOKIE, ctx.config.is_https());
    }
}

/// The id in a browser's cookie.
pub(super) fn id(request: &actix_web::HttpRequest) -> Option<Uuid> {
    request.cookie(COOKIE)?.value().parse().ok()
}
