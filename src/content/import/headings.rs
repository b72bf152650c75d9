//! Headings: written with `#`, with the name that links use. Their levels are set when all of them are known.

use crate::content::import::attributes;
use crate::content::import::attributes::Attributes;
use crate::content::import::blocks::Here;
use crate::content::import::converter::Converter;
use crate::content::import::inline::Place;
use crate::content::import::line::Written;
use crate::content::import::line::apart;

impl Converter<'_> {
    /// `## Heading`
    pub(super) fn heading(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let line = here.line();
        let words = line.words();
        let rest = words.trim_start_matches('#');
        let level = words.len() - rest.len();
        if !(1..=6).contains(&level) || line.indent() > 3 || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
            return None;
        }
        let rest = rest.trim();
        let without = rest.trim_end_matches('#');
        let rest = if without.is_empty() || without.ends_with([' ', '\t']) { without.trim() } else { rest };
        self.write_heading(line.number, level, rest, out);
        Some(here.at + 1)
    }

    /// Writes a heading of some level.
    pub(super) fn write_heading(&mut self, number: usize, level: usize, text: &str, out: &mut Vec<Written>) {
        let (found, text) = attributes::at_end(text).unwrap_or((Attributes::default(), text));
        let words = self.line(text, number, Place::Line);
        let anchor = self.anchor.take();
        let id = found.id.or(anchor);
        // Ours mean something: questions, pools, and what belongs to them.
        let is_ours = found.classes.iter().any(|class| ["question", "pool", "scenario", "step"].contains(&class.as_str()));
        let mut marks: Vec<String> = id.iter().map(|id| format!("#{id}")).collect();
        if is_ours {
            marks.extend(found.classes.iter().map(|class| format!(".{class}")));
            marks.extend(found.values.iter().map(|(key, value)| format!("{key}={value}")));
        } else {
            found.classes.iter().for_each(|class| self.log.drop_markup(class));
            found.values.iter().for_each(|(key, value)| self.log.drop_markup(&format!("{key} {value}")));
        }
        // Braces that are no attributes are letters.
        let words = if words.contains('`') { words } else { words.replace("{#", "\\{#").replace("{.", "\\{.") };
        let marks = if marks.is_empty() { String::new() } else { format!(" {{{}}}", marks.join(" ")) };
        apart(out, vec![Written::new(number, format!("{} {words}{marks}", "#".repeat(level)).trim_end())]);
    }
}

/// The name that a heading has on git hosts and in most generators of pages.
pub(super) fn slug(words: &str) -> String {
    let letters = words.trim().chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
    letters.flat_map(char::to_lowercase).map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

/// The level of each heading in turn: the first is 2, and each is at most one deeper than what it stands under.
pub(super) struct Levels(Vec<usize>);

impl Levels {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    /// The level of the next heading, whose author gave it `level`.
    pub(super) fn next(&mut self, level: usize) -> usize {
        while self.0.last().is_some_and(|above| *above >= level) {
            self.0.pop();
        }
        self.0.push(level);
        (self.0.len() + 1).min(6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_start_at_two_and_never_jump() {
        let shifted = |levels: &[usize]| {
            let mut next = Levels::new();
            levels.iter().map(|level| next.next(*level)).collect::<Vec<_>>()
        };
        assert_eq!(shifted(&[1, 2, 3, 2, 1]), [2, 3, 4, 3, 2]);
        assert_eq!(shifted(&[2, 3, 2]), [2, 3, 2]);
        assert_eq!(shifted(&[3, 2, 4, 6, 4, 1]), [2, 2, 3, 4, 3, 2]);
        assert_eq!(shifted(&[1, 2, 3, 4, 5, 6]), [2, 3, 4, 5, 6, 6]);
    }

    #[test]
    fn names_are_those_of_git_hosts() {
        assert_eq!(slug("Access & Termination (draft)"), "access--termination-draft");
        assert_eq!(slug("Phạm vi"), "phạm-vi");
    }
}
