//! One course or policy: its versions, what stands in the folder, what that would change, and for whom.

use crate::content::Content;
use crate::content::ContentKind;
use crate::content::Examined;
use crate::content::Severity;
use crate::ctx::Ctx;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::kit::i18n::Lang;
use crate::library;
use crate::library::Decided;
use crate::library::Proposal;
use crate::library::Version;
use crate::library::actions::Standing;
use crate::library::proposals;
use crate::people;
use crate::people::PersonFacts;
use crate::programme;
use crate::programme::Candidate;
use crate::programme::Impact;
use crate::programme::Revision;
use crate::reports::library::changes;
use crate::reports::library::folder;
use crate::reports::library::pages::Affected;
use crate::reports::library::pages::ContentPage;
use crate::reports::library::pages::DiagnosticLine;
use crate::reports::library::pages::FolderView;
use crate::reports::library::pages::HistoryLine;
use crate::reports::library::pages::ImpactView;
use crate::reports::library::pages::OpenProposal;
use crate::reports::library::pages::QualityLine;
use crate::reports::library::pages::ReviewLine;
use crate::reports::library::pages::VersionLine;
use crate::reports::quality;
use crate::reports::quality::Summary;
use crate::rights::Principal;
use crate::rights::Publish;
use crate::rights::Right;
use crate::rights::SeeReports;
use chrono::DateTime;
use chrono::Months;
use chrono::NaiveDate;
use chrono::Utc;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use uuid::Uuid;

/// So many people are named; the counts are of all.
const NAMED: usize = 50;

/// What everything on the page is made with.
pub(super) struct Looking<'a> {
    pub ctx: &'a Ctx,
    pub lang: Lang,
    pub user: &'a Principal,
    pub kind: ContentKind,
    pub slug: &'a str,
}

impl Looking<'_> {
    fn when(&self, instant: DateTime<Utc>) -> String {
        self.lang.long_instant(instant, self.ctx.organisation.zone)
    }

    fn day(&self, instant: DateTime<Utc>) -> NaiveDate {
        instant.with_timezone(&self.ctx.organisation.zone).date_naive()
    }
}

/// The whole page. There is none where nothing of that name is published or in the folder.
pub(super) async fn page(connection: &mut Connection, looking: &Looking<'_>, examined: &Examined) -> Result<ContentPage, AppError> {
    let Looking { ctx, lang, user, kind, slug } = *looking;
    let content = examined.contents.iter().find(|content| content.settings.kind == kind && content.settings.id == slug);
    let versions: Vec<Version> =
        library::all(connection).await?.into_iter().filter(|version| version.settings.kind == kind && version.slug == slug).collect();
    if content.is_none() && versions.is_empty() {
        return Err(AppError::NotFound);
    }
    let now = ctx.now();
    let titles = library::titles(connection, now, lang.tag()).await?;
    let title = titles.get(&(kind.name().to_owned(), slug.to_owned())).cloned();
    let history = proposals::history(connection, kind, slug).await?;
    let reviews = proposals::reviews(connection, kind, slug).await?;
    let names = names(connection, &history, &reviews).await?;
    let waiting = history.iter().find(|(_, decided)| decided.is_none()).map(|(proposal, _)| proposal.clone());
    let may_publish = user.reach(Publish::ROW).is_some_and(|reach| reach.all);
    let proposal = waiting.map(|proposal| open_proposal(looking, &proposal, examined, &names, may_publish)).transpose()?;
    let view = match content {
        Some(content) => Some(folder_view(connection, looking, examined, content, versions.first()).await?),
        None => None,
    };
    let reviews = reviews.into_iter().map(|review| ReviewLine {
        version: versions.iter().find(|version| version.id == review.version_id).map_or(0, |version| version.version),
        outcome: review.outcome,
        threats: review.threats,
        notes: review.notes,
        next: lang.long_date(review.review_by),
        who: names.get(&review.reviewed_by).cloned().unwrap_or_default(),
        when: looking.when(review.reviewed_at),
    });
    let today = looking.day(now);
    let current = versions.iter().find(|version| version.effective_at <= now).filter(|_| kind == ContentKind::Course);
    let quality = match current {
        Some(version) => Some(quality_line(&quality::summary(connection, version).await?)),
        None => None,
    };
    Ok(ContentPage {
        quality,
        shelf: folder::shelf(kind),
        kind: kind.name(),
        slug: slug.to_owned(),
        content_title: title.or_else(|| content.map(|content| folder::title(content, lang))).unwrap_or_else(|| slug.to_owned()),
        may_publish,
        can_propose: may_publish && proposal.is_none() && view.as_ref().is_some_and(|view| view.is_publishable),
        problem: None,
        versions: versions.iter().map(|version| version_line(looking, version, &history, &names)).collect(),
        folder: view,
        proposal,
        history: history
            .iter()
            .filter_map(|(proposal, decided)| Some(history_line(looking, proposal, decided.as_ref()?, &names)))
            .collect(),
        reviews: reviews.collect(),
        in_force: versions.iter().any(|version| version.effective_at <= now),
        next_review: today.checked_add_months(Months::new(12)).unwrap_or(today).to_string(),
    })
}

/// The numbers of a course in short; means with one digit.
fn quality_line(summary: &Summary) -> QualityLine {
    let mean = |mean: Option<f64>| mean.map(|mean| format!("{mean:.1}"));
    QualityLine { measured: summary.measured, flagged: summary.flagged, useful: mean(summary.useful), clear: mean(summary.clear) }
}

/// The names of everybody who had a part in it.
async fn names(
    connection: &mut Connection,
    history: &[(Proposal, Option<Decided>)],
    reviews: &[library::Review],
) -> Result<HashMap<Uuid, String>, AppError> {
    let deciders = history.iter().filter_map(|(_, decided)| decided.as_ref()).map(|decided| decided.decided_by);
    let authors = history.iter().map(|(proposal, _)| proposal.proposed_by);
    let mut names = HashMap::new();
    for person in authors.chain(deciders).chain(reviews.iter().map(|review| review.reviewed_by)) {
        if let Entry::Vacant(name) = names.entry(person) {
            name.insert(people::person(connection, person).await?.name());
        }
    }
    Ok(names)
}

fn open_proposal(
    looking: &Looking<'_>,
    proposal: &Proposal,
    examined: &Examined,
    names: &HashMap<Uuid, String>,
    may_publish: bool,
) -> Result<OpenProposal, AppError> {
    let is_own = proposal.proposed_by == looking.user.person_id;
    let stands = library::actions::proposed(proposal, examined)?.is_some();
    Ok(OpenProposal {
        id: proposal.id.to_string(),
        version: proposal.version,
        materiality: proposal.materiality.clone(),
        note: proposal.note.clone(),
        author: names.get(&proposal.proposed_by).cloned().unwrap_or_default(),
        when: looking.when(proposal.proposed_at),
        stands,
        can_approve: may_publish && !is_own && stands,
        can_return: may_publish && !is_own,
        can_withdraw: may_publish && is_own,
    })
}

fn version_line(
    looking: &Looking<'_>,
    version: &Version,
    history: &[(Proposal, Option<Decided>)],
    names: &HashMap<Uuid, String>,
) -> VersionLine {
    let approved = history.iter().find(|(proposal, _)| Some(proposal.id) == version.proposal_id);
    let name = |person: Uuid| names.get(&person).cloned();
    VersionLine {
        version: version.version,
        materiality: version.materiality.clone(),
        effective: looking.day(version.effective_at).to_string(),
        published: looking.day(version.published_at).to_string(),
        changes: version.settings.changes_in(looking.lang.tag()).unwrap_or_default().to_owned(),
        frameworks: version.settings.frameworks.join(", "),
        author: approved.and_then(|(proposal, _)| name(proposal.proposed_by)),
        approver: approved.and_then(|(_, decided)| name(decided.as_ref()?.decided_by)),
        before: version.version - 1,
    }
}

fn history_line(looking: &Looking<'_>, proposal: &Proposal, decided: &Decided, names: &HashMap<Uuid, String>) -> HistoryLine {
    HistoryLine {
        version: proposal.version,
        author: names.get(&proposal.proposed_by).cloned().unwrap_or_default(),
        note: proposal.note.clone(),
        decision: decided.decision.clone(),
        who: names.get(&decided.decided_by).cloned().unwrap_or_default(),
        reason: decided.reason.clone(),
        when: looking.when(decided.decided_at),
    }
}

async fn folder_view(
    connection: &mut Connection,
    looking: &Looking<'_>,
    examined: &Examined,
    content: &Content,
    newest: Option<&Version>,
) -> Result<FolderView, AppError> {
    let faults = examined.faults_of(content);
    let standing = library::actions::standing(connection, content).await?;
    let settings = &content.settings;
    let ctx = looking.ctx;
    let effective_at = library::effective_at(ctx.now(), &ctx.organisation, content, newest.is_some());
    let is_new = matches!(standing, Standing::New | Standing::Next(_));
    let impact = if is_new && faults.errors() == 0 {
        let revision = Revision { version: settings.version, effective_at };
        let is_material = settings.materiality == crate::content::Materiality::Material;
        let candidate = Candidate { kind: settings.kind, slug: &settings.id, revision, is_material };
        let found = programme::impact(connection, ctx.now(), &ctx.chance, &ctx.organisation, candidate).await?;
        Some(impact_view(connection, looking, &found).await?)
    } else {
        None
    };
    let texts = match newest {
        Some(version) if standing != Standing::Published => changes::summary(connection, looking.lang, version.id, content).await?,
        _ => Vec::new(),
    };
    let lines = faults.iter().map(|one| DiagnosticLine {
        severity: one.code.severity.name(),
        is_error: one.code.severity == Severity::Error,
        code: one.code.name,
        place: match one.place.line {
            0 => one.place.file.clone(),
            line => format!("{}:{line}:{}", one.place.file, one.place.column),
        },
        message: one.message.clone(),
        help: one.help.clone(),
        excerpt: one.place.excerpt.clone(),
    });
    Ok(FolderView {
        version: settings.version,
        materiality: settings.materiality.name(),
        effective: looking.lang.long_date(looking.day(effective_at)),
        changes: settings.changes_in(looking.lang.tag()).unwrap_or_default().to_owned(),
        state: folder::state(standing),
        errors: faults.errors(),
        diagnostics: lines.collect(),
        is_publishable: is_new && faults.errors() == 0,
        impact,
        newest: newest.map(|version| version.version),
        texts,
    })
}

/// Who would be asked anew, by department; by name only for those who see reports of everybody.
async fn impact_view(connection: &mut Connection, looking: &Looking<'_>, impact: &Impact) -> Result<ImpactView, AppError> {
    let now = looking.ctx.now();
    let today = looking.day(now);
    let everybody = people::facts(connection).await?;
    let by_id: HashMap<Uuid, &PersonFacts> = everybody.iter().map(|facts| (facts.person.id, facts)).collect();
    let department = |person: &Uuid| {
        let engagement = by_id.get(person).and_then(|facts| facts.engagement_on(today));
        engagement.map(|engagement| engagement.department.clone()).unwrap_or_default()
    };
    let mut departments: BTreeMap<String, usize> = BTreeMap::new();
    for person in impact.reopened.keys() {
        *departments.entry(department(person)).or_default() += 1;
    }
    let named = looking.user.reach(SeeReports::ROW).is_some_and(|reach| reach.all);
    let mut people: Vec<String> =
        if named { impact.reopened.keys().filter_map(|person| Some(by_id.get(person)?.person.name())).collect() } else { Vec::new() };
    people.sort();
    let more = people.len().saturating_sub(NAMED);
    people.truncate(NAMED);
    let due = |day: Option<&NaiveDate>| day.map(|day| looking.lang.long_date(*day)).unwrap_or_default();
    Ok(ImpactView {
        requirements: impact.requirements.clone(),
        bound: impact.bound.len(),
        reopened: impact.reopened.len(),
        open: impact.open.len(),
        moved: impact.moved.len(),
        first_due: due(impact.reopened.values().min()),
        departments: departments.into_iter().map(|(name, count)| Affected { name, count }).collect(),
        people,
        more,
    })
}
