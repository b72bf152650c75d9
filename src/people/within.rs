//! Who of the roster somebody may see: what a right reaches, looked up in the roster of a day.

use crate::kit::db::Connection;
use crate::people::model::PersonFacts;
use crate::people::queries;
use crate::rights::Reach;
use chrono::NaiveDate;
use diesel::QueryResult;
use std::collections::HashSet;
use uuid::Uuid;

/// The people whom somebody may see by a right, on a day.
#[derive(Clone, Debug)]
pub struct Within {
    all: bool,
    people: HashSet<Uuid>,
    legal_entities: Vec<String>,
    day: NaiveDate,
}

impl Within {
    /// Whether this person is one of them.
    pub fn holds(&self, facts: &PersonFacts) -> bool {
        let is_of_entity = |name: &str| self.legal_entities.iter().any(|entity| entity == name);
        self.all || self.people.contains(&facts.person.id) || facts.legal_entities_on(self.day).any(is_of_entity)
    }
}

/// Whom `viewer` may see by a right that reaches so far, as the roster stands on `day`.
pub async fn within(connection: &mut Connection, viewer: Uuid, reach: &Reach, day: NaiveDate) -> QueryResult<Within> {
    let mut people = HashSet::new();
    if reach.own {
        people.insert(viewer);
    }
    if reach.line {
        people.extend(queries::line(connection, viewer, day).await?);
    }
    if reach.contractors {
        people.extend(queries::contractors(connection, viewer, day).await?);
    }
    Ok(Within { all: reach.all, people, legal_entities: reach.legal_entities.clone(), day })
}
