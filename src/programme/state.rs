//! The state of an assignment: a pure function of what is known about it. Exactly one each.

use crate::people::PersonFacts;
use crate::programme::due;
use crate::programme::due::end_of_day;
use crate::programme::model::Assignment;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::TimeDelta;
use chrono::Utc;
use chrono_tz::Tz;
use serde::Serialize;

/// How an assignment stands, in the order of precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Done before the due instant.
    CompleteOnTime,
    /// Done after it.
    CompleteLate,
    /// The person left the audience.
    Withdrawn,
    /// The person left the organisation after the due instant, without doing it.
    OverdueAtExit,
    /// The person left before it was due.
    LeftBeforeDue,
    /// The person is on leave.
    Paused,
    /// The due instant has passed.
    Overdue,
    /// Due within seven days.
    DueSoon,
    /// To be done.
    Open,
    /// To be done later.
    NotOpen,
}

impl State {
    /// All states, in the order of precedence.
    pub const ALL: [Self; 10] = [
        Self::CompleteOnTime,
        Self::CompleteLate,
        Self::Withdrawn,
        Self::OverdueAtExit,
        Self::LeftBeforeDue,
        Self::Paused,
        Self::Overdue,
        Self::DueSoon,
        Self::Open,
        Self::NotOpen,
    ];

    /// The state's name in files and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CompleteOnTime => "complete_on_time",
            Self::CompleteLate => "complete_late",
            Self::Withdrawn => "withdrawn",
            Self::OverdueAtExit => "overdue_at_exit",
            Self::LeftBeforeDue => "left_before_due",
            Self::Paused => "paused",
            Self::Overdue => "overdue",
            Self::DueSoon => "due_soon",
            Self::Open => "open",
            Self::NotOpen => "not_open",
        }
    }

    /// The class of its mark on a page.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::CompleteOnTime | Self::CompleteLate => "done",
            Self::Withdrawn => "exempt",
            Self::OverdueAtExit | Self::LeftBeforeDue => "left",
            Self::Paused => "paused",
            Self::Overdue => "overdue",
            Self::DueSoon => "due-soon",
            Self::Open | Self::NotOpen => "open",
        }
    }

    /// Whether it is done.
    pub const fn is_complete(self) -> bool {
        matches!(self, Self::CompleteOnTime | Self::CompleteLate)
    }

    /// Whether the person can and should do it now.
    pub const fn is_owed(self) -> bool {
        matches!(self, Self::Overdue | Self::DueSoon | Self::Open)
    }
}

/// An assignment with what is known about it at an instant.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The assignment.
    pub assignment: Assignment,
    /// When it was done, if it was: the completion's id and instant.
    pub completed: Option<(uuid::Uuid, DateTime<Utc>)>,
    /// How it stands.
    pub state: State,
    /// Days after the due date: of the completion, or so far. Never negative.
    pub days_late: i64,
    /// Whether the person's last word is that they decline.
    pub declined: bool,
}

impl Standing {
    /// Days until the due date, in the zone that fixed it.
    pub fn days_left(&self, now: DateTime<Utc>) -> i64 {
        (self.assignment.due_on - now.with_timezone(&zone(&self.assignment)).date_naive()).num_days()
    }
}

/// What a state follows from.
pub(super) struct Known<'a> {
    pub assignment: &'a Assignment,
    pub completed_at: Option<DateTime<Utc>>,
    pub withdrawn: bool,
    pub facts: &'a PersonFacts,
    pub as_of: DateTime<Utc>,
}

/// How an assignment stands at `as_of`.
pub(super) fn state(known: &Known<'_>) -> State {
    let (assignment, as_of) = (known.assignment, known.as_of);
    let zone = zone(assignment);
    // An instant that ends a day belongs to that day: what the roster says of the next one does not count yet.
    let today = (as_of - TimeDelta::microseconds(1)).with_timezone(&zone).date_naive();
    let exit = exit(assignment, known.facts).filter(|exit| *exit <= as_of);
    let completed = known.completed_at.filter(|at| *at <= as_of && exit.is_none_or(|exit| *at < exit));
    match (completed, exit) {
        (Some(at), _) if at < assignment.due_at => State::CompleteOnTime,
        (Some(_), _) => State::CompleteLate,
        _ if known.withdrawn => State::Withdrawn,
        (None, Some(exit)) if assignment.due_at <= exit => State::OverdueAtExit,
        (None, Some(_)) => State::LeftBeforeDue,
        _ if known.facts.leave_on(today).is_some() => State::Paused,
        _ if assignment.due_at <= as_of => State::Overdue,
        _ if today < assignment.opens_on => State::NotOpen,
        _ if assignment.due_at - as_of <= TimeDelta::days(7) => State::DueSoon,
        _ => State::Open,
    }
}

/// Local date of the completion, of leaving, or of now, less the due date; nothing while it is not late.
pub(super) fn days_late(known: &Known<'_>, state: State) -> i64 {
    let (assignment, zone) = (known.assignment, zone(known.assignment));
    let until = match state {
        State::CompleteLate => known.completed_at,
        State::OverdueAtExit => exit(assignment, known.facts).map(|exit| exit - TimeDelta::microseconds(1)),
        State::Overdue => Some(known.as_of - TimeDelta::microseconds(1)),
        _ => return 0,
    };
    // What is late is late by a day at least: the instant that ends the due date is the first of the next.
    until.map_or(0, |until| (until.with_timezone(&zone).date_naive() - assignment.due_on).num_days().max(1))
}

/// The instant at which the spells that the assignment hangs on ended or will end, if they have an end: the one it was made
/// for, those that ran when it was assigned, and those that follow without a day between. Who comes back later owes anew.
pub(super) fn exit(assignment: &Assignment, facts: &PersonFacts) -> Option<DateTime<Utc>> {
    let zone = zone(assignment);
    let assigned_on = assignment.assigned_at.with_timezone(&zone).date_naive();
    let made_for = assignment.reason["engagement"].as_str();
    let mut last: Option<NaiveDate> = None;
    for spell in &facts.engagements {
        let is_its_own = made_for.is_some_and(|id| *id == spell.id.to_string()) || spell.covers(assigned_on);
        let follows = last.is_some_and(|last| spell.starts_on <= due::plus(last, 1));
        if is_its_own || follows {
            let end = spell.ends_on?;
            last = Some(last.map_or(end, |last| last.max(end)));
        }
    }
    last.map(|last| end_of_day(last, zone))
}

fn zone(assignment: &Assignment) -> Tz {
    assignment.zone.parse().unwrap_or(Tz::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::ContentKind;
    use crate::people::Engagement;
    use crate::people::Leave;
    use crate::people::samples;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn facts(end: Option<&str>, leave: Option<(&str, &str)>) -> PersonFacts {
        let engagement = Engagement { ends_on: end.map(day), ..samples::engagement(day("2026-01-01")) };
        let leave = leave.map(|(first, last)| Leave { engagement_id: Uuid::nil(), first_day: day(first), last_day: Some(day(last)) });
        PersonFacts { person: samples::person(), engagements: vec![engagement], leaves: leave.into_iter().collect() }
    }

    fn due(on: &str) -> Assignment {
        Assignment {
            id: Uuid::nil(),
            requirement_id: Uuid::nil(),
            requirement: "r".into(),
            content_kind: ContentKind::Course,
            content_slug: "c".into(),
            person_id: Uuid::nil(),
            cycle: 1,
            opens_on: day("2026-01-01"),
            original_due_on: day(on),
            due_on: day(on),
            due_at: end_of_day(day(on), Tz::UTC),
            zone: "UTC".into(),
            decided_by: "joiner".into(),
            reason: serde_json::Value::Null,
            assigned_at: at("2026-01-01T00:00:00Z"),
        }
    }

    fn standing(assignment: &Assignment, facts: &PersonFacts, completed: Option<&str>, as_of: &str) -> (State, i64) {
        let completed_at = completed.map(at);
        let as_of = at(as_of);
        let known = Known { assignment, completed_at, withdrawn: false, facts, as_of };
        let state = state(&known);
        (state, days_late(&known, state))
    }

    #[test]
    fn h1_the_last_millisecond_is_on_time_and_the_next_is_a_day_late() {
        let assignment = due("2026-03-02");
        let facts = facts(None, None);
        let of = |completed: &str| standing(&assignment, &facts, Some(completed), "2026-04-01T00:00:00Z");
        assert_eq!(of("2026-03-02T23:59:59.999Z"), (State::CompleteOnTime, 0));
        assert_eq!(of("2026-03-03T00:00:00Z"), (State::CompleteLate, 1));
    }

    #[test]
    fn as_of_the_end_of_a_day_is_that_day() {
        let assignment = due("2026-03-02");
        let days = |as_of: &str| standing(&assignment, &facts(None, None), None, as_of);
        assert_eq!(days("2026-03-03T00:00:00Z"), (State::Overdue, 1), "as of the end of 2 March");
        assert_eq!(days("2026-03-05T18:00:00Z"), (State::Overdue, 3));
        assert_eq!(days("2026-03-06T00:00:00Z"), (State::Overdue, 3), "as of the end of 5 March");
    }

    #[test]
    fn h9_and_h10_who_left_before_it_was_due_is_in_no_rate_and_who_left_after_is_late() {
        let assignment = due("2026-05-31");
        assert_eq!(standing(&assignment, &facts(Some("2026-05-10"), None), None, "2026-07-01T00:00:00Z").0, State::LeftBeforeDue);
        let late = standing(&assignment, &facts(Some("2026-06-15"), None), None, "2026-08-01T00:00:00Z");
        assert_eq!(late, (State::OverdueAtExit, 15), "counted to the last day, and no further");
        assert_eq!(standing(&assignment, &facts(Some("2026-06-15"), None), None, "2026-06-10T00:00:00Z").0, State::Overdue);
    }

    #[test]
    fn h7_and_h8_a_leave_pauses() {
        let mut assignment = due("2026-03-15");
        let away = facts(None, Some(("2026-03-01", "2026-06-30")));
        assert_eq!(standing(&assignment, &away, None, "2026-03-16T12:00:00Z").0, State::Paused);
        assert_eq!(standing(&assignment, &facts(None, None), None, "2026-03-16T12:00:00Z").0, State::Overdue);
        assignment.due_at = end_of_day(day("2026-07-14"), Tz::UTC);
        assert_eq!(standing(&assignment, &away, None, "2026-07-01T00:00:00Z").0, State::Paused, "the end of 30 June");
        assert_eq!(standing(&assignment, &away, None, "2026-07-01T08:00:00Z").0, State::Open);
        assert_eq!(standing(&assignment, &away, None, "2026-07-10T00:00:00Z").0, State::DueSoon);
    }

    #[test]
    fn who_comes_back_later_owes_anew_and_who_changes_without_a_gap_goes_on() {
        let mut facts = facts(Some("2026-05-10"), None);
        let come_back = |start: &str| Engagement { starts_on: day(start), ends_on: None, ..facts.engagements[0].clone() };
        let (next_day, later) = (come_back("2026-05-11"), come_back("2026-09-01"));
        facts.engagements.push(later);
        assert_eq!(standing(&due("2026-05-31"), &facts, None, "2026-10-01T00:00:00Z").0, State::LeftBeforeDue);
        facts.engagements[1] = next_day;
        assert_eq!(standing(&due("2026-05-31"), &facts, None, "2026-10-01T00:00:00Z").0, State::Overdue);
        facts.engagements[0].ends_on = None;
        assert_eq!(standing(&due("2026-05-31"), &facts, None, "2026-10-01T00:00:00Z").0, State::Overdue);
    }

    #[test]
    fn a_start_that_is_corrected_after_a_rehire_is_no_exit() {
        let mut facts = facts(Some("2020-12-31"), None);
        facts.engagements[0].starts_on = day("2020-01-01");
        let again = Engagement { id: Uuid::from_u128(7), starts_on: day("2026-01-08"), ends_on: None, ..facts.engagements[0].clone() };
        facts.engagements.push(again);
        // Made on 1 January for the second engagement, whose first day turned out to be the 8th.
        let mut assignment = due("2026-01-31");
        assignment.reason = serde_json::json!({ "engagement": Uuid::from_u128(7) });
        assert_eq!(standing(&assignment, &facts, None, "2026-01-10T08:00:00Z").0, State::Open);
        facts.engagements[1].ends_on = Some(day("2026-01-20"));
        assert_eq!(standing(&assignment, &facts, None, "2026-01-25T08:00:00Z").0, State::LeftBeforeDue);
    }

    #[test]
    fn a_completion_after_the_end_changes_nothing() {
        let left = facts(Some("2026-05-10"), None);
        assert_eq!(standing(&due("2026-05-31"), &left, Some("2026-05-20T00:00:00Z"), "2026-07-01T00:00:00Z").0, State::LeftBeforeDue);
    }

    proptest! {
        #[test]
        fn once_complete_always_complete(hours in 0_i64..10_000, later in 0_i64..10_000) {
            let assignment = due("2026-03-02");
            let facts = facts(None, None);
            let done = at("2026-01-02T00:00:00Z") + TimeDelta::hours(hours);
            let state = state(&Known { assignment: &assignment, completed_at: Some(done), withdrawn: false, facts: &facts, as_of: done + TimeDelta::hours(later) });
            prop_assert_eq!(state == State::CompleteOnTime, done < assignment.due_at);
            prop_assert!(state.is_complete());
        }
    }
}
