//! Whom a requirement binds: conditions over an engagement, as data and never as code.

use crate::people;
use crate::people::Engagement;
use crate::people::EngagementKind;
use serde::Deserialize;
use serde::Serialize;

/// What an engagement is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Employee, contractor, intern or board.
    Kind,
    /// The department's name.
    Department,
    /// The location's name.
    Location,
    /// ISO 3166-1 alpha-2.
    Country,
    /// The company of the group.
    LegalEntity,
    /// What the person does.
    JobRole,
}

/// How the field is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// The field is one of the values.
    In,
    /// The field is none of them.
    NotIn,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What is asked about.
    pub field: Field,
    /// How it is compared.
    pub op: Operation,
    /// With what.
    pub values: Vec<String>,
}

/// All of `all` and, unless it is empty, one of `any`. Without conditions: everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// All of these must hold.
    #[serde(default)]
    pub all: Vec<Condition>,
    /// One of these must hold.
    #[serde(default)]
    pub any: Vec<Condition>,
}

impl Audience {
    /// The conditions that bring this engagement into the audience, or `None` if it is not in it.
    pub fn selects<'a>(&'a self, engagement: &Engagement) -> Option<Vec<&'a Condition>> {
        let one_of = self.any.iter().filter(|condition| condition.holds(engagement)).collect::<Vec<_>>();
        let holds = self.all.iter().all(|condition| condition.holds(engagement)) && (self.any.is_empty() || !one_of.is_empty());
        holds.then(|| self.all.iter().chain(one_of).collect())
    }
}

impl Condition {
    /// What no engagement can be, and so nobody meant.
    pub(super) fn problem(&self) -> Option<String> {
        self.values.iter().find_map(|value| match self.field {
            Field::Kind if value.parse::<EngagementKind>().is_err() => {
                Some(format!("{value:?} is no kind; write employee, contractor, intern or board"))
            }
            Field::Country if !people::is_country(&value.to_uppercase()) => {
                Some(format!("{value:?} is no country; write two letters (ISO 3166-1), as in VN"))
            }
            _ => None,
        })
    }

    fn holds(&self, engagement: &Engagement) -> bool {
        let value = match self.field {
            Field::Kind => engagement.kind.name(),
            Field::Department => &engagement.department,
            Field::Location => &engagement.location,
            Field::Country => &engagement.country,
            Field::LegalEntity => &engagement.legal_entity,
            Field::JobRole => &engagement.job_role,
        };
        let found = self.values.iter().any(|wanted| wanted.eq_ignore_ascii_case(value));
        found == (self.op == Operation::In)
    }
}
