//! Notes that stand out: MkDocs, Docusaurus, pandoc, Hugo, Jekyll, GitBook, Obsidian, JSX. They become the alerts of git hosts.

use crate::content::import::attributes;
use crate::content::import::attributes::Attributes;
use crate::content::import::blocks::Here;
use crate::content::import::blocks::interrupts;
use crate::content::import::converter::Converter;
use crate::content::import::inline::Place;
use crate::content::import::kinds;
use crate::content::import::line::Line;
use crate::content::import::line::Written;
use crate::content::import::line::apart;
use crate::content::import::line::behind;
use crate::content::import::line::blank;
use crate::content::import::line::fence_of;
use crate::content::import::tags;
use crate::content::import::tags::Tag;

/// A note that is about to be written.
pub(super) struct Alert<'t> {
    /// The line it starts in.
    pub number: usize,
    /// The word for its kind, as written.
    pub kind: &'t str,
    /// Its title, if it has one.
    pub title: &'t str,
}

impl Converter<'_> {
    /// Writes an alert around lines.
    pub(super) fn alert(&mut self, alert: &Alert<'_>, lines: &[Line<'_>], depth: usize, out: &mut Vec<Written>) {
        let known = kinds::alert(alert.kind);
        let name = known.unwrap_or("NOTE");
        self.log.count("admonition");
        self.log.drop_markup(alert.kind);
        let own = kinds::titled(alert.kind);
        let title = if known.is_none() && alert.title.is_empty() { own.as_str() } else { alert.title };
        if known.is_none() {
            let message = format!("notes of the kind “{}” became {name}", alert.kind);
            self.log.note(alert.number, "admonition", message, "choose NOTE, TIP, IMPORTANT, WARNING or CAUTION");
        }
        let mut inside = vec![Written::new(alert.number, format!("[!{name}]"))];
        let title = self.line(title, alert.number, Place::Line);
        if !title.is_empty() {
            inside.push(Written::new(alert.number, bold(&title)));
        }
        let body = self.blocks(lines, depth + 1);
        if !title.is_empty() && !body.is_empty() {
            inside.push(Written::new(alert.number, ""));
        }
        inside.extend(body);
        apart(out, behind("> ", "> ", inside));
        blank(out, alert.number);
    }

    /// `!!! note "Title"`, `???`, `???+` with an indented body.
    pub(super) fn admonition(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let words = here.line().words();
        let rest = words.strip_prefix("!!!").or_else(|| words.strip_prefix("???+")).or_else(|| words.strip_prefix("???"))?;
        let rest = rest.trim();
        if here.line().indent() > 3 || !rest.starts_with(|first: char| first.is_alphanumeric() || first == '"') {
            return None;
        }
        let (classes, title) = rest.split_once(['"', '“']).unwrap_or((rest, ""));
        let title = title.trim_end().trim_end_matches(['"', '”']);
        let mut classes = classes.split_whitespace();
        let kind = classes.next().unwrap_or("note");
        classes.for_each(|class| self.log.drop_markup(class));
        let (body, end) = indented(here);
        self.alert(&Alert { number: here.line().number, kind, title }, &body, here.depth, out);
        Some(end)
    }

    /// `=== "Tab"` with an indented body.
    pub(super) fn tab(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let words = here.line().words();
        let rest = words.strip_prefix("===")?.trim_start_matches(['!', '+']).trim();
        let title = rest.strip_prefix(['"', '“', '\''])?.trim_end_matches(['"', '”', '\'']);
        if here.line().indent() > 3 {
            return None;
        }
        self.log.count("tab");
        let (body, end) = indented(here);
        let title = bold(&self.line(title, here.line().number, Place::Line));
        apart(out, vec![Written::new(here.line().number, title)]);
        let inside = self.blocks(&body, here.depth + 1);
        apart(out, inside);
        blank(out, here.line().number);
        Some(end)
    }

    /// `:::note Title` … `:::`, and pandoc's `::: {.class}`.
    pub(super) fn directive(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let line = here.line();
        let rest = line.words().strip_prefix(":::")?.trim_start_matches(':').trim();
        if line.indent() > 3 {
            return None;
        }
        if rest.is_empty() {
            // An end without a beginning.
            return Some(here.at + 1);
        }
        let (body, end) =
            between(here, is_directive, |line| line.words().starts_with(":::") && line.words().bytes().all(|byte| byte == b':'));
        let (attributes, length) = attributes::read(rest).unwrap_or_default();
        let rest = rest[length..].trim_end_matches(':').trim();
        let name_length = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '-' && letter != '_').unwrap_or(rest.len());
        let (name, title) = rest.split_at(name_length);
        let (title, more) = match title.strip_prefix('[').and_then(|title| title.rsplit_once(']')) {
            Some((title, more)) => (title, more),
            None => (title.trim(), ""),
        };
        let (more_attributes, title) = attributes::at_end(title).unwrap_or((Attributes::default(), title));
        self.log.drop_markup(more);
        let classes = [attributes.classes, more_attributes.classes].concat();
        let values = [attributes.values, more_attributes.values].concat();
        let value = |key: &str| values.iter().find(|(own, _)| own == key).map(|(_, value)| value.as_str());
        let title = if title.is_empty() { value("title").unwrap_or_default() } else { title };
        // Quarto writes `.callout-note`.
        let parts = classes.iter().flat_map(|class| [class.as_str(), class.rsplit('-').next().unwrap_or_default()]);
        let class = parts.into_iter().find(|class| kinds::alert(class).is_some());
        classes.iter().for_each(|class| self.log.drop_markup(class));
        values.iter().for_each(|(key, value)| self.log.drop_markup(&format!("{key} {value}")));
        attributes.id.iter().chain(&more_attributes.id).for_each(|id| self.log.drop_markup(id));
        let kind = class.unwrap_or(name);
        // A box of pandoc's, or of the theme's, that is no note: its words stay.
        if kinds::alert(kind).is_some() || (!title.is_empty() && !["details", "tab", "tabs", "code-group"].contains(&kind)) {
            self.alert(&Alert { number: line.number, kind, title }, &body, here.depth, out);
        } else {
            self.log.count("division");
            self.log.drop_markup(name);
            self.titled_part(title, line.number, &body, here.depth, out);
        }
        Some(end)
    }

    /// A part with a title that is no note.
    pub(super) fn titled_part(&mut self, title: &str, number: usize, body: &[Line<'_>], depth: usize, out: &mut Vec<Written>) {
        let title = self.line(title, number, Place::Line);
        if !title.is_empty() {
            apart(out, vec![Written::new(number, bold(&title))]);
        }
        let inside = self.blocks(body, depth + 1);
        apart(out, inside);
        blank(out, number);
    }

    /// Tags of templates around a note: `{{< notice tip >}}` … `{{< /notice >}}`, `{% hint style="info" %}` … `{% endhint %}`.
    pub(super) fn shortcode_block(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let line = here.line();
        let Tag::Call(words) = tags::alone(line.text)? else { return None };
        let name = words.split_whitespace().next()?.to_owned();
        let is_code = name == "highlight";
        let is_note = kinds::alert(&name).is_some() || ["tab", "details", "expand"].contains(&name.as_str());
        if ["ref", "relref", "link", "post_url", "param", "var", "variable", "get"].contains(&name.as_str()) {
            return None;
        }
        if !is_code && !is_note {
            return self.call_line(here, words, out);
        }
        let closes = |line: Line<'_>| {
            let text: String = line.text.chars().filter(|letter| letter.is_alphanumeric() || *letter == '/').collect();
            line.words().starts_with('{') && (text == format!("/{name}") || text == format!("end{name}"))
        };
        let Some(count) = self.look(&here.lines[here.at + 1..], closes) else {
            return self.call_line(here, words, out);
        };
        let (body, last) = (&here.lines[here.at + 1..here.at + 1 + count], here.lines[here.at + 1 + count]);
        self.log.drop_markup(line.text);
        self.log.drop_markup(last.text);
        if is_code {
            self.log.count("code");
            let language = words.split_whitespace().nth(1).unwrap_or_default();
            let mut block = vec![Written::new(line.number, format!("~~~~ {language}").trim_end())];
            block.extend(body.iter().map(|line| Written::new(line.number, line.text)));
            block.push(Written::new(last.number, "~~~~"));
            apart(out, block);
        } else {
            // What is not in quotes names the kind, or is the title.
            let prose = tags::prose(words).join(" ");
            let plain = words.split(['"', '\'']).step_by(2).collect::<Vec<_>>().join(" ");
            let style = words.split(['"', '\'']).skip(1).step_by(2).find_map(kinds::alert);
            let kind = style.or_else(|| plain.split_whitespace().skip(1).find_map(kinds::alert)).unwrap_or(&name);
            let kind = kind.to_ascii_lowercase();
            if kinds::alert(&name).is_some() {
                self.alert(&Alert { number: line.number, kind: &kind, title: &prose }, body, here.depth, out);
            } else {
                self.log.count("tab");
                let title = words.split(['"', '\'']).nth(1).unwrap_or_default().to_owned();
                self.titled_part(if prose.is_empty() { &title } else { &prose }, line.number, body, here.depth, out);
            }
        }
        Some(here.at + 2 + count)
    }

    /// A tag that stands for something to be put here.
    fn call_line(&mut self, here: Here<'_, '_>, words: &str, out: &mut Vec<Written>) -> Option<usize> {
        let number = here.line().number;
        self.log.drop_markup(here.line().text);
        for words in self.note_call(number, words) {
            let written = self.words(&[Line { number, text: &words.replace(['{', '<'], " ") }]);
            apart(out, written);
            blank(out, number);
        }
        Some(here.at + 1)
    }

    /// Quotes, the alerts of git hosts, and Obsidian's `> [!info]- Title`.
    pub(super) fn quote(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        if !here.line().words().starts_with('>') || here.line().indent() > 3 {
            return None;
        }
        let mut lines: Vec<Line<'_>> = Vec::new();
        let mut at = here.at;
        let mut in_code = false;
        while let Some(line) = here.lines.get(at) {
            let words = line.text.trim_start();
            let inside = words.strip_prefix('>').filter(|_| line.indent() < 4);
            let goes_on = !in_code && lines.last().is_some_and(|last| !last.is_blank()) && !line.is_blank() && !interrupts(*line);
            let text = match inside {
                Some(text) => text.strip_prefix(' ').unwrap_or(text),
                None if goes_on => line.text,
                None => break,
            };
            in_code ^= fence_of(text).is_some();
            lines.push(Line { number: line.number, text });
            at += 1;
        }
        let number = here.line().number;
        let first = lines[0].words();
        let callout = first.strip_prefix("[!").and_then(|rest| rest.split_once(']'));
        if let Some((kind, title)) = callout.filter(|(kind, _)| kind.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')) {
            let title = title.trim_start_matches(['-', '+']).trim();
            self.alert(&Alert { number, kind, title }, &lines[1..], here.depth, out);
        } else {
            let inside = self.blocks(&lines, here.depth + 1);
            out.extend(behind("> ", "> ", inside));
        }
        Some(at)
    }
}

/// Words in bold. What is bold among them already is so no more than the rest.
pub(super) fn bold(words: &str) -> String {
    let words = words.replace("**", "");
    let words = words.trim();
    if words.is_empty() { String::new() } else { format!("**{words}**") }
}

fn is_directive(line: Line<'_>) -> bool {
    let words = line.words();
    words.starts_with(":::") && words.bytes().any(|byte| byte != b':')
}

/// The lines below that are indented by four, without that; and where they end.
fn indented<'a>(here: Here<'_, 'a>) -> (Vec<Line<'a>>, usize) {
    let own = here.line().indent();
    let rest = &here.lines[here.at + 1..];
    let count = rest.iter().position(|line| !line.is_blank() && line.indent() < own + 4).unwrap_or(rest.len());
    let last = rest[..count].iter().rposition(|line| !line.is_blank()).map_or(0, |last| last + 1);
    // Some write two or three spaces, but then for all of it.
    let fewer = rest.first().map_or(0, |line| line.indent()).saturating_sub(own);
    if last == 0 && (2..4).contains(&fewer) {
        let count = rest.iter().position(|line| line.indent() < own + fewer).unwrap_or(rest.len());
        return (rest[..count].iter().map(|line| line.strip(own + fewer)).collect(), here.at + 1 + count);
    }
    (rest[..last].iter().map(|line| line.strip(own + 4)).collect(), here.at + 1 + last)
}

/// The lines up to the end that belongs to a beginning; without an end, all of them.
fn between<'a>(here: Here<'_, 'a>, opens: impl Fn(Line<'a>) -> bool, closes: impl Fn(Line<'a>) -> bool) -> (Vec<Line<'a>>, usize) {
    let own = here.line().indent();
    let mut depth = 1_usize;
    let mut fence: Option<(char, usize)> = None;
    let mut body = Vec::new();
    for (place, line) in here.lines.iter().enumerate().skip(here.at + 1) {
        match (fence, fence_of(line.text)) {
            (None, Some(opening)) => fence = Some(opening),
            (Some((mark, length)), Some((other, other_length))) if mark == other && other_length >= length => fence = None,
            _ => {}
        }
        if fence.is_none() && closes(*line) {
            depth -= 1;
            if depth == 0 {
                return (body, place + 1);
            }
        } else if fence.is_none() && opens(*line) {
            depth += 1;
        }
        body.push(line.strip(own));
    }
    (body, here.lines.len())
}
