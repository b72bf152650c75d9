//! Taking a course over several visits: lessons with knowledge checks, a quiz, a certificate.
//!
//! Tables: `draft_answers`, `survey_counts`; facts: `course_runs`, `check_answers`, `finished_lessons`, `attempts`,
//! `attempt_results`, `surveyed_assignments`.
//! Invariants: a run stays with the version it began with; right answers leave the server only after an answer came;
//! nothing is marked by time spent; nothing leads from an answer of the survey to whoever gave it.

mod actions;
mod model;
mod pages;
pub mod preview;
mod queries;
mod quiz_pages;
pub mod quiz_routes;
pub mod routes;
pub mod simulate;
mod survey_pages;
pub mod survey_routes;

pub use pages::templates;
