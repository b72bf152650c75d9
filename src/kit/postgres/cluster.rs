//! Makes the cluster, once, and writes who may connect, at every start.
//! Never touches a folder that holds something else, and never leaves half a cluster under the name
//! `data`: it grows as `data.new-…` and is renamed when it is complete.

use super::account::{Account, our_name};
use super::error::PostgresError;
use super::place::Place;
use super::postmaster::end_with_this_thread;
use super::programs::Programs;
use nix::sys::signal::Signal;
use std::collections::BTreeSet;
use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process;
use std::thread;
use std::time::{Duration, Instant};

/// The only name that the ident map leads to, and the server's superuser.
const SUPERUSER: &str = "avow";
/// How the name of a cluster begins while it is being made.
const GROWING: &str = "data.new";

/// The major version that made the data, `None` when there is no data yet.
pub(super) fn made_by(data: &Path) -> Result<Option<u32>, PostgresError> {
    let version = data.join("PG_VERSION");
    match fs::read_to_string(&version) {
        Ok(text) => {
            let major = text.trim().split('.').next().and_then(|major| major.parse().ok());
            let wrong = || PostgresError::io("make sense of", &version)(io::Error::other("no version number in it"));
            major.map(Some).ok_or_else(wrong)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => no_data_yet(data).map(|()| None),
        Err(error) => Err(PostgresError::io("read", &version)(error)),
    }
}

/// Nothing, or an empty folder: anything else is not ours to remove.
fn no_data_yet(data: &Path) -> Result<(), PostgresError> {
    match fs::remove_dir(data) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(_) => Err(PostgresError::NotACluster { data: data.to_path_buf() }),
    }
}

/// Makes the cluster; the caller holds the owner's lock.
pub(super) fn create(place: &Place, programs: &Programs, account: &Account, durable: bool) -> Result<(), PostgresError> {
    remove_half_made(&place.root)?;
    // a name of our own: without pdeathsig (macOS) a killed owner's initdb may still be at work
    let growing = place.root.join(format!("{GROWING}-{}", process::id()));
    account.own_folder(&growing)?;
    let mut initdb = account.command(&programs.initdb());
    initdb.args(["--username", SUPERUSER, "--auth", "peer", "--encoding", "UTF8", "--no-locale"]);
    initdb.args(["--data-checksums", "--no-clean", "--pgdata"]).arg(&growing);
    if !durable {
        initdb.arg("--no-sync");
    }
    end_with_this_thread(&mut initdb, Signal::SIGKILL);
    let answer = initdb.output().map_err(PostgresError::io("run", &programs.initdb()))?;
    if !answer.status.success() {
        let output = String::from_utf8_lossy(&answer.stderr).into_owned();
        return Err(PostgresError::InitFailed { data: place.data.clone(), output });
    }
    fs::rename(&growing, &place.data).map_err(PostgresError::io("name the finished data directory", &place.data))?;
    let root = File::open(&place.root).and_then(|root| root.sync_all());
    root.map_err(PostgresError::io("write to disk", &place.root))
}

/// Removes what killed owners left.
fn remove_half_made(root: &Path) -> Result<(), PostgresError> {
    let entries = fs::read_dir(root).map_err(PostgresError::io("read", root))?.flatten();
    let half_made = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(GROWING));
    half_made.map(|entry| entry.path()).try_for_each(|half_made| remove_while_written(&half_made))
}

/// An owner's `initdb` died with it, but a helper of that `initdb` may write for a moment longer:
/// try again while it does.
fn remove_while_written(half_made: &Path) -> Result<(), PostgresError> {
    let end = Instant::now() + Duration::from_secs(10);
    loop {
        match fs::remove_dir_all(half_made) {
            Ok(()) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound && !half_made.exists() => return Ok(()),
            Err(error) if Instant::now() > end => return Err(PostgresError::io("remove the half-made", half_made)(error)),
            Err(_) => thread::sleep(Duration::from_millis(50)),
        }
    }
}

/// The file that tells how to prove who one is, and the one that tells who is `avow`.
pub(super) fn rule_files(place: &Place) -> (PathBuf, PathBuf) {
    (place.root.join("pg_hba.conf"), place.root.join("pg_ident.conf"))
}

/// Peer authentication: the server's user, we, and root are `avow`; nobody else gets in. The files
/// lie beside the data, so that the server itself cannot change them when we are root.
pub(super) fn write_access_rules(place: &Place, account: &Account) -> Result<(), PostgresError> {
    let mut names = BTreeSet::from(["root".to_owned(), account.name().to_owned()]);
    names.extend(our_name());
    let map: String = names.iter().map(|name| format!("avow \"{name}\" {SUPERUSER}\n")).collect();
    let (rules, idents) = rule_files(place);
    replace(&rules, "local all all peer map=avow\n")?;
    replace(&idents, &map)
}

fn replace(path: &Path, text: &str) -> Result<(), PostgresError> {
    let growing = path.with_extension("conf.new");
    fs::write(&growing, text)
        .and_then(|()| fs::set_permissions(&growing, Permissions::from_mode(0o644)))
        .and_then(|()| fs::rename(&growing, path))
        .map_err(PostgresError::io("write", path))
}
