//! Takes a course as a person would, by the same verbs: for the demo's history.

use crate::content::Question;
use crate::content::Scenario;
use crate::kit::chance::Chance;
use crate::kit::crypto;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::library::ContentText;
use crate::training::actions;
use crate::training::model;
use crate::training::model::Answers;
use crate::training::model::Item;
use crate::training::queries;
use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;
use std::collections::VecDeque;
use uuid::Uuid;

/// How far somebody gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Reads some lessons and stops.
    Lessons(usize),
    /// Takes it to its end and passes.
    Passed,
}

/// Takes the course from `at` on.
///
/// # Errors
/// When the database fails.
pub async fn take_course(
    connection: &mut Connection,
    at: DateTime<Utc>,
    chance: &Chance,
    (person, assignment): (Uuid, Uuid),
    language: &str,
    progress: Progress,
) -> Result<(), AppError> {
    let mut course = actions::course(connection, at, person, assignment, language).await?;
    let run = actions::start(connection, at, chance, &course).await?;
    let lessons = match progress {
        Progress::Lessons(count) => count,
        Progress::Passed => usize::MAX,
    };
    let mut now = at;
    let texts: Vec<ContentText> = course.lessons().take(lessons).cloned().collect();
    for lesson in &texts {
        now += TimeDelta::minutes(4);
        for question in lesson.document.questions() {
            let given = given(question, person, true);
            actions::answer(connection, now, chance, &run, lesson, &question.id, given.into_iter()).await?;
        }
        for scenario in lesson.document.scenarios() {
            actions::answer(connection, now, chance, &run, lesson, &scenario.id, way_to_a_good_end(scenario).into_iter()).await?;
        }
        actions::finish(connection, now, chance, &course, &run, lesson).await?;
        course.finished.push(lesson.part.clone());
    }
    if progress != Progress::Passed {
        return Ok(());
    }
    let Some(quiz) = course.texts.iter().find(|text| text.part == "quiz") else { return Ok(()) };
    // Who slips too often tries again, and knows better then.
    for first in [true, false] {
        let number = actions::begin_attempt(connection, now, chance, &run, quiz).await?;
        let attempts = queries::attempts(connection, run.id).await?;
        let Some(attempt) = attempts.iter().find(|attempt| attempt.number == number) else { return Ok(()) };
        let answer = |item: &Item| Some((item.question.clone(), given(model::question(&quiz.document, &item.question)?, person, first)));
        let answers: Answers = attempt.paper.iter().filter_map(answer).collect();
        now += TimeDelta::minutes(6);
        actions::submit(connection, now, chance, &course, attempt, &quiz.document, &answers).await?;
        if model::mark(&quiz.document, &attempt.paper, &answers, course.version.settings.pass_mark).passed {
            break;
        }
    }
    Ok(())
}

/// What somebody answers: the first time not always right, by an accident that is the same whenever it is asked for.
fn given(question: &Question, person: Uuid, first: bool) -> Vec<usize> {
    let right: Vec<usize> = question.choices.iter().enumerate().filter(|(_, choice)| choice.right).map(|(place, _)| place).collect();
    let [accident, which, ..] = crypto::sha256(&[person.as_bytes(), question.id.as_bytes()].concat());
    // Between 2 and 26 of 100 slip, depending on the question; hardly anybody where it matters most.
    let [hardness, ..] = crypto::sha256(question.id.as_bytes());
    let slips = if question.critical { 5 } else { 5 + u16::from(hardness) / 4 };
    let wrong: Vec<usize> = (0..question.choices.len()).filter(|place| !right.contains(place)).collect();
    if first && u16::from(accident) < slips && !wrong.is_empty() {
        return vec![wrong[usize::from(which) % wrong.len()]];
    }
    right
}

/// The shortest way to a good ending.
fn way_to_a_good_end(scenario: &Scenario) -> Vec<usize> {
    let mut waiting = VecDeque::from([Vec::new()]);
    while let Some(path) = waiting.pop_front() {
        let Some(step) = scenario.walk(&path).and_then(|steps| steps.last().copied()) else { continue };
        if step.good && step.choices.is_empty() {
            return path;
        }
        // No short scene is longer.
        if path.len() < 12 {
            waiting.extend((0..step.choices.len()).map(|choice| path.iter().copied().chain([choice]).collect()));
        }
    }
    Vec::new()
}
