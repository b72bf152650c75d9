//! The verbs of taking a course. Each is one transaction and may be repeated.

use crate::content::ContentKind;
use crate::content::Document;
use crate::kit::chance::Chance;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::library;
use crate::library::ContentText;
use crate::library::Version;
use crate::programme;
use crate::programme::Assignment;
use crate::programme::Completion;
use crate::programme::NewCompletion;
use crate::training::model;
use crate::training::model::Answers;
use crate::training::model::Said;
use crate::training::queries;
use crate::training::queries::Attempt;
use crate::training::queries::Check;
use crate::training::queries::Run;
use chrono::DateTime;
use chrono::Utc;
use diesel_async::AsyncConnection;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A course as somebody takes it: the run if it has begun, the version it is pinned to, the texts in a language.
pub(super) struct Course {
    pub assignment: Assignment,
    pub run: Option<Run>,
    pub version: Version,
    pub texts: Vec<ContentText>,
    pub finished: Vec<String>,
}

impl Course {
    /// The lessons, in order.
    pub fn lessons(&self) -> impl Iterator<Item = &ContentText> {
        self.texts.iter().filter(|text| text.is_lesson())
    }

    /// Whether every lesson is finished.
    pub fn is_read(&self) -> bool {
        self.lessons().all(|lesson| self.finished.contains(&lesson.part))
    }

    /// The first lesson that is not finished.
    pub fn next_lesson(&self) -> Option<&ContentText> {
        self.lessons().find(|lesson| !self.finished.contains(&lesson.part))
    }
}

/// The course that a person owes by that assignment; nobody else's is found.
pub(super) async fn course(
    connection: &mut Connection,
    now: DateTime<Utc>,
    person: Uuid,
    assignment: Uuid,
    language: &str,
) -> Result<Course, AppError> {
    let assignment = programme::assignment(connection, assignment).await?;
    if assignment.person_id != person || assignment.content_kind != ContentKind::Course {
        return Err(AppError::NotFound);
    }
    let run = queries::run(connection, assignment.id).await?;
    let version = match &run {
        Some(run) => library::version(connection, run.version_id).await?,
        None => library::current(connection, now, ContentKind::Course, &assignment.content_slug).await?,
    };
    let texts = library::texts(connection, version.id, language).await?;
    let finished = match &run {
        Some(run) => queries::finished(connection, run.id).await?,
        None => Vec::new(),
    };
    Ok(Course { assignment, run, version, texts, finished })
}

/// Begins the course, or goes on with it.
pub(super) async fn start(connection: &mut Connection, now: DateTime<Utc>, chance: &Chance, course: &Course) -> Result<Run, AppError> {
    let assignment = &course.assignment;
    Ok(queries::begin_run(connection, now, chance.id(now), assignment.id, assignment.person_id, course.version.id).await?)
}

/// So many choices of a scenario are remembered. Who walks in circles longer begins anew.
const MOST_CHOICES: usize = 200;

/// Takes an answer to a knowledge check, or a choice in a scenario: all choices from its opening on. `false` when nothing that can
/// be chosen was.
pub(super) async fn answer(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    run: &Run,
    lesson: &ContentText,
    question: &str,
    places: impl Iterator<Item = usize>,
) -> Result<bool, AppError> {
    let (choices, is_right) = match lesson.document.scenarios().find(|one| one.id == question) {
        Some(scenario) => {
            let path = places.take(MOST_CHOICES).collect::<Vec<_>>();
            let Some(step) = scenario.walk(&path).and_then(|steps| steps.last().copied()) else { return Ok(false) };
            let is_right = step.choices.is_empty() && step.good;
            (path, is_right)
        }
        None => {
            let found = lesson.document.questions().find(|one| one.id == question).ok_or(AppError::NotFound)?;
            let choices = model::chosen(found, places);
            let is_right = found.is_right(&choices);
            (choices, is_right)
        }
    };
    if choices.is_empty() {
        return Ok(false);
    }
    let check =
        Check { id: chance.id(now), run: run.id, part: &lesson.part, question, choices: &choices, is_right, language: &lesson.language };
    queries::add_check(connection, now, &check).await?;
    Ok(true)
}

/// Finishes a lesson, if all its checks are answered: `false` otherwise. The last lesson of a course without a quiz completes it.
pub(super) async fn finish(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    course: &Course,
    run: &Run,
    lesson: &ContentText,
) -> Result<bool, AppError> {
    let answered = queries::checks(connection, run.id, &lesson.part).await?;
    if !model::unanswered(&lesson.document, &answered).is_empty() {
        return Ok(false);
    }
    let has_quiz = course.texts.iter().any(|text| text.part == "quiz");
    connection
        .transaction(async |connection| {
            // Of two lessons that are finished at once, the second one sees the first.
            queries::lock_run(connection, run.id).await?;
            queries::finish(connection, now, run.id, &lesson.part, &lesson.language).await?;
            let finished = queries::finished(connection, run.id).await?;
            if !has_quiz && course.lessons().all(|lesson| finished.contains(&lesson.part)) {
                let completion = NewCompletion {
                    id: chance.id(now),
                    assignment: &course.assignment,
                    version_id: course.version.id,
                    language: &lesson.language,
                    evidence: "lessons",
                    evidence_id: run.id,
                };
                programme::record_completion(connection, now, &completion).await?;
            }
            Ok(true)
        })
        .await
}

/// The attempt to go on with: the one that is open, or a new one drawn from other questions than the last.
pub(super) async fn begin_attempt(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    run: &Run,
    quiz: &ContentText,
) -> Result<i32, AppError> {
    let attempts = queries::attempts(connection, run.id).await?;
    if let Some(open) = attempts.last().filter(|attempt| attempt.result.is_none()) {
        return Ok(open.number);
    }
    let seen: BTreeSet<String> = attempts.last().into_iter().flat_map(|last| &last.paper).map(|item| item.question.clone()).collect();
    let seed = chance.bytes::<32>();
    let number = attempts.last().map_or(1, |last| last.number + 1);
    let paper = model::draw(&quiz.document, &seed, &seen);
    let attempt = Attempt { id: chance.id(now), number, language: quiz.language.clone(), paper, result: None };
    // Of two at once the first stays, and both go on with it.
    queries::add_attempt(connection, now, run.id, &attempt, &seed).await?;
    Ok(number)
}

/// What came of a submission.
pub(super) enum Submitted {
    /// It was marked, now or before.
    Marked,
    /// These questions have no answer yet; what was given is kept.
    Missing(Vec<String>),
}

/// Keeps the answers given so far.
pub(super) async fn save(connection: &mut Connection, now: DateTime<Utc>, attempt: &Attempt, answers: &Answers) -> Result<(), AppError> {
    if attempt.result.is_some() {
        return Ok(());
    }
    Ok(connection.transaction(async |connection| queries::save_drafts(connection, now, attempt.id, answers).await).await?)
}

/// Marks an attempt; a pass completes the assignment in the same transaction.
pub(super) async fn submit(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    course: &Course,
    attempt: &Attempt,
    quiz: &Document,
    answers: &Answers,
) -> Result<Submitted, AppError> {
    let missing = |item: &&model::Item| answers.get(&item.question).is_none_or(Vec::is_empty);
    let missing: Vec<String> = attempt.paper.iter().filter(missing).map(|item| item.question.clone()).collect();
    if !missing.is_empty() {
        save(connection, now, attempt, answers).await?;
        return Ok(Submitted::Missing(missing));
    }
    let mark = model::mark(quiz, &attempt.paper, answers, course.version.settings.pass_mark);
    connection
        .transaction(async |connection| {
            if queries::add_result(connection, now, attempt.id, answers, &mark).await? && mark.passed {
                let completion = NewCompletion {
                    id: chance.id(now),
                    assignment: &course.assignment,
                    version_id: course.version.id,
                    language: &attempt.language,
                    evidence: "attempt",
                    evidence_id: attempt.id,
                };
                programme::record_completion(connection, now, &completion).await?;
            }
            Ok::<(), AppError>(())
        })
        .await?;
    Ok(Submitted::Marked)
}

/// Counts what somebody says of a course they have completed, unless they were heard before. What is kept says that somebody was
/// heard, and how often each answer was given; nothing joins the two.
pub(super) async fn hear(connection: &mut Connection, course: &Course, said: &Said) -> Result<(), AppError> {
    connection
        .transaction(async |connection| {
            if queries::note_heard(connection, course.assignment.id).await? {
                queries::count_answers(connection, course.version.id, said).await?;
            }
            Ok(())
        })
        .await
}

/// What is new for whoever did an earlier version of a course: what the versions since say of themselves.
pub(super) async fn changes(
    connection: &mut Connection,
    now: DateTime<Utc>,
    course: &Course,
    completions: &[Completion],
    language: &str,
) -> Result<String, AppError> {
    let to = &course.version;
    let is_it = |version: &Version| version.settings.kind == ContentKind::Course && version.slug == to.slug && version.effective_at <= now;
    let versions: Vec<Version> = library::all(connection).await?.into_iter().filter(is_it).collect();
    let done = |completion: &Completion| versions.iter().find(|version| version.id == completion.version_id).map(|version| version.version);
    let Some(seen) = completions.iter().filter_map(done).max() else { return Ok(String::new()) };
    let since = versions.iter().rev().filter(|version| version.version > seen && version.version <= to.version);
    Ok(since.filter_map(|version| version.settings.changes_in(language)).collect::<Vec<_>>().join(" "))
}
