//! What is wrong in a content folder: where, what, how to mend it.

use crate::content::codes::Code;
use std::collections::BTreeMap;
use std::fmt;

/// Whether something stops publishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It does: it cannot be shown, or not truly.
    Error,
    /// It does not: it is shown, but it could be better, or not as it is written.
    Warning,
}

impl Severity {
    /// Its name in every format.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Where something is wrong: a file below the content folder, and what stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file, with slashes.
    pub file: String,
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// The first letter, from 1, in Unicode code points; 0 for the line as a whole.
    pub column: usize,
    /// One past the last letter.
    pub end_column: usize,
    /// The line itself, or the stretch of it that matters.
    pub excerpt: String,
    /// How many letters of the line were left out before the excerpt.
    pub cut: usize,
}

impl Place {
    /// A file as a whole, or a folder.
    pub(super) fn file(file: impl Into<String>) -> Self {
        Self { file: printable(&file.into()), ..Self::default() }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of fault it is.
    pub code: &'static Code,
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { file, line, column, .. } = &self.place;
        formatter.write_str(file)?;
        if *line > 0 {
            write!(formatter, ":{line}")?;
        }
        if *column > 0 {
            write!(formatter, ":{column}")?;
        }
        write!(formatter, ": {}[{}]: {}\n    help: {}", self.code.severity.name(), self.code.name, self.message, self.help)
    }
}

/// So many are told of one file: nobody mends more in one go.
const MOST_IN_A_FILE: usize = 200;

/// So many are told in words.
const SHOWN: usize = 1000;

/// All that is wrong, file by file.
#[derive(Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    in_file: BTreeMap<String, usize>,
    untold: usize,
    untold_errors: usize,
}

impl Diagnostics {
    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many stop publishing.
    pub fn errors(&self) -> usize {
        self.found.iter().filter(|one| one.code.severity == Severity::Error).count() + self.untold_errors
    }

    /// How many do not.
    pub fn warnings(&self) -> usize {
        self.found.len() + self.untold - self.errors()
    }

    /// How many are not told, because their file has too many.
    pub fn untold(&self) -> usize {
        self.untold
    }

    /// Those that are told.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// Adds one.
    pub fn add(&mut self, code: &'static Code, place: Place, message: impl Into<String>, help: impl Into<String>) {
        let count = self.in_file.entry(place.file.clone()).or_default();
        *count += 1;
        if *count > MOST_IN_A_FILE {
            self.untold += 1;
            self.untold_errors += usize::from(code.severity == Severity::Error);
            return;
        }
        self.found.push(Diagnostic { code, place, message: printable(&message.into()), help: printable(&help.into()) });
    }

    /// Forgets those that turn out to be none.
    pub fn forget(&mut self, code: &'static Code, file: &str) {
        self.found.retain(|one| one.code != code || one.place.file != file);
    }

    /// Takes in what others found.
    pub(super) fn append(&mut self, other: Self) {
        self.untold += other.untold;
        self.untold_errors += other.untold_errors;
        for (file, count) in other.in_file {
            *self.in_file.entry(file).or_default() += count;
        }
        self.found.extend(other.found);
    }

    /// Puts them in the order of files and lines.
    pub(super) fn sort(&mut self) {
        let key = |one: &Diagnostic| (one.place.file.clone(), one.place.line, one.place.column);
        self.found.sort_by_cached_key(key);
    }

    /// The last line of a report: how many there are.
    pub fn summary(&self) -> String {
        let more = if self.untold > 0 { format!("; {} more are not told, mend these first", self.untold) } else { String::new() };
        format!("{} error(s), {} warning(s) in the content folder{more}", self.errors(), self.warnings())
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in self.found.iter().take(SHOWN) {
            writeln!(formatter, "{diagnostic}")?;
        }
        if self.found.len() > SHOWN {
            writeln!(formatter, "(the first {SHOWN} are shown)")?;
        }
        formatter.write_str(&self.summary())
    }
}

impl std::error::Error for Diagnostics {}

/// Letters that would move the cursor of a terminal, or turn the direction of a line, as a sign of their own.
pub(super) fn printable(text: &str) -> String {
    let odd = |letter: char| {
        letter.is_control() && letter != '\n'
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(odd) {
        return text.to_owned();
    }
    text.chars()
        .map(|letter| {
            if letter == '\t' {
                ' '
            } else if odd(letter) {
                '\u{fffd}'
            } else {
                letter
            }
        })
        .collect()
}
