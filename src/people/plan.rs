//! Compares a file of people with the roster: what would be new, changed, ended. Pure: no database, ids and time are arguments.

use crate::people::model::Engagement;
use crate::people::model::EngagementKind;
use crate::people::model::Person;
use crate::people::people_file;
use crate::people::people_file::Row;
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::collections::HashSet;
use uuid::Uuid;

/// The roster as it stands: each person with their engagements, oldest first, by HR id.
pub(super) type Roster = HashMap<String, (Person, Vec<Engagement>)>;

/// What an import does.
#[derive(Default)]
pub(super) struct Plan {
    pub new_persons: Vec<Person>,
    pub changed_persons: Vec<Person>,
    pub new_engagements: Vec<Engagement>,
    pub changed_engagements: Vec<Engagement>,
    /// Zone and country of each location the file names.
    pub locations: BTreeMap<String, (String, Option<Tz>)>,
    pub changes: Vec<Change>,
    pub unchanged: usize,
}

/// One line of the roster's history.
pub(super) struct Change {
    pub person_id: Uuid,
    pub engagement_id: Option<Uuid>,
    pub kind: &'static str,
    pub before: Value,
    pub after: Value,
}

impl Plan {
    /// How many changes there are of that kind.
    pub fn count(&self, kind: &str) -> usize {
        self.changes.iter().filter(|change| change.kind == kind).count()
    }
}

/// What is to be done so that the roster says what the rows say. People who are in no row stay as they are.
pub(super) fn plan(roster: &Roster, rows: &[Row], default_language: &str, mut new_id: impl FnMut() -> Uuid) -> Plan {
    let mut plan = Plan { locations: locations(rows), ..Plan::default() };
    let mut by_person: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_person.entry(&row.hr_id).or_default().push(row);
    }
    let mut ids: HashMap<&str, Uuid> = roster.iter().map(|(hr_id, (person, _))| (hr_id.as_str(), person.id)).collect();
    for hr_id in by_person.keys() {
        ids.entry(hr_id).or_insert_with(&mut new_id);
    }
    for (hr_id, mut rows) in by_person {
        rows.sort_by_key(|row| row.starts_on);
        let known = roster.get(hr_id);
        let changes_before = plan.changes.len();
        let person = person(ids[hr_id], rows[rows.len() - 1], default_language, known.map(|(person, _)| person));
        plan.add_person(known.map(|(person, _)| person), person);
        let mut spells = known.map(|(_, spells)| spells.clone()).unwrap_or_default();
        let starts = rows.iter().map(|row| row.starts_on).collect();
        for row in rows {
            plan.add_spell(&mut spells, &starts, row, &ids, &mut new_id);
        }
        plan.unchanged += usize::from(plan.changes.len() == changes_before);
    }
    plan
}

/// The engagements of people whom a complete file no longer has: they end.
pub(super) fn add_absent(plan: &mut Plan, roster: &Roster, rows: &[Row], today: NaiveDate) {
    let present: HashSet<&str> = rows.iter().map(|row| row.hr_id.as_str()).collect();
    let mut absent = roster.iter().filter(|(hr_id, _)| !present.contains(hr_id.as_str())).collect::<Vec<_>>();
    absent.sort_by_key(|(hr_id, _)| *hr_id);
    for engagement in absent.into_iter().flat_map(|(_, (_, spells))| spells).filter(|spell| spell.ends_on.is_none_or(|end| end > today)) {
        let ended = Engagement { ends_on: Some(today.max(engagement.starts_on)), ..engagement.clone() };
        if ended == *engagement {
            continue;
        }
        plan.note(engagement.person_id, Some(engagement.id), "ended", &spell_fields(engagement), &spell_fields(&ended));
        plan.changed_engagements.push(ended);
    }
}

impl Plan {
    fn add_person(&mut self, known: Option<&Person>, person: Person) {
        match known {
            None => {
                self.note(person.id, None, "joined", &Map::new(), &person_fields(&person));
                self.new_persons.push(person);
            }
            Some(known) if *known != person => {
                self.note(person.id, None, "changed", &person_fields(known), &person_fields(&person));
                self.changed_persons.push(person);
            }
            Some(_) => {}
        }
    }

    /// One row against the person's spells: the same spell, a correction of its start, a conversion to another kind, or a new spell.
    /// A spell that another row of the file names by its start is that row's: two spells may run side by side.
    fn add_spell(
        &mut self,
        spells: &mut Vec<Engagement>,
        starts: &HashSet<NaiveDate>,
        row: &Row,
        ids: &HashMap<&str, Uuid>,
        new_id: &mut impl FnMut() -> Uuid,
    ) {
        let person_id = ids[row.hr_id.as_str()];
        let same = spells.iter().position(|spell| spell.starts_on == row.starts_on);
        let overlaps = |spell: &Engagement| {
            !starts.contains(&spell.starts_on)
                && spell.ends_on.is_none_or(|end| end >= row.starts_on)
                && row.ends_on.is_none_or(|end| end >= spell.starts_on)
        };
        let running = same.or_else(|| spells.iter().rposition(overlaps));
        let target = match running {
            Some(place) if same.is_none() && spells[place].kind != row.kind && row.starts_on > spells[place].starts_on => {
                let converted = Engagement { ends_on: row.starts_on.pred_opt(), ..spells[place].clone() };
                self.change_spell(&mut spells[place], converted);
                None
            }
            found => found,
        };
        match target {
            Some(place) => {
                let wanted = keep(&spells[place], spell(spells[place].id, person_id, row, ids, spells[place].location_zone), row);
                self.change_spell(&mut spells[place], wanted);
            }
            None => {
                let fresh = spell(new_id(), person_id, row, ids, None);
                self.note(person_id, Some(fresh.id), "engaged", &Map::new(), &spell_fields(&fresh));
                self.new_engagements.push(fresh.clone());
                spells.push(fresh);
            }
        }
    }

    fn change_spell(&mut self, known: &mut Engagement, wanted: Engagement) {
        if *known == wanted {
            return;
        }
        let kind = if known.ends_on != wanted.ends_on && wanted.ends_on.is_some() { "ended" } else { "changed" };
        self.note(known.person_id, Some(known.id), kind, &spell_fields(known), &spell_fields(&wanted));
        self.changed_engagements.push(wanted.clone());
        *known = wanted;
    }

    /// Keeps only the fields that differ.
    fn note(
        &mut self,
        person_id: Uuid,
        engagement_id: Option<Uuid>,
        kind: &'static str,
        before: &Map<String, Value>,
        after: &Map<String, Value>,
    ) {
        let differ = |one: &Map<String, Value>, other: &Map<String, Value>| {
            let fields = one.iter().filter(|(name, value)| other.get(*name) != Some(value));
            Value::Object(fields.map(|(name, value)| (name.clone(), value.clone())).collect())
        };
        self.changes.push(Change { person_id, engagement_id, kind, before: differ(before, after), after: differ(after, before) });
    }
}

/// What a column does not say because the file does not have it stays as it was.
fn keep(known: &Engagement, mut wanted: Engagement, row: &Row) -> Engagement {
    let known = known.clone();
    for column in people_file::COLUMNS.into_iter().filter(|column| !row.columns.contains(column)) {
        match column {
            "end" => wanted.ends_on = known.ends_on,
            "manager" => wanted.manager_id = known.manager_id,
            "sponsor" => wanted.sponsor_id = known.sponsor_id,
            "department" => wanted.department.clone_from(&known.department),
            "location" => wanted.location.clone_from(&known.location),
            "country" => wanted.country.clone_from(&known.country),
            "legal_entity" => wanted.legal_entity.clone_from(&known.legal_entity),
            "job_role" => wanted.job_role.clone_from(&known.job_role),
            _ => {}
        }
    }
    wanted
}

fn person(id: Uuid, row: &Row, default_language: &str, known: Option<&Person>) -> Person {
    let kept = |column: &str| known.filter(|_| !row.columns.contains(&column));
    Person {
        id,
        hr_id: row.hr_id.clone(),
        given_name: row.given_name.clone(),
        family_name: row.family_name.clone(),
        email: kept("email").map_or_else(|| row.email.clone(), |known| known.email.clone()),
        language: match kept("language") {
            Some(known) => known.language.clone(),
            None => row.language.clone().unwrap_or_else(|| default_language.to_owned()),
        },
        zone: kept("zone").map_or(row.zone, |known| known.zone),
    }
}

fn spell(id: Uuid, person_id: Uuid, row: &Row, ids: &HashMap<&str, Uuid>, location_zone: Option<Tz>) -> Engagement {
    let person = |hr_id: &Option<String>| hr_id.as_ref().and_then(|hr_id| ids.get(hr_id.as_str()).copied());
    Engagement {
        id,
        person_id,
        kind: row.kind,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        manager_id: person(&row.manager),
        sponsor_id: person(&row.sponsor),
        department: row.department.clone().unwrap_or_default(),
        location: row.location.clone().unwrap_or_default(),
        location_zone,
        country: row.country.clone(),
        legal_entity: row.legal_entity.clone(),
        job_role: row.job_role.clone(),
    }
}

fn person_fields(person: &Person) -> Map<String, Value> {
    fields(json!({
        "email": person.email, "given_name": person.given_name, "family_name": person.family_name, "language": person.language,
        "zone": person.zone.map(Tz::name),
    }))
}

fn spell_fields(spell: &Engagement) -> Map<String, Value> {
    let kind: EngagementKind = spell.kind;
    fields(json!({
        "kind": kind, "start": spell.starts_on, "end": spell.ends_on, "manager": spell.manager_id, "sponsor": spell.sponsor_id,
        "department": spell.department, "location": spell.location, "country": spell.country, "legal_entity": spell.legal_entity,
        "job_role": spell.job_role,
    }))
}

fn fields(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

/// Each location with its country and the zone that most of its rows name.
fn locations(rows: &[Row]) -> BTreeMap<String, (String, Option<Tz>)> {
    /// How many rows name each zone.
    type Votes<'a> = BTreeMap<&'a str, (usize, Tz)>;
    let mut zones: BTreeMap<String, (String, Votes<'_>)> = BTreeMap::new();
    for row in rows {
        let Some(name) = &row.location else { continue };
        let entry = zones.entry(name.clone()).or_insert_with(|| (row.country.clone(), BTreeMap::new()));
        if let Some(zone) = row.zone {
            entry.1.entry(zone.name()).or_insert((0, zone)).0 += 1;
        }
    }
    let most = |zones: Votes<'_>| zones.into_values().max_by_key(|(count, _)| *count).map(|(_, zone)| zone);
    zones.into_iter().map(|(name, (country, zones))| (name, (country, most(zones)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "hr_id,given_name,family_name,kind,start,end,department\n";

    fn rows(text: &str) -> Vec<Row> {
        let (rows, rejected) = people_file::read(format!("{HEADER}{text}").as_bytes(), |_| false).expect("reads");
        assert!(rejected.is_empty(), "{rejected:?}");
        rows
    }

    fn apply(roster: &mut Roster, text: &str) -> Plan {
        let mut next = roster.len() as u128 * 1000;
        let plan = plan(roster, &rows(text), "en", || {
            next += 1;
            Uuid::from_u128(next)
        });
        for person in plan.new_persons.iter().chain(&plan.changed_persons) {
            roster.entry(person.hr_id.clone()).or_insert((person.clone(), Vec::new())).0 = person.clone();
        }
        for spell in plan.new_engagements.iter().chain(&plan.changed_engagements) {
            let (_, spells) = roster.values_mut().find(|(person, _)| person.id == spell.person_id).expect("the person is there");
            spells.retain(|known| known.id != spell.id);
            spells.push(spell.clone());
            spells.sort_by_key(|spell| spell.starts_on);
        }
        plan
    }

    fn spells(roster: &Roster, hr_id: &str) -> Vec<String> {
        let date = |day: Option<NaiveDate>| day.map_or("…".into(), |day| day.to_string());
        roster[hr_id].1.iter().map(|spell| format!("{} {}–{}", spell.kind, spell.starts_on, date(spell.ends_on))).collect()
    }

    #[test]
    fn the_same_file_twice_changes_nothing() {
        let mut roster = Roster::new();
        let text = "1,A,B,employee,2026-01-01,,IT\n2,C,D,contractor,2026-01-01,2026-12-31,IT\n";
        assert_eq!(apply(&mut roster, text).count("joined"), 2);
        let again = apply(&mut roster, text);
        assert_eq!((again.changes.len(), again.unchanged), (0, 2));
    }

    #[test]
    fn a_spell_is_corrected_converted_or_begun_anew() {
        let cases = [
            ("1,A,B,employee,2026-01-02,,IT\n", vec!["employee 2026-01-02–…"], "a corrected start"),
            ("1,A,B,employee,2026-01-01,2026-06-30,IT\n", vec!["employee 2026-01-01–2026-06-30"], "a leaver"),
            ("1,A,B,contractor,2026-05-01,,IT\n", vec!["employee 2026-01-01–2026-04-30", "contractor 2026-05-01–…"], "a conversion"),
            (
                "1,A,B,employee,2026-01-01,2026-02-28,IT\n1,A,B,employee,2026-08-01,,IT\n",
                vec!["employee 2026-01-01–2026-02-28", "employee 2026-08-01–…"],
                "a rehire",
            ),
            (
                "1,A,B,employee,2026-01-01,,IT\n1,A,B,board,2026-04-01,,IT\n",
                vec!["employee 2026-01-01–…", "board 2026-04-01–…"],
                "two side by side",
            ),
        ];
        for (text, expected, what) in cases {
            let mut roster = Roster::new();
            apply(&mut roster, "1,A,B,employee,2026-01-01,,IT\n");
            apply(&mut roster, text);
            assert_eq!(spells(&roster, "1"), expected, "{what}");
            assert_eq!(apply(&mut roster, text).changes.len(), 0, "{what}, again");
        }
    }

    #[test]
    fn a_column_that_the_file_does_not_have_changes_nothing() {
        let mut roster = Roster::new();
        let all = "hr_id,given_name,family_name,kind,start,end,department,email,zone\n1,A,B,employee,2026-01-01,2026-12-31,IT,a@x.example,Asia/Tokyo\n";
        let few = "hr_id,given_name,family_name,kind,start\n1,A,B,employee,2026-01-01\n";
        let emptied = all.replace("a@x.example", "");
        for (text, changes) in [(all, 2), (few, 0), (&emptied, 1)] {
            let (rows, _) = people_file::read(text.as_bytes(), |_| false).expect("reads");
            let plan = plan(&roster, &rows, "en", Uuid::nil);
            assert_eq!(plan.changes.len(), changes, "{text}");
            for person in plan.new_persons {
                roster.insert(person.hr_id.clone(), (person, plan.new_engagements.clone()));
            }
        }
    }

    #[test]
    fn absence_ends_people_only_when_asked_and_once() {
        let mut roster = Roster::new();
        apply(&mut roster, "1,A,B,employee,2026-01-01,,IT\n2,C,D,employee,2026-01-01,,IT\n");
        let rest = rows("1,A,B,employee,2026-01-01,,IT\n");
        let mut first = plan(&roster, &rest, "en", Uuid::nil);
        assert_eq!(first.changes.len(), 0);
        let today = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a date");
        add_absent(&mut first, &roster, &rest, today);
        assert_eq!(first.changed_engagements.len(), 1);
        assert_eq!(first.changed_engagements[0].ends_on, Some(today));
        // Somebody who has not started yet ends on the first day, and once.
        apply(&mut roster, "3,E,F,employee,2026-04-01,,IT\n");
        for expected in [2, 1] {
            let mut again = plan(&roster, &rest, "en", Uuid::nil);
            add_absent(&mut again, &roster, &rest, today);
            assert_eq!(again.count("ended"), expected);
            for ended in again.changed_engagements.into_iter().filter(|ended| ended.starts_on > today) {
                roster.get_mut("3").expect("is there").1 = vec![ended];
            }
        }
    }
}
