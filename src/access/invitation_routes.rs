//! Joining by an invitation.

use crate::access::identify::session_cookie;
use crate::access::invitations;
use crate::access::invitations::Accepted;
use crate::access::invitations::Newcomer;
use crate::access::pages::InvitationPage;
use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::http;
use crate::kit::http::CsrfForm;
use crate::kit::http::View;
use crate::rights::Role;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::web::Path;
use serde::Deserialize;

/// `GET /invitations/{token}`: asks somebody who was invited from the terminal who they are.
///
/// # Errors
/// When the database fails.
pub async fn show(ctx: Data<Ctx>, view: View, token: Path<String>) -> Result<HttpResponse, AppError> {
    let role = invitations::role(&mut *ctx.connection().await?, ctx.now(), &ctx, &token).await?;
    let form = InvitationForm { token: token.into_inner(), ..InvitationForm::default() };
    page(&view, role, form, Vec::new())
}

/// The form of an invitation.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvitationForm {
    token: String,
    hr_id: String,
    given_name: String,
    family_name: String,
    email: String,
}

fn page(view: &View, role: Option<Role>, form: InvitationForm, wrong: Vec<&'static str>) -> Result<HttpResponse, AppError> {
    let status = match (role, wrong.is_empty()) {
        (None, _) => StatusCode::GONE,
        (Some(_), true) => StatusCode::OK,
        (Some(_), false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let InvitationForm { token, hr_id, given_name, family_name, email } = form;
    let role_name = role.map_or("", Role::name);
    view.page_as(status, &InvitationPage { usable: role.is_some(), token, role: role_name, hr_id, given_name, family_name, email, wrong })
}

/// `POST /invitations`: accepts an invitation.
///
/// # Errors
/// When the database fails.
pub async fn accept(ctx: Data<Ctx>, view: View, form: CsrfForm<InvitationForm>) -> Result<HttpResponse, AppError> {
    let (now, form) = (ctx.now(), form.0);
    let mut connection = ctx.connection().await?;
    let newcomer = Newcomer {
        hr_id: form.hr_id.clone(),
        given_name: form.given_name.clone(),
        family_name: form.family_name.clone(),
        email: form.email.clone(),
    };
    match invitations::accept(&mut connection, now, &ctx, &form.token, &newcomer, view.lang()).await? {
        Accepted::SignedIn(envelope) => {
            let mut response = http::see_other("/");
            http::set_cookie(&mut response, &session_cookie(&ctx, envelope))?;
            Ok(response)
        }
        Accepted::Dead => page(&view, None, form, Vec::new()),
        Accepted::Wrong(wrong) => {
            let role = invitations::role(&mut connection, now, &ctx, &form.token).await?;
            page(&view, role, form, wrong)
        }
    }
}
