//! Persons, engagements and leaves, and what follows from them on a day.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Serialize;
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// What kind of engagement somebody has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EngagementKind {
    /// On the payroll.
    Employee,
    /// Works for a supplier or alone; has a sponsor.
    Contractor,
    /// In training.
    Intern,
    /// A member of the board.
    Board,
}

impl EngagementKind {
    /// The kind's name in files and tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Employee => "employee",
            Self::Contractor => "contractor",
            Self::Intern => "intern",
            Self::Board => "board",
        }
    }
}

impl fmt::Display for EngagementKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for EngagementKind {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        let kinds = [Self::Employee, Self::Contractor, Self::Intern, Self::Board];
        kinds.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(name)).ok_or(())
    }
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Ours, for ever.
    pub id: Uuid,
    /// The HR system's.
    pub hr_id: String,
    /// Given names.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Where mails go, if anywhere.
    pub email: Option<String>,
    /// The language tag the roster has.
    pub language: String,
    /// The zone HR gave for this person.
    pub zone: Option<Tz>,
}

impl Person {
    /// The name as people of the person's language write it: the family name first in Vietnamese.
    pub fn name(&self) -> String {
        let names =
            if self.language.starts_with("vi") { [&self.family_name, &self.given_name] } else { [&self.given_name, &self.family_name] };
        names.map(String::as_str).join(" ").trim().to_owned()
    }
}

/// One spell of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engagement {
    /// Ours, for ever.
    pub id: Uuid,
    /// Whose.
    pub person_id: Uuid,
    /// Employee, contractor and so on.
    pub kind: EngagementKind,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day, if known.
    pub ends_on: Option<NaiveDate>,
    /// Whom the person reports to.
    pub manager_id: Option<Uuid>,
    /// Who answers for a contractor.
    pub sponsor_id: Option<Uuid>,
    /// The department's name.
    pub department: String,
    /// The location's name.
    pub location: String,
    /// The location's zone, where known.
    pub location_zone: Option<Tz>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The company of the group.
    pub legal_entity: String,
    /// What the person does.
    pub job_role: String,
}

impl Engagement {
    /// Whether it runs on that day.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.starts_on <= day && self.ends_on.is_none_or(|end| day <= end)
    }
}

/// A pause of an engagement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    /// Which engagement pauses.
    pub engagement_id: Uuid,
    /// The first day away.
    pub first_day: NaiveDate,
    /// The last day away, if known.
    pub last_day: Option<NaiveDate>,
}

impl Leave {
    /// Whether that day is away.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.first_day <= day && self.last_day.is_none_or(|last| day <= last)
    }
}

/// A person with everything the roster says about them.
#[derive(Clone, Debug)]
pub struct PersonFacts {
    /// Who.
    pub person: Person,
    /// All engagements, oldest first.
    pub engagements: Vec<Engagement>,
    /// All leaves.
    pub leaves: Vec<Leave>,
}

impl PersonFacts {
    /// The zone that decides when a day ends for this person: HR's, else the location's, else the organisation's.
    pub fn zone(&self, organisation: Tz) -> Tz {
        let location = self.engagements.iter().rev().find_map(|engagement| engagement.location_zone);
        self.person.zone.or(location).unwrap_or(organisation)
    }

    /// The engagement that counts on a day: the newest that runs, else the newest that has begun, else the first to come.
    pub fn engagement_on(&self, day: NaiveDate) -> Option<&Engagement> {
        let newest = |wanted: &dyn Fn(&Engagement) -> bool| self.engagements.iter().rev().find(|engagement| wanted(engagement));
        newest(&|engagement| engagement.covers(day))
            .or_else(|| newest(&|engagement| engagement.starts_on <= day))
            .or(self.engagements.first())
    }

    /// Whether the person works here on a day.
    pub fn is_engaged(&self, day: NaiveDate) -> bool {
        self.engagements.iter().any(|engagement| engagement.covers(day))
    }

    /// The companies of the group that the person works for on a day; before and after all work, the nearest one.
    pub fn legal_entities_on(&self, day: NaiveDate) -> impl Iterator<Item = &str> {
        let running = self.engagements.iter().filter(move |engagement| engagement.covers(day));
        let nearest = self.engagement_on(day).filter(|engagement| !engagement.covers(day));
        running.chain(nearest).map(|engagement| engagement.legal_entity.as_str()).filter(|name| !name.is_empty())
    }

    /// The leave that makes the person away on a day: only if all engagements that run are paused.
    pub fn leave_on(&self, day: NaiveDate) -> Option<&Leave> {
        let mut running = self.engagements.iter().filter(|engagement| engagement.covers(day)).peekable();
        running.peek()?;
        let pause = |engagement: &Engagement| self.leaves.iter().find(|leave| leave.engagement_id == engagement.id && leave.covers(day));
        let pauses = running.map(pause).collect::<Option<Vec<_>>>()?;
        pauses.into_iter().min_by_key(|leave| leave.last_day.unwrap_or(NaiveDate::MAX))
    }
}

/// People to try rules on.
#[cfg(test)]
pub mod samples {
    use super::Engagement;
    use super::EngagementKind;
    use super::Person;
    use chrono::NaiveDate;
    use uuid::Uuid;

    /// Somebody with an HR id and no more.
    pub fn person() -> Person {
        let (given_name, family_name, language) = ("A".into(), "B".into(), "en".into());
        Person { id: Uuid::nil(), hr_id: "1".into(), given_name, family_name, email: None, language, zone: None }
    }

    /// An employee's engagement that runs from that day on.
    pub fn engagement(starts_on: NaiveDate) -> Engagement {
        Engagement {
            id: Uuid::nil(),
            person_id: Uuid::nil(),
            kind: EngagementKind::Employee,
            starts_on,
            ends_on: None,
            manager_id: None,
            sponsor_id: None,
            department: String::new(),
            location: String::new(),
            location_zone: None,
            country: String::new(),
            legal_entity: String::new(),
            job_role: String::new(),
        }
    }
}
