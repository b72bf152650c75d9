//! How good the questions of a course are: a page for its authors, and the same numbers as a file.

use crate::content::ContentKind;
use crate::ctx::Ctx;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::kit::http::View;
use crate::kit::i18n::Lang;
use crate::library;
use crate::library::Review;
use crate::library::Version;
use crate::library::proposals;
use crate::reports::quality::file;
use crate::reports::quality::measured;
use crate::reports::quality::measured::FEWEST_ANSWERS;
use crate::reports::quality::measured::FEWEST_VOICES;
use crate::reports::quality::pages::QuestionsPage;
use crate::reports::quality::pages::ReviewView;
use crate::reports::quality::pages::VersionLink;
use crate::reports::quality::view;
use crate::reports::routes::download;
use crate::rights::CurrentUser;
use crate::rights::SeeLibrary;
use actix_web::HttpResponse;
use actix_web::web::Data;
use actix_web::web::Path;
use actix_web::web::Query;
use chrono::DateTime;
use chrono::Utc;
use serde::Deserialize;

/// Which version is asked about; without one the newest in force.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    version: String,
}

/// The versions of a course, newest first, with the place of the newest in force.
async fn versions(connection: &mut Connection, now: DateTime<Utc>, course: &str) -> Result<(Vec<Version>, usize), AppError> {
    let is_it = |version: &Version| version.kind == ContentKind::Course.name() && version.slug == course;
    let versions: Vec<Version> = library::all(connection).await?.into_iter().filter(is_it).collect();
    let newest = versions.iter().position(|version| version.effective_at <= now).ok_or(AppError::NotFound)?;
    Ok((versions, newest))
}

fn chosen<'a>(versions: &'a [Version], newest: usize, asked: &Asked) -> Result<&'a Version, AppError> {
    if asked.version.is_empty() {
        return Ok(&versions[newest]);
    }
    let number: i32 = asked.version.parse().map_err(|_| AppError::NotFound)?;
    versions.iter().find(|version| version.version == number).ok_or(AppError::NotFound)
}

/// `GET /library/courses/{course}/questions`: what first answers say of each question, what people say of the course, and when it
/// was reviewed.
///
/// # Errors
/// When there is no such course or version.
pub async fn questions(
    _: CurrentUser<SeeLibrary>,
    ctx: Data<Ctx>,
    view: View,
    course: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, AppError> {
    let (now, lang) = (ctx.now(), view.lang());
    let mut connection = ctx.connection().await?;
    let (versions, newest) = versions(&mut connection, now, &course).await?;
    let version = chosen(&versions, newest, &asked)?;
    let quality = measured::measure(&mut connection, version, lang.tag()).await?;
    let reviews = proposals::reviews(&mut connection, ContentKind::Course, &course).await?;
    let summary = quality.summary();
    let of_newest = reviews.iter().find(|review| review.version_id == versions[newest].id);
    let next_review = of_newest.map_or(versions[newest].settings.review_by, |review| review.review_by);
    view.page(&QuestionsPage {
        course: course.clone(),
        course_title: quality.title.clone(),
        language: quality.language.clone(),
        version: version.version,
        versions: links(&versions, version),
        questions: summary.questions,
        measured: summary.measured,
        flagged: summary.flagged,
        fewest_answers: FEWEST_ANSWERS,
        fewest_voices: FEWEST_VOICES,
        lines: quality.items.iter().map(|item| view::question(lang, item)).collect(),
        scenes: quality.scenes.iter().map(|scene| view::scene(lang, scene)).collect(),
        opinions: quality.opinions.iter().map(|opinion| view::opinion(lang, opinion)).collect(),
        review: reviews.into_iter().next().map(|review| review_view(&ctx, lang, &versions, review)),
        next_review: lang.long_date(next_review),
        overdue: next_review < now.with_timezone(&ctx.organisation.zone).date_naive(),
    })
}

/// The versions to choose from; none where there is but one.
fn links(versions: &[Version], shown: &Version) -> Vec<VersionLink> {
    let link = |one: &Version| VersionLink { version: one.version, current: one.id == shown.id };
    if versions.len() > 1 { versions.iter().map(link).collect() } else { Vec::new() }
}

fn review_view(ctx: &Ctx, lang: Lang, versions: &[Version], review: Review) -> ReviewView {
    let version = versions.iter().find(|version| version.id == review.version_id);
    ReviewView {
        when: lang.long_date(review.reviewed_at.with_timezone(&ctx.organisation.zone).date_naive()),
        version: version.map_or(0, |version| version.version),
        outcome: review.outcome,
        threats: review.threats,
        notes: review.notes,
    }
}

/// `GET /library/courses/{course}/questions.csv`: the numbers of the page with the same address.
///
/// # Errors
/// When there is no such course or version.
pub async fn questions_csv(
    _: CurrentUser<SeeLibrary>,
    ctx: Data<Ctx>,
    course: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, AppError> {
    let mut connection = ctx.connection().await?;
    let (versions, newest) = versions(&mut connection, ctx.now(), &course).await?;
    let version = chosen(&versions, newest, &asked)?;
    let quality = measured::measure(&mut connection, version, "en").await?;
    let name = format!("questions-{}-version-{}.csv", version.slug, version.version);
    Ok(download("text/csv; charset=utf-8", &name, file::csv(version, &quality)?))
}
