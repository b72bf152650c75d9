//! One markdown file: front matter, text, questions. Everything that cannot be shown as written is reported.

use crate::content::diagnostic::Diagnostics;
use crate::content::diagnostic::Place;
use crate::content::folder::Source;
use crate::content::model::Block;
use crate::content::model::Document;
use crate::content::model::Organisation;
use crate::content::model::Pool;
use crate::content::questions;
use crate::kit::markdown;
use pulldown_cmark::CowStr;
use pulldown_cmark::Event;
use pulldown_cmark::HeadingLevel;
use pulldown_cmark::Parser;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;
use pulldown_cmark::TextMergeWithOffset;
use serde::Deserialize;
use std::ops::Range;

/// What stands between the two `---` at the start of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrontMatter {
    pub title: String,
    #[serde(default)]
    pub summary: String,
    pub minutes: Option<u32>,
}

/// A file's events, each with its place in the file.
pub(super) type Events<'a> = [(Event<'a>, Range<usize>)];

/// A title, a sentence, a number. What is much longer is an accident, or meant to keep the reader of YAML busy.
const MAX_FRONT_MATTER: usize = 4000;

/// How deep blocks may lie in blocks. Deeper ones are nobody's writing.
const MAX_DEPTH: usize = 40;

/// Reads a markdown file.
pub(super) fn read(source: &Source, organisation: &Organisation, found: &mut Diagnostics) -> Option<(FrontMatter, Document)> {
    let front = front_matter(source, found)?;
    let parser = Parser::new_ext(&source.text, markdown::dialect()).into_offset_iter();
    let mut events = Vec::new();
    let mut depth = 0_usize;
    let mut in_code = false;
    for (event, range) in TextMergeWithOffset::new(parser) {
        depth = match event {
            Event::Start(_) => depth + 1,
            Event::End(_) => depth.saturating_sub(1),
            _ => depth,
        };
        if depth > MAX_DEPTH {
            let line = source.line(range.start);
            found.add("nesting", &Place { file: &source.file, line }, "lists or quotes lie too deep in each other", "at most 40 levels");
            return None;
        }
        if depth > 1 && is_marked(&event) {
            let place = Place { file: &source.file, line: source.line(range.start) };
            let message = "a question or pool lies in a list, a quote or a note, where nobody is asked";
            found.add("question-place", &place, message, "start its heading at the beginning of a line of its own");
        }
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            _ => {}
        }
        let event = if in_code { event } else { substitute(event, range.start, source, organisation, found) };
        report(&event, range.start, source, found);
        events.push((event, range));
    }
    Some((front, blocks(&events, source, found)))
}

/// Whether this starts a question or a pool.
fn is_marked(event: &Event<'_>) -> bool {
    let Event::Start(Tag::Heading { classes, .. }) = event else { return false };
    classes.iter().any(|class| ["question", "pool"].contains(&&**class))
}

fn front_matter(source: &Source, found: &mut Diagnostics) -> Option<FrontMatter> {
    let place = |line| Place { file: &source.file, line };
    let help = "start the file with a line ---, then title: and summary:, then a line ---";
    let Some(rest) = source.text.strip_prefix("---\n") else {
        found.add("front-matter", &place(1), "has no front matter", help);
        return None;
    };
    let Some(end) = rest.find("\n---\n").or_else(|| rest.starts_with("---\n").then_some(0)) else {
        found.add("front-matter", &place(1), "the front matter never ends", help);
        return None;
    };
    if end > MAX_FRONT_MATTER {
        let help = format!("it may have {MAX_FRONT_MATTER} bytes: a title and a sentence; the text comes after the second ---");
        found.add("front-matter", &place(1), "the front matter is too long", help);
        return None;
    }
    let front: Result<FrontMatter, _> = yaml_serde::from_str(&rest[..end]);
    match front {
        Ok(front) if front.title.contains("${") || front.summary.contains("${") => {
            found.add("variable", &place(2), "${ stands in the title or the summary", "names are only replaced in the text below");
            None
        }
        Ok(front) if !front.title.trim().is_empty() => Some(front),
        Ok(_) => {
            found.add("front-matter", &place(2), "the title is empty", "write title: and the title");
            None
        }
        Err(error) => {
            let line = error.location().map_or(2, |location| location.line() + 1);
            found.add("front-matter", &place(line), error.to_string(), "the keys are title, summary and minutes");
            None
        }
    }
}

/// Replaces `${org.…}` in words and in links, outside code.
fn substitute<'a>(event: Event<'a>, offset: usize, source: &Source, organisation: &Organisation, found: &mut Diagnostics) -> Event<'a> {
    let mut replace = |text: CowStr<'a>| {
        if !text.contains("${") {
            return text;
        }
        let mut pieces = text.split("${");
        let mut replaced = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            match piece.split_once('}').and_then(|(name, rest)| Some((organisation.variable(name)?, rest))) {
                Some((value, rest)) => replaced.extend([value, rest]),
                None => {
                    let place = Place { file: &source.file, line: source.line(offset) };
                    let name = piece.split('}').next().unwrap_or_default();
                    found.add(
                        "variable",
                        &place,
                        format!("${{{name}}} stands for nothing"),
                        "use the keys of organisation.toml, as in ${org.name}",
                    );
                    replaced.extend(["${", piece]);
                }
            }
        }
        CowStr::from(replaced)
    };
    match event {
        Event::Text(text) => Event::Text(replace(text)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: replace(dest_url), title, id })
        }
        other => other,
    }
}

/// Reports what will not be shown as it is written. It is inert all the same.
fn report(event: &Event<'_>, offset: usize, source: &Source, found: &mut Diagnostics) {
    let place = Place { file: &source.file, line: source.line(offset) };
    match event {
        Event::Html(_) | Event::InlineHtml(_) => {
            let help = "write it in markdown, or between backquotes if it is an example; comments would be read by everybody too";
            found.warn("raw-html", &place, "raw HTML is shown as the letters that it is", help);
        }
        Event::Start(Tag::Link { dest_url, .. }) if !markdown::is_safe_link(dest_url) => {
            found.warn(
                "link",
                &place,
                format!("a link may not lead to {:?}", &**dest_url),
                "use https:, mailto:, tel: or a #place on the same page",
            );
        }
        Event::Start(Tag::Image { .. }) => {
            found.warn("picture", &place, "pictures are not shown yet", "say it in words");
        }
        _ => {}
    }
}

/// Cuts a file into HTML and questions. In a quiz, headings of class `pool` gather the questions below them.
fn blocks(events: &Events<'_>, source: &Source, found: &mut Diagnostics) -> Document {
    let mut document = Document::default();
    let mut plain: Vec<Event<'_>> = Vec::new();
    let mut at = 0;
    while at < events.len() {
        let end = block_end(events, at);
        let heading = match &events[at].0 {
            Event::Start(Tag::Heading { level, id, classes, attrs }) => Some((*level, id, classes, attrs)),
            _ => None,
        };
        let has = |class: &str| heading.is_some_and(|(_, _, classes, _)| classes.iter().any(|one| &**one == class));
        if has("question") {
            flush(&mut plain, &mut document);
            let (question, next) = questions::question(events, at, source, found);
            match document.pools.last_mut() {
                Some(pool) => pool.questions.extend(question),
                None => document.blocks.extend(question.map(Block::Question)),
            }
            at = next;
            continue;
        }
        if has("pool") {
            flush(&mut plain, &mut document);
            let (_, id, _, attrs) = heading.expect("a heading has the class");
            document.pools.push(pool(id.as_deref(), attrs, &events[at..end], source, found));
        } else if heading.is_some_and(|(level, ..)| level == HeadingLevel::H1) {
            let place = Place { file: &source.file, line: source.line(events[at].1.start) };
            found.add(
                "heading",
                &place,
                "a heading of the first level stands in the text",
                "the title is in the front matter; start with ##",
            );
        } else {
            plain.extend(events[at..end].iter().map(|(event, _)| event.clone()));
        }
        at = end;
    }
    flush(&mut plain, &mut document);
    document
}

fn flush<'a>(plain: &mut Vec<Event<'a>>, document: &mut Document) {
    let html = markdown::to_html(std::mem::take(plain).into_iter());
    if !html.trim().is_empty() {
        document.blocks.push(Block::Html(html));
    }
}

fn pool(
    id: Option<&str>,
    attrs: &[(CowStr<'_>, Option<CowStr<'_>>)],
    events: &Events<'_>,
    source: &Source,
    found: &mut Diagnostics,
) -> Pool {
    let place = Place { file: &source.file, line: source.line(events[0].1.start) };
    let draw = attrs.iter().find(|(name, _)| &**name == "draw").and_then(|(_, value)| value.as_deref()?.parse().ok());
    if id.is_none() || draw.is_none_or(|draw: usize| draw == 0) {
        found.add("pool", &place, "a pool needs a name and how many questions to draw", "write # Title {#name .pool draw=2}");
    }
    let title = events.iter().filter_map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) => Some(&**text),
        _ => None,
    });
    Pool { id: id.unwrap_or_default().to_owned(), title: title.collect(), draw: draw.unwrap_or(0), questions: Vec::new() }
}

/// Where the block that starts at `at` ends: one past its last event.
pub(super) fn block_end(events: &Events<'_>, at: usize) -> usize {
    let mut depth = 0_usize;
    for (place, (event, _)) in events.iter().enumerate().skip(at) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return place + 1;
        }
    }
    events.len()
}

/// Whether a block is a heading's end, for readers of slices.
pub(super) fn is_end_of_heading(event: &Event<'_>) -> bool {
    matches!(event, Event::End(TagEnd::Heading(_)))
}
