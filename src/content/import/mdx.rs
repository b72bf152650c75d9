//! What MDX has around its text: imports and exports, and components that stand for notes.

use crate::content::import::admonitions::Alert;
use crate::content::import::blocks::Here;
use crate::content::import::converter::Converter;
use crate::content::import::kinds;
use crate::content::import::line::Line;
use crate::content::import::line::Written;
use crate::content::import::line::apart;
use crate::content::import::log::quoted;
use crate::content::import::markup;
use crate::content::import::markup::Element;
use crate::content::import::tags;

impl Converter<'_> {
    /// `import …` and `export …`, up to the next empty line.
    pub(super) fn module_line(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let line = here.line();
        let is_import = line.text.starts_with("import ") && line.text.contains(['\'', '"', '{']);
        let is_export = ["export const ", "export default ", "export function ", "export let ", "export {", "export async "]
            .iter()
            .any(|start| line.text.starts_with(start));
        if !self.is_mdx || here.depth > 0 || !(is_import || is_export) {
            return None;
        }
        let count = here.lines[here.at..].iter().take_while(|line| !line.is_blank()).count();
        let block = &here.lines[here.at..here.at + count];
        let text = block.iter().map(|line| line.text).collect::<Vec<_>>().join("\n");
        self.log.count(if is_import { "import" } else { "export" });
        self.log.drop_markup(&text);
        let message = format!("`{}` is left out", quoted(&text));
        self.log.note(line.number, "module", message, "what it brought in is not shown; write its words into the text");
        if is_export {
            let prose = tags::prose(&text);
            let prose: Vec<String> = prose.into_iter().map(|words| words.replace(['{', '<'], " ")).collect();
            for words in &prose {
                let written = self.words(&[Line { number: line.number, text: words }]);
                apart(out, written);
            }
        }
        Some(here.at + count)
    }

    /// `<Admonition type="tip" title="…">` and its kin: a component of its own that is a note.
    pub(super) fn note_component(&mut self, here: Here<'_, '_>, element: &Element<'_>, out: &mut Vec<Written>) -> Option<usize> {
        let line = here.line();
        let kind = [element.attribute("type"), element.attribute("kind"), element.attribute("variant"), Some(element.name)]
            .into_iter()
            .flatten()
            .find(|kind| kinds::alert(kind).is_some())?;
        let is_component = element.name.starts_with(|first: char| first.is_ascii_uppercase());
        if !is_component || element.closes || element.is_empty || kinds::alert(element.name).is_none() {
            return None;
        }
        let close = format!("</{}>", element.name);
        let count = self.look(&here.lines[here.at..], |line| line.text.contains(&close))?;
        let last = here.lines[here.at + count];
        let start = line.text.len() - line.text.trim_start().len() + element.end;
        let mut body = Vec::new();
        let (inside, behind) = last.text.rsplit_once(&close)?;
        if count == 0 {
            body.push(Line { number: line.number, text: line.text.get(start..inside.len()).unwrap_or_default().trim() });
        } else {
            body.push(Line { number: line.number, text: line.text.get(start..).unwrap_or_default().trim() });
            body.extend(&here.lines[here.at + 1..here.at + count]);
            body.push(Line { number: last.number, text: inside });
        }
        let common = body.iter().skip(1).filter(|line| !line.is_blank()).map(|line| line.indent()).min().unwrap_or(0);
        let body: Vec<Line<'_>> = body.into_iter().map(|line| line.strip(common)).collect();
        self.log.drop_markup(&line.text[..start]);
        self.log.drop_markup(&close);
        let title = element.attribute("title").or_else(|| element.attribute("heading")).unwrap_or_default();
        self.alert(&Alert { number: line.number, kind, title: title.trim_matches(['{', '}', '"', '\'']) }, &body, here.depth, out);
        if !behind.trim().is_empty() {
            let written = self.words(&[Line { number: last.number, text: behind.trim() }]);
            apart(out, written);
        }
        Some(here.at + count + 1)
    }

    /// The same, where the tag itself goes over several lines.
    pub(super) fn note_component_over_lines(&mut self, here: Here<'_, '_>, out: &mut Vec<Written>) -> Option<usize> {
        let name: String = here.line().words().chars().skip(1).take_while(char::is_ascii_alphanumeric).collect();
        kinds::alert(&name).filter(|_| name.starts_with(|first: char| first.is_ascii_uppercase()))?;
        let close = format!("</{name}>");
        let count = self.look(&here.lines[here.at..], |line| line.text.contains(&close))?;
        let lines = &here.lines[here.at..=here.at + count];
        let joined = |rows: usize| lines[..rows].iter().map(|line| line.words()).collect::<Vec<_>>().join(" ");
        let (rows, first) =
            (2..=lines.len().min(30)).map(|rows| (rows, joined(rows))).find(|(_, text)| markup::element(text, 0).is_some())?;
        let element = markup::element(&first, 0)?;
        let mut merged = vec![Line { number: here.line().number, text: &first }];
        merged.extend(&lines[rows..]);
        self.note_component(Here { lines: &merged, at: 0, depth: here.depth }, &element, out)?;
        Some(here.at + count + 1)
    }
}
