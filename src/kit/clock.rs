//! The one source of the present instant. Everything else takes `now` as an argument.

use chrono::DateTime;
use chrono::SubsecRound;
use chrono::Utc;
use std::path::PathBuf;

/// Tells the time: the system's, or in environment `test` the instant written in a file.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The system's clock, which production keeps to the database's.
    System,
    /// An RFC 3339 instant, read again at each call, so that a test can move time under a running program.
    File(PathBuf),
}

impl Clock {
    /// The present instant, cut to microseconds: what PostgreSQL stores is what the program computed with.
    ///
    /// # Panics
    /// When a test's clock file is missing or holds no instant: a test without its clock must not go on.
    #[allow(clippy::disallowed_methods, reason = "this is the one place that asks the system")]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now(),
            Self::File(path) => std::fs::read_to_string(path)
                .ok()
                .and_then(|text| text.trim().parse().ok())
                .unwrap_or_else(|| panic!("{} holds no RFC 3339 instant", path.display())),
        }
        .trunc_subsecs(6)
    }
}
