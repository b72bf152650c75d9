//! Policies: the text, the statement, and what would be signed. Nothing is.

use crate::content::ContentKind;
use crate::kit::error::AppError;
use crate::kit::http;
use crate::kit::http::CsrfForm;
use crate::policies::preview::Rehearsal;
use crate::preview::aside::Aside;
use crate::preview::aside::Statement;
use crate::preview::pages::Note;
use crate::preview::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

/// Does something with a policy in the language that is asked for; or says why it cannot be shown.
fn rehearse(
    visit: &Visit,
    slug: &str,
    act: impl FnOnce(&Rehearsal<'_>, Aside) -> Result<HttpResponse, AppError>,
) -> Result<HttpResponse, AppError> {
    let (work, chosen) = match visit.find(ContentKind::Policy, slug, "policy") {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let text = chosen.draft.text.as_ref().ok_or(AppError::NotFound)?;
    let rehearsal = Rehearsal { slug, settings: work.settings.as_ref(), text, lang: visit.lang() };
    let statement = rehearsal.statement().map(|words| Statement { language: text.language.clone(), words: words.to_owned() });
    act(&rehearsal, Aside { statement, ..Aside::text(&visit.state, visit.lang(), work, &chosen) })
}

/// `GET /policies/{policy}`: the text as people read it before they sign.
pub(super) async fn read(visit: Visit, slug: Path<String>) -> Result<HttpResponse, AppError> {
    rehearse(&visit, &slug, |policy, aside| visit.page(&policy.read(visit.due()), aside))
}

/// `GET /attest/{policy}`: back to the text.
pub(super) async fn back(slug: Path<String>) -> HttpResponse {
    http::see_other(format!("/policies/{slug}"))
}

/// `POST /attest/{policy}/review`: the end was reached.
pub(super) async fn reach_end(slug: Path<String>, _: CsrfForm<Vec<(String, String)>>) -> HttpResponse {
    http::see_other(format!("/attest/{slug}/review"))
}

/// `GET /attest/{policy}/review`: the statement.
pub(super) async fn review(visit: Visit, slug: Path<String>) -> Result<HttpResponse, AppError> {
    let name = visit.lang().text("preview-name");
    rehearse(&visit, &slug, |policy, aside| visit.page(&policy.review(name, false, false), aside))
}

/// `POST /attest/{policy}`: what would be signed or declined. Says what is left out, as it would be said, and records nothing.
pub(super) async fn attest(visit: Visit, slug: Path<String>, form: CsrfForm<Vec<(String, String)>>) -> Result<HttpResponse, AppError> {
    let says = |name: &str| form.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim());
    let declines = says("response") == "decline";
    let (box_missing, reason_missing) = (!declines && says("agree") != "yes", declines && says("reason").is_empty());
    rehearse(&visit, &slug, |policy, aside| {
        if box_missing || reason_missing {
            let page = policy.review(visit.lang().text("preview-name"), box_missing, reason_missing);
            return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page, aside);
        }
        visit.page(&Note::signed(&slug), aside)
    })
}
