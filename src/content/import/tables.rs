//! Tables: those with pipes, and pandoc's simple, multiline and grid tables, which become such.

use crate::content::import::blocks::Here;
use crate::content::import::blocks::interrupts;
use crate::content::import::converter::Converter;
use crate::content::import::inline::Place;
use crate::content::import::line::Line;
use crate::content::import::line::Written;
use crate::content::import::line::apart;

/// More columns are no table.
const MAX_COLUMNS: usize = 100;

/// A row of a table with pipes, as its cells.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut letters = line.chars().peekable();
    let mut tag_depth = 0_usize;
    while let Some(letter) = letters.next() {
        let cell = cells.last_mut().expect("there is one");
        match letter {
            '\\' => {
                cell.push(letter);
                cell.extend(letters.next());
            }
            // A tag of a template may hold a pipe.
            '{' if letters.peek() == Some(&'{') && line.contains("}}") => {
                tag_depth += 1;
                cell.push(letter);
                cell.extend(letters.next());
            }
            '}' if letters.peek() == Some(&'}') && tag_depth > 0 => {
                tag_depth -= 1;
                cell.push(letter);
                cell.extend(letters.next());
            }
            '|' if tag_depth == 0 => cells.push(String::new()),
            _ => cell.push(letter),
        }
    }
    if cells.len() > 1 && cells.last().is_some_and(|last| last.trim().is_empty()) {
        cells.pop();
    }
    cells
}

/// The line between head and body of a table with pipes, as the number of its columns.
fn divider(line: &str) -> Option<usize> {
    let words = line.trim();
    if !words.contains('-') || !words.chars().all(|letter| "|-: ".contains(letter)) || words.starts_with("- ") {
        return None;
    }
    let cells = cells(words);
    let is_dashes = |cell: &String| cell.trim().trim_matches(':').bytes().all(|byte| byte == b'-') && cell.contains('-');
    (cells.iter().all(is_dashes) && (words.contains('|') || cells.len() > 1)).then_some(cells.len())
}

/// Whether a table with pipes starts at a line.
pub(super) fn is_pipe_table(lines: &[Line<'_>], at: usize) -> bool {
    let (Some(head), Some(next)) = (lines.get(at), lines.get(at + 1)) else { return false };
    head.indent() < 4 && head.text.contains('|') && divider(next.text).is_some_and(|columns| cells(head.text).len() == columns)
}

/// Whether a line begins a grid table.
pub(super) fn is_grid(words: &str) -> bool {
    words.starts_with("+-") && words.ends_with('+') && words.chars().all(|letter| "+-=:".contains(letter))
}

/// The columns that groups of dashes mark, counted in letters.
fn columns(line: &str) -> Option<Vec<(usize, usize)>> {
    let words = line.trim();
    if words.len() < 3 || !words.starts_with('-') || !words.chars().all(|letter| letter == '-' || letter == ' ') {
        return None;
    }
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for (place, letter) in line.chars().enumerate().filter(|(_, letter)| *letter == '-') {
        match columns.last_mut() {
            Some((_, end)) if *end == place => *end = place + letter.len_utf8(),
            _ => columns.push((place, place + 1)),
        }
    }
    (columns.len() <= MAX_COLUMNS && columns.iter().all(|(start, end)| end - start >= 2)).then_some(columns)
}

/// The parts of a line that stand in the columns. Words that reach over the edge of a column are not cut.
fn slices(line: &str, columns: &[(usize, usize)]) -> Vec<String> {
    let letters: Vec<char> = line.chars().collect();
    let mut starts: Vec<usize> = columns.iter().map(|(start, _)| *start).collect();
    if let Some(first) = starts.first_mut() {
        *first = 0;
    }
    for start in starts.iter_mut().skip(1) {
        while *start < letters.len() && *start > 0 && letters[*start] != ' ' && letters[*start - 1] != ' ' {
            *start -= 1;
        }
    }
    let ends = starts.iter().skip(1).copied().chain([letters.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| letters.get((*start).min(end)..end.min(letters.len())).unwrap_or_default().iter().collect())
        .collect()
}

impl Converter<'_> {
    /// Any of the tables.
    pub(super) fn table(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        if here.line().indent() > 3 {
            return None;
        }
        self.pipe_table(here, out).or_else(|| self.grid_table(here, out)).or_else(|| self.simple_table(here, out))
    }

    fn pipe_table(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let line = here.line();
        let is_row = |line: &Line<'_>| !line.is_blank() && line.text.contains('|');
        let framed = |line: &Line<'_>| line.words().starts_with('|') && line.words().ends_with('|') && line.words().len() > 2;
        let headless = divider(line.text).is_some() && line.text.contains('|') && here.next().is_some_and(|next| is_row(&next));
        let has_head = is_pipe_table(here.lines, here.at);
        let bare = !has_head && !headless && framed(&line) && cells(line.text).len() > 1;
        if !has_head && !headless && !bare {
            return None;
        }
        let count = here.lines[here.at..].iter().take_while(|line| is_row(line)).count();
        let rows = &here.lines[here.at..here.at + count];
        let body = rows.iter().filter(|line| divider(line.text).is_none());
        let table: Vec<(usize, Vec<String>)> = body.map(|line| (line.number, cells(line.text))).collect();
        let columns = if has_head { divider(rows[1].text)? } else { table.iter().map(|(_, cells)| cells.len()).max()? };
        let alignment = rows.iter().find(|line| divider(line.text).is_some()).map(|line| line.words());
        if has_head {
            self.log.count("table");
            let mut block: Vec<Written> = Vec::new();
            for line in rows {
                if divider(line.text).is_some() {
                    let words = line.words();
                    block.push(Written::new(line.number, if words.starts_with('|') { words.to_owned() } else { format!("|{words}|") }));
                } else {
                    let row = self.row(&cells(line.text), columns, line.number);
                    block.push(Written::new(line.number, row));
                }
            }
            apart(out, block);
        } else {
            let alignment = alignment.filter(|line| cells(line).len() == columns).map(str::to_owned);
            self.write_table(line.number, None, &table, alignment, out);
        }
        Some(here.at + count)
    }

    fn row(&mut self, cells: &[String], columns: usize, number: usize) -> String {
        // Cells that no column is left for would not be shown: their pipe was meant as a letter.
        let (own, more) = cells.split_at(columns.clamp(1, cells.len().max(1)).min(cells.len()));
        let last = own.last().into_iter().chain(more).map(|cell| cell.as_str()).collect::<Vec<_>>().join("\\|");
        let own = own.iter().take(own.len().saturating_sub(1)).chain([&last]);
        let row: String = own.map(|cell| format!(" {} |", self.line(cell.trim(), number, Place::Cell))).collect();
        format!("|{row}")
    }

    /// Writes a table. Without a head it gets an empty one, because markdown knows no table without.
    pub(super) fn write_table(
        &mut self,
        number: usize,
        head: Option<&(usize, Vec<String>)>,
        rows: &[(usize, Vec<String>)],
        alignment: Option<String>,
        out: &mut Vec<Written>,
    ) {
        self.log.count("table");
        let columns = rows.iter().chain(head).map(|(_, cells)| cells.len()).max().unwrap_or(1);
        if head.is_none() {
            self.log.note(number, "table-head", "a table without a head got an empty one", "name its columns");
        }
        let mut block = vec![match head {
            Some((number, cells)) => Written::new(*number, self.padded(cells, columns, *number)),
            None => Written::new(number, "|".to_owned() + &"  |".repeat(columns)),
        }];
        block.push(Written::new(number, alignment.unwrap_or_else(|| "|".to_owned() + &"---|".repeat(columns))));
        for (number, cells) in rows {
            let row = self.padded(cells, columns, *number);
            block.push(Written::new(*number, row));
        }
        apart(out, block);
        out.push(Written::new(number, ""));
    }

    fn padded(&mut self, cells: &[String], columns: usize, number: usize) -> String {
        let mut cells = cells.to_vec();
        cells.resize(columns.max(cells.len()), String::new());
        self.row(&cells, columns, number)
    }

    fn grid_table(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let words = here.line().words();
        if !is_grid(words) {
            return None;
        }
        let count = here.lines[here.at..].iter().take_while(|line| line.words().starts_with(['+', '|'])).count();
        let block = &here.lines[here.at..here.at + count];
        let edges: Vec<usize> = words.chars().enumerate().filter(|(_, letter)| *letter == '+').map(|(place, _)| place).collect();
        let fits = |line: &&Line<'_>| {
            let letters: Vec<char> = line.words().chars().collect();
            letters.len() == edges.last().map_or(0, |last| last + 1) && edges.iter().all(|edge| ['+', '|'].contains(&letters[*edge]))
        };
        if count < 3 || edges.len() > MAX_COLUMNS || !block.iter().all(|line| fits(&line)) {
            return self.as_code(here, count, out);
        }
        let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
        let mut head = None;
        let mut open = vec![String::new(); edges.len() - 1];
        for line in &block[1..] {
            if line.words().starts_with('+') {
                let row = std::mem::replace(&mut open, vec![String::new(); edges.len() - 1]);
                if line.words().contains('=') && head.is_none() && rows.is_empty() {
                    head = Some((line.number, row));
                } else {
                    rows.push((line.number, row));
                }
                continue;
            }
            let letters: Vec<char> = line.words().chars().collect();
            for (cell, edge) in open.iter_mut().zip(edges.windows(2)) {
                join(cell, &letters[edge[0] + 1..edge[1]].iter().collect::<String>());
            }
        }
        if open.iter().any(|cell| !cell.is_empty()) {
            rows.push((here.line().number, open));
        }
        self.write_table(here.line().number, head.as_ref(), &rows, None, out);
        Some(here.at + count)
    }

    /// What cannot be said in a table of ours is shown as it was drawn.
    fn as_code(&mut self, here: Here<'_, '_>, count: usize, out: &mut Vec<Written>) -> Option<usize> {
        let number = here.line().number;
        self.log.note(number, "table", "a table is too odd to convert and is shown as it was drawn", "write it with pipes: | a | b |");
        let block = &here.lines[here.at..here.at + count.max(1)];
        let mut code = vec![Written::new(number, "~~~~")];
        code.extend(block.iter().map(|line| Written::new(line.number, line.text)));
        code.push(Written::new(number, "~~~~"));
        apart(out, code);
        Some(here.at + count.max(1))
    }

    /// Columns under groups of dashes, each row a line; or rows of several lines between empty ones.
    fn simple_table(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let lines = &here.lines[here.at..];
        let is_frame = |line: &Line<'_>| columns(line.text).is_some_and(|columns| columns.len() == 1) && line.words().len() > 9;
        let groups = |line: &Line<'_>| columns(line.text).filter(|columns| columns.len() > 1);
        let is_framed =
            is_frame(&lines[0]) && lines.iter().skip(1).take(6).take_while(|line| !line.is_blank()).any(|line| groups(line).is_some());
        let is_headless = groups(&lines[0]).is_some();
        let is_plain =
            !is_framed && !is_headless && lines.get(1).is_some_and(|next| groups(next).is_some()) && !lines[0].text.contains('|');
        if !is_framed && !is_headless && !is_plain {
            return None;
        }
        let divider = lines.iter().take(8).position(|line| groups(line).is_some())?;
        let edges = groups(&lines[divider])?;
        // The end: a frame or the dashes again; without a frame before, also an empty line.
        let ends = |line: Line<'_>| is_frame(&line) || groups(&line).is_some() || (!is_framed && line.is_blank());
        let rest = &lines[divider + 1..];
        let count = match self.look(rest, ends) {
            Some(count) => count,
            None if is_plain => rest.len(),
            None => return None,
        };
        let has_end = rest.get(count).is_some_and(|line| !line.is_blank());
        // Two lines of dashes with anything between them may be something else.
        if is_headless && (!has_end || rest[..count].iter().any(|line| interrupts(*line))) {
            return None;
        }
        let mut head = vec![String::new(); edges.len()];
        for line in lines[..divider].iter().filter(|line| !is_frame(line)) {
            slices(line.text, &edges).iter().zip(&mut head).for_each(|(slice, cell)| join(cell, slice));
        }
        let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
        let is_multiline = is_framed || rest[..count].iter().any(|line| line.is_blank());
        let mut is_open = false;
        for line in &rest[..count] {
            if line.is_blank() {
                is_open = false;
                continue;
            }
            if !is_open {
                rows.push((line.number, vec![String::new(); edges.len()]));
            }
            is_open = is_multiline;
            if let Some((_, row)) = rows.last_mut() {
                slices(line.text, &edges).iter().zip(row).for_each(|(slice, cell)| join(cell, slice));
            }
        }
        let has_head = head.iter().any(|cell| !cell.is_empty());
        let head = (here.line().number, head);
        self.write_table(here.line().number, has_head.then_some(&head), &rows, None, out);
        Some(here.at + divider + 1 + count + usize::from(has_end))
    }
}

/// Adds words to a cell. A pipe among them is no edge.
fn join(cell: &mut String, words: &str) {
    let words = words.trim();
    if !words.is_empty() && !cell.is_empty() {
        cell.push(' ');
    }
    cell.push_str(&words.replace('|', "\\|"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_cut_at_pipes_that_are_none_of_a_template() {
        assert_eq!(cells("| a | b \\| c | {{ x | y }} |"), [" a ", " b \\| c ", " {{ x | y }} "]);
        assert_eq!(divider("|:---|---:|"), Some(2));
        assert_eq!(divider("--- | ---"), Some(2));
        for line in ["---", "- a", "| a |", "-"] {
            assert_eq!(divider(line), None, "{line}");
        }
    }

    #[test]
    fn columns_are_those_under_the_dashes() {
        let edges = columns("----  ------").expect("columns");
        assert_eq!(slices("Low   a year", &edges), ["Low   ", "a year"]);
        assert_eq!(slices("Medium 2", &edges), ["Medium", " 2"]);
        assert_eq!(slices("Moderate 2", &edges), ["", "Moderate 2"]);
        assert_eq!(slices("Đỏ    mỗi", &edges), ["Đỏ    ", "mỗi"]);
    }
}
