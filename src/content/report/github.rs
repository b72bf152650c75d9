//! Diagnostics as the workflow commands of GitHub Actions: each is shown at its line of the change.

use crate::content::diagnostic::Diagnostic;
use crate::content::diagnostic::Diagnostics;

/// All of them, one a line. `folder` is the content folder as it was named; files are told relative to where the program was started.
pub fn github(found: &Diagnostics, folder: &str) -> String {
    found.iter().map(|one| line(one, folder) + "\n").collect()
}

fn line(diagnostic: &Diagnostic, folder: &str) -> String {
    let place = &diagnostic.place;
    let mut properties = format!("file={}", property(&path(folder, &place.file)));
    if place.line > 0 {
        properties.push_str(&format!(",line={}", place.line));
    }
    if place.column > 0 {
        properties.push_str(&format!(",col={},endColumn={}", place.column, place.end_column));
    }
    let words = data(&format!("{}\nhelp: {}", diagnostic.message, diagnostic.help));
    format!("::{} {properties},title={}::{words}", diagnostic.code.severity.name(), property(diagnostic.code.name))
}

/// The path of a file below the folder, as seen from where the program was started.
pub(super) fn path(folder: &str, file: &str) -> String {
    let folder = folder.trim_end_matches('/').trim_start_matches("./");
    if folder.is_empty() || folder == "." { file.to_owned() } else { format!("{folder}/{file}") }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
