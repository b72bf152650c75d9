//! Home, my record, why I am on a list, and the programme itself.

use crate::content::ContentKind;
use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::http::View;
use crate::kit::i18n::Lang;
use crate::library;
use crate::people;
use crate::people::PersonFacts;
use crate::programme::actions;
use crate::programme::audience::Condition;
use crate::programme::audience::Field;
use crate::programme::pages::AboutLine;
use crate::programme::pages::ConditionLine;
use crate::programme::pages::DayView;
use crate::programme::pages::HomePage;
use crate::programme::pages::KeptLine;
use crate::programme::pages::OwedLine;
use crate::programme::pages::ProgrammePage;
use crate::programme::pages::RecordPage;
use crate::programme::pages::RequirementLine;
use crate::programme::pages::WhyPage;
use crate::programme::queries;
use crate::programme::state::Standing;
use crate::programme::state::State;
use crate::rights::CurrentUser;
use crate::rights::Learn;
use crate::rights::SeeAssignment;
use crate::rights::SeeProgramme;
use actix_web::HttpResponse;
use actix_web::web::Data;
use actix_web::web::Path;
use chrono::DateTime;
use chrono::Datelike;
use chrono::NaiveDate;
use chrono::Utc;
use chrono_tz::Tz;
use std::collections::HashMap;
use uuid::Uuid;

type Titles = HashMap<(String, String), String>;
type Minutes = HashMap<(String, String), u32>;

/// `GET /`: what do I owe, by when, what next.
///
/// # Errors
/// When the database fails.
pub async fn home(user: CurrentUser<Learn>, ctx: Data<Ctx>, view: View) -> Result<HttpResponse, AppError> {
    let (now, lang) = (ctx.now(), view.lang());
    let mut connection = ctx.connection().await?;
    let facts = people::facts_of(&mut connection, user.person_id).await?;
    let titles = library::titles(&mut connection, now, lang.tag()).await?;
    let standings = actions::standings_of(&mut connection, now, &facts).await?;
    let minutes = library::minutes(&mut connection, now).await?;
    let line = |standing: &Standing| (standing.state, owed_line(lang, standing, &titles, &minutes, now));
    let lines: Vec<(State, OwedLine)> = standings.iter().map(line).collect();
    let pick =
        |wanted: fn(State) -> bool| lines.iter().filter(|(state, _)| wanted(*state)).map(|(_, line)| line.clone()).collect::<Vec<_>>();
    // What ended with an earlier engagement is neither owed nor done.
    let owed = pick(|state| state.is_owed() || matches!(state, State::Paused | State::NotOpen));
    let page = HomePage {
        name: facts.person.given_name.clone(),
        next: owed.iter().find(|line| line.is_owed && !line.declined).cloned(),
        owed,
        done: pick(State::is_complete),
        zone: facts.zone(ctx.organisation.zone).name().to_owned(),
    };
    view.page(&page)
}

fn owed_line(lang: Lang, standing: &Standing, titles: &Titles, minutes: &Minutes, now: DateTime<Utc>) -> OwedLine {
    let assignment = &standing.assignment;
    let key = (assignment.content_kind.name().to_owned(), assignment.content_slug.clone());
    let place = match assignment.content_kind {
        ContentKind::Course => "courses",
        ContentKind::Policy => "attest",
    };
    let href = match standing.completed {
        Some((completion, _)) if assignment.content_kind == ContentKind::Course => format!("/certificates/{completion}"),
        _ => format!("/{place}/{}", assignment.id),
    };
    let zone: Tz = assignment.zone.parse().unwrap_or(Tz::UTC);
    OwedLine {
        id: assignment.id.to_string(),
        href,
        title: titles.get(&key).cloned().unwrap_or_else(|| assignment.content_slug.clone()),
        kind: assignment.content_kind.name(),
        due: day(lang, assignment.due_on),
        done: standing.completed.map(|(_, at)| day(lang, at.with_timezone(&zone).date_naive())),
        mark: standing.state.mark(),
        state: standing.state.name(),
        days: if standing.state == State::DueSoon { standing.days_left(now) } else { standing.days_late },
        minutes: minutes.get(&key).copied().unwrap_or(0),
        is_owed: standing.state.is_owed(),
        declined: standing.declined,
    }
}

fn day(lang: Lang, day: NaiveDate) -> DayView {
    let weekday = lang.text(&format!("weekday-{}", day.weekday().num_days_from_monday()));
    DayView { weekday, date: lang.plain_date(day), iso: day.to_string() }
}

/// `GET /record`: everything I keep, and what the roster says about me.
///
/// # Errors
/// When the database fails.
pub async fn record(user: CurrentUser<Learn>, ctx: Data<Ctx>, view: View) -> Result<HttpResponse, AppError> {
    let (now, lang) = (ctx.now(), view.lang());
    let mut connection = ctx.connection().await?;
    let facts = people::facts_of(&mut connection, user.person_id).await?;
    let zone = facts.zone(ctx.organisation.zone);
    let titles = library::titles(&mut connection, now, lang.tag()).await?;
    let mut kept = Vec::new();
    let completions = queries::completions_of(&mut connection, user.person_id).await?;
    let ids: Vec<Uuid> = completions.iter().map(|completion| completion.version_id).collect();
    let versions = library::versions(&mut connection, &ids).await?;
    for completion in completions {
        let Some(version) = versions.get(&completion.version_id).cloned() else { continue };
        let href = if completion.evidence != "attestation" {
            format!("/certificates/{}", completion.id)
        } else {
            format!("/receipts/{}", completion.evidence_id)
        };
        kept.push(KeptLine {
            href,
            title: titles.get(&(version.kind, version.slug.clone())).cloned().unwrap_or(version.slug),
            evidence: completion.evidence,
            version: version.version,
            when: lang.long_instant(completion.occurred_at, zone),
        });
    }
    view.page(&RecordPage { kept, about: about(&facts, zone, now) })
}

fn about(facts: &PersonFacts, zone: Tz, now: DateTime<Utc>) -> Vec<AboutLine> {
    let person = &facts.person;
    let engagement = facts.engagement_on(now.with_timezone(&zone).date_naive());
    let mut lines = vec![
        AboutLine { label: "roster-name", value: person.name() },
        AboutLine { label: "roster-hr-id", value: person.hr_id.clone() },
        AboutLine { label: "roster-email", value: person.email.clone().unwrap_or_default() },
        AboutLine { label: "roster-zone", value: zone.name().to_owned() },
    ];
    if let Some(engagement) = engagement {
        lines.push(AboutLine { label: "roster-department", value: engagement.department.clone() });
        lines.push(AboutLine { label: "roster-location", value: engagement.location.clone() });
        lines.push(AboutLine { label: "roster-from", value: engagement.starts_on.to_string() });
    }
    lines.retain(|line| !line.value.is_empty());
    lines
}

/// `GET /assignments/{id}`: why is somebody on this list.
///
/// # Errors
/// When there is no such assignment, or it is of somebody whom one may not see.
pub async fn why(user: CurrentUser<SeeAssignment>, ctx: Data<Ctx>, view: View, id: Path<Uuid>) -> Result<HttpResponse, AppError> {
    let (now, lang) = (ctx.now(), view.lang());
    let mut connection = ctx.connection().await?;
    let person = queries::person_of(&mut connection, *id).await?;
    let facts = people::facts_of(&mut connection, person).await?;
    let today = now.with_timezone(&ctx.organisation.zone).date_naive();
    if !people::within(&mut connection, user.person_id, user.reach(), today).await?.holds(&facts) {
        return Err(AppError::NotFound);
    }
    let standings = actions::standings_of(&mut connection, now, &facts).await?;
    let standing = standings.into_iter().find(|standing| standing.assignment.id == *id).ok_or(AppError::NotFound)?;
    let titles = library::titles(&mut connection, now, lang.tag()).await?;
    let assignment = &standing.assignment;
    let reason = &assignment.reason;
    let day = |name: &str| {
        reason[name].as_str().and_then(|text| text.parse::<NaiveDate>().ok()).map(|day| lang.long_date(day)).unwrap_or_default()
    };
    let conditions: Vec<Condition> = serde_json::from_value(reason["conditions"].clone()).unwrap_or_default();
    let zone: Tz = assignment.zone.parse().unwrap_or(Tz::UTC);
    let is_other = facts.person.id != user.person_id;
    view.page(&WhyPage {
        of: is_other.then(|| facts.person.name()),
        why: if is_other { "why-other-" } else { "why-" },
        rule: ["launch", "joiner", "entered", "rolling", "revised"].into_iter().find(|rule| reason["rule"] == *rule).unwrap_or("launch"),
        in_force_from: day("in_force_from"),
        start: day("start"),
        last_completed: day("last_completed"),
        effective: day("effective"),
        months: reason["months"].as_u64().unwrap_or(12),
        conditions: conditions.iter().map(|condition| condition_line(lang, condition)).collect(),
        original_due: lang.long_date(assignment.original_due_on),
        moved: assignment.due_on != assignment.original_due_on,
        moved_by: if assignment.decided_by == "revised" { "revised" } else { "leave" },
        zone: assignment.zone.clone(),
        assigned: lang.long_date(assignment.assigned_at.with_timezone(&zone).date_naive()),
        line: owed_line(lang, &standing, &titles, &Minutes::new(), now),
    })
}

fn condition_line(lang: Lang, condition: &Condition) -> ConditionLine {
    let word = |value: &String| match condition.field {
        Field::Kind => lang.text(&format!("kind-{}", value.to_lowercase())),
        _ => value.clone(),
    };
    let name =
        |value: serde_json::Result<serde_json::Value>| value.ok().and_then(|value| Some(value.as_str()?.to_owned())).unwrap_or_default();
    ConditionLine {
        field: name(serde_json::to_value(condition.field)),
        op: name(serde_json::to_value(condition.op)),
        values: condition.values.iter().map(word).collect::<Vec<_>>().join(", "),
    }
}

/// `GET /programme`: who owes what and how often.
///
/// # Errors
/// When the database fails.
pub async fn programme(_: CurrentUser<SeeProgramme>, ctx: Data<Ctx>, view: View) -> Result<HttpResponse, AppError> {
    let (now, lang) = (ctx.now(), view.lang());
    let mut connection = ctx.connection().await?;
    let titles = library::titles(&mut connection, now, lang.tag()).await?;
    let requirements = queries::requirements(&mut connection).await?.into_iter().map(|requirement| {
        let key = (requirement.content_kind.name().to_owned(), requirement.content_slug.clone());
        let audience = &requirement.rule.audience;
        RequirementLine {
            title: titles.get(&key).cloned().unwrap_or(requirement.content_slug),
            slug: requirement.slug,
            group: requirement.group,
            kind: requirement.content_kind.name(),
            rule_version: requirement.rule_version,
            in_force_from: requirement.rule.in_force_from.to_string(),
            months: requirement.rule.months,
            launch_days: requirement.rule.launch_days,
            joiner_days: requirement.rule.joiner_days,
            all: audience.all.iter().map(|condition| condition_line(lang, condition)).collect(),
            any: audience.any.iter().map(|condition| condition_line(lang, condition)).collect(),
        }
    });
    view.page(&ProgrammePage { requirements: requirements.collect() })
}
