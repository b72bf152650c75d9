//! The questions of a version beside what people's first answers say of them.

use crate::content::Question;
use crate::content::Scenario;
use crate::kit::db::Connection;
use crate::library;
use crate::library::Version;
use crate::reports::quality::queries;
use crate::reports::quality::queries::Voices;
use crate::reports::quality::statistics;
use crate::reports::quality::statistics::Counts;
use crate::reports::quality::statistics::Flag;
use crate::reports::quality::statistics::Share;
use diesel::QueryResult;
use serde_json::Value;
use serde_json::json;
use std::collections::HashMap;

/// So many first answers a number needs; the statements in `queries.rs` hold to it.
pub(super) const FEWEST_ANSWERS: i64 = 30;
/// So many voices a number of the survey needs; its statement holds to it.
pub(super) const FEWEST_VOICES: i64 = 5;
/// The questions of the survey.
pub(super) const ASKED: [&str; 2] = ["useful", "clear"];

/// A question and what is known of it.
pub(super) struct Item {
    /// `quiz` or `check`.
    pub kind: &'static str,
    pub part: String,
    /// The title of that part.
    pub place: String,
    pub question: Question,
    /// None where too few have answered.
    pub found: Option<Found>,
}

impl Item {
    fn is_flagged(&self) -> bool {
        self.found.as_ref().is_some_and(|found| !found.flags.is_empty())
    }
}

/// What first answers say of a question.
pub(super) struct Found {
    pub counts: Counts,
    pub right: Share,
    pub discrimination: Option<f64>,
    pub flags: Vec<Flag>,
    /// The places of the wrong answers that hardly anybody chooses.
    pub dead: Vec<usize>,
}

impl Found {
    fn new(counts: Counts, question: &Question) -> Self {
        let key: Vec<bool> = question.choices.iter().map(|choice| choice.right).collect();
        Self {
            right: statistics::wilson(counts.right, counts.answers),
            discrimination: counts.pairs.as_ref().and_then(statistics::discrimination),
            flags: statistics::flags(&counts, &key),
            dead: statistics::dead(&counts, &key),
            counts,
        }
    }
}

/// A scenario and how often it ended well the first time.
pub(super) struct Scene {
    pub part: String,
    pub place: String,
    pub scenario: Scenario,
    /// Endings, good ones, their share; none where too few came to an end.
    pub found: Option<(i64, i64, Share)>,
}

/// What people say to one question of the survey.
pub(super) struct Opinion {
    pub question: &'static str,
    /// How often each answer from 1 to 5 was given; empty where too few answered.
    pub counts: Vec<(i64, i64)>,
}

impl Opinion {
    /// How many answered.
    pub fn voices(&self) -> i64 {
        self.counts.iter().map(|(_, count)| count).sum()
    }

    /// The mean answer; none where too few answered.
    pub fn mean(&self) -> Option<f64> {
        statistics::mean(&self.counts)
    }
}

/// All that is known of a version.
pub(super) struct Quality {
    /// The title of the course.
    pub title: String,
    /// The language of its words.
    pub language: String,
    /// What to look at first, then what is as it should be, then what is not known yet.
    pub items: Vec<Item>,
    pub scenes: Vec<Scene>,
    pub opinions: Vec<Opinion>,
}

/// What a review of a course should know.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// How many questions the version asks, in lessons and in the quiz.
    pub questions: usize,
    /// How many of them have enough first answers to say something.
    pub measured: usize,
    /// How many of those an author should look at.
    pub flagged: usize,
    /// How many first answers all that is from.
    pub answers: i64,
    /// The mean from 1 to 5 of "useful for your work"; none where fewer than 5 answered.
    pub useful: Option<f64>,
    /// The mean from 1 to 5 of "clear"; none where fewer than 5 answered.
    pub clear: Option<f64>,
}

impl Quality {
    /// The same in few numbers.
    pub fn summary(&self) -> Summary {
        let found = || self.items.iter().filter_map(|item| item.found.as_ref());
        let mean = |question: &str| self.opinions.iter().find(|opinion| opinion.question == question).and_then(Opinion::mean);
        Summary {
            questions: self.items.len(),
            measured: found().count(),
            flagged: self.items.iter().filter(|item| item.is_flagged()).count(),
            answers: found().map(|found| found.counts.answers).sum(),
            useful: mean("useful"),
            clear: mean("clear"),
        }
    }
}

/// What the review of a course should know of that version.
///
/// # Errors
/// When the database fails.
pub async fn summary(connection: &mut Connection, version: &Version) -> QueryResult<Summary> {
    Ok(measure(connection, version, "en").await?.summary())
}

/// All that is known of a version, its words in that language if it has them.
pub(super) async fn measure(connection: &mut Connection, version: &Version, language: &str) -> QueryResult<Quality> {
    let mut quality = Quality { title: String::new(), language: String::new(), items: vec![], scenes: vec![], opinions: vec![] };
    for text in library::texts(connection, version.id, language).await? {
        let item = |kind, question: &Question| {
            let (part, place) = (text.part.clone(), text.title.clone());
            Item { kind, part, place, question: question.clone(), found: None }
        };
        let scene = |scenario: &Scenario| {
            let (part, place) = (text.part.clone(), text.title.clone());
            Scene { part, place, scenario: scenario.clone(), found: None }
        };
        let document = &text.document;
        quality.items.extend(document.questions().map(|question| item("check", question)));
        quality.items.extend(document.pools.iter().flat_map(|pool| &pool.questions).map(|question| item("quiz", question)));
        quality.scenes.extend(document.scenarios().map(scene));
        if text.part == "course" {
            (quality.title, quality.language) = (text.title, text.language);
        }
    }
    let mut quiz = queries::quiz(connection, version.id, &key(&quality.items, "quiz")).await?;
    let mut checks = queries::checks(connection, version.id, &key(&quality.items, "check")).await?;
    for item in &mut quality.items {
        let counts = if item.kind == "quiz" { &mut quiz } else { &mut checks }.remove(&item.question.id);
        item.found = counts.map(|counts| Found::new(counts, &item.question));
    }
    quality.items.sort_by_key(|item| (!item.is_flagged(), item.found.is_none()));
    let mut endings: HashMap<String, (i64, i64)> = HashMap::new();
    for row in queries::scenarios(connection, version.id, &turns(&quality.scenes)).await? {
        endings.insert(row.question, (row.endings, row.good));
    }
    for scene in &mut quality.scenes {
        let found = endings.get(&scene.scenario.id);
        scene.found = found.map(|(endings, good)| (*endings, *good, statistics::wilson(*good, *endings)));
    }
    let voices = queries::survey(connection, version.id).await?;
    quality.opinions = ASKED.map(|question| Opinion { question, counts: given(&voices, question) }).into();
    Ok(quality)
}

/// The places of the right answers, by question.
fn key(items: &[Item], kind: &str) -> Value {
    let places = |question: &Question| {
        let right = question.choices.iter().enumerate().filter(|(_, choice)| choice.right);
        json!(right.map(|(place, _)| place).collect::<Vec<_>>())
    };
    items.iter().filter(|item| item.kind == kind).map(|item| (item.question.id.clone(), places(&item.question))).collect()
}

/// Where the choices of each step lead, by scenario.
fn turns(scenes: &[Scene]) -> Value {
    let of = |scenario: &Scenario| {
        json!(scenario.steps.iter().map(|step| step.choices.iter().map(|turn| turn.step).collect::<Vec<_>>()).collect::<Vec<_>>())
    };
    scenes.iter().map(|scene| (scene.scenario.id.clone(), of(&scene.scenario))).collect()
}

/// How often each answer from 1 to 5 was given; nothing where the statement kept the question back.
fn given(voices: &[Voices], question: &str) -> Vec<(i64, i64)> {
    let of = |answer: i64| {
        let found = voices.iter().find(|voice| voice.question == question && i64::from(voice.answer) == answer);
        (answer, found.map_or(0, |voice| voice.count))
    };
    if voices.iter().any(|voice| voice.question == question) { (1..=5).map(of).collect() } else { Vec::new() }
}
