//! The addresses of the library for those who write, review and answer for it.

use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::http;
use crate::kit::http::CsrfForm;
use crate::kit::http::View;
use crate::library;
use crate::library::Decision;
use crate::library::Review;
use crate::library::actions;
use crate::library::proposals;
use crate::reports::library::content;
use crate::reports::library::content::Looking;
use crate::reports::library::folder;
pub use crate::reports::library::register::register;
use crate::reports::library::versions;
use crate::reports::library::versions::Between;
use crate::rights::CurrentUser;
use crate::rights::Principal;
use crate::rights::Publish;
use crate::rights::SeeLibrary;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::web::Path;
use actix_web::web::Query;
use chrono::NaiveDate;
use serde::Deserialize;
use uuid::Uuid;

/// What people write into a form may be as long as a letter.
const MAX_WORDS: usize = 4000;

fn looking<'a>(ctx: &'a Ctx, view: &View, user: &'a Principal, shelf: &str, slug: &'a str) -> Result<Looking<'a>, AppError> {
    if slug.contains('\0') {
        return Err(AppError::NotFound);
    }
    Ok(Looking { ctx, lang: view.lang(), user, kind: folder::kind(shelf)?, slug })
}

/// `GET /library/{shelf}/{name}`: one course or policy.
///
/// # Errors
/// When there is none of that name.
pub async fn content(
    user: CurrentUser<SeeLibrary>,
    ctx: Data<Ctx>,
    view: View,
    path: Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    page(&user, &ctx, &view, &path, None).await
}

/// The page, with what was wrong with the form that was sent from it.
async fn page(
    user: &Principal,
    ctx: &Ctx,
    view: &View,
    (shelf, slug): &(String, String),
    problem: Option<String>,
) -> Result<HttpResponse, AppError> {
    let looking = looking(ctx, view, user, shelf, slug)?;
    let examined = folder::examined(ctx).await?;
    let mut connection = ctx.connection().await?;
    let mut page = content::page(&mut connection, &looking, &examined).await?;
    let status = if problem.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    page.problem = problem;
    view.page_as(status, &page)
}

/// Which language to show a text in.
#[derive(Deserialize)]
pub struct In {
    language: Option<String>,
}

/// `GET /library/{shelf}/{name}/versions/{version}`: a version as it was published, answers included.
///
/// # Errors
/// When there is no such version.
pub async fn version(
    user: CurrentUser<SeeLibrary>,
    ctx: Data<Ctx>,
    view: View,
    path: Path<(String, String, i32)>,
    asked: Query<In>,
) -> Result<HttpResponse, AppError> {
    let (shelf, slug, number) = path.into_inner();
    let looking = looking(&ctx, &view, &user, &shelf, &slug)?;
    let mut connection = ctx.connection().await?;
    view.page(&versions::version_page(&mut connection, &looking, number, asked.language.as_deref()).await?)
}

/// `GET /library/{shelf}/{name}/changes`: two versions compared, or one with the folder.
///
/// # Errors
/// When one of them does not exist.
pub async fn changes(
    user: CurrentUser<SeeLibrary>,
    ctx: Data<Ctx>,
    view: View,
    path: Path<(String, String)>,
    between: Query<Between>,
) -> Result<HttpResponse, AppError> {
    let looking = looking(&ctx, &view, &user, &path.0, &path.1)?;
    let examined = folder::examined(&ctx).await?;
    let mut connection = ctx.connection().await?;
    view.page(&versions::changes_page(&mut connection, &looking, &examined, &between).await?)
}

/// The form that proposes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposalForm {
    #[serde(default)]
    note: String,
}

fn address((shelf, slug): &(String, String)) -> String {
    format!("/library/{shelf}/{slug}")
}

/// What somebody wrote, if it is a letter at most.
fn words(text: &str) -> Result<String, AppError> {
    let text = text.trim().replace("\r\n", "\n");
    if text.len() > MAX_WORDS || text.contains('\0') { Err(AppError::Invalid("problem-fields")) } else { Ok(text) }
}

/// `POST /library/{shelf}/{name}/proposals`: proposes to publish what stands in the folder.
///
/// # Errors
/// When there is nothing of that name in the folder.
pub async fn propose(
    user: CurrentUser<Publish>,
    ctx: Data<Ctx>,
    view: View,
    path: Path<(String, String)>,
    form: CsrfForm<ProposalForm>,
) -> Result<HttpResponse, AppError> {
    let kind = folder::kind(&path.0)?;
    let examined = folder::examined(&ctx).await?;
    let content = examined.contents.iter().find(|content| content.settings.kind == kind && content.settings.id == path.1);
    let content = content.ok_or(AppError::NotFound)?;
    if examined.faults_of(content).errors() > 0 {
        return page(&user, &ctx, &view, &path, Some(view.lang().text("library-problem-faulty"))).await;
    }
    let mut connection = ctx.connection().await?;
    let note = words(&form.0.note)?;
    let proposed = actions::propose(&mut connection, ctx.now(), &ctx.chance, content, user.person_id, &note).await?;
    drop(connection);
    match proposed {
        Ok(_) => Ok(http::see_other(address(&path))),
        Err(_) => page(&user, &ctx, &view, &path, Some(view.lang().text("library-problem-changed"))).await,
    }
}

/// The form that decides.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionForm {
    decision: Decision,
    #[serde(default)]
    reason: String,
}

/// `POST /library/proposals/{proposal}`: approves, returns or withdraws.
///
/// # Errors
/// When there is no such proposal.
pub async fn decide(
    user: CurrentUser<Publish>,
    ctx: Data<Ctx>,
    view: View,
    id: Path<Uuid>,
    form: CsrfForm<DecisionForm>,
) -> Result<HttpResponse, AppError> {
    let examined = folder::examined(&ctx).await?;
    let reason = words(&form.0.reason)?;
    let decision = form.0.decision;
    let mut connection = ctx.connection().await?;
    let proposal = proposals::proposal(&mut connection, *id).await?;
    let shelf = if proposal.kind == "course" { "courses" } else { "policies" };
    let path = (shelf.to_owned(), proposal.slug.clone());
    let outcome = if decision == Decision::Returned && reason.is_empty() {
        Err("library-problem-reason")
    } else {
        let folder = (ctx.config.content_dir.as_path(), &examined);
        let ids = (proposal.id, user.person_id);
        match actions::decide(&mut connection, ctx.now(), &ctx.chance, folder, ids, (decision, &reason)).await? {
            actions::Outcome::Made => Ok(()),
            actions::Outcome::Decided => Err("library-problem-decided"),
            actions::Outcome::NotYours => Err("library-problem-own"),
            actions::Outcome::Changed => Err("library-problem-folder"),
        }
    };
    drop(connection);
    match outcome {
        Ok(()) => Ok(http::see_other(address(&path))),
        Err(key) => page(&user, &ctx, &view, &path, Some(view.lang().text(key))).await,
    }
}

/// The form that records a review.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewForm {
    outcome: String,
    threats: String,
    #[serde(default)]
    notes: String,
    next: String,
}

/// `POST /library/{shelf}/{name}/reviews`: records that the version in force was reviewed. It reopens nothing.
///
/// # Errors
/// When no version is in force.
pub async fn review(
    user: CurrentUser<Publish>,
    ctx: Data<Ctx>,
    view: View,
    path: Path<(String, String)>,
    form: CsrfForm<ReviewForm>,
) -> Result<HttpResponse, AppError> {
    let form = form.0;
    let kind = folder::kind(&path.0)?;
    if path.1.contains('\0') {
        return Err(AppError::NotFound);
    }
    let now = ctx.now();
    let mut connection = ctx.connection().await?;
    let version = library::current(&mut connection, now, kind, &path.1).await?;
    let (threats, notes) = (words(&form.threats)?, words(&form.notes)?);
    let today = now.with_timezone(&ctx.organisation.zone).date_naive();
    let next = form.next.parse::<NaiveDate>().ok().filter(|day| *day > today);
    let problem = match next {
        _ if threats.is_empty() => Some("library-problem-threats"),
        None => Some("library-problem-next"),
        Some(_) => None,
    };
    if let (Some(review_by), None) = (next, problem) {
        let outcome = if form.outcome == "change" { "change" } else { "unchanged" }.to_owned();
        let review = Review { version_id: version.id, outcome, threats, notes, review_by, reviewed_by: user.person_id, reviewed_at: now };
        actions::review(&mut connection, &ctx.chance, &review).await?;
        return Ok(http::see_other(format!("{}#reviews", address(&path))));
    }
    drop(connection);
    page(&user, &ctx, &view, &path, problem.map(|key| view.lang().text(key))).await
}
