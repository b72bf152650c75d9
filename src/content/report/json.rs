//! Diagnostics as one JSON object. `docs/authors.md` describes it.

use crate::content::diagnostic::Diagnostic;
use crate::content::diagnostic::Diagnostics;
use serde_json::Value;
use serde_json::json;

/// All of them. `folder` is the content folder as it was named.
pub fn json(found: &Diagnostics, folder: &str) -> Value {
    json!({
        "format": 1,
        "folder": folder,
        "errors": found.errors(),
        "warnings": found.warnings(),
        "untold": found.untold(),
        "diagnostics": found.iter().map(one).collect::<Vec<_>>(),
    })
}

fn one(diagnostic: &Diagnostic) -> Value {
    let place = &diagnostic.place;
    let some = |number: usize| (number > 0).then_some(number);
    json!({
        "code": diagnostic.code.name,
        "severity": diagnostic.code.severity.name(),
        "file": place.file,
        "line": some(place.line),
        "column": some(place.column),
        "end_column": some(place.end_column),
        "excerpt": some(place.line).map(|_| &place.excerpt),
        "message": diagnostic.message,
        "help": diagnostic.help,
    })
}
