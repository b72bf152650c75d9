//! What other programs ask of this one: whether it lives, whether it is ready, what it has counted.

use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::jobs;
use crate::kit::metrics::Metrics;
use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use diesel_async::SimpleAsyncConnection;
use metrics::gauge;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;

/// Whether the program has been told to stop.
#[derive(Default)]
pub struct Going(AtomicBool);

impl Going {
    /// From now on the program is not ready.
    pub fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// `GET /health/live`: the program answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("live\n")
}

/// `GET /health/ready`: the program and its database answer, and the program is not about to stop.
///
/// # Errors
/// When the database does not answer.
pub async fn ready(ctx: Data<Ctx>, going: Data<Going>) -> Result<HttpResponse, AppError> {
    if going.0.load(Ordering::Relaxed) {
        return Ok(HttpResponse::ServiceUnavailable().finish());
    }
    ctx.connection().await?.batch_execute("select 1").await?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"))
}

/// `GET /metrics`: counts and times for Prometheus, for whoever shows the token.
///
/// # Errors
/// Without the token there is no such page.
pub async fn metrics(ctx: Data<Ctx>, measured: Data<Metrics>, request: HttpRequest) -> Result<HttpResponse, AppError> {
    let shown = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    if !measured.may_read(shown) {
        return Err(AppError::NotFound);
    }
    let counted = async {
        let mut connection = ctx.connection().await?;
        Ok::<_, AppError>((jobs::count_waiting(&mut connection).await?, jobs::dead(&mut connection).await?.len()))
    };
    let counted = counted.await.ok();
    gauge!("avow_database_up").set(if counted.is_some() { 1.0 } else { 0.0 });
    if let Some((waiting, dead)) = counted {
        gauge!("avow_jobs_waiting").set(waiting as f64);
        gauge!("avow_jobs_dead").set(dead as f64);
    }
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(measured.render()))
}
