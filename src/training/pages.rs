//! The pages of a course.

use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use crate::kit::render::Template;
use crate::training::quiz_pages::AttemptPage;
use crate::training::quiz_pages::CertificatePage;
use crate::training::quiz_pages::ResultPage;
use crate::training::survey_pages;
use crate::training::survey_pages::SurveyPage;
use crate::training::survey_pages::SurveyView;
use serde::Serialize;

/// All templates of this feature.
pub fn templates() -> Vec<Template> {
    vec![
        Template::page::<CoursePage>(),
        Template::page::<LessonPage>(),
        Template::page::<AttemptPage>(),
        Template::page::<ResultPage>(),
        Template::page::<CertificatePage>(),
        Template::page::<SurveyPage>(),
        survey_pages::form(),
    ]
}

/// A course: what it is, how far one is, what comes next.
#[derive(Serialize)]
pub(super) struct CoursePage {
    pub assignment: String,
    pub course_title: String,
    pub summary: String,
    pub introduction: String,
    pub language: String,
    pub started: bool,
    pub lessons: Vec<LessonLine>,
    pub done: usize,
    pub total: usize,
    pub minutes_left: u32,
    pub next: Option<String>,
    /// Whether there is a quiz at all.
    pub has_quiz: bool,
    pub quiz_open: bool,
    pub questions: usize,
    pub pass_mark: u32,
    pub due: String,
    pub certificate: Option<String>,
    /// The language's name, where it is not that of the page.
    pub foreign: Option<String>,
    /// What is new in this version, for whoever did an earlier one.
    pub changes: String,
    pub survey: Option<SurveyView>,
}

/// One lesson of the list.
#[derive(Clone, Serialize)]
pub(super) struct LessonLine {
    pub part: String,
    pub title: String,
    pub summary: String,
    pub minutes: u32,
    pub done: bool,
    pub current: bool,
}

impl Page for CoursePage {
    const NAME: &'static str = "training/course";
    const SOURCE: &'static str = include_str!("templates/course.hbs");

    fn title(&self, _: Lang) -> String {
        self.course_title.clone()
    }

    fn samples() -> Vec<Self> {
        let lesson = |part: &str, done, current| LessonLine {
            part: part.into(),
            title: "Phishing".into(),
            summary: "Messages that want something".into(),
            minutes: 4,
            done,
            current,
        };
        let page = |started, done, certificate: Option<&str>| Self {
            assignment: "0190".into(),
            course_title: "Security awareness".into(),
            summary: "The yearly course".into(),
            introduction: "<p>Welcome</p>".into(),
            language: "en".into(),
            started,
            lessons: vec![lesson("01-phishing", started, false), lesson("02-passwords", false, started)],
            done,
            total: 2,
            minutes_left: 12,
            next: started.then(|| "02-passwords".into()),
            has_quiz: started,
            quiz_open: done == 2,
            questions: 12,
            pass_mark: 80,
            due: "Tuesday 24 November 2026".into(),
            certificate: certificate.map(Into::into),
            foreign: started.then(|| "English".into()),
            changes: if started { "A new lesson about voices.".into() } else { String::new() },
            survey: certificate.map(|_| SurveyView::new("0190".into(), false)),
        };
        vec![page(true, 1, None), page(false, 0, None), page(true, 2, None), page(true, 2, Some("0191"))]
    }
}

/// A lesson: text with knowledge checks in between.
#[derive(Serialize)]
pub(super) struct LessonPage {
    pub assignment: String,
    pub part: String,
    pub course_title: String,
    pub lesson_title: String,
    pub language: String,
    pub number: usize,
    pub total: usize,
    pub minutes: u32,
    pub blocks: Vec<BlockView>,
    pub previous: Option<LessonLine>,
    pub next: Option<LessonLine>,
    pub all_answered: bool,
    pub missing: Vec<String>,
    /// The language's name, where it is not that of the page.
    pub foreign: Option<String>,
}

/// A piece of a lesson.
#[derive(Default, Serialize)]
pub(super) struct BlockView {
    pub html: Option<String>,
    pub question: Option<QuestionView>,
    pub scenario: Option<ScenarioView>,
}

/// A scenario as far as somebody went.
#[derive(Clone, Serialize)]
pub(super) struct ScenarioView {
    pub id: String,
    /// The steps passed, the last of which is where one stands.
    pub steps: Vec<StepView>,
    /// What can be done now; at an ending, how it can be begun anew.
    pub choices: Vec<String>,
    /// The choices that lead to where `choices` are offered.
    pub path: Vec<usize>,
    pub ended: bool,
    pub good: bool,
    pub missing: bool,
}

/// A step that was passed.
#[derive(Clone, Serialize)]
pub(super) struct StepView {
    pub title: String,
    pub html: String,
    /// What was done there.
    pub chosen: Option<String>,
    pub current: bool,
}

impl ScenarioView {
    /// A scenario at its opening, on its way, and at its end.
    pub(super) fn samples() -> Vec<Self> {
        let step = |title: &str, chosen: Option<&str>| StepView {
            title: title.into(),
            html: "<p>The phone rings.</p>".into(),
            chosen: chosen.map(Into::into),
            current: chosen.is_none(),
        };
        let scenario = |steps, path, ended, good| Self {
            id: "caller".into(),
            steps,
            choices: vec!["Give the code".into(), "Hang up".into()],
            path,
            ended,
            good,
            missing: !ended,
        };
        vec![
            scenario(vec![step("The caller", None)], vec![], false, false),
            scenario(vec![step("The caller", Some("Give the code")), step("You gave it", None)], vec![0], false, false),
            scenario(vec![step("The caller", Some("Hang up")), step("Well done", None)], vec![], true, true),
        ]
    }
}

/// A question as it is shown: nothing tells the right answer before one was given.
#[derive(Clone, Serialize)]
pub(super) struct QuestionView {
    pub id: String,
    pub prompt: String,
    pub scene: String,
    pub multiple: bool,
    pub choices: Vec<ChoiceView>,
    pub answered: bool,
    pub right: bool,
    pub explanation: String,
    pub critical: bool,
    pub missing: bool,
}

/// One answer as it is shown.
#[derive(Clone, Serialize)]
pub(super) struct ChoiceView {
    pub value: usize,
    pub html: String,
    pub chosen: bool,
    pub mark: &'static str,
    pub feedback: String,
}

impl QuestionView {
    /// A question before and after it was answered.
    pub(super) fn samples() -> [Self; 2] {
        let choice = |value, chosen, mark| ChoiceView {
            value,
            html: "Tap the link".into(),
            chosen,
            mark,
            feedback: "<p>The link is the attack.</p>".into(),
        };
        let question = |answered, marks: [&'static str; 3]| Self {
            id: "parcel".into(),
            prompt: "A message says your parcel is held.".into(),
            scene: "<p>It is Friday.</p>".into(),
            multiple: answered,
            choices: vec![choice(0, answered, marks[0]), choice(1, false, marks[1]), choice(2, false, marks[2])],
            answered,
            right: false,
            explanation: "<p>Haste helps attackers.</p>".into(),
            critical: true,
            missing: !answered,
        };
        [question(false, ["", "", ""]), question(true, ["wrong", "right", ""])]
    }
}

impl Page for LessonPage {
    const NAME: &'static str = "training/lesson";
    const SOURCE: &'static str = include_str!("templates/lesson.hbs");

    fn title(&self, _: Lang) -> String {
        self.lesson_title.clone()
    }

    fn samples() -> Vec<Self> {
        let line =
            || LessonLine { part: "02".into(), title: "Passwords".into(), summary: String::new(), minutes: 3, done: false, current: false };
        let [open, answered] = QuestionView::samples();
        let text = || BlockView { html: Some("<p>Text</p>".into()), ..BlockView::default() };
        let question = |view| BlockView { question: Some(view), ..BlockView::default() };
        let scenarios = || ScenarioView::samples().into_iter().map(|view| BlockView { scenario: Some(view), ..BlockView::default() });
        let page = |blocks, all_answered, neighbour: Option<LessonLine>| Self {
            assignment: "0190".into(),
            part: "01-phishing".into(),
            course_title: "Security awareness".into(),
            lesson_title: "Phishing".into(),
            language: "en".into(),
            number: 1,
            total: 6,
            minutes: 4,
            blocks,
            previous: neighbour.clone(),
            next: neighbour,
            all_answered,
            missing: if all_answered { vec![] } else { vec!["parcel".into()] },
            foreign: all_answered.then(|| "English".into()),
        };
        let blocks = [text(), question(open), question(answered)].into_iter().chain(scenarios()).collect();
        vec![page(blocks, false, Some(line())), page(vec![], true, None)]
    }
}
