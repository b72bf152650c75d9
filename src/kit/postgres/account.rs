//! The system user who runs the server, what this user can reach, and what belongs to it.
//! PostgreSQL refuses to run as root: as root we hand everything to `postgres`, else to `nobody`.
//! Never changes the owner or the mode of a folder that somebody else made.

use super::error::PostgresError;
use nix::unistd::{Uid, User, geteuid};
use std::env;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown, lchown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// Everything else in our environment may be a secret, and is no business of the server.
const KEPT_VARIABLES: [&str; 6] = ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TZ", "TZDIR", "TMPDIR"];

/// The user who runs the server.
#[derive(Debug, Clone)]
pub(super) struct Account {
    user: User,
    /// We are root and become `user` for every program of the server.
    switch: bool,
}

impl Account {
    /// The account for the cluster in `data`: its owner where it exists, so that a user `postgres`
    /// that was added later does not lock us out of a cluster made by `nobody`.
    pub fn for_data(data: &Path) -> Result<Self, PostgresError> {
        let uid = geteuid();
        if !uid.is_root() {
            let user = look_up(User::from_uid(uid))?.ok_or(PostgresError::NoUserName { uid: uid.as_raw() })?;
            return Ok(Self { user, switch: false });
        }
        if let Ok(found) = fs::symlink_metadata(data)
            && found.uid() != 0
            && let Some(user) = look_up(User::from_uid(Uid::from_raw(found.uid())))?
        {
            return Ok(Self { user, switch: true });
        }
        for name in ["postgres", "nobody"] {
            if let Some(user) = look_up(User::from_name(name))? {
                return Ok(Self { user, switch: true });
            }
        }
        Err(PostgresError::NoAccount)
    }

    pub fn name(&self) -> &str {
        &self.user.name
    }

    /// Mode of a folder that we make on the way to the data: the server must get through.
    pub fn passage_mode(&self) -> u32 {
        if self.switch { 0o711 } else { 0o700 }
    }

    /// A program of the server: runs as this user, in a process group of its own (Ctrl-C reaches
    /// us, not the server), without our environment.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        let kept = KEPT_VARIABLES.iter().filter_map(|name| Some((name, env::var_os(name)?)));
        command.env_clear().envs(kept).env("LC_ALL", "C");
        command.current_dir("/").process_group(0).stdin(Stdio::null());
        if self.switch {
            // std drops our supplementary groups as well
            command.uid(self.user.uid.as_raw()).gid(self.user.gid.as_raw());
        }
        command
    }

    /// Whether every existing folder above and including `folder` lets this user pass.
    pub fn can_reach(&self, folder: &Path) -> bool {
        let lets_pass = |found: fs::Metadata| {
            let bit = if found.uid() == self.user.uid.as_raw() {
                0o100
            } else if found.gid() == self.user.gid.as_raw() {
                0o010
            } else {
                0o001
            };
            found.mode() & bit != 0
        };
        !self.switch || folder.ancestors().filter_map(|path| fs::metadata(path).ok()).all(lets_pass)
    }

    /// Makes `folder` for this user alone. One that exists already must be a real folder of this
    /// user: in /tmp, anybody can lay a link in our way.
    pub fn own_folder(&self, folder: &Path) -> Result<(), PostgresError> {
        match DirBuilder::new().mode(0o700).create(folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(PostgresError::io("make the folder", folder)(error));
            }
            _ => {}
        }
        let found = fs::symlink_metadata(folder).map_err(PostgresError::io("look at", folder))?;
        let ours = [self.user.uid, geteuid()].map(Uid::as_raw).contains(&found.uid());
        if !found.is_dir() || !ours {
            return Err(PostgresError::ForeignFolder { folder: folder.to_path_buf(), account: self.user.name.clone() });
        }
        if found.uid() != self.user.uid.as_raw() {
            lchown(folder, Some(self.user.uid.as_raw()), Some(self.user.gid.as_raw())).map_err(PostgresError::io("give away", folder))?;
        }
        fs::set_permissions(folder, Permissions::from_mode(0o700)).map_err(PostgresError::io("protect", folder))
    }

    /// Opens a file of ours beside the data for appending, readable for this user alone.
    pub fn open_to_append(&self, path: &Path) -> Result<File, PostgresError> {
        let open = || {
            let file = OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
            if self.switch && file.metadata()?.uid() != self.user.uid.as_raw() {
                fchown(&file, Some(self.user.uid.as_raw()), Some(self.user.gid.as_raw()))?;
            }
            Ok(file)
        };
        open().map_err(PostgresError::io("open", path))
    }
}

/// Asks the system for a user.
fn look_up(answer: nix::Result<Option<User>>) -> Result<Option<User>, PostgresError> {
    answer.map_err(|error| PostgresError::io("read the list of users", Path::new("/etc/passwd"))(error.into()))
}

/// The name of the user we are, where it has one.
pub(super) fn our_name() -> Option<String> {
    User::from_uid(geteuid()).ok().flatten().map(|user| user.name)
}
