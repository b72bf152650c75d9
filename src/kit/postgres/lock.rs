//! The lock on `owner.lock` decides who runs the server; everybody else attaches.
//! The system frees it with the process, however that ends. Never deleted: two processes could then
//! hold two files of the same name.

use super::account::Account;
use super::error::PostgresError;
use super::place::Place;
use std::fs::{self, File, TryLockError};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

/// Held by the one process that runs the server.
#[derive(Debug)]
pub(super) struct OwnerLock {
    file: File,
    path: PathBuf,
}

impl OwnerLock {
    /// The lock, or `None` while another process holds it.
    pub fn try_take(place: &Place, account: &Account) -> Result<Option<Self>, PostgresError> {
        let path = place.root.join("owner.lock");
        let file = account.open_to_append(&path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { file, path })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(PostgresError::io("lock", &path)(error)),
        }
    }

    /// Whether the file we hold is still the one that others find.
    pub fn is_current(&self) -> bool {
        match (self.file.metadata(), fs::metadata(&self.path)) {
            (Ok(held), Ok(found)) => (held.dev(), held.ino()) == (found.dev(), found.ino()),
            _ => false,
        }
    }
}

impl Drop for OwnerLock {
    /// By hand: a child that another thread is just forking may hold a copy of the descriptor.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}
