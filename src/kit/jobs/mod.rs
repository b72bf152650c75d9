//! A durable queue in the database. A job is a few ids, enqueued in the transaction of the change that caused it; it may
//! run twice and must not mind; it ends, is tried again later, or is given up and stays to be seen in the dead list.

mod queries;
mod worker;

pub use queries::DeadJob;
pub use queries::NewJob;
pub use queries::count_waiting;
pub use queries::dead;
pub use queries::enqueue;
pub use queries::retry;
pub use queries::take_schedule;
pub use worker::Tick;
pub use worker::Worker;

use crate::kit::mail::MailError;
use serde_json::Value;
use std::fmt;

/// A job that has been taken to be run.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its place in the queue.
    pub id: i64,
    /// What is to be done: `feature.verb`.
    pub kind: String,
    /// The ids it is about.
    pub payload: Value,
    /// Which run this is, from 1. It also names the lease: whoever holds an older one has lost the job.
    pub attempts: i32,
}

/// Why a job did not end well. The words go to the dead list: no personal data.
#[derive(Debug)]
pub enum JobError {
    /// Try again later.
    Again(String),
    /// It will never work.
    GiveUp(String),
}

impl fmt::Display for JobError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Again(why) | Self::GiveUp(why) => formatter.write_str(why),
        }
    }
}

impl<E: Into<crate::kit::error::AppError>> From<E> for JobError {
    fn from(error: E) -> Self {
        Self::Again(error.into().to_string())
    }
}

impl From<MailError> for JobError {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Later(why) => Self::Again(why),
            MailError::Never(why) => Self::GiveUp(why),
        }
    }
}
