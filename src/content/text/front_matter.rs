//! What stands between the two `---` at the start of a file.

use crate::content::codes;
use crate::content::diagnostic::Diagnostics;
use crate::content::source::Source;
use serde::Deserialize;

/// A title, a sentence, a number. What is much longer is an accident, or meant to keep the reader of YAML busy.
const MAX_BYTES: usize = 4000;

/// The keys that are known.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct FrontMatter {
    pub title: String,
    #[serde(default)]
    pub summary: String,
    pub minutes: Option<u32>,
}

pub(in crate::content) fn read(source: &Source, found: &mut Diagnostics) -> Option<FrontMatter> {
    let help = "start the file with a line ---, then title: and summary:, then a line ---";
    let Some(rest) = source.text.strip_prefix("---\n") else {
        let keys = source.text.lines().take(12).any(|line| line.starts_with("title:"));
        let message = if keys { "the front matter is not opened by a line ---" } else { "has no front matter" };
        found.add(codes::FRONT_MATTER, source.at_line(1), message, help);
        return None;
    };
    let Some(end) = rest.find("\n---\n").or_else(|| rest.starts_with("---\n").then_some(0)) else {
        found.add(codes::FRONT_MATTER, source.at_line(1), "the front matter never ends", help);
        return None;
    };
    if end > MAX_BYTES {
        let help = format!("it may have {MAX_BYTES} bytes: a title and a sentence; the text comes after the second ---");
        found.add(codes::FRONT_MATTER, source.at_line(1), "the front matter is too long", help);
        return None;
    }
    let line_of = |key: &str| source.text.lines().position(|line| line.starts_with(key)).map_or(2, |line| line + 1);
    let front: Result<FrontMatter, _> = yaml_serde::from_str(&rest[..end]);
    match front {
        Ok(front) if front.title.contains("${") || front.summary.contains("${") => {
            let line = line_of(if front.title.contains("${") { "title:" } else { "summary:" });
            let help = "names are only replaced in the text below";
            found.add(codes::VARIABLE, source.at_line(line), "${ stands in the title or the summary", help);
            None
        }
        Ok(front) if (front.title.clone() + &front.summary).contains(char::is_control) => {
            let help = "take it out: no page and no database shows it";
            found.add(codes::FRONT_MATTER, source.at_line(2), "the title or the summary holds a control character", help);
            None
        }
        Ok(front) if !front.title.trim().is_empty() => Some(front),
        Ok(_) => {
            found.add(codes::FRONT_MATTER, source.at_line(line_of("title:")), "the title is empty", "write title: and the title");
            None
        }
        Err(error) => {
            let line = error.location().map_or(2, |location| location.line() + 1);
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            found.add(codes::FRONT_MATTER, source.at_line(line), message, "the keys are title, summary and minutes");
            None
        }
    }
}
