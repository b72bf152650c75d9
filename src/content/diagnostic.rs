//! What is wrong in a content folder: where, what, how to mend it.

use std::fmt;
use std::path::PathBuf;

/// Whether something stops publishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// It does: it cannot be shown, or not truly.
    Error,
    /// It does not: it is shown, but not as it is written.
    Warning,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether it stops publishing.
    pub severity: Severity,
    /// A stable name for this kind of fault.
    pub code: &'static str,
    /// The file, below the content folder.
    pub file: PathBuf,
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.file.display())?;
        if self.line > 0 {
            write!(formatter, ":{}", self.line)?;
        }
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(formatter, ": {severity}[{}]: {}\n    help: {}", self.code, self.message, self.help)
    }
}

/// Nobody mends more in one go.
const SHOWN: usize = 1000;

/// All that is wrong, in the order it was found.
#[derive(Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many stop publishing.
    pub fn errors(&self) -> usize {
        self.0.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
    }

    /// All of it.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    pub(super) fn add(&mut self, code: &'static str, place: &Place<'_>, message: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Error, code, place, message.into(), help.into());
    }

    pub(super) fn warn(&mut self, code: &'static str, place: &Place<'_>, message: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Warning, code, place, message.into(), help.into());
    }

    fn push(&mut self, severity: Severity, code: &'static str, place: &Place<'_>, message: String, help: String) {
        self.0.push(Diagnostic { severity, code, file: place.file.into(), line: place.line, message, help });
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in self.0.iter().take(SHOWN) {
            writeln!(formatter, "{diagnostic}")?;
        }
        let more = if self.0.len() > SHOWN { format!(" (the first {SHOWN} are shown)") } else { String::new() };
        let errors = self.errors();
        write!(formatter, "{errors} error(s), {} warning(s) in the content folder{more}", self.0.len() - errors)
    }
}

impl std::error::Error for Diagnostics {}

/// A file below the content folder and a line in it.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub file: &'a str,
    pub line: usize,
}
