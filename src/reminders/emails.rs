//! The reminder: everything a person owes, most urgent first.

use crate::kit::i18n::Lang;
use crate::kit::render::Email;
use crate::kit::render::Template;
use serde::Serialize;

/// All mail templates of this feature.
pub fn templates() -> Vec<Template> {
    vec![Template::email::<ReminderMail>()]
}

/// One reminder of everything that is owed.
#[derive(Serialize)]
pub(super) struct ReminderMail {
    pub name: String,
    pub organisation: String,
    pub lines: Vec<ReminderLine>,
    pub count: usize,
    pub overdue: bool,
    pub address: String,
    pub intranet: String,
    pub compliance_email: String,
}

/// One thing that is owed.
#[derive(Clone, Serialize)]
pub(super) struct ReminderLine {
    pub title: String,
    pub kind: &'static str,
    pub due: String,
    pub state: &'static str,
    pub days: i64,
}

impl Email for ReminderMail {
    const NAME: &'static str = "reminders/reminder_mail";
    const TEXT: &'static str = include_str!("templates/reminder_mail.txt.hbs");
    const HTML: &'static str = include_str!("templates/reminder_mail.html.hbs");

    fn subject(&self, lang: Lang) -> String {
        let key = if self.overdue { "reminder-subject-overdue" } else { "reminder-subject" };
        let first = self.lines.first();
        lang.text_with(
            key,
            [
                ("count", self.count.into()),
                ("title", first.map(|line| line.title.clone()).unwrap_or_default().into()),
                ("due", first.map(|line| line.due.clone()).unwrap_or_default().into()),
            ],
        )
    }

    fn samples() -> Vec<Self> {
        let line = |state, days| ReminderLine {
            title: "Acceptable use".into(),
            kind: "policy",
            due: "Tuesday 24 November 2026".into(),
            state,
            days,
        };
        let mail = |lines: Vec<ReminderLine>, overdue| Self {
            name: "Trần Thị Mai".into(),
            organisation: "Example".into(),
            count: lines.len(),
            lines,
            overdue,
            address: "https://avow.example.org/".into(),
            intranet: "https://avow.example.org".into(),
            compliance_email: "compliance@example.org".into(),
        };
        vec![mail(vec![line("overdue", 3), line("due_soon", 2), line("open", 0)], true), mail(vec![line("open", 0)], false)]
    }
}
