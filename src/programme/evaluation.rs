//! One evaluation: everything that rules, roster and completions ask for, compared with the assignments that exist.

use crate::content::ContentKind;
use crate::content::Organisation;
use crate::kit::chance::Chance;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::people;
use crate::people::Engagement;
use crate::people::PersonFacts;
use crate::people::Recorded;
use crate::programme::actions::Evaluated;
use crate::programme::actions::revisions;
use crate::programme::audience::Condition;
use crate::programme::due;
use crate::programme::model::Assignment;
use crate::programme::model::Completion;
use crate::programme::model::Requirement;
use crate::programme::queries;
use crate::programme::queries::Move;
use crate::programme::queries::NewAssignment;
use crate::programme::revision::Revisions;
use crate::programme::revision::reopened;
use crate::programme::state;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use chrono_tz::Tz;
use serde_json::json;
use std::collections::HashMap;
use std::collections::HashSet;
use uuid::Uuid;

/// Everything an evaluation looks at and finds.
pub(super) struct Evaluation<'a> {
    pub now: DateTime<Utc>,
    chance: &'a Chance,
    pub organisation: &'a Organisation,
    pub people: Vec<PersonFacts>,
    /// The newest assignment of each requirement and person.
    pub newest: HashMap<(Uuid, Uuid), Assignment>,
    launched: HashSet<Uuid>,
    recorded: HashMap<Uuid, Recorded>,
    pub completions: HashMap<Uuid, Completion>,
    pub withdrawn: HashSet<Uuid>,
    fresh: Vec<NewAssignment>,
    scope: Vec<(Uuid, &'static str)>,
    moved: Vec<Move>,
    pub revisions: Revisions,
}

/// One person and one requirement, with the engagements that give scope today and the conditions that hold for each.
struct Case<'a> {
    requirement: &'a Requirement,
    facts: &'a PersonFacts,
    scope: Vec<(&'a Engagement, Vec<&'a Condition>)>,
    zone: Tz,
    today: NaiveDate,
}

impl Case<'_> {
    /// Whether training done in an earlier engagement holds for the one that brings the person back: it has not run out by then.
    fn still_holds(&self, old: &Assignment, done: Option<DateTime<Utc>>) -> bool {
        let (Some(done), ContentKind::Course) = (done, self.requirement.content_kind) else { return false };
        let completed_on = done.with_timezone(&self.zone).date_naive();
        let back_on = self.scope.iter().map(|(engagement, _)| engagement.starts_on).min();
        match (due::next_due(&self.requirement.rule, old.due_on, completed_on), back_on) {
            (Some((_, due)), Some(back_on)) => due >= back_on,
            _ => true,
        }
    }
}

impl<'a> Evaluation<'a> {
    pub async fn load(
        connection: &mut Connection,
        now: DateTime<Utc>,
        chance: &'a Chance,
        organisation: &'a Organisation,
    ) -> Result<Evaluation<'a>, AppError> {
        let people = people::facts(connection).await?;
        let mut newest: HashMap<(Uuid, Uuid), Assignment> = HashMap::new();
        for assignment in queries::assignments(connection, DateTime::<Utc>::MAX_UTC, None).await? {
            let key = (assignment.requirement_id, assignment.person_id);
            if newest.get(&key).is_none_or(|other| other.cycle < assignment.cycle) {
                newest.insert(key, assignment);
            }
        }
        let recorded = people::recorded(connection).await?;
        let launched = newest.keys().map(|(requirement, _)| *requirement).collect();
        // Whatever was recorded, even since `now` was read: an evaluation that had to wait for another must see what that one did.
        let completions = queries::completions(connection, DateTime::<Utc>::MAX_UTC, None).await?;
        let completions = completions.into_iter().map(|completion| (completion.assignment_id, completion)).collect();
        let withdrawn = queries::withdrawn(connection, DateTime::<Utc>::MAX_UTC, None).await?.into_iter().collect();
        let (fresh, scope, moved) = (Vec::new(), Vec::new(), Vec::new());
        let revisions = revisions(connection).await?;
        Ok(Self { now, chance, organisation, people, newest, launched, recorded, completions, withdrawn, fresh, scope, moved, revisions })
    }

    pub fn requirement(&mut self, requirement: &Requirement) {
        let people = std::mem::take(&mut self.people);
        for facts in &people {
            self.person(requirement, facts);
        }
        self.people = people;
    }

    fn person(&mut self, requirement: &Requirement, facts: &PersonFacts) {
        let zone = facts.zone(self.organisation.zone);
        let today = self.now.with_timezone(&zone).date_naive();
        if today < requirement.rule.in_force_from {
            return;
        }
        let running = facts.engagements.iter().filter(|engagement| engagement.covers(today));
        let scope = running.filter_map(|engagement| Some((engagement, requirement.rule.audience.selects(engagement)?))).collect();
        let case = Case { requirement, facts, scope, zone, today };
        let Some(old) = self.newest.get(&(requirement.id, facts.person.id)).cloned() else {
            self.assign_first(&case, 1);
            return;
        };
        let done = self.completions.get(&old.id).map(|completion| completion.occurred_at);
        let came_back = state::exit(&old, facts).is_some_and(|exit| exit <= self.now);
        match done {
            // Who comes back owes a policy anew; training that still holds is taken over.
            _ if came_back && !case.still_holds(&old, done) => self.assign_first(&case, old.cycle + 1),
            Some(done) => self.assign_revised(&case, &old) || self.assign_next(&case, &old, done),
            None => self.keep(&case, &old),
        };
    }

    /// A new cycle for whoever did a version that a material one has replaced. Whether there is one.
    fn assign_revised(&mut self, case: &Case<'_>, old: &Assignment) -> bool {
        let Case { requirement, facts, .. } = case;
        let version = self.completions.get(&old.id).map(|completion| completion.version_id);
        let unseen = version.and_then(|done| self.revisions.unseen(requirement.content_kind, &requirement.content_slug, done, self.now));
        let (Some(revision), Some((engagement, conditions))) = (unseen, case.scope.first()) else { return false };
        let (opens_on, due_on) = reopened(&requirement.rule, &revision, case.zone, case.today);
        let reason = json!({
            "rule": "revised", "rule_version": requirement.rule_version, "conditions": conditions, "engagement": engagement.id,
            "start": engagement.starts_on, "in_force_from": requirement.rule.in_force_from,
            "version": revision.version, "effective": revision.effective_at.with_timezone(&case.zone).date_naive(),
        });
        self.add(requirement, facts, (old.cycle + 1, opens_on, due_on, "revised"), reason, case.zone);
        true
    }

    /// The strictest due date of all engagements that give scope; nothing where none does.
    fn assign_first(&mut self, case: &Case<'_>, cycle: i32) -> bool {
        let Case { requirement, facts, .. } = case;
        let due = |engagement: &Engagement| due::first_due(&requirement.rule, engagement.starts_on, self.entered_on(case, engagement));
        let strictest = case.scope.iter().map(|(engagement, conditions)| (due(engagement), engagement, conditions));
        let Some(((opens_on, due_on, decided_by), engagement, conditions)) = strictest.min_by_key(|((_, due_on, _), ..)| *due_on) else {
            return false;
        };
        let reason = json!({
            "rule": decided_by, "rule_version": requirement.rule_version, "conditions": conditions, "engagement": engagement.id,
            "start": engagement.starts_on, "in_force_from": requirement.rule.in_force_from,
        });
        self.add(requirement, facts, (cycle, opens_on, due_on, decided_by), reason, case.zone);
        true
    }

    /// Today, if it is a change of roster or rule that brings this engagement into the audience, and not that it is new.
    fn entered_on(&self, case: &Case<'_>, engagement: &Engagement) -> Option<NaiveDate> {
        let Case { requirement, .. } = case;
        if !self.launched.contains(&requirement.id) {
            return None;
        }
        // The day a rule comes into force begins at another hour in each zone: all of it is the launch.
        let was_here = engagement.starts_on <= requirement.rule.in_force_from && case.today > requirement.rule.in_force_from;
        let day = |instant: DateTime<Utc>| instant.with_timezone(&case.zone).date_naive();
        let changed = self.recorded.get(&engagement.id).is_some_and(|recorded| {
            let since_then = |change: DateTime<Utc>| change > recorded.first && day(change) > engagement.starts_on;
            since_then(recorded.last) || (requirement.rule_version > 1 && since_then(requirement.rule_recorded_at))
        });
        (was_here || changed).then_some(case.today)
    }

    /// The next cycle, once it opens.
    fn assign_next(&mut self, case: &Case<'_>, old: &Assignment, done: DateTime<Utc>) -> bool {
        let Case { requirement, facts, .. } = case;
        let completed_on = done.with_timezone(&case.zone).date_naive();
        let next = due::next_due(&requirement.rule, old.due_on, completed_on).filter(|(opens_on, _)| case.today >= *opens_on);
        let (Some((opens_on, due_on)), Some((engagement, conditions))) = (next, case.scope.first()) else { return false };
        // Nobody is late with what could not be known before: a rule that has become stricter, a return to the audience.
        let (opens_on, due_on, decided_by) = if due_on < case.today {
            (case.today, due::plus(case.today, requirement.rule.joiner_days), "entered")
        } else {
            (opens_on, due_on, "rolling")
        };
        let reason = json!({
            "rule": decided_by, "rule_version": requirement.rule_version, "conditions": conditions, "engagement": engagement.id,
            "start": engagement.starts_on, "in_force_from": requirement.rule.in_force_from,
            "last_completed": completed_on, "months": requirement.rule.months,
        });
        self.add(requirement, facts, (old.cycle + 1, opens_on, due_on, decided_by), reason, case.zone);
        true
    }

    fn add(
        &mut self,
        requirement: &Requirement,
        facts: &PersonFacts,
        (cycle, opens_on, original, decided_by): (i32, NaiveDate, NaiveDate, &'static str),
        reason: serde_json::Value,
        zone: Tz,
    ) {
        let due_on = due::after_leaves(&requirement.rule, original, facts);
        self.fresh.push(NewAssignment {
            id: self.chance.id(self.now),
            requirement_id: requirement.id,
            rule_id: requirement.rule_id,
            person_id: facts.person.id,
            cycle,
            opens_on,
            original_due_on: original,
            due_on,
            due_at: due::end_of_day(due_on, zone),
            zone: zone.name(),
            decided_by: if due_on == original { decided_by } else { "leave" },
            reason,
            assigned_at: self.now,
        });
    }

    /// An open assignment: out of the audience it is withdrawn, back in it reinstated; a material version or a leave moves its due
    /// date, never earlier.
    fn keep(&mut self, case: &Case<'_>, old: &Assignment) -> bool {
        match (case.scope.is_empty(), self.withdrawn.contains(&old.id)) {
            (true, false) if case.facts.is_engaged(case.today) => self.scope.push((old.id, "withdrawn")),
            (false, true) => self.scope.push((old.id, "reinstated")),
            _ => {}
        }
        let zone = old.zone.parse().unwrap_or(Tz::UTC);
        let Requirement { rule, content_kind, content_slug, .. } = case.requirement;
        let revised = self.revisions.moved_due(*content_kind, content_slug, rule, (old.opens_on, old.original_due_on), zone, self.now);
        let due_on = due::after_leaves(rule, revised, case.facts);
        if due_on > old.due_on {
            let decided_by = if due_on > revised { "leave" } else { "revised" };
            self.moved.push(Move { assignment: old.id, due_on, due_at: due::end_of_day(due_on, zone), decided_by });
        }
        false
    }

    pub async fn write(self, connection: &mut Connection) -> Result<Evaluated, AppError> {
        let assigned = queries::add_assignments(connection, &self.fresh).await?;
        for (assignment, change) in &self.scope {
            let reason = if *change == "withdrawn" { "no longer in the audience" } else { "in the audience again" };
            queries::add_scope_change(connection, self.now, self.chance.id(self.now), *assignment, change, reason).await?;
        }
        for to in &self.moved {
            queries::move_due(connection, to).await?;
        }
        let count = |kind: &str| self.scope.iter().filter(|(_, change)| *change == kind).count();
        Ok(Evaluated { assigned, withdrawn: count("withdrawn"), reinstated: count("reinstated"), moved: self.moved.len() })
    }
}
