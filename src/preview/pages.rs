//! The pages of the preview's own; those of learners come from the features.

use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use crate::kit::render::Template;
use crate::preview::aside::Aside;
use crate::preview::figures::Pill;
use crate::preview::samples;
use serde::Serialize;

/// All templates of this module.
pub fn templates() -> Vec<Template> {
    vec![Template::page::<Beside>(), Template::page::<StartPage>(), Template::page::<QuestionsPage>(), Template::page::<Note>()]
}

/// A page with what its author should know beside it.
#[derive(Serialize)]
pub(super) struct Beside {
    pub title: String,
    /// The page itself.
    pub body: String,
    #[serde(flatten)]
    pub aside: Aside,
}

impl Page for Beside {
    const NAME: &'static str = "preview/beside";
    const SOURCE: &'static str = include_str!("templates/beside.hbs");

    fn title(&self, _: Lang) -> String {
        self.title.clone()
    }

    fn samples() -> Vec<Self> {
        let page = |aside| Self { title: "Links".into(), body: "<h1>Links</h1>".into(), aside };
        samples::asides().into_iter().map(page).collect()
    }
}

/// Everything in the folder.
#[derive(Serialize)]
pub(super) struct StartPage {
    pub folder: String,
    pub organisation: Option<OrganisationFacts>,
    /// The languages' names.
    pub languages: Vec<&'static str>,
    pub courses: Vec<WorkLine>,
    pub policies: Vec<WorkLine>,
}

/// What `organisation.toml` says.
#[derive(Serialize)]
pub(super) struct OrganisationFacts {
    pub name: String,
    pub security_email: String,
    pub compliance_email: String,
    pub incident_phone: String,
    pub intranet: String,
    pub zone: String,
    pub languages: String,
}

/// A course or policy.
#[derive(Serialize)]
pub(super) struct WorkLine {
    pub href: String,
    pub title: String,
    pub slug: String,
    pub version: Option<i32>,
    pub minutes: Option<u32>,
    /// The minutes of all its texts, language by language, in words.
    pub counted: Vec<String>,
    pub pills: Vec<Pill>,
    pub texts: Vec<TextLine>,
}

/// One of its texts in all languages.
#[derive(Serialize)]
pub(super) struct TextLine {
    pub href: String,
    pub title: String,
    pub cells: Vec<Cell>,
}

/// One text in one language.
#[derive(Serialize)]
pub(super) struct Cell {
    pub name: &'static str,
    /// Where it is shown; nothing where it is missing.
    pub href: Option<String>,
    pub label: String,
    pub pills: Vec<Pill>,
}

impl Page for StartPage {
    const NAME: &'static str = "preview/start";
    const SOURCE: &'static str = include_str!("templates/start.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("preview-title")
    }

    fn samples() -> Vec<Self> {
        let pill = |kind| Pill { kind, label: "2 warnings".into() };
        let cell =
            |name, href: Option<&str>| Cell { name, href: href.map(Into::into), label: "120 words".into(), pills: vec![pill("overdue")] };
        let text = || TextLine {
            href: "/courses/safe-mail/lessons/01-links".into(),
            title: "Links".into(),
            cells: vec![cell("English", Some("/courses/safe-mail?language=en")), cell("Tiếng Việt", None)],
        };
        let line = |known: bool| WorkLine {
            href: "/courses/safe-mail".into(),
            title: "Safe mail".into(),
            slug: "safe-mail".into(),
            version: known.then_some(1),
            minutes: known.then_some(5),
            counted: if known { vec!["Counted in English: 5.1 minutes.".into()] } else { vec![] },
            pills: vec![pill("due-soon")],
            texts: if known { vec![text()] } else { vec![] },
        };
        let organisation = OrganisationFacts {
            name: "Halden Works".into(),
            security_email: "security@halden.example".into(),
            compliance_email: "compliance@halden.example".into(),
            incident_phone: "+49 30 23125 111".into(),
            intranet: "https://avow.halden.example".into(),
            zone: "Europe/Berlin".into(),
            languages: "en, vi".into(),
        };
        let full = Self {
            folder: "content".into(),
            organisation: Some(organisation),
            languages: vec!["English", "Tiếng Việt"],
            courses: vec![line(true), line(false)],
            policies: vec![line(true), line(false)],
        };
        let empty = Self { folder: "content".into(), organisation: None, languages: vec![], courses: vec![], policies: vec![] };
        vec![full, empty]
    }
}

/// All questions of a course with what is right and why: for authors, never for learners.
#[derive(Serialize)]
pub(super) struct QuestionsPage {
    pub course: String,
    pub language: String,
    pub groups: Vec<Group>,
}

/// The questions of a lesson, or of a pool of the quiz.
#[derive(Serialize)]
pub(super) struct Group {
    pub title: String,
    /// How many are drawn from a pool.
    pub draw: Option<usize>,
    pub questions: Vec<QuestionLine>,
    pub scenarios: Vec<ScenarioLine>,
}

/// A question with its key.
#[derive(Serialize)]
pub(super) struct QuestionLine {
    pub id: String,
    pub prompt: String,
    pub scene: String,
    pub critical: bool,
    pub topic: Option<String>,
    pub choices: Vec<ChoiceLine>,
    pub explanation: String,
}

/// An answer with what is said to whoever gives it.
#[derive(Serialize)]
pub(super) struct ChoiceLine {
    pub html: String,
    pub right: bool,
    pub feedback: String,
}

/// A scenario with all its steps.
#[derive(Serialize)]
pub(super) struct ScenarioLine {
    pub id: String,
    pub steps: Vec<StepLine>,
}

/// A step with where its choices lead.
#[derive(Serialize)]
pub(super) struct StepLine {
    pub title: String,
    pub html: String,
    pub ending: bool,
    pub good: bool,
    pub turns: Vec<TurnLine>,
}

/// A choice.
#[derive(Serialize)]
pub(super) struct TurnLine {
    pub html: String,
    pub leads_to: String,
}

impl Page for QuestionsPage {
    const NAME: &'static str = "preview/questions";
    const SOURCE: &'static str = include_str!("templates/questions.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("preview-questions")
    }

    fn samples() -> Vec<Self> {
        let choice = |right| ChoiceLine { html: "Tap the link".into(), right, feedback: "<p>The link is the attack.</p>".into() };
        let question = |critical, scene: &str, topic: Option<&str>| QuestionLine {
            id: "parcel".into(),
            prompt: "A parcel is held.".into(),
            scene: scene.into(),
            critical,
            topic: topic.map(Into::into),
            choices: vec![choice(false), choice(true)],
            explanation: "<p>Haste is the trick.</p>".into(),
        };
        let step = |turns, good| StepLine { title: "The caller".into(), html: "<p>It rings.</p>".into(), ending: good, good, turns };
        let turn = || TurnLine { html: "Hang up".into(), leads_to: "Well done".into() };
        let scenario = || ScenarioLine { id: "caller".into(), steps: vec![step(vec![turn()], false), step(vec![], true)] };
        let group = |draw, scenarios| Group {
            title: "Links".into(),
            draw,
            questions: vec![question(true, "<p>It is Friday.</p>", Some("phishing")), question(false, "", None)],
            scenarios,
        };
        let page = |groups| Self { course: "/courses/safe-mail".into(), language: "en".into(), groups };
        vec![page(vec![group(None, vec![scenario()]), group(Some(2), vec![])]), page(vec![])]
    }
}

/// A page that says why there is nothing to see.
#[derive(Serialize)]
pub(super) struct Note {
    pub title: &'static str,
    pub message: &'static str,
    /// The file that is meant.
    pub file: String,
    /// Where to go on.
    pub back: String,
}

impl Note {
    /// There is no such text in the folder, or no more.
    pub(super) fn gone(file: &str) -> Self {
        Self { title: "preview-gone", message: "preview-gone-message", file: file.to_owned(), back: "/".into() }
    }

    /// The text is there, and cannot be shown.
    pub(super) fn broken(file: &str) -> Self {
        Self { title: "preview-broken", message: "preview-broken-message", file: file.to_owned(), back: "/".into() }
    }

    /// Where people would get their receipt.
    pub(super) fn signed(slug: &str) -> Self {
        let (file, back) = (format!("policies/{slug}"), format!("/policies/{slug}"));
        Self { title: "preview-signed", message: "preview-signed-message", file, back }
    }
}

impl Page for Note {
    const NAME: &'static str = "preview/note";
    const SOURCE: &'static str = include_str!("templates/note.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text(self.title)
    }

    fn samples() -> Vec<Self> {
        vec![Self::broken("courses/safe-mail/en/01-links.md"), Self::gone("courses/safe-mail/en/03-gone.md")]
    }
}
