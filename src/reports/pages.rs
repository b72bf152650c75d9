//! The pages of reports, of a team, of operations.

use crate::kit::i18n::Lang;
use crate::kit::paging::Paging;
use crate::kit::render::Page;
use crate::kit::render::Template;
use crate::reports::quality;
use serde::Serialize;

/// All templates of this feature.
pub fn templates() -> Vec<Template> {
    let mut templates = vec![
        Template::page::<OverviewPage>(),
        Template::page::<CompletionPage>(),
        Template::page::<TeamPage>(),
        Template::page::<OperationsPage>(),
    ];
    templates.extend(quality::templates());
    templates
}

/// Done, open, overdue of each requirement.
#[derive(Serialize)]
pub(super) struct OverviewPage {
    pub as_of: String,
    pub requirements: Vec<RequirementBar>,
    pub departments: Vec<DepartmentLine>,
    pub declined: Vec<DeclinedLine>,
}

/// Somebody who declines to attest.
#[derive(Serialize)]
pub(super) struct DeclinedLine {
    pub name: String,
    pub policy: String,
    pub version: i32,
    pub when: String,
    pub reason: String,
}

/// How one requirement stands.
#[derive(Serialize)]
pub(super) struct RequirementBar {
    pub slug: String,
    pub title: String,
    pub assigned: usize,
    pub done: usize,
    pub counted: usize,
    pub per_cent: String,
    pub segments: Vec<Segment>,
}

/// One stretch of a bar.
#[derive(Clone, Serialize)]
pub(super) struct Segment {
    pub state: &'static str,
    pub mark: &'static str,
    pub count: usize,
    pub x: usize,
}

/// How one department stands.
#[derive(Serialize)]
pub(super) struct DepartmentLine {
    pub name: String,
    pub query: String,
    pub assigned: usize,
    pub done: usize,
    pub owed: usize,
    pub overdue: usize,
}

impl Page for OverviewPage {
    const NAME: &'static str = "reports/overview";
    const SOURCE: &'static str = include_str!("templates/overview.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("overview-title")
    }

    fn samples() -> Vec<Self> {
        let segment = |state, mark, count, x| Segment { state, mark, count, x };
        let bar = RequirementBar {
            slug: "awareness".into(),
            title: "Security awareness".into(),
            assigned: 10,
            done: 6,
            counted: 10,
            per_cent: "60.0 %".into(),
            segments: vec![segment("complete_on_time", "done", 6, 0), segment("overdue", "overdue", 4, 6)],
        };
        let department =
            DepartmentLine { name: "Engineering".into(), query: "Engineering".into(), assigned: 10, done: 6, owed: 4, overdue: 4 };
        let nowhere = DepartmentLine { name: String::new(), query: String::new(), assigned: 1, done: 0, owed: 1, overdue: 0 };
        let declined = DeclinedLine {
            name: "Mai Trần".into(),
            policy: "Clear desk".into(),
            version: 1,
            when: "2026-11-24".into(),
            reason: "I have no lock".into(),
        };
        let as_of = || String::from("Tuesday 24 November 2026, 09:12 (Europe/Berlin)");
        vec![
            Self { as_of: as_of(), requirements: vec![bar], departments: vec![department, nowhere], declined: vec![declined] },
            Self { as_of: as_of(), requirements: vec![], departments: vec![], declined: vec![] },
        ]
    }
}

/// The completion report, row by row.
#[derive(Serialize)]
pub(super) struct CompletionPage {
    pub as_of: String,
    pub as_of_day: String,
    pub query: String,
    pub total: usize,
    pub totals: Vec<Segment>,
    pub rows: Vec<CompletionLine>,
    pub requirements: Vec<Choice>,
    pub states: Vec<Choice>,
    pub departments: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub paging: Paging,
}

/// One entry of a filter.
#[derive(Serialize)]
pub(super) struct Choice {
    pub value: String,
    pub label: String,
    pub selected: bool,
}

/// One assignment.
#[derive(Serialize)]
pub(super) struct CompletionLine {
    pub assignment: String,
    pub name: String,
    pub hr_id: String,
    pub department: String,
    pub requirement: String,
    pub due: String,
    pub completed: String,
    pub state: &'static str,
    pub mark: &'static str,
    pub days: i64,
    pub declined: bool,
}

impl Page for CompletionPage {
    const NAME: &'static str = "reports/completion";
    const SOURCE: &'static str = include_str!("templates/completion.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("completion-title")
    }

    fn samples() -> Vec<Self> {
        let choice = |value: &str, selected| Choice { value: value.into(), label: value.into(), selected };
        let line = CompletionLine {
            assignment: "0190".into(),
            name: "Mai Trần".into(),
            hr_id: "00107".into(),
            department: "Engineering".into(),
            requirement: "awareness".into(),
            due: "2026-11-24".into(),
            completed: "2026-11-20".into(),
            state: "complete_on_time",
            mark: "done",
            days: 0,
            declined: true,
        };
        let page = |full: bool, rows| Self {
            as_of: "Tuesday 24 November 2026".into(),
            as_of_day: if full { "2026-11-24".into() } else { String::new() },
            query: "requirement=awareness".into(),
            total: usize::from(full),
            totals: if full { vec![Segment { state: "complete_on_time", mark: "done", count: 1, x: 0 }] } else { vec![] },
            rows,
            requirements: vec![choice("awareness", full)],
            states: vec![choice("overdue", full)],
            departments: vec![choice("Engineering", !full)],
            kinds: vec![choice("employee", full)],
            paging: Paging::samples()[usize::from(!full)].clone(),
        };
        vec![page(true, vec![line]), page(false, vec![])]
    }
}

/// A manager's whole line, by status only.
#[derive(Serialize)]
pub(super) struct TeamPage {
    pub choices: Vec<Choice>,
    pub paging: Paging,
    pub people: Vec<TeamLine>,
    pub count: usize,
    pub overdue: usize,
}

/// One person of the line.
#[derive(Clone, Serialize)]
pub(super) struct TeamLine {
    pub name: String,
    pub department: String,
    pub kind: String,
    pub items: Vec<TeamItem>,
}

/// One thing that the person owes or has done.
#[derive(Clone, Serialize)]
pub(super) struct TeamItem {
    pub assignment: String,
    pub title: String,
    pub due: String,
    pub state: &'static str,
    pub mark: &'static str,
    pub is_owed: bool,
    pub days: i64,
}

impl Page for TeamPage {
    const NAME: &'static str = "reports/team";
    const SOURCE: &'static str = include_str!("templates/team.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("team-title")
    }

    fn samples() -> Vec<Self> {
        let item = TeamItem {
            assignment: "0190".into(),
            title: "Security awareness".into(),
            due: "2026-11-24".into(),
            state: "overdue",
            mark: "overdue",
            is_owed: true,
            days: 3,
        };
        let line = |items| TeamLine { name: "Mai Trần".into(), department: "Engineering".into(), kind: "employee".into(), items };
        let [many, one] = Paging::samples();
        let choices = || vec![Choice { value: "overdue".into(), label: "With something overdue".into(), selected: true }];
        vec![
            Self { choices: choices(), paging: many, people: vec![line(vec![item]), line(vec![])], count: 2, overdue: 1 },
            Self { choices: choices(), paging: one, people: vec![], count: 0, overdue: 0 },
        ]
    }
}

/// Health, jobs, mails.
#[derive(Serialize)]
pub(super) struct OperationsPage {
    pub waiting: i64,
    pub dead: Vec<DeadLine>,
    pub schedule: Vec<ScheduleLine>,
    pub mails: Vec<MailLine>,
    pub mail_folder: Option<String>,
    pub version: &'static str,
}

/// A job that was given up.
#[derive(Serialize)]
pub(super) struct DeadLine {
    pub id: i64,
    pub kind: String,
    pub attempts: i32,
    pub error: String,
    pub when: String,
}

/// A schedule and its next time.
#[derive(Serialize)]
pub(super) struct ScheduleLine {
    pub name: String,
    pub next: String,
}

/// Mails of one kind.
#[derive(Serialize)]
pub(super) struct MailLine {
    pub kind: String,
    pub count: i64,
}

impl Page for OperationsPage {
    const NAME: &'static str = "reports/operations";
    const SOURCE: &'static str = include_str!("templates/operations.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("operations-title")
    }

    fn samples() -> Vec<Self> {
        let dead = DeadLine {
            id: 7,
            kind: "reminders.send".into(),
            attempts: 10,
            error: "the mail server answered 550".into(),
            when: "2026-11-24 08:00".into(),
        };
        let schedule = ScheduleLine { name: "programme.evaluate".into(), next: "2026-11-24 09:00".into() };
        let mails = ["sign-in link", "receipt", "reminder"].map(|kind| MailLine { kind: kind.replace(' ', "-"), count: 3 });
        vec![
            Self {
                waiting: 2,
                dead: vec![dead],
                schedule: vec![schedule],
                mails: mails.into(),
                mail_folder: Some("/tmp/mails".into()),
                version: "0.1.0",
            },
            Self { waiting: 0, dead: vec![], schedule: vec![], mails: vec![], mail_folder: None, version: "0.1.0" },
        ]
    }
}
