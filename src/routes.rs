//! The page of URLs: every address of the program, with the handler behind it. The handler's arguments state its right.

use crate::access;
use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::http;
use crate::library;
use crate::people;
use crate::policies;
use crate::programme;
use crate::reports;
use crate::training;
use actix_web::HttpResponse;
use actix_web::web::Data;
use actix_web::web::ServiceConfig;
use actix_web::web::get;
use actix_web::web::post;
use actix_web::web::resource;
use diesel_async::SimpleAsyncConnection;

/// Adds every route.
pub fn routes(site: &mut ServiceConfig) {
    // Signing in
    site.service(resource("/sign-in").route(get().to(access::routes::ask)).route(post().to(access::routes::send)))
        .service(resource("/sign-in/link").route(get().to(access::routes::ask)).route(post().to(access::routes::sign_in)))
        .service(resource("/sign-in/{token}").route(get().to(access::routes::link)))
        .service(resource("/sign-out").route(post().to(access::routes::sign_out)))
        .service(resource("/language").route(post().to(access::routes::language)));

    // What I owe and have done
    site.service(resource("/").route(get().to(programme::routes::home)))
        .service(resource("/record").route(get().to(programme::routes::record)))
        .service(resource("/assignments/{assignment}").route(get().to(programme::routes::why)));

    // Taking a course
    site.service(resource("/courses/{assignment}").route(get().to(training::routes::course)))
        .service(resource("/courses/{assignment}/start").route(post().to(training::routes::start)))
        .service(resource("/courses/{assignment}/lessons/{part}").route(get().to(training::routes::show_lesson)))
        .service(
            resource("/courses/{assignment}/lessons/{part}/checks/{question}")
                .route(get().to(training::routes::show_check))
                .route(post().to(training::routes::check)),
        )
        .service(
            resource("/courses/{assignment}/lessons/{part}/finish")
                .route(get().to(training::routes::show_lesson))
                .route(post().to(training::routes::finish)),
        )
        .service(resource("/courses/{assignment}/quiz").route(post().to(training::quiz_routes::begin)))
        .service(
            resource("/courses/{assignment}/quiz/{number}")
                .route(get().to(training::quiz_routes::show))
                .route(post().to(training::quiz_routes::submit)),
        )
        .service(resource("/certificates/{completion}").route(get().to(training::quiz_routes::certificate)));

    // Reading and attesting
    site.service(resource("/policies").route(get().to(library::routes::policies)))
        .service(resource("/policies/{policy}").route(get().to(library::routes::policy)))
        .service(resource("/attest/{assignment}").route(get().to(policies::routes::read)).route(post().to(policies::routes::attest)))
        .service(
            resource("/attest/{assignment}/review").route(get().to(policies::routes::review)).route(post().to(policies::routes::reach_end)),
        )
        .service(resource("/receipts/{attestation}").route(get().to(policies::routes::receipt)));

    // Managers, HR, compliance, authors, administrators
    site.service(resource("/team").route(get().to(reports::team::team)))
        .service(resource("/people").route(get().to(people::routes::roster)))
        .service(resource("/programme").route(get().to(programme::routes::programme)))
        .service(resource("/reports").route(get().to(reports::routes::overview)))
        .service(resource("/reports/completion").route(get().to(reports::routes::completion_report)))
        .service(resource("/reports/completion.csv").route(get().to(reports::routes::completion_csv)))
        .service(resource("/reports/completion.manifest.json").route(get().to(reports::routes::completion_manifest)))
        .service(resource("/reports/completion.zip").route(get().to(reports::routes::completion_zip)))
        .service(resource("/library").route(get().to(library::routes::register)))
        .service(resource("/operations").route(get().to(reports::operations::operations)))
        .service(resource("/operations/jobs/{job}/retry").route(post().to(reports::operations::retry)));

    // The machine's own
    site.service(resource("/static/{hash}/{name}").route(get().to(http::serve_static)))
        .service(resource("/health/live").route(get().to(live)))
        .service(resource("/health/ready").route(get().to(ready)));
}

/// `GET /health/live`: the program answers.
async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("live\n")
}

/// `GET /health/ready`: the program and its database answer.
async fn ready(ctx: Data<Ctx>) -> Result<HttpResponse, AppError> {
    ctx.connection().await?.batch_execute("select 1").await?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"))
}
