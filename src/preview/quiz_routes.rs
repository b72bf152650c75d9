//! The quiz: papers that are drawn by their number, answered and marked; and, for authors, every question with its key.

use crate::content::Block;
use crate::content::ContentKind;
use crate::content::Document;
use crate::content::Question;
use crate::content::Scenario;
use crate::kit::error::AppError;
use crate::kit::http;
use crate::kit::http::CsrfForm;
use crate::kit::http::NoFields;
use crate::preview::aside::Aside;
use crate::preview::aside::Link;
use crate::preview::aside::Paper;
use crate::preview::pages::ChoiceLine;
use crate::preview::pages::Group;
use crate::preview::pages::QuestionLine;
use crate::preview::pages::QuestionsPage;
use crate::preview::pages::ScenarioLine;
use crate::preview::pages::StepLine;
use crate::preview::pages::TurnLine;
use crate::preview::routes::rehearse;
use crate::preview::state::base;
use crate::preview::visit::Visit;
use crate::training::preview::Progress;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

fn paper(slug: &str, number: i32) -> HttpResponse {
    http::see_other(format!("/courses/{slug}/quiz/{number}"))
}

fn open_paper(visit: &Visit, slug: &str) -> Result<HttpResponse, AppError> {
    visit.state.work(ContentKind::Course, slug).ok_or(AppError::NotFound)?;
    Ok(paper(slug, visit.progress(slug, |progress| progress.open_paper())))
}

/// `GET /courses/{course}/quiz`: the paper to go on with.
pub(super) async fn first(visit: Visit, slug: Path<String>) -> Result<HttpResponse, AppError> {
    open_paper(&visit, &slug)
}

/// `POST /courses/{course}/quiz`: begins a paper, or goes on with the open one.
pub(super) async fn another(visit: Visit, slug: Path<String>, _: CsrfForm<NoFields>) -> Result<HttpResponse, AppError> {
    open_paper(&visit, &slug)
}

/// `GET /courses/{course}/quiz/{number}`: the paper of that number, or once handed in its result.
pub(super) async fn show(visit: Visit, path: Path<(String, i32)>) -> Result<HttpResponse, AppError> {
    quiz_page(&visit, &path.0, path.1, &[])
}

fn quiz_page(visit: &Visit, slug: &str, number: i32, missing: &[String]) -> Result<HttpResponse, AppError> {
    let (work, chosen) = match visit.find(ContentKind::Course, slug, "quiz") {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let quiz = chosen.draft.text.as_ref().ok_or(AppError::NotFound)?;
    let drawn = Paper { number, again: format!("/courses/{slug}/quiz/{}", number.saturating_add(1)) };
    let aside = Aside { paper: Some(drawn), ..Aside::text(&visit.state, visit.lang(), work, &chosen) };
    if visit.progress(slug, |progress: &mut Progress| progress.is_handed_in(number)) {
        let page = rehearse(visit, slug, |rehearsal| rehearsal.result(quiz, number)).ok_or(AppError::NotFound)?;
        return visit.page(&page, aside);
    }
    let page = rehearse(visit, slug, |rehearsal| rehearsal.attempt(quiz, number, missing)).ok_or(AppError::NotFound)?;
    let status = if missing.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    visit.page_as(status, &page, aside)
}

/// `POST /courses/{course}/quiz/{number}`: keeps the answers (`action=save`) or hands them in.
pub(super) async fn submit(
    visit: Visit,
    path: Path<(String, i32)>,
    form: CsrfForm<Vec<(String, String)>>,
) -> Result<HttpResponse, AppError> {
    let (slug, number) = path.into_inner();
    let (_, chosen) = match visit.find(ContentKind::Course, &slug, "quiz") {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let quiz = chosen.draft.text.as_ref().ok_or(AppError::NotFound)?;
    let hand_in = !form.0.iter().any(|(name, value)| name == "action" && value == "save");
    let missing = visit.progress(&slug, |progress| progress.submit(quiz, number, &form.0, hand_in));
    if missing.is_empty() { Ok(paper(&slug, number)) } else { quiz_page(&visit, &slug, number, &missing) }
}

/// `GET /courses/{course}/questions`: everything that the course asks, with what is right and why.
pub(super) async fn questions(visit: Visit, slug: Path<String>) -> Result<HttpResponse, AppError> {
    let lang = visit.lang();
    let Some(work) = visit.state.work(ContentKind::Course, &slug) else { return visit.gone(&format!("courses/{slug}/course.toml")) };
    let texts = visit.state.texts(work, lang);
    let mut groups = Vec::new();
    for text in &texts {
        groups.extend(in_text(&text.title, &text.document));
        groups.extend(text.document.pools.iter().map(|pool| Group {
            title: pool.title.clone(),
            draw: Some(pool.draw),
            questions: pool.questions.iter().map(question).collect(),
            scenarios: Vec::new(),
        }));
    }
    let language = texts.first().map_or_else(|| lang.tag().to_owned(), |text| text.language.clone());
    let start = base(work);
    let faults =
        visit.state.faults(&start).filter(|one| ["question", "pool", "scenario"].iter().any(|kind| one.code.name.starts_with(kind)));
    let mut aside = Aside::of(&visit.state, lang, &start, faults);
    aside.whole =
        Some(Link { href: format!("/courses/{slug}"), label: texts.first().map_or_else(|| slug.to_string(), |text| text.title.clone()) });
    visit.page(&QuestionsPage { course: format!("/courses/{slug}"), language, groups }, aside)
}

/// What a text asks outside of pools.
fn in_text(title: &str, document: &Document) -> Option<Group> {
    let asks = |block: &Block| matches!(block, Block::Question(_) | Block::Scenario(_));
    document.blocks.iter().any(asks).then(|| Group {
        title: title.to_owned(),
        draw: None,
        questions: document.questions().map(question).collect(),
        scenarios: document.scenarios().map(scenario).collect(),
    })
}

fn question(question: &Question) -> QuestionLine {
    let choices = question.choices.iter().map(|choice| ChoiceLine {
        html: choice.html.clone(),
        right: choice.right,
        feedback: choice.feedback.clone(),
    });
    QuestionLine {
        id: question.id.clone(),
        prompt: question.prompt.clone(),
        scene: question.scene.clone(),
        critical: question.critical,
        topic: question.topic.clone(),
        choices: choices.collect(),
        explanation: question.explanation.clone(),
    }
}

fn scenario(scenario: &Scenario) -> ScenarioLine {
    let title = |step: usize| scenario.steps.get(step).map(|step| step.title.clone()).unwrap_or_default();
    let steps = scenario.steps.iter().map(|step| StepLine {
        title: step.title.clone(),
        html: step.html.clone(),
        ending: step.choices.is_empty(),
        good: step.good,
        turns: step.choices.iter().map(|turn| TurnLine { html: turn.html.clone(), leads_to: title(turn.step) }).collect(),
    });
    ScenarioLine { id: scenario.id.clone(), steps: steps.collect() }
}
