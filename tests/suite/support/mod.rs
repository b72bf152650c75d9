//! The harness. A story asks for an [`Avow`]: a running program with its own database, clock and mail folder, in which a small
//! company has been imported and its programme applied. Nothing is shared, nothing sleeps.

mod avow;
mod axe;
mod browser;
mod cluster;
mod crowd;
mod deeds;
mod mailbox;
mod routes;
mod smtp;
pub mod source;
mod visitor;

pub use avow::Avow;
pub use avow::CANARIES;
pub use avow::copy;
pub use avow::fixture;
pub use avow::run;
pub use axe::Axe;
pub use browser::Browser;
pub use browser::Look;
pub use crowd::crowd;
pub use deeds::answers;
pub use deeds::attest;
pub use deeds::begin;
pub use deeds::lessons;
pub use deeds::pairs;
pub use deeds::pass;
pub use routes::Route;
pub use routes::exported;
pub use smtp::Encryption;
pub use smtp::Handed;
pub use smtp::Smtp;
pub use visitor::Answer;
pub use visitor::Visitor;

use std::time::Duration;
use std::time::Instant;

/// The first instant of every story: a Monday morning in Berlin.
pub const MONDAY: &str = "2026-03-02T09:00:00Z";

/// Asks again until there is an answer; fails after half a minute.
pub async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < end, "waited in vain until {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
