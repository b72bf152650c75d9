//! The roster: persons, their engagements and leaves, and how they come in.
//!
//! Tables: `persons`, `engagements`, `leaves`, `departments`, `locations`; facts: `roster_batches`, `roster_changes`.
//! Invariants: a person is known by an id of ours, never by an address; nobody is deleted; every change names its batch.

pub mod actions;
mod import_queries;
mod leaves_file;
mod model;
mod pages;
mod people_file;
mod plan;
mod queries;
pub mod routes;
mod rows;
mod within;

pub use import_queries::lock_roster;
pub use model::Engagement;
pub use model::EngagementKind;
pub use model::Leave;
pub use model::Person;
pub use model::PersonFacts;
#[cfg(test)]
pub use model::samples;
pub use pages::templates;
pub use people_file::is_country;
pub use queries::Recorded;
pub use queries::by_email;
pub use queries::by_hr_id;
pub use queries::engaged_by_email;
pub use queries::facts;
pub use queries::facts_of;
pub use queries::is_legal_entity;
pub use queries::manages;
pub use queries::person;
pub use queries::recorded;
pub use rows::Rejected;
pub use within::Within;
pub use within::within;
