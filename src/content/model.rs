//! What content is: texts in several languages, with questions in them, and the settings around them.

use crate::content::assets::Asset;
use crate::content::diagnostic::Diagnostics;
use crate::kit::crypto::Sha256;
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// Everything in a content folder.
#[derive(Debug)]
pub struct Catalogue {
    /// Who publishes it.
    pub organisation: Organisation,
    /// All courses, then all policies.
    pub contents: Vec<Content>,
    /// What will not be shown as it is written.
    pub warnings: Diagnostics,
}

/// The organisation: what `${org.…}` stands for, and the defaults for its people.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// Where to report what looks wrong.
    pub security_email: String,
    /// Who answers for the programme.
    pub compliance_email: String,
    /// The line for incidents.
    pub incident_phone: String,
    /// The language of people without another.
    pub default_language: String,
    /// The languages that all content is written in.
    pub languages: Vec<String>,
    /// Its time zone (IANA name).
    pub zone: Tz,
    /// The address that mails tell people to type.
    pub intranet: String,
}

impl Organisation {
    /// What a variable stands for.
    pub fn variable(&self, name: &str) -> Option<&str> {
        match name {
            "org.name" => Some(&self.name),
            "org.security_email" => Some(&self.security_email),
            "org.compliance_email" => Some(&self.compliance_email),
            "org.incident_phone" => Some(&self.incident_phone),
            "org.intranet" => Some(&self.intranet),
            _ => None,
        }
    }
}

/// Whether content is taken or attested to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ContentKind {
    /// Lessons and a quiz.
    Course,
    /// A text to be attested.
    Policy,
}

impl ContentKind {
    /// Its name in tables and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Course => "course",
            Self::Policy => "policy",
        }
    }
}

impl fmt::Display for ContentKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// What a new version asks of those who know the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Materiality {
    /// Nothing.
    Editorial,
    /// To be told.
    Notify,
    /// To attest or train again.
    Material,
}

impl Materiality {
    /// Its name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Editorial => "editorial",
            Self::Notify => "notify",
            Self::Material => "material",
        }
    }
}

/// One course or policy as it stands in the folder.
#[derive(Debug)]
pub struct Content {
    /// Its settings.
    pub settings: Settings,
    /// Its texts: for each language, in order.
    pub texts: Vec<Text>,
    /// The pictures and videos it shows.
    pub assets: Vec<Asset>,
    /// SHA-256 over the names and normalised contents of its settings, the texts of its whole languages, and its pictures and videos.
    pub source_sha256: Sha256,
}

impl Content {
    /// `course` or `policy`, a slash, its name.
    pub fn name(&self) -> String {
        format!("{}/{}", self.settings.kind, self.settings.id)
    }
}

/// The settings of a course or policy; they hold no words a reader sees but the statement.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Settings {
    /// Course or policy.
    pub kind: ContentKind,
    /// Its name in addresses; the folder's name.
    pub id: String,
    /// The version to publish, from 1.
    pub version: i32,
    /// What this version asks of those who know the one before.
    pub materiality: Materiality,
    /// Per cent of right answers that pass the quiz.
    pub pass_mark: u32,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// What it is about.
    #[serde(default)]
    pub topics: Vec<String>,
    /// Controls it contributes to.
    pub frameworks: Vec<String>,
    /// When it is to be reviewed.
    pub review_by: NaiveDate,
    /// A policy's first day in force, in the organisation's zone.
    pub effective: Option<NaiveDate>,
    /// Whose policy it is: a job title, in the default language.
    pub owner: Option<String>,
    /// Who approved it: a job title, in the default language.
    pub approver: Option<String>,
    /// The same titles by language, where they have several.
    #[serde(default)]
    pub owners: BTreeMap<String, String>,
    /// The same.
    #[serde(default)]
    pub approvers: BTreeMap<String, String>,
    /// What this version changes, in words for its readers, by language.
    #[serde(default)]
    pub changes: BTreeMap<String, String>,
    /// The language that decides where translations differ.
    pub prevailing_language: Option<String>,
    /// What attesting means: `read`, `understood`, `agree`.
    pub meaning: Vec<String>,
    /// The words people attest to.
    pub statement: Option<Statement>,
}

impl Settings {
    /// Whose policy it is, in a language.
    pub fn owner_in(&self, language: &str) -> Option<&str> {
        self.owners.get(language).or(self.owner.as_ref()).map(String::as_str)
    }

    /// What this version changes, in a language, else in another.
    pub fn changes_in(&self, language: &str) -> Option<&str> {
        self.changes.get(language).or_else(|| self.changes.values().next()).map(String::as_str)
    }
}

/// The words people attest to, in each language.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Statement {
    /// Its version, from 1.
    pub version: i32,
    /// The words by language.
    #[serde(flatten)]
    pub words: BTreeMap<String, String>,
}

/// One file of a course or policy in one language.
#[derive(Clone, Debug)]
pub struct Text {
    /// The language's tag.
    pub language: String,
    /// What it is called: `course`, `quiz`, `policy`, or a lesson's file name.
    pub part: String,
    /// Its place, from 0.
    pub position: i32,
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence.
    pub summary: String,
    /// The normalised source: UTF-8, line feeds, one at the end.
    pub source: String,
    /// The text as it is shown.
    pub document: Document,
}

/// A text as it is shown: HTML with questions in between.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Its parts, in order.
    pub blocks: Vec<Block>,
    /// Pools of questions, in a quiz.
    #[serde(default)]
    pub pools: Vec<Pool>,
    /// How long it takes, in minutes: as its author says, else as counted.
    #[serde(default)]
    pub minutes: Option<u32>,
}

impl Document {
    /// All of it as one piece of HTML, without its questions: the bytes a policy is attested by.
    pub fn html(&self) -> String {
        let html = self.blocks.iter().filter_map(|block| match block {
            Block::Html(html) => Some(html.as_str()),
            Block::Question(_) | Block::Scenario(_) => None,
        });
        html.collect()
    }

    /// The questions in its text.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Question(question) => Some(question),
            Block::Html(_) | Block::Scenario(_) => None,
        })
    }

    /// The scenarios in its text.
    pub fn scenarios(&self) -> impl Iterator<Item = &Scenario> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Scenario(scenario) => Some(scenario),
            Block::Html(_) | Block::Question(_) => None,
        })
    }

    /// Every question, in the text and in pools.
    pub fn all_questions(&self) -> impl Iterator<Item = &Question> {
        self.questions().chain(self.pools.iter().flat_map(|pool| &pool.questions))
    }
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Block {
    /// Safe HTML.
    Html(String),
    /// A question.
    Question(Question),
    /// A scenario.
    Scenario(Scenario),
}

/// Questions of which an attempt draws some.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pool {
    /// Its name, stable across versions and languages.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// How many are drawn.
    pub draw: usize,
    /// What they are drawn from.
    pub questions: Vec<Question>,
}

/// A question with its answers. The right ones never leave the server before an answer came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Its name, stable across versions and languages.
    pub id: String,
    /// What it asks, as HTML without a paragraph around it.
    pub prompt: String,
    /// The scene before the answers, as HTML.
    pub scene: String,
    /// The answers, in the author's order.
    pub choices: Vec<Choice>,
    /// What to know after answering, as HTML.
    pub explanation: String,
    /// Whether an attempt that misses it cannot pass.
    pub critical: bool,
    /// Whether some of its right answers earn some of its point.
    #[serde(default)]
    pub partial: bool,
    /// What it is about.
    pub topic: Option<String>,
}

impl Question {
    /// Whether several answers are right.
    pub fn is_multiple(&self) -> bool {
        self.choices.iter().filter(|choice| choice.right).count() > 1
    }

    /// How much of its point these answers earn, in hundredths: all or nothing, or with `partial` the right ones less the wrong ones.
    pub fn credit(&self, chosen: &[usize]) -> u32 {
        let (mut right, mut wrong, mut all) = (0_u32, 0_u32, 0_u32);
        for (place, choice) in self.choices.iter().enumerate() {
            all += u32::from(choice.right);
            right += u32::from(choice.right && chosen.contains(&place));
            wrong += u32::from(!choice.right && chosen.contains(&place));
        }
        match self.partial {
            true => right.saturating_sub(wrong) * 100 / all.max(1),
            false => 100 * u32::from(self.is_right(chosen)),
        }
    }

    /// Whether these answers, by their places, are all the right ones and no other.
    pub fn is_right(&self, chosen: &[usize]) -> bool {
        self.choices.iter().enumerate().all(|(place, choice)| choice.right == chosen.contains(&place))
    }
}

/// One answer of a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Its words, as HTML.
    pub html: String,
    /// Whether it is right.
    pub right: bool,
    /// What to say to those who chose it, as HTML.
    pub feedback: String,
}

/// A short branching scene: what happens depends on what one does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// Its name, stable across versions and languages.
    pub id: String,
    /// Its steps, the opening first.
    pub steps: Vec<Step>,
}

impl Scenario {
    /// The steps that choices lead through, from the opening on; none where a choice does not exist.
    pub fn walk(&self, choices: &[usize]) -> Option<Vec<&Step>> {
        let mut steps = vec![self.steps.first()?];
        for choice in choices {
            let turn = steps.last()?.choices.get(*choice)?;
            steps.push(self.steps.get(turn.step)?);
        }
        Some(steps)
    }
}

/// A step of a scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Its name.
    pub id: String,
    /// Its heading, as HTML without a heading around it.
    pub title: String,
    /// What happens, as HTML.
    pub html: String,
    /// What one can do; an ending leaves nothing to do.
    pub choices: Vec<Turn>,
    /// Whether this is a good ending.
    pub good: bool,
}

/// A choice of a scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// Its words, as HTML.
    pub html: String,
    /// The place of the step that it leads to.
    pub step: usize,
}
