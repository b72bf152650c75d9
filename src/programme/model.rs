//! Requirements, rules, assignments, completions.

use crate::content::ContentKind;
use crate::programme::audience::Audience;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use serde::Deserialize;
use serde::Serialize;
use uuid::Uuid;

/// How a requirement binds people. Days are calendar days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The first day it binds anybody.
    pub in_force_from: NaiveDate,
    /// Whoever is in the audience on that day has so many days.
    pub launch_days: u32,
    /// Whoever joins later has so many days from the start of the engagement.
    pub joiner_days: u32,
    /// It is owed again so many months after it was done; never, if `None`.
    pub months: Option<u32>,
    /// It opens so many days before it is due again.
    pub open_days: u32,
    /// Done at most so many days early, it keeps its anniversary.
    pub keep_days: u32,
    /// After a leave there are at least so many days.
    pub return_days: u32,
    /// Whoever did an earlier version has so many days from the first day of a material one.
    #[serde(default = "default_revision_days")]
    pub revision_days: u32,
    /// A leave moves the due date from so many days on.
    pub leave_days: u32,
    /// Whom it binds.
    pub audience: Audience,
}

/// Rules that were recorded before revisions were have the usual days.
const fn default_revision_days() -> u32 {
    30
}

impl Default for Rule {
    fn default() -> Self {
        Self {
            in_force_from: NaiveDate::MIN,
            launch_days: 30,
            joiner_days: 30,
            months: Some(12),
            open_days: 60,
            keep_days: 60,
            return_days: 14,
            revision_days: default_revision_days(),
            leave_days: 14,
            audience: Audience::default(),
        }
    }
}

/// One course or one policy that is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Its id.
    pub id: Uuid,
    /// Its name in files and addresses.
    pub slug: String,
    /// Requirements of one group are shown together.
    pub group: String,
    /// Course or policy.
    pub content_kind: ContentKind,
    /// Which one.
    pub content_slug: String,
    /// The rule in force.
    pub rule_id: Uuid,
    /// Its number, from 1.
    pub rule_version: i32,
    /// When it was recorded.
    pub rule_recorded_at: DateTime<Utc>,
    /// The rule itself.
    pub rule: Rule,
}

/// One person owes one requirement for one cycle.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// Its id.
    pub id: Uuid,
    /// What is owed.
    pub requirement_id: Uuid,
    /// The requirement's name.
    pub requirement: String,
    /// Course or policy.
    pub content_kind: ContentKind,
    /// Which one.
    pub content_slug: String,
    /// Who owes it.
    pub person_id: Uuid,
    /// Counted from 1 for each person and requirement.
    pub cycle: i32,
    /// The first day it can be done.
    pub opens_on: NaiveDate,
    /// The due date before any leave.
    pub original_due_on: NaiveDate,
    /// The last day to do it on time.
    pub due_on: NaiveDate,
    /// The instant that day ends.
    pub due_at: DateTime<Utc>,
    /// In this zone.
    pub zone: String,
    /// `launch`, `joiner`, `entered`, `rolling` or `revised`; after a leave `leave`.
    pub decided_by: String,
    /// Why this person: the conditions that hold, and the dates they follow from.
    pub reason: serde_json::Value,
    /// When it was assigned.
    pub assigned_at: DateTime<Utc>,
}

/// That an assignment is done, and by what evidence.
#[derive(Clone, Debug)]
pub struct NewCompletion<'a> {
    /// Its id; also the number of the certificate.
    pub id: Uuid,
    /// What is done.
    pub assignment: &'a Assignment,
    /// By which version of the content.
    pub version_id: Uuid,
    /// In which language.
    pub language: &'a str,
    /// `attempt`, `attestation` or `lessons`.
    pub evidence: &'static str,
    /// Which one.
    pub evidence_id: Uuid,
}

/// A person declines what an assignment asks of them.
#[derive(Clone, Copy, Debug)]
pub struct NewRefusal {
    /// Its id.
    pub id: Uuid,
    /// What is declined.
    pub assignment_id: Uuid,
    /// By whom.
    pub person_id: Uuid,
    /// The record of it.
    pub evidence_id: Uuid,
}

/// A completion as it was recorded.
#[derive(Clone, Debug, diesel::Queryable)]
pub struct Completion {
    /// Its id.
    pub id: Uuid,
    /// What is done.
    pub assignment_id: Uuid,
    /// Who did it.
    pub person_id: Uuid,
    /// By which version of the content.
    pub version_id: Uuid,
    /// `attempt` or `attestation`.
    pub evidence: String,
    /// Which one.
    pub evidence_id: Uuid,
    /// When it was done.
    pub occurred_at: DateTime<Utc>,
}
