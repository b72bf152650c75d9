//! The content folder as it was when it was last looked at.

use crate::content;
use crate::content::ContentKind;
use crate::content::Diagnostic;
use crate::content::Draft;
use crate::content::Examined;
use crate::content::Organisation;
use crate::content::Text;
use crate::content::Work;
use crate::kit::chance::Chance;
use crate::kit::clock::Clock;
use crate::kit::http::FormTokens;
use crate::kit::http::ViewData;
use crate::kit::i18n::Lang;
use crate::kit::render::Templates;
use chrono::NaiveDate;
use std::path::PathBuf;
use std::sync::Arc;

/// Looks at a content folder.
pub(super) struct Eye {
    pub root: PathBuf,
    pub clock: Clock,
    pub templates: Arc<Templates>,
    pub tokens: FormTokens,
    pub chance: Chance,
}

/// What was seen.
pub(super) struct State {
    /// Counted up with every look.
    pub revision: u64,
    /// The folder as it was named.
    pub folder: String,
    /// Today, where the organisation is.
    pub today: NaiveDate,
    pub examined: Examined,
    /// What pages are made with.
    pub view: ViewData,
}

impl Eye {
    /// Looks at all of it: takes a moment, and must not be done where others wait.
    pub(super) fn look(&self, revision: u64) -> State {
        let zone = content::load_organisation(&self.root).map_or(chrono_tz::UTC, |organisation| organisation.zone);
        let today = self.clock.now().with_timezone(&zone).date_naive();
        let examined = content::examine(&self.root, today, &|_, _| {});
        let view = self.view(examined.organisation.as_ref());
        State { revision, folder: self.root.display().to_string(), today, examined, view }
    }

    /// What pages are made with, in the name of that organisation.
    pub(super) fn view(&self, organisation: Option<&Organisation>) -> ViewData {
        ViewData {
            templates: Arc::clone(&self.templates),
            tokens: self.tokens.clone(),
            chance: self.chance.clone(),
            organisation: organisation.map(|organisation| organisation.name.clone()).unwrap_or_default(),
            default_lang: organisation.and_then(|organisation| organisation.default_language.parse().ok()).unwrap_or_default(),
            banner: Some("preview-banner"),
            workshop: false,
            secure: false,
        }
    }
}

/// A text in the language that was asked for, or in the one that stands in for it.
pub(super) struct Chosen<'a> {
    pub draft: &'a Draft,
    /// Whether the language that was asked for has no such text.
    pub stands_in: bool,
}

impl State {
    /// The language that texts are written in first.
    pub(super) fn default_language(&self) -> &str {
        self.examined.organisation.as_ref().map_or(Lang::default().tag(), |organisation| &organisation.default_language)
    }

    /// The languages of all content.
    pub(super) fn languages(&self) -> Vec<Lang> {
        let tags = self.examined.organisation.iter().flat_map(|organisation| &organisation.languages);
        tags.filter_map(|tag| tag.parse().ok()).collect()
    }

    pub(super) fn work(&self, kind: ContentKind, slug: &str) -> Option<&Work> {
        self.examined.works.iter().find(|work| work.kind == kind && work.slug == slug)
    }

    /// What is wrong in files that start with that path.
    pub(super) fn faults<'a>(&'a self, start: &'a str) -> impl Iterator<Item = &'a Diagnostic> {
        self.examined.found.iter().filter(move |one| one.place.file.starts_with(start))
    }

    /// The text of that part, in a language or in the default one.
    pub(super) fn choose<'a>(&self, work: &'a Work, part: &str, lang: Lang) -> Option<Chosen<'a>> {
        let in_language = |tag: &str| work.drafts.iter().find(|draft| draft.part == part && draft.language == tag);
        let own = in_language(lang.tag()).map(|draft| Chosen { draft, stands_in: false });
        own.or_else(|| in_language(self.default_language()).map(|draft| Chosen { draft, stands_in: true }))
    }

    /// The names of all parts, in the order in which they are read.
    pub(super) fn parts<'a>(&self, work: &'a Work) -> Vec<&'a str> {
        let mut parts: Vec<&str> = work.drafts.iter().map(|draft| draft.part.as_str()).collect();
        let rank = |part: &str| ["course", "quiz"].iter().position(|other| *other == part).map_or(1, |place| place * 2);
        parts.sort_by_key(|part| (rank(part), *part));
        parts.dedup();
        parts
    }

    /// All texts of a work that can be shown, each in that language or in the default one.
    pub(super) fn texts<'a>(&self, work: &'a Work, lang: Lang) -> Vec<&'a Text> {
        let parts = self.parts(work).into_iter().filter_map(|part| self.choose(work, part, lang)?.draft.text.as_ref());
        parts.collect()
    }

    /// Whether that language has every text: otherwise learners see the whole in the default language.
    pub(super) fn is_whole(&self, work: &Work, language: &str) -> bool {
        let readable =
            |part: &&str| work.drafts.iter().any(|draft| draft.part == **part && draft.language == language && draft.text.is_some());
        self.parts(work).iter().all(readable)
    }
}

/// The folder of a course or policy.
pub(super) fn base(work: &Work) -> String {
    match work.kind {
        ContentKind::Course => format!("courses/{}/", work.slug),
        ContentKind::Policy => format!("policies/{}/", work.slug),
    }
}

/// The address of a part's page.
pub(super) fn address(work: &Work, part: &str) -> String {
    match (work.kind, part) {
        (ContentKind::Policy, _) => format!("/policies/{}", work.slug),
        (ContentKind::Course, "course") => format!("/courses/{}", work.slug),
        (ContentKind::Course, "quiz") => format!("/courses/{}/quiz/1", work.slug),
        (ContentKind::Course, lesson) => {
            let lesson: String = url::form_urlencoded::byte_serialize(lesson.as_bytes()).collect();
            format!("/courses/{}/lessons/{}", work.slug, lesson.replace('+', "%20"))
        }
    }
}
