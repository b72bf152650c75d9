//! What browsers report of our own pages: that something was about to run or load which the content security policy forbids.

use crate::kit::error::AppError;
use crate::kit::http::guard::Rules;
use actix_web::HttpResponse;
use actix_web::web::Data;
use actix_web::web::Payload;
use serde_json::Value;

/// The largest report that is read.
const MAX: usize = 16 * 1024;

/// `POST /csp-report`: logs which directive was violated on which kind of page. Addresses stay out: they hold ids and tokens.
///
/// # Errors
/// When it does not arrive in time, or is too large.
pub async fn report(body: Payload, rules: Data<Rules>) -> Result<HttpResponse, actix_web::Error> {
    let arrived = tokio::time::timeout(rules.patience, body.to_bytes_limited(MAX)).await.map_err(|_| AppError::TooSlow)?;
    let body = arrived.map_err(|_| AppError::TooLarge)??;
    let report = serde_json::from_slice::<Value>(&body).ok();
    let bodies = match &report {
        Some(Value::Array(reports)) => reports.iter().map(|report| &report["body"]).collect(),
        Some(report) => vec![&report["csp-report"]],
        None => Vec::new(),
    };
    for body in bodies.into_iter().take(10) {
        let directive = ["effectiveDirective", "effective-directive", "violated-directive"].iter().find_map(|name| body[*name].as_str());
        let directive: String =
            directive.unwrap_or("?").chars().filter(|letter| letter.is_ascii_lowercase() || *letter == '-').take(40).collect();
        metrics::counter!("avow_csp_violations_total").increment(1);
        tracing::warn!(directive, "a browser kept something from running that the content security policy forbids");
    }
    Ok(HttpResponse::NoContent().finish())
}
