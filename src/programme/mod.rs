//! Who owes what, by when, and why: requirements, their rules, the assignments that follow, what completes them.
//!
//! Tables: `assignments`; facts: `requirements`, `requirement_rules`, `scope_changes`, `completions`, `refusals`.
//! Invariants: no assignment without a reason; one completion an assignment; a rule is never changed, only followed by another.

pub mod actions;
mod audience;
mod due;
mod evaluation;
mod file;
mod impact;
pub mod jobs;
mod model;
mod pages;
mod queries;
mod revision;
pub mod routes;
mod state;

pub use audience::Audience;
pub use audience::Condition;
pub use due::end_of_day;
pub use file::ProgrammeFile;
pub use impact::Candidate;
pub use impact::Impact;
pub use impact::impact;
pub use model::Assignment;
pub use model::Completion;
pub use model::NewCompletion;
pub use model::NewRefusal;
pub use model::Requirement;
pub use model::Rule;
pub use pages::templates;
pub use queries::assignment;
pub use queries::completion;
pub use queries::completions_of;
pub use queries::newest_of_course;
pub use queries::record_completion;
pub use queries::record_refusal;
pub use revision::Revision;
pub use revision::Revisions;
pub use revision::reopened;
pub use state::Standing;
pub use state::State;

pub use actions::standings;
pub use actions::standings_of;
