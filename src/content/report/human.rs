//! Diagnostics as compilers print them: the line, what is wrong in it, how to mend it.

use crate::content::diagnostic::Diagnostic;
use crate::content::diagnostic::Diagnostics;
use crate::content::diagnostic::Severity;
use annotate_snippets::AnnotationKind;
use annotate_snippets::Level;
use annotate_snippets::Origin;
use annotate_snippets::Renderer;
use annotate_snippets::Snippet;

/// So many are printed: nobody mends more in one go.
const SHOWN: usize = 500;

/// All of them, and how many there are. `in_colour` for a terminal.
pub fn human(found: &Diagnostics, in_colour: bool) -> String {
    let renderer = if in_colour { Renderer::styled() } else { Renderer::plain() };
    let mut report: String = found.iter().take(SHOWN).map(|one| format!("{}\n\n", render(one, &renderer))).collect();
    if found.iter().count() > SHOWN {
        report.push_str(&format!("(the first {SHOWN} are shown)\n"));
    }
    report + &found.summary()
}

fn render(diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let place = &diagnostic.place;
    let level = match diagnostic.code.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&diagnostic.message).id(diagnostic.code.name);
    let help = Level::HELP.message(&diagnostic.help);
    if place.line == 0 || place.column == 0 {
        let origin = Origin::path(&place.file);
        let origin = if place.line > 0 { origin.line(place.line) } else { origin };
        return renderer.render(&[title.element(origin).element(help)]);
    }
    let byte = |letters: usize| place.excerpt.char_indices().nth(letters).map_or(place.excerpt.len(), |(byte, _)| byte);
    let (start, end) = (byte(place.column - 1 - place.cut), byte(place.end_column - 1 - place.cut));
    let path = if place.cut > 0 { format!("{} (column {})", place.file, place.column) } else { place.file.clone() };
    let snippet =
        Snippet::source(&place.excerpt).line_start(place.line).path(&path).annotation(AnnotationKind::Primary.span(start..end.max(start)));
    renderer.render(&[title.element(snippet).element(help)])
}
