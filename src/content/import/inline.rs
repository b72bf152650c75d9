//! The words of a paragraph, a heading or a cell: marks and tags of other dialects become ours. Code spans stay as they are.

use crate::content::import::ahead::Ahead;
use crate::content::import::ahead::run;
use crate::content::import::attributes;
use crate::content::import::converter::Converter;
use crate::content::import::line::Line;
use crate::content::import::line::Written;

/// Tags and brackets that lie deeper in each other than this are left alone.
pub(super) const MAX_OPEN: usize = 20;

/// Where words stand, which decides whether a line may end in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a paragraph.
    Paragraph,
    /// In one line, such as a heading.
    Line,
    /// In a table.
    Cell,
}

/// A tag or mark that waits for its end.
pub(super) struct Open<'a> {
    /// What it is: the name of an element, or `==`.
    pub name: String,
    /// The address of a link.
    pub address: Option<&'a str>,
    /// Where its words start in the result.
    pub start: usize,
}

/// Reads words from left to right, once.
pub(super) struct Inline<'a, 'c, 's> {
    pub converter: &'c mut Converter<'s>,
    pub text: &'a str,
    pub at: usize,
    pub out: String,
    pub open: Vec<Open<'a>>,
    pub ahead: Ahead<'a>,
    pub place: Place,
    /// The number of each line of the source.
    numbers: &'a [usize],
    row: usize,
    /// The number of each line of the result.
    rows: Vec<usize>,
    brackets: Vec<usize>,
    /// Where in the result the last word began that lost markup in its middle.
    joined: usize,
}

impl Converter<'_> {
    /// Converts the lines of a paragraph.
    pub(super) fn words(&mut self, lines: &[Line<'_>]) -> Vec<Written> {
        let numbers: Vec<usize> = lines.iter().map(|line| line.number).collect();
        let text = lines.iter().map(|line| line.text).collect::<Vec<_>>().join("\n");
        let (out, rows) = self.scan(&text, &numbers, Place::Paragraph);
        let mut written: Vec<Written> = Vec::new();
        for (line, number) in out.split('\n').zip(rows) {
            let is_blank = line.trim().is_empty();
            // Spaces that markup left at the start of a paragraph would make it part of a list before it.
            let starts = written.last().is_none_or(Written::is_blank);
            if !(is_blank && starts) {
                written.push(Written::new(number, if starts { line.trim() } else { line.trim_end() }));
            }
        }
        while written.last().is_some_and(Written::is_blank) {
            written.pop();
        }
        written
    }

    /// Converts words that stand in one line.
    pub(super) fn line(&mut self, text: &str, number: usize, place: Place) -> String {
        self.scan(text, &[number], place).0.trim().to_owned()
    }

    fn scan(&mut self, text: &str, numbers: &[usize], place: Place) -> (String, Vec<usize>) {
        let mut inline = Inline {
            converter: self,
            text,
            at: 0,
            out: String::with_capacity(text.len()),
            open: Vec::new(),
            ahead: Ahead::new(text),
            place,
            numbers,
            row: 0,
            rows: vec![numbers.first().copied().unwrap_or(0)],
            brackets: Vec::new(),
            joined: 0,
        };
        while inline.at < text.len() {
            inline.step();
        }
        while let Some(open) = inline.open.pop() {
            if open.name == "==" {
                inline.out.insert_str(open.start, "==");
            } else {
                inline.close(&open);
            }
        }
        (inline.out, inline.rows)
    }
}

impl<'a> Inline<'a, '_, '_> {
    /// The line of the source that is being read.
    pub(super) fn number(&self) -> usize {
        self.numbers.get(self.row).or(self.numbers.last()).copied().unwrap_or(0)
    }

    /// What has not been read yet.
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Writes.
    pub(super) fn push(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '\n' if self.place != Place::Paragraph => self.out.push(' '),
                '\n' => {
                    self.out.push('\n');
                    self.rows.push(self.number());
                }
                other => self.out.push(other),
            }
        }
    }

    /// Copies what is read, up to a place.
    pub(super) fn copy(&mut self, end: usize) {
        let text = self.text;
        for piece in text[self.at..end].split_inclusive('\n') {
            self.row += usize::from(piece.ends_with('\n'));
            self.push(piece);
        }
        self.at = end;
    }

    /// Goes on behind what was written already.
    pub(super) fn skip(&mut self, end: usize) {
        self.row += self.text[self.at..end].matches('\n').count();
        self.at = end;
    }

    /// Ends a line inside a paragraph. Two in a row are meant as the end of the paragraph.
    pub(super) fn end_line(&mut self) {
        if self.out.ends_with("\\\n") {
            self.out.truncate(self.out.len() - 2);
            self.rows.pop();
            self.part();
        } else if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.push("\\\n");
        }
    }

    /// Passes by markup, which is written down as dropped.
    pub(super) fn pass(&mut self, end: usize) {
        let markup = &self.text[self.at..end];
        self.converter.log.drop_markup(markup);
        self.row += markup.matches('\n').count();
        self.at = end;
        // Two words around it become one.
        let is_word = |letter: &char| letter.is_alphanumeric();
        let after: String = self.text[end..].chars().take_while(is_word).collect();
        if !after.is_empty() && self.out.ends_with(char::is_alphanumeric) {
            let before = self.out.get(self.joined..).unwrap_or_default();
            let start = before.char_indices().rev().take_while(|(_, letter)| is_word(letter)).last().map_or(0, |(place, _)| place);
            self.converter.log.drop_markup(&before[start..]);
            self.converter.log.drop_markup(&after);
            self.joined = self.out.len();
        }
    }

    /// Begins a paragraph, where there can be one.
    pub(super) fn part(&mut self) {
        if self.place == Place::Paragraph {
            self.trim_end();
            if !self.out.is_empty() {
                self.push("\n\n");
            }
        } else if !self.out.is_empty() && !self.out.ends_with(' ') {
            self.out.push(' ');
        }
    }

    /// Takes back what is blank at the end of the result.
    fn trim_end(&mut self) {
        let length = self.out.trim_end().len();
        let gone = self.out[length..].matches('\n').count();
        self.rows.truncate(self.rows.len() - gone);
        self.out.truncate(length);
    }

    fn step(&mut self) {
        let start = self.at;
        let letter = self.rest().chars().next().unwrap_or(' ');
        let done = match letter {
            '\\' => self.escape(),
            '`' => self.code(),
            '<' => self.tag() || self.markup(),
            '{' => self.tag() || self.attributes() || self.expression(),
            '$' => self.dollar(),
            '[' => self.bracket(),
            ']' => self.bracket_end(),
            '=' => self.highlight(),
            '~' | '^' => self.small(letter),
            ':' => self.emoji(),
            '+' => self.keys(),
            '(' => self.example(),
            _ => false,
        };
        if !done && self.at == start {
            // Plain letters up to the next that may mean something.
            let next = self.rest().char_indices().skip(1).find(|(_, letter)| "\\`<{$[]=~^:+(".contains(*letter));
            let end = next.map_or(self.text.len(), |(place, _)| start + place);
            self.copy(end);
        }
    }

    fn escape(&mut self) -> bool {
        let length = self.rest().chars().take(2).map(char::len_utf8).sum::<usize>();
        self.copy(self.at + length);
        true
    }

    fn code(&mut self) -> bool {
        let end = self.ahead.code_end(self.at).unwrap_or_else(|| self.at + run(self.text, self.at));
        let code = self.text[self.at..end].trim_matches('`');
        if code.contains("{{") || code.contains("<%") {
            let message = format!("`{code}` stays as it is, because it stands in backquotes");
            self.converter.log.note(self.number(), "variable", message, "if it is to be filled in, write the value instead");
        }
        self.copy(end);
        true
    }

    /// `{: .class}`, `{#id}` and the like behind words.
    fn attributes(&mut self) -> bool {
        let behind = self.out.ends_with([')', ']', '`', '*', '_', '>', '"']) || self.at == 0 || self.out.ends_with("\n");
        let Some((_, length)) = attributes::read(self.rest()) else { return false };
        let ends = self.text[self.at + length..].trim_start_matches(' ');
        if !behind && !ends.is_empty() && !ends.starts_with('\n') {
            return false;
        }
        self.converter.log.count("attributes");
        let length_before = self.out.trim_end_matches(' ').len();
        self.out.truncate(length_before);
        self.pass(self.at + length);
        true
    }

    /// `${…}`, which is ours for a few names.
    fn dollar(&mut self) -> bool {
        let Some(inside) = self.rest().strip_prefix("${") else { return false };
        let name = inside.split(['}', '\n', '{']).next().filter(|name| name.len() < 100 && inside[name.len()..].starts_with('}'));
        match name {
            Some("org.name" | "org.security_email" | "org.compliance_email" | "org.incident_phone" | "org.intranet") => {
                self.copy(self.at + name.map_or(0, str::len) + 3);
            }
            Some(name) => self.variable(name, self.at + name.len() + 3),
            None => {
                self.push("$ {");
                self.at += 2;
            }
        }
        true
    }

    fn bracket(&mut self) -> bool {
        if let Some(inside) = self.rest().strip_prefix("[[") {
            let name = self.ahead.find("]]", self.at + 2).map(|end| &self.text[self.at + 2..end]);
            let is_link = |name: &&str| name.len() < 300 && !name.contains(['[', ']', '\n']) && !inside[name.len() + 2..].starts_with('(');
            if let Some(name) = name.filter(is_link) {
                self.wiki_link(name);
                return true;
            }
        }
        // A footnote's or an example's mark is no place for raised letters.
        if self.rest().starts_with("[^") || self.rest().starts_with("[@") {
            self.copy(self.at + 2);
            return true;
        }
        if self.brackets.len() < MAX_OPEN {
            self.brackets.push(self.out.len());
        }
        false
    }

    fn wiki_link(&mut self, name: &str) {
        let end = self.at + name.len() + 4;
        let (target, shown) = name.split_once('|').unwrap_or((name, name));
        let target = target.trim_end_matches('\\').trim();
        let shown = if shown.trim().is_empty() { target } else { shown.trim() };
        self.converter.log.count("wiki-link");
        self.converter.log.drop_markup(target);
        let (is_picture, address) = (self.out.ends_with('!'), target.replace(['<', '>'], ""));
        let scheme = if is_picture { "" } else { "wiki:" };
        self.push(&format!("[{shown}](<{scheme}{address}>)"));
        self.at = end;
    }

    /// `]{.class}` closes words that only had a class: the brackets go.
    fn bracket_end(&mut self) -> bool {
        let open = self.brackets.pop();
        let after = &self.rest()[1..];
        let (Some(open), Some((_, length))) = (open, attributes::read(after)) else { return false };
        if self.out.get(open..=open) != Some("[") {
            return false;
        }
        self.converter.log.count("span");
        self.out.remove(open);
        self.pass(self.at + 1 + length);
        true
    }
}
