//! The pages of a quiz and of what it earns.

use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use crate::training::pages::QuestionView;
use crate::training::survey_pages::SurveyView;
use serde::Serialize;

/// A paper to be answered.
#[derive(Serialize)]
pub(super) struct AttemptPage {
    pub assignment: String,
    pub number: i32,
    pub course_title: String,
    pub quiz_title: String,
    pub language: String,
    pub questions: Vec<QuestionView>,
    pub pass_mark: u32,
    pub missing: Vec<MissingLine>,
    pub saved: bool,
}

/// A question that still has no answer.
#[derive(Serialize)]
pub(super) struct MissingLine {
    pub id: String,
    pub number: usize,
}

impl Page for AttemptPage {
    const NAME: &'static str = "training/attempt";
    const SOURCE: &'static str = include_str!("templates/attempt.hbs");

    fn title(&self, _: Lang) -> String {
        self.quiz_title.clone()
    }

    fn samples() -> Vec<Self> {
        let page = |missing, saved| Self {
            assignment: "0190".into(),
            number: 1,
            course_title: "Security awareness".into(),
            quiz_title: "Quiz".into(),
            language: "en".into(),
            questions: vec![QuestionView::samples()[0].clone()],
            pass_mark: 80,
            missing,
            saved,
        };
        vec![page(vec![MissingLine { id: "parcel".into(), number: 1 }], false), page(vec![], true)]
    }
}

/// What came of an attempt, and why.
#[derive(Serialize)]
pub(super) struct ResultPage {
    pub assignment: String,
    pub number: i32,
    pub course_title: String,
    pub language: String,
    pub passed: bool,
    pub right: i32,
    /// What was earned, where some answers were right in part.
    pub points: Option<String>,
    pub total: usize,
    pub needed: usize,
    pub missed_critical: bool,
    pub wrong: Vec<QuestionView>,
    pub certificate: Option<String>,
    pub survey: Option<SurveyView>,
}

impl Page for ResultPage {
    const NAME: &'static str = "training/result";
    const SOURCE: &'static str = include_str!("templates/result.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text(if self.passed { "result-passed" } else { "result-not-passed" })
    }

    fn samples() -> Vec<Self> {
        let page = |passed, wrong, certificate: Option<&str>| Self {
            assignment: "0190".into(),
            number: 1,
            course_title: "Security awareness".into(),
            language: "en".into(),
            passed,
            right: 11,
            points: passed.then(|| "11.50".into()),
            total: 12,
            needed: 10,
            missed_critical: !passed,
            wrong,
            certificate: certificate.map(Into::into),
            survey: certificate.map(|_| SurveyView::new("0190".into(), true)),
        };
        vec![page(false, vec![QuestionView::samples()[1].clone()], None), page(true, vec![], Some("0191"))]
    }
}

/// A certificate of completion.
#[derive(Serialize)]
pub(super) struct CertificatePage {
    pub number: String,
    pub name: String,
    pub course_title: String,
    pub version: i32,
    pub completed: String,
    pub completed_iso: String,
    pub hash: String,
    pub survey: Option<SurveyView>,
}

impl Page for CertificatePage {
    const NAME: &'static str = "training/certificate";
    const SOURCE: &'static str = include_str!("templates/certificate.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("certificate-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self {
            number: "0191".into(),
            name: "Trần Thị Mai".into(),
            course_title: "Security awareness".into(),
            version: 1,
            completed: "Tuesday 24 November 2026, 09:12 (Asia/Ho_Chi_Minh)".into(),
            completed_iso: "2026-11-24T02:12:00Z".into(),
            hash: "9f2c".repeat(16),
            survey: Some(SurveyView::new("0190".into(), false)),
        }]
    }
}
