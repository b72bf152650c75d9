//! The completion report (R2): one row an assignment, and totals that add up. Page, CSV and manifest come from the same rows.

use crate::content::Organisation;
use crate::kit::crypto;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::kit::export;
use crate::people;
use crate::people::PersonFacts;
use crate::programme;
use crate::programme::Standing;
use crate::programme::State;
use crate::reports::queries;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::SecondsFormat;
use chrono::TimeDelta;
use chrono::Utc;
use chrono_tz::Tz;
use serde::Deserialize;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::collections::HashMap;
use uuid::Uuid;

/// Which rows are wanted; an empty field wants all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// A requirement's name.
    #[serde(default)]
    pub requirement: String,
    /// A state's name, or `done`, `owed`.
    #[serde(default)]
    pub state: String,
    /// A department's name.
    #[serde(default)]
    pub department: String,
    /// A kind of engagement.
    #[serde(default)]
    pub kind: String,
}

impl Filter {
    /// Whether there is such a state as it asks for.
    pub fn is_known(&self) -> bool {
        ["", "done", "owed"].contains(&self.state.as_str()) || State::ALL.iter().any(|state| state.name() == self.state)
    }

    fn wants(&self, row: &Row) -> bool {
        let is = |wanted: &str, value: &str| wanted.is_empty() || wanted == value;
        let state = match self.state.as_str() {
            "done" => row.state.is_complete(),
            "owed" => row.state.is_owed(),
            name => is(name, row.state.name()),
        };
        state && is(&self.requirement, &row.requirement) && is(&self.department, &row.department) && is(&self.kind, &row.kind)
    }
}

/// One assignment of the report.
#[derive(Clone, Debug)]
pub struct Row {
    /// The person's id.
    pub person_id: Uuid,
    /// The HR system's.
    pub hr_id: String,
    /// The person's name.
    pub name: String,
    /// Employee, contractor and so on.
    pub kind: String,
    /// The department.
    pub department: String,
    /// The location.
    pub location: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The company of the group.
    pub legal_entity: String,
    /// What is owed.
    pub requirement: String,
    /// For which cycle.
    pub cycle: i32,
    /// How it stands.
    pub state: State,
    /// Dates and how they came about.
    pub standing: Standing,
}

/// A report as it stands at an instant.
#[derive(Clone, Debug)]
pub struct Report {
    /// The instant it speaks of, and up to which facts were known.
    pub as_of: DateTime<Utc>,
    /// The legal entities it is limited to, for those who may see no others; `None`: all.
    pub legal_entities: Option<Vec<String>>,
    /// Which rows were wanted.
    pub filter: Filter,
    /// The rows, by requirement, HR id and cycle.
    pub rows: Vec<Row>,
    /// How many rows the filter left out.
    pub left_out: usize,
    /// Requirement names and rule versions that were applied.
    pub rules: BTreeMap<String, i32>,
    /// The newest import of people.
    pub roster: Option<queries::Watermark>,
}

/// Whether a report can speak of that instant: nothing is known of the future, and nothing was recorded before there were such programs.
pub fn is_reportable(as_of: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (DateTime::UNIX_EPOCH..=now).contains(&as_of)
}

/// The report as it stands at `as_of`, limited to the people of some legal entities where `legal_entities` names them.
///
/// # Errors
/// When the database fails.
pub async fn build(
    connection: &mut Connection,
    as_of: DateTime<Utc>,
    organisation: &Organisation,
    legal_entities: Option<&[String]>,
) -> Result<Report, AppError> {
    // One snapshot of the database: what commits meanwhile is in all of the report or in none.
    let mut snapshot = connection.build_transaction().repeatable_read().read_only();
    let report = async |connection: &mut Connection| {
        let facts = people::facts(connection).await?;
        let standings = programme::standings(connection, as_of, &facts).await?;
        let facts: HashMap<Uuid, PersonFacts> = facts.into_iter().map(|facts| (facts.person.id, facts)).collect();
        let rows = standings.into_iter().filter_map(|standing| row(standing, &facts, as_of, organisation, legal_entities));
        let mut rows: Vec<Row> = rows.collect();
        rows.sort_by(|one, other| (&one.requirement, &one.hr_id, one.cycle).cmp(&(&other.requirement, &other.hr_id, other.cycle)));
        let rules = queries::rule_versions(connection, as_of).await?;
        let roster = queries::watermark(connection, as_of).await?;
        let legal_entities = legal_entities.map(<[String]>::to_vec);
        Ok::<Report, AppError>(Report { as_of, legal_entities, filter: Filter::default(), rows, left_out: 0, rules, roster })
    };
    snapshot.run(report).await
}

fn row(
    standing: Standing,
    facts: &HashMap<Uuid, PersonFacts>,
    as_of: DateTime<Utc>,
    organisation: &Organisation,
    legal_entities: Option<&[String]>,
) -> Option<Row> {
    let facts = facts.get(&standing.assignment.person_id)?;
    let day = (as_of - TimeDelta::microseconds(1)).with_timezone(&facts.zone(organisation.zone)).date_naive();
    if legal_entities.is_some_and(|wanted| !facts.legal_entities_on(day).any(|entity| wanted.iter().any(|one| one == entity))) {
        return None;
    }
    let engagement = facts.engagement_on(day)?;
    Some(Row {
        person_id: facts.person.id,
        hr_id: facts.person.hr_id.clone(),
        name: facts.person.name(),
        kind: engagement.kind.name().to_owned(),
        department: engagement.department.clone(),
        location: engagement.location.clone(),
        country: engagement.country.clone(),
        legal_entity: engagement.legal_entity.clone(),
        requirement: standing.assignment.requirement.clone(),
        cycle: standing.assignment.cycle,
        state: standing.state,
        standing,
    })
}

const HEADER: [&str; 20] = [
    "person_id",
    "hr_id",
    "name",
    "kind",
    "department",
    "location",
    "country",
    "legal_entity",
    "requirement",
    "cycle",
    "state",
    "declined",
    "assigned_at",
    "opens_on",
    "original_due_on",
    "due_on",
    "due_at",
    "decided_by",
    "completed_at",
    "days_late",
];

impl Report {
    /// The same report with only the rows that a filter wants.
    #[must_use]
    pub fn only(&self, filter: Filter) -> Self {
        let rows: Vec<Row> = self.rows.iter().filter(|row| filter.wants(row)).cloned().collect();
        let left_out = self.left_out + self.rows.len() - rows.len();
        Self {
            as_of: self.as_of,
            legal_entities: self.legal_entities.clone(),
            filter,
            rows,
            left_out,
            rules: self.rules.clone(),
            roster: self.roster.clone(),
        }
    }

    /// What its files are called, without their endings: one name for each instant and each set of parameters.
    pub fn file_name(&self) -> String {
        let instant =
            self.as_of.format(if self.as_of.timestamp_subsec_micros() == 0 { "%Y-%m-%dT%H%M%SZ" } else { "%Y-%m-%dT%H%M%S.%6fZ" });
        let Filter { requirement, state, department, kind } = &self.filter;
        let wanted = [requirement, state, department, kind].into_iter().chain(self.legal_entities.iter().flatten());
        let wanted = wanted.filter(|value| !value.is_empty()).collect::<Vec<_>>();
        if wanted.is_empty() {
            return format!("completion-{instant}");
        }
        // Words for people, a hash for what the words leave out.
        let words = wanted.iter().map(|value| value.to_lowercase().replace(|letter: char| !letter.is_ascii_alphanumeric(), "-"));
        let parameters = match &self.legal_entities {
            None => json!(self.filter),
            Some(entities) => json!({ "filter": self.filter, "legal_entities": entities }),
        };
        let hash = crypto::sha256(crypto::canonical_json(&parameters).as_bytes());
        format!("completion-{instant}-{}-{}", words.collect::<Vec<_>>().join("-"), &hex::encode(hash)[..8])
    }

    /// How many rows there are in each state; every state is named.
    pub fn totals(&self) -> BTreeMap<&'static str, usize> {
        totals(self.rows.iter())
    }

    /// The rows as CSV.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn csv(&self) -> Result<Vec<u8>, AppError> {
        let time = |instant: DateTime<Utc>| instant.to_rfc3339_opts(SecondsFormat::Micros, true);
        let rows = self.rows.iter().map(|row| {
            let assignment = &row.standing.assignment;
            [
                row.person_id.to_string(),
                row.hr_id.clone(),
                row.name.clone(),
                row.kind.clone(),
                row.department.clone(),
                row.location.clone(),
                row.country.clone(),
                row.legal_entity.clone(),
                row.requirement.clone(),
                row.cycle.to_string(),
                row.state.name().to_owned(),
                row.standing.declined.to_string(),
                time(assignment.assigned_at),
                assignment.opens_on.to_string(),
                assignment.original_due_on.to_string(),
                assignment.due_on.to_string(),
                time(assignment.due_at),
                assignment.decided_by.clone(),
                row.standing.completed.map(|(_, at)| time(at)).unwrap_or_default(),
                row.standing.days_late.to_string(),
            ]
        });
        export::csv(HEADER, rows).map_err(|error| AppError::Internal(error.to_string()))
    }
}

/// The instant that words mean: an RFC 3339 instant, or a day, which means its end in `zone`; without words now. None that lies
/// ahead.
pub fn instant(words: &str, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
    let instant = match words.trim() {
        "" => now,
        text if text.len() == 10 => {
            let day: NaiveDate = text.parse().ok()?;
            if day == now.with_timezone(&zone).date_naive() { now } else { programme::end_of_day(day, zone) }
        }
        // A plus sign that was not encoded in an address arrives as a blank.
        text => text.replace(' ', "+").parse().ok()?,
    };
    is_reportable(instant, now).then_some(instant)
}

/// How many of these rows are in each state.
pub(super) fn totals<'a>(rows: impl Iterator<Item = &'a Row>) -> BTreeMap<&'static str, usize> {
    let mut totals: BTreeMap<&'static str, usize> = State::ALL.map(|state| (state.name(), 0)).into();
    for row in rows {
        *totals.entry(row.state.name()).or_default() += 1;
    }
    totals
}
