//! The register, and the page of one course or policy.

use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use crate::kit::render::Template;
use crate::reports::library::review_pages::ChangesPage;
use crate::reports::library::review_pages::TextChange;
use crate::reports::library::review_pages::VersionPage;
use serde::Serialize;

/// All templates of this feature.
pub fn templates() -> Vec<Template> {
    vec![
        Template::page::<RegisterPage>(),
        Template::page::<ContentPage>(),
        Template::page::<VersionPage>(),
        Template::page::<ChangesPage>(),
    ]
}

/// Every course and policy.
#[derive(Serialize)]
pub(super) struct RegisterPage {
    /// Whether the content folder can be read at all.
    pub readable: bool,
    pub errors: usize,
    pub warnings: usize,
    pub waiting: Vec<ProposalLine>,
    pub contents: Vec<ContentLine>,
}

/// A proposal that waits for a second person.
#[derive(Serialize)]
pub(super) struct ProposalLine {
    pub href: String,
    pub title: String,
    pub version: i32,
    pub author: String,
    pub when: String,
}

/// One course or policy of the register.
#[derive(Serialize)]
pub(super) struct ContentLine {
    pub href: String,
    pub kind: String,
    pub slug: String,
    pub title: String,
    /// The newest published version.
    pub version: Option<i32>,
    pub effective: String,
    pub review_by: String,
    pub overdue: bool,
    /// The version in the folder.
    pub folder_version: Option<i32>,
    /// How the folder compares: the end of a message's key.
    pub state: &'static str,
    pub proposed: bool,
}

impl Page for RegisterPage {
    const NAME: &'static str = "library/register";
    const SOURCE: &'static str = include_str!("templates/register.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("register-title")
    }

    fn samples() -> Vec<Self> {
        let line = |state, version: Option<i32>| ContentLine {
            href: "/library/policies/clear-desk".into(),
            kind: "policy".into(),
            slug: "clear-desk".into(),
            title: "Clear desk".into(),
            version,
            effective: "2026-09-01".into(),
            review_by: "2027-08-31".into(),
            overdue: version.is_some(),
            folder_version: Some(2),
            state,
            proposed: state == "next",
        };
        let waiting = ProposalLine {
            href: "/library/policies/clear-desk".into(),
            title: "Clear desk".into(),
            version: 2,
            author: "Vera Text".into(),
            when: "Tuesday 24 November 2026, 10:00".into(),
        };
        let states = ["published", "next", "changed", "older", "missing", "faulty"];
        let contents = states.map(|state| line(state, Some(1))).into_iter().chain([line("new", None)]).collect();
        vec![
            Self { readable: true, errors: 2, warnings: 1, waiting: vec![waiting], contents },
            Self { readable: false, errors: 1, warnings: 0, waiting: vec![], contents: vec![] },
        ]
    }
}

/// One course or policy: its versions, what stands in the folder, who decides.
#[derive(Serialize)]
pub(super) struct ContentPage {
    pub shelf: &'static str,
    pub kind: &'static str,
    pub slug: String,
    pub content_title: String,
    pub may_publish: bool,
    pub can_propose: bool,
    /// What was wrong with the form that was sent.
    pub problem: Option<String>,
    pub versions: Vec<VersionLine>,
    pub folder: Option<FolderView>,
    pub proposal: Option<OpenProposal>,
    pub history: Vec<HistoryLine>,
    pub reviews: Vec<ReviewLine>,
    pub in_force: bool,
    pub next_review: String,
    /// What first answers and the survey say of a course.
    pub quality: Option<QualityLine>,
}

/// What first answers and the survey say of a course, in short.
#[derive(Serialize)]
pub(super) struct QualityLine {
    pub measured: usize,
    pub flagged: usize,
    pub useful: Option<String>,
    pub clear: Option<String>,
}

/// A published version.
#[derive(Serialize)]
pub(super) struct VersionLine {
    pub version: i32,
    pub materiality: String,
    pub effective: String,
    pub published: String,
    pub changes: String,
    pub frameworks: String,
    pub author: Option<String>,
    pub approver: Option<String>,
    /// The version before, to compare with; 0: none.
    pub before: i32,
}

/// What stands in the content folder.
#[derive(Serialize)]
pub(super) struct FolderView {
    pub version: i32,
    pub materiality: &'static str,
    pub effective: String,
    pub changes: String,
    pub state: &'static str,
    pub errors: usize,
    pub diagnostics: Vec<DiagnosticLine>,
    pub is_publishable: bool,
    pub impact: Option<ImpactView>,
    /// The newest published version, which it is compared with.
    pub newest: Option<i32>,
    pub texts: Vec<TextChange>,
}

/// One thing that is wrong in the folder.
#[derive(Serialize)]
pub(super) struct DiagnosticLine {
    pub severity: &'static str,
    pub is_error: bool,
    pub code: &'static str,
    pub place: String,
    pub message: String,
    pub help: String,
    pub excerpt: String,
}

/// Whom a publication would reach.
#[derive(Serialize)]
pub(super) struct ImpactView {
    pub requirements: Vec<String>,
    pub bound: usize,
    pub reopened: usize,
    pub open: usize,
    pub moved: usize,
    pub first_due: String,
    pub departments: Vec<Affected>,
    pub people: Vec<String>,
    pub more: usize,
}

/// How many of a department.
#[derive(Serialize)]
pub(super) struct Affected {
    pub name: String,
    pub count: usize,
}

/// A proposal without a decision.
#[derive(Serialize)]
pub(super) struct OpenProposal {
    pub id: String,
    pub version: i32,
    pub materiality: String,
    pub note: String,
    pub author: String,
    pub when: String,
    /// Whether what was proposed still stands in the folder.
    pub stands: bool,
    pub can_approve: bool,
    pub can_return: bool,
    pub can_withdraw: bool,
}

/// A decision that was made.
#[derive(Serialize)]
pub(super) struct HistoryLine {
    pub version: i32,
    pub author: String,
    pub note: String,
    pub decision: String,
    pub who: String,
    pub reason: String,
    pub when: String,
}

/// A review that was recorded.
#[derive(Serialize)]
pub(super) struct ReviewLine {
    pub version: i32,
    pub outcome: String,
    pub threats: String,
    pub notes: String,
    pub next: String,
    pub who: String,
    pub when: String,
}

impl Page for ContentPage {
    const NAME: &'static str = "library/content";
    const SOURCE: &'static str = include_str!("templates/content.hbs");

    fn title(&self, _: Lang) -> String {
        self.content_title.clone()
    }

    fn samples() -> Vec<Self> {
        let sample = Sample { state: "next", errors: 0, rights: [true, false, false] };
        vec![
            sample.page(),
            Sample { rights: [false, true, true], ..sample }.page(),
            Sample { state: "faulty", errors: 1, rights: [false; 3] }.page(),
            Self { folder: None, proposal: None, versions: vec![], history: vec![], reviews: vec![], ..sample.page() },
        ]
    }
}

/// What differs between the samples of a page: how the folder stands, and who looks.
#[derive(Clone, Copy)]
struct Sample {
    state: &'static str,
    errors: usize,
    /// To propose, to withdraw, to approve.
    rights: [bool; 3],
}

impl Sample {
    fn page(self) -> ContentPage {
        let [can_propose, can_withdraw, can_approve] = self.rights;
        let when = || "Tuesday 24 November 2026, 10:00".to_owned();
        let decision = |decision: &str| HistoryLine {
            version: 1,
            author: "Vera Text".into(),
            note: "First version".into(),
            decision: decision.into(),
            who: "Nora Blau".into(),
            reason: "Fine".into(),
            when: when(),
        };
        let review = |outcome: &str| ReviewLine {
            version: 1,
            outcome: outcome.into(),
            threats: "Voice cloning".into(),
            notes: "None".into(),
            next: "Thursday 30 September 2027".into(),
            who: "Nora Blau".into(),
            when: when(),
        };
        ContentPage {
            shelf: "courses",
            kind: "course",
            slug: "safe-mail".into(),
            content_title: "Safe mail".into(),
            may_publish: can_propose || can_approve,
            can_propose,
            problem: can_approve.then(|| "Who proposed it cannot approve it.".into()),
            versions: vec![Self::version(1), Self::version(2)],
            folder: Some(self.folder()),
            proposal: (can_withdraw || can_approve).then(|| OpenProposal {
                id: "0190".into(),
                version: 3,
                materiality: "material".into(),
                note: "New rule about badges".into(),
                author: "Vera Text".into(),
                when: when(),
                stands: can_approve,
                can_approve,
                can_return: can_approve,
                can_withdraw,
            }),
            history: ["approved", "returned", "withdrawn"].map(decision).into(),
            reviews: vec![review("unchanged"), review("change")],
            in_force: can_propose,
            next_review: "2027-11-27".into(),
            quality: (!can_withdraw).then(|| QualityLine {
                measured: 12,
                flagged: 2,
                useful: can_propose.then(|| "4.2".into()),
                clear: can_propose.then(|| "3.9".into()),
            }),
        }
    }

    fn version(version: i32) -> VersionLine {
        VersionLine {
            version,
            materiality: "notify".into(),
            effective: "2026-09-01".into(),
            published: "2026-08-20".into(),
            changes: "Badges".into(),
            frameworks: "ISO 27001:2022 A.6.3".into(),
            author: (version > 1).then(|| "Vera Text".into()),
            approver: (version > 1).then(|| "Nora Blau".into()),
            before: version - 1,
        }
    }

    fn folder(self) -> FolderView {
        let diagnostic = DiagnosticLine {
            severity: "error",
            is_error: true,
            code: "link-dead",
            place: "courses/safe-mail/en/01-links.md:7:3".into(),
            message: "names no heading".into(),
            help: "end the heading with {#x}".into(),
            excerpt: "See [there](#x)".into(),
        };
        let impact = ImpactView {
            requirements: vec!["mail-course".into()],
            bound: 240,
            reopened: 12,
            open: 3,
            moved: 1,
            first_due: "Thursday 31 December 2026".into(),
            departments: vec![Affected { name: "Care".into(), count: 12 }, Affected { name: String::new(), count: 1 }],
            people: if self.rights[0] { vec!["Lena Brandt".into()] } else { vec![] },
            more: 7,
        };
        FolderView {
            version: 3,
            materiality: "material",
            effective: "Tuesday 1 December 2026".into(),
            changes: "Badges count as papers.".into(),
            state: self.state,
            errors: self.errors,
            diagnostics: if self.errors > 0 { vec![diagnostic] } else { vec![] },
            is_publishable: self.errors == 0,
            impact: (self.errors == 0).then_some(impact),
            newest: Some(2),
            texts: TextChange::samples(),
        }
    }
}
