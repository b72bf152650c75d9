//! Finds the folder with `initdb` and `postgres`: `PG_BIN_DIR`, then PATH, then where distributions
//! put them, newest first. Never downloads anything, and never picks another major version than the
//! one that made the data.

use super::account::Account;
use super::error::PostgresError;
use std::cmp::Reverse;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The oldest major version that the program is tested with.
const OLDEST: u32 = 15;

/// Folders whose entries hold a `bin`, and how the names of these entries begin.
const DISTRIBUTIONS: [(&str, &str); 9] = [
    ("/usr/lib/postgresql", ""),   // Debian, Ubuntu
    ("/usr", "pgsql-"),            // PostgreSQL's own RPMs
    ("/usr/lib", "postgresql"),    // openSUSE
    ("/usr/lib64", "postgresql-"), // Gentoo
    ("/opt/homebrew/opt", "postgresql"),
    ("/usr/local/opt", "postgresql"), // Homebrew on Intel
    ("/Library/PostgreSQL", ""),
    ("/Applications/Postgres.app/Contents/Versions", ""),
    ("/usr/local", "pgsql"), // built from source
];

/// A folder that holds the server programs.
#[derive(Debug)]
pub(super) struct Programs {
    folder: PathBuf,
}

impl Programs {
    /// The programs for the data made by `pinned`, or for new data.
    pub fn find(pinned: Option<u32>, data: &Path, account: &Account) -> Result<Self, PostgresError> {
        let mut search = Search { pinned, account, seen: Vec::new() };
        if let Some(folder) = env::var_os("PG_BIN_DIR").map(PathBuf::from) {
            if let Some(found) = search.first_of([folder.clone()]) {
                return Ok(found);
            }
            if pinned.is_none() || search.seen.is_empty() {
                return Err(PostgresError::WrongBinDir { folder, seen: search.seen });
            }
        }
        let path = env::var_os("PATH").unwrap_or_default();
        if let Some(found) = search.first_of(env::split_paths(&path).chain(distribution_folders())) {
            return Ok(found);
        }
        let seen = search.seen;
        Err(match pinned {
            Some(made_by) => PostgresError::OtherMajor { data: data.to_path_buf(), made_by, seen },
            None => PostgresError::NoPrograms { seen },
        })
    }

    pub fn initdb(&self) -> PathBuf {
        self.folder.join("initdb")
    }

    pub fn postgres(&self) -> PathBuf {
        self.folder.join("postgres")
    }
}

struct Search<'a> {
    pinned: Option<u32>,
    account: &'a Account,
    /// What was passed over, for the error message.
    seen: Vec<String>,
}

impl Search<'_> {
    fn first_of(&mut self, folders: impl IntoIterator<Item = PathBuf>) -> Option<Programs> {
        folders.into_iter().find_map(|folder| self.look_into(&folder))
    }

    /// Both programs must be there, and `postgres` must tell a fitting version when the server's
    /// user runs it: this also finds out that this user cannot get there.
    fn look_into(&mut self, folder: &Path) -> Option<Programs> {
        let holds_both = |folder: &Path| folder.join("initdb").is_file() && folder.join("postgres").is_file();
        if !holds_both(folder) {
            return None;
        }
        let real = folder.join("postgres").canonicalize().ok().and_then(|real| Some(real.parent()?.to_path_buf()));
        let folder = real.filter(|real| holds_both(real)).unwrap_or_else(|| folder.to_path_buf());
        let answer = self.account.command(&folder.join("postgres")).arg("--version").output();
        let remark = match answer.map(|answer| major_in(&String::from_utf8_lossy(&answer.stdout))) {
            Ok(Some(major)) if self.pinned.map_or(major >= OLDEST, |pinned| pinned == major) => return Some(Programs { folder }),
            Ok(Some(major)) => format!("{} is version {major}", folder.display()),
            Ok(None) => format!("{}/postgres does not tell its version", folder.display()),
            Err(error) => format!("{}/postgres does not run as user {}: {error}", folder.display(), self.account.name()),
        };
        if !self.seen.contains(&remark) {
            self.seen.push(remark);
        }
        None
    }
}

fn distribution_folders() -> impl Iterator<Item = PathBuf> {
    DISTRIBUTIONS.iter().flat_map(|(base, beginning)| newest_first(Path::new(base), beginning))
}

fn newest_first(base: &Path, beginning: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(base).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.starts_with(beginning)).collect();
    names.sort_by_cached_key(|name| Reverse(first_number(name)));
    names.iter().map(|name| base.join(name).join("bin")).collect()
}

/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` tells 15.
fn major_in(answer: &str) -> Option<u32> {
    first_number(answer.split_once("(PostgreSQL)")?.1)
}

fn first_number(text: &str) -> Option<u32> {
    let from = text.find(|c: char| c.is_ascii_digit())?;
    let number = text[from..].split(|c: char| !c.is_ascii_digit()).next()?;
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{major_in, newest_first};
    use std::fs;
    use std::path::Path;

    #[test]
    fn the_major_version_is_read_from_the_answer() {
        assert_eq!(major_in("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major_in("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major_in("mysqld 8.0.36"), None);
        assert_eq!(major_in(""), None);
    }

    #[test]
    fn newer_versions_come_first_by_number_not_by_letters() {
        let base = tempfile::tempdir().unwrap();
        for name in ["postgresql@9.6", "postgresql@17", "postgresql", "mysql@99", "postgresql@15"] {
            fs::create_dir(base.path().join(name)).unwrap();
        }
        let found = newest_first(base.path(), "postgresql");
        let names = ["postgresql@17/bin", "postgresql@15/bin", "postgresql@9.6/bin", "postgresql/bin"];
        assert_eq!(found, names.map(|name| base.path().join(name)));
        assert!(newest_first(Path::new("/nowhere"), "").is_empty());
    }
}
