//! Elements of HTML that are blocks: lists, tables, code, quotes. They are read to their ends and written in markdown.

use crate::content::import::blocks::Here;
use crate::content::import::converter::Converter;
use crate::content::import::html_list::HtmlList;
use crate::content::import::html_table::HtmlTable;
use crate::content::import::line::Line;
use crate::content::import::line::Written;
use crate::content::import::line::apart;
use crate::content::import::line::behind;
use crate::content::import::line::blank;
use crate::content::import::log::quoted;
use crate::content::import::markup;
use crate::content::import::markup::Element;

/// The elements that are read as a whole.
const WHOLE: [&str; 11] = ["ul", "ol", "dl", "table", "pre", "blockquote", "script", "style", "svg", "math", "template"];

/// Whether a line begins an element that is read as a whole.
pub(super) fn begins(words: &str) -> bool {
    words.starts_with('<') && WHOLE.iter().any(|name| is_named(words, name))
}

fn is_named(words: &str, name: &str) -> bool {
    let start = words.get(1..=name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    start && words[name.len() + 1..].starts_with(|next: char| next == '>' || next.is_whitespace())
}

/// A tag, or the text up to the next one, with its line.
enum Token<'t> {
    Tag(Element<'t>, &'t str),
    Text(&'t str),
}

impl Converter<'_> {
    /// An element that stands at the start of a line.
    pub(super) fn element_block(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let line = here.line();
        if !line.words().starts_with('<') || (line.indent() > 3 && !self.is_mdx) {
            return None;
        }
        let first = line.words();
        let note = match markup::element(first, 0) {
            Some(element) => self.note_component(here, &element, out),
            None => self.note_component_over_lines(here, out),
        };
        if note.is_some() {
            return note;
        }
        let name = WHOLE.iter().find(|name| is_named(first, name))?;
        let mut depth = 0_usize;
        let mut end = 0;
        let count = self.look(&here.lines[here.at..], |line| {
            for (at, _) in line.text.match_indices('<') {
                if let Some(element) = markup::element(line.text, at).filter(|element| element.name.eq_ignore_ascii_case(name)) {
                    depth = if element.closes { depth.saturating_sub(1) } else { depth + usize::from(!element.is_empty) };
                    end = element.end;
                    if depth == 0 {
                        return true;
                    }
                }
            }
            false
        })?;
        let block = &here.lines[here.at..=here.at + count];
        let last = block[count];
        let rest = &last.text[end..];
        let mut texts: Vec<&str> = block.iter().map(|line| line.text).collect();
        texts[count] = &last.text[..end];
        let text = texts.join("\n");
        self.log.count("html");
        let written = self.whole(name, &text, line.number, here.depth);
        apart(out, written);
        blank(out, line.number);
        if !rest.trim().is_empty() {
            let written = self.words(&[Line { number: last.number, text: rest.trim() }]);
            out.extend(written);
        }
        Some(here.at + count + 1)
    }

    /// An element from its first tag to its last.
    fn whole(&mut self, name: &str, text: &str, number: usize, depth: usize) -> Vec<Written> {
        match name {
            "pre" => self.preformatted(text, number),
            "table" => self.html_table(text, number),
            "blockquote" => {
                let inside = self.inside(text);
                let lines: Vec<Line<'_>> = inside.lines().map(|text| Line { number, text: text.trim() }).collect();
                behind("> ", "> ", self.blocks(&lines, depth + 1))
            }
            "ul" | "ol" | "dl" => {
                let lines = self.html_list(text, number);
                let lines: Vec<Line<'_>> = lines.iter().map(|(number, text)| Line { number: *number, text }).collect();
                self.blocks(&lines, depth + 1)
            }
            _ => {
                let message = format!("<{name}> is kept in the settings file: “{}”", quoted(text));
                self.log.note(number, "embedded", message, "say in words what it does or shows");
                self.log.set_aside(number, text);
                self.log.drop_markup(text);
                Vec::new()
            }
        }
    }

    /// What an element holds, without the element.
    fn inside(&mut self, text: &str) -> String {
        let start = text.find('<').unwrap_or(0);
        let open = markup::element(text, start).map_or(start, |element| element.end);
        let close = text.rfind("</").filter(|close| *close >= open).unwrap_or(text.len());
        self.log.drop_markup(&text[..open]);
        self.log.drop_markup(&text[close..]);
        text[open..close].to_owned()
    }

    fn preformatted(&mut self, text: &str, number: usize) -> Vec<Written> {
        let inside = self.inside(text);
        let code = self.code_of(&inside);
        let longest = code.split(|letter| letter != '~').map(str::len).max().unwrap_or(0);
        let fence = "~".repeat(longest.max(2) + 1);
        let lines = code.trim_matches('\n').lines().enumerate().map(|(place, line)| Written::new(number + place, line.trim_end()));
        [Written::new(number, fence.clone())].into_iter().chain(lines).chain([Written::new(number, fence)]).collect()
    }

    fn html_table(&mut self, text: &str, number: usize) -> Vec<Written> {
        let mut table = HtmlTable::default();
        for token in tokens(text) {
            match token {
                Token::Text(words) => table.push(words),
                Token::Tag(element, source) if table.tag(&element) => {
                    self.log.count("html");
                    self.log.drop_markup(source);
                }
                Token::Tag(_, source) => table.push(source),
            }
        }
        let table = table.end();
        if table.has_spans {
            self.log.note(number, "table", "cells that were joined are apart now", "look whether the table still reads well");
        }
        let mut out = Vec::new();
        if !table.before.is_empty() {
            out.extend(self.words(&[Line { number, text: &table.before }]));
        }
        let mut rows: Vec<(usize, Vec<String>)> = table.rows.into_iter().map(|row| (number, row)).collect();
        let head = (table.has_head && !rows.is_empty()).then(|| rows.remove(0));
        if head.is_some() || !rows.is_empty() {
            self.write_table(number, head.as_ref(), &rows, None, &mut out);
        }
        out
    }

    /// A list in the marks of markdown, each line with the line it comes from.
    fn html_list(&mut self, text: &str, number: usize) -> Vec<(usize, String)> {
        let mut list = HtmlList::new(number);
        for token in tokens(text) {
            let source = match &token {
                Token::Tag(_, source) => source,
                Token::Text(text) => text,
            };
            let rows = source.matches('\n').count();
            match token {
                Token::Text(text) => list.push(text),
                Token::Tag(element, source) => {
                    if list.tag(&element) {
                        self.log.drop_markup(source);
                        self.log.count("html");
                    } else {
                        list.push(source);
                    }
                }
            }
            list.pass(rows);
        }
        list.end()
    }
}

/// A text as tags and what stands between them.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut at, mut start) = (0, 0);
    while let Some(next) = text[at..].find('<') {
        let place = at + next;
        let Some(element) = markup::element(text, place) else {
            at = place + 1;
            continue;
        };
        if place > start {
            tokens.push(Token::Text(&text[start..place]));
        }
        let end = element.end;
        tokens.push(Token::Tag(element, &text[place..end]));
        (at, start) = (end, end);
    }
    if start < text.len() {
        tokens.push(Token::Text(&text[start..]));
    }
    tokens
}
