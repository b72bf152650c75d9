//! The quiz, its result, the certificate.

use crate::content::Document;
use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::http;
use crate::kit::http::CsrfForm;
use crate::kit::http::NoFields;
use crate::kit::http::View;
use crate::library;
use crate::library::ContentText;
use crate::people;
use crate::programme;
use crate::rights::CurrentUser;
use crate::rights::Learn;
use crate::training::actions;
use crate::training::actions::Course;
use crate::training::actions::Submitted;
use crate::training::model;
use crate::training::model::Answers;
use crate::training::model::Item;
use crate::training::queries;
use crate::training::queries::Attempt;
use crate::training::queries::AttemptResult;
use crate::training::quiz_pages::AttemptPage;
use crate::training::quiz_pages::CertificatePage;
use crate::training::quiz_pages::MissingLine;
use crate::training::quiz_pages::ResultPage;
use crate::training::routes::question_view;
use crate::training::routes::quiz;
use crate::training::survey_routes::survey;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::web::Path;
use uuid::Uuid;

/// `POST /courses/{assignment}/quiz`: begins an attempt, or goes on with the open one. The lessons come first.
///
/// # Errors
/// When there is no such course for this person, or lessons are left.
pub async fn begin(
    user: CurrentUser<Learn>,
    ctx: Data<Ctx>,
    view: View,
    assignment: Path<Uuid>,
    _: CsrfForm<NoFields>,
) -> Result<HttpResponse, AppError> {
    let now = ctx.now();
    let mut connection = ctx.connection().await?;
    let course = actions::course(&mut connection, now, user.person_id, *assignment, view.lang().tag()).await?;
    let run = course.run.as_ref().filter(|_| course.is_read()).ok_or(AppError::Conflict("problem-lessons-left"))?;
    let number = actions::begin_attempt(&mut connection, now, &ctx.chance, run, quiz(&course)?).await?;
    Ok(http::see_other(format!("/courses/{assignment}/quiz/{number}")))
}

/// An attempt with the course and the quiz it belongs to, in the language it began in.
async fn attempt(
    user: &CurrentUser<Learn>,
    ctx: &Ctx,
    view: &View,
    path: &(Uuid, i32),
) -> Result<(Course, Attempt, ContentText), AppError> {
    let mut connection = ctx.connection().await?;
    let course = actions::course(&mut connection, ctx.now(), user.person_id, path.0, view.lang().tag()).await?;
    let run = course.run.as_ref().ok_or(AppError::NotFound)?;
    let attempts = queries::attempts(&mut connection, run.id).await?;
    let attempt = attempts.into_iter().find(|attempt| attempt.number == path.1).ok_or(AppError::NotFound)?;
    let quiz = library::text(&mut connection, course.version.id, &attempt.language, "quiz").await?;
    Ok((course, attempt, quiz))
}

/// `GET /courses/{assignment}/quiz/{number}`: the paper, or once submitted its result.
///
/// # Errors
/// When there is no such attempt of this person.
pub async fn show(user: CurrentUser<Learn>, ctx: Data<Ctx>, view: View, path: Path<(Uuid, i32)>) -> Result<HttpResponse, AppError> {
    let (course, attempt, quiz) = attempt(&user, &ctx, &view, &path).await?;
    if let Some(result) = &attempt.result {
        let mut connection = ctx.connection().await?;
        let completions = programme::completions_of(&mut connection, user.person_id).await?;
        let certificate = completions.iter().find(|completion| completion.evidence_id == attempt.id);
        let survey = if result.passed { survey(&mut connection, user.person_id, path.0).await? } else { None };
        let page = result_page(&course, &attempt, result, &quiz, certificate.map(|completion| completion.id));
        return view.page(&ResultPage { survey, ..page });
    }
    let drafts = queries::drafts(&mut *ctx.connection().await?, attempt.id).await?;
    view.page(&attempt_page(&course, &attempt, &quiz, &drafts, &[], !drafts.is_empty()))
}

/// The title of a course.
pub(super) fn course_title(course: &Course) -> String {
    course.texts.iter().find(|text| text.part == "course").map(|text| text.title.clone()).unwrap_or_default()
}

fn attempt_page(course: &Course, attempt: &Attempt, quiz: &ContentText, drafts: &Answers, missing: &[String], saved: bool) -> AttemptPage {
    let questions = attempt.paper.iter().filter_map(|item| {
        let question = model::question(&quiz.document, &item.question)?;
        let mut view = question_view(question, &item.order, drafts.get(&item.question), false);
        view.missing = missing.contains(&item.question);
        Some(view)
    });
    let questions = questions.collect::<Vec<_>>();
    let missing = questions.iter().enumerate().filter(|(_, question)| question.missing);
    let missing = missing.map(|(place, question)| MissingLine { id: question.id.clone(), number: place + 1 }).collect();
    AttemptPage {
        assignment: course.assignment.id.to_string(),
        number: attempt.number,
        course_title: course_title(course),
        quiz_title: quiz.title.clone(),
        language: quiz.language.clone(),
        questions,
        pass_mark: course.version.settings.pass_mark,
        missing,
        saved,
    }
}

fn result_page(course: &Course, attempt: &Attempt, result: &AttemptResult, quiz: &ContentText, certificate: Option<Uuid>) -> ResultPage {
    let views = attempt.paper.iter().filter_map(|item| {
        let question = model::question(&quiz.document, &item.question)?;
        Some(question_view(question, &item.order, result.answers.get(&item.question), true))
    });
    let wrong = views.filter(|view| !view.right).collect::<Vec<_>>();
    let mark = model::mark(&quiz.document, &attempt.paper, &result.answers, course.version.settings.pass_mark);
    let (total, pass_mark) = (attempt.paper.len(), course.version.settings.pass_mark as usize);
    ResultPage {
        assignment: course.assignment.id.to_string(),
        number: attempt.number,
        course_title: course_title(course),
        language: quiz.language.clone(),
        passed: result.passed,
        right: result.right_answers,
        points: mark.points_in_part(),
        total,
        needed: (pass_mark * total).div_ceil(100),
        missed_critical: wrong.iter().any(|view| view.critical),
        wrong,
        certificate: certificate.map(|id| id.to_string()),
        survey: None,
    }
}

/// `POST /courses/{assignment}/quiz/{number}`: keeps the answers (`action=save`) or submits them.
///
/// # Errors
/// When there is no such attempt of this person.
pub async fn submit(
    user: CurrentUser<Learn>,
    ctx: Data<Ctx>,
    view: View,
    path: Path<(Uuid, i32)>,
    form: CsrfForm<Vec<(String, String)>>,
) -> Result<HttpResponse, AppError> {
    let now = ctx.now();
    let (course, attempt, quiz) = attempt(&user, &ctx, &view, &path).await?;
    let answers = answers(&attempt.paper, &quiz.document, &form.0);
    let here = format!("/courses/{}/quiz/{}", path.0, path.1);
    let mut connection = ctx.connection().await?;
    if form.0.iter().any(|(name, value)| name == "action" && value == "save") {
        actions::save(&mut connection, now, &attempt, &answers).await?;
        return Ok(http::see_other(here));
    }
    match actions::submit(&mut connection, now, &ctx.chance, &course, &attempt, &quiz.document, &answers).await? {
        Submitted::Marked => Ok(http::see_other(here)),
        Submitted::Missing(missing) => {
            let page = attempt_page(&course, &attempt, &quiz, &answers, &missing, true);
            view.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// The answers of a form: `q-` and the question's name, with the place of the answer. Others are dropped.
pub(super) fn answers(paper: &[Item], quiz: &Document, pairs: &[(String, String)]) -> Answers {
    let items = paper.iter().filter_map(|item| Some((item, model::question(quiz, &item.question)?)));
    let given = items.map(|(item, question)| {
        let mine = pairs.iter().filter(|(name, _)| name.strip_prefix("q-") == Some(&item.question));
        (item.question.clone(), model::chosen(question, mine.filter_map(|(_, value)| value.parse().ok())))
    });
    given.filter(|(_, chosen)| !chosen.is_empty()).collect()
}

/// `GET /certificates/{id}`: the certificate of a completed course.
///
/// # Errors
/// When there is none of this person.
pub async fn certificate(user: CurrentUser<Learn>, ctx: Data<Ctx>, view: View, id: Path<Uuid>) -> Result<HttpResponse, AppError> {
    let lang = view.lang();
    let mut connection = ctx.connection().await?;
    let completion = programme::completion(&mut connection, *id).await?;
    if completion.person_id != user.person_id || completion.evidence == "attestation" {
        return Err(AppError::NotFound);
    }
    let facts = people::facts_of(&mut connection, user.person_id).await?;
    let version = library::version(&mut connection, completion.version_id).await?;
    let text = library::text(&mut connection, version.id, lang.tag(), "course").await?;
    view.page(&CertificatePage {
        number: completion.id.to_string(),
        name: facts.person.name(),
        course_title: text.title,
        version: version.version,
        completed: lang.long_instant(completion.occurred_at, facts.zone(ctx.organisation.zone)),
        completed_iso: completion.occurred_at.to_rfc3339(),
        hash: hex::encode(&version.source_sha256),
        survey: survey(&mut connection, user.person_id, completion.assignment_id).await?,
    })
}
