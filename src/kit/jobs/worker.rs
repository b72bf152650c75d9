//! Runs jobs until told to stop; what has begun is brought to its end.

use crate::kit::clock::Clock;
use crate::kit::db::Pool;
use crate::kit::jobs::Job;
use crate::kit::jobs::JobError;
use crate::kit::jobs::queries;
use chrono::DateTime;
use chrono::Utc;
use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How many jobs one worker runs at a time.
const AT_A_TIME: usize = 4;
/// How often a worker looks when there is nothing to do.
const PAUSE: Duration = Duration::from_millis(500);

type Handler = Arc<dyn Fn(Job) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync>;
/// Enqueues what the schedule says is due.
pub type Tick = Arc<dyn Fn(DateTime<Utc>) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync>;

/// Takes jobs from the queue and runs them.
pub struct Worker {
    /// Connections to the queue.
    pub pool: Pool,
    /// What tells the time.
    pub clock: Clock,
    /// Runs one job.
    pub handler: Handler,
    /// Looks at the schedule.
    pub tick: Tick,
}

impl Worker {
    /// Runs jobs until `stop` becomes true.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut running = JoinSet::new();
        while !*stop.borrow() {
            let begun = match self.step(&mut running).await {
                Ok(begun) => begun,
                Err(error) => {
                    tracing::warn!(cause = %error, "worker could not reach the queue");
                    0
                }
            };
            if begun == 0 {
                // A slow job keeps its own place and no other.
                tokio::select! {
                    _ = running.join_next(), if !running.is_empty() => {}
                    _ = tokio::time::timeout(PAUSE, stop.changed()) => {}
                }
            }
        }
        running.join_all().await;
    }

    /// Runs everything that is due now, then returns: for the command line.
    ///
    /// # Errors
    /// When the queue cannot be reached.
    pub async fn run_until_idle(&self) -> Result<(), JobError> {
        let mut running = JoinSet::new();
        loop {
            match self.begin(&mut running).await {
                Ok(0) if running.is_empty() => return Ok(()),
                Ok(_) => drop(running.join_next().await),
                Err(error) => {
                    running.join_all().await;
                    return Err(error);
                }
            }
        }
    }

    async fn step(&self, running: &mut JoinSet<()>) -> Result<usize, JobError> {
        (self.tick)(self.clock.now()).await?;
        self.begin(running).await
    }

    /// Begins as many jobs as there are places; how many that were.
    async fn begin(&self, running: &mut JoinSet<()>) -> Result<usize, JobError> {
        while running.try_join_next().is_some() {}
        // Each job needs a connection, and the queue one more.
        let most = AT_A_TIME.min(self.pool.status().max_size.saturating_sub(1)).max(1);
        let places = most.saturating_sub(running.len());
        if places == 0 {
            return Ok(0);
        }
        let jobs = queries::claim(&mut *self.pool.get().await?, self.clock.now(), places).await?;
        let begun = jobs.len();
        for job in jobs {
            running.spawn(run_one(self.pool.clone(), self.clock.clone(), Arc::clone(&self.handler), job));
        }
        Ok(begun)
    }
}

async fn run_one(pool: Pool, clock: Clock, handler: Handler, job: Job) {
    let began = Instant::now();
    // A panic in a job is a failed try, not the end of the worker.
    let outcome = tokio::spawn(handler(job.clone())).await.unwrap_or_else(|_| Err(JobError::Again("panicked".into())));
    let (id, kind, attempt) = (job.id, job.kind.as_str(), job.attempts);
    let ended = match &outcome {
        Ok(()) => "done",
        Err(JobError::GiveUp(_)) => "given up",
        Err(_) => "failed",
    };
    metrics::counter!("avow_jobs_total", "kind" => job.kind.clone(), "outcome" => ended).increment(1);
    metrics::histogram!("avow_job_seconds", "kind" => job.kind.clone()).record(began.elapsed().as_secs_f64());
    if let Err(why) = &outcome {
        tracing::warn!(id, kind, attempt, cause = %why, "job failed");
    }
    let recorded = async {
        let mut connection = pool.get().await?;
        match &outcome {
            Ok(()) => queries::finish(&mut connection, &job).await?,
            Err(why) => queries::fail(&mut connection, clock.now(), &job, &why.to_string(), matches!(why, JobError::GiveUp(_))).await?,
        }
        Ok::<(), JobError>(())
    };
    if let Err(error) = recorded.await {
        // The lease ends by itself and the job runs again.
        tracing::warn!(id, kind, cause = %error, "the end of a job was not recorded");
    }
}
