//! Diagnostics in the Static Analysis Results Interchange Format (OASIS SARIF 2.1.0), as code hosts show them beside a change.

use crate::content::codes::CODES;
use crate::content::diagnostic::Diagnostic;
use crate::content::diagnostic::Diagnostics;
use percent_encoding::AsciiSet;
use percent_encoding::NON_ALPHANUMERIC;
use percent_encoding::utf8_percent_encode;
use serde_json::Value;
use serde_json::json;

/// What stays as it is in the path of an address (RFC 3986).
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

/// All of them. `folder` is the content folder as it was named; files are told relative to where the program was started.
pub fn sarif(found: &Diagnostics, folder: &str) -> Value {
    let rules = CODES.iter().map(|code| {
        json!({
            "id": code.name,
            "shortDescription": { "text": code.title },
            "fullDescription": { "text": code.explanation },
            "help": { "text": code.explanation },
            "defaultConfiguration": { "level": code.severity.name() },
        })
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "avow content check",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": found.iter().map(|one| result(one, folder)).collect::<Vec<_>>(),
        }],
    })
}

fn result(diagnostic: &Diagnostic, folder: &str) -> Value {
    let place = &diagnostic.place;
    let uri = utf8_percent_encode(&super::github::path(folder, &place.file), PATH).to_string();
    let mut location = json!({ "artifactLocation": { "uri": uri } });
    if place.line > 0 {
        location["region"] = json!({ "startLine": place.line, "snippet": { "text": place.excerpt } });
    }
    if place.column > 0 {
        location["region"]["startColumn"] = json!(place.column);
        location["region"]["endColumn"] = json!(place.end_column);
    }
    json!({
        "ruleId": diagnostic.code.name,
        "ruleIndex": CODES.iter().position(|code| code.name == diagnostic.code.name),
        "level": diagnostic.code.severity.name(),
        "message": { "text": format!("{}. To mend it: {}", diagnostic.message, diagnostic.help) },
        "locations": [{ "physicalLocation": location }],
    })
}
