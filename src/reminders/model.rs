//! The ladder: which step of an assignment falls on a day. Pure.

use crate::programme::State;
use chrono::NaiveDate;

/// Days from the due date at which people are told: before it, on it, after it; then every seventh day, at most eight times.
const LADDER: [i64; 8] = [-14, -7, -3, -1, 0, 1, 3, 7];
const WEEKLY_AFTER: i64 = 7;
const WEEKLY_TIMES: i64 = 8;

/// The step that applies on `today` for an assignment made on `assigned_on`: the latest that has come. Earlier ones that were
/// missed are not made up for. The first day is a step of its own.
pub(super) fn step(assigned_on: NaiveDate, due_on: NaiveDate, today: NaiveDate) -> String {
    let days = (today - due_on).num_days();
    let weekly = ((days - WEEKLY_AFTER) / 7).clamp(0, WEEKLY_TIMES) * 7 + WEEKLY_AFTER;
    let latest = LADDER.into_iter().filter(|step| *step <= days).max().map(|step| if step == WEEKLY_AFTER { weekly } else { step });
    match latest.filter(|step| due_on + chrono::TimeDelta::days(*step) > assigned_on) {
        Some(step) => format!("T{step:+}"),
        None => "assigned".into(),
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
