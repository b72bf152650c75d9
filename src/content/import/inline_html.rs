//! Elements of HTML that markdown has words for: emphasis, links, code, pictures, boxes to tick.

use crate::content::import::converter::Converter;
use crate::content::import::inline::Inline;
use crate::content::import::inline::Open;
use crate::content::import::inline::Place;
use crate::content::import::inline_tags::quoted_whole;
use crate::content::import::markup;
use crate::content::import::markup::Element;

impl<'a> Inline<'a, '_, '_> {
    /// Ends what was opened, at the end of the words.
    pub(super) fn close(&mut self, open: &Open<'_>) {
        self.finish(open, None);
    }

    /// Puts the marks of markdown around the words of an element, where they would work.
    pub(super) fn finish(&mut self, open: &Open<'_>, next: Option<char>) {
        if !self.out.is_char_boundary(open.start) || open.start > self.out.len() {
            return;
        }
        let inside = self.out.split_off(open.start);
        let core = inside.trim();
        let lead = &inside[..inside.len() - inside.trim_start().len()];
        let trail = if core.is_empty() { "" } else { &inside[lead.len() + core.len()..] };
        let before = self.out.chars().next_back().filter(|_| lead.is_empty());
        let next = next.filter(|_| trail.is_empty());
        let shown = match open.name.as_str() {
            _ if open.address.is_some() => link(core, open.address.unwrap_or_default()),
            _ if core.is_empty() || core.contains("\n\n") => core.to_owned(),
            "b" | "strong" | "mark" | "==" => emphasis("**", core, before, next),
            "i" | "em" | "cite" | "dfn" | "var" => emphasis("*", core, before, next),
            "s" | "del" | "strike" => emphasis("~~", core, before, next),
            "q" => format!("{core}”"),
            "sup" | "sub" if core.chars().all(char::is_alphanumeric) => {
                // `raise` writes at the end, which is where this belongs.
                self.out.push_str(lead);
                self.raise(core, open.name == "sup");
                self.out.push_str(trail);
                return;
            }
            _ => core.to_owned(),
        };
        self.out.push_str(lead);
        self.out.push_str(&shown);
        self.out.push_str(trail);
    }

    /// `<br>` ends a line; in a cell a stroke does.
    pub(super) fn line_break(&mut self, end: usize) {
        self.converter.log.count("line-break");
        match self.place {
            Place::Paragraph => {
                let length = self.out.trim_end_matches(' ').len();
                self.out.truncate(length);
                self.pass(end);
                let goes_on = !self.rest().trim_start_matches([' ', '\n']).is_empty();
                if goes_on {
                    self.end_line();
                    let blanks = self.rest().len() - self.rest().trim_start_matches([' ', '\n']).len();
                    self.pass(self.at + blanks);
                }
            }
            Place::Line | Place::Cell => {
                self.pass(end);
                let length = self.out.trim_end_matches([' ', '/']).len();
                self.out.truncate(length);
                if !self.out.is_empty() && !self.rest().trim().is_empty() {
                    self.push(if self.place == Place::Cell { " / " } else { " " });
                }
            }
        }
    }

    /// Pictures in markdown's form; what becomes of them is decided with all others.
    pub(super) fn picture(&mut self, element: &Element<'_>) {
        self.converter.log.count("html");
        let address = element.attribute("src").unwrap_or_default().replace(['<', '>', '\n'], "");
        let words = [element.attribute("alt"), element.attribute("title")].into_iter().flatten().collect::<Vec<_>>().join(" ");
        self.push(&format!("![{}]({})", words.replace(['[', ']', '\n'], " "), destination(&address)));
        self.pass(element.end);
    }

    /// A box to tick; other inputs leave their words.
    pub(super) fn input(&mut self, element: &Element<'_>) {
        self.converter.log.count("html");
        let is_box = element.attribute("type").is_some_and(|kind| ["checkbox", "radio"].contains(&kind.to_lowercase().as_str()));
        let words = [element.attribute("value"), element.attribute("placeholder"), element.attribute("title")];
        self.pass(element.end);
        if is_box {
            self.push(if element.attribute("checked").is_some() { "☑" } else { "☐" });
        } else if let Some(words) = words.into_iter().flatten().find(|words| words.contains(char::is_alphabetic)) {
            self.push(&format!("({})", words.replace(['{', '<', '['], " ")));
        }
    }

    /// `<code>` and its kin become code spans. Says whether the element has an end near by.
    pub(super) fn code_element(&mut self, element: &Element<'_>) -> bool {
        let close: &'static str = match element.lower().as_str() {
            "code" => "</code>",
            "kbd" => "</kbd>",
            "samp" => "</samp>",
            _ => "</tt>",
        };
        let Some(end) = self.ahead.find(close, element.end) else { return false };
        let words = self.text[element.end..end].to_owned();
        self.converter.log.count("html");
        let code = self.converter.code_of(&words);
        let code = if self.place == Place::Cell { code.replace('|', "\\|") } else { code };
        self.pass(element.end);
        if !code.trim().is_empty() {
            let code = quoted_whole(&code);
            self.push(&code);
        }
        self.skip(end);
        self.pass(end + close.len());
        true
    }
}

/// An address as markdown takes it.
pub(super) fn destination(address: &str) -> String {
    if address.is_empty() || address.contains([' ', '(', ')', '\\']) { format!("<{address}>") } else { address.to_owned() }
}

/// Emphasis, where its marks would be read as such.
fn emphasis(mark: &str, core: &str, before: Option<char>, next: Option<char>) -> String {
    let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let flanks = |outer: Option<char>, inner: Option<char>| !is_word(outer) || is_word(inner);
    let works = flanks(before, core.chars().next())
        && flanks(next, core.chars().next_back())
        && !core.contains(mark)
        && !core.ends_with('\\')
        && before != mark.chars().next();
    if works { format!("{mark}{core}{mark}") } else { core.to_owned() }
}

fn link(core: &str, address: &str) -> String {
    let address = address.replace(['<', '>', '\n'], "");
    if core.contains("](") || core.contains("\n\n") {
        format!("{core} ({address})")
    } else {
        format!("[{core}]({})", destination(&address))
    }
}

impl Converter<'_> {
    /// The code between tags, with letters for its entities.
    pub(super) fn code_of(&mut self, text: &str) -> String {
        let bare = bare(text, |markup| self.log.drop_markup(markup));
        if bare != text {
            // Words around a tag become one.
            self.log.drop_markup(&bare_apart(text));
        }
        self.decoded(&bare)
    }

    /// Letters instead of the entities that code and addresses are written with.
    pub(super) fn decoded(&mut self, text: &str) -> String {
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
        entities.iter().fold(text.to_owned(), |text, (entity, letter)| {
            text.match_indices(entity).for_each(|(_, entity)| self.log.drop_markup(entity));
            text.replace(entity, letter)
        })
    }
}

/// The words between tags, with a space for each tag.
fn bare_apart(text: &str) -> String {
    let mut at = 0;
    let mut out = String::new();
    while let Some(next) = text[at..].find('<') {
        let start = at + next;
        out.push_str(&text[at..start]);
        out.push(' ');
        at = markup::element(text, start).map_or(start + 1, |element| element.end);
    }
    out + &text[at..]
}

/// The words between tags.
fn bare(text: &str, mut dropped: impl FnMut(&str)) -> String {
    let mut out = String::new();
    let mut at = 0;
    while let Some(next) = text[at..].find('<') {
        let start = at + next;
        out.push_str(&text[at..start]);
        match markup::element(text, start) {
            Some(element) => {
                dropped(&text[start..element.end]);
                at = element.end;
            }
            None => {
                out.push('<');
                at = start + 1;
            }
        }
    }
    out.push_str(&text[at..]);
    out
}
