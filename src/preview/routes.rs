//! Every address of the preview, and its courses: introduction, lessons, checks, scenarios.

use crate::content::ContentKind;
use crate::kit::error::AppError;
use crate::kit::http;
use crate::kit::http::CsrfForm;
use crate::kit::http::NoFields;
use crate::kit::i18n::Lang;
use crate::preview::aside::Aside;
use crate::preview::assets;
use crate::preview::changes;
use crate::preview::pages::Note;
use crate::preview::policy_routes;
use crate::preview::quiz_routes;
use crate::preview::start;
use crate::preview::state::address;
use crate::preview::visit::Visit;
use crate::training::preview::Progress;
use crate::training::preview::Rehearsal;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use actix_web::web::ServiceConfig;
use actix_web::web::get;
use actix_web::web::post;
use serde::Deserialize;

/// Adds every route. Whatever is posted to has a page of its own too: a changed language or a save leads there.
pub(super) fn routes(site: &mut ServiceConfig) {
    site.route("/", get().to(start::start))
        .route("/language", post().to(language))
        .route("/changes", get().to(changes::changes))
        .route("/courses/{course}", get().to(course))
        .route("/courses/{course}/start", get().to(course))
        .route("/courses/{course}/start", post().to(begin))
        .route("/courses/{course}/forget", get().to(course))
        .route("/courses/{course}/forget", post().to(forget))
        .route("/courses/{course}/lessons/{part}", get().to(lesson))
        .route("/courses/{course}/lessons/{part}/finish", get().to(lesson))
        .route("/courses/{course}/lessons/{part}/finish", post().to(finish))
        .route("/courses/{course}/lessons/{part}/checks/{question}", get().to(show_check))
        .route("/courses/{course}/lessons/{part}/checks/{question}", post().to(check))
        .route("/courses/{course}/quiz", get().to(quiz_routes::first))
        .route("/courses/{course}/quiz", post().to(quiz_routes::another))
        .route("/courses/{course}/quiz/{number}", get().to(quiz_routes::show))
        .route("/courses/{course}/quiz/{number}", post().to(quiz_routes::submit))
        .route("/courses/{course}/questions", get().to(quiz_routes::questions))
        .route("/go/courses/{course}/{part}", get().to(go))
        .route("/policies/{policy}", get().to(policy_routes::read))
        .route("/attest/{policy}", get().to(policy_routes::back))
        .route("/attest/{policy}", post().to(policy_routes::attest))
        .route("/attest/{policy}/review", get().to(policy_routes::review))
        .route("/attest/{policy}/review", post().to(policy_routes::reach_end))
        .route("/content/{hash}/{name}", get().to(assets::asset))
        .route("/static/{hash}/{name}", get().to(http::serve_static))
        .route("/csp-report", post().to(http::csp_report));
}

/// The form of the frame.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LanguageForm {
    language: String,
    back: String,
}

/// `POST /language`: changes the language.
pub(super) async fn language(form: CsrfForm<LanguageForm>) -> Result<HttpResponse, AppError> {
    let lang: Lang = form.0.language.parse().map_err(|()| AppError::Invalid("problem-fields"))?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~%".contains(&byte);
    let is_own = form.0.back.starts_with('/') && !form.0.back.starts_with("//") && form.0.back.bytes().all(is_plain);
    let mut response = http::see_other(if is_own { &form.0.back } else { "/" });
    http::set_cookie(&mut response, &http::cookie("lang", lang.tag().to_owned(), false, None))?;
    Ok(response)
}

/// Does something with a course, its texts and what was answered in it.
pub(super) fn rehearse<T>(visit: &Visit, slug: &str, act: impl FnOnce(&Rehearsal<'_>) -> T) -> Option<T> {
    let work = visit.state.work(ContentKind::Course, slug)?;
    let texts = visit.state.texts(work, visit.lang());
    let shown = |progress: &mut Progress| act(&Rehearsal { slug, settings: work.settings.as_ref(), texts, progress });
    Some(visit.progress(slug, shown))
}

/// `GET /courses/{course}`: the course as its learners see it, before or after they start.
pub(super) async fn course(visit: Visit, slug: Path<String>) -> Result<HttpResponse, AppError> {
    let (state, lang) = (&visit.state, visit.lang());
    let Some(work) = state.work(ContentKind::Course, &slug) else { return visit.gone(&format!("courses/{slug}/course.toml")) };
    let chosen = state.choose(work, "course", lang);
    let aside = Aside::course(state, lang, work, chosen.as_ref());
    match rehearse(&visit, &slug, |rehearsal| rehearsal.course(lang, visit.due())).flatten() {
        Some(page) => visit.page(&page, aside),
        None => {
            let file = chosen.map_or_else(|| format!("courses/{slug}/{lang}/course.md"), |chosen| chosen.draft.file.clone());
            visit.page(&Note::broken(&file), aside)
        }
    }
}

/// `POST /courses/{course}/start`: begins the course.
pub(super) async fn begin(visit: Visit, slug: Path<String>, _: CsrfForm<NoFields>) -> Result<HttpResponse, AppError> {
    let work = visit.state.work(ContentKind::Course, &slug).ok_or(AppError::NotFound)?;
    visit.progress(&slug, Progress::start);
    let next = rehearse(&visit, &slug, |rehearsal| rehearsal.next_lesson()).flatten();
    Ok(http::see_other(address(work, next.as_deref().unwrap_or("course"))))
}

/// `POST /courses/{course}/forget`: forgets everything that was answered in it.
pub(super) async fn forget(visit: Visit, slug: Path<String>, _: CsrfForm<NoFields>) -> Result<HttpResponse, AppError> {
    let work = visit.state.work(ContentKind::Course, &slug).ok_or(AppError::NotFound)?;
    visit.progress(&slug, std::mem::take);
    Ok(http::see_other(address(work, "course")))
}

/// `GET /courses/{course}/lessons/{part}`: a lesson.
pub(super) async fn lesson(visit: Visit, path: Path<(String, String)>) -> Result<HttpResponse, AppError> {
    lesson_page(&visit, &path, None, false)
}

fn lesson_page(visit: &Visit, (slug, part): &(String, String), missing: Option<&str>, all: bool) -> Result<HttpResponse, AppError> {
    if ["course", "quiz"].contains(&part.as_str()) {
        return Err(AppError::NotFound);
    }
    let (work, chosen) = match visit.find(ContentKind::Course, slug, part) {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let text = chosen.draft.text.as_ref().ok_or(AppError::NotFound)?;
    let page = rehearse(visit, slug, |rehearsal| rehearsal.lesson(text, missing, all)).ok_or(AppError::NotFound)?;
    let status = if missing.is_some() || all { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    visit.page_as(status, &page, Aside::text(&visit.state, visit.lang(), work, &chosen))
}

/// `GET /courses/{course}/lessons/{part}/checks/{question}`: the question's place in its lesson.
pub(super) async fn show_check(visit: Visit, path: Path<(String, String, String)>) -> Result<HttpResponse, AppError> {
    let work = visit.state.work(ContentKind::Course, &path.0).ok_or(AppError::NotFound)?;
    Ok(http::see_other(format!("{}#q-{}", address(work, &path.1), encoded(&path.2))))
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// The form of a knowledge check.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckForm {
    #[serde(default)]
    choice: Vec<usize>,
}

/// `POST /courses/{course}/lessons/{part}/checks/{question}`: answers a check, or chooses in a scenario.
pub(super) async fn check(visit: Visit, path: Path<(String, String, String)>, form: CsrfForm<CheckForm>) -> Result<HttpResponse, AppError> {
    let (slug, part, question) = path.into_inner();
    let (work, chosen) = match visit.find(ContentKind::Course, &slug, &part) {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let text = chosen.draft.text.as_ref().ok_or(AppError::NotFound)?;
    if !visit.progress(&slug, |progress| progress.answer(text, &question, form.0.choice.into_iter())) {
        return lesson_page(&visit, &(slug, part), Some(&question), false);
    }
    Ok(http::see_other(format!("{}#a-{}", address(work, &part), encoded(&question))))
}

/// `POST /courses/{course}/lessons/{part}/finish`: finishes a lesson once its checks are answered.
pub(super) async fn finish(visit: Visit, path: Path<(String, String)>, _: CsrfForm<NoFields>) -> Result<HttpResponse, AppError> {
    let (work, chosen) = match visit.find(ContentKind::Course, &path.0, &path.1) {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let text = chosen.draft.text.as_ref().ok_or(AppError::NotFound)?;
    if !visit.progress(&path.0, |progress| progress.finish(text)) {
        return lesson_page(&visit, &path, None, true);
    }
    let next = rehearse(&visit, &path.0, |rehearsal| rehearsal.next_lesson()).flatten();
    Ok(http::see_other(address(work, next.as_deref().unwrap_or("course"))))
}

/// `GET /go/courses/{course}/{part}`: where a text means another one.
pub(super) async fn go(visit: Visit, path: Path<(String, String)>) -> Result<HttpResponse, AppError> {
    match visit.state.work(ContentKind::Course, &path.0) {
        Some(work) => Ok(http::see_other(address(work, &path.1))),
        None => visit.gone(&format!("courses/{}/{}/{}.md", path.0, visit.lang(), path.1)),
    }
}
