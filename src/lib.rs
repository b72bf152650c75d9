//! Avow trains people in security, has them attest to policies, and proves both.
//!
//! The modules stand in reading order: each may use those above it, never those below.
//! `ARCHITECTURE.md` walks through two requests from end to end.

pub mod kit;

pub mod content;

pub mod ctx;
pub mod rights;

pub mod people;

pub mod access;

pub mod library;

pub mod programme;

pub mod policies;
pub mod training;

pub mod reminders;

pub mod reports;

pub mod preview;

pub mod app;
pub mod probes;
pub mod routes;
pub mod schedule;

pub mod cli;

#[allow(missing_docs, reason = "written by diesel print-schema")]
pub mod schema;
