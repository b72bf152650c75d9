//! What a material version asks of people who did an earlier one, or have not done it yet. Pure. See `docs/obligations.md`.

use crate::content::ContentKind;
use crate::programme::due::plus;
use crate::programme::model::Rule;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use chrono_tz::Tz;
use std::collections::HashMap;
use uuid::Uuid;

/// A material version that took the place of an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its number.
    pub version: i32,
    /// From when on it counts.
    pub effective_at: DateTime<Utc>,
}

/// All of them, by course or policy; and the number of each version.
#[derive(Clone, Debug, Default)]
pub struct Revisions {
    by_content: HashMap<(ContentKind, String), Vec<Revision>>,
    numbers: HashMap<Uuid, i32>,
}

impl Revisions {
    /// Takes a version into account. The first version of all revises nothing.
    pub fn add(&mut self, kind: ContentKind, slug: &str, id: Uuid, revision: Revision, is_material: bool) {
        self.numbers.insert(id, revision.version);
        if is_material && revision.version > 1 {
            let all = self.by_content.entry((kind, slug.to_owned())).or_default();
            all.push(revision);
            all.sort_by_key(|revision| revision.version);
        }
    }

    /// The revisions of a course or policy in force at an instant, oldest first.
    fn in_force(&self, kind: ContentKind, slug: &str, now: DateTime<Utc>) -> impl Iterator<Item = &Revision> {
        let all = self.by_content.get(&(kind, slug.to_owned())).map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(move |revision| revision.effective_at <= now)
    }

    /// The newest revision in force that whoever did `version` has not seen.
    pub fn unseen(&self, kind: ContentKind, slug: &str, version: Uuid, now: DateTime<Utc>) -> Option<Revision> {
        let done = self.numbers.get(&version)?;
        self.in_force(kind, slug, now).filter(|revision| revision.version > *done).last().copied()
    }

    /// The due date of an open assignment as revisions move it that came while it was open, before it was due.
    pub fn moved_due(
        &self,
        kind: ContentKind,
        slug: &str,
        rule: &Rule,
        open: (NaiveDate, NaiveDate),
        zone: Tz,
        now: DateTime<Utc>,
    ) -> NaiveDate {
        let (opens_on, due_on) = open;
        self.in_force(kind, slug, now).fold(due_on, |due, revision| {
            let day = revision.effective_at.with_timezone(&zone).date_naive();
            if day > opens_on && day <= due { due.max(plus(day, rule.revision_days)) } else { due }
        })
    }
}

/// When a revision opens anew and is due, for whoever did an earlier version. Nobody is late with what could not be known.
pub fn reopened(rule: &Rule, revision: &Revision, zone: Tz, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let day = revision.effective_at.with_timezone(&zone).date_naive();
    let due = plus(day, rule.revision_days);
    if due < today { (today, plus(today, rule.revision_days)) } else { (day, due) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLUG: &str = "clear-desk";

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn at(text: &str) -> DateTime<Utc> {
        day(text).and_time(chrono::NaiveTime::MIN).and_utc()
    }

    fn revisions() -> Revisions {
        let mut revisions = Revisions::default();
        for (version, effective, is_material) in [(1, "2026-01-01", true), (2, "2026-03-01", false), (3, "2026-05-01", true)] {
            let revision = Revision { version, effective_at: at(effective) };
            revisions.add(ContentKind::Policy, SLUG, id(version), revision, is_material);
        }
        revisions
    }

    fn id(version: i32) -> Uuid {
        Uuid::from_u128(u128::from(version.unsigned_abs()))
    }

    #[test]
    fn only_a_material_version_in_force_that_was_not_seen_reopens() {
        let revisions = revisions();
        let unseen = |done, now| revisions.unseen(ContentKind::Policy, SLUG, id(done), at(now)).map(|revision| revision.version);
        assert_eq!(unseen(1, "2026-04-30"), None, "notify reopens nothing, and what is to come nothing yet");
        assert_eq!(unseen(1, "2026-05-01"), Some(3));
        assert_eq!(unseen(2, "2026-05-01"), Some(3));
        assert_eq!(unseen(3, "2026-06-01"), None);
        assert_eq!(revisions.unseen(ContentKind::Course, SLUG, id(1), at("2026-06-01")), None, "another content");
    }

    #[test]
    fn an_open_assignment_gets_the_days_of_a_revision_that_came_before_it_was_due() {
        let (revisions, rule) = (revisions(), Rule { revision_days: 30, ..Rule::default() });
        let moved = |opens: &str, due: &str, now: &str| {
            revisions.moved_due(ContentKind::Policy, SLUG, &rule, (day(opens), day(due)), Tz::UTC, at(now)).to_string()
        };
        assert_eq!(moved("2026-04-15", "2026-05-10", "2026-05-02"), "2026-05-31");
        assert_eq!(moved("2026-04-15", "2026-05-10", "2026-04-30"), "2026-05-10", "not before it is in force");
        assert_eq!(moved("2026-04-15", "2026-04-30", "2026-05-02"), "2026-04-30", "what was overdue stays so");
        assert_eq!(moved("2026-05-01", "2026-05-10", "2026-05-02"), "2026-05-10", "who began with it has its days already");
        assert_eq!(moved("2026-04-15", "2026-06-30", "2026-05-02"), "2026-06-30", "never earlier");
    }

    #[test]
    fn nobody_is_late_with_what_could_not_be_known() {
        let (rule, revision) = (Rule::default(), Revision { version: 2, effective_at: at("2026-05-01") });
        let reopened = |today: &str| reopened(&rule, &revision, Tz::UTC, day(today));
        assert_eq!(reopened("2026-05-01"), (day("2026-05-01"), day("2026-05-31")));
        assert_eq!(reopened("2026-07-01"), (day("2026-07-01"), day("2026-07-31")));
    }
}
