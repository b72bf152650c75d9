//! The files of an import: found in order, bounded in number and size, never through a link.

use crate::cli::content::import::report;
use crate::content::import;
use crate::content::import::Note;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// What a text of the content folder may have.
pub(super) const MAX_BYTES: u64 = 1_000_000;

/// More files are no set of policies.
const MAX_FILES: usize = 20_000;

/// How deep folders may lie in each other.
const MAX_DEPTH: usize = 32;

/// A file that was found.
pub(super) struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// Its path below what is imported, with slashes.
    pub name: String,
    is_link: bool,
}

/// The markdown at a path or below it, sorted by name.
pub(super) fn find(path: &Path) -> io::Result<Vec<Found>> {
    let facts = fs::symlink_metadata(path)?;
    let mut found = Vec::new();
    if facts.is_dir() {
        below(path, "", 0, &mut found)?;
    } else {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.push(Found { path: path.to_owned(), name, is_link: facts.is_symlink() });
    }
    Ok(found)
}

fn below(folder: &Path, name: &str, depth: usize, found: &mut Vec<Found>) -> io::Result<()> {
    if depth > MAX_DEPTH {
        return Err(io::Error::other(format!("folders lie more than {MAX_DEPTH} deep in each other")));
    }
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let own = entry.file_name().to_string_lossy().into_owned();
        let name = if name.is_empty() { own.clone() } else { format!("{name}/{own}") };
        let kind = entry.file_type()?;
        if own.starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            below(&entry.path(), &name, depth + 1, found)?;
        } else if is_markdown(&own) {
            found.push(Found { path: entry.path(), name, is_link: kind.is_symlink() });
        }
        if found.len() > MAX_FILES {
            return Err(io::Error::other(format!("there are more than {MAX_FILES} files")));
        }
    }
    Ok(())
}

fn is_markdown(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".md", ".mdx", ".markdown", ".md.tmpl"].iter().any(|end| name.ends_with(end))
}

/// The text of a file, and what had to be mended in it; or why it is refused.
pub(super) fn read(found: &Found) -> Result<(String, Vec<&'static str>), Note> {
    let unreadable = |error: io::Error| report::refusal(format!("it cannot be read: {error}"), "see to its rights");
    let facts = fs::symlink_metadata(&found.path).map_err(unreadable)?;
    if found.is_link || !facts.is_file() {
        return Err(report::refusal("it is not a plain file", "put the text itself there; links are not followed"));
    }
    if facts.len() > MAX_BYTES {
        return Err(report::refusal(format!("it has {} bytes", facts.len()), format!("a text may have {MAX_BYTES} bytes; split it")));
    }
    let (text, mended) = import::decode(&fs::read(&found.path).map_err(unreadable)?);
    if !text.contains(char::is_alphanumeric) {
        return Err(report::refusal("it has no words", "leave it out"));
    }
    Ok((text, mended))
}
