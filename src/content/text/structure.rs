//! The outline of a text: its headings and their names, its tables, its paragraphs, and HTML that is none of ours.

use crate::content::codes;
use crate::content::diagnostic::Diagnostics;
use crate::content::source::Source;
use crate::content::text::Asked;
use crate::content::text::Events;
use crate::content::text::block_end;
use crate::content::text::is_marked;
use crate::content::text::name;
use crate::content::text::words;
use crate::kit::markdown;
use pulldown_cmark::Event;
use pulldown_cmark::Parser;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;
use std::collections::BTreeSet;
use std::ops::Range;

/// Looks at headings and tables.
pub(super) fn check(events: &Events<'_>, source: &Source, is_quiz: bool, found: &mut Diagnostics) {
    // The title in the front matter is the first level; in a quiz, pools are.
    let mut level = if is_quiz { 0 } else { 1 };
    for (at, (event, range)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { level: own, .. }) => {
                let own = *own as usize;
                if own > level + 1 {
                    let message = format!("a heading of level {own} follows one of level {level}");
                    let help = format!("write it with {} number sign(s)", level + 1);
                    found.add(codes::HEADING_JUMP, source.at(range.clone()), message, help);
                }
                level = own;
                attributes(&events[at..block_end(events, at)], source, found);
            }
            Event::Start(Tag::TableHead) => {
                let cells = cells(&events[at..block_end(events, at)]);
                // The corner of a table with a column of names may be empty.
                if cells.iter().skip(1).any(String::is_empty) || cells.iter().all(String::is_empty) {
                    let message = "a table has columns without a name";
                    found.add(codes::TABLE_HEADER, source.at(range.clone()), message, "name each column in the first row");
                }
            }
            Event::Start(Tag::Paragraph) => {
                let text = &source.text[range.clone()];
                let is_row = |line: &str| line.trim().len() > 1 && line.trim().starts_with('|') && line.trim().ends_with('|');
                if text.lines().count() > 1 && text.lines().all(is_row) {
                    let help = "put a row of |---|---| below the row of column names";
                    found.add(codes::TABLE_HEADER, source.at(range.clone()), "this is no table yet: it has no header row", help);
                }
            }
            _ => {}
        }
    }
}

/// Looks whether everything in the braces of a heading is known, and nothing that looks like braces is left in its words.
fn attributes(heading: &Events<'_>, source: &Source, found: &mut Diagnostics) {
    let Event::Start(Tag::Heading { classes, attrs, .. }) = &heading[0].0 else { return };
    let known = ["question", "critical", "partial", "pool", "scenario", "step", "good"];
    let class = classes.iter().find(|class| !known.contains(&&***class)).map(|class| format!(".{class} is no class of headings"));
    let key = attrs.iter().find(|(key, _)| !["topic", "draw"].contains(&&**key)).map(|(key, _)| format!("{key} is no key of headings"));
    // Behind a backslash they are meant as letters.
    let is_brace = |text: &str| text.contains("{#") || text.contains("{.");
    let is_left = heading.iter().any(|(event, range)| {
        matches!(event, Event::Text(text) if is_brace(text))
            && source.text.get(range.clone()).is_some_and(is_brace)
            && !source.text[..range.start].ends_with('\\')
    });
    let left = is_left.then(|| "the braces of the heading are not read".to_owned());
    if let Some(message) = class.or(key).or(left) {
        let help = "end the heading with {#name}, and for questions with {#name .question}, as docs/authors.md says";
        found.add(codes::HEADING_ATTRIBUTE, source.at(heading[0].1.clone()), message, help);
    }
}

/// The words of each cell of a row.
fn cells(events: &Events<'_>) -> Vec<String> {
    let starts = events.iter().enumerate().filter(|(_, (event, _))| matches!(event, Event::Start(Tag::TableCell)));
    starts.map(|(at, _)| words(&events[at..block_end(events, at)]).trim().to_owned()).collect()
}

/// Reports raw HTML, once a block or tag.
pub(super) fn raw_html(events: &Events<'_>, source: &Source, found: &mut Diagnostics) {
    let help = "write it in markdown, or between backquotes if it is an example; comments would be read by everybody too";
    let mut in_block = false;
    for (event, range) in events {
        let is_html = match event {
            Event::Start(Tag::HtmlBlock) => {
                in_block = true;
                true
            }
            Event::End(TagEnd::HtmlBlock) => {
                in_block = false;
                false
            }
            Event::Html(_) | Event::InlineHtml(_) => !in_block,
            _ => false,
        };
        if is_html {
            found.add(codes::RAW_HTML, source.at(range.clone()), "raw HTML is shown as the letters that it is", help);
        }
    }
}

/// The names of the headings that a link can lead to.
pub(super) fn anchors(events: &Events<'_>, source: &Source, found: &mut Diagnostics) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    for (event, range) in events {
        let asked = is_marked(event, &["question", "scenario", "step", "pool"]);
        let name = name(event);
        if name.is_empty() || asked {
            continue;
        }
        if !anchors.insert(name.clone()) {
            let help = "give each heading of a text a name of its own";
            found.add(codes::ANCHOR_DUPLICATE, source.at(range.clone()), format!("two headings are named {name}"), help);
        }
    }
    anchors
}

/// The headings that ask something.
pub(super) fn asked(events: &Events<'_>) -> Vec<Asked> {
    let all = events.iter().filter(|(event, _)| is_marked(event, &["question", "pool", "scenario", "step"]));
    all.map(|(event, range)| Asked { id: name(event), range: range.clone(), is_step: is_marked(event, &["step"]) }).collect()
}

/// Paragraphs long enough that nobody writes them twice by chance.
pub(super) fn paragraphs(events: &Events<'_>) -> Vec<(String, Range<usize>)> {
    let starts = events.iter().enumerate().filter(|(_, (event, _))| matches!(event, Event::Start(Tag::Paragraph)));
    let text = |(at, (_, range)): (usize, &(Event<'_>, Range<usize>))| (words(&events[at..block_end(events, at)]), range.clone());
    starts.map(text).filter(|(words, _)| words.split_whitespace().count() > 20).collect()
}

/// The blocks of a text, from its front matter on: what is translated one by one.
pub(super) fn outline(text: &str) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut depth = 0_usize;
    for (event, range) in Parser::new_ext(text, markdown::dialect()).into_offset_iter() {
        match event {
            // The answers of a list are translated one by one too, and so are the rows of a table.
            Event::Start(Tag::List(_) | Tag::Table(_)) if depth == 0 => continue,
            Event::End(TagEnd::List(_) | TagEnd::Table) if depth == 0 => continue,
            Event::Start(_) => {
                if depth == 0 {
                    blocks.push(range);
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    blocks
}
