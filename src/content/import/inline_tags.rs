//! Tags inside words: of templates, of HTML, of JSX. What markdown can say is said in markdown; of the rest the words stay.

use crate::content::import::converter::Converter;
use crate::content::import::inline::Inline;
use crate::content::import::inline::MAX_OPEN;
use crate::content::import::inline::Open;
use crate::content::import::inline::Place;
use crate::content::import::log::quoted;
use crate::content::import::markup;
use crate::content::import::markup::Element;
use crate::content::import::tags;
use crate::content::import::tags::Tag;

/// A longer expression is shown as code, not as a gap to fill in.
const MAX_GAP: usize = 60;

impl Converter<'_> {
    /// Writes down a part that depended on something.
    pub(super) fn note_section(&mut self, number: usize, words: &str) {
        self.log.count("condition");
        let name = quoted(words.trim_start_matches(['#', '^']));
        self.log.note(
            number,
            "condition",
            format!("the part that depends on `{name}` is always shown now"),
            "take it out of the text if it does not apply to you",
        );
    }

    /// Writes down a tag that did something. Gives back its words for readers.
    pub(super) fn note_call(&mut self, number: usize, words: &str) -> Vec<String> {
        self.log.count("template-tag");
        let message = format!("`{}` is left out; its words for readers stay", quoted(words));
        self.log.note(number, "template-tag", message, "write by hand what it would have put here");
        tags::prose(words)
    }
}

impl<'a> Inline<'a, '_, '_> {
    /// A tag of a template language.
    pub(super) fn tag(&mut self) -> bool {
        let text = self.text;
        let Some((tag, end)) = tags::at(text, self.at, &mut self.ahead) else { return false };
        match tag {
            Tag::Variable(name) => self.variable(name, end),
            Tag::Section(words) => {
                self.converter.note_section(self.number(), words);
                self.pass(end);
            }
            Tag::Alternative(_) => {
                let help = "take out of the text the one that does not apply to you";
                self.converter.log.note(self.number(), "condition", "both parts of a condition are shown now", help);
                self.pass(end);
                self.part();
            }
            Tag::Silent => self.pass(end),
            Tag::Comment(words) => {
                self.converter.log.set_aside(self.number(), words);
                self.comment(words, end);
            }
            Tag::Call(words) => self.call(words, end),
            Tag::Raw => {
                self.pass(end);
                let close = self.ahead.find("{% end", end).unwrap_or(text.len());
                self.copy(close);
            }
        }
        true
    }

    fn comment(&mut self, words: &str, end: usize) {
        let message = format!("the comment “{}” is kept in the settings file", quoted(words));
        self.converter.log.note(self.number(), "comment", message, "readers do not see it; move it into the text if they should");
        self.converter.log.count("comment");
        self.pass(end);
    }

    /// Words that stand for a value: one of ours, else a gap that can be seen.
    pub(super) fn variable(&mut self, name: &str, end: usize) {
        if let Some(ours) = tags::variable(name) {
            self.converter.log.count("organisation-variable");
            self.push(ours);
            self.pass(end);
            return;
        }
        let literal = tags::prose(name);
        let is_literal = name.starts_with(['"', '\'']) && literal.len() == 1;
        let in_address = self.out.rfind("](").is_some_and(|start| !self.out[start..].contains([')', ' ', '\n']));
        let path = name.split('|').next().unwrap_or_default().trim();
        // The start of every address in Jekyll and Hugo.
        if in_address && ["baseurl", "BaseURL", "site.url"].iter().any(|base| path.ends_with(base)) {
            self.pass(end);
        } else if is_literal {
            self.push(&literal[0]);
            self.pass(end);
        } else {
            let gap = path.replace(['[', ']', '<', '>', '`', '\\', '\n'], " ");
            let gap = if in_address { gap.split_whitespace().collect::<Vec<_>>().join("-") } else { quoted(&gap) };
            self.converter.log.count("variable");
            let message = format!("`{}` became [{gap}]", quoted(&self.text[self.at..end]));
            self.converter.log.note(self.number(), "variable", message, format!("write the value in place of [{gap}]"));
            let words = literal.iter().filter(|_| path != name).map(|word| format!(": {word}")).collect::<String>();
            self.push(&format!("\\[{gap}{words}]"));
            self.pass(end);
        }
    }

    fn call(&mut self, words: &str, end: usize) {
        // `{{< ref "page.md" >}}` and `{% link page.md %}` are addresses.
        let mut parts = words.split_whitespace();
        if let (Some("ref" | "relref" | "link" | "post_url"), Some(address)) = (parts.next(), parts.next()) {
            let address = address.trim_matches(['"', '\'']).to_owned();
            self.converter.log.count("reference");
            self.push(&address);
            self.pass(end);
            return;
        }
        let mut parts = words.split_whitespace();
        if let (Some("param" | "var" | "variable" | "get"), Some(name)) = (parts.next(), parts.next()) {
            self.variable(name.trim_matches(['"', '\'']), end);
            return;
        }
        let prose = self.converter.note_call(self.number(), words);
        self.pass(end);
        for words in prose {
            self.part();
            let words = self.converter.line(&words.replace(['{', '<'], " "), self.number(), Place::Line);
            self.push(&words);
            self.part();
        }
    }

    /// `{expression}` in MDX.
    pub(super) fn expression(&mut self) -> bool {
        if !self.converter.is_mdx || self.out.ends_with('$') {
            return false;
        }
        let Some(end) = markup::braces(self.text.as_bytes(), self.at) else { return false };
        let words = self.text[self.at + 1..end - 1].trim();
        let literal = words.strip_prefix(['"', '\'', '`']).and_then(|rest| rest.strip_suffix(['"', '\'', '`']));
        if let Some(comment) = words.strip_prefix("/*") {
            let comment = comment.trim_end_matches("*/");
            self.converter.log.set_aside(self.number(), comment);
            self.comment(comment, end);
        } else if let Some(literal) = literal.filter(|literal| !literal.contains(['"', '\'', '`', '{'])) {
            self.converter.log.count("expression");
            self.push(literal);
            self.pass(end);
        } else if words.len() <= MAX_GAP && !words.contains(['<', '"', '\'', '`', '\n']) {
            self.variable(words, end);
        } else {
            self.converter.log.count("expression");
            let message = format!("the expression {{{}}} is shown as code", quoted(words));
            self.converter.log.note(self.number(), "expression", message, "write in words what it would have shown");
            let code = quoted_whole(words);
            self.push(&code);
            self.pass(end);
        }
        true
    }

    /// A tag or comment of HTML or JSX; what only looks like one stays as letters.
    pub(super) fn markup(&mut self) -> bool {
        let text = self.text;
        if self.rest().starts_with("<!--") {
            let Some(end) = self.ahead.find("-->", self.at + 4) else { return false };
            let words = &text[self.at + 4..end];
            self.converter.log.set_aside(self.number(), words);
            self.comment(words, end + 3);
            return true;
        }
        let Some(element) = markup::element(text, self.at) else { return false };
        let is_component = element.name.starts_with(|first: char| first.is_ascii_uppercase()) || element.name.is_empty();
        let is_known = markup::is_html(element.name)
            || (is_component && (self.converter.is_mdx || self.converter.closed.contains(element.name)))
            || element.has_values()
            || (element.closes && self.converter.closed.contains(element.name));
        if !is_known || (element.closes && element.attributes.iter().any(|(name, _)| !name.is_empty())) {
            self.gap_in_angles(&element);
        } else if element.closes {
            self.end_of(&element);
        } else {
            self.start_of(&element);
        }
        true
    }

    /// `<Company Name>`: something to fill in, in many templates.
    fn gap_in_angles(&mut self, element: &Element<'_>) {
        let words = self.text[self.at + 1..element.end - 1].trim();
        if let Some(ours) = tags::variable(words) {
            self.converter.log.count("organisation-variable");
            self.push(ours);
            self.pass(element.end);
            return;
        }
        let message = format!("<{}> is no tag and is shown as it is", quoted(words));
        self.converter.log.note(self.number(), "placeholder", message, "if it is to be filled in, write the value");
        self.push("\\<");
        self.at += 1;
    }

    fn start_of(&mut self, element: &Element<'a>) {
        let name = element.lower();
        match name.as_str() {
            "br" => self.line_break(element.end),
            "img" => self.picture(element),
            "input" => self.input(element),
            "code" | "kbd" | "samp" | "tt" if self.code_element(element) => {}
            "a" => {
                let anchor = element.attribute("name").or_else(|| element.attribute("id"));
                if let Some(anchor) = anchor {
                    self.converter.anchor(anchor, self.number());
                }
                match element.attribute("href") {
                    Some(address) => self.open(element, &name, Some(address)),
                    None => self.open(element, "span", None),
                }
            }
            "b" | "strong" | "i" | "em" | "cite" | "dfn" | "var" | "mark" | "s" | "del" | "strike" | "sup" | "sub" | "q" => {
                self.open(element, &name, None);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "dt" | "legend" | "figcaption" | "caption" | "th" => {
                self.dropped(element);
                self.part();
                if let Some(level) = name.strip_prefix('h').and_then(|level| level.parse::<usize>().ok()) {
                    let marks = if self.place == Place::Paragraph { "#".repeat(level) + " " } else { String::new() };
                    self.push(&marks);
                } else {
                    self.push_open("b");
                }
            }
            "li" => {
                self.dropped(element);
                self.part();
                let marker = if self.place == Place::Paragraph { "- " } else { "" };
                self.push(marker);
            }
            _ => self.other(element, &name),
        }
    }

    /// Elements that leave nothing but their words and those of their attributes.
    fn other(&mut self, element: &Element<'a>, name: &str) {
        let is_component = !markup::is_html(element.name) && !element.name.is_empty();
        let at_margin = self.out.is_empty() || self.out.ends_with('\n');
        if is_component {
            let help = "its words stay; arrange them as you like";
            self.converter.log.note(self.number(), "component", format!("<{}> is left out", element.name), help);
        }
        let address = element.attribute("src").or_else(|| element.attribute("data")).unwrap_or_default();
        let words: Vec<String> = element
            .attributes
            .iter()
            .flat_map(|(key, value)| match value.strip_prefix('{') {
                Some(_) => tags::prose(value),
                None if tags::is_prose(key, value) => vec![(*value).to_owned()],
                None => Vec::new(),
            })
            .collect();
        self.dropped(element);
        let apart = markup::is_block(name) || (is_component && at_margin);
        if apart {
            self.part();
        }
        for words in words {
            let words = self.converter.line(&words.replace(['{', '<'], " "), self.number(), Place::Line);
            if apart {
                self.push(&format!("**{}**", words.replace('*', "")));
                self.part();
            } else {
                self.push(&format!(" ({words})"));
            }
        }
        if ["iframe", "video", "audio", "embed", "object"].contains(&name) {
            let message = format!("<{name}> shows {}", if address.is_empty() { "something" } else { address });
            self.converter.log.note(self.number(), "embedded", message, "say in words what it shows");
            if address.starts_with("https://") && !address.contains(['<', '>', ' ']) {
                self.push(&format!(" <{address}>"));
            }
        }
    }

    fn end_of(&mut self, element: &Element<'_>) {
        let name = element.lower();
        let waits = |open: &Open<'_>| {
            let own = if ["summary", "dt", "legend", "figcaption", "caption", "th"].contains(&name.as_str()) { "b" } else { name.as_str() };
            open.name == own || (open.name == "span" && own == "a")
        };
        let Some(place) = self.open.iter().rposition(waits) else {
            self.dropped(element);
            if markup::is_block(&name) {
                self.part();
            }
            return;
        };
        let open = self.open.remove(place);
        // What was opened inside ends here, too.
        let inner = self.open.split_off(place);
        for one in inner.iter().rev() {
            self.close(one);
        }
        self.pass_closed(&open, element.end);
        if markup::is_block(&name) || name == "caption" {
            self.part();
        }
    }

    fn pass_closed(&mut self, open: &Open<'_>, end: usize) {
        let next = self.text[end..].chars().next();
        self.finish(open, next);
        self.pass(end);
    }

    fn open(&mut self, element: &Element<'a>, name: &str, address: Option<&'a str>) {
        if element.is_empty || self.open.len() >= MAX_OPEN {
            self.dropped(element);
            return;
        }
        self.converter.log.count("html");
        self.pass(element.end);
        self.open.push(Open { name: name.to_owned(), address, start: self.out.len() });
        if name == "q" {
            self.push("“");
        }
    }

    fn push_open(&mut self, name: &str) {
        if self.open.len() < MAX_OPEN {
            self.open.push(Open { name: name.to_owned(), address: None, start: self.out.len() });
        }
    }

    /// A tag leaves the text.
    fn dropped(&mut self, element: &Element<'_>) {
        self.converter.log.count("html");
        self.pass(element.end);
    }
}

/// Code that no backquote in it can end.
pub(super) fn quoted_whole(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = words.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    if longest > 0 { format!("{ticks} {words} {ticks}") } else { format!("{ticks}{words}{ticks}") }
}
