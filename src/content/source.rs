//! The text of a file, and where in it something stands.

use crate::content::diagnostic::Place;
use crate::content::diagnostic::printable;
use std::ops::Range;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

/// So much of a long line is shown around the place.
const EXCERPT: usize = 160;

/// Counting the letters of a long line takes time; after so many places only the line is told.
const MOST_PLACES: usize = 1000;

/// A file that was read.
#[derive(Debug)]
pub(super) struct Source {
    /// Its path below the content folder, with slashes.
    pub file: String,
    /// Its text: line feeds, no byte order mark, one line feed at the end.
    pub text: String,
    /// Where each line begins.
    starts: Vec<usize>,
    /// How many places were looked up.
    looked_up: AtomicUsize,
}

impl Source {
    pub(super) fn new(file: &str, text: &str) -> Self {
        let text = normalise(text);
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file: file.to_owned(), text, starts, looked_up: AtomicUsize::new(0) }
    }

    /// The line, from 1, of a place in the text.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// The file as a whole.
    pub(super) fn whole(&self) -> Place {
        Place::file(&self.file)
    }

    /// A stretch of the text. Of several lines, the first.
    pub(super) fn at(&self, range: Range<usize>) -> Place {
        let line = self.line(range.start.min(self.text.len()));
        if self.looked_up.fetch_add(1, Ordering::Relaxed) > MOST_PLACES {
            return Place { line, ..self.whole() };
        }
        let start = self.starts[line - 1];
        let words = self.text[start..].lines().next().unwrap_or_default();
        // An offset inside a letter, as other readers may give it, counts as the letter.
        let letters = |offset: usize| {
            let mut bytes = offset.clamp(start, start + words.len()) - start;
            while !words.is_char_boundary(bytes) {
                bytes -= 1;
            }
            words[..bytes].chars().count()
        };
        let (first, last) = (letters(range.start), letters(range.end));
        let last = last.max(first + 1);
        let cut = if first > EXCERPT / 2 && words.len() > EXCERPT { first - EXCERPT / 4 } else { 0 };
        let excerpt = printable(&words.chars().skip(cut).take(EXCERPT).collect::<String>());
        Place { file: printable(&self.file), line, column: first + 1, end_column: last + 1, excerpt, cut }
    }

    /// A line, from 1, as a whole.
    pub(super) fn at_line(&self, line: usize) -> Place {
        let start = self.starts.get(line.max(1) - 1).copied().unwrap_or(self.text.len());
        let end = self.text[start..].find('\n').map_or(self.text.len(), |end| start + end);
        self.at(start..end)
    }

    /// The line of a key in a settings file, or the file where the key is not there.
    pub(super) fn key(&self, key: &str) -> Place {
        let is_it = |line: &str| line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
        match self.text.lines().position(is_it) {
            Some(line) => self.at_line(line + 1),
            None => self.whole(),
        }
    }

    /// The line of a key or a table in a settings file.
    pub(super) fn key_or_table(&self, name: &str) -> Place {
        let table = format!("[{name}]");
        if self.text.lines().any(|line| line.trim() == table) { self.line_of(&table) } else { self.key(name) }
    }

    /// The line of a key in the front matter.
    pub(super) fn key_of_front_matter(&self, key: &str) -> Place {
        let is_it = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'));
        self.text.lines().position(is_it).map_or_else(|| self.whole(), |line| self.at_line(line + 1))
    }

    /// The first line that is these words alone.
    pub(super) fn line_of(&self, words: &str) -> Place {
        self.text.lines().position(|line| line.trim() == words).map_or_else(|| self.whole(), |line| self.at_line(line + 1))
    }
}

/// The same text whatever system wrote it: what is hashed, kept and shown.
pub(super) fn normalise(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    text.trim_end().to_owned() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_place_is_counted_in_letters_from_one() {
        let source = Source::new("a.md", "Tiếng Việt\nmột hai ba\n");
        let at = source.text.find("hai").expect("is there");
        let place = source.at(at..at + 3);
        assert_eq!((place.line, place.column, place.end_column, place.excerpt.as_str()), (2, 5, 8, "một hai ba"));
    }

    #[test]
    fn of_a_long_line_the_place_is_shown() {
        let source = Source::new("a.md", &format!("{}HERE{}", "x".repeat(5000), "y".repeat(5000)));
        let place = source.at(5000..5004);
        assert_eq!(place.column, 5001);
        assert!(place.excerpt.chars().skip(place.column - 1 - place.cut).collect::<String>().starts_with("HERE"), "{place:?}");
    }

    proptest! {
        #[test]
        fn every_place_of_any_text_is_inside_it(text in "(?s).{0,80}", start in 0_usize..120, length in 0_usize..40) {
            let source = Source::new("a.md", &text);
            let place = source.at(start..start + length);
            prop_assert!(place.line >= 1 && place.line <= source.text.lines().count() + 1);
            prop_assert!(place.column >= 1 && place.end_column > place.column);
        }
    }
}
