//! What is still not of our dialect after all conversions: it becomes plain letters, so that the result has no fault.

use crate::content::import::log::Log;
use crate::content::import::page::Edit;
use crate::content::import::page::Page;
use crate::content::import::page::plain;
use pulldown_cmark::Event;
use std::ops::Range;

/// What lies deeper is written flat; `avow content check` refuses 40 levels.
const MAX_DEPTH: usize = 34;

/// Mending one thing may show another: so often it is looked again.
const ROUNDS: usize = 6;

/// The names that `${…}` may have.
const NAMES: [&str; 5] = ["org.name}", "org.security_email}", "org.compliance_email}", "org.incident_phone}", "org.intranet}"];

/// Makes plain letters of what our dialect does not have.
pub(super) fn mend(mut page: Page, log: &mut Log) -> Page {
    for _ in 0..ROUNDS {
        let edits = edits(&page, log);
        if edits.is_empty() {
            break;
        }
        page = page.edited(edits);
    }
    page
}

fn edits(page: &Page, log: &mut Log) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut depth = 0_usize;
    let mut in_code = false;
    let mut deep: Option<(Range<usize>, String)> = None;
    for (event, range) in page.events() {
        match &event {
            Event::Start(tag) => {
                depth += 1;
                in_code |= matches!(tag, pulldown_cmark::Tag::CodeBlock(_));
                if depth > MAX_DEPTH && deep.as_ref().is_none_or(|(deep, _)| range.start >= deep.end) {
                    edits.extend(deep.take().map(flat));
                    log.note(page.number(range.start), "nesting", "what lies very deep is plain text now", "write it in fewer levels");
                    deep = Some((range.clone(), String::new()));
                }
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                in_code &= !matches!(end, pulldown_cmark::TagEnd::CodeBlock);
            }
            _ => {}
        }
        if let Some((deep, words)) = deep.as_mut().filter(|(deep, _)| deep.contains(&range.start)) {
            match &event {
                Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => words.push_str(text),
                Event::SoftBreak | Event::HardBreak | Event::End(_) if deep.end > range.start => words.push(' '),
                _ => {}
            }
            continue;
        }
        match event {
            Event::Html(_) | Event::InlineHtml(_) => {
                for (place, _) in page.text[range.clone()].match_indices('<') {
                    edits.push(Edit::new(range.start + place..range.start + place, "\\"));
                }
                log.note(page.number(range.start), "html", "a tag of HTML is shown as the letters that it is", "say it in markdown");
            }
            Event::Text(text) if !in_code && is_unknown(&text) => edits.push(Edit::new(range, known(&text))),
            _ => {}
        }
    }
    edits.extend(deep.map(flat));
    edits
}

fn flat((range, words): (Range<usize>, String)) -> Edit {
    Edit::new(range, plain(&words.split_whitespace().collect::<Vec<_>>().join(" ")))
}

fn is_unknown(text: &str) -> bool {
    text.split("${").skip(1).any(|rest| !NAMES.iter().any(|name| rest.starts_with(name)))
}

/// The words with a space in what would be a variable of ours but is none.
fn known(text: &str) -> String {
    let mut pieces = text.split("${");
    let mut out = plain(pieces.next().unwrap_or_default());
    for piece in pieces {
        out.push_str(if NAMES.iter().any(|name| piece.starts_with(name)) { "${" } else { "$ {" });
        let (name, rest) = piece.split_once('}').map_or(("", piece), |(name, rest)| (name, rest));
        if NAMES.iter().any(|one| *one == format!("{name}}}")) {
            out.push_str(name);
            out.push('}');
            out.push_str(&plain(rest));
        } else {
            out.push_str(&plain(piece));
        }
    }
    out
}
