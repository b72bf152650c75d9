//! The roster's pages.

use crate::kit::i18n::Lang;
use crate::kit::paging::Paging;
use crate::kit::render::Page;
use crate::kit::render::Template;
use serde::Serialize;

/// All templates of this feature.
pub fn templates() -> Vec<Template> {
    vec![Template::page::<RosterPage>()]
}

/// The list of people, and the imports that made it.
#[derive(Serialize)]
pub(super) struct RosterPage {
    pub search: String,
    pub found: usize,
    pub total: usize,
    pub people: Vec<PersonLine>,
    pub paging: Paging,
    pub batches: Vec<BatchLine>,
}

/// One person of the list.
#[derive(Clone, Serialize)]
pub(super) struct PersonLine {
    pub hr_id: String,
    pub name: String,
    pub kind: String,
    pub department: String,
    pub location: String,
    pub starts_on: String,
    pub ends_on: Option<String>,
    pub state: &'static str,
}

/// One import.
#[derive(Serialize)]
pub(super) struct BatchLine {
    pub recorded_at: String,
    pub feed: String,
    pub file_name: String,
    pub received: i32,
    pub accepted: i32,
    pub rejected: i32,
    pub snapshot: bool,
    pub sha256: String,
}

impl Page for RosterPage {
    const NAME: &'static str = "people/roster";
    const SOURCE: &'static str = include_str!("templates/roster.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("roster-title")
    }

    fn samples() -> Vec<Self> {
        let person = PersonLine {
            hr_id: "00107".into(),
            name: "Mai Trần".into(),
            kind: "employee".into(),
            department: "Engineering".into(),
            location: "Berlin".into(),
            starts_on: "2026-11-15".into(),
            ends_on: None,
            state: "here",
        };
        let left = PersonLine {
            hr_id: "C-7".into(),
            ends_on: Some("2026-11-20".into()),
            state: "left",
            kind: "contractor".into(),
            ..person.clone()
        };
        let batch = BatchLine {
            recorded_at: "2026-11-24 08:00".into(),
            feed: "people".into(),
            file_name: "people.csv".into(),
            received: 242,
            accepted: 242,
            rejected: 0,
            snapshot: true,
            sha256: "9f2c".repeat(16),
        };
        let [many, one] = Paging::samples();
        vec![
            Self { search: "mai".into(), found: 2, total: 240, people: vec![person, left], paging: many, batches: vec![batch] },
            Self { search: String::new(), found: 0, total: 0, people: vec![], paging: one, batches: vec![] },
        ]
    }
}
