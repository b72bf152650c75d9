//! Lines of a source with their numbers, and lines that are written, which remember where they come from.

/// A line of the source, or what is left of it inside a list or a quote.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Its text, without the end of line.
    pub text: &'a str,
}

impl<'a> Line<'a> {
    pub(super) fn is_blank(self) -> bool {
        self.text.trim().is_empty()
    }

    /// How many spaces it starts with.
    pub(super) fn indent(self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// The line without so many spaces at its start, or without all it has.
    pub(super) fn strip(self, columns: usize) -> Self {
        Self { number: self.number, text: &self.text[self.indent().min(columns)..] }
    }

    /// Its words, without spaces around them.
    pub(super) fn words(self) -> &'a str {
        self.text.trim()
    }
}

/// A line of the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// The line of the source that it comes from.
    pub number: usize,
    /// Its text.
    pub text: String,
}

impl Written {
    pub(super) fn new(number: usize, text: impl Into<String>) -> Self {
        Self { number, text: text.into() }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// An empty line, unless there is one already.
pub(super) fn blank(out: &mut Vec<Written>, number: usize) {
    if out.last().is_some_and(|last| !last.is_blank()) {
        out.push(Written::new(number, ""));
    }
}

/// Adds a block that stands by itself: with an empty line before it.
pub(super) fn apart(out: &mut Vec<Written>, block: Vec<Written>) {
    if let Some(first) = block.first() {
        blank(out, first.number);
        out.extend(block);
    }
}

/// Lines inside a quote or a list item: each behind a prefix, empty ones without its spaces.
pub(super) fn behind(first: &str, rest: &str, mut lines: Vec<Written>) -> Vec<Written> {
    for (place, line) in lines.iter_mut().enumerate() {
        let prefix = if place == 0 { first } else { rest };
        line.text = format!("{prefix}{}", line.text).trim_end().to_owned();
    }
    lines
}

/// The lines of a file. Tabs at their start become spaces as CommonMark counts them, except in code that stands at the margin.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut fence: Option<(char, usize)> = None;
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let opening = if line.starts_with(['`', '~']) { fence_of(line) } else { None };
        match (fence, opening) {
            (None, Some(opening)) => fence = Some(opening),
            (Some((mark, length)), Some((other, other_length))) if mark == other && other_length >= length => {
                fence = None;
            }
            _ => {}
        }
        lines.push(if fence.is_some() { line.to_owned() } else { spaced(line) });
    }
    lines
}

/// The mark and length of a fence that a line opens or closes.
pub(super) fn fence_of(line: &str) -> Option<(char, usize)> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|mark| ['`', '~'].contains(mark))?;
    let length = line.len() - line.trim_start_matches(mark).len();
    (length >= 3 && !(mark == '`' && line[length..].contains('`'))).then_some((mark, length))
}

fn spaced(line: &str) -> String {
    let words = line.trim_start_matches([' ', '\t', '\u{a0}']);
    let mut columns = 0;
    for letter in line[..line.len() - words.len()].chars() {
        columns += if letter == '\t' { 4 - columns % 4 } else { 1 };
    }
    format!("{}{words}", " ".repeat(columns))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_become_spaces_outside_code_at_the_margin() {
        assert_eq!(lines("\tx\n - \ty\n```make\n\tz\n```\n  \tw"), ["    x", " - \ty", "```make", "\tz", "```", "    w"]);
        assert_eq!(fence_of("~~~~ sh"), Some(('~', 4)));
        assert_eq!(fence_of("```a```"), None);
    }
}
