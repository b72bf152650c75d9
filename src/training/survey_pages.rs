//! The two questions that whoever has completed a course may answer.

use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use crate::kit::render::Template;
use serde::Serialize;

/// The form, which several pages show.
pub(super) fn form() -> Template {
    Template::part("training/survey_form", include_str!("templates/survey_form.hbs"))
}

/// The form, or the thanks.
#[derive(Clone, Serialize)]
pub(super) struct SurveyView {
    pub assignment: String,
    /// Whether an answer for this assignment was counted; nobody knows which.
    pub heard: bool,
    /// Whether it was sent without any answer.
    pub missing: bool,
    pub questions: [&'static str; 2],
    pub answers: [AnswerView; 5],
}

/// One of the answers.
#[derive(Clone, Copy, Serialize)]
pub(super) struct AnswerView {
    pub value: u8,
    /// `low` and `high` at the ends, which have words.
    pub end: &'static str,
}

impl SurveyView {
    /// The form for that assignment.
    pub(super) fn new(assignment: String, heard: bool) -> Self {
        let answer = |value| AnswerView {
            value,
            end: if value == 1 {
                "low"
            } else if value == 5 {
                "high"
            } else {
                ""
            },
        };
        Self { assignment, heard, missing: false, questions: ["useful", "clear"], answers: [1, 2, 3, 4, 5].map(answer) }
    }
}

/// The form on a page of its own.
#[derive(Serialize)]
pub(super) struct SurveyPage {
    pub assignment: String,
    pub course_title: String,
    pub survey: Option<SurveyView>,
}

impl Page for SurveyPage {
    const NAME: &'static str = "training/survey";
    const SOURCE: &'static str = include_str!("templates/survey.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("survey-title")
    }

    fn samples() -> Vec<Self> {
        let page = |heard, missing| Self {
            assignment: "0190".into(),
            course_title: "Security awareness".into(),
            survey: Some(SurveyView { missing, ..SurveyView::new("0190".into(), heard) }),
        };
        vec![page(false, true), page(false, false), page(true, false)]
    }
}
