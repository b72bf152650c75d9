//! A table of HTML while it is read: rows of cells, whose words still have their marks.

use crate::content::import::markup::Element;

/// A row with more cells is no row.
const MAX_COLUMNS: usize = 60;

/// A cell that reaches over more columns is made narrower.
const MAX_SPAN: usize = 20;

/// A table, and the words before it.
#[derive(Default)]
pub(super) struct HtmlTable {
    /// Its rows.
    pub rows: Vec<Vec<String>>,
    /// Whether the first row names the columns.
    pub has_head: bool,
    /// Whether cells reached over several columns.
    pub has_spans: bool,
    /// What stands in no cell, such as a caption.
    pub before: String,
    row: Option<Vec<String>>,
    /// How many tables are open.
    depth: usize,
}

impl HtmlTable {
    fn cell(&mut self) -> Option<&mut String> {
        self.row.as_mut().and_then(|row| row.last_mut())
    }

    /// Adds words to the cell that is open.
    pub(super) fn push(&mut self, words: &str) {
        match self.cell() {
            Some(cell) => cell.push_str(words),
            None => self.before.push_str(words),
        }
    }

    /// Takes a tag, unless it belongs to the words.
    pub(super) fn tag(&mut self, element: &Element<'_>) -> bool {
        let name = element.lower();
        match (name.as_str(), element.closes) {
            ("table", true) => self.depth = self.depth.saturating_sub(1),
            ("table", false) => self.depth += 1,
            // Tables inside tables are words of the cell they stand in.
            ("tr" | "td" | "th", _) if self.depth > 1 => self.end_line(),
            ("tr", closes) => {
                self.end_row();
                self.row = (!closes).then(Vec::new);
            }
            ("td" | "th", false) => {
                self.has_head |= name == "th" && self.rows.is_empty();
                let span = element.attribute("colspan").and_then(|span| span.parse().ok()).unwrap_or(1).clamp(1, MAX_SPAN);
                self.has_spans |= span > 1;
                let row = self.row.get_or_insert_default();
                // The words stand in the last of the cells, which is the one that is open.
                let cells = if row.len() < MAX_COLUMNS { span } else { 1 };
                row.extend(vec![String::new(); cells]);
            }
            ("td" | "th" | "thead" | "tbody" | "tfoot" | "colgroup" | "col" | "caption", _) => {}
            ("p" | "div" | "li" | "ul" | "ol", _) => self.end_line(),
            _ => return false,
        }
        true
    }

    fn end_line(&mut self) {
        if let Some(cell) = self.cell().filter(|cell| !cell.trim().is_empty()) {
            cell.push_str("<br>");
        }
    }

    fn end_row(&mut self) {
        self.rows.extend(self.row.take().filter(|row| !row.is_empty()));
    }

    /// The whole table: cells in one line each, whose pipes are letters.
    pub(super) fn end(mut self) -> Self {
        self.end_row();
        for cell in self.rows.iter_mut().flatten() {
            *cell = in_a_line(cell).replace("\\|", "|").replace('|', "\\|");
        }
        self.before = in_a_line(&self.before);
        self
    }
}

fn in_a_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
