//! Commands that use the server for a while hold `guests.lock` together; whoever runs the server lets them finish before it
//! stops. A process that stays, such as `avow serve`, is no guest: it outlives a restart. Never waits for ever.

use super::account::Account;
use super::error::PostgresError;
use super::place::Place;
use std::fs::File;
use std::thread;
use std::time::{Duration, Instant};

/// A guest that takes longer is cut off: its work is rolled back.
const PATIENCE: Duration = Duration::from_secs(600);
const TELL_AFTER: Duration = Duration::from_secs(1);
const LOOK_AGAIN: Duration = Duration::from_millis(50);

fn file(place: &Place, account: &Account) -> Result<File, PostgresError> {
    account.open_to_append(&place.root.join("guests.lock"))
}

/// Held by a guest for as long as it uses the server.
#[derive(Debug)]
pub(super) struct Guest(File);

impl Guest {
    /// Comes in; waits while a server is just being stopped.
    pub fn enter(place: &Place, account: &Account) -> Result<Self, PostgresError> {
        let file = file(place, account)?;
        file.lock_shared().map_err(PostgresError::io("lock", &place.root.join("guests.lock")))?;
        Ok(Self(file))
    }
}

impl Drop for Guest {
    /// By hand: a child that another thread is just forking may hold a copy of the descriptor.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// Keeps guests out while the server stops.
#[derive(Debug)]
pub(super) struct Closed(File);

impl Drop for Closed {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// Waits until no guest is left, or until `is_pointless` says so.
pub(super) fn close(place: &Place, account: &Account, tell: impl Fn(&str), mut is_pointless: impl FnMut() -> bool) -> Option<Closed> {
    let file = file(place, account).ok()?;
    let began = Instant::now();
    let mut is_told = false;
    while file.try_lock().is_err() {
        if began.elapsed() > PATIENCE || is_pointless() {
            return None;
        }
        if !is_told && began.elapsed() > TELL_AFTER {
            tell("another command uses the database; it may finish before the server stops");
            is_told = true;
        }
        thread::sleep(LOOK_AGAIN);
    }
    Some(Closed(file))
}
