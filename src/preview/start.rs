//! The first page: everything in the folder, how it stands, how long it is and how hard to read.

use crate::content::ContentKind;
use crate::content::Organisation;
use crate::content::Work;
use crate::kit::error::AppError;
use crate::kit::i18n::Lang;
use crate::preview::aside::Aside;
use crate::preview::aside::counted;
use crate::preview::figures;
use crate::preview::figures::Pill;
use crate::preview::pages::Cell;
use crate::preview::pages::OrganisationFacts;
use crate::preview::pages::StartPage;
use crate::preview::pages::TextLine;
use crate::preview::pages::WorkLine;
use crate::preview::state::State;
use crate::preview::state::address;
use crate::preview::state::base;
use crate::preview::visit::Visit;
use actix_web::HttpResponse;

/// `GET /`: the whole folder.
pub(super) async fn start(visit: Visit) -> Result<HttpResponse, AppError> {
    let (state, lang) = (&visit.state, visit.lang());
    let found = &state.examined.found;
    let lines = |kind| {
        let works = state.examined.works.iter().filter(move |work| work.kind == kind);
        works.map(|work| work_line(state, work, lang)).collect()
    };
    let page = StartPage {
        folder: state.folder.clone(),
        organisation: state.examined.organisation.as_ref().map(facts),
        languages: state.languages().into_iter().map(Lang::own_name).collect(),
        courses: lines(ContentKind::Course),
        policies: lines(ContentKind::Policy),
    };
    let mut aside = Aside::of(state, lang, "", found.iter());
    aside.below = true;
    aside.untold += found.untold();
    aside.pills = figures::pills_of(found.errors(), found.warnings(), lang);
    visit.page(&page, aside)
}

fn facts(organisation: &Organisation) -> OrganisationFacts {
    OrganisationFacts {
        name: organisation.name.clone(),
        security_email: organisation.security_email.clone(),
        compliance_email: organisation.compliance_email.clone(),
        incident_phone: organisation.incident_phone.clone(),
        intranet: organisation.intranet.clone(),
        zone: organisation.zone.name().to_owned(),
        languages: organisation.languages.join(", "),
    }
}

fn work_line(state: &State, work: &Work, lang: Lang) -> WorkLine {
    let parts = state.parts(work);
    let title = |part: &str| state.choose(work, part, lang).and_then(|chosen| Some(chosen.draft.text.as_ref()?.title.clone()));
    let mut texts = parts.iter().map(|part| text_line(state, work, part, title(part), lang)).collect::<Vec<_>>();
    if texts.is_empty() && work.kind == ContentKind::Policy {
        // Its row has a cell for each language all the same.
        texts.push(text_line(state, work, "policy", None, lang));
    }
    WorkLine {
        href: address(work, if work.kind == ContentKind::Course { "course" } else { "policy" }),
        title: parts.first().and_then(|part| title(part)).unwrap_or_else(|| work.slug.clone()),
        slug: work.slug.clone(),
        version: work.settings.as_ref().map(|settings| settings.version),
        minutes: work.settings.as_ref().map(|settings| settings.minutes),
        counted: if work.kind == ContentKind::Course { counted(state, work, lang) } else { Vec::new() },
        pills: figures::pills(state.faults(&base(work)), lang),
        texts,
    }
}

fn text_line(state: &State, work: &Work, part: &str, title: Option<String>, lang: Lang) -> TextLine {
    let href = address(work, part);
    let cell = |language: Lang| {
        let draft = work.drafts.iter().find(|draft| draft.part == part && draft.language == language.tag());
        let faults = state.examined.found.iter().filter(|one| draft.is_some_and(|draft| draft.file == one.place.file)).collect::<Vec<_>>();
        let mut pills = if faults.is_empty() { Vec::new() } else { figures::pills(faults.into_iter(), lang) };
        if draft.is_some_and(|draft| draft.level.is_some_and(|level| level > draft.goal)) {
            pills.push(Pill { kind: "due-soon", label: lang.text("preview-hard") });
        }
        Cell {
            name: language.own_name(),
            href: draft.map(|_| format!("{href}?language={language}")),
            label: match draft {
                Some(draft) if draft.text.is_some() => figures::line(draft, lang),
                Some(_) => lang.text("preview-broken"),
                None => lang.text("preview-missing"),
            },
            pills,
        }
    };
    TextLine { title: title.unwrap_or_else(|| part.to_owned()), cells: state.languages().into_iter().map(cell).collect(), href }
}
