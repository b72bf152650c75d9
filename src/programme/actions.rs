//! Applying a programme file, and bringing the assignments in step with rules, roster and completions.

use crate::content::Organisation;
use crate::kit::chance::Chance;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::library;
use crate::people::PersonFacts;
use crate::programme::evaluation::Evaluation;
use crate::programme::file::ProgrammeFile;
use crate::programme::model::Assignment;
use crate::programme::model::Requirement;
use crate::programme::queries;
use crate::programme::revision::Revision;
use crate::programme::revision::Revisions;
use crate::programme::state;
use crate::programme::state::Known;
use crate::programme::state::Standing;
use chrono::DateTime;
use chrono::Utc;
use diesel_async::AsyncConnection;
use std::collections::HashMap;
use std::collections::HashSet;
use uuid::Uuid;

/// Brings the programme to what a file says; with `dry_run` only says what would change. One line for each requirement.
/// A requirement that the file does not name stays.
///
/// # Errors
/// When the database fails; `Ok(Err)` says what the file may not change.
pub async fn apply(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    file: &ProgrammeFile,
    dry_run: bool,
) -> Result<Result<Vec<String>, String>, AppError> {
    connection
        .transaction(async |connection| {
            queries::lock(connection).await?;
            let known = queries::requirements(connection).await?;
            let mut lines = Vec::new();
            let mut changes = Vec::new();
            for entry in &file.requirements {
                let Ok((content_kind, content_slug)) = entry.content() else { continue };
                let mut wanted = Requirement {
                    id: chance.id(now),
                    slug: entry.id.clone(),
                    group: entry.group.clone(),
                    content_kind,
                    content_slug: content_slug.to_owned(),
                    rule_id: chance.id(now),
                    rule_version: 1,
                    rule_recorded_at: now,
                    rule: entry.rule(),
                };
                if !library::is_published(connection, content_kind, content_slug).await? {
                    let help = "publish it first: avow content publish";
                    return Ok(Err(format!("requirement {:?}: no {content_kind} {content_slug:?} is published; {help}", entry.id)));
                }
                let Some(old) = known.iter().find(|old| old.slug == entry.id) else {
                    lines.push(format!("new      {}: {content_kind} {content_slug} from {}", entry.id, wanted.rule.in_force_from));
                    changes.push((wanted, true));
                    continue;
                };
                if (old.content_kind, &old.content_slug, &old.group) != (content_kind, &wanted.content_slug, &wanted.group) {
                    let what = format!("{} {} in group {}", old.content_kind, old.content_slug, old.group);
                    return Ok(Err(format!("requirement {:?} is about {what}; give another requirement another id", entry.id)));
                }
                (wanted.id, wanted.rule_version) = (old.id, old.rule_version + 1);
                if old.rule == wanted.rule {
                    lines.push(format!("same     {}", entry.id));
                } else {
                    lines.push(format!("changed  {}: rule {} follows rule {}", entry.id, wanted.rule_version, old.rule_version));
                    changes.push((wanted, false));
                }
            }
            for (requirement, is_new) in changes.iter().filter(|_| !dry_run) {
                if *is_new {
                    queries::add_requirement(connection, now, requirement).await?;
                }
                queries::add_rule(connection, now, requirement).await?;
            }
            Ok(Ok(lines))
        })
        .await
}

/// All material versions that were published, whenever they count.
///
/// # Errors
/// When the database fails.
pub async fn revisions(connection: &mut Connection) -> Result<Revisions, AppError> {
    let mut revisions = Revisions::default();
    for version in library::all(connection).await? {
        let revision = Revision { version: version.version, effective_at: version.effective_at };
        revisions.add(version.settings.kind, &version.slug, version.id, revision, version.materiality == "material");
    }
    Ok(revisions)
}

/// What an evaluation changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Evaluated {
    /// Assignments that are new.
    pub assigned: usize,
    /// Assignments whose person left the audience.
    pub withdrawn: usize,
    /// Assignments whose person came back to it.
    pub reinstated: usize,
    /// Due dates that a leave or a material version moved.
    pub moved: usize,
}

/// Brings all assignments in step: joiners, cycles that open, leavers of an audience, leaves. Run twice, it changes nothing more.
///
/// # Errors
/// When the database fails.
pub async fn evaluate(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    organisation: &Organisation,
) -> Result<Evaluated, AppError> {
    connection
        .transaction(async |connection| {
            queries::lock(connection).await?;
            let mut evaluation = Evaluation::load(connection, now, chance, organisation).await?;
            for requirement in queries::requirements(connection).await? {
                evaluation.requirement(&requirement);
            }
            evaluation.write(connection).await
        })
        .await
}

/// How every assignment stands at `as_of`, by what was recorded until then.
///
/// # Errors
/// When the database fails.
pub async fn standings(connection: &mut Connection, as_of: DateTime<Utc>, facts: &[PersonFacts]) -> Result<Vec<Standing>, AppError> {
    let facts: HashMap<Uuid, &PersonFacts> = facts.iter().map(|facts| (facts.person.id, facts)).collect();
    stand(connection, as_of, None, &facts).await
}

/// How a person's assignments stand at `as_of`.
///
/// # Errors
/// When the database fails.
pub async fn standings_of(connection: &mut Connection, as_of: DateTime<Utc>, facts: &PersonFacts) -> Result<Vec<Standing>, AppError> {
    stand(connection, as_of, Some(facts.person.id), &HashMap::from([(facts.person.id, facts)])).await
}

async fn stand(
    connection: &mut Connection,
    as_of: DateTime<Utc>,
    person: Option<Uuid>,
    facts: &HashMap<Uuid, &PersonFacts>,
) -> Result<Vec<Standing>, AppError> {
    let completions = queries::completions(connection, as_of, person).await?;
    let completions: HashMap<_, _> = completions.into_iter().map(|one| (one.assignment_id, (one.id, one.occurred_at))).collect();
    let withdrawn: HashSet<Uuid> = queries::withdrawn(connection, as_of, person).await?.into_iter().collect();
    let refusals = queries::refusals(connection, as_of, person).await?;
    let assignments = queries::assignments(connection, as_of, person).await?;
    let standing = |assignment: Assignment| {
        let facts = *facts.get(&assignment.person_id)?;
        let completed = completions.get(&assignment.id).copied();
        let completed_at = completed.map(|(_, at)| at);
        let known = Known { assignment: &assignment, completed_at, withdrawn: withdrawn.contains(&assignment.id), facts, as_of };
        let state = state::state(&known);
        let days_late = state::days_late(&known, state);
        // Who declined and did it all the same has thought again.
        let declined = refusals.get(&assignment.id).is_some_and(|refused_at| completed_at.is_none_or(|at| at < *refused_at));
        Some(Standing { completed, state, days_late, declined, assignment })
    };
    Ok(assignments.into_iter().filter_map(standing).collect())
}
