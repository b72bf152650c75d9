//! Signing in and out, and choosing a language.

use crate::access::actions;
use crate::access::identify::cookie_name;
use crate::access::identify::session_cookie;
use crate::access::kept;
use crate::access::pages::AskPage;
use crate::access::pages::LinkPage;
use crate::access::pages::SentPage;
use crate::access::queries;
use crate::access::queries::Purpose;
use crate::access::tokens;
use crate::ctx::Ctx;
use crate::kit::crypto;
use crate::kit::error::AppError;
use crate::kit::http;
use crate::kit::http::CsrfForm;
use crate::kit::http::NoFields;
use crate::kit::http::View;
use crate::kit::i18n::Lang;
use crate::people;
use crate::rights::Principal;
use actix_web::HttpMessage;
use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::web::Path;
use actix_web::web::Query;
use chrono::TimeDelta;
use serde::Deserialize;

/// Where to go after signing in.
#[derive(Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// `GET /sign-in`: asks for a mail address.
///
/// # Errors
/// When the page cannot be made.
pub async fn ask(view: View, request: HttpRequest, next: Query<Next>) -> Result<HttpResponse, AppError> {
    view.page(&AskPage { kept: kept::id(&request).is_some(), next: own_path(&next.next).to_owned(), email: String::new(), wrong: false })
}

/// The form of `/sign-in`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskForm {
    email: String,
    #[serde(default)]
    next: String,
}

/// `POST /sign-in`: mails a link. The answer is the same for every address.
///
/// # Errors
/// When the database fails.
pub async fn send(ctx: Data<Ctx>, view: View, request: HttpRequest, form: CsrfForm<AskForm>) -> Result<HttpResponse, AppError> {
    let form = form.0;
    if form.email.trim().parse::<lettre::Address>().is_err() {
        let kept = kept::id(&request).is_some();
        let page = AskPage { kept, next: own_path(&form.next).to_owned(), email: form.email, wrong: true };
        return view.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let now = ctx.now();
    if !people::by_email(&mut *ctx.connection().await?, &form.email).await?.is_empty() {
        // After the answer, which so takes as long for an address that nobody has.
        let (ctx, email) = (ctx.clone(), form.email.clone());
        actix_web::rt::spawn(async move {
            let made = async { actions::mail_link(&mut *ctx.connection().await?, now, &ctx, &email).await };
            if let Err(error) = made.await {
                tracing::error!(cause = %error, "a sign-in link could not be made");
            }
        });
    }
    let minutes = Purpose::Mail.lifetime().num_minutes();
    let page = SentPage { email: form.email.trim().to_owned(), minutes, security_email: ctx.organisation.security_email.clone() };
    let mut response = view.page(&page)?;
    http::set_cookie(&mut response, &next_cookie(&ctx, own_path(&form.next)))?;
    Ok(response)
}

/// `GET /sign-in/{token}`: shows a button. Mail scanners open links; nothing happens when they do.
///
/// # Errors
/// When the database fails.
pub async fn link(ctx: Data<Ctx>, view: View, token: Path<String>) -> Result<HttpResponse, AppError> {
    let mut connection = ctx.connection().await?;
    let link = match tokens::link(&ctx.key, tokens::Kind::SignIn, &token) {
        Some(id) => queries::usable_link(&mut connection, ctx.now(), id).await?,
        None => None,
    };
    let Some(link) = link else {
        return view.page_as(StatusCode::GONE, &LinkPage { usable: false, token: String::new(), name: String::new() });
    };
    let name = people::person(&mut connection, link.person_id).await?.name();
    view.page(&LinkPage { usable: true, token: token.into_inner(), name })
}

/// The form of a link's page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkForm {
    token: String,
}

/// `POST /sign-in/link`: signs in.
///
/// # Errors
/// When the database fails.
pub async fn sign_in(ctx: Data<Ctx>, view: View, request: HttpRequest, form: CsrfForm<LinkForm>) -> Result<HttpResponse, AppError> {
    let now = ctx.now();
    let envelope = actions::sign_in(&mut *ctx.connection().await?, now, &ctx, &form.0.token).await?;
    let Some(envelope) = envelope else {
        return view.page_as(StatusCode::GONE, &LinkPage { usable: false, token: String::new(), name: String::new() });
    };
    let next = request.cookie(NEXT).and_then(|cookie| String::from_utf8(crypto::from_base64url(cookie.value())?).ok());
    let next = if kept::id(&request).is_some() { Some("/kept".to_owned()) } else { next };
    let mut response = http::see_other(own_path(next.as_deref().unwrap_or_default()));
    http::set_cookie(&mut response, &session_cookie(&ctx, envelope))?;
    http::end_cookie(&mut response, NEXT, ctx.config.is_https())?;
    Ok(response)
}

/// `POST /sign-out`: ends the session, here and on every other instance.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(ctx: Data<Ctx>, request: HttpRequest, _: CsrfForm<NoFields>) -> Result<HttpResponse, AppError> {
    let principal = request.extensions().get::<Principal>().cloned();
    if let Some(principal) = principal {
        queries::end_session(&mut *ctx.connection().await?, ctx.now(), principal.session_id).await?;
    }
    let mut response = http::see_other("/sign-in");
    let secure = ctx.config.is_https();
    http::end_cookie(&mut response, cookie_name(secure), secure)?;
    let clear = actix_web::http::header::HeaderValue::from_static("\"cache\", \"storage\"");
    response.headers_mut().insert(actix_web::http::header::HeaderName::from_static("clear-site-data"), clear);
    Ok(response)
}

/// The form of the language switch.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageForm {
    language: String,
    #[serde(default)]
    back: String,
}

/// `POST /language`: shows all pages in that language from now on: for the session, and in this browser before signing in.
///
/// # Errors
/// When the language is unknown or the database fails.
pub async fn language(ctx: Data<Ctx>, request: HttpRequest, form: CsrfForm<LanguageForm>) -> Result<HttpResponse, AppError> {
    let lang: Lang = form.0.language.parse().map_err(|()| AppError::Invalid("problem-fields"))?;
    let principal = request.extensions().get::<Principal>().cloned();
    if let Some(principal) = principal {
        queries::set_language(&mut *ctx.connection().await?, principal.session_id, lang.tag()).await?;
    }
    let mut response = http::see_other(own_path(&form.0.back));
    let cookie = http::cookie("lang", lang.tag().to_owned(), ctx.config.is_https(), Some(TimeDelta::days(365)));
    http::set_cookie(&mut response, &cookie)?;
    Ok(response)
}

/// Remembers, in the browser that asked for a link, where its user wanted to go.
const NEXT: &str = "next";

/// The path travels as base64url: what is encoded in it must come back as it was.
fn next_cookie(ctx: &Ctx, path: &str) -> Cookie<'static> {
    http::cookie(NEXT, crypto::base64url(path.as_bytes()), ctx.config.is_https(), Some(TimeDelta::minutes(30)))
}

/// A path of this site, or its front page: never another site.
fn own_path(path: &str) -> &str {
    let is_plain = |letter: char| letter.is_ascii_graphic() && !matches!(letter, '\\' | ';');
    let is_own = path.starts_with('/') && !path.starts_with("//") && path.chars().all(is_plain);
    if is_own { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for foreign in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "\\/evil",
            "javascript:alert(1)",
            "",
            "/a;b",
            "/a\r\nb",
            "/\t/evil.example",
            "/\0",
            "/\u{1}x",
            "/ x",
            "/\u{2028}",
        ] {
            assert_eq!(own_path(foreign), "/", "{foreign}");
        }
        for own in ["/record", "/reports/completion?as_of=2026-11-24T08:00:00Z"] {
            assert_eq!(own_path(own), own);
        }
    }
}
