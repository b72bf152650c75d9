//! Structured logs: one JSON object a line on standard error, with request ids and without personal data.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

/// Starts logging what `filter` says. A second call changes nothing.
pub fn start(filter: &str) {
    let quiet = "lettre=warn,rustls=warn,h2=warn,actix_server=warn,actix_http=off,tokio_postgres=warn";
    let filter = EnvFilter::new(format!("{filter},{quiet}"));
    let lines = tracing_subscriber::fmt().json().flatten_event(true).with_current_span(true).with_span_list(false);
    let _ = lines.with_span_events(FmtSpan::NONE).with_env_filter(filter).with_writer(std::io::stderr).try_init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!("{}:{}", place.file(), place.line())).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}
