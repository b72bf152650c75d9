//! A text in our dialect while the last things are mended: places in it are known by the parser that shows it.

use crate::content::import::line::Written;
use crate::kit::markdown;
use pulldown_cmark::Event;
use pulldown_cmark::Parser;
use pulldown_cmark::TextMergeWithOffset;
use std::ops::Range;

/// A text, and for each of its lines the line of the source it comes from.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub text: String,
    numbers: Vec<usize>,
    /// Where each line begins.
    starts: Vec<usize>,
}

/// Something to write in place of something else.
#[derive(Debug)]
pub(super) struct Edit {
    pub range: Range<usize>,
    pub text: String,
}

impl Edit {
    pub(super) fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }
}

impl Page {
    pub(super) fn new(lines: Vec<Written>) -> Self {
        let numbers = lines.iter().map(|line| line.number).collect();
        let text = lines.into_iter().map(|line| line.text + "\n").collect::<String>();
        Self::with(text, numbers)
    }

    fn with(text: String, numbers: Vec<usize>) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, numbers, starts }
    }

    /// The line of the source that a place comes from.
    pub(super) fn number(&self, offset: usize) -> usize {
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        self.numbers.get(line).or(self.numbers.last()).copied().unwrap_or(0)
    }

    /// What the parser sees.
    pub(super) fn events(&self) -> Vec<(Event<'_>, Range<usize>)> {
        TextMergeWithOffset::new(Parser::new_ext(&self.text, markdown::dialect()).into_offset_iter()).collect()
    }

    /// The text with its edits. Of two that touch the same place, the first counts.
    pub(super) fn edited(&self, mut edits: Vec<Edit>) -> Self {
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let mut text = String::with_capacity(self.text.len());
        let mut numbers = Vec::with_capacity(self.numbers.len());
        let mut at = 0;
        // The line of the source that is read, and the one that the line of the result began with.
        let mut line = 0;
        let mut began = 0;
        let mut copy = |piece: &str, is_source: bool, line: &mut usize| {
            for _ in piece.matches('\n') {
                numbers.push(self.numbers.get(began).copied().unwrap_or(0));
                *line += usize::from(is_source);
                began = *line;
            }
            text.push_str(piece);
        };
        for edit in edits {
            if edit.range.start < at {
                continue;
            }
            copy(&self.text[at..edit.range.start], true, &mut line);
            copy(&edit.text, false, &mut line);
            line += self.text[edit.range.clone()].matches('\n').count();
            at = edit.range.end;
        }
        copy(&self.text[at..], true, &mut line);
        Self::with(text, numbers)
    }
}

/// Words that no parser takes for marks.
pub(super) fn plain(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    for letter in words.chars() {
        if "\\`*_[]<>&~|".contains(letter) {
            plain.push('\\');
        }
        plain.push(if letter == '\n' { ' ' } else { letter });
    }
    plain.replace("${", "$ {")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_keep_the_numbers_of_lines() {
        let page = Page::new(vec![Written::new(3, "a"), Written::new(5, "b"), Written::new(9, "c")]);
        assert_eq!(page.number(0), 3);
        assert_eq!(page.number(4), 9);
        let edited = page.edited(vec![Edit::new(0..3, "x"), Edit::new(1..2, "never")]);
        assert_eq!(edited.text, "x\nc\n");
        assert_eq!((edited.number(0), edited.number(2)), (3, 9));
        assert_eq!(plain("a_b <c>"), "a\\_b \\<c\\>");
    }
}
