//! Tells pages that something was saved: a question that is answered once there is something to say, or after a while.

use crate::preview::visit::Site;
use actix_web::HttpResponse;
use actix_web::web::Data;
use actix_web::web::Query;
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;

/// No browser or server in between gives up sooner.
const PATIENCE: Duration = Duration::from_secs(25);

/// Which state somebody has.
#[derive(Deserialize)]
pub(super) struct Since {
    since: u64,
}

/// `GET /changes?since=N`: the number of the newest state of the folder, once it is another than N.
pub(super) async fn changes(site: Data<Site>, query: Query<Since>) -> HttpResponse {
    let (mut states, mut ending) = (site.states.clone(), site.ending.clone());
    tokio::select! {
        _ = states.wait_for(|state| state.revision != query.since) => {}
        _ = ending.wait_for(|ending| *ending) => {}
        () = tokio::time::sleep(PATIENCE) => {}
    }
    let revision = site.states.borrow().revision;
    HttpResponse::Ok().json(json!({ "revision": revision }))
}
