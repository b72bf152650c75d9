//! The private PostgreSQL that the program keeps when no `DATABASE_URL` is given: made once in a
//! folder of its own, started and looked after by this process, reached through a Unix socket.
//!
//! Seven rules, each with a test in `tests/suite/private_postgres.rs`:
//! 1. The lock on `owner.lock` decides who runs the server. Further processes attach, never stop
//!    it, and take over when the owner is gone. The owner lets commands finish before it stops.
//! 2. With the lock held, leftovers of a killed server are cleared away.
//! 3. A cluster is complete before it gets its name.
//! 4. As root the server runs as another user. It ends with us, also when we are killed.
//! 5. No TCP; the socket lies in a folder that only the server's user may enter.
//! 6. Started means that the server answers. A server that dies is started again.
//! 7. Installed programs are used, of the major version that made the data.
//!
//! Never opens a TCP port, never downloads a server, never creates databases or roles (the program
//! does, through its driver), and never touches a folder that holds something else.

mod account;
mod cluster;
mod error;
mod guests;
mod keeper;
mod leftovers;
mod lock;
mod log_file;
mod place;
mod postmaster;
mod probe;
mod programs;

pub use error::PostgresError;

use guests::Guest;
use keeper::Keeper;
use place::Place;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

/// Where the server lives, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder for data, socket and log; made when it is missing.
    pub root: PathBuf,
    /// `false` turns fsync off: for throw-away clusters of tests only.
    pub durable: bool,
    /// `true` for a command that ends by itself: whoever runs the server lets it finish. `false` for a program that stays.
    pub guest: bool,
    /// Hears what happens while the server runs: a restart, a take-over, another folder in use.
    pub notice: fn(&str),
}

impl Options {
    /// A durable server in `root` that tells its news on standard error.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), durable: true, guest: false, notice: |message| eprintln!("{message}") }
    }
}

/// A private PostgreSQL that answers. The owner's value stops the server when it is dropped; the
/// value of a process that attached does not.
#[derive(Debug)]
pub struct PrivatePostgres {
    place: Place,
    owner: Arc<AtomicBool>,
    guest: Option<Guest>,
    /// Dropping it tells the keeper to end.
    stop: Option<Sender<()>>,
    keeper: Option<JoinHandle<()>>,
}

impl PrivatePostgres {
    /// Starts the server in `options.root`, or attaches to the one that another process runs there.
    /// Returns when the server answers. Blocks for seconds the first time: not for an async task.
    pub fn start(options: Options) -> Result<Self, PostgresError> {
        let (place, account) = Place::settle(&options.root, options.notice)?;
        let guest = options.guest.then(|| Guest::enter(&place, &account)).transpose()?;
        let owner = Arc::new(AtomicBool::new(false));
        let (stop, told_to_stop) = mpsc::channel();
        let (started, hear_start) = mpsc::channel();
        let keeper = Keeper {
            place: place.clone(),
            account,
            durable: options.durable,
            notice: options.notice,
            owner: Arc::clone(&owner),
            stop: told_to_stop,
            started: Some(started),
        };
        let thread = thread::Builder::new().name("private-postgres".into()).spawn(move || keeper.keep());
        let thread = thread.map_err(PostgresError::io("start the thread for", &place.root))?;
        let running = Self { place, owner, guest, stop: Some(stop), keeper: Some(thread) };
        match hear_start.recv() {
            Ok(outcome) => outcome.map(|()| running),
            Err(_) => Err(PostgresError::KeeperDied { root: running.place.root.clone() }),
        }
    }

    /// The URL of `database` for the superuser `avow`. Stays the same when the server restarts.
    pub fn url(&self, database: &str) -> String {
        self.place.url(database)
    }

    /// Whether this process runs the server. Becomes true in a process that takes over.
    pub fn is_owner(&self) -> bool {
        self.owner.load(Ordering::SeqCst)
    }

    /// The folder in use: as root not always the one that was asked for.
    pub fn root(&self) -> &Path {
        &self.place.root
    }

    /// The server's log.
    pub fn log_file(&self) -> &Path {
        &self.place.log
    }
}

impl Drop for PrivatePostgres {
    /// Waits until the keeper has ended, and with it the server it ran: first the guests of other processes leave.
    fn drop(&mut self) {
        drop(self.guest.take());
        drop(self.stop.take());
        if let Some(keeper) = self.keeper.take() {
            let _ = keeper.join();
        }
    }
}
