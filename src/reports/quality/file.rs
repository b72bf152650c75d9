//! The numbers of the page as a CSV file: a row for each question, one for each of its answers.

use crate::content::Choice;
use crate::kit::error::AppError;
use crate::kit::export;
use crate::library::Version;
use crate::reports::quality::chart::letter;
use crate::reports::quality::measured::FEWEST_ANSWERS;
use crate::reports::quality::measured::FEWEST_VOICES;
use crate::reports::quality::measured::Item;
use crate::reports::quality::measured::Opinion;
use crate::reports::quality::measured::Quality;
use crate::reports::quality::measured::Scene;
use crate::reports::quality::statistics;
use crate::reports::quality::statistics::Share;

const HEADER: [&str; 15] = [
    "course",
    "version",
    "kind",
    "part",
    "question",
    "choice",
    "is_right",
    "answers",
    "count",
    "share",
    "low",
    "high",
    "discrimination",
    "mean",
    "flags",
];

/// One row; what does not apply is empty.
#[derive(Default)]
struct Row {
    kind: &'static str,
    part: String,
    question: String,
    choice: String,
    is_right: String,
    answers: String,
    count: String,
    share: String,
    low: String,
    high: String,
    discrimination: String,
    mean: String,
    flags: String,
}

impl Row {
    fn cells(self, version: &Version) -> [String; 15] {
        let (course, number) = (version.slug.clone(), version.version.to_string());
        let Self { part, question, choice, is_right, answers, count, share, low, high, discrimination, mean, flags, kind } = self;
        let kind = kind.to_owned();
        [course, number, kind, part, question, choice, is_right, answers, count, share, low, high, discrimination, mean, flags]
    }

    fn with(self, answers: i64, count: i64, share: &Share) -> Self {
        let (answers, count) = (answers.to_string(), count.to_string());
        Self { answers, count, share: decimal(share.share), low: decimal(share.low), high: decimal(share.high), ..self }
    }

    /// Too few for anything to be said.
    fn few(self, fewest: i64) -> Self {
        Self { answers: format!("<{fewest}"), ..self }
    }
}

fn decimal(number: f64) -> String {
    format!("{number:.4}")
}

fn rows_of_item(item: &Item) -> Vec<Row> {
    let row = || Row { kind: item.kind, part: item.part.clone(), question: item.question.id.clone(), ..Row::default() };
    let Some(found) = &item.found else { return vec![row().few(FEWEST_ANSWERS)] };
    let of_choice = |(place, choice): (usize, &Choice)| {
        let count = found.counts.chosen.get(place).copied().unwrap_or(0);
        Row {
            choice: letter(place),
            is_right: choice.right.to_string(),
            answers: found.counts.answers.to_string(),
            count: count.to_string(),
            share: decimal(statistics::part_of(count, found.counts.answers)),
            flags: if found.dead.contains(&place) { "dead".into() } else { String::new() },
            ..row()
        }
    };
    let whole = Row {
        discrimination: found.discrimination.map(decimal).unwrap_or_default(),
        flags: found.flags.iter().map(|flag| flag.name()).collect::<Vec<_>>().join(" "),
        ..row().with(found.counts.answers, found.counts.right, &found.right)
    };
    [whole].into_iter().chain(item.question.choices.iter().enumerate().map(of_choice)).collect()
}

fn row_of_scene(scene: &Scene) -> Row {
    let row = Row { kind: "scenario", part: scene.part.clone(), question: scene.scenario.id.clone(), ..Row::default() };
    match &scene.found {
        Some((endings, good, share)) => row.with(*endings, *good, share),
        None => row.few(FEWEST_ANSWERS),
    }
}

fn rows_of_opinion(opinion: &Opinion) -> Vec<Row> {
    let row = || Row { kind: "survey", question: opinion.question.to_owned(), ..Row::default() };
    let Some(mean) = opinion.mean() else { return vec![row().few(FEWEST_VOICES)] };
    let voices = opinion.voices();
    let answers = opinion.counts.iter().map(|(answer, count)| Row {
        choice: answer.to_string(),
        answers: voices.to_string(),
        count: count.to_string(),
        share: decimal(statistics::part_of(*count, voices)),
        ..row()
    });
    [Row { answers: voices.to_string(), mean: decimal(mean), ..row() }].into_iter().chain(answers).collect()
}

/// All numbers of a version as CSV.
///
/// # Errors
/// When it cannot be written.
pub(super) fn csv(version: &Version, quality: &Quality) -> Result<Vec<u8>, AppError> {
    let items = quality.items.iter().flat_map(rows_of_item);
    let rows = items.chain(quality.scenes.iter().map(row_of_scene)).chain(quality.opinions.iter().flat_map(rows_of_opinion));
    export::csv(HEADER, rows.map(|row| row.cells(version))).map_err(|error| AppError::Internal(error.to_string()))
}
