//! The page of a course's questions.

use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use crate::kit::render::Template;
use crate::reports::quality::chart::Bar;
use crate::reports::quality::chart::Chart;
use crate::reports::quality::chart::Head;
use serde::Serialize;

/// All templates of this part.
pub(in crate::reports) fn templates() -> Vec<Template> {
    vec![Template::part("reports/chart", include_str!("templates/chart.hbs")), Template::page::<QuestionsPage>()]
}

/// What is known of the questions of a course.
#[derive(Serialize)]
pub(super) struct QuestionsPage {
    pub course: String,
    pub course_title: String,
    /// The language of the course's words.
    pub language: String,
    pub version: i32,
    /// All versions, where there are several.
    pub versions: Vec<VersionLink>,
    /// How many questions there are, how many have enough answers, how many of those are marked.
    pub questions: usize,
    pub measured: usize,
    pub flagged: usize,
    pub fewest_answers: i64,
    pub fewest_voices: i64,
    pub lines: Vec<QuestionLine>,
    pub scenes: Vec<SceneLine>,
    pub opinions: Vec<OpinionView>,
    pub review: Option<ReviewView>,
    pub next_review: String,
    pub overdue: bool,
}

/// Another version to look at.
#[derive(Serialize)]
pub(super) struct VersionLink {
    pub version: i32,
    pub current: bool,
}

/// One question.
#[derive(Serialize)]
pub(super) struct QuestionLine {
    pub id: String,
    /// Whether it is a knowledge check of a lesson; else it is of the quiz.
    pub is_check: bool,
    pub place: String,
    pub prompt: String,
    pub found: Option<FoundView>,
}

/// What first answers say of it.
#[derive(Serialize)]
pub(super) struct FoundView {
    pub answers: i64,
    pub share: String,
    pub interval: String,
    pub discrimination: Option<String>,
    pub flags: Vec<FlagView>,
    pub chart: Chart,
    pub choices: Vec<ChoiceLine>,
}

/// Why to look at it.
#[derive(Clone, Serialize)]
pub(super) struct FlagView {
    pub name: &'static str,
    /// How the page shows it: the look of a status.
    pub mark: &'static str,
    /// Which answers are meant.
    pub answers: String,
}

/// One answer of a question.
#[derive(Serialize)]
pub(super) struct ChoiceLine {
    pub letter: String,
    pub html: String,
    pub right: bool,
    pub count: i64,
    pub share: String,
    pub dead: bool,
}

/// One scenario.
#[derive(Serialize)]
pub(super) struct SceneLine {
    pub id: String,
    pub place: String,
    pub title: String,
    pub found: Option<EndingsView>,
}

/// How it ended the first time.
#[derive(Serialize)]
pub(super) struct EndingsView {
    pub endings: i64,
    pub good: i64,
    pub share: String,
    pub interval: String,
}

/// What people say to one question of the survey.
#[derive(Serialize)]
pub(super) struct OpinionView {
    pub question: &'static str,
    pub voices: i64,
    pub mean: Option<String>,
    pub chart: Option<Chart>,
    pub counts: Vec<VoicesLine>,
}

/// How often one answer was given.
#[derive(Serialize)]
pub(super) struct VoicesLine {
    pub answer: i64,
    pub count: i64,
    pub share: String,
}

/// The last review of the course.
#[derive(Serialize)]
pub(super) struct ReviewView {
    pub when: String,
    pub version: i32,
    /// `unchanged` or `change`.
    pub outcome: String,
    pub threats: String,
    pub notes: String,
}

impl Page for QuestionsPage {
    const NAME: &'static str = "reports/questions";
    const SOURCE: &'static str = include_str!("templates/questions.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text_with("quality-title", [("course", self.course_title.clone().into())])
    }

    fn samples() -> Vec<Self> {
        vec![Self::sample(true), Self::sample(false)]
    }
}

impl Chart {
    fn sample(id: &str, full: bool) -> Self {
        let head = Head { share: "83.33".into(), low: "66.44".into(), high: "92.66".into(), hard: 40, easy: 97 };
        let bar = |label: &str, width: &str, y, mark| Bar { label: label.into(), width: width.into(), y, line: y + 14, mark };
        let bars = vec![bar("✓ A", "83.33", 50, "right"), bar("B", "16.67", 76, "wrong"), bar("3", "10.00", 102, "voice")];
        Self { id: id.into(), words: "A: 83.3 %".into(), height: 128, head: full.then_some(head), bars }
    }
}

impl QuestionLine {
    fn sample(found: bool) -> Self {
        let flag = |name| FlagView { name, mark: "due-soon", answers: "B, C".into() };
        let choice = |letter: &str, right| ChoiceLine {
            letter: letter.into(),
            html: "Tap the link".into(),
            right,
            count: 25,
            share: "83.3 %".into(),
            dead: !right,
        };
        let full = || FoundView {
            answers: 30,
            share: "83.3 %".into(),
            interval: "66.4 – 92.7 %".into(),
            discrimination: Some("0.31".into()),
            flags: ["easy", "hard", "suspect", "weak", "dead"].map(flag).into(),
            chart: Chart::sample("chart-parcel", true),
            choices: vec![choice("A", true), choice("B", false)],
        };
        let (place, prompt) = ("Phishing".into(), "A message says your parcel is held.".into());
        Self { id: if found { "parcel" } else { "caller" }.into(), is_check: !found, place, prompt, found: found.then(full) }
    }
}

impl QuestionsPage {
    fn sample(full: bool) -> Self {
        let plain = || {
            let found = QuestionLine::sample(true).found.map(|found| FoundView {
                discrimination: None,
                flags: vec![],
                chart: Chart::sample("chart-sender", true),
                ..found
            });
            QuestionLine { id: "sender".into(), found, ..QuestionLine::sample(true) }
        };
        let scene = |found| SceneLine { id: "help-desk".into(), place: "Passwords".into(), title: "A call".into(), found };
        let endings = EndingsView { endings: 30, good: 15, share: "50.0 %".into(), interval: "33.2 – 66.8 %".into() };
        let opinion = |question| OpinionView {
            question,
            voices: 5,
            mean: full.then(|| "4.2".into()),
            chart: full.then(|| Chart::sample(question, false)),
            counts: vec![VoicesLine { answer: 5, count: 5, share: "100.0 %".into() }],
        };
        let review = ReviewView {
            when: "Tuesday 24 November 2026".into(),
            version: 1,
            outcome: "unchanged".into(),
            threats: "Voice cloning".into(),
            notes: "Two questions to be mended".into(),
        };
        Self {
            course: "security-awareness".into(),
            course_title: "Security awareness".into(),
            language: "en".into(),
            version: 2,
            versions: if full { [2, 1].map(|version| VersionLink { version, current: version == 2 }).into() } else { vec![] },
            questions: if full { 3 } else { 0 },
            measured: if full { 2 } else { 0 },
            flagged: usize::from(full),
            fewest_answers: 30,
            fewest_voices: 5,
            lines: if full { vec![QuestionLine::sample(true), plain(), QuestionLine::sample(false)] } else { vec![] },
            scenes: if full { vec![scene(Some(endings)), scene(None)] } else { vec![] },
            opinions: vec![opinion("useful"), opinion("clear")],
            review: full.then_some(review),
            next_review: "Thursday 30 September 2027".into(),
            overdue: full,
        }
    }
}
