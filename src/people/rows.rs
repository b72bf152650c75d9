//! Reads CSV files as they come (RFC 4180): header by name, every bad row with its line and what is wrong.

use chrono::NaiveDate;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// A row that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The line of the file, from 1.
    pub line: u64,
    /// What is wrong and how to mend it.
    pub reason: String,
}

impl fmt::Display for Rejected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {}", self.line, self.reason)
    }
}

/// One row's fields by the names of their columns.
pub(super) struct Fields {
    pub line: u64,
    /// The columns that the file has.
    pub columns: Arc<[&'static str]>,
    values: HashMap<&'static str, String>,
}

/// No field of a roster is longer.
const MAX_FIELD: usize = 300;

impl Fields {
    /// The field, trimmed; `None` where it is empty.
    pub fn text(&self, column: &'static str) -> Option<String> {
        self.values.get(column).filter(|value| !value.is_empty()).cloned()
    }

    /// A field that may not be empty.
    pub fn needed(&self, column: &'static str) -> Result<String, String> {
        self.text(column).ok_or_else(|| format!("{column} is empty"))
    }

    /// A date, as in 2026-03-31; `None` where it is empty. 9999-12-31 means: no such day.
    pub fn date(&self, column: &'static str) -> Result<Option<NaiveDate>, String> {
        let Some(text) = self.text(column) else { return Ok(None) };
        let date = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().filter(|_| text.len() == 10);
        let date = date.ok_or_else(|| format!("{column} is {text:?}; write the date as in 2026-03-31"))?;
        match chrono::Datelike::year(&date) {
            9999 => Ok(None),
            1900..=2200 => Ok(Some(date)),
            _ => Err(format!("{column} is {text:?}; that year cannot be")),
        }
    }
}

/// Reads all rows of a file. `Err` when the file as a whole cannot be read: the header is wrong, say.
pub(super) fn read(bytes: &[u8], columns: &[&'static str], needed: &[&str]) -> Result<Vec<Result<Fields, Rejected>>, Rejected> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Some(reason) = other_kind(bytes) {
        return Err(Rejected { line: 1, reason: reason.into() });
    }
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bytes);
    let mut records = reader.byte_records();
    let failed = |error: &csv::Error| Rejected { line: error.position().map_or(1, csv::Position::line), reason: error.to_string() };
    let header = match records.next() {
        None => {
            return Err(Rejected {
                line: 1,
                reason: format!("the file is empty; its first line names the columns: {}", columns.join(", ")),
            });
        }
        Some(header) => header.map_err(|error| failed(&error))?,
    };
    let header = names(&header, columns, needed).map_err(|reason| Rejected { line: 1, reason })?;
    let rows = records.map(|record| {
        let record = record.map_err(|error| failed(&error))?;
        // Spreadsheets write rows that nobody filled in.
        if record.iter().all(|value| value.trim_ascii().is_empty()) {
            return Ok(None);
        }
        let line = record.position().map_or(0, |position| line(bytes, position));
        fields(&record, &header, line).map(Some).map_err(|reason| Rejected { line, reason })
    });
    Ok(rows.filter_map(Result::transpose).collect())
}

/// Why bytes cannot be CSV in UTF-8 at all.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("the file is UTF-16 text; save it as \"CSV UTF-8 (comma separated)\""),
        [b'P', b'K', 3, 4, ..] => Some("the file is a workbook or another archive; save the sheet as \"CSV UTF-8 (comma separated)\""),
        _ if bytes.iter().take_while(|byte| **byte != b'\n').any(|byte| *byte == 0) => Some("the file is no text; save it as CSV in UTF-8"),
        _ => None,
    }
}

/// The line a record begins in. The reader counts from the end of the record before: empty lines between them are passed over here.
fn line(bytes: &[u8], position: &csv::Position) -> u64 {
    let rest = usize::try_from(position.byte()).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
    let passed_over = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    position.line() + passed_over as u64
}

/// The names of the columns, without those at the end that have neither a name nor values.
fn names(header: &csv::ByteRecord, columns: &[&'static str], needed: &[&str]) -> Result<Arc<[&'static str]>, String> {
    let mut names = Vec::new();
    let named = header.len() - header.iter().rev().take_while(|name| name.trim_ascii().is_empty()).count();
    for name in header.iter().take(named) {
        let name = String::from_utf8_lossy(name).trim().to_lowercase();
        if name.contains(';') || name.contains('\t') {
            return Err("the columns are not separated by commas; save the file as CSV with commas".into());
        }
        let known = columns.iter().find(|column| **column == name);
        let leaves = if name == "first_day" { " (is this a file of leaves? add --leaves)" } else { "" };
        if name.starts_with("sep=") {
            return Err("the first line is \"sep=\", which only Excel reads; remove it: the first line names the columns".into());
        }
        let known = *known.ok_or_else(|| format!("there is no column {name:?}; the columns are {}{leaves}", columns.join(", ")))?;
        if names.contains(&known) {
            return Err(format!("the column {known} stands twice"));
        }
        names.push(known);
    }
    match needed.iter().find(|column| !names.contains(column)) {
        Some(missing) => Err(format!("the column {missing} is missing")),
        None => Ok(names.into()),
    }
}

fn fields(record: &csv::ByteRecord, header: &Arc<[&'static str]>, line: u64) -> Result<Fields, String> {
    if record.len() < header.len() || record.iter().skip(header.len()).any(|value| !value.trim_ascii().is_empty()) {
        return Err(format!("has {} field(s), the header has {}", record.len(), header.len()));
    }
    let mut values = HashMap::new();
    for (column, value) in header.iter().zip(record) {
        let value = std::str::from_utf8(value).map_err(|_| format!("{column} is not UTF-8; save the file as UTF-8"))?.trim();
        if value.chars().any(char::is_control) {
            return Err(format!("{column} holds a line break or another control character"));
        }
        if value.len() > MAX_FIELD {
            return Err(format!("{column} is longer than {MAX_FIELD} bytes"));
        }
        values.insert(*column, value.to_owned());
    }
    Ok(Fields { line, columns: Arc::clone(header), values })
}
