//! The roster in the browser.

use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::http::View;
use crate::kit::paging::Paging;
use crate::people::model::PersonFacts;
use crate::people::pages::BatchLine;
use crate::people::pages::PersonLine;
use crate::people::pages::RosterPage;
use crate::people::queries;
use crate::people::within::within;
use crate::rights::CurrentUser;
use crate::rights::KeepRoster;
use actix_web::HttpResponse;
use actix_web::web::Data;
use actix_web::web::Query;
use chrono::NaiveDate;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many people a page of the list shows.
const PAGE: usize = 100;

/// What is searched for.
#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: String,
}

/// `GET /people`: who is in the roster, and how they came in.
///
/// # Errors
/// When the database does not answer.
pub async fn roster(user: CurrentUser<KeepRoster>, ctx: Data<Ctx>, view: View, search: Query<Search>) -> Result<HttpResponse, AppError> {
    let today = ctx.now().with_timezone(&ctx.organisation.zone).date_naive();
    let mut connection = ctx.connection().await?;
    let within = within(&mut connection, user.person_id, user.reach(), today).await?;
    let mut all = queries::facts(&mut connection).await?;
    all.retain(|facts| within.holds(facts));
    // Files are of all legal entities.
    let batches = if user.reach().all { queries::batches(&mut connection).await? } else { Vec::new() };
    let wanted = plain(&search.q);
    let fits = |facts: &&PersonFacts| {
        let person = &facts.person;
        let (given, family) = (plain(&person.given_name), plain(&person.family_name));
        let names = [format!("{given} {family}"), format!("{family} {given}"), plain(&person.hr_id)];
        names.iter().any(|name| name.contains(wanted.trim()))
    };
    let found: Vec<&PersonFacts> = all.iter().filter(fits).collect();
    let zone = ctx.organisation.zone;
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", search.q.trim()).finish();
    let paging = Paging::new(&search.page, found.len(), PAGE, "/people", &query);
    let page = RosterPage {
        search: search.q.trim().to_owned(),
        found: found.len(),
        total: all.len(),
        people: paging.of(&found).iter().filter_map(|facts| line(facts, today)).collect(),
        paging,
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

/// Text as people search for it: without case and without marks, so that `nguyen` finds Nguyễn and `dang` finds Đặng.
fn plain(text: &str) -> String {
    let folded = text.to_lowercase().replace('đ', "d").replace('ß', "ss");
    folded.nfd().filter(|letter| !is_combining_mark(*letter)).collect()
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
