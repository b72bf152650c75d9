//! Taking a course over several visits: lessons with knowledge checks, a quiz, a certificate.
//!
//! Tables: `draft_answers`; facts: `course_runs`, `check_answers`, `finished_lessons`, `attempts`, `attempt_results`.
//! Invariants: a run stays with the version it began with; right answers leave the server only after an answer came;
//! nothing is marked by time spent.

mod actions;
mod model;
mod pages;
pub mod preview;
mod queries;
mod quiz_pages;
pub mod quiz_routes;
pub mod routes;
pub mod simulate;

pub use pages::templates;
