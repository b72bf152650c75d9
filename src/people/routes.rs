//! The roster in the browser.

use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::http::View;
use crate::people::model::PersonFacts;
use crate::people::pages::BatchLine;
use crate::people::pages::PersonLine;
use crate::people::pages::RosterPage;
use crate::people::queries;
use crate::rights::CurrentUser;
use crate::rights::KeepRoster;
use actix_web::HttpResponse;
use actix_web::web::Data;
use actix_web::web::Query;
use chrono::NaiveDate;
use serde::Deserialize;

/// How many people the list shows; a search narrows it.
const SHOWN: usize = 100;

/// What is searched for.
#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

/// `GET /people`: who is in the roster, and how they came in.
///
/// # Errors
/// When the database does not answer.
pub async fn roster(_: CurrentUser<KeepRoster>, ctx: Data<Ctx>, view: View, search: Query<Search>) -> Result<HttpResponse, AppError> {
    let today = ctx.now().with_timezone(&ctx.organisation.zone).date_naive();
    let mut connection = ctx.connection().await?;
    let all = queries::facts(&mut connection).await?;
    let batches = queries::batches(&mut connection).await?;
    let wanted = search.q.trim().to_lowercase();
    let fits = |facts: &&PersonFacts| {
        let person = &facts.person;
        wanted.is_empty() || person.name().to_lowercase().contains(&wanted) || person.hr_id.to_lowercase().contains(&wanted)
    };
    let found: Vec<&PersonFacts> = all.iter().filter(fits).collect();
    let zone = ctx.organisation.zone;
    let page = RosterPage {
        search: search.q.trim().to_owned(),
        found: found.len(),
        total: all.len(),
        people: found.iter().take(SHOWN).filter_map(|facts| line(facts, today)).collect(),
        batches: batches
            .into_iter()
            .map(|batch| BatchLine {
                recorded_at: batch.recorded_at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string(),
                feed: batch.feed,
                file_name: batch.file_name,
                received: batch.rows_received,
                accepted: batch.rows_accepted,
                rejected: batch.rows_rejected,
                snapshot: batch.snapshot,
                sha256: hex::encode(batch.file_sha256),
            })
            .collect(),
    };
    view.page(&page)
}

fn line(facts: &PersonFacts, today: NaiveDate) -> Option<PersonLine> {
    let engagement = facts.engagement_on(today)?;
    let state = if facts.leave_on(today).is_some() {
        "on-leave"
    } else if facts.is_engaged(today) {
        "here"
    } else if engagement.starts_on > today {
        "to-come"
    } else {
        "left"
    };
    Some(PersonLine {
        hr_id: facts.person.hr_id.clone(),
        name: facts.person.name(),
        kind: engagement.kind.name().to_owned(),
        department: engagement.department.clone(),
        location: engagement.location.clone(),
        starts_on: engagement.starts_on.to_string(),
        ends_on: engagement.ends_on.map(|day| day.to_string()),
        state,
    })
}
