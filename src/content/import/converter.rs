//! The state of one conversion: what it has noted, and what is true of the whole text.

use crate::content::import::attributes;
use crate::content::import::line::Line;
use crate::content::import::log::Log;
use crate::content::import::log::quoted;
use crate::content::import::markup;
use std::collections::BTreeMap;
use std::collections::HashSet;

/// Converts one text.
pub(super) struct Converter<'s> {
    /// What was done.
    pub log: Log,
    /// Whether braces are expressions, and indentation is no code.
    pub is_mdx: bool,
    /// Whether it has tags of templates outside backquotes.
    pub is_template: bool,
    /// The names of elements that the text closes somewhere.
    pub closed: HashSet<&'s str>,
    /// The numbers of pandoc's examples, by name.
    pub examples: BTreeMap<String, usize>,
    /// How many examples without a name were numbered so far.
    pub example: usize,
    /// A name that waits for the next heading.
    pub anchor: Option<String>,
    /// Behind which line of which depth bullets have another mark than in the source.
    pub other_bullet: Option<(usize, usize)>,
    /// How many lines may still be looked through in vain for the end of something.
    patience: usize,
}

impl<'s> Converter<'s> {
    pub(super) fn new(text: &'s str, is_mdx: bool) -> Self {
        let imports = |line: &str| line.starts_with("import ") && line.contains(" from ") && line.contains(['\'', '"']);
        Self {
            log: Log::default(),
            is_mdx: is_mdx || text.lines().any(imports),
            is_template: text.match_indices("{{").any(|(at, _)| !text[..at].ends_with('`')),
            closed: closed(text),
            examples: BTreeMap::new(),
            example: 0,
            anchor: None,
            other_bullet: None,
            patience: 4_000_000,
        }
    }

    /// The first of some lines that is wanted. Who looks in vain too often is no longer answered: a text full of beginnings
    /// without ends must not take long.
    pub(super) fn look(&mut self, lines: &[Line<'_>], mut wanted: impl FnMut(Line<'_>) -> bool) -> Option<usize> {
        let found = lines.iter().take(self.patience).position(|line| wanted(*line));
        if found.is_none() {
            self.patience = self.patience.saturating_sub(lines.len());
        }
        found
    }

    /// Numbers the examples of pandoc that have names, so that words before them can refer to them.
    pub(super) fn number_examples(&mut self, lines: &[String]) {
        let mut count = 0;
        for name in lines.iter().filter_map(|line| line.trim_start().strip_prefix("(@")?.split_once(')')) {
            count += 1;
            if !name.0.is_empty() && name.0.len() < 40 {
                self.examples.entry(name.0.to_owned()).or_insert(count);
            }
        }
    }

    /// A name for a place in the text. Ours belong to headings.
    pub(super) fn anchor(&mut self, name: &str, number: usize) {
        if attributes::is_name(name) && self.anchor.is_none() {
            self.anchor = Some(name.to_owned());
        } else {
            let message = format!("the name “{}” of a place is left out", quoted(name));
            self.log.note(number, "anchor", message, "only headings can be linked to; give one a {#name}");
        }
    }

    /// A name that no heading came for.
    pub(super) fn forget_anchor(&mut self, number: usize) {
        if let Some(name) = self.anchor.take() {
            let message = format!("the name “{name}” of a place is left out");
            self.log.note(number, "anchor", message, "only headings can be linked to; give one a {#name}");
        }
    }
}

fn closed(text: &str) -> HashSet<&str> {
    let closing = text.match_indices("</").filter_map(|(at, _)| markup::element(text, at));
    closing.map(|element| element.name).collect()
}
