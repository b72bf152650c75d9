//! What an import did: conversions counted, markup dropped, notes for the person who reads the result.

use crate::content::import::words::Words;
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::HashMap;

/// Nobody reads more about one file.
const MAX_NOTES: usize = 500;

/// How much of the source a message quotes.
const QUOTED: usize = 160;

/// Something that could not be converted as it stood, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The line of the source, from 1; 0 for the file as a whole.
    pub line: usize,
    /// A stable name for this kind of note.
    pub kind: &'static str,
    /// What was found, and what became of it.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Further lines with the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<usize>,
}

/// What is written down while a text is converted.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// In the order they were found; the same again is added to the first.
    pub notes: Vec<Note>,
    /// How often each kind of construct was converted.
    pub converted: BTreeMap<&'static str, usize>,
    /// The words of markup that left the text on purpose.
    pub dropped: Words,
    /// What readers do not see, but the author may want back: comments, keys of the front matter.
    pub asides: Vec<(usize, String)>,
    known: HashMap<(&'static str, String), usize>,
}

impl Log {
    /// Counts a conversion.
    pub(super) fn count(&mut self, kind: &'static str) {
        *self.converted.entry(kind).or_default() += 1;
    }

    /// Markup leaves the text.
    pub(super) fn drop_markup(&mut self, markup: &str) {
        self.dropped.add(markup);
    }

    /// Something leaves the text but is kept beside it.
    pub(super) fn set_aside(&mut self, line: usize, text: &str) {
        if text.chars().any(char::is_alphanumeric) {
            self.asides.push((line, text.trim().to_owned()));
        }
    }

    /// Writes a note, or adds the line to the one that says the same.
    pub(super) fn note(&mut self, line: usize, kind: &'static str, message: impl Into<String>, help: impl Into<String>) {
        let message = message.into();
        if let Some(place) = self.known.get(&(kind, message.clone())) {
            let is_new = |note: &&mut Note| note.line != line && note.also.last() != Some(&line) && note.also.len() < MAX_NOTES;
            if let Some(note) = self.notes.get_mut(*place).filter(is_new) {
                note.also.push(line);
            }
            return;
        }
        if self.notes.len() < MAX_NOTES {
            self.known.insert((kind, message.clone()), self.notes.len());
            self.notes.push(Note { line, kind, message, help: help.into(), also: Vec::new() });
        } else if self.notes.len() == MAX_NOTES {
            let message = format!("there is more to say than {MAX_NOTES} notes");
            self.notes.push(Note { line, kind: "more", message, help: "mend what is told, and import again".into(), also: Vec::new() });
        }
    }
}

/// A piece of the source for a message: in one line, and not too long.
pub(super) fn quoted(text: &str) -> String {
    let words = text.split_whitespace().take(QUOTED).collect::<Vec<_>>().join(" ");
    if words.chars().count() <= QUOTED { words } else { words.chars().take(QUOTED).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_note_is_told_once_with_all_its_lines() {
        let mut log = Log::default();
        for line in [3, 9, 12] {
            log.note(line, "variable", "{{x}} became [x]", "fill it in");
        }
        assert_eq!(log.notes.len(), 1);
        assert_eq!((log.notes[0].line, log.notes[0].also.as_slice()), (3, [9, 12].as_slice()));
        for line in 0..2000 {
            log.note(line, "variable", format!("{line}"), "");
        }
        assert_eq!(log.notes.len(), MAX_NOTES + 1);
        assert_eq!(quoted("a  b\nc"), "a b c");
        assert_eq!(quoted(&"x".repeat(1000)).chars().count(), QUOTED + 1);
    }
}
