//! Notes to try the template with: everything there can be, and nothing but what there always is.

use crate::preview::aside::Aside;
use crate::preview::aside::Finding;
use crate::preview::aside::Link;
use crate::preview::aside::Paper;
use crate::preview::aside::PartLine;
use crate::preview::aside::Stale;
use crate::preview::aside::Statement;
use crate::preview::aside::Tongue;
use crate::preview::figures::Facts;
use crate::preview::figures::Pill;

/// A full one first.
pub(super) fn asides() -> Vec<Aside> {
    let short = Aside { facts: Some(facts(None, None)), below: true, ..Aside::empty(1) };
    let unmeasured = Aside { facts: Some(facts(None, Some("Flesch-Kincaid, 1975"))), ..Aside::empty(1) };
    vec![full(), Aside::empty(1), short, unmeasured]
}

fn full() -> Aside {
    let part = PartLine { href: "/courses/safe-mail".into(), label: "Safe mail".into(), current: true, pills: vec![pill("done")] };
    Aside {
        file: Some("courses/safe-mail/en/01-links.md".into()),
        stands_in: Some("Vietnamese".into()),
        not_whole: true,
        pills: vec![pill("overdue"), pill("due-soon")],
        findings: vec![finding(true, "[more](03-gone.md)"), finding(false, "")],
        untold: 3,
        elsewhere: vec![pill("due-soon")],
        facts: Some(Facts { told: Some(4), is_hard: true, ..facts(Some("10.2"), Some("Flesch-Kincaid, 1975")) }),
        sums: vec!["People are told 5 minutes for the whole.".into()],
        tongues: tongues(),
        statement: Some(Statement { language: "en".into(), words: "I have read and agree.".into() }),
        paper: Some(Paper { number: 3, again: "/courses/safe-mail/quiz/4".into() }),
        parts: vec![part],
        previous: Some(link("Safe mail")),
        next: Some(link("Attachments")),
        whole: Some(link("Safe mail")),
        questions: Some("/courses/safe-mail/questions".into()),
        forget: Some("/courses/safe-mail/forget".into()),
        ..Aside::empty(1)
    }
}

fn pill(kind: &'static str) -> Pill {
    Pill { kind, label: "one error".into() }
}

fn link(label: &str) -> Link {
    Link { href: "/courses/safe-mail".into(), label: label.into() }
}

fn finding(is_error: bool, marked: &str) -> Finding {
    Finding {
        is_error,
        code: "link-dead",
        explanation: "The text that the link names does not exist.",
        place: "en/01-links.md:12:5".into(),
        message: "03-gone.md is no text of this folder".into(),
        help: "the path is relative to this file".into(),
        before: "See ".into(),
        marked: marked.into(),
        after: ".".into(),
    }
}

/// The source, and a translation in each of its states.
fn tongues() -> Vec<Tongue> {
    let stale = |line| Stale { line, excerpt: "Cứ từ từ.".into(), message: "en/01-links.md:20 was changed".into() };
    let tongue = |missing, unrecorded, stale| Tongue {
        tag: "vi",
        name: "Tiếng Việt",
        href: "/courses/safe-mail?language=vi".into(),
        current: missing,
        is_source: false,
        missing,
        unrecorded,
        stale,
    };
    let source = Tongue { tag: "en", name: "English", is_source: true, ..tongue(false, false, vec![]) };
    let states = [tongue(false, false, vec![stale(20), stale(0)]), tongue(true, false, vec![]), tongue(false, true, vec![])];
    [source].into_iter().chain(states).chain([tongue(false, false, vec![])]).collect()
}

fn facts(level: Option<&str>, method: Option<&'static str>) -> Facts {
    Facts {
        words: "120 words".into(),
        questions: 2,
        told: None,
        counted: "1.6".into(),
        level: level.map(Into::into),
        goal: "9".into(),
        is_hard: false,
        method,
    }
}
