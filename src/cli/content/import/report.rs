//! What an import says at its end, to people and to programs.

use crate::content::import::Imported;
use crate::content::import::Note;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// What became of all files.
#[derive(Serialize)]
pub(super) struct Report {
    /// In the order of their names.
    pub files: Vec<File>,
    /// `organisation.toml` was written, with placeholders.
    organisation_written: bool,
}

/// What became of a file.
#[derive(Serialize)]
pub(super) struct File {
    source: String,
    /// What was written, below the content folder; nothing if the file was refused.
    target: Option<String>,
    title: Option<String>,
    words_in: usize,
    words_out: usize,
    converted: BTreeMap<&'static str, usize>,
    notes: Vec<Note>,
}

/// Why a file is not brought in.
pub(super) fn refusal(message: impl Into<String>, help: impl Into<String>) -> Note {
    Note { line: 0, kind: "refused", message: message.into(), help: help.into(), also: Vec::new() }
}

impl File {
    pub(super) fn refused(source: String, note: Note) -> Self {
        Self { source, target: None, title: None, words_in: 0, words_out: 0, converted: BTreeMap::new(), notes: vec![note] }
    }

    /// A file that was brought in. Its words are counted once more.
    pub(super) fn brought_in(source: String, target: String, imported: Imported) -> Self {
        let lost = imported.lost();
        let mut notes = imported.notes;
        notes.extend(lost);
        let Imported { title, words_in, words_out, converted, .. } = imported;
        Self { source, target: Some(target), title: Some(title), words_in, words_out, converted, notes }
    }
}

impl Report {
    pub(super) fn new(organisation_written: bool) -> Self {
        Self { files: Vec::new(), organisation_written }
    }

    /// How many files were refused.
    pub(super) fn refused(&self) -> usize {
        self.files.iter().filter(|file| file.target.is_none()).count()
    }

    /// For programs.
    pub(super) fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("names and numbers")
    }
}

impl fmt::Display for File {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.target, &self.title) {
            (Some(target), Some(title)) => {
                writeln!(formatter, "{} -> {target}: “{title}”, {} words, {} now", self.source, self.words_in, self.words_out)?;
            }
            _ => writeln!(formatter, "{}: refused", self.source)?,
        }
        if !self.converted.is_empty() {
            let kinds = self.converted.iter().map(|(kind, count)| format!("{count} {kind}")).collect::<Vec<_>>();
            writeln!(formatter, "    converted: {}", kinds.join(", "))?;
        }
        for note in &self.notes {
            let line = if note.line > 0 { format!(":{}", note.line) } else { String::new() };
            let also = note.also.iter().take(20).map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let also = if also.is_empty() { also } else { format!(" (also {also})") };
            writeln!(formatter, "    {}{line}: {}: {}{also}\n        help: {}", self.source, note.kind, note.message, note.help)?;
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for file in &self.files {
            write!(formatter, "{file}")?;
        }
        if self.organisation_written {
            writeln!(formatter, "organisation.toml was written with placeholders; change all of them to yours")?;
        }
        let refused = self.refused();
        let notes: usize = self.files.iter().map(|file| file.notes.len()).sum();
        writeln!(formatter, "{} file(s) brought in, {refused} refused, {notes} note(s)", self.files.len() - refused)
    }
}
