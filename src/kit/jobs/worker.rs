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
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How many jobs one worker runs at a time.
const AT_A_TIME: i32 = 4;
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
        while !*stop.borrow() {
            let busy = match self.step().await {
                Ok(busy) => busy,
                Err(error) => {
                    tracing::warn!(cause = %error, "worker could not reach the queue");
                    false
                }
            };
            if !busy {
                let _ = tokio::time::timeout(PAUSE, stop.changed()).await;
            }
        }
    }

    /// Runs everything that is due now, then returns: for the command line.
    ///
    /// # Errors
    /// When the queue cannot be reached.
    pub async fn run_until_idle(&self) -> Result<(), JobError> {
        while self.work().await? {}
        Ok(())
    }

    async fn step(&self) -> Result<bool, JobError> {
        (self.tick)(self.clock.now()).await?;
        self.work().await
    }

    async fn work(&self) -> Result<bool, JobError> {
        let jobs = queries::claim(&mut *self.pool.get().await?, self.clock.now(), AT_A_TIME).await?;
        let busy = !jobs.is_empty();
        let mut running = JoinSet::new();
        for job in jobs {
            running.spawn(run_one(self.pool.clone(), self.clock.clone(), Arc::clone(&self.handler), job));
        }
        running.join_all().await;
        Ok(busy)
    }
}

async fn run_one(pool: Pool, clock: Clock, handler: Handler, job: Job) {
    // A panic in a job is a failed try, not the end of the worker.
    let outcome = tokio::spawn(handler(job.clone())).await.unwrap_or_else(|_| Err(JobError::Again("panicked".into())));
    let (id, kind, attempt) = (job.id, job.kind.as_str(), job.attempts);
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
