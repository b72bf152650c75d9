//! Writes whole folders: beside their place first, then renamed, so that nothing is ever there by half.

use std::fs;
use std::io;
use std::io::Write;
use std::path::Path;

/// Writes a folder that is not there yet.
pub(super) fn folder(root: &Path, name: &str, files: &[(String, String)]) -> io::Result<()> {
    let place = root.join(name);
    if place.symlink_metadata().is_ok() {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "it is there already"));
    }
    let (above, own) = name.rsplit_once('/').unwrap_or(("", name));
    if root.join(above).is_symlink() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{above} is a link; links are not followed")));
    }
    fs::create_dir_all(root.join(above))?;
    // `avow content check` passes by names that start with a point.
    let beside = root.join(above).join(format!(".{own}.import"));
    if beside.symlink_metadata().is_ok_and(|facts| facts.is_dir()) {
        fs::remove_dir_all(&beside)?;
    }
    fs::create_dir(&beside)?;
    let written = files.iter().try_for_each(|(file, text)| {
        let path = beside.join(file);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        new_file(&path, text)
    });
    written.and_then(|()| fs::rename(&beside, &place)).inspect_err(|_| drop(fs::remove_dir_all(&beside)))
}

/// Writes a file that is not there yet.
pub(super) fn file(root: &Path, name: &str, text: &str) -> io::Result<()> {
    fs::create_dir_all(root)?;
    let beside = root.join(format!(".{name}.import"));
    if beside.symlink_metadata().is_ok() {
        fs::remove_file(&beside)?;
    }
    new_file(&beside, text)?;
    fs::rename(&beside, root.join(name))
}

fn new_file(path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
