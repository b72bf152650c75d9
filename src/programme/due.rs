//! From a rule to a due date, and from a due date to the instant it ends. Pure. See `docs/obligations.md`.

use crate::people::Leave;
use crate::people::PersonFacts;
use crate::programme::model::Rule;
use chrono::DateTime;
use chrono::Days;
use chrono::Months;
use chrono::NaiveDate;
use chrono::NaiveTime;
use chrono::TimeDelta;
use chrono::TimeZone;
use chrono::Utc;
use chrono_tz::Tz;

/// A day so many days later.
pub(super) fn plus(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}

/// A day so many days earlier.
pub(super) fn minus(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MIN)
}

/// The end of a local day: the first instant after it, exclusive, whatever the clocks do that night.
pub fn end_of_day(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = plus(day, 1).and_time(NaiveTime::MIN);
    // Where midnight is skipped, the next day begins a little later; zones change by quarters of an hour.
    let quarters = (0..=12).map(|quarter| midnight + TimeDelta::minutes(15 * quarter));
    let first = quarters.filter_map(|local| zone.from_local_datetime(&local).earliest()).next();
    first.map_or_else(|| midnight.and_utc(), |instant| instant.with_timezone(&Utc))
}

/// When the first time opens and is due, and which rule decided: of somebody who was here when the rule came into force, who
/// joined later, or who came into the audience on a day of `entered_on`.
pub(super) fn first_due(rule: &Rule, start: NaiveDate, entered_on: Option<NaiveDate>) -> (NaiveDate, NaiveDate, &'static str) {
    let from_start = if start > rule.in_force_from {
        (start, plus(start, rule.joiner_days), "joiner")
    } else {
        (rule.in_force_from, plus(rule.in_force_from, rule.launch_days), "launch")
    };
    let entered = entered_on.map(|day| (day, plus(day, rule.joiner_days), "entered"));
    entered.filter(|(_, due, _)| *due > from_start.1).unwrap_or(from_start)
}

/// When a rolling requirement opens again and is due again: so many months after the last completion, or after the last due
/// date if it was done a little early.
pub(super) fn next_due(rule: &Rule, last_due: NaiveDate, completed_on: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let months = Months::new(rule.months?);
    let early = completed_on < last_due && plus(completed_on, rule.keep_days) >= last_due;
    let due = if early { last_due } else { completed_on }.checked_add_months(months)?;
    Some((minus(due, rule.open_days), due))
}

/// The due date as leaves move it: a leave of at least `leave_days` that begins before the due instant gives `return_days`
/// after its last day. One whose end is not known moves it once it is. No leave outlasts its engagement.
pub(super) fn after_leaves(rule: &Rule, due: NaiveDate, facts: &PersonFacts) -> NaiveDate {
    let end = |leave: &Leave| facts.engagements.iter().find(|spell| spell.id == leave.engagement_id).and_then(|spell| spell.ends_on);
    let cut = |leave: &Leave| Some((leave.first_day, leave.last_day?.min(end(leave).unwrap_or(NaiveDate::MAX))));
    let mut leaves = facts.leaves.iter().filter_map(cut).collect::<Vec<_>>();
    leaves.sort();
    leaves.into_iter().fold(due, |due, (first, last)| {
        let long = (last - first).num_days() + 1 >= i64::from(rule.leave_days);
        if long && first <= due { due.max(plus(last, rule.return_days)) } else { due }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Engagement;
    use crate::people::samples;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn rule() -> Rule {
        Rule { in_force_from: day("2026-01-01"), ..Rule::default() }
    }

    fn on_leave(leaves: &[(&str, &str)]) -> PersonFacts {
        let leave = |(first, last): &(&str, &str)| Leave { engagement_id: Uuid::nil(), first_day: day(first), last_day: Some(day(last)) };
        PersonFacts { person: samples::person(), engagements: vec![], leaves: leaves.iter().map(leave).collect() }
    }

    #[test]
    fn h1_a_joiner_has_thirty_days() {
        assert_eq!(first_due(&rule(), day("2026-01-31"), None), (day("2026-01-31"), day("2026-03-02"), "joiner"));
    }

    #[test]
    fn who_is_here_at_launch_has_the_launch_days_and_who_enters_later_the_joiners() {
        assert_eq!(first_due(&rule(), day("2020-05-01"), None), (day("2026-01-01"), day("2026-01-31"), "launch"));
        assert_eq!(first_due(&rule(), day("2020-05-01"), Some(day("2026-06-01"))), (day("2026-06-01"), day("2026-07-01"), "entered"));
    }

    #[test]
    fn who_comes_into_the_audience_later_than_they_joined_has_the_days_from_then() {
        assert_eq!(first_due(&rule(), day("2026-01-05"), Some(day("2026-02-20"))), (day("2026-02-20"), day("2026-03-22"), "entered"));
        assert_eq!(first_due(&rule(), day("2026-02-20"), Some(day("2026-02-20"))), (day("2026-02-20"), day("2026-03-22"), "joiner"));
    }

    #[test]
    fn h5_a_day_ends_at_midnight_on_the_day_the_clocks_change() {
        assert_eq!(end_of_day(day("2026-03-29"), chrono_tz::Europe::Berlin).to_rfc3339(), "2026-03-29T22:00:00+00:00");
        assert_eq!(end_of_day(day("2026-10-25"), chrono_tz::Europe::Berlin).to_rfc3339(), "2026-10-25T23:00:00+00:00");
        // In Beirut the clocks skip midnight: 29 March 2026 begins at one o'clock.
        assert_eq!(end_of_day(day("2026-03-28"), chrono_tz::Asia::Beirut).to_rfc3339(), "2026-03-28T22:00:00+00:00");
    }

    #[test]
    fn h7_a_leave_moves_the_due_date_past_its_end() {
        let facts = on_leave(&[("2026-03-01", "2026-06-30")]);
        assert_eq!(after_leaves(&rule(), day("2026-03-15"), &facts), day("2026-07-14"));
    }

    #[test]
    fn a_short_leave_or_one_after_the_due_date_moves_nothing() {
        let facts = on_leave(&[("2026-03-01", "2026-03-13"), ("2026-04-01", "2026-06-30")]);
        assert_eq!(after_leaves(&rule(), day("2026-03-15"), &facts), day("2026-03-15"));
    }

    #[test]
    fn a_leave_ends_with_its_engagement() {
        let mut facts = on_leave(&[("2026-03-14", "2026-12-31")]);
        facts.engagements.push(Engagement { ends_on: Some(day("2026-03-31")), ..samples::engagement(day("2020-01-01")) });
        assert_eq!(after_leaves(&rule(), day("2026-08-15"), &facts), day("2026-08-15"), "hired again in July, and not away");
        assert_eq!(after_leaves(&rule(), day("2026-03-20"), &facts), day("2026-04-14"));
    }

    #[test]
    fn h14_the_year_runs_from_the_completion_or_keeps_its_anniversary() {
        assert_eq!(next_due(&rule(), day("2024-06-30"), day("2025-01-02")), Some((day("2025-11-03"), day("2026-01-02"))));
        assert_eq!(next_due(&rule(), day("2025-03-31"), day("2025-03-01")), Some((day("2026-01-30"), day("2026-03-31"))));
        assert_eq!(next_due(&rule(), day("2025-12-31"), day("2024-02-29")), Some((day("2024-12-30"), day("2025-02-28"))));
        assert_eq!(next_due(&Rule { months: None, ..rule() }, day("2025-12-31"), day("2024-02-29")), None);
    }
}
