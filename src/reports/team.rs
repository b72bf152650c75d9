//! What a manager or sponsor sees: the whole line, by status, never a mark.

use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::http::View;
use crate::kit::paging::Paging;
use crate::library;
use crate::people;
use crate::programme;
use crate::programme::Standing;
use crate::programme::State;
use crate::reports::pages::Choice;
use crate::reports::pages::TeamItem;
use crate::reports::pages::TeamLine;
use crate::reports::pages::TeamPage;
use crate::rights::CurrentUser;
use crate::rights::SeeTeam;
use actix_web::HttpResponse;
use actix_web::web::Data;
use actix_web::web::Query;
use serde::Deserialize;
use std::collections::HashMap;
use url::form_urlencoded;
use uuid::Uuid;

/// How many people a page of the list shows.
const PAGE: usize = 50;

/// Which part of the list is wanted.
#[derive(Deserialize)]
pub struct Asked {
    /// `owed`, `overdue`; everybody otherwise.
    #[serde(default)]
    show: String,
    #[serde(default)]
    page: String,
}

impl Asked {
    fn wants(&self, line: &TeamLine) -> bool {
        match self.show.as_str() {
            "owed" => line.items.iter().any(|item| item.is_owed),
            "overdue" => line.items.iter().any(|item| item.state == State::Overdue.name()),
            _ => true,
        }
    }
}

/// `GET /team`: who in my line owes what.
///
/// # Errors
/// When the database fails.
pub async fn team(user: CurrentUser<SeeTeam>, ctx: Data<Ctx>, view: View, asked: Query<Asked>) -> Result<HttpResponse, AppError> {
    let (now, lang) = (ctx.now(), view.lang());
    let mut connection = ctx.connection().await?;
    let today = now.with_timezone(&ctx.organisation.zone).date_naive();
    let within = people::within(&mut connection, user.person_id, user.reach(), today).await?;
    let mut facts = people::facts(&mut connection).await?;
    facts.retain(|facts| within.holds(facts));
    facts.sort_by_key(|facts| facts.person.name());
    let titles = library::titles(&mut connection, now, lang.tag()).await?;
    let mut owed: HashMap<Uuid, Vec<Standing>> = HashMap::new();
    for standing in programme::standings(&mut connection, now, &facts).await? {
        if standing.state != State::Withdrawn {
            owed.entry(standing.assignment.person_id).or_default().push(standing);
        }
    }
    let mut people = Vec::new();
    for facts in &facts {
        let Some(engagement) = facts.engagement_on(today) else { continue };
        let items = owed.remove(&facts.person.id).unwrap_or_default().into_iter().map(|standing| {
            let assignment = &standing.assignment;
            let key = (assignment.content_kind.name().to_owned(), assignment.content_slug.clone());
            TeamItem {
                assignment: assignment.id.to_string(),
                title: titles.get(&key).cloned().unwrap_or_else(|| assignment.content_slug.clone()),
                due: assignment.due_on.to_string(),
                state: standing.state.name(),
                mark: standing.state.mark(),
                is_owed: standing.state.is_owed(),
                days: if standing.state == State::DueSoon { standing.days_left(now) } else { standing.days_late },
            }
        });
        people.push(TeamLine {
            name: facts.person.name(),
            department: engagement.department.clone(),
            kind: engagement.kind.name().to_owned(),
            items: items.collect(),
        });
    }
    let overdue = people.iter().filter(|line| line.items.iter().any(|item| item.state == State::Overdue.name())).count();
    let count = people.len();
    people.retain(|line| asked.wants(line));
    let query = if asked.show.is_empty() {
        String::new()
    } else {
        form_urlencoded::Serializer::new(String::new()).append_pair("show", &asked.show).finish()
    };
    let paging = Paging::new(&asked.page, people.len(), PAGE, "/team", &query);
    let choices = [("", "team-show-all"), ("owed", "team-show-owed"), ("overdue", "team-show-overdue")];
    let choices = choices.map(|(value, label)| Choice { value: value.to_owned(), label: lang.text(label), selected: asked.show == value });
    view.page(&TeamPage { count, overdue, choices: choices.into(), people: paging.of(&people).to_vec(), paging })
}
