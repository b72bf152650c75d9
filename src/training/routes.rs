//! Taking a course: overview, lessons, knowledge checks.

use crate::content::Block;
use crate::content::Question;
use crate::content::Scenario;
use crate::content::Step;
use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::http;
use crate::kit::http::CsrfForm;
use crate::kit::http::NoFields;
use crate::kit::http::View;
use crate::library;
use crate::library::ContentText;
use crate::programme;
use crate::rights::CurrentUser;
use crate::rights::Learn;
use crate::training::actions;
use crate::training::actions::Course;
use crate::training::model;
use crate::training::model::Answers;
use crate::training::pages::BlockView;
use crate::training::pages::ChoiceView;
use crate::training::pages::CoursePage;
use crate::training::pages::LessonLine;
use crate::training::pages::LessonPage;
use crate::training::pages::QuestionView;
use crate::training::pages::ScenarioView;
use crate::training::pages::StepView;
use crate::training::queries;
use crate::training::queries::Run;
use crate::training::survey_routes::survey;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::web::Path;
use serde::Deserialize;
use uuid::Uuid;

/// `GET /courses/{assignment}`: the course, how far one is, what comes next.
///
/// # Errors
/// When there is no such course for this person.
pub async fn course(user: CurrentUser<Learn>, ctx: Data<Ctx>, view: View, assignment: Path<Uuid>) -> Result<HttpResponse, AppError> {
    let (now, lang) = (ctx.now(), view.lang());
    let mut connection = ctx.connection().await?;
    let course = actions::course(&mut connection, now, user.person_id, *assignment, lang.tag()).await?;
    let completions = programme::completions_of(&mut connection, user.person_id).await?;
    let certificate = completions.iter().find(|completion| completion.assignment_id == *assignment);
    let introduction = course.texts.iter().find(|text| text.part == "course").ok_or(AppError::NotFound)?;
    let lessons = lesson_lines(&course);
    let next = course.next_lesson().map(|lesson| lesson.part.clone());
    let left: u32 = lessons.iter().filter(|lesson| !lesson.done).map(|lesson| lesson.minutes).sum();
    let paper = quiz(&course).ok().map(|quiz| quiz.document.pools.iter().map(|pool| pool.draw).sum::<usize>());
    let questions = paper.unwrap_or(0);
    let changes = actions::changes(&mut connection, now, &course, &completions, &introduction.language).await?;
    view.page(&CoursePage {
        assignment: assignment.to_string(),
        course_title: introduction.title.clone(),
        summary: introduction.summary.clone(),
        introduction: introduction.html.clone(),
        language: introduction.language.clone(),
        started: course.run.is_some(),
        done: lessons.iter().filter(|lesson| lesson.done).count(),
        total: lessons.len(),
        // Half a minute a question.
        minutes_left: left + u32::try_from(questions.div_ceil(2)).unwrap_or(0),
        lessons,
        next,
        has_quiz: paper.is_some(),
        quiz_open: course.run.is_some() && course.is_read(),
        questions,
        pass_mark: course.version.settings.pass_mark,
        due: lang.long_date(course.assignment.due_on),
        certificate: certificate.map(|completion| completion.id.to_string()),
        foreign: library::foreign(lang, &introduction.language),
        changes,
        survey: survey(&mut connection, user.person_id, *assignment).await?,
    })
}

pub(super) fn quiz(course: &Course) -> Result<&ContentText, AppError> {
    course.texts.iter().find(|text| text.part == "quiz").ok_or(AppError::NotFound)
}

fn lesson_lines(course: &Course) -> Vec<LessonLine> {
    let current = course.next_lesson().map(|lesson| lesson.part.as_str());
    let line = |lesson: &ContentText| LessonLine {
        part: lesson.part.clone(),
        title: lesson.title.clone(),
        summary: lesson.summary.clone(),
        minutes: minutes(lesson),
        done: course.finished.contains(&lesson.part),
        current: course.run.is_some() && current == Some(lesson.part.as_str()),
    };
    course.lessons().map(line).collect()
}

/// Minutes a lesson takes.
fn minutes(lesson: &ContentText) -> u32 {
    // Versions that were published before minutes were counted: 200 words a minute.
    let counted = || (lesson.html.split_whitespace().count() / 200 + lesson.document.questions().count().div_ceil(2)).max(1);
    lesson.document.minutes.unwrap_or_else(|| u32::try_from(counted()).unwrap_or(1))
}

/// `POST /courses/{assignment}/start`: begins the course, pinned to the version in force, or goes on with it.
///
/// # Errors
/// When there is no such course for this person.
pub async fn start(
    user: CurrentUser<Learn>,
    ctx: Data<Ctx>,
    view: View,
    assignment: Path<Uuid>,
    _: CsrfForm<NoFields>,
) -> Result<HttpResponse, AppError> {
    let now = ctx.now();
    let mut connection = ctx.connection().await?;
    let course = actions::course(&mut connection, now, user.person_id, *assignment, view.lang().tag()).await?;
    actions::start(&mut connection, now, &ctx.chance, &course).await?;
    let target = course.next_lesson().map_or_else(|| format!("/courses/{assignment}"), |next| lesson_address(*assignment, &next.part));
    Ok(http::see_other(target))
}

fn lesson_address(assignment: Uuid, part: &str) -> String {
    format!("/courses/{assignment}/lessons/{part}")
}

/// The run and the lesson that an address names; without a run there are no lessons yet.
fn lesson<'a>(course: &'a Course, part: &str) -> Result<(&'a Run, &'a ContentText), AppError> {
    let lesson = course.lessons().find(|lesson| lesson.part == part).ok_or(AppError::NotFound)?;
    Ok((course.run.as_ref().ok_or(AppError::Conflict("problem-not-started"))?, lesson))
}

/// `GET /courses/{assignment}/lessons/{part}`: a lesson.
///
/// # Errors
/// When there is no such lesson for this person.
pub async fn show_lesson(
    user: CurrentUser<Learn>,
    ctx: Data<Ctx>,
    view: View,
    path: Path<(Uuid, String)>,
) -> Result<HttpResponse, AppError> {
    lesson_page(&user, &ctx, &view, &path, Missing::Nothing).await
}

/// What was left out by whoever sent a form of a lesson.
enum Missing {
    Nothing,
    /// Every answer that has not been given yet.
    Answers,
    /// The answer to this check.
    Answer(String),
}

async fn lesson_page(
    user: &CurrentUser<Learn>,
    ctx: &Ctx,
    view: &View,
    path: &(Uuid, String),
    missing: Missing,
) -> Result<HttpResponse, AppError> {
    let (assignment, part) = path;
    let mut connection = ctx.connection().await?;
    let course = actions::course(&mut connection, ctx.now(), user.person_id, *assignment, view.lang().tag()).await?;
    let (run, lesson) = lesson(&course, part)?;
    let answers = queries::checks(&mut connection, run.id, part).await?;
    let lines = lesson_lines(&course);
    let place = lines.iter().position(|line| line.part == *part).unwrap_or(0);
    let unanswered = model::unanswered(&lesson.document, &answers);
    let all_answered = unanswered.is_empty();
    let missing = match missing {
        Missing::Nothing => Vec::new(),
        Missing::Answers => unanswered,
        Missing::Answer(question) => vec![question],
    };
    let status = if missing.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = LessonPage {
        assignment: assignment.to_string(),
        part: part.clone(),
        course_title: course.texts.iter().find(|text| text.part == "course").map(|text| text.title.clone()).unwrap_or_default(),
        lesson_title: lesson.title.clone(),
        language: lesson.language.clone(),
        number: place + 1,
        total: lines.len(),
        minutes: minutes(lesson),
        blocks: lesson.document.blocks.iter().map(|block| block_view(block, run.id.as_bytes(), &answers, &missing)).collect(),
        previous: place.checked_sub(1).and_then(|place| lines.get(place).cloned()),
        next: lines.get(place + 1).cloned(),
        all_answered,
        missing,
        foreign: library::foreign(view.lang(), &lesson.language),
    };
    view.page_as(status, &page)
}

/// A piece of a lesson as far as it was answered; `seed` gives the order of the answers.
pub(super) fn block_view(block: &Block, seed: &[u8], answers: &Answers, missing: &[String]) -> BlockView {
    match block {
        Block::Html(html) => BlockView { html: Some(html.clone()), ..BlockView::default() },
        Block::Scenario(scenario) => {
            let view = scenario_view(scenario, answers.get(&scenario.id).map_or(&[], Vec::as_slice));
            BlockView { scenario: Some(ScenarioView { missing: missing.contains(&scenario.id), ..view }), ..BlockView::default() }
        }
        Block::Question(question) => {
            let order = model::order(question, seed);
            let view = question_view(question, &order, answers.get(&question.id), true);
            BlockView { question: Some(QuestionView { missing: missing.contains(&question.id), ..view }), ..BlockView::default() }
        }
    }
}

/// A scenario as far as somebody went: the steps passed, and what can be done now. At its end it can be begun anew.
fn scenario_view(scenario: &Scenario, path: &[usize]) -> ScenarioView {
    // A translation that was published later may lack a step; then the scene begins anew.
    let (path, steps) = match scenario.walk(path) {
        Some(steps) => (path, steps),
        None => (&[][..], scenario.steps.iter().take(1).collect()),
    };
    let here = steps.last().copied();
    let ended = here.is_some_and(|step| step.choices.is_empty());
    let chosen = |number: usize, step: &Step| path.get(number).and_then(|choice| Some(step.choices.get(*choice)?.html.clone()));
    let passed = steps.iter().enumerate().map(|(number, step)| StepView {
        title: step.title.clone(),
        html: step.html.clone(),
        chosen: chosen(number, step),
        current: number + 1 == steps.len(),
    });
    let offered = if ended { scenario.steps.first() } else { here };
    ScenarioView {
        id: scenario.id.clone(),
        steps: passed.collect(),
        choices: offered.into_iter().flat_map(|step| &step.choices).map(|turn| turn.html.clone()).collect(),
        path: if ended { Vec::new() } else { path.to_vec() },
        ended,
        good: ended && here.is_some_and(|step| step.good),
        missing: false,
    }
}

/// A question for a page. Only with `reveal`, and only once it is answered, does it say what is right.
pub(super) fn question_view(question: &Question, order: &[usize], answer: Option<&Vec<usize>>, reveal: bool) -> QuestionView {
    let reveal = reveal && answer.is_some();
    let chosen = |place: usize| answer.is_some_and(|chosen| chosen.contains(&place));
    let choices = order.iter().filter_map(|place| Some((*place, question.choices.get(*place)?)));
    let choices = choices.map(|(place, choice)| ChoiceView {
        value: place,
        html: choice.html.clone(),
        chosen: chosen(place),
        mark: match (reveal, choice.right, chosen(place)) {
            (true, true, _) => "right",
            (true, false, true) => "wrong",
            _ => "",
        },
        feedback: if reveal && chosen(place) { choice.feedback.clone() } else { String::new() },
    });
    QuestionView {
        id: question.id.clone(),
        prompt: question.prompt.clone(),
        scene: question.scene.clone(),
        multiple: question.is_multiple(),
        choices: choices.collect(),
        answered: reveal,
        right: reveal && answer.is_some_and(|answer| question.is_right(answer)),
        explanation: if reveal { question.explanation.clone() } else { String::new() },
        critical: question.critical,
        missing: false,
    }
}

/// The form of a knowledge check.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckForm {
    #[serde(default)]
    choice: Vec<usize>,
}

/// `GET /courses/{assignment}/lessons/{part}/checks/{question}`: the question's place in its lesson. Whoever changes the language
/// of a form that was refused comes here.
///
/// # Errors
/// When there is no such lesson for this person.
pub async fn show_check(
    user: CurrentUser<Learn>,
    ctx: Data<Ctx>,
    view: View,
    path: Path<(Uuid, String, String)>,
) -> Result<HttpResponse, AppError> {
    let (assignment, part, question) = path.into_inner();
    let mut connection = ctx.connection().await?;
    let course = actions::course(&mut connection, ctx.now(), user.person_id, assignment, view.lang().tag()).await?;
    lesson(&course, &part)?;
    let encoded = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    Ok(http::see_other(format!("{}#q-{}", lesson_address(assignment, &encoded(&part)), encoded(&question))))
}

/// `POST /courses/{assignment}/lessons/{part}/checks/{question}`: answers a knowledge check.
///
/// # Errors
/// When there is no such question for this person.
pub async fn check(
    user: CurrentUser<Learn>,
    ctx: Data<Ctx>,
    view: View,
    path: Path<(Uuid, String, String)>,
    form: CsrfForm<CheckForm>,
) -> Result<HttpResponse, AppError> {
    let now = ctx.now();
    let (assignment, part, question) = path.into_inner();
    let mut connection = ctx.connection().await?;
    let course = actions::course(&mut connection, now, user.person_id, assignment, view.lang().tag()).await?;
    let (run, lesson) = lesson(&course, &part)?;
    if !actions::answer(&mut connection, now, &ctx.chance, run, lesson, &question, form.0.choice.into_iter()).await? {
        drop(connection);
        return lesson_page(&user, &ctx, &view, &(assignment, part), Missing::Answer(question)).await;
    }
    Ok(http::see_other(format!("{}#a-{question}", lesson_address(assignment, &part))))
}

/// `POST /courses/{assignment}/lessons/{part}/finish`: finishes the lesson once its checks are answered.
///
/// # Errors
/// When there is no such lesson for this person.
pub async fn finish(
    user: CurrentUser<Learn>,
    ctx: Data<Ctx>,
    view: View,
    path: Path<(Uuid, String)>,
    _: CsrfForm<NoFields>,
) -> Result<HttpResponse, AppError> {
    let now = ctx.now();
    let mut connection = ctx.connection().await?;
    let course = actions::course(&mut connection, now, user.person_id, path.0, view.lang().tag()).await?;
    let (run, lesson) = lesson(&course, &path.1)?;
    if !actions::finish(&mut connection, now, &ctx.chance, &course, run, lesson).await? {
        drop(connection);
        return lesson_page(&user, &ctx, &view, &path, Missing::Answers).await;
    }
    let next = course.lessons().find(|other| other.part != path.1 && !course.finished.contains(&other.part));
    let target = next.map_or_else(|| format!("/courses/{}", path.0), |next| lesson_address(path.0, &next.part));
    Ok(http::see_other(target))
}

/// `GET /go/courses/{course}/{part}`: leads from a text to a lesson of a course, by their names, for whoever takes the course.
///
/// # Errors
/// When this person does not have the course.
pub async fn go(user: CurrentUser<Learn>, ctx: Data<Ctx>, path: Path<(String, String)>) -> Result<HttpResponse, AppError> {
    let (course, part) = path.into_inner();
    if course.contains('\0') {
        return Err(AppError::NotFound);
    }
    let mut connection = ctx.connection().await?;
    let assignment = programme::newest_of_course(&mut connection, user.person_id, &course).await?.ok_or(AppError::NotFound)?;
    let begun = queries::run(&mut connection, assignment).await?.is_some() && part != "course" && part != "quiz";
    let encoded: String = url::form_urlencoded::byte_serialize(part.as_bytes()).collect();
    Ok(http::see_other(if begun { lesson_address(assignment, &encoded) } else { format!("/courses/{assignment}") }))
}
