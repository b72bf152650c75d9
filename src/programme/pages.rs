//! What learners owe and have done, and why; and the programme as compliance reads it.

use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use crate::kit::render::Template;
use serde::Serialize;

/// All templates of this feature.
pub fn templates() -> Vec<Template> {
    vec![Template::page::<HomePage>(), Template::page::<RecordPage>(), Template::page::<WhyPage>(), Template::page::<ProgrammePage>()]
}

/// What is owed, by when, what next.
#[derive(Serialize)]
pub(super) struct HomePage {
    pub name: String,
    pub next: Option<OwedLine>,
    pub owed: Vec<OwedLine>,
    pub done: Vec<OwedLine>,
    pub zone: String,
}

/// One assignment.
#[derive(Clone, Serialize)]
pub(super) struct OwedLine {
    pub id: String,
    pub href: String,
    pub title: String,
    pub kind: &'static str,
    pub due: DayView,
    pub done: Option<DayView>,
    pub mark: &'static str,
    pub state: &'static str,
    pub days: i64,
    pub minutes: u32,
    pub is_owed: bool,
    pub declined: bool,
}

/// A day as people write it, in two parts, and as machines do.
#[derive(Clone, Serialize)]
pub(super) struct DayView {
    pub weekday: String,
    pub date: String,
    pub iso: String,
}

fn sample_line() -> OwedLine {
    let day = || DayView { weekday: "Tuesday".into(), date: "24 November 2026".into(), iso: "2026-11-24".into() };
    OwedLine {
        id: "0190".into(),
        href: "/courses/0190".into(),
        title: "Security awareness".into(),
        kind: "course",
        due: day(),
        done: Some(day()),
        mark: "due-soon",
        state: "due_soon",
        days: 3,
        minutes: 34,
        is_owed: true,
        declined: false,
    }
}

impl Page for HomePage {
    const NAME: &'static str = "programme/home";
    const SOURCE: &'static str = include_str!("templates/home.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("home-title")
    }

    fn samples() -> Vec<Self> {
        let states = ["open", "due_soon", "overdue", "paused", "not_open"];
        let lines = states.map(|state| OwedLine { state, declined: state == "open", ..sample_line() });
        let done = ["complete_on_time", "complete_late"].map(|state| OwedLine { state, ..sample_line() });
        let (name, zone) = (String::from("Mai"), String::from("Europe/Berlin"));
        vec![
            Self { name: name.clone(), next: Some(sample_line()), owed: lines.into(), done: done.into(), zone: zone.clone() },
            Self { name, next: None, owed: vec![], done: vec![], zone },
        ]
    }
}

/// Certificates and receipts: what a person keeps.
#[derive(Serialize)]
pub(super) struct RecordPage {
    pub kept: Vec<KeptLine>,
    pub about: Vec<AboutLine>,
}

/// One certificate or receipt.
#[derive(Serialize)]
pub(super) struct KeptLine {
    pub href: String,
    pub title: String,
    pub evidence: String,
    pub version: i32,
    pub when: String,
}

/// One thing the roster says about the person.
#[derive(Serialize)]
pub(super) struct AboutLine {
    pub label: &'static str,
    pub value: String,
}

impl Page for RecordPage {
    const NAME: &'static str = "programme/record";
    const SOURCE: &'static str = include_str!("templates/record.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("record-title")
    }

    fn samples() -> Vec<Self> {
        let kept = |evidence: &str| KeptLine {
            href: "/receipts/0190".into(),
            title: "Acceptable use".into(),
            evidence: evidence.into(),
            version: 1,
            when: "Tuesday 24 November 2026".into(),
        };
        let about = AboutLine { label: "roster-department", value: "Engineering".into() };
        vec![Self { kept: vec![kept("attempt"), kept("attestation")], about: vec![about] }, Self { kept: vec![], about: vec![] }]
    }
}

/// Why somebody is on the list, step by step.
#[derive(Serialize)]
pub(super) struct WhyPage {
    /// Whose assignment it is, for whoever looks at somebody else's.
    pub of: Option<String>,
    /// What the keys of its words start with.
    pub why: &'static str,
    pub line: OwedLine,
    pub rule: &'static str,
    pub in_force_from: String,
    pub start: String,
    pub last_completed: String,
    /// From when on the version counts that asks anew.
    pub effective: String,
    pub months: u64,
    pub conditions: Vec<ConditionLine>,
    pub original_due: String,
    pub moved: bool,
    /// `leave` or `revised`.
    pub moved_by: &'static str,
    pub zone: String,
    pub assigned: String,
}

/// One condition that holds.
#[derive(Serialize)]
pub(super) struct ConditionLine {
    pub field: String,
    pub op: String,
    pub values: String,
}

impl Page for WhyPage {
    const NAME: &'static str = "programme/why";
    const SOURCE: &'static str = include_str!("templates/why.hbs");

    fn title(&self, lang: Lang) -> String {
        let title = ("title", self.line.title.clone().into());
        match &self.of {
            None => lang.text_with("why-title", [title]),
            Some(name) => lang.text_with("why-other-title", [title, ("name", name.clone().into())]),
        }
    }

    fn samples() -> Vec<Self> {
        let page = |rule, moved, conditions| Self {
            of: None,
            why: "why-",
            line: sample_line(),
            rule,
            in_force_from: "1 October 2026".into(),
            start: "15 November 2026".into(),
            last_completed: "2 January 2025".into(),
            effective: "1 May 2026".into(),
            months: 12,
            conditions,
            original_due: "24 November 2026".into(),
            moved,
            moved_by: if rule == "revised" { "revised" } else { "leave" },
            zone: "Europe/Berlin".into(),
            assigned: "15 November 2026".into(),
        };
        let fields = ["kind", "department", "location", "country", "legal_entity", "job_role"];
        let line = |field: &str, op: &str| ConditionLine { field: field.into(), op: op.into(), values: "employee".into() };
        let conditions = fields.iter().flat_map(|field| [line(field, "in"), line(field, "not_in")]).collect();
        let pages = |conditions| {
            [
                page("launch", true, conditions),
                page("joiner", false, vec![]),
                page("entered", false, vec![]),
                page("rolling", false, vec![]),
                page("revised", true, vec![]),
            ]
        };
        let other = |page| Self { of: Some("Mai Trần".into()), why: "why-other-", ..page };
        pages(conditions).into_iter().chain(pages(vec![line("kind", "in")]).map(other)).collect()
    }
}

/// All requirements with their rules.
#[derive(Serialize)]
pub(super) struct ProgrammePage {
    pub requirements: Vec<RequirementLine>,
}

/// One requirement.
#[derive(Serialize)]
pub(super) struct RequirementLine {
    pub slug: String,
    pub title: String,
    pub group: String,
    pub kind: &'static str,
    pub rule_version: i32,
    pub in_force_from: String,
    pub months: Option<u32>,
    pub launch_days: u32,
    pub joiner_days: u32,
    pub all: Vec<ConditionLine>,
    pub any: Vec<ConditionLine>,
}

impl Page for ProgrammePage {
    const NAME: &'static str = "programme/programme";
    const SOURCE: &'static str = include_str!("templates/programme.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("programme-title")
    }

    fn samples() -> Vec<Self> {
        let condition = || vec![ConditionLine { field: "kind".into(), op: "in".into(), values: "Employee, Contractor".into() }];
        let line = |months, kind, all, any| RequirementLine {
            slug: "awareness".into(),
            title: "Security awareness".into(),
            group: "annual-round".into(),
            kind,
            rule_version: 1,
            in_force_from: "2026-10-01".into(),
            months,
            launch_days: 30,
            joiner_days: 14,
            all,
            any,
        };
        let requirements = vec![
            line(Some(12), "course", condition(), condition()),
            line(None, "policy", vec![], condition()),
            line(None, "policy", vec![], vec![]),
        ];
        vec![Self { requirements }, Self { requirements: vec![] }]
    }
}
