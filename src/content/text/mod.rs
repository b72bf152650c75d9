//! One markdown file: front matter, text, questions, scenarios. Everything that cannot be shown as written is reported.

mod front_matter;
mod links;
mod questions;
mod reading;
mod scenario;
mod structure;

pub(super) use front_matter::FrontMatter;
pub(super) use front_matter::read as read_front_matter;
pub(super) use links::Reference;
pub(super) use links::check as check_links;
pub use reading::Measure;

use crate::content::assets::Assets;
use crate::content::codes;
use crate::content::diagnostic::Diagnostics;
use crate::content::model::Block;
use crate::content::model::Document;
use crate::content::model::Organisation;
use crate::content::model::Pool;
use crate::content::source::Source;
use crate::kit::markdown;
use pulldown_cmark::CowStr;
use pulldown_cmark::Event;
use pulldown_cmark::HeadingLevel;
use pulldown_cmark::LinkType;
use pulldown_cmark::Parser;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;
use pulldown_cmark::TextMergeWithOffset;
use std::collections::BTreeSet;
use std::ops::Range;

/// A file's events, each with its place in the file.
type Events<'a> = [(Event<'a>, Range<usize>)];

/// How deep blocks may lie in blocks. Deeper ones are nobody's writing.
const MAX_DEPTH: usize = 40;

/// So many questions and scenarios a file may hold.
const MAX_QUESTIONS: usize = 500;

/// What a text may refer to.
pub(super) struct Around<'a> {
    pub organisation: &'a Organisation,
    pub assets: &'a Assets,
    pub language: &'a str,
    /// Whether it is a quiz, where headings of the first level start pools.
    pub is_quiz: bool,
}

/// A file that was read.
pub(super) struct Reading {
    pub front: FrontMatter,
    pub document: Document,
    /// Its links to other texts and to its own headings.
    pub references: Vec<Reference>,
    /// The names of its headings.
    pub anchors: BTreeSet<String>,
    /// Its paragraphs, for comparing.
    pub paragraphs: Vec<(String, Range<usize>)>,
    /// Its questions, pools, scenarios and steps.
    pub asked: Vec<Asked>,
    pub measure: Measure,
}

impl Reading {
    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.document.blocks.is_empty() && self.document.pools.is_empty()
    }
}

/// A heading that is no plain one.
pub(super) struct Asked {
    pub id: String,
    pub range: Range<usize>,
    pub is_step: bool,
}

/// Reads a markdown file.
pub(super) fn read(source: &Source, around: &Around<'_>, found: &mut Diagnostics) -> Option<Reading> {
    let front = front_matter::read(source, found)?;
    let events = events(source, around, found)?;
    structure::check(&events, source, around.is_quiz, found);
    let mut reading = Reading {
        front,
        document: Document::default(),
        references: Vec::new(),
        anchors: structure::anchors(&events, source, found),
        paragraphs: structure::paragraphs(&events),
        asked: structure::asked(&events),
        measure: reading::measure(&events),
    };
    reading.references = links::references(&events, source, found);
    let marked = events.iter().filter(|(event, _)| is_marked(event, &["question", "pool", "scenario", "step"])).nth(MAX_QUESTIONS);
    if let Some((_, range)) = marked {
        let message = format!("has more than {MAX_QUESTIONS} questions");
        found.add(codes::QUESTION_MANY, source.at(range.clone()), message, "split it");
        return Some(reading);
    }
    reading.document = blocks(&links::resolved(events, source, around, found), source, found);
    Some(reading)
}

/// The places of the blocks of a text: what a translation is compared with, one by one.
pub(super) fn outline(text: &str) -> Vec<Range<usize>> {
    structure::outline(text)
}

/// Parses a file; reports what is inert, replaces variables.
fn events<'a>(source: &'a Source, around: &Around<'_>, found: &mut Diagnostics) -> Option<Vec<(Event<'a>, Range<usize>)>> {
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
            found.add(codes::NESTING, source.at(range), "lists or quotes lie too deep in each other", "at most 40 levels");
            return None;
        }
        if depth > 1 && is_marked(&event, &["question", "pool", "scenario", "step"]) {
            let message = "a question, pool or scenario lies in a list, a quote or a note, where nobody is asked";
            found.add(codes::QUESTION_PLACE, source.at(range.clone()), message, "start its heading at the beginning of a line of its own");
        }
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            _ => {}
        }
        let event = if in_code { event } else { substitute(event, &range, source, around.organisation, found) };
        events.push((event, range));
    }
    structure::raw_html(&events, source, found);
    Some(events)
}

/// Whether this starts a heading of one of these classes.
fn is_marked(event: &Event<'_>, wanted: &[&str]) -> bool {
    let Event::Start(Tag::Heading { classes, .. }) = event else { return false };
    classes.iter().any(|class| wanted.contains(&&**class))
}

/// Replaces `${org.…}` in words and in links, outside code.
fn substitute<'a>(
    event: Event<'a>,
    range: &Range<usize>,
    source: &Source,
    organisation: &Organisation,
    found: &mut Diagnostics,
) -> Event<'a> {
    let mut replace = |text: CowStr<'a>| {
        if !text.contains("${") {
            return text;
        }
        let mut pieces = text.split("${");
        let mut replaced = pieces.next().unwrap_or_default().to_owned();
        let mut from = range.start;
        for piece in pieces {
            // Written with entities it is not found; then the whole stretch is meant.
            let at = source.text.get(from..range.end).and_then(|rest| rest.find("${"));
            let start = at.map_or(range.start, |at| from + at);
            from = at.map_or(from, |at| from + at + 2);
            match piece.split_once('}').and_then(|(name, rest)| Some((organisation.variable(name)?, rest))) {
                Some((value, rest)) => replaced.extend([value, rest]),
                None => {
                    let (name, length) = piece.split_once('}').map_or((piece, piece.len() + 2), |(name, _)| (name, name.len() + 3));
                    let name: String = name.chars().take(40).collect();
                    let help = "use the keys of organisation.toml, as in ${org.name}";
                    found.add(codes::VARIABLE, source.at(start..start + length), format!("${{{name}}} stands for nothing"), help);
                    replaced.extend(["${", piece]);
                }
            }
        }
        CowStr::from(replaced)
    };
    match event {
        Event::Text(text) => Event::Text(replace(text)),
        Event::Start(Tag::Link { link_type: LinkType::Email, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url: format!("mailto:{dest_url}").into(), title, id })
        }
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: replace(dest_url), title, id })
        }
        other => other,
    }
}

/// Cuts a file into HTML, questions and scenarios. In a quiz, headings of class `pool` gather the questions below them.
fn blocks(events: &Events<'_>, source: &Source, found: &mut Diagnostics) -> Document {
    let mut document = Document::default();
    let mut plain: Vec<Event<'_>> = Vec::new();
    let mut at = 0;
    while at < events.len() {
        let end = block_end(events, at);
        let has = |class: &str| is_marked(&events[at].0, &[class]);
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
        if has("scenario") {
            flush(&mut plain, &mut document);
            let (scenario, next) = scenario::scenario(events, at, source, found);
            document.blocks.extend(scenario.map(Block::Scenario));
            at = next;
            continue;
        }
        if has("pool") {
            flush(&mut plain, &mut document);
            document.pools.push(pool(&events[at..end], source, found));
        } else if has("step") {
            let help = "put it below a ## heading of class .scenario";
            found.add(codes::SCENARIO, source.at(events[at].1.clone()), "a step stands outside a scenario", help);
        } else if matches!(events[at].0, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })) {
            let help = "the title is in the front matter; start with ##";
            found.add(codes::HEADING_FIRST, source.at(events[at].1.clone()), "a heading of the first level stands in the text", help);
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

fn pool(events: &Events<'_>, source: &Source, found: &mut Diagnostics) -> Pool {
    let draw = attribute(&events[0].0, "draw").and_then(|draw| draw.parse().ok());
    let id = name(&events[0].0);
    if id.is_empty() || draw.is_none_or(|draw: usize| draw == 0) {
        let place = source.at(events[0].1.clone());
        found.add(codes::POOL, place, "a pool needs a name and how many questions to draw", "write # Title {#name .pool draw=2}");
    }
    Pool { id, title: words(events), draw: draw.unwrap_or(0), questions: Vec::new() }
}

/// The `{#name}` of a heading.
fn name(event: &Event<'_>) -> String {
    match event {
        Event::Start(Tag::Heading { id: Some(id), .. }) => id.to_string(),
        _ => String::new(),
    }
}

/// A `key=value` of a heading.
fn attribute(event: &Event<'_>, key: &str) -> Option<String> {
    let Event::Start(Tag::Heading { attrs, .. }) = event else { return None };
    attrs.iter().find(|(name, _)| &**name == key).and_then(|(_, value)| Some(value.as_deref()?.to_owned()))
}

/// The words of a stretch, without any markup.
fn words(events: &Events<'_>) -> String {
    let mut words = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

/// Where the block that starts at `at` ends: one past its last event.
fn block_end(events: &Events<'_>, at: usize) -> usize {
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

fn html(events: &Events<'_>) -> String {
    markdown::to_html(events.iter().map(|(event, _)| event.clone()))
}

/// The words with their emphasis, without the heading or the paragraph around them.
fn inline(events: &Events<'_>) -> String {
    let words = events.iter().map(|(event, _)| event).filter(|event| {
        !matches!(event, Event::Start(Tag::Heading { .. } | Tag::Paragraph) | Event::End(TagEnd::Heading(_) | TagEnd::Paragraph))
    });
    markdown::to_html(words.cloned()).trim().to_owned()
}
