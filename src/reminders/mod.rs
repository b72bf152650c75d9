//! Reminders: who is told what on which day, once, and how it ended.
//!
//! Tables, all facts: `reminders`, `reminder_steps`, `reminder_outcomes`.
//! Invariants: one reminder a person and day; a step of an assignment is told once; one Message-ID a reminder, for ever.

pub mod actions;
mod emails;
pub mod jobs;
mod model;
mod queries;

pub use emails::templates as email_templates;
