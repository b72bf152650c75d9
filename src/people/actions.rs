//! Imports: a file becomes a batch with all its changes in one transaction, or nothing happens.

use crate::content::Organisation;
use crate::kit::chance::Chance;
use crate::kit::crypto;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::people::import_queries;
use crate::people::import_queries::Batch;
use crate::people::import_queries::LeaveRow;
use crate::people::leaves_file;
use crate::people::model::Engagement;
use crate::people::model::PersonFacts;
use crate::people::people_file;
use crate::people::plan;
use crate::people::plan::Change;
use crate::people::plan::Plan;
use crate::people::plan::Roster;
use crate::people::queries;
use crate::people::rows::Rejected;
use chrono::DateTime;
use chrono::Utc;
use diesel_async::AsyncConnection;
use serde_json::json;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::fmt;
use uuid::Uuid;

/// How an import is to be done.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImportOptions {
    /// Only say what would happen.
    pub dry_run: bool,
    /// Take the good rows although others are bad.
    pub accept_partial: bool,
    /// The file is complete: whoever is missing in it has left.
    pub snapshot: bool,
    /// Let a complete file end many engagements.
    pub confirm_ends: bool,
}

/// A file to be imported.
pub struct ImportFile<'a> {
    /// Its name, for the record.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What an import did, or would do.
#[derive(Debug, Default)]
pub struct ImportReport {
    /// Rows in the file, without its header.
    pub received: usize,
    /// Rows that could not be taken.
    pub rejected: Vec<Rejected>,
    /// People who are new.
    pub joined: usize,
    /// Engagements that are new.
    pub engaged: usize,
    /// Persons, engagements or leaves that changed.
    pub changed: usize,
    /// Engagements that now have an end.
    pub ended: usize,
    /// People, or leaves, of whom the file says what the roster says.
    pub unchanged: usize,
    /// Whether the roster was changed.
    pub applied: bool,
    /// Why a complete file was not applied although every row is good.
    pub held: Option<String>,
}

impl fmt::Display for ImportReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for reject in &self.rejected {
            writeln!(formatter, "{reject}")?;
        }
        if let Some(why) = &self.held {
            writeln!(formatter, "{why}")?;
        }
        let Self { received, joined, engaged, changed, ended, unchanged, .. } = self;
        writeln!(formatter, "{received} rows: {} taken, {} rejected", received - self.rejected.len(), self.rejected.len())?;
        write!(formatter, "{joined} joined, {engaged} engagements new, {changed} changed, {ended} ended, {unchanged} unchanged")
    }
}

/// More ends than this in one complete file are more likely a wrong file than people leaving.
const ENDS_HELD_ABOVE: (usize, usize) = (20, 5);

/// Brings a file of people into the roster.
///
/// # Errors
/// When the file cannot be read as a whole (`Ok(Err)`) or the database fails.
pub async fn import_people(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    organisation: &Organisation,
    file: ImportFile<'_>,
    options: ImportOptions,
) -> Result<Result<ImportReport, Rejected>, AppError> {
    let mut new_id = || chance.id(now);
    connection
        .transaction(async |connection| {
            import_queries::lock_roster(connection).await?;
            let roster = roster(queries::facts(connection).await?);
            let (rows, rejected) = match people_file::read(file.bytes, |hr_id| roster.contains_key(hr_id)) {
                Ok(read) => read,
                Err(reject) => return Ok(Err(reject)),
            };
            let mut plan = plan::plan(&roster, &rows, &organisation.default_language, &mut new_id);
            let mut report = ImportReport { received: rows.len() + rejected.len(), rejected, ..ImportReport::default() };
            if options.snapshot {
                let before = plan.count("ended");
                plan::add_absent(&mut plan, &roster, &rows, now.with_timezone(&organisation.zone).date_naive());
                report.held = hold(&roster, plan.count("ended") - before, now, organisation, options);
            }
            fill(&mut report, &plan);
            if may_apply(&report, options) {
                apply(connection, now, &plan, &mut new_id, &batch(&report, "people", &file, options, now, chance.id(now))).await?;
                report.applied = true;
            }
            Ok(Ok(report))
        })
        .await
}

/// Brings a file of leaves into the roster.
///
/// # Errors
/// When the file cannot be read as a whole (`Ok(Err)`) or the database fails.
pub async fn import_leaves(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    file: ImportFile<'_>,
    options: ImportOptions,
) -> Result<Result<ImportReport, Rejected>, AppError> {
    connection
        .transaction(async |connection| {
            import_queries::lock_roster(connection).await?;
            let (rows, rejected) = match leaves_file::read(file.bytes) {
                Ok(read) => read,
                Err(reject) => return Ok(Err(reject)),
            };
            let mut report = ImportReport { received: rows.len() + rejected.len(), rejected, ..ImportReport::default() };
            let roster = roster(queries::facts(connection).await?);
            let known = import_queries::all_leaves(connection).await?;
            let known: HashMap<_, _> = known.iter().map(|leave| ((leave.engagement_id, leave.first_day), leave)).collect();
            let mut puts = Vec::new();
            for row in rows {
                let paused = match paused(&roster, &row) {
                    Ok(paused) => paused,
                    Err(reason) => {
                        report.rejected.push(Rejected { line: row.line, reason });
                        continue;
                    }
                };
                let puts_before = puts.len();
                for engagement in paused {
                    let before = known.get(&(engagement.id, row.first_day)).copied();
                    let id = before.map_or_else(|| chance.id(now), |leave| leave.id);
                    let (first_day, last_day, code) = (row.first_day, row.last_day, row.code.clone());
                    let after = LeaveRow { id, engagement_id: engagement.id, first_day, last_day, code };
                    if before != Some(&after) {
                        puts.push((engagement.person_id, before.cloned(), after));
                    }
                }
                *(if puts.len() > puts_before { &mut report.changed } else { &mut report.unchanged }) += 1;
            }
            report.rejected.sort_by_key(|reject| reject.line);
            if may_apply(&report, options) {
                let batch = batch(&report, "leaves", &file, options, now, chance.id(now));
                import_queries::add_batch(connection, &batch).await?;
                let mut changes = Vec::new();
                for (person_id, before, after) in &puts {
                    import_queries::put_leave(connection, now, after).await?;
                    let before = before.as_ref().map_or(json!({}), leave_fields);
                    let after_fields = leave_fields(after);
                    changes.push(Change {
                        person_id: *person_id,
                        engagement_id: Some(after.engagement_id),
                        kind: "leave",
                        before,
                        after: after_fields,
                    });
                }
                import_queries::add_changes(connection, now, batch.id, &changes, || chance.id(now)).await?;
                report.applied = true;
            }
            Ok(Ok(report))
        })
        .await
}

fn roster(facts: Vec<PersonFacts>) -> Roster {
    facts.into_iter().map(|facts| (facts.person.hr_id.clone(), (facts.person, facts.engagements))).collect()
}

/// The engagements that a leave pauses: whoever is away is away from all that run on its first day.
fn paused<'a>(roster: &'a Roster, row: &leaves_file::Row) -> Result<Vec<&'a Engagement>, String> {
    let (_, spells) = roster.get(&row.hr_id).ok_or_else(|| format!("hr_id {:?} is nobody in the roster", row.hr_id))?;
    let running = spells.iter().filter(|spell| spell.covers(row.first_day)).collect::<Vec<_>>();
    if running.is_empty() { Err(format!("hr_id {} has no engagement on {}", row.hr_id, row.first_day)) } else { Ok(running) }
}

fn leave_fields(leave: &LeaveRow) -> serde_json::Value {
    json!({ "first_day": leave.first_day, "last_day": leave.last_day, "code": leave.code })
}

fn fill(report: &mut ImportReport, plan: &Plan) {
    report.joined = plan.count("joined");
    report.engaged = plan.count("engaged");
    report.changed = plan.count("changed");
    report.ended = plan.count("ended");
    report.unchanged = plan.unchanged;
}

fn may_apply(report: &ImportReport, options: ImportOptions) -> bool {
    let is_worth_it = options.accept_partial && !options.snapshot && report.rejected.len() < report.received;
    !options.dry_run && report.held.is_none() && (report.rejected.is_empty() || is_worth_it)
}

fn hold(roster: &Roster, ends: usize, now: DateTime<Utc>, organisation: &Organisation, options: ImportOptions) -> Option<String> {
    let today = now.with_timezone(&organisation.zone).date_naive();
    let active = roster.values().flat_map(|(_, spells)| spells).filter(|spell| spell.covers(today)).count();
    let (people, per_cent) = ENDS_HELD_ABOVE;
    let many = ends > people && ends * 100 > active * per_cent;
    (many && !options.confirm_ends)
        .then(|| format!("this file would end {ends} of {active} engagements: nothing was changed. If it is right, add --confirm-ends"))
}

fn batch<'a>(
    report: &ImportReport,
    feed: &'a str,
    file: &ImportFile<'a>,
    options: ImportOptions,
    now: DateTime<Utc>,
    id: Uuid,
) -> Batch<'a> {
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    Batch {
        id,
        feed,
        file_name: file.name,
        file_sha256: crypto::sha256(file.bytes).to_vec(),
        rows_received: count(report.received),
        rows_accepted: count(report.received - report.rejected.len()),
        rows_rejected: count(report.rejected.len()),
        snapshot: options.snapshot,
        recorded_at: now,
    }
}

async fn apply(
    connection: &mut Connection,
    now: DateTime<Utc>,
    plan: &Plan,
    new_id: &mut impl FnMut() -> Uuid,
    batch: &Batch<'_>,
) -> Result<(), AppError> {
    let spells = plan.new_engagements.iter().chain(&plan.changed_engagements);
    let departments: BTreeSet<&str> = spells.map(|spell| spell.department.as_str()).filter(|name| !name.is_empty()).collect();
    let units = import_queries::units(connection, now, departments.into_iter(), plan.locations.iter(), &mut *new_id).await?;
    import_queries::add_batch(connection, batch).await?;
    import_queries::add_persons(connection, now, &plan.new_persons).await?;
    for person in &plan.changed_persons {
        import_queries::change_person(connection, now, person).await?;
    }
    import_queries::add_engagements(connection, now, &plan.new_engagements, &units).await?;
    for engagement in &plan.changed_engagements {
        import_queries::change_engagement(connection, now, engagement, &units).await?;
    }
    Ok(import_queries::add_changes(connection, now, batch.id, &plan.changes, new_id).await?)
}
