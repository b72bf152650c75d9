//! Counts in words: how many faults, how long, how hard to read.

use crate::content::Diagnostic;
use crate::content::Draft;
use crate::content::Measure;
use crate::content::Severity;
use crate::kit::i18n::Lang;
use serde::Serialize;

/// A short mark: what kind it is, and its words.
#[derive(Clone, Serialize)]
pub(super) struct Pill {
    /// A status of the stylesheet.
    pub kind: &'static str,
    pub label: String,
}

/// Marks for what is wrong, or for nothing.
pub(super) fn pills<'a>(faults: impl Iterator<Item = &'a Diagnostic>, lang: Lang) -> Vec<Pill> {
    let (errors, warnings) = faults.fold((0, 0), |(errors, warnings), one| match one.code.severity {
        Severity::Error => (errors + 1, warnings),
        Severity::Warning => (errors, warnings + 1),
    });
    pills_of(errors, warnings, lang)
}

/// The same for numbers.
pub(super) fn pills_of(errors: usize, warnings: usize, lang: Lang) -> Vec<Pill> {
    let mut pills = Vec::new();
    if errors > 0 {
        pills.push(Pill { kind: "overdue", label: lang.text_with("preview-errors", [("count", errors.into())]) });
    }
    if warnings > 0 {
        pills.push(Pill { kind: "due-soon", label: lang.text_with("preview-warnings", [("count", warnings.into())]) });
    }
    if pills.is_empty() {
        pills.push(Pill { kind: "done", label: lang.text("preview-nothing-wrong") });
    }
    pills
}

/// What was counted in a text.
#[derive(Serialize)]
pub(super) struct Facts {
    pub words: String,
    pub questions: usize,
    pub told: Option<u32>,
    pub counted: String,
    /// The grade, if it can be told.
    pub level: Option<String>,
    pub goal: String,
    pub is_hard: bool,
    /// Whose measure it is.
    pub method: Option<&'static str>,
}

impl Facts {
    pub(super) fn of(draft: &Draft, lang: Lang) -> Self {
        Self {
            words: words(draft, lang),
            questions: draft.measure.questions,
            told: draft.told,
            counted: format!("{:.1}", draft.counted),
            level: draft.level.map(|level| format!("{level:.1}")),
            goal: format!("{:.0}", draft.goal),
            is_hard: draft.level.is_some_and(|level| level > draft.goal),
            method: Measure::method(&draft.language),
        }
    }
}

/// How many words, or in Vietnamese syllables.
fn words(draft: &Draft, lang: Lang) -> String {
    let count = [("count", draft.measure.words.into())];
    if draft.language == "vi" { lang.text_with("preview-syllables", count) } else { lang.text_with("preview-words", count) }
}

/// All of it in one line.
pub(super) fn line(draft: &Draft, lang: Lang) -> String {
    let mut pieces = vec![words(draft, lang), lang.text_with("preview-minutes", [("minutes", format!("{:.1}", draft.counted).into())])];
    if let Some(level) = draft.level {
        pieces.push(lang.text_with("preview-grade", [("grade", format!("{level:.1}").into())]));
    }
    pieces.join(", ")
}
