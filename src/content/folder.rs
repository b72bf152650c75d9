//! Reads the files of a content folder: bounded in size, never through a link, always as normalised UTF-8.

use crate::content::diagnostic::Diagnostics;
use crate::content::diagnostic::Place;
use crate::content::model::Organisation;
use crate::kit::i18n::Lang;
use serde::de::DeserializeOwned;
use std::fs;
use std::path::Path;

/// A text file may have a megabyte: a long policy has a tenth of it.
const MAX_BYTES: u64 = 1_000_000;

/// A file that was read.
pub(super) struct Source {
    /// Its path below the content folder, with slashes.
    pub file: String,
    /// Its text: line feeds, no byte order mark, one line feed at the end.
    pub text: String,
    /// Where each line begins.
    starts: Vec<usize>,
}

impl Source {
    pub(super) fn new(file: &str, text: &str) -> Self {
        let text = normalise(text);
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file: file.to_owned(), text, starts }
    }

    /// The line, from 1, of a place in the text.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }
}

/// Reads a text file below `root`.
pub(super) fn read(root: &Path, file: &str, found: &mut Diagnostics) -> Option<Source> {
    let path = root.join(file);
    let place = Place { file, line: 0 };
    let facts = match fs::symlink_metadata(&path) {
        Ok(facts) => facts,
        Err(error) => {
            found.add("file-missing", &place, format!("cannot be read: {error}"), "add the file, or let the program read it");
            return None;
        }
    };
    if !facts.is_file() || leads_through_a_link(root, file) {
        found.add("file-kind", &place, "is not a plain file", "put the text itself here; links are not followed");
        return None;
    }
    if facts.len() > MAX_BYTES {
        found.add("file-size", &place, format!("has {} bytes", facts.len()), format!("a text may have {MAX_BYTES} bytes; split it"));
        return None;
    }
    let bytes =
        fs::read(&path).map_err(|error| found.add("file-missing", &place, format!("cannot be read: {error}"), "check its rights")).ok()?;
    let (text, wrong) = match std::str::from_utf8(&bytes) {
        Ok(text) => (text, text.find(|letter: char| letter.is_control() && !"\n\r\t".contains(letter))),
        Err(error) => ("", Some(error.valid_up_to())),
    };
    if let Some(place) = wrong {
        let line = bytes[..place].iter().filter(|byte| **byte == b'\n').count() + 1;
        let help = "save the file as UTF-8 text, without control characters";
        found.add("file-encoding", &Place { file, line }, "is not text in UTF-8", help);
        return None;
    }
    Some(Source::new(file, text))
}

/// Whether the way from the content folder to a file leads through a link: a folder of content holds its own words.
fn leads_through_a_link(root: &Path, file: &str) -> bool {
    let mut path = root.to_path_buf();
    file.split('/').any(|part| {
        path.push(part);
        path.is_symlink()
    })
}

/// The same text whatever system wrote it: what is hashed, kept and shown.
pub(super) fn normalise(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    text.trim_end().to_owned() + "\n"
}

/// Reads a settings file.
pub(super) fn settings<T: DeserializeOwned>(source: &Source, found: &mut Diagnostics) -> Option<T> {
    let failed = |error: &toml::de::Error| {
        let line = error.span().map_or(0, |span| source.line(span.start));
        (Place { file: &source.file, line }, error.message().to_owned())
    };
    toml::from_str(&source.text)
        .map_err(|error| {
            let (place, message) = failed(&error);
            found.add("settings", &place, message, "see docs/authors.md for the keys of this file");
        })
        .ok()
}

/// The organisation's settings.
pub(super) fn organisation(root: &Path, found: &mut Diagnostics) -> Option<Organisation> {
    if !root.is_dir() {
        let (message, help) = (format!("{} is not a folder", root.display()), "name the content folder, or set AVOW_CONTENT_DIR to it");
        found.add("folder", &Place { file: ".", line: 0 }, message, help);
        return None;
    }
    let source = read(root, "organisation.toml", found)?;
    let organisation: Organisation = settings(&source, found)?;
    let place = Place { file: &source.file, line: 0 };
    let known = |tag: &String| tag.parse::<Lang>().is_ok_and(|lang| lang.tag() == tag);
    if let Some(unknown) = organisation.languages.iter().find(|tag| !known(tag)) {
        found.add("language", &place, format!("{unknown:?} is not a language of this program"), "use en and vi");
        return None;
    }
    if !organisation.languages.contains(&organisation.default_language) {
        found.add("language", &place, "default_language is not among languages", "add it there");
        return None;
    }
    Some(organisation)
}

/// The folders in a folder, sorted: the courses, or the policies.
pub(super) fn children(root: &Path, folder: &str, found: &mut Diagnostics) -> Vec<String> {
    let names = names(root, folder, |kind| kind.is_dir(), found);
    for name in &names {
        if !is_slug(name) {
            let file = format!("{folder}/{name}");
            found.add("name", &Place { file: &file, line: 0 }, "is no name for an address", "use small letters, digits and single hyphens");
        }
    }
    names.into_iter().filter(|name| is_slug(name)).collect()
}

/// The plain files in a folder, sorted.
pub(super) fn files(root: &Path, folder: &str, found: &mut Diagnostics) -> Vec<String> {
    names(root, folder, |kind| kind.is_file(), found)
}

/// The names of what is wanted in a folder. Links, which are not followed, are reported, so that nothing is left out in silence.
fn names(root: &Path, folder: &str, wanted: impl Fn(&fs::FileType) -> bool, found: &mut Diagnostics) -> Vec<String> {
    let mut names = Vec::new();
    let mut links = leads_through_a_link(root, folder).then(|| folder.to_owned()).into_iter().collect::<Vec<_>>();
    let entries = if links.is_empty() { fs::read_dir(root.join(folder)).ok() } else { None };
    for entry in entries.into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        match entry.file_type() {
            _ if name.starts_with('.') => {}
            Ok(kind) if kind.is_symlink() => links.push(format!("{folder}/{name}")),
            Ok(kind) if wanted(&kind) => names.push(name),
            _ => {}
        }
    }
    links.sort();
    for file in &links {
        found.add("file-kind", &Place { file, line: 0 }, "is a link", "put the text itself here; links are not followed");
    }
    names.sort();
    names
}

pub(super) fn is_slug(name: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    name.split('-').all(part)
}
