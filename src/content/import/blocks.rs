//! The blocks of a text, one after the other: each line belongs to the first kind of block that knows it.
//! Lists, quotes and notes hold blocks again, down to a bounded depth.

use crate::content::import::attributes;
use crate::content::import::code::open_comment;
use crate::content::import::converter::Converter;
use crate::content::import::elements;
use crate::content::import::inline::Place;
use crate::content::import::labels;
use crate::content::import::line::Line;
use crate::content::import::line::Written;
use crate::content::import::line::apart;
use crate::content::import::line::behind;
use crate::content::import::line::blank;
use crate::content::import::line::fence_of;
use crate::content::import::lists;
use crate::content::import::tables;
use crate::content::import::tags;
use crate::content::import::tags::Tag;

/// How deep blocks may lie in blocks; what is deeper becomes plain text.
pub(super) const MAX_DEPTH: usize = 12;

/// A place in some lines.
#[derive(Clone, Copy)]
pub(super) struct Here<'l, 'a> {
    /// The lines, without what stands around them.
    pub lines: &'l [Line<'a>],
    /// Where a block starts.
    pub at: usize,
    /// How many blocks lie around them.
    pub depth: usize,
}

impl<'a> Here<'_, 'a> {
    pub(super) fn line(&self) -> Line<'a> {
        self.lines[self.at]
    }

    pub(super) fn next(&self) -> Option<Line<'a>> {
        self.lines.get(self.at + 1).copied()
    }
}

/// Converts a block if it is of the right kind, and says where the next one starts.
type Reader<'s> = for<'c, 'l, 'a, 'o> fn(&'c mut Converter<'s>, Here<'l, 'a>, &'o mut Vec<Written>) -> Option<usize>;

impl<'s> Converter<'s> {
    /// Converts lines into lines.
    pub(super) fn blocks(&mut self, lines: &[Line<'_>], depth: usize) -> Vec<Written> {
        let readers: [Reader<'s>; 21] = [
            Self::template_line,
            Self::fence,
            Self::comment_block,
            Self::table_of_contents,
            Self::admonition,
            Self::tab,
            Self::directive,
            Self::shortcode_block,
            Self::quote,
            Self::table,
            Self::indented_code,
            Self::module_line,
            Self::heading,
            Self::rule,
            Self::element_block,
            Self::fancy_item,
            Self::item,
            Self::line_block,
            Self::definition_of_term,
            Self::abbreviation,
            Self::footnote,
        ];
        if depth > MAX_DEPTH {
            return self.flat(lines);
        }
        let mut out = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            let here = Here { lines, at, depth };
            if here.line().is_blank() {
                blank(&mut out, here.line().number);
                at += 1;
                continue;
            }
            at = readers.iter().find_map(|reader| reader(self, here, &mut out)).unwrap_or_else(|| self.paragraph(here, &mut out));
        }
        while out.last().is_some_and(Written::is_blank) {
            out.pop();
        }
        out
    }

    /// What lies too deep: words without the marks at the start of their lines.
    fn flat(&mut self, lines: &[Line<'_>]) -> Vec<Written> {
        let first = lines.first().map_or(0, |line| line.number);
        self.log.note(first, "nesting", "what lies very deep in lists, quotes or notes is plain text now", "write it in fewer levels");
        let mut out = Vec::new();
        for line in lines.iter().filter(|line| !line.is_blank()) {
            let words = line.words().trim_start_matches(|letter: char| !letter.is_alphanumeric());
            out.push(Written::new(line.number, self.line(&words.replace(['{', '<'], " "), line.number, Place::Line)));
        }
        // A number with a point would begin a list after all.
        for line in out.iter_mut().filter(|line| !line.text.is_empty()) {
            line.text.insert_str(0, if line.text.starts_with(|first: char| first.is_ascii_digit()) { "\u{200b}" } else { "" });
        }
        out
    }

    fn paragraph(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> usize {
        let mut lines: Vec<Line<'_>> = Vec::new();
        let is_html = here.line().words().starts_with('<');
        let mut comment: Option<&str> = None;
        let mut apart_follows = false;
        let mut at = here.at;
        while let Some(line) = here.lines.get(at) {
            if comment.is_none() && at > here.at {
                let start = if is_html || self.is_mdx { line.words() } else { line.text };
                let is_call = matches!(tags::alone(line.text), Some(Tag::Call(_) | Tag::Alternative(_)));
                // “They must:” and a label below it are meant as a list.
                let announces = lines.last().is_some_and(|last| last.words().ends_with(':'));
                let is_list = announces && line.indent() < 4 && labels::read(line.words()).is_some_and(|label| label.is_first());
                if is_list {
                    apart_follows = true;
                    break;
                }
                if line.is_blank() || is_call || interrupts(Line { text: start, ..*line }) || ends_paragraph(here.lines, at) {
                    break;
                }
                if let Some(level) = underline(*line) {
                    let words = lines.iter().map(|line| line.words()).collect::<Vec<_>>().join(" ");
                    self.write_heading(lines[0].number, level, &words, out);
                    return at + 1;
                }
            }
            at += 1;
            // A tag alone in its line is no line of the text.
            if comment.is_none() && self.template_line(Here { at: at - 1, ..here }, &mut Vec::new()).is_some() {
                continue;
            }
            let open = open_comment(comment, line.text);
            let rest = &here.lines[at..];
            comment = open.filter(|close| comment == open || self.look(rest, |line| line.text.contains(close)).is_some());
            // Deeper lines are kept apart from blocks by their depth.
            lines.push(if is_html || self.is_mdx || line.indent() < 4 { line.strip(usize::MAX) } else { *line });
        }
        let hard = hard_breaks(&lines);
        let lines: Vec<Line<'_>> = lines.iter().zip(&hard).map(|(line, text)| Line { number: line.number, text }).collect();
        let boxes = self.boxes(&lines);
        let lines: Vec<Line<'_>> = lines.iter().zip(&boxes).map(|(line, text)| Line { number: line.number, text }).collect();
        let written = self.words(&lines);
        out.extend(written);
        if apart_follows {
            blank(out, here.line().number);
        }
        at
    }

    /// A line that is nothing but a tag of a template: it leaves without a trace in the text.
    fn template_line(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let line = here.line();
        if self.is_template && line.words().starts_with("`{{") {
            return self.quoted_variable(here, out);
        }
        match tags::alone(line.text)? {
            Tag::Section(words) => self.note_section(line.number, words),
            Tag::Alternative(_) => {
                self.log.note(
                    line.number,
                    "condition",
                    "both parts of a condition are shown now",
                    "take out of the text the one that does not apply to you",
                );
                blank(out, line.number);
            }
            Tag::Silent => {}
            _ => return None,
        }
        self.log.drop_markup(line.text);
        Some(here.at + 1)
    }

    /// A variable in backquotes with a paragraph of its own is no example of anything: it is a gap, too.
    fn quoted_variable(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let line = here.line();
        let name = line.words().strip_prefix("`{{")?.strip_suffix("}}`")?;
        let is_alone = here.next().is_none_or(Line::is_blank) && out.last().is_none_or(Written::is_blank);
        if !is_alone || !name.chars().all(|letter| letter.is_alphanumeric() || letter == '_' || letter == '.') {
            return None;
        }
        self.log.count("variable");
        let message = format!("`{{{{{name}}}}}` became [{name}]");
        self.log.note(line.number, "variable", message, format!("write the value in place of [{name}]"));
        out.push(Written::new(line.number, format!("`[{name}]`")));
        Some(here.at + 1)
    }

    /// What Python-Markdown shows when the pointer rests on a word: `*[CISO]: …`.
    fn abbreviation(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let line = here.line();
        let (short, long) = line.words().strip_prefix("*[")?.split_once("]:")?;
        self.log.count("abbreviation");
        let words = self.line(&format!("{short}: {}", long.trim()), line.number, Place::Line);
        apart(out, vec![Written::new(line.number, words)]);
        blank(out, line.number);
        Some(here.at + 1)
    }

    /// A footnote, whose further blocks are indented.
    fn footnote(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let line = here.line();
        let (name, first) = line.words().strip_prefix("[^")?.split_once("]:").filter(|_| line.indent() < 4)?;
        if name.is_empty() || name.contains(['[', ']', ' ']) {
            return None;
        }
        let end = lists::item_end(here, |next| next.indent() >= 4, |next| next.words().starts_with("[^"));
        let mut lines = vec![Line { number: line.number, text: first.trim() }];
        lines.extend(here.lines[here.at + 1..end].iter().map(|line| line.strip(4)));
        let inside = self.blocks(&lines, here.depth + 1);
        blank(out, line.number);
        out.extend(behind(&format!("[^{name}]: "), "    ", inside));
        Some(end)
    }

    /// `[TOC]` and its kin: our pages have no use for them.
    fn table_of_contents(&mut self, here: Here<'_, '_>, _: &mut Vec<Written>) -> Option<usize> {
        let line = here.line();
        let words = line.words();
        let is_list = words.starts_with(['*', '-', '1']) && here.next().is_some_and(|next| next.words() == "{:toc}");
        if is_list || ["[toc]", "[[toc]]", "[[_toc_]]", "{:toc}", "${toc}"].contains(&words.to_lowercase().as_str()) {
            self.log.count("table-of-contents");
            self.log.drop_markup(words);
            if is_list {
                self.log.drop_markup("toc");
            }
            return Some(here.at + 1 + usize::from(is_list));
        }
        // Attributes alone in a line belong to a block beside them.
        let (_, length) = attributes::read(words).filter(|(_, length)| *length == words.len())?;
        self.log.count("attributes");
        self.log.drop_markup(&words[..length]);
        Some(here.at + 1)
    }

    fn rule(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let line = here.line();
        if !is_rule(line) {
            return None;
        }
        apart(out, vec![Written::new(line.number, line.words())]);
        Some(here.at + 1)
    }
}

/// Two spaces end a line: a backslash does so visibly.
fn hard_breaks(lines: &[Line<'_>]) -> Vec<String> {
    let last = lines.len().saturating_sub(1);
    let one = |(place, line): (usize, &Line<'_>)| {
        let words = line.text.trim_end();
        if place < last && line.text.ends_with("  ") && !words.is_empty() { format!("{words}\\") } else { words.to_owned() }
    };
    lines.iter().enumerate().map(one).collect()
}

/// A line of `=` or `-` under a heading, and the heading's level.
fn underline(line: Line<'_>) -> Option<usize> {
    let words = line.words();
    let of = |mark: char| !words.is_empty() && words.chars().all(|letter| letter == mark) && line.indent() < 4;
    if of('=') {
        Some(1)
    } else if of('-') {
        Some(2)
    } else {
        None
    }
}

pub(super) fn is_rule(line: Line<'_>) -> bool {
    let words: String = line.text.chars().filter(|letter| !letter.is_whitespace()).take(200).collect();
    let of = |mark: char| words.len() >= 3 && words.chars().all(|letter| letter == mark);
    line.indent() < 4 && (of('-') || of('*') || of('_')) && line.text.trim().chars().all(|letter| " -*_".contains(letter))
}

/// Whether a line begins a block although a paragraph goes on before it.
pub(super) fn interrupts(line: Line<'_>) -> bool {
    let words = line.words();
    if line.indent() > 3 {
        return false;
    }
    let heading = words.trim_start_matches('#');
    let is_heading = words.starts_with('#') && words.len() - heading.len() <= 6 && (heading.is_empty() || heading.starts_with([' ', '\t']));
    let is_rule = is_rule(line) && !words.chars().all(|letter| letter == '-');
    is_heading
        || is_rule
        || fence_of(words).is_some()
        || words.starts_with('>')
        || words.starts_with("!!! ")
        || words.starts_with("???")
        || words.starts_with(":::")
        || words.starts_with("=== \"")
        || lists::interrupts_paragraph(words)
        || tables::is_grid(words)
}

/// Whether the lines from `at` on are a table or an element, which need no empty line before them.
fn ends_paragraph(lines: &[Line<'_>], at: usize) -> bool {
    tables::is_pipe_table(lines, at) || elements::begins(lines[at].words())
}
