//! What a killed owner or a killed server leaves behind: a running postmaster, stale lock files.
//! Only called with the owner's lock held. Never signals a process by its number alone: numbers are
//! used again.

use super::error::PostgresError;
use super::place::Place;
use nix::sys::signal::{self, Signal};
use nix::unistd::Pid;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// Stops the postmaster that outlived its owner, and waits until it is gone.
pub(super) fn stop_orphan(place: &Place, notice: fn(&str)) -> Result<(), PostgresError> {
    let Some(pid) = live_postmaster(&place.data) else { return Ok(()) };
    notice(&format!("private PostgreSQL in {}: stopping process {pid} of an earlier run", place.root.display()));
    for (order, patience) in [(Signal::SIGINT, 30), (Signal::SIGQUIT, 10)] {
        let _ = signal::kill(pid, order);
        let end = Instant::now() + Duration::from_secs(patience);
        while Instant::now() < end {
            if live_postmaster(&place.data) != Some(pid) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
    Err(PostgresError::OrphanStays { pid: pid.as_raw(), data: place.data.clone() })
}

/// Removes lock files and the socket when no postmaster lives. PostgreSQL itself only asks whether
/// the number in them exists, and it does for a zombie and for a number used again.
pub(super) fn remove_stale_files(place: &Place) {
    if live_postmaster(&place.data).is_none() {
        for stale in [place.data.join("postmaster.pid"), place.socket_lock(), place.socket()] {
            let _ = fs::remove_file(stale);
        }
    }
}

/// The running postmaster of this data directory.
fn live_postmaster(data: &Path) -> Option<Pid> {
    let file = fs::read_to_string(data.join("postmaster.pid")).ok()?;
    let pid: i32 = file.lines().next()?.trim().parse().ok()?;
    (pid > 1 && is_postmaster_of(pid, data)).then(|| Pid::from_raw(pid))
}

/// A postmaster works in its data directory; a zombie works nowhere.
#[cfg(target_os = "linux")]
fn is_postmaster_of(pid: i32, data: &Path) -> bool {
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    let folder = fs::read_link(format!("/proc/{pid}/cwd"));
    name.contains("postgres") && folder.is_ok_and(|folder| folder == data)
}

/// Without /proc: the data directory is in its command line, because we put it there.
#[cfg(not(target_os = "linux"))]
fn is_postmaster_of(pid: i32, data: &Path) -> bool {
    let answer = std::process::Command::new("ps").args(["-ww", "-o", "command=", "-p"]).arg(pid.to_string()).output();
    answer.is_ok_and(|answer| {
        let line = String::from_utf8_lossy(&answer.stdout);
        line.contains("postgres") && line.contains(&*data.to_string_lossy())
    })
}
