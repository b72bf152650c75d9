//! What can go wrong with the private server, told so that the reader knows what to do next.
//! Never holds a secret: paths, versions and lines of the server's log only.

use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

/// Why the private PostgreSQL could not be started.
#[derive(Debug)]
pub enum PostgresError {
    /// No folder holds usable server programs.
    NoPrograms {
        /// What was found, and why it was passed over.
        seen: Vec<String>,
    },
    /// `PG_BIN_DIR` is set, and no usable server programs are there.
    WrongBinDir {
        /// What `PG_BIN_DIR` says.
        folder: PathBuf,
        /// What was found there, and why it was passed over.
        seen: Vec<String>,
    },
    /// The data directory was made by a major version that is not installed.
    OtherMajor {
        /// The data directory.
        data: PathBuf,
        /// The major version that made it.
        made_by: u32,
        /// Which versions are installed, and where.
        seen: Vec<String>,
    },
    /// The folder for the data holds something else.
    NotACluster {
        /// That folder.
        data: PathBuf,
    },
    /// We are root, and there is no user to run the server as.
    NoAccount,
    /// Our user has no name, and PostgreSQL asks for one.
    NoUserName {
        /// The number of our user.
        uid: u32,
    },
    /// Data exists, and the user who must run its server cannot get there.
    Unreachable {
        /// The data directory.
        data: PathBuf,
        /// The name of that user.
        account: String,
    },
    /// A folder that must be ours belongs to somebody else, or is no folder.
    ForeignFolder {
        /// That folder.
        folder: PathBuf,
        /// Whose it must be.
        account: String,
    },
    /// `initdb` failed.
    InitFailed {
        /// The data directory that was to be made.
        data: PathBuf,
        /// What `initdb` said.
        output: String,
    },
    /// The server ended before it answered.
    Ended {
        /// How it ended.
        status: ExitStatus,
        /// Its log.
        log: PathBuf,
        /// The end of its log.
        last_lines: String,
    },
    /// The server of a killed owner does not stop.
    OrphanStays {
        /// The number of its process.
        pid: i32,
        /// The data directory it uses.
        data: PathBuf,
    },
    /// Another process holds the lock, and its server does not answer.
    OwnerSilent {
        /// The folder of the server.
        root: PathBuf,
        /// Its log.
        log: PathBuf,
        /// How long we waited.
        seconds: u64,
    },
    /// The folder was removed or replaced while we ran the server in it.
    FolderReplaced {
        /// That folder.
        root: PathBuf,
    },
    /// The thread that keeps the server panicked.
    KeeperDied {
        /// The folder of the server.
        root: PathBuf,
    },
    /// The system refused something.
    Io {
        /// What was being done, to be followed by the path.
        doing: &'static str,
        /// To what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

const INSTALL: &str = "Set DATABASE_URL to use a server of your own, or install PostgreSQL \
    (Debian, Ubuntu: apt-get install postgresql; Fedora: dnf install postgresql-server; \
    macOS: brew install postgresql), or set PG_BIN_DIR to the folder that holds `initdb` and `postgres`.";

impl PostgresError {
    /// For `map_err`: adds what was being done, and to which path.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io { doing, path, source }
    }
}

impl Display for PostgresError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPrograms { seen } => {
                write!(f, "No PostgreSQL server programs (15 or newer) were found{}. {INSTALL}", listed(seen))
            }
            Self::WrongBinDir { folder, seen } => {
                write!(
                    f,
                    "PG_BIN_DIR is {}, and no usable PostgreSQL server programs are there{}. {INSTALL}",
                    folder.display(),
                    listed(seen)
                )
            }
            Self::OtherMajor { data, made_by, seen } => write!(
                f,
                "The data in {} was made by PostgreSQL {made_by}, which was not found{}. Install PostgreSQL {made_by} \
                 (or point PG_BIN_DIR to it). To move to another version: dump the data with the old one (pg_dumpall), start Avow with another data folder, and load it there (psql).",
                data.display(),
                listed(seen)
            ),
            Self::NotACluster { data } => write!(
                f,
                "{} is not empty and holds no PostgreSQL data, so nothing was touched. Choose another folder, or move its contents away.",
                data.display()
            ),
            Self::NoAccount => write!(
                f,
                "PostgreSQL does not run as root, and neither user `postgres` nor `nobody` exists. Run as a normal user, add one of them, or set DATABASE_URL."
            ),
            Self::NoUserName { uid } => write!(
                f,
                "User id {uid} has no name (no line in /etc/passwd), and PostgreSQL asks for one. Add the line, run as a named user, or set DATABASE_URL."
            ),
            Self::Unreachable { data, account } => write!(
                f,
                "The data in {} cannot be reached by user {account}, who runs its server. Let that user pass (chmod o+x on each folder above it), or move the folder.",
                data.display()
            ),
            Self::ForeignFolder { folder, account } => write!(
                f,
                "{} must be a folder of user {account}, and is not. Look at what it is; if nobody needs it, remove it and start again.",
                folder.display()
            ),
            Self::InitFailed { data, output } => {
                write!(f, "PostgreSQL could not make its data directory {}: initdb said:\n{}", data.display(), output.trim_end())
            }
            Self::Ended { status, log, last_lines } => {
                write!(
                    f,
                    "The private PostgreSQL ended before it was ready ({status}). The last lines of its log {}:\n{last_lines}",
                    log.display()
                )
            }
            Self::OrphanStays { pid, data } => write!(
                f,
                "PostgreSQL process {pid} of an earlier run still uses {} and does not stop. Stop it (kill -QUIT {pid}) and start again.",
                data.display()
            ),
            Self::OwnerSilent { root, log, seconds } => write!(
                f,
                "Another process runs the private PostgreSQL in {}, and it did not answer within {seconds} seconds. Its log: {}",
                root.display(),
                log.display()
            ),
            Self::FolderReplaced { root } => {
                write!(f, "{} was removed or replaced while its PostgreSQL ran. Start the program again.", root.display())
            }
            Self::KeeperDied { root } => {
                write!(f, "The thread that looks after the private PostgreSQL in {} failed; its panic message is above.", root.display())
            }
            Self::Io { doing, path, source } => {
                write!(f, "Could not {doing} {}: {source}.", path.display())?;
                match source.kind() {
                    io::ErrorKind::PermissionDenied => write!(f, " Run as the user who owns it, or set DATABASE_URL."),
                    _ => Ok(()),
                }
            }
        }
    }
}

impl Error for PostgresError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

fn listed(seen: &[String]) -> String {
    if seen.is_empty() { String::new() } else { format!(" (passed over: {})", seen.join("; ")) }
}
