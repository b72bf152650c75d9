//! What compliance, managers and administrators see. Reads only; every file says what it holds and proves it by hashes.

mod completion;
pub mod library;
mod manifest;
pub mod operations;
mod pages;
pub mod quality;
mod queries;
pub mod routes;
pub mod team;

pub use completion::Filter;
pub use completion::Report;
pub use completion::build;
pub use completion::instant;
pub use manifest::Manifest;
pub use pages::templates;
