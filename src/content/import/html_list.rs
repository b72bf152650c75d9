//! A list of HTML while it is read, written in the marks of markdown.

use crate::content::import::markup::Element;

/// How deep lists may lie in each other before they become one.
const MAX_LISTS: usize = 6;

/// A list, and the lists in it.
pub(super) struct HtmlList {
    /// What is written, each line with the line it comes from.
    lines: Vec<(usize, String)>,
    levels: Vec<Level>,
    /// The words that were read since the last line.
    words: String,
    /// What stands before them.
    prefix: String,
    /// Whether that is a marker.
    is_marked: bool,
    number: usize,
}

struct Level {
    /// How it counts, as HTML says it; empty for bullets.
    counts: String,
    /// The number of the last item.
    count: usize,
}

impl Level {
    /// How wide the marker of the last item is in markdown.
    fn width(&self) -> usize {
        if matches!(self.counts.as_str(), "" | "a" | "A") { 2 } else { format!("{}. ", self.count).len() }
    }
}

impl HtmlList {
    pub(super) fn new(number: usize) -> Self {
        Self { lines: Vec::new(), levels: Vec::new(), words: String::new(), prefix: String::new(), is_marked: false, number }
    }

    /// Adds words.
    pub(super) fn push(&mut self, words: &str) {
        self.words.push_str(words);
    }

    /// Goes on to a later line of the source.
    pub(super) fn pass(&mut self, rows: usize) {
        self.number += rows;
    }

    /// Takes a tag, unless it belongs to the words.
    pub(super) fn tag(&mut self, element: &Element<'_>) -> bool {
        let name = element.lower();
        match (name.as_str(), element.closes) {
            ("ul" | "ol" | "dl", false) => {
                self.flush();
                let counts = if name == "ol" { element.attribute("type").unwrap_or("1").to_owned() } else { String::new() };
                let start = element.attribute("start").and_then(|start| start.parse::<usize>().ok()).unwrap_or(1).clamp(1, 100_000);
                self.levels.push(Level { counts, count: start - 1 });
            }
            ("ul" | "ol" | "dl", true) => {
                self.flush();
                self.levels.pop();
                self.go_on();
            }
            ("li" | "dd", false) => {
                self.flush();
                self.prefix = self.indent(self.levels.len().saturating_sub(1)) + &self.marker();
                self.is_marked = true;
            }
            ("dt", false) => {
                self.flush();
                self.words.push_str("<b>");
            }
            ("dt", true) => {
                self.words.push_str("</b>");
                self.flush();
            }
            ("li" | "dd" | "p", _) => self.flush(),
            _ => return false,
        }
        true
    }

    fn marker(&mut self) -> String {
        let Some(level) = self.levels.last_mut().filter(|level| !level.counts.is_empty()) else { return "- ".to_owned() };
        level.count += 1;
        let place = u8::try_from(level.count - 1).unwrap_or(u8::MAX);
        match level.counts.as_str() {
            "a" if place < 26 => format!("({}) ", char::from(b'a' + place)),
            "A" if place < 26 => format!("({}) ", char::from(b'A' + place)),
            _ => format!("{}. ", level.count),
        }
    }

    /// The spaces of so many lists around.
    fn indent(&self, around: usize) -> String {
        " ".repeat(self.levels.iter().take(around.min(MAX_LISTS)).map(Level::width).sum())
    }

    /// What follows stands under the last item.
    fn go_on(&mut self) {
        self.prefix = self.indent(self.levels.len());
        self.is_marked = false;
    }

    /// Writes the words that were read so far. Those that begin no item are a paragraph.
    fn flush(&mut self) {
        let words = self.words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.words.clear();
        if words.is_empty() {
            return;
        }
        // A label of ours is no marker of CommonMark's: a paragraph does not end before it.
        let is_label = self.prefix.trim_start().starts_with('(');
        if (!self.is_marked || is_label) && self.lines.last().is_some_and(|(_, last)| !last.is_empty()) {
            self.lines.push((self.number, String::new()));
        }
        self.lines.push((self.number, format!("{}{words}", self.prefix)));
        self.go_on();
    }

    /// All lines.
    pub(super) fn end(mut self) -> Vec<(usize, String)> {
        self.flush();
        self.lines
    }
}
