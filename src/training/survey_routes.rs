//! What people say of a course they have completed: two questions, anonymous, once.

use crate::ctx::Ctx;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::kit::http;
use crate::kit::http::CsrfForm;
use crate::kit::http::View;
use crate::programme;
use crate::rights::CurrentUser;
use crate::rights::Learn;
use crate::training::actions;
use crate::training::model::Said;
use crate::training::queries;
use crate::training::quiz_routes::course_title;
use crate::training::survey_pages::SurveyPage;
use crate::training::survey_pages::SurveyView;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::web::Path;
use serde::Deserialize;
use uuid::Uuid;

/// The form for pages of a course: nothing before the assignment is completed.
pub(super) async fn survey(connection: &mut Connection, person: Uuid, assignment: Uuid) -> Result<Option<SurveyView>, AppError> {
    let completions = programme::completions_of(connection, person).await?;
    if !completions.iter().any(|completion| completion.assignment_id == assignment) {
        return Ok(None);
    }
    let heard = queries::is_heard(connection, assignment).await?;
    Ok(Some(SurveyView::new(assignment.to_string(), heard)))
}

/// `GET /courses/{assignment}/survey`: the two questions, or thanks to whoever has answered.
///
/// # Errors
/// When there is no such course for this person, or it is not completed.
pub async fn show(user: CurrentUser<Learn>, ctx: Data<Ctx>, view: View, assignment: Path<Uuid>) -> Result<HttpResponse, AppError> {
    page(&user, &ctx, &view, *assignment, false).await
}

async fn page(user: &CurrentUser<Learn>, ctx: &Ctx, view: &View, assignment: Uuid, missing: bool) -> Result<HttpResponse, AppError> {
    let mut connection = ctx.connection().await?;
    let course = actions::course(&mut connection, ctx.now(), user.person_id, assignment, view.lang().tag()).await?;
    let survey = survey(&mut connection, user.person_id, assignment).await?.ok_or(AppError::Conflict("problem-not-completed"))?;
    let status = if missing { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let survey = Some(SurveyView { missing, ..survey });
    view.page_as(status, &SurveyPage { assignment: assignment.to_string(), course_title: course_title(&course), survey })
}

/// The answers, from 1 to 5.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyForm {
    useful: Option<i16>,
    clear: Option<i16>,
}

/// `POST /courses/{assignment}/survey`: counts the answers, once; who sends them again is thanked again.
///
/// # Errors
/// When there is no such course for this person, or it is not completed.
pub async fn send(
    user: CurrentUser<Learn>,
    ctx: Data<Ctx>,
    view: View,
    assignment: Path<Uuid>,
    form: CsrfForm<SurveyForm>,
) -> Result<HttpResponse, AppError> {
    let mut connection = ctx.connection().await?;
    let course = actions::course(&mut connection, ctx.now(), user.person_id, *assignment, view.lang().tag()).await?;
    let survey = survey(&mut connection, user.person_id, *assignment).await?.ok_or(AppError::Conflict("problem-not-completed"))?;
    let said = Said::new(form.0.useful, form.0.clear).ok_or(AppError::Invalid("problem-fields"))?;
    if said.is_nothing() && !survey.heard {
        drop(connection);
        return page(&user, &ctx, &view, *assignment, true).await;
    }
    actions::hear(&mut connection, &course, &said).await?;
    Ok(http::see_other(format!("/courses/{assignment}/survey")))
}
