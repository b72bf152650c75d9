//! Reads the files of a content folder: bounded in size, never through a link, always as normalised UTF-8.

use crate::content::codes;
use crate::content::codes::Code;
use crate::content::diagnostic::Diagnostics;
use crate::content::diagnostic::Place;
use crate::content::model::Organisation;
use crate::content::source::Source;
use crate::kit::i18n::Lang;
use serde::de::DeserializeOwned;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// A text file may have a megabyte: a long policy has a tenth of it.
const MAX_BYTES: u64 = 1_000_000;

/// The bytes of a plain file below `root`, at most so many.
pub(super) fn bytes(root: &Path, file: &str, most: u64, too_large: &'static Code, found: &mut Diagnostics) -> Option<Vec<u8>> {
    let path = root.join(file);
    let unreadable = |error: std::io::Error, found: &mut Diagnostics| {
        found.add(codes::FILE_MISSING, Place::file(file), format!("cannot be read: {error}"), "add the file, or let the program read it");
    };
    let facts = match fs::symlink_metadata(&path) {
        Ok(facts) => facts,
        Err(error) => {
            unreadable(error, found);
            return None;
        }
    };
    if !facts.is_file() || leads_through_a_link(root, file) {
        found.add(codes::FILE_KIND, Place::file(file), "is not a plain file", "put the text itself here; links are not followed");
        return None;
    }
    if facts.len() > most {
        let help = format!("it may have {most} bytes");
        found.add(too_large, Place::file(file), format!("has {} bytes", facts.len()), help);
        return None;
    }
    fs::read(&path).map_err(|error| unreadable(error, found)).ok()
}

/// Reads a text file below `root`.
pub(super) fn read(root: &Path, file: &str, found: &mut Diagnostics) -> Option<Source> {
    let bytes = bytes(root, file, MAX_BYTES, codes::FILE_SIZE, found)?;
    let (text, wrong) = match std::str::from_utf8(&bytes) {
        Ok(text) => (text, text.find(|letter: char| letter.is_control() && !"\n\r\t".contains(letter))),
        Err(error) => ("", Some(error.valid_up_to())),
    };
    if let Some(at) = wrong {
        let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        let help = "save the file as UTF-8 text, without control characters";
        found.add(codes::FILE_ENCODING, Place { line, ..Place::file(file) }, "is not text in UTF-8", help);
        return None;
    }
    Some(Source::new(file, text))
}

/// Whether the way from the content folder to a file leads through a link: a folder of content holds its own words.
pub(super) fn leads_through_a_link(root: &Path, file: &str) -> bool {
    let mut path = root.to_path_buf();
    file.split('/').any(|part| {
        path.push(part);
        path.is_symlink()
    })
}

/// Reads a settings file.
pub(super) fn settings<T: DeserializeOwned>(source: &Source, found: &mut Diagnostics) -> Option<T> {
    let table: toml::Table = toml::from_str(&source.text).unwrap_or_default();
    if let Some(key) = table.iter().find(|(_, value)| has_control(value)).map(|(key, _)| key) {
        let message = format!("{key} holds a control character");
        found.add(codes::SETTINGS, source.key_or_table(key), message, "take it out: no page and no database shows it");
        return None;
    }
    toml::from_str(&source.text)
        .map_err(|error: toml::de::Error| {
            let place = error.span().map_or_else(|| source.whole(), |span| source.at(span));
            found.add(codes::SETTINGS, place, error.message(), "see docs/authors.md for the keys of this file");
        })
        .ok()
}

/// Whether a value holds letters that are none.
fn has_control(value: &toml::Value) -> bool {
    match value {
        toml::Value::String(text) => text.contains(|letter: char| letter.is_control() && !"\n\t".contains(letter)),
        toml::Value::Array(all) => all.iter().any(has_control),
        toml::Value::Table(all) => all.values().any(has_control),
        _ => false,
    }
}

/// The organisation's settings.
pub(super) fn organisation(root: &Path, found: &mut Diagnostics) -> Option<Organisation> {
    if !root.is_dir() {
        let (message, help) = (format!("{} is not a folder", root.display()), "name the content folder, or set AVOW_CONTENT_DIR to it");
        found.add(codes::FOLDER, Place::file("."), message, help);
        return None;
    }
    let source = read(root, "organisation.toml", found)?;
    let organisation: Organisation = settings(&source, found)?;
    let known = |tag: &String| tag.parse::<Lang>().is_ok_and(|lang| lang.tag() == tag);
    if let Some(unknown) = organisation.languages.iter().find(|tag| !known(tag)) {
        let message = format!("{unknown:?} is not a language of this program");
        found.add(codes::LANGUAGE, source.key("languages"), message, "use en and vi");
        return None;
    }
    if !organisation.languages.contains(&organisation.default_language) {
        found.add(codes::LANGUAGE, source.key("default_language"), "default_language is not among languages", "add it there");
        return None;
    }
    Some(organisation)
}

/// The folders in a folder, sorted: the courses, or the policies.
pub(super) fn children(root: &Path, folder: &str, found: &mut Diagnostics) -> Vec<String> {
    let names = names(root, folder, |kind| kind.is_dir(), found);
    for name in &names {
        if !is_slug(name) {
            let place = Place::file(format!("{folder}/{name}"));
            found.add(codes::NAME, place, "is no name for an address", "use small letters, digits and single hyphens");
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
    let entries = match fs::read_dir(root.join(folder)) {
        _ if !links.is_empty() => None,
        Ok(entries) => Some(entries),
        Err(error) if [ErrorKind::NotFound, ErrorKind::NotADirectory].contains(&error.kind()) => None,
        Err(error) => {
            found.add(codes::FILE_MISSING, Place::file(folder), format!("cannot be read: {error}"), "let the program read it");
            None
        }
    };
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
    for file in links {
        found.add(codes::FILE_KIND, Place::file(file), "is a link", "put the text itself here; links are not followed");
    }
    names.sort();
    names
}

pub(super) fn is_slug(name: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    name.split('-').all(part)
}
