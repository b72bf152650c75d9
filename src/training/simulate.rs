//! Takes a course as a person would, by the same verbs: for the demo's history.

use crate::content::Scenario;
use crate::kit::chance::Chance;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::training::actions;
use crate::training::model;
use crate::training::model::Answers;
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
    let course = actions::course(connection, at, person, assignment, language).await?;
    let run = actions::start(connection, at, chance, &course).await?;
    let lessons = match progress {
        Progress::Lessons(count) => count,
        Progress::Passed => usize::MAX,
    };
    let mut now = at;
    for lesson in course.lessons().take(lessons) {
        now += TimeDelta::minutes(4);
        for question in lesson.document.questions() {
            let right = question.choices.iter().enumerate().filter(|(_, choice)| choice.right).map(|(place, _)| place);
            actions::answer(connection, now, chance, &run, lesson, &question.id, right).await?;
        }
        for scenario in lesson.document.scenarios() {
            actions::answer(connection, now, chance, &run, lesson, &scenario.id, way_to_a_good_end(scenario).into_iter()).await?;
        }
        let course = actions::course(connection, now, person, assignment, language).await?;
        actions::finish(connection, now, chance, &course, &run, lesson).await?;
    }
    if progress != Progress::Passed {
        return Ok(());
    }
    let course = actions::course(connection, now, person, assignment, language).await?;
    let Some(quiz) = course.texts.iter().find(|text| text.part == "quiz") else { return Ok(()) };
    let number = actions::begin_attempt(connection, now, chance, &run, quiz).await?;
    let attempts = queries::attempts(connection, run.id).await?;
    let Some(attempt) = attempts.iter().find(|attempt| attempt.number == number) else { return Ok(()) };
    let answers: Answers = attempt
        .paper
        .iter()
        .filter_map(|item| {
            let question = model::question(&quiz.document, &item.question)?;
            let right = question.choices.iter().enumerate().filter(|(_, choice)| choice.right).map(|(place, _)| place);
            Some((item.question.clone(), right.collect()))
        })
        .collect();
    actions::submit(connection, now + TimeDelta::minutes(6), chance, &course, attempt, &quiz.document, &answers).await?;
    Ok(())
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
