//! The thread that looks after the server for as long as the program lives: it runs the server when
//! it holds the owner's lock, and otherwise watches the lock and takes over when the owner is gone.
//! Never stops a server that another process owns.

use super::account::Account;
use super::cluster;
use super::error::PostgresError;
use super::guests;
use super::leftovers;
use super::lock::OwnerLock;
use super::log_file;
use super::place::Place;
use super::postmaster::Postmaster;
use super::probe;
use super::programs::Programs;
use std::process::ExitStatus;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

const WATCH_LOCK: Duration = Duration::from_millis(250);
const WATCH_SERVER: Duration = Duration::from_millis(200);
const AWAIT_OWNER: Duration = Duration::from_millis(50);
const ATTACH_PATIENCE: Duration = Duration::from_secs(60);
const SHORTEST_BACKOFF: Duration = Duration::from_millis(200);
const LONGEST_BACKOFF: Duration = Duration::from_secs(30);
/// Helpers of a killed postmaster may hold its shared memory for a moment.
const FIRST_TRIES: u32 = 4;
const LOG_CHECK: Duration = Duration::from_secs(60);

/// What the thread works with.
pub(super) struct Keeper {
    pub place: Place,
    pub account: Account,
    pub durable: bool,
    pub notice: fn(&str),
    pub owner: Arc<AtomicBool>,
    /// Hangs up when the thread shall end.
    pub stop: Receiver<()>,
    /// Hears once how the start went.
    pub started: Option<Sender<Result<(), PostgresError>>>,
}

enum Turn {
    /// The program ends.
    Stop,
    /// Look at the lock again after this time.
    Again(Duration),
}

/// How one run of the server ended.
enum Run {
    Stopped,
    Died { status: ExitStatus, was_ready: bool },
}

impl Keeper {
    /// Runs until told to stop, or until the first start fails.
    pub fn keep(mut self) {
        let began = Instant::now();
        let mut backoff = SHORTEST_BACKOFF;
        loop {
            let turn = match OwnerLock::try_take(&self.place, &self.account) {
                Ok(Some(lock)) => self.own(&lock),
                Ok(None) => self.attach(began),
                Err(error) => Err(error),
            };
            let pause = match (turn, &self.started) {
                (Ok(Turn::Stop), _) => return,
                (Ok(Turn::Again(pause)), _) => {
                    backoff = SHORTEST_BACKOFF;
                    pause
                }
                (Err(error), Some(started)) => {
                    let _ = started.send(Err(error));
                    return;
                }
                (Err(error), None) => {
                    self.tell(&error.to_string());
                    backoff = (backoff * 2).min(LONGEST_BACKOFF);
                    backoff
                }
            };
            if self.told_to_stop_within(pause) {
                return;
            }
        }
    }

    /// Another process runs the server: wait until it answers, then watch the lock.
    fn attach(&mut self, began: Instant) -> Result<Turn, PostgresError> {
        if self.started.is_none() {
            return Ok(Turn::Again(WATCH_LOCK));
        }
        if probe::is_ready(&self.place.socket()) {
            self.report_start();
            return Ok(Turn::Again(WATCH_LOCK));
        }
        if began.elapsed() < ATTACH_PATIENCE {
            return Ok(Turn::Again(AWAIT_OWNER));
        }
        let (root, log) = (self.place.root.clone(), self.place.log.clone());
        Err(PostgresError::OwnerSilent { root, log, seconds: ATTACH_PATIENCE.as_secs() })
    }

    /// We hold the lock: run the server until told to stop.
    fn own(&mut self, lock: &OwnerLock) -> Result<Turn, PostgresError> {
        if self.started.is_none() {
            self.tell("its owner is gone; this process runs the server now");
        }
        self.owner.store(true, Ordering::SeqCst);
        let turn = self.serve(lock);
        self.place.tidy();
        self.owner.store(false, Ordering::SeqCst);
        turn
    }

    fn serve(&mut self, lock: &OwnerLock) -> Result<Turn, PostgresError> {
        let programs = self.prepare()?;
        let (mut backoff, mut failures, mut was_up) = (SHORTEST_BACKOFF, 0, false);
        loop {
            if !lock.is_current() {
                return Err(PostgresError::FolderReplaced { root: self.place.root.clone() });
            }
            let began = Instant::now();
            let Run::Died { status, was_ready } = self.run_once(&programs, was_up)? else { return Ok(Turn::Stop) };
            was_up |= was_ready;
            failures += 1;
            if !was_up && failures >= FIRST_TRIES {
                let (log, last_lines) = (self.place.log.clone(), log_file::last_lines(&self.place.log));
                return Err(PostgresError::Ended { status, log, last_lines });
            }
            if began.elapsed() > LONGEST_BACKOFF * 2 {
                backoff = SHORTEST_BACKOFF;
            }
            self.tell(&format!("the server ended ({status}); it starts again in {} ms", backoff.as_millis()));
            if self.told_to_stop_within(backoff) {
                return Ok(Turn::Stop);
            }
            backoff = (backoff * 2).min(LONGEST_BACKOFF);
        }
    }

    /// Everything that comes before the server itself.
    fn prepare(&self) -> Result<Programs, PostgresError> {
        let made_by = cluster::made_by(&self.place.data)?;
        let programs = Programs::find(made_by, &self.place.data, &self.account)?;
        if made_by.is_none() {
            cluster::create(&self.place, &programs, &self.account, self.durable)?;
        }
        self.account.own_folder(&self.place.run)?;
        cluster::write_access_rules(&self.place, &self.account)?;
        leftovers::stop_orphan(&self.place, self.notice)?;
        Ok(programs)
    }

    /// One run of the server, from its start to its end or ours.
    fn run_once(&mut self, programs: &Programs, again: bool) -> Result<Run, PostgresError> {
        leftovers::remove_stale_files(&self.place);
        let mut server = Postmaster::start(programs, &self.place, &self.account, self.durable)?;
        let (mut was_ready, mut pause, mut log_checked) = (false, Duration::from_millis(10), Instant::now());
        loop {
            if let Some(status) = server.ended() {
                return Ok(Run::Died { status, was_ready });
            }
            if !was_ready {
                was_ready = probe::is_ready(&self.place.socket());
                pause = if was_ready { WATCH_SERVER } else { (pause * 5 / 4).min(WATCH_SERVER) };
                if was_ready && again {
                    self.tell("the server is up again");
                }
            }
            if was_ready {
                self.report_start();
            }
            if log_checked.elapsed() > LOG_CHECK {
                let _ = log_file::keep_small(&self.place.log);
                log_checked = Instant::now();
            }
            if self.told_to_stop_within(pause) {
                let closed = guests::close(&self.place, &self.account, |message| self.tell(message), || server.ended().is_some());
                drop(server);
                drop(closed);
                leftovers::remove_stale_files(&self.place);
                return Ok(Run::Stopped);
            }
        }
    }

    fn report_start(&mut self) {
        if let Some(started) = self.started.take() {
            let _ = started.send(Ok(()));
        }
    }

    fn tell(&self, message: &str) {
        (self.notice)(&format!("private PostgreSQL in {}: {message}", self.place.root.display()));
    }

    fn told_to_stop_within(&self, pause: Duration) -> bool {
        self.stop.recv_timeout(pause) != Err(RecvTimeoutError::Timeout)
    }
}
