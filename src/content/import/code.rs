//! Code, in which nothing is touched, and comments, which readers do not see.

use crate::content::import::blocks::Here;
use crate::content::import::converter::Converter;
use crate::content::import::line::Written;
use crate::content::import::line::fence_of;
use crate::content::import::log::quoted;

impl Converter<'_> {
    /// Code between fences. Nothing in it changes.
    pub(super) fn fence(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let line = here.line();
        let indent = line.indent();
        let (mark, length) = fence_of(line.text).filter(|_| indent < 4 || self.is_mdx)?;
        let mut block = vec![Written::new(line.number, line.strip(indent).text)];
        let mut at = here.at + 1;
        loop {
            let Some(line) = here.lines.get(at) else {
                self.log.note(
                    here.line().number,
                    "fence",
                    "a block of code never ends",
                    "the end was added after the last line; look where it belongs",
                );
                block.push(Written::new(here.line().number, mark.to_string().repeat(length)));
                break;
            };
            at += 1;
            block.push(Written::new(line.number, line.strip(indent).text));
            let closes = fence_of(line.text).is_some_and(|(own, own_length)| own == mark && own_length >= length);
            if closes && line.indent() < 4 + indent && line.words().chars().all(|letter| letter == mark) {
                break;
            }
        }
        out.extend(block);
        Some(at)
    }

    /// Code by its indentation.
    pub(super) fn indented_code(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        if self.is_mdx || here.line().indent() < 4 {
            return None;
        }
        let end = here.lines[here.at..]
            .iter()
            .position(|line| !line.is_blank() && line.indent() < 4)
            .map_or(here.lines.len(), |end| here.at + end);
        let end = (here.at..end).rev().find(|place| !here.lines[*place].is_blank()).map_or(end, |last| last + 1);
        out.extend(here.lines[here.at..end].iter().map(|line| Written::new(line.number, line.text)));
        Some(end)
    }

    /// Comments may hold empty lines.
    pub(super) fn comment_block(&mut self, here: Here<'_, '_>, _: &mut Vec<Written>) -> Option<usize> {
        let forms = [("<!--", "-->"), ("{/*", "*/}"), ("{% comment %}", "{% endcomment %}"), ("%%\n", "%%")];
        let first = here.line().words();
        let (open, close) = *forms.iter().find(|(open, _)| first.starts_with(open) || format!("{first}\n") == **open)?;
        let skipped = usize::from(open == "%%\n");
        let count = skipped + self.look(&here.lines[here.at + skipped..], |line| line.text.contains(close))?;
        let last = here.at + count;
        // Text behind a comment is read with its paragraph.
        if !here.lines[last].text.trim_end().ends_with(close) || (count == 0 && first.matches(close).count() > 1) {
            return None;
        }
        let text = here.lines[here.at..=last].iter().map(|line| line.text).collect::<Vec<_>>().join("\n");
        let words = text.trim().trim_start_matches(open.trim_end()).trim_end_matches(close).trim();
        let message = format!("the comment “{}” is kept in the settings file", quoted(words));
        self.log.note(here.line().number, "comment", message, "readers do not see it; move it into the text if they should");
        self.log.count("comment");
        self.log.set_aside(here.line().number, words);
        self.log.drop_markup(&text);
        Some(last + 1)
    }
}

/// The comment that is open at the end of a line.
pub(super) fn open_comment(open: Option<&'static str>, line: &str) -> Option<&'static str> {
    let rest = match open {
        Some(close) => line.split_once(close)?.1,
        None => line,
    };
    let (start, form) = [("<!--", "-->"), ("{/*", "*/}")].iter().filter_map(|(open, close)| Some((rest.rfind(open)?, *close))).max()?;
    (!rest[start..].contains(form)).then_some(form)
}
