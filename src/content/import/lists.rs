//! Lists: those of CommonMark keep their markers; the labels of others, `(a)`, `i)`, `#.`, `(@)`, are kept in plain items.

use crate::content::import::admonitions::bold;
use crate::content::import::blocks::Here;
use crate::content::import::blocks::interrupts;
use crate::content::import::blocks::is_rule;
use crate::content::import::converter::Converter;
use crate::content::import::labels;
use crate::content::import::labels::Label;
use crate::content::import::line::Line;
use crate::content::import::line::Written;
use crate::content::import::line::behind;
use crate::content::import::line::blank;
use crate::content::import::markup;
use crate::content::import::tags;
use crate::content::import::tags::Tag;

/// The marker of an item, and how many columns its content is away: `- `, `12. `.
pub(super) fn marker(words: &str) -> Option<(&str, usize)> {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let length = match (digits, words.as_bytes().get(digits)?) {
        (0, b'-' | b'*' | b'+') => 1,
        (1..=9, b'.' | b')') => digits + 1,
        _ => return None,
    };
    let rest = &words[length..];
    let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    match spaces {
        0 if rest.is_empty() => Some((&words[..length], length + 1)),
        0 => None,
        // More than four begin a block of code.
        1..=4 if spaces < rest.len() => Some((&words[..length], length + spaces)),
        _ => Some((&words[..length], length + 1)),
    }
}

/// Whether an item may begin where a paragraph goes on.
pub(super) fn interrupts_paragraph(words: &str) -> bool {
    marker(words).is_some_and(|(mark, length)| words.len() > length && (mark.len() == 1 || mark == "1." || mark == "1)"))
}

impl Converter<'_> {
    /// An item of CommonMark.
    pub(super) fn item(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let line = here.line();
        let own = line.indent();
        let (mark, length) = marker(line.words()).filter(|_| own < 4 || self.is_mdx)?;
        let content = own + length;
        let end = item_end(here, |next| next.indent() >= content || (next.indent() >= own + 2 && begins_item(next.words())), |_| false);
        let first = line.text.get(content..).unwrap_or_default();
        let ticked = self.ticked(first);
        // A label behind a marker is part of the words.
        let label = labels::read(first);
        let first = label.map_or(ticked.as_deref().unwrap_or(first), |label| label.rest);
        let mut lines = vec![Line { number: line.number, text: first }];
        lines.extend(here.lines[here.at + 1..end].iter().map(|line| line.strip(content)));
        let mut inside = self.blocks(&lines, here.depth + 1);
        if let Some(label) = label {
            inside = labelled(label.text, inside, line.number);
        }
        let shown = self.bullet(mark, label.is_some(), here.depth, out);
        if inside.is_empty() {
            out.push(Written::new(line.number, shown));
        }
        out.extend(behind(&format!("{shown}{}", " ".repeat(length - mark.len())), &" ".repeat(length), inside));
        if shown != mark {
            self.other_bullet = Some((here.depth, out.len()));
        }
        Some(end)
    }

    /// An item with a label that CommonMark does not know.
    pub(super) fn fancy_item(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let line = here.line();
        let label = labels::read(line.words()).filter(|_| line.indent() < 4)?;
        let own = line.indent();
        let next_label = label.next();
        // The next label ends the item although no empty line stands between them.
        let is_next =
            |next: Line<'_>| labels::read(next.words()).is_some_and(|other| next_label.as_ref().is_some_and(|next| next.is(&other)));
        let mut end = item_end(here, |next| next.indent() >= own + 2, is_next);
        let mut lines = vec![Line { number: line.number, text: label.rest }];
        let body = &here.lines[here.at + 1..end];
        let common = body.iter().filter(|line| !line.is_blank() && line.indent() >= own + 2).map(|line| line.indent()).min().unwrap_or(0);
        lines.extend(body.iter().map(|line| line.strip(common.min(own + 4))));
        let announces = lines.iter().rev().find(|line| !line.is_blank()).is_some_and(|line| line.words().ends_with(':'));
        let bullets_end = bullets_at_margin(here, end);
        let goes_on = here.lines[bullets_end..].iter().copied().find(|line| !line.is_blank() && !is_silent(*line)).is_some_and(is_next);
        if announces || goes_on {
            lines.extend_from_slice(&here.lines[end..bullets_end]);
            end = bullets_end;
        }
        self.log.count("list-label");
        let shown = self.label_text(&label);
        let inside = self.blocks(&lines, here.depth + 1);
        let (mark, inside) = if shown == "1." { ("1. ", inside) } else { ("- ", labelled(&shown, inside, line.number)) };
        out.extend(behind(mark, &" ".repeat(mark.len()), inside));
        Some(end)
    }

    /// The mark of a bullet. Plain bullets behind a list with labels, which is one of bullets here, get another one.
    fn bullet<'m>(&mut self, mark: &'m str, has_label: bool, depth: usize, out: &[Written]) -> &'m str {
        let length = out.iter().rposition(|line| !line.is_blank()).map_or(0, |last| last + 1);
        let item = out[..length].iter().rev().find(|line| !line.text.starts_with(' ') && !line.is_blank());
        let follows_labels = || item.and_then(|line| line.text.strip_prefix("- ")).is_some_and(|words| labels::read(words).is_some());
        if mark != "-" || has_label || length == 0 || !(self.other_bullet == Some((depth, length)) || follows_labels()) {
            return mark;
        }
        "*"
    }

    /// The text of an item that starts with a box drawn in some other way, with a box of ours.
    fn ticked(&mut self, text: &str) -> Option<String> {
        let (is_ticked, rest) = checkbox(text)?;
        self.log.count("checkbox");
        self.log.drop_markup(&text[..text.len() - rest.len()]);
        Some(format!("[{}] {rest}", if is_ticked { 'x' } else { ' ' }))
    }

    /// The lines of a paragraph; when each of them starts with a box, they are a task list.
    pub(super) fn boxes(&mut self, lines: &[Line<'_>]) -> Vec<String> {
        if !lines.iter().all(|line| checkbox(line.text).is_some()) {
            return lines.iter().map(|line| line.text.to_owned()).collect();
        }
        let boxed = lines.iter().map(|line| self.ticked(line.text).unwrap_or_default());
        boxed.map(|text| format!("- {}", text.trim_end_matches('\\'))).collect()
    }

    fn label_text(&mut self, label: &Label<'_>) -> String {
        match label.text.strip_prefix("(@").and_then(|name| name.strip_suffix(')')) {
            Some("") => {
                self.example += 1;
                format!("({})", self.example)
            }
            Some(name) => {
                self.log.drop_markup(name);
                self.example += 1;
                let number = self.examples.get(name).copied().unwrap_or(self.example);
                format!("({number})")
            }
            None if label.text == "#." => "1.".to_owned(),
            None => label.text.to_owned(),
        }
    }

    /// Lines that begin with `| ` keep their ends, as in pandoc.
    pub(super) fn line_block(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let is_part = |line: &Line<'_>| line.words() == "|" || line.words().starts_with("| ");
        let count = here.lines[here.at..].iter().take_while(|line| is_part(line)).count();
        let block = &here.lines[here.at..here.at + count];
        if count == 0 || block.iter().any(|line| line.words().len() > 1 && line.words()[1..].contains('|')) {
            return None;
        }
        self.log.count("line-block");
        let texts: Vec<String> = block
            .iter()
            .enumerate()
            .map(|(place, line)| {
                let words = line.words()[1..].trim();
                let ends = place + 1 == count || words.is_empty() || block[place + 1].words() == "|";
                if ends { words.to_owned() } else { format!("{words}\\") }
            })
            .collect();
        blank(out, here.line().number);
        for part in block.iter().zip(&texts).collect::<Vec<_>>().split(|(_, text)| text.is_empty()) {
            let lines: Vec<Line<'_>> = part.iter().map(|(line, text)| Line { number: line.number, text }).collect();
            let written = self.words(&lines);
            out.extend(written);
            blank(out, here.line().number);
        }
        Some(here.at + count)
    }

    /// A term, and lines that begin with `: ` and say what it means.
    pub(super) fn definition_of_term(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let is_definition = |line: &Line<'_>| {
            line.indent() < 4 && (line.words().starts_with(": ") || line.words().starts_with("~ ")) && line.words().len() > 2
        };
        let next = here.at + 1 + usize::from(here.next().is_some_and(Line::is_blank));
        here.lines.get(next).filter(|line| is_definition(line))?;
        if here.line().words().starts_with(['|', '+', '<', '[', ':']) || here.line().indent() > 3 {
            return None;
        }
        self.log.count("definition");
        let term = self.words(&[here.line().strip(3)]);
        let term = term.into_iter().map(|line| line.text).collect::<Vec<_>>().join(" ");
        blank(out, here.line().number);
        out.push(Written::new(here.line().number, bold(&term)));
        let mut at = next;
        while let Some(line) = here.lines.get(at).filter(|line| is_definition(line)) {
            let words = &line.words()[1..];
            let content = line.indent() + 1 + (words.len() - words.trim_start().len());
            let end = item_end(Here { at, ..here }, |next| next.indent() >= 2, |next| is_definition(&next));
            let mut lines = vec![Line { number: line.number, text: words.trim() }];
            lines.extend(here.lines[at + 1..end].iter().map(|line| line.strip(content)));
            let inside = self.blocks(&lines, here.depth + 1);
            if here.lines[at - 1].is_blank() || at == next {
                blank(out, line.number);
            }
            out.extend(behind("- ", "  ", inside));
            at = end;
            let next = at + here.lines[at..].iter().take_while(|line| line.is_blank()).count();
            if here.lines.get(next).is_some_and(is_definition) {
                at = next;
            }
        }
        blank(out, here.line().number);
        Some(at)
    }
}

/// Where the plain bullets end that stand at the margin right under an item with a label.
fn bullets_at_margin(here: Here<'_, '_>, start: usize) -> usize {
    let bullet = |line: &Line<'_>| line.indent() < 2 && marker(line.words()).is_some_and(|(mark, _)| mark.len() == 1) && !is_rule(*line);
    let mut end = start;
    for (at, line) in here.lines.iter().enumerate().skip(start) {
        if line.is_blank() || is_silent(*line) {
            continue;
        }
        let is_close = at > start && !here.lines[at - 1].is_blank() && labels::read(line.words()).is_none();
        let is_lazy = is_close && !interrupts(line.strip(usize::MAX));
        if !bullet(line) && !(end > start && (line.indent() >= 2 || is_lazy)) {
            break;
        }
        end = at + 1;
    }
    end
}

/// Whether a line is nothing but a tag that leaves without a trace.
fn is_silent(line: Line<'_>) -> bool {
    matches!(tags::alone(line.text), Some(Tag::Section(_) | Tag::Silent))
}

fn begins_item(words: &str) -> bool {
    marker(words).is_some() || labels::read(words).is_some()
}

/// Where an item ends: at the first line that neither stands under it nor goes on with its paragraph.
pub(super) fn item_end(here: Here<'_, '_>, is_under: impl Fn(Line<'_>) -> bool, stops: impl Fn(Line<'_>) -> bool) -> usize {
    let mut end = here.at + 1;
    let mut at = here.at + 1;
    let mut is_lazy = !here.line().is_blank();
    while let Some(line) = here.lines.get(at).copied() {
        if is_silent(line) && !is_under(line) {
            // It leaves; what stands around it stays together.
        } else if line.is_blank() {
            is_lazy = false;
        } else if is_under(line) && !(line.indent() < 2 && stops(line)) {
            is_lazy = true;
            end = at + 1;
        } else if is_lazy && !interrupts(line.strip(usize::MAX)) && !stops(line) && !begins_item(line.words()) {
            end = at + 1;
        } else {
            break;
        }
        at += 1;
    }
    end
}

/// Blocks with a label before their words. A block that starts with a mark of its own leaves the label a line of its own.
fn labelled(label: &str, mut inside: Vec<Written>, number: usize) -> Vec<Written> {
    match inside.first_mut() {
        Some(first) if !interrupts(Line { number, text: &first.text }) && !first.text.starts_with(['|', ' ']) => {
            first.text.insert_str(0, &format!("{label} "));
        }
        _ => drop(inside.splice(0..0, [Written::new(number, label), Written::new(number, "")])),
    }
    inside
}

/// A box at the start of a text: whether it is ticked, and what follows.
fn checkbox(text: &str) -> Option<(bool, &str)> {
    let text = text.trim_start();
    let label = text.starts_with('<').then(|| markup::element(text, 0)).flatten().filter(|label| label.lower() == "label");
    let text = label.map_or(text, |label| text[label.end..].trim_start());
    for (sign, is_ticked) in [("☐", false), ("☑", true), ("☒", true), ("✅", true), ("[✓]", true), ("[-]", false), ("□", false)]
    {
        if let Some(rest) = text.strip_prefix(sign) {
            return Some((is_ticked, rest.trim_start_matches(['\u{fe0f}', ' '])));
        }
    }
    let input = text.starts_with('<').then(|| markup::element(text, 0)).flatten()?;
    let is_box = input.lower() == "input" && input.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"));
    is_box.then(|| (input.attribute("checked").is_some(), text[input.end..].trim_start()))
}
