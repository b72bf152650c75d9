//! Other people's markdown in our dialect: MkDocs, Jekyll, Hugo, Docusaurus, pandoc, templates, HTML. Pure: a text goes in, a text and
//! notes come out. What cannot be converted is noted with its line, and no word of the source is lost: [`Imported::lost`] counts them.
//!
//! It goes in three steps. Blocks and words are converted by the shape of their lines (`blocks`, `inline`); what is still not of our
//! dialect becomes plain letters (`leftovers`); at last headings and links are mended with all files of the import in view.

mod admonitions;
mod ahead;
mod attributes;
mod blocks;
mod code;
mod converter;
mod elements;
mod emoji;
mod facts;
mod front_matter;
mod headings;
mod html_list;
mod html_table;
mod inline;
mod inline_html;
mod inline_marks;
mod inline_tags;
mod kinds;
mod labels;
mod leftovers;
mod line;
mod links;
mod lists;
mod log;
mod markup;
mod mdx;
mod outline;
mod page;
mod places;
mod read;
mod settings;
mod tables;
mod tags;
#[cfg(test)]
mod tests;
mod words;

pub use facts::Facts;
pub use log::Note;
pub use places::Place;
pub use places::Places;
pub use read::decode;
pub use settings::course_toml;
pub use settings::organisation_toml;
pub use settings::policy_toml;

use crate::content::import::converter::Converter;
use crate::content::import::inline::Place as InlinePlace;
use crate::content::import::line::Line;
use crate::content::import::links::Links;
use crate::content::import::log::Log;
use crate::content::import::outline::Outline;
use crate::content::import::page::Edit;
use crate::content::import::page::Page;
use crate::content::import::words::Words;
use crate::kit::markdown;
use pulldown_cmark::Event;
use pulldown_cmark::Parser;
use std::collections::BTreeMap;

/// Mending headings and links may bring to light others: so often they are looked at.
const ROUNDS: usize = 6;

/// How many lost words a note names.
const NAMED: usize = 20;

/// A text whose links still lead to where they led.
pub struct Draft {
    path: String,
    page: Page,
    outline: Outline,
    facts: Facts,
    log: Log,
    source: Words,
    /// Its title without marks, if it has one.
    title: Option<String>,
    /// The title leaves the text.
    edits: Vec<Edit>,
}

/// What an imported text needs to know of its surroundings.
pub struct Surroundings<'a> {
    /// The files that are imported with it.
    pub places: &'a Places,
    /// The organisation's name, for titles, in which `${org.name}` is not replaced.
    pub organisation: Option<&'a str>,
    /// Whether questions may stay questions.
    pub is_course: bool,
}

/// A text in our dialect.
#[derive(Debug)]
pub struct Imported {
    /// Its title.
    pub title: String,
    /// What it is about, or nothing.
    pub summary: String,
    /// The whole file, with its front matter.
    pub text: String,
    /// What the source said about it.
    pub facts: Facts,
    /// What readers do not see, with its lines.
    pub asides: Vec<(usize, String)>,
    /// What could not be converted.
    pub notes: Vec<Note>,
    /// How often each kind of construct was converted.
    pub converted: BTreeMap<&'static str, usize>,
    /// How many words the source has, without its markup.
    pub words_in: usize,
    /// How many words the text has, with title and summary.
    pub words_out: usize,
    source: Words,
    dropped: Words,
}

/// Converts a text, up to its links. `path` is where the file lies below the imported folder.
pub fn draft(path: &str, text: &str) -> Draft {
    let lines = line::lines(text);
    let mut log = Log::default();
    let (fields, start) = front_matter::read(&lines, &mut log);
    let facts = facts::sort(fields, &mut log);
    let mut converter = Converter::new(text, path.ends_with(".mdx"));
    converter.log = log;
    converter.number_examples(&lines);
    let sentences: Vec<(usize, String)> = facts
        .sentences
        .iter()
        .flat_map(|(number, label, words)| {
            let paragraphs = words.split("\n\n").map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
            paragraphs.enumerate().map(move |(place, words)| (*number, if place == 0 { format!("**{label}:** {words}") } else { words }))
        })
        .flat_map(|(number, words)| [(number, words), (number, String::new())])
        .collect();
    let mut all: Vec<Line<'_>> = sentences.iter().map(|(number, text)| Line { number: *number, text }).collect();
    all.extend(lines.iter().enumerate().skip(start).map(|(place, text)| Line { number: place + 1, text }));
    let written = converter.blocks(&all, 0);
    converter.forget_anchor(lines.len());
    let mut log = converter.log;
    let page = leftovers::mend(Page::new(written), &mut log);
    let mut outline = Outline::of(&page);
    let mut title = facts.title.as_ref().map(|title| plain_words(&mut log, title));
    let mut edits = Vec::new();
    let own = outline.title().map(str::to_owned);
    if let Some(own) = own.filter(|own| title.as_ref().is_none_or(|title| simple(title) == simple(own))) {
        edits.extend(outline.take_title(&page, &mut log));
        if title.is_some() {
            log.drop_markup(&own);
        }
        title = title.or(Some(own));
    }
    Draft { path: path.to_owned(), page, outline, facts, log, source: Words::of(text), title, edits }
}

impl Draft {
    /// The names that links from other files may use, and for each the name that stands in the text.
    pub fn anchors(&self) -> BTreeMap<String, String> {
        self.outline.anchors()
    }

    /// Where its links lead.
    pub fn links(&self) -> &[String] {
        &self.outline.links
    }

    /// Says that a link of another file leads to a name in this one.
    pub fn want(&mut self, name: &str) {
        self.outline.want(name);
    }

    /// Adds something to say about the file as a whole.
    pub fn note(&mut self, kind: &'static str, message: &str, help: &str) {
        self.log.note(0, kind, message, help);
    }

    /// The text in our dialect, with links to where the other files went.
    pub fn finish(mut self, surroundings: &Surroundings<'_>) -> Imported {
        let title = self.title.take().map(|title| named(&title, surroundings)).filter(|title| !title.is_empty());
        let title = title.unwrap_or_else(|| title_of_name(&self.path));
        let summary = self.facts.summary.clone().map(|summary| plain_words(&mut self.log, &summary)).unwrap_or_default();
        let summary = named(&summary, surroundings);
        let edits = std::mem::take(&mut self.edits);
        let page = self.mended(edits, surroundings);
        let mut text = format!("---\ntitle: {}\n", yaml(&title));
        if !summary.is_empty() {
            text += &format!("summary: {}\n", yaml(&summary));
        }
        if let Some(minutes) = self.facts.minutes.filter(|_| surroundings.is_course) {
            text += &format!("minutes: {minutes}\n");
        }
        text += "---\n";
        let body = page.text.trim_matches('\n').trim_end();
        if !body.is_empty() {
            text += &format!("\n{body}\n");
        }
        self.log.asides.sort_by_key(|(line, _)| *line);
        self.log.notes.sort_by_key(|note| note.line);
        let words_in = self.source.count_without(&self.log.dropped);
        let words_out = Words::of(&format!("{title} {summary}")).count() + shown(body).count();
        Imported {
            title,
            summary,
            text,
            facts: self.facts,
            asides: self.log.asides,
            notes: self.log.notes,
            converted: self.log.converted,
            words_in,
            words_out,
            source: self.source,
            dropped: self.log.dropped,
        }
    }
}

impl Draft {
    /// The text with its headings and links mended. A link that becomes words may bring to light another link or a heading.
    fn mended(&mut self, mut edits: Vec<Edit>, surroundings: &Surroundings<'_>) -> Page {
        let mut page = self.page.clone();
        for round in 0..ROUNDS {
            if round > 0 {
                self.outline = self.outline.again(&page);
            }
            let links = Links { path: &self.path, places: surroundings.places, outline: &self.outline, is_again: round > 0 };
            edits.extend(self.outline.edits(&page, surroundings.is_course, &mut self.log));
            edits.extend(links.edits(&page, &mut self.log));
            if edits.is_empty() {
                break;
            }
            page = leftovers::mend(page.edited(std::mem::take(&mut edits)), &mut self.log);
        }
        page
    }
}

impl Imported {
    /// The words of the source that are nowhere: not in the text, not in the settings, and no markup either. There should be none.
    pub fn lost(&self) -> Option<Note> {
        let asides: Vec<&str> = self.asides.iter().map(|(_, text)| text.as_str()).collect();
        let kept = Words::of(&format!("{} {}", self.facts.words(), asides.join(" ")));
        let missing = self.source.missing(&[&Words::of(&self.text), &kept, &self.dropped]);
        if missing.is_empty() {
            return None;
        }
        let named = missing.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        let message = format!("{} word(s) of the source are not in the result: {named}", missing.len());
        Some(Note {
            line: 0,
            kind: "words-lost",
            message,
            help: "compare the two files; this is a fault of the import".into(),
            also: Vec::new(),
        })
    }
}

/// The words that readers see; a variable is one.
fn shown(body: &str) -> Words {
    let mut words = Words::default();
    for event in Parser::new_ext(body, markdown::dialect()) {
        if let Event::Text(text) | Event::Code(text) = event {
            words.add(&text.replace("${org.", ""));
        }
    }
    words
}

/// Letters and digits alone, to compare titles.
fn simple(words: &str) -> String {
    words.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Words of the front matter without marks.
fn plain_words(log: &mut Log, words: &str) -> String {
    let mut converter = Converter::new("", false);
    std::mem::swap(&mut converter.log, log);
    let converted = converter.line(words, 1, InlinePlace::Line);
    std::mem::swap(&mut converter.log, log);
    let mut plain = String::new();
    for event in Parser::new_ext(&converted, markdown::dialect()) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => plain.push_str(&text),
            Event::SoftBreak | Event::HardBreak => plain.push(' '),
            _ => {}
        }
    }
    // A title that looks like a list, or like code, says more as it was written.
    if simple(&plain) == simple(&converted) { plain } else { converted }
}

/// Words without variables, which are not replaced in titles.
fn named(words: &str, surroundings: &Surroundings<'_>) -> String {
    let words = words.replace("${org.name}", surroundings.organisation.unwrap_or("[organisation]"));
    words.replace("${", "$ {").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title from the name of a file or folder.
pub fn title_of_name(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem =
        name.split(".md").next().unwrap_or(name).trim_start_matches(|first: char| first.is_ascii_digit() || first == '-' || first == '_');
    let words = stem.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    let title: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    if title.is_empty() { name.to_owned() } else { title }
}

/// A value for front matter: plain where YAML takes it as it is, else in quotes.
fn yaml(words: &str) -> String {
    let is_plain = words.starts_with(|first: char| first.is_alphabetic())
        && ![": ", " #", "\\"].iter().any(|odd| words.contains(odd))
        && !words.ends_with(':')
        && !["true", "false", "null", "yes", "no", "on", "off"].contains(&words.to_lowercase().as_str())
        && !words.chars().any(char::is_control);
    if is_plain { words.to_owned() } else { serde_json::Value::String(words.to_owned()).to_string() }
}
