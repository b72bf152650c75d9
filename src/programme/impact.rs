//! What a version that is not published yet would ask of whom.

use crate::content::ContentKind;
use crate::content::Organisation;
use crate::kit::chance::Chance;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::programme::evaluation::Evaluation;
use crate::programme::model::Requirement;
use crate::programme::queries;
use crate::programme::revision::Revision;
use crate::programme::revision::reopened;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Who would notice a version, if nothing else changed until it counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// The requirements that are about it, by name.
    pub requirements: Vec<String>,
    /// Everybody whom they bind today.
    pub bound: BTreeSet<Uuid>,
    /// Whoever did an earlier version and would owe it anew, and by when.
    pub reopened: BTreeMap<Uuid, NaiveDate>,
    /// Whoever owes it already: they would do it with the new text.
    pub open: BTreeSet<Uuid>,
    /// Those of them who would have more time.
    pub moved: BTreeSet<Uuid>,
}

/// A version that might be published.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Course or policy.
    pub kind: ContentKind,
    /// Which one.
    pub slug: &'a str,
    /// Its number, and from when on it would count.
    pub revision: Revision,
    /// Whether it asks people anew.
    pub is_material: bool,
}

/// Looks at what a version would change. Changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn impact(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    organisation: &Organisation,
    candidate: Candidate<'_>,
) -> Result<Impact, AppError> {
    let mut evaluation = Evaluation::load(connection, now, chance, organisation).await?;
    evaluation.revisions.add(candidate.kind, candidate.slug, Uuid::nil(), candidate.revision, candidate.is_material);
    let mut impact = Impact::default();
    let is_about = |requirement: &Requirement| requirement.content_kind == candidate.kind && requirement.content_slug == candidate.slug;
    for requirement in queries::requirements(connection).await?.iter().filter(|requirement| is_about(requirement)) {
        evaluation.weigh(requirement, &candidate, &mut impact);
        impact.requirements.push(requirement.slug.clone());
    }
    Ok(impact)
}

impl Evaluation<'_> {
    fn weigh(&self, requirement: &Requirement, candidate: &Candidate<'_>, impact: &mut Impact) {
        let then = self.now.max(candidate.revision.effective_at);
        for facts in &self.people {
            let zone = facts.zone(self.organisation.zone);
            let today = self.now.with_timezone(&zone).date_naive();
            let mut running = facts.engagements.iter().filter(|engagement| engagement.covers(today));
            if !running.any(|engagement| requirement.rule.audience.selects(engagement).is_some()) {
                continue;
            }
            let person = facts.person.id;
            impact.bound.insert(person);
            let Some(newest) = self.newest.get(&(requirement.id, person)) else { continue };
            match self.completions.get(&newest.id) {
                Some(done) => {
                    let unseen = self.revisions.unseen(candidate.kind, candidate.slug, done.version_id, then);
                    if unseen.is_some_and(|revision| revision == candidate.revision) {
                        let (_, due_on) = reopened(&requirement.rule, &candidate.revision, zone, today);
                        impact.reopened.entry(person).and_modify(|due| *due = due_on.min(*due)).or_insert(due_on);
                    }
                }
                None if !self.withdrawn.contains(&newest.id) => {
                    impact.open.insert(person);
                    let days = (newest.opens_on, newest.original_due_on);
                    if self.revisions.moved_due(candidate.kind, candidate.slug, &requirement.rule, days, zone, then) > newest.due_on {
                        impact.moved.insert(person);
                    }
                }
                None => {}
            }
        }
    }
}
