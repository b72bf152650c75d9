//! Where everything of one private server lies, and its URL.
//! Never starts anything, and never makes more than folders.

use super::account::Account;
use super::error::PostgresError;
use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Only names the socket file: no TCP port is opened.
const PORT: u16 = 5432;
/// The system's limit for a socket is 104 bytes on macOS and 108 on Linux.
const LONGEST_SOCKET: usize = 100;

/// The folders and files of one private server.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// Holds everything; its mode and owner are left alone when it was there before us.
    pub root: PathBuf,
    /// The cluster, owned by the server's user.
    pub data: PathBuf,
    /// The socket directory, mode 0700.
    pub run: PathBuf,
    pub log: PathBuf,
}

impl Place {
    /// Decides where the server lives and who runs it, and makes the root folder.
    pub fn settle(wanted: &Path, notice: fn(&str)) -> Result<(Self, Account), PostgresError> {
        let wanted = resolved(wanted)?;
        let account = Account::for_data(&wanted.join("data"))?;
        let root = reachable_root(&wanted, &account, notice)?;
        let account = Account::for_data(&root.join("data"))?;
        make_passage(&root, account.passage_mode())?;
        Ok((Self::new(root), account))
    }

    fn new(root: PathBuf) -> Self {
        let (data, log, mut run) = (root.join("data"), root.join("postgres.log"), root.join("run"));
        if socket_in(&run).as_os_str().len() > LONGEST_SOCKET {
            // /tmp, not $TMPDIR: every process must come to the same answer
            run = PathBuf::from(format!("/tmp/avow-pg-{:016x}", fingerprint(&root)));
        }
        Self { root, data, run, log }
    }

    pub fn socket(&self) -> PathBuf {
        socket_in(&self.run)
    }

    pub fn socket_lock(&self) -> PathBuf {
        self.run.join(format!(".s.PGSQL.{PORT}.lock"))
    }

    pub fn port(&self) -> String {
        PORT.to_string()
    }

    /// Where superuser `avow` reaches `database`.
    pub fn url(&self, database: &str) -> String {
        let (database, host) = (encoded(database.as_bytes()), encoded(self.run.as_os_str().as_bytes()));
        format!("postgres://avow@/{database}?host={host}&port={PORT}")
    }

    /// Takes the socket directory away again where it lies outside the root.
    pub fn tidy(&self) {
        if !self.run.starts_with(&self.root) {
            let _ = fs::remove_dir(&self.run);
        }
    }
}

/// `wanted` itself, or a folder in /var/lib when we are root and the server's user cannot get there
/// (a checkout below /root, for instance). Data that exists is never left behind for an empty cluster.
fn reachable_root(wanted: &Path, account: &Account, notice: fn(&str)) -> Result<PathBuf, PostgresError> {
    let fallback = PathBuf::from(format!("/var/lib/avow-{:016x}", fingerprint(wanted)));
    let made = |root: &Path| root.join("data/PG_VERSION").exists();
    let (reachable, made_here) = (account.can_reach(wanted), made(wanted));
    if made_here && !reachable {
        return Err(PostgresError::Unreachable { data: wanted.join("data"), account: account.name().to_owned() });
    }
    if made_here || (reachable && !made(&fallback)) {
        return Ok(wanted.to_path_buf());
    }
    let why = if reachable { "was out of reach" } else { "is out of reach" };
    notice(&format!(
        "{} {why} for user {}, who runs the private PostgreSQL: its data is kept in {}",
        wanted.display(),
        account.name(),
        fallback.display()
    ));
    Ok(fallback)
}

/// The path without links, also where its end does not exist yet: two spellings, one server.
fn resolved(path: &Path) -> Result<PathBuf, PostgresError> {
    let path = std::path::absolute(path).map_err(PostgresError::io("make sense of", path))?;
    let known = path.ancestors().find_map(|known| Some((known, known.canonicalize().ok()?)));
    Ok(match known {
        Some((known, real)) if known == path => real,
        Some((known, real)) => real.join(path.strip_prefix(known).unwrap_or(&path)),
        None => path,
    })
}

/// Makes `folder` and its parents where they are missing, with this mode whatever the umask says.
fn make_passage(folder: &Path, mode: u32) -> Result<(), PostgresError> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        make_passage(parent, mode)?;
    }
    match fs::create_dir(folder) {
        Ok(()) => fs::set_permissions(folder, Permissions::from_mode(mode)).map_err(PostgresError::io("protect", folder)),
        Err(_) if folder.is_dir() => Ok(()), // another process was faster
        Err(error) => Err(PostgresError::io("make the folder", folder)(error)),
    }
}

fn socket_in(run: &Path) -> PathBuf {
    run.join(format!(".s.PGSQL.{PORT}"))
}

/// FNV-1a: a short name for a long path, the same in every process and version.
fn fingerprint(path: &Path) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    path.as_os_str().as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, step)
}

fn encoded(bytes: &[u8]) -> String {
    let one = |byte: &u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(*byte).to_string(),
        other => format!("%{other:02X}"),
    };
    bytes.iter().map(one).collect()
}
