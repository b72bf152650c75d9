//! What the program counts and measures, in the text format of Prometheus. Labels hold kinds, routes and outcomes: never an id, a name
//! or an address.

use crate::kit::config::SecretText;
use crate::kit::crypto;
use crate::kit::db::Pool;
use metrics::gauge;
use metrics_exporter_prometheus::PrometheusBuilder;
use metrics_exporter_prometheus::PrometheusHandle;
use std::sync::Mutex;
use std::sync::PoisonError;

/// Upper bounds of the buckets of durations, in seconds.
const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// The measurements of this process.
pub struct Metrics {
    handle: PrometheusHandle,
    token: Option<SecretText>,
    pools: Mutex<Vec<Pool>>,
}

impl Metrics {
    /// Starts measuring. Whoever reads it has to show `token`; without one nobody may.
    ///
    /// # Errors
    /// When this process measures already.
    pub fn start(token: Option<SecretText>) -> Result<Self, String> {
        let builder = PrometheusBuilder::new().set_buckets(&SECONDS).map_err(|error| error.to_string())?;
        let handle = builder.install_recorder().map_err(|error| error.to_string())?;
        metrics::describe_counter!("avow_http_requests_total", "Requests answered, by method, route and status");
        metrics::describe_histogram!("avow_http_request_seconds", metrics::Unit::Seconds, "Time to answer a request, by route");
        metrics::describe_counter!("avow_jobs_total", "Tries of jobs, by kind and outcome");
        metrics::describe_histogram!("avow_job_seconds", metrics::Unit::Seconds, "Time one try of a job took, by kind");
        metrics::describe_gauge!("avow_jobs_waiting", "Jobs that wait, or run");
        metrics::describe_gauge!("avow_jobs_dead", "Jobs that were given up");
        metrics::describe_counter!("avow_mails_total", "Mails, by kind and outcome");
        metrics::describe_gauge!("avow_pool_connections", "Connections to the database, by state");
        metrics::describe_gauge!("avow_pool_waiting", "Requests that wait for a connection");
        metrics::describe_gauge!("avow_database_up", "Whether the database answered just now");
        metrics::describe_counter!("avow_csp_violations_total", "Reports of browsers that the content security policy kept something out");
        Ok(Self { handle, token, pools: Mutex::new(Vec::new()) })
    }

    /// Adds a pool to what is measured.
    pub fn watch(&self, pool: &Pool) {
        self.pools.lock().unwrap_or_else(PoisonError::into_inner).push(pool.clone());
    }

    /// Whether somebody who shows this may read; compared by hash, so that the time tells nothing.
    pub fn may_read(&self, shown: Option<&str>) -> bool {
        let shown = shown.and_then(|value| value.strip_prefix("Bearer ")).map(|token| crypto::sha256(token.trim().as_bytes()));
        self.token.as_ref().map(|token| crypto::sha256(token.0.as_bytes())).is_some_and(|token| shown == Some(token))
    }

    /// Folds what came in since into the totals.
    pub fn keep_up(&self) {
        self.handle.run_upkeep();
    }

    /// Everything, for Prometheus to read.
    pub fn render(&self) -> String {
        let pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut open, mut idle, mut waiting) = (0, 0, 0);
        for status in pools.iter().map(Pool::status) {
            open += status.size;
            idle += status.available;
            waiting += status.waiting;
        }
        let count = |number: usize| number as f64;
        gauge!("avow_pool_connections", "state" => "idle").set(count(idle));
        gauge!("avow_pool_connections", "state" => "busy").set(count(open.saturating_sub(idle)));
        gauge!("avow_pool_waiting").set(count(waiting));
        self.keep_up();
        self.handle.render()
    }
}
