//! The ladder: which step of an assignment falls on a day. Pure.

use crate::programme::State;
use chrono::NaiveDate;
use std::collections::HashSet;

/// Days from the due date at which people are told: before it, on it, after it; then every seventh day, at most eight times.
const LADDER: [i64; 8] = [-14, -7, -3, -1, 0, 1, 3, 7];
/// The first day's step; whoever was told anything of an assignment knows of it.
const ASSIGNED: &str = "assigned";
const WEEKLY_AFTER: i64 = 7;
const WEEKLY_TIMES: i64 = 8;

/// One step on the way to a due date. Where a leave moves the date, its steps come anew.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// The due date it counts from.
    pub due_on: NaiveDate,
    /// `assigned`, or the days from the due date, as in `T-14` and `T+7`.
    pub name: String,
}

impl Step {
    /// The step that applies on `today`; nothing, if what it would tell was told.
    pub(super) fn to_tell(assigned_on: NaiveDate, due_on: NaiveDate, today: NaiveDate, told: Option<&HashSet<Self>>) -> Option<Self> {
        let step = Self { due_on, name: step(assigned_on, due_on, today) };
        let is_told = told.is_some_and(|told| step.name == ASSIGNED || told.contains(&step));
        (!is_told).then_some(step)
    }
}

/// The step that applies on `today` for an assignment made on `assigned_on`: the latest that has come. Earlier ones that were
/// missed are not made up for. The first day is a step of its own.
fn step(assigned_on: NaiveDate, due_on: NaiveDate, today: NaiveDate) -> String {
    let days = (today - due_on).num_days();
    let weekly = ((days - WEEKLY_AFTER) / 7).clamp(0, WEEKLY_TIMES) * 7 + WEEKLY_AFTER;
    let latest = LADDER.into_iter().filter(|step| *step <= days).max().map(|step| if step == WEEKLY_AFTER { weekly } else { step });
    match latest.filter(|step| due_on + chrono::TimeDelta::days(*step) > assigned_on) {
        Some(step) => format!("T{step:+}"),
        None => ASSIGNED.into(),
    }
}

/// Whether an assignment in that state is worth a reminder.
pub(super) fn is_told(state: State) -> bool {
    state.is_owed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_told_once_and_anew_when_the_due_date_has_moved() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let tell = |due: &str, today: &str, told: &HashSet<Step>| Step::to_tell(day("2026-02-01"), day(due), day(today), Some(told));
        let mut told = HashSet::new();
        for today in ["2026-03-01", "2026-03-08", "2026-03-12"] {
            let step = tell("2026-03-15", today, &told).expect("not told yet");
            told.insert(step);
            assert_eq!(tell("2026-03-15", today, &told), None, "{today}");
        }
        // A leave from 14 March to 30 June.
        assert_eq!(tell("2026-07-14", "2026-03-13", &told), None, "they know that it is theirs");
        assert_eq!(tell("2026-07-14", "2026-07-01", &told).map(|step| step.name).as_deref(), Some("T-14"));
    }

    #[test]
    fn the_latest_step_that_has_come_applies() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let cases = [
            ("2026-10-01", "assigned"),
            ("2026-10-16", "assigned"),
            ("2026-10-17", "T-14"),
            ("2026-10-23", "T-14"),
            ("2026-10-24", "T-7"),
            ("2026-10-28", "T-3"),
            ("2026-10-30", "T-1"),
            ("2026-10-31", "T+0"),
            ("2026-11-01", "T+1"),
            ("2026-11-03", "T+3"),
            ("2026-11-07", "T+7"),
            ("2026-11-13", "T+7"),
            ("2026-11-14", "T+14"),
            ("2026-12-26", "T+56"),
            ("2027-06-01", "T+63"),
        ];
        for (today, expected) in cases {
            assert_eq!(step(day("2026-10-01"), day("2026-10-31"), day(today)), expected, "{today}");
        }
        assert_eq!(step(day("2026-10-28"), day("2026-10-31"), day("2026-10-28")), "assigned");
        assert_eq!(step(day("2026-10-28"), day("2026-10-31"), day("2026-10-30")), "T-1");
    }
}
