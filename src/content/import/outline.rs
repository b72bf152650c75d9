//! The headings of a text: its title, their levels, and the names that links lead to.

use crate::content::import::headings::Levels;
use crate::content::import::headings::slug;
use crate::content::import::log::Log;
use crate::content::import::page::Edit;
use crate::content::import::page::Page;
use pulldown_cmark::Event;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

/// A longer heading is no title.
const MAX_TITLE: usize = 300;

/// A heading.
#[derive(Debug)]
struct Heading {
    range: Range<usize>,
    level: usize,
    id: Option<String>,
    classes: Vec<String>,
    words: String,
    /// The name it has on git hosts.
    slug: String,
    is_outermost: bool,
}

/// All headings, and where links of the same text lead.
#[derive(Debug, Default)]
pub(super) struct Outline {
    headings: Vec<Heading>,
    /// For each name that a link may use, the name that the heading has.
    names: BTreeMap<String, String>,
    /// The names that links of the text use.
    wanted: BTreeSet<String>,
    /// The addresses of all its links.
    pub links: Vec<String>,
}

impl Outline {
    pub(super) fn of(page: &Page) -> Self {
        let mut outline = Self::default();
        let mut depth = 0_usize;
        let mut open = false;
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (event, range) in page.events() {
            match event {
                Event::Start(Tag::Heading { level, id, classes, .. }) => {
                    outline.headings.push(Heading {
                        range,
                        level: level as usize,
                        id: id.map(|id| id.to_string()),
                        classes: classes.iter().map(ToString::to_string).collect(),
                        words: String::new(),
                        slug: String::new(),
                        is_outermost: depth == 0,
                    });
                    open = true;
                    depth += 1;
                }
                Event::Start(tag) => {
                    depth += 1;
                    if let Tag::Link { dest_url, .. } = tag {
                        outline.wanted.extend(dest_url.strip_prefix('#').map(str::to_owned));
                        outline.links.push(dest_url.to_string());
                    }
                }
                Event::End(end) => {
                    depth = depth.saturating_sub(1);
                    if matches!(end, TagEnd::Heading(_)) {
                        open = false;
                        outline.named(&mut seen);
                    }
                }
                Event::Text(text) | Event::Code(text) if open => {
                    if let Some(heading) = outline.headings.last_mut() {
                        heading.words.push_str(&text);
                    }
                }
                _ => {}
            }
        }
        outline
    }

    /// The outline of the same text after changes: who links to what is the same.
    pub(super) fn again(&self, page: &Page) -> Self {
        let mut again = Self::of(page);
        again.wanted.extend(self.wanted.iter().cloned());
        again
    }

    /// Gives the last heading the names that links may use.
    fn named(&mut self, seen: &mut BTreeMap<String, usize>) {
        let Some(heading) = self.headings.last_mut() else { return };
        let base = slug(&heading.words);
        let times = seen.entry(base.clone()).or_default();
        heading.slug = if *times == 0 { base } else { format!("{base}-{times}") };
        *times += 1;
        let own = heading.id.clone().unwrap_or_else(|| heading.slug.clone());
        if !own.is_empty() {
            self.names.insert(own.clone(), own.clone());
            self.names.entry(heading.slug.clone()).or_insert(own);
        }
    }

    /// The name of the heading that a link means.
    pub(super) fn anchor(&self, name: &str) -> Option<&str> {
        let decoded = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
        self.names.get(&*decoded).or_else(|| self.names.get(&decoded.to_lowercase())).map(String::as_str)
    }

    /// The names that links from elsewhere may use.
    pub(super) fn anchors(&self) -> BTreeMap<String, String> {
        self.names.clone()
    }

    /// Links from elsewhere use this name.
    pub(super) fn want(&mut self, name: &str) {
        self.wanted.insert(name.to_owned());
    }

    /// The words of the first heading of the first level, if it can be the title.
    pub(super) fn title(&self) -> Option<&str> {
        self.title_heading().map(|heading| heading.words.trim())
    }

    fn title_heading(&self) -> Option<&Heading> {
        let is_title =
            |heading: &&Heading| heading.level == 1 && heading.is_outermost && !heading.classes.iter().any(|class| class == "pool");
        self.headings.iter().find(is_title).filter(|heading| !heading.words.trim().is_empty() && heading.words.len() <= MAX_TITLE)
    }

    /// The title leaves the text; links to it lead nowhere any more.
    pub(super) fn take_title(&mut self, page: &Page, log: &mut Log) -> Option<Edit> {
        let place = self.title_heading().map(|heading| heading.range.start)?;
        let place = self.headings.iter().position(|heading| heading.range.start == place)?;
        let heading = self.headings.remove(place);
        self.names.retain(|_, own| *own != heading.slug && Some(&*own) != heading.id.as_ref());
        heading.id.iter().for_each(|id| log.drop_markup(id));
        let blank = page.text[heading.range.end..].bytes().take_while(|byte| *byte == b'\n').count();
        Some(Edit::new(heading.range.start..heading.range.end + blank, ""))
    }

    /// The changes that headings need: levels that start at 2 and do not jump, and names for those that are linked to.
    pub(super) fn edits(&self, page: &Page, keeps_questions: bool, log: &mut Log) -> Vec<Edit> {
        let is_marked =
            |heading: &Heading| heading.classes.iter().any(|class| ["question", "pool", "scenario", "step"].contains(&class.as_str()));
        let has_questions = keeps_questions && self.headings.iter().any(is_marked);
        let mut levels = Levels::new();
        let wanted: BTreeSet<&str> = self.wanted.iter().filter_map(|name| self.anchor(name)).collect();
        let mut edits = Vec::new();
        let mut taken: BTreeSet<&str> = BTreeSet::new();
        for heading in &self.headings {
            let is_again = heading.id.as_ref().is_some_and(|id| !taken.insert(id));
            let is_pool = keeps_questions && heading.classes.iter().any(|class| class == "pool");
            let level = match (is_pool, has_questions) {
                (true, _) => 1,
                (false, true) => heading.level.max(2),
                (false, false) => levels.next(heading.level),
            };
            let source = &page.text[heading.range.clone()];
            let first = source.lines().next().unwrap_or_default();
            let marks = first.len() - first.trim_start_matches('#').len();
            let start = heading.range.start;
            if marks == 0 {
                // A heading that is underlined: its words move into one line.
                let words = source.trim_end().rsplit_once('\n').map_or(source, |(words, _)| words);
                let words = words.lines().map(|line| line.trim_start_matches(['>', ' '])).collect::<Vec<_>>().join(" ");
                let end = start + source.trim_end().len();
                edits.push(Edit::new(start..end, format!("{} {words}", "#".repeat(level))));
                continue;
            }
            if marks != level {
                log.count("heading");
                edits.push(Edit::new(start..start + marks, "#".repeat(level)));
            }
            let end = start + first.trim_end().len();
            let own = heading.id.as_deref().unwrap_or(&heading.slug);
            if is_marked(heading) && !(keeps_questions && heading.is_outermost) {
                let list = first.rfind('{').map_or(end, |place| start + place);
                let id = heading.id.as_ref().map(|id| format!("{{#{id}}}")).unwrap_or_default();
                let number = page.number(start);
                heading.classes.iter().for_each(|class| log.drop_markup(class));
                log.drop_markup(&page.text[list..end]);
                log.note(number, "question", "a question or pool is plain text here", "questions belong into a course, at the margin");
                edits.push(Edit::new(list..end, id));
            } else if is_again && !is_marked(heading) {
                // A link leads to the first of a name anyway.
                let list = first.rfind('{').map_or(end, |place| start + first[..place].trim_end().len());
                let message = format!("a second heading named {} has no name now", heading.id.as_deref().unwrap_or_default());
                log.drop_markup(&page.text[list..end]);
                log.note(page.number(start), "heading", &message, "give it another name, if anything should lead to it");
                edits.push(Edit::new(list..end, ""));
            } else if heading.id.is_none() && wanted.contains(own) && !own.is_empty() {
                edits.push(Edit::new(end..end, format!(" {{#{own}}}")));
            }
        }
        edits
    }
}
