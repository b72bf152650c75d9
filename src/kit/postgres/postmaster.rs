//! One run of the server process, from `postgres` to its end.
//! Never outlives this value: dropping it stops the server and reaps it.

use super::account::Account;
use super::cluster::rule_files;
use super::error::PostgresError;
use super::log_file;
use super::place::Place;
use super::programs::Programs;
use nix::sys::signal::{self, Signal};
use nix::unistd::Pid;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

const SETTINGS: [&str; 10] = [
    "listen_addresses=", // no TCP
    "unix_socket_permissions=0700",
    "max_connections=120",
    "shared_buffers=64MB",
    "log_statement=none", // neither statements nor what people typed go to the log
    "log_parameter_max_length=0",
    "log_parameter_max_length_on_error=0",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse", // no DETAIL: it quotes rows
    "jit=off",                   // no memory that is first written, then run: a hardened service forbids it
];
/// For throw-away clusters of tests. Commits still reach the system before they are answered, so
/// that a killed server loses nothing: only a power failure does harm.
const NOT_DURABLE: [&str; 2] = ["fsync=off", "full_page_writes=off"];

/// The running server.
#[derive(Debug)]
pub(super) struct Postmaster {
    child: Child,
}

impl Postmaster {
    /// Starts the server. On Linux it ends with the calling *thread*: call this from one that lives
    /// as long as the server should.
    pub fn start(programs: &Programs, place: &Place, account: &Account, durable: bool) -> Result<Self, PostgresError> {
        let _ = log_file::keep_small(&place.log);
        let log = account.open_to_append(&place.log)?;
        let also_log = log.try_clone().map_err(PostgresError::io("open", &place.log))?;
        let mut command = account.command(&programs.postgres());
        command.arg("-D").arg(&place.data).arg("-p").arg(place.port());
        command.arg("-k").arg(quoted(&place.run));
        for setting in SETTINGS.iter().chain(if durable { &[][..] } else { &NOT_DURABLE }) {
            command.args(["-c", setting]);
        }
        let (rules, idents) = rule_files(place);
        command.arg("-c").arg(setting("hba_file=", &rules)).arg("-c").arg(setting("ident_file=", &idents));
        command.stdout(log).stderr(also_log);
        end_with_this_thread(&mut command, Signal::SIGINT);
        let child = command.spawn().map_err(PostgresError::io("start", &programs.postgres()))?;
        Ok(Self { child })
    }

    /// How the server ended, `None` while it runs.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Orderly: roll back, checkpoint, exit. Then without the checkpoint. Then by force.
    fn stop(&mut self) {
        for (order, patience) in [(Signal::SIGINT, 15), (Signal::SIGQUIT, 10), (Signal::SIGKILL, 10)] {
            let end = Instant::now() + Duration::from_secs(patience);
            if self.ended().is_some() {
                return;
            }
            let _ = signal::kill(Pid::from_raw(self.child.id().cast_signed()), order);
            while Instant::now() < end {
                if self.ended().is_some() {
                    return;
                }
                thread::sleep(Duration::from_millis(10));
            }
        }
    }
}

impl Drop for Postmaster {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The system sends `order` to the program when the thread that starts it ends, and so also when
/// our process is killed.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "std has no other way to act between fork and exec")]
pub(super) fn end_with_this_thread(command: &mut Command, order: Signal) {
    use nix::errno::Errno;
    use nix::sys::prctl::set_pdeathsig;
    use nix::unistd::{getpid, getppid};
    use std::os::unix::process::CommandExt;
    let parent = getpid();
    // After std's setuid, which would clear it. We may have been killed before it was set.
    let tie = move || {
        set_pdeathsig(order)?;
        if getppid() == parent { Ok(()) } else { Err(Errno::ESRCH.into()) }
    };
    // SAFETY: runs between fork and exec, and only makes system calls: no allocation, no lock.
    unsafe { command.pre_exec(tie) };
}

/// No such signal here: the next owner stops the orphan.
#[cfg(not(target_os = "linux"))]
pub(super) fn end_with_this_thread(_command: &mut Command, _order: Signal) {}

/// The server reads a list of directories, where commas and quotes have a meaning.
fn quoted(folder: &Path) -> OsString {
    let inner = folder.as_os_str().as_bytes().iter().flat_map(|byte| match byte {
        b'"' => vec![b'"', b'"'],
        other => vec![*other],
    });
    OsString::from_vec([b'"'].into_iter().chain(inner).chain([b'"']).collect())
}

fn setting(name: &str, path: &Path) -> OsString {
    let mut setting = OsString::from(name);
    setting.push(path);
    setting
}
