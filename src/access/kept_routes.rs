//! The form that came too late.

use crate::access::kept;
use crate::access::pages::KeptField;
use crate::access::pages::KeptPage;
use crate::access::queries;
use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::http;
use crate::kit::http::CsrfForm;
use crate::kit::http::NoFields;
use crate::kit::http::View;
use crate::rights::CurrentUser;
use crate::rights::Learn;
use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// `GET /kept`: the form that came too late, to be sent now or let go.
///
/// # Errors
/// When the database fails.
pub async fn show(user: CurrentUser<Learn>, ctx: Data<Ctx>, view: View, request: HttpRequest) -> Result<HttpResponse, AppError> {
    let mut connection = ctx.connection().await?;
    let form = kept::find(&mut connection, ctx.now(), &ctx, user.person_id, kept::id(&request)).await?;
    // Somebody else's form, or one whose hour is over: nothing to offer.
    let Some(form) = form else { return without_kept(&ctx, "/") };
    let value = |name: &str| form.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    let of_policy = form.path.starts_with("/attest/");
    if of_policy && value("response") == Some("attest") {
        // Nobody signs without the statement before their eyes: only a tick was lost.
        let text: String = url::form_urlencoded::byte_serialize(value("text").unwrap_or_default().as_bytes()).collect();
        return without_kept(&ctx, &format!("{}/review?text={text}", form.path));
    }
    let what = match form.path.split('/').nth(3) {
        _ if of_policy => "kept-refusal",
        Some("quiz") => "kept-quiz",
        Some("lessons") => "kept-lesson",
        _ => "kept-form",
    };
    let typed = form.fields.iter().filter(|(name, value)| name == "reason" && !value.trim().is_empty());
    let typed = typed.map(|(_, value)| value.clone()).collect();
    view.page(&KeptPage {
        what,
        path: form.path,
        fields: form.fields.into_iter().map(|(name, value)| KeptField { name, value }).collect(),
        typed,
    })
}

/// `POST /kept/discard`: lets the kept form go.
///
/// # Errors
/// When the database fails.
pub async fn discard(
    user: CurrentUser<Learn>,
    ctx: Data<Ctx>,
    request: HttpRequest,
    _: CsrfForm<NoFields>,
) -> Result<HttpResponse, AppError> {
    if let Some(id) = kept::id(&request) {
        queries::forget_form(&mut *ctx.connection().await?, id, user.person_id).await?;
    }
    without_kept(&ctx, "/")
}

fn without_kept(ctx: &Ctx, target: &str) -> Result<HttpResponse, AppError> {
    let mut response = http::see_other(target);
    http::end_cookie(&mut response, kept::COOKIE, ctx.config.is_https())?;
    Ok(response)
}
