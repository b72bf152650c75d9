//! What stands beside a page: what is wrong in its file, what was counted in it, how its translations are, where to go on.

use crate::content::ContentKind;
use crate::content::Diagnostic;
use crate::content::Place;
use crate::content::Severity;
use crate::content::Work;
use crate::kit::http;
use crate::kit::i18n::Lang;
use crate::preview::figures;
use crate::preview::figures::Facts;
use crate::preview::figures::Pill;
use crate::preview::state::Chosen;
use crate::preview::state::State;
use crate::preview::state::address;
use crate::preview::state::base;
use serde::Serialize;

/// So many faults are told beside one page.
const MOST: usize = 200;

/// A link.
#[derive(Clone, Serialize)]
pub(super) struct Link {
    pub href: String,
    pub label: String,
}

/// One language of a text: how it stands, and the way to it.
#[derive(Serialize)]
pub(super) struct Tongue {
    pub tag: &'static str,
    pub name: &'static str,
    pub href: String,
    pub current: bool,
    /// Whether the others are translated from it.
    pub is_source: bool,
    pub missing: bool,
    pub unrecorded: bool,
    /// What was changed in the source after it was translated.
    pub stale: Vec<Stale>,
}

/// A paragraph that is older than its source.
#[derive(Serialize)]
pub(super) struct Stale {
    pub line: usize,
    pub excerpt: String,
    pub message: String,
}

/// Something that is wrong.
#[derive(Serialize)]
pub(super) struct Finding {
    pub is_error: bool,
    pub code: &'static str,
    pub explanation: &'static str,
    /// File as seen from the folder of the page, line, column.
    pub place: String,
    pub message: String,
    pub help: String,
    /// The line: what stands before the fault, the fault, what stands behind it.
    pub before: String,
    pub marked: String,
    pub after: String,
}

/// A paper of the quiz, and the way to another one.
#[derive(Serialize)]
pub(super) struct Paper {
    /// What it was drawn by.
    pub number: i32,
    pub again: String,
}

/// The words people attest to.
#[derive(Serialize)]
pub(super) struct Statement {
    pub language: String,
    pub words: String,
}

/// One part of a course.
#[derive(Serialize)]
pub(super) struct PartLine {
    pub href: String,
    pub label: String,
    pub current: bool,
    pub pills: Vec<Pill>,
}

/// All of it.
#[derive(Serialize)]
pub(super) struct Aside {
    /// The state of the folder that the page shows.
    pub revision: u64,
    /// The address of the module that waits for changes.
    pub module: String,
    /// Whether it always stands below.
    pub below: bool,
    pub file: Option<String>,
    /// The language that was asked for, where another stands in for it.
    pub stands_in: Option<String>,
    /// Whether learners see the whole in the default language, because a text is missing or broken.
    pub not_whole: bool,
    pub pills: Vec<Pill>,
    pub findings: Vec<Finding>,
    pub untold: usize,
    /// What is wrong in the other files of the course or policy.
    pub elsewhere: Vec<Pill>,
    /// Where that is told.
    pub others_href: String,
    pub facts: Option<Facts>,
    /// Words about the whole course: minutes told and counted.
    pub sums: Vec<String>,
    pub tongues: Vec<Tongue>,
    pub statement: Option<Statement>,
    pub paper: Option<Paper>,
    pub parts: Vec<PartLine>,
    pub previous: Option<Link>,
    pub next: Option<Link>,
    pub whole: Option<Link>,
    /// The author's view of all questions.
    pub questions: Option<String>,
    /// Where answers are forgotten.
    pub forget: Option<String>,
}

impl Aside {
    /// Nothing but the way to hear of changes.
    pub(super) fn empty(revision: u64) -> Self {
        Self {
            revision,
            module: http::asset_url("preview.mjs"),
            below: false,
            file: None,
            stands_in: None,
            not_whole: false,
            pills: Vec::new(),
            findings: Vec::new(),
            untold: 0,
            elsewhere: Vec::new(),
            others_href: "/".into(),
            facts: None,
            sums: Vec::new(),
            tongues: Vec::new(),
            statement: None,
            paper: None,
            parts: Vec::new(),
            previous: None,
            next: None,
            whole: None,
            questions: None,
            forget: None,
        }
    }

    /// Nothing yet but the faults of some files, named as seen from a folder.
    pub(super) fn of<'a>(state: &State, lang: Lang, folder: &str, faults: impl Iterator<Item = &'a Diagnostic>) -> Self {
        let faults = faults.collect::<Vec<_>>();
        Self {
            pills: figures::pills(faults.iter().copied(), lang),
            findings: faults.iter().take(MOST).map(|one| finding(one, folder)).collect(),
            untold: faults.len().saturating_sub(MOST),
            ..Self::empty(state.revision)
        }
    }

    /// Beside one text of a course or policy.
    pub(super) fn text(state: &State, lang: Lang, work: &Work, chosen: &Chosen<'_>) -> Self {
        let (draft, base) = (chosen.draft, base(work));
        // A policy has no page for its settings: they are told beside its text.
        let is_own = |one: &&Diagnostic| {
            let file = &one.place.file;
            *file == draft.file || work.kind == ContentKind::Policy && !work.drafts.iter().any(|other| other.file == *file)
        };
        let (own, elsewhere): (Vec<_>, Vec<_>) = state.faults(&base).partition(is_own);
        let mut aside = Self {
            file: Some(draft.file.clone()),
            stands_in: chosen.stands_in.then(|| lang.text(&format!("language-{lang}"))),
            not_whole: !chosen.stands_in && !state.is_whole(work, &draft.language),
            facts: draft.text.as_ref().map(|_| Facts::of(draft, lang)),
            tongues: tongues(state, work, &draft.part, lang),
            ..Self::of(state, lang, &base, own.into_iter())
        };
        if !elsewhere.is_empty() {
            aside.elsewhere = figures::pills(elsewhere.into_iter(), lang);
        }
        aside.go_on(state, work, &draft.part, lang);
        aside
    }

    /// Beside a course as a whole: everything that is wrong in its files.
    pub(super) fn course(state: &State, lang: Lang, work: &Work, chosen: Option<&Chosen<'_>>) -> Self {
        let base = base(work);
        let parts = state.parts(work).into_iter().filter_map(|part| {
            let chosen = state.choose(work, part, lang)?;
            let label = chosen.draft.text.as_ref().map_or_else(|| chosen.draft.file.clone(), |text| text.title.clone());
            let pills = figures::pills(state.faults(&base).filter(|one| one.place.file == chosen.draft.file), lang);
            Some(PartLine { href: address(work, part), label, current: part == "course", pills })
        });
        let told = work.settings.as_ref().map(|settings| lang.text_with("preview-course-told", [("minutes", settings.minutes.into())]));
        Self {
            file: chosen.map(|chosen| chosen.draft.file.clone()),
            stands_in: chosen.filter(|chosen| chosen.stands_in).map(|_| lang.text(&format!("language-{lang}"))),
            not_whole: chosen.is_some_and(|chosen| !chosen.stands_in) && !state.is_whole(work, lang.tag()),
            facts: chosen.filter(|chosen| chosen.draft.text.is_some()).map(|chosen| Facts::of(chosen.draft, lang)),
            sums: told.into_iter().chain(counted(state, work, lang)).collect(),
            tongues: tongues(state, work, "course", lang),
            parts: parts.collect(),
            questions: Some(format!("/courses/{}/questions", work.slug)),
            forget: Some(format!("/courses/{}/forget", work.slug)),
            ..Self::of(state, lang, &base, state.faults(&base))
        }
    }

    /// The neighbours of a part, and what else there is in its course.
    fn go_on(&mut self, state: &State, work: &Work, part: &str, lang: Lang) {
        let parts = state.parts(work);
        let place = parts.iter().position(|other| *other == part).unwrap_or(0);
        let link = |part: &&str| {
            let text = state.choose(work, part, lang)?.draft.text.as_ref();
            Some(Link { href: address(work, part), label: text.map_or_else(|| (*part).to_owned(), |text| text.title.clone()) })
        };
        self.previous = place.checked_sub(1).and_then(|place| link(parts.get(place)?));
        self.next = parts.get(place + 1).and_then(link);
        if parts.contains(&"course") {
            self.whole = link(&"course");
            self.others_href = address(work, "course");
            self.questions = Some(format!("/courses/{}/questions", work.slug));
            self.forget = Some(format!("/courses/{}/forget", work.slug));
        }
    }
}

/// Minutes of the whole course in each language, in words.
pub(super) fn counted(state: &State, work: &Work, lang: Lang) -> Vec<String> {
    let minutes = |language: Lang| {
        let drafts = work.drafts.iter().filter(|draft| draft.language == language.tag());
        let minutes = drafts.map(|draft| draft.counted).sum::<f64>();
        let name = lang.text(&format!("language-{language}"));
        let values = [("language", name.into()), ("minutes", format!("{minutes:.1}").into())];
        (minutes > 0.0).then(|| lang.text_with("preview-course-counted", values))
    };
    state.languages().into_iter().filter_map(minutes).collect()
}

fn tongues(state: &State, work: &Work, part: &str, lang: Lang) -> Vec<Tongue> {
    let base = base(work);
    let tongue = |language: Lang| {
        let draft = work.drafts.iter().find(|draft| draft.part == part && draft.language == language.tag());
        let stale = state
            .faults(&base)
            .filter(|one| one.code.name == "translation-stale" && draft.is_some_and(|draft| draft.file == one.place.file));
        let stale = stale.map(|one| Stale { line: one.place.line, excerpt: one.place.excerpt.clone(), message: one.message.clone() });
        Tongue {
            tag: language.tag(),
            name: language.own_name(),
            href: format!("{}?language={language}", address(work, part)),
            current: language == lang,
            is_source: language.tag() == state.default_language(),
            missing: draft.is_none(),
            unrecorded: draft.is_some_and(|draft| draft.unrecorded),
            stale: stale.collect(),
        }
    };
    state.languages().into_iter().map(tongue).collect()
}

fn finding(one: &Diagnostic, folder: &str) -> Finding {
    let Place { file, line, column, end_column, excerpt, cut } = &one.place;
    let mut place = file.strip_prefix(folder).unwrap_or(file).to_owned();
    for number in [line, column].into_iter().take_while(|number| **number > 0) {
        place.push_str(&format!(":{number}"));
    }
    // Without a column the whole line is meant.
    let first = column.checked_sub(1 + cut).unwrap_or(0);
    let length = if *column == 0 { usize::MAX } else { end_column.saturating_sub(*column) };
    Finding {
        is_error: one.code.severity == Severity::Error,
        code: one.code.name,
        explanation: one.code.explanation,
        place,
        message: one.message.clone(),
        help: one.help.clone(),
        before: excerpt.chars().take(first).collect(),
        marked: excerpt.chars().skip(first).take(length).collect(),
        after: excerpt.chars().skip(first).skip(length).collect(),
    }
}
