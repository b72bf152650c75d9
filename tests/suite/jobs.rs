//! The queue: each job runs, at one place at a time, until it has ended or is given up.

use crate::support::Avow;
use crate::support::until;
use avow::app::Installation;
use avow::kit::config::Config;
use avow::kit::db;
use avow::kit::db::Pool;
use avow::kit::jobs;
use avow::kit::jobs::Job;
use avow::kit::jobs::JobError;
use avow::kit::jobs::NewJob;
use avow::kit::jobs::Worker;
use avow::schedule;
use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;
use diesel_async::AsyncConnection;
use serde_json::json;
use std::collections::HashMap;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::Mutex;
use tokio::sync::Semaphore;

fn config(avow: &Avow) -> Config {
    Config::read(|name| avow.settings.get(name).cloned()).expect("the settings are right")
}

fn pool(avow: &Avow, config: &Config) -> Pool {
    let url = config.database_url.clone().expect("a database");
    db::pool(&url, config, 8).unwrap_or_else(|error| panic!("{}: {error}", avow.folder.path().display()))
}

/// A worker as an instance has it, with a handler of the story's.
fn worker<F: Future<Output = Result<(), JobError>> + Send + 'static>(
    avow: &Avow,
    handler: impl Fn(Job) -> F + Send + Sync + 'static,
) -> Worker {
    let config = config(avow);
    Worker {
        pool: pool(avow, &config),
        clock: config.clock,
        handler: Arc::new(move |job| Box::pin(handler(job))),
        tick: Arc::new(|_| Box::pin(async { Ok(()) })),
    }
}

async fn enqueue(avow: &Avow, jobs: impl IntoIterator<Item = NewJob>) {
    let config = config(avow);
    let mut connection = pool(avow, &config).get().await.expect("a connection");
    for job in jobs {
        jobs::enqueue(&mut connection, config.clock.now(), job).await.expect("is enqueued");
    }
}

#[tokio::test]
async fn a_job_that_fails_is_tried_again_after_growing_pauses_and_ends_in_the_dead_list() {
    let avow = Avow::empty().await;
    enqueue(&avow, [NewJob::new("story.fail", json!({})).once("story.fail")]).await;
    let worker =
        worker(
            &avow,
            |job| async move { if job.attempts % 2 == 0 { panic!("on purpose") } else { Err(JobError::Again("not yet".into())) } },
        );
    let mut pauses = Vec::new();
    for attempt in 1..=10 {
        worker.run_until_idle().await.expect("runs");
        let now = worker.clock.now();
        let row =
            avow.sql().await.query_one("select attempts, run_at, dead_at is not null, last_error from jobs", &[]).await.expect("one job");
        assert_eq!((row.get::<_, i32>(0), row.get::<_, bool>(2)), (attempt, attempt == 10));
        assert_eq!(row.get::<_, String>(3), if attempt % 2 == 0 { "panicked" } else { "not yet" });
        let run_at = DateTime::<Utc>::from(row.get::<_, std::time::SystemTime>(1));
        pauses.push((run_at - now).num_seconds());
        // A second before its time nothing runs.
        avow.at(&(run_at - TimeDelta::seconds(1)).to_rfc3339());
        worker.run_until_idle().await.expect("runs");
        assert_eq!(avow.one::<i32>("select attempts from jobs").await, attempt);
        avow.at(&run_at.to_rfc3339());
    }
    assert_eq!(pauses[..9], [15, 30, 60, 120, 240, 480, 960, 1920, 3600], "two hours in all");
    // The dead one keeps nobody out, and can be had again.
    enqueue(&avow, [NewJob::new("story.fail", json!({})).once("story.fail"), NewJob::new("story.fail", json!({})).once("story.fail")])
        .await;
    assert_eq!(avow.one::<i64>("select count(*) from jobs where dead_at is null").await, 1);
    let dead: i64 = avow.one("select id from jobs where dead_at is not null").await;
    let mut connection = worker.pool.get().await.expect("a connection");
    assert_eq!(jobs::dead(&mut connection).await.expect("a list").len(), 1);
    assert_eq!(jobs::retry(&mut connection, worker.clock.now(), dead).await.expect("is put back"), 1);
    assert_eq!(jobs::count_waiting(&mut connection).await.expect("a count"), 2);
}

#[tokio::test]
async fn a_job_that_can_never_work_is_given_up_at_once() {
    let avow = Avow::empty().await;
    enqueue(&avow, [NewJob::new("story.never", json!({}))]).await;
    worker(&avow, |_| async { Err(JobError::GiveUp("no such thing".into())) }).run_until_idle().await.expect("runs");
    assert_eq!(avow.one::<String>("select last_error from jobs where dead_at is not null and attempts = 1").await, "no such thing");
}

#[tokio::test]
async fn what_somebody_waits_for_comes_first_and_a_slow_job_keeps_one_place_only() {
    let avow = Avow::empty().await;
    let jobs = (0..8).map(|number| NewJob::new("story.slow", json!({ "number": number })));
    enqueue(&avow, jobs).await;
    avow.at("2026-03-02T09:00:10Z");
    enqueue(&avow, [NewJob::new("story.urgent", json!({})).urgent()]).await;
    let order: Arc<Mutex<Vec<String>>> = Arc::default();
    let (slow, seen) = (Arc::new(Semaphore::new(0)), Arc::clone(&order));
    let gate = Arc::clone(&slow);
    let worker = worker(&avow, move |job| {
        let (gate, seen) = (Arc::clone(&gate), Arc::clone(&seen));
        async move {
            // The first of the slow ones waits until all others have run.
            if job.payload["number"] == 0 {
                gate.acquire().await.expect("is open").forget();
            }
            let mut seen = seen.lock().expect("no panic");
            seen.push(job.kind);
            if seen.len() == 8 {
                gate.add_permits(1);
            }
            Ok(())
        }
    });
    worker.run_until_idle().await.expect("runs");
    let order = order.lock().expect("no panic");
    assert_eq!(order.len(), 9);
    assert!(order[..4].contains(&"story.urgent".to_owned()), "among the first four that are begun: {order:?}");
}

#[tokio::test]
async fn a_job_that_kills_its_worker_each_time_is_given_up() {
    let avow = Avow::empty().await;
    enqueue(&avow, [NewJob::new("story.deadly", json!({}))]).await;
    // As ten workers leave it that died with it.
    let died = "update jobs set attempts = 10, leased_until = '2026-03-02T09:02:00Z'";
    avow.sql().await.batch_execute(died).await.expect("changes");
    avow.at("2026-03-02T09:01:59Z");
    worker(&avow, |job| async move { panic!("{job:?} ran") }).run_until_idle().await.expect("runs");
    assert_eq!(avow.one::<i64>("select count(*) from jobs where dead_at is null").await, 1, "the last lease still runs");
    avow.at("2026-03-02T09:02:00Z");
    worker(&avow, |job| async move { panic!("{job:?} ran") }).run_until_idle().await.expect("runs");
    assert_eq!(avow.one::<String>("select last_error from jobs where dead_at is not null").await, "the worker died each time");
}

#[tokio::test]
async fn two_instances_never_run_one_job_twice() {
    let avow = Avow::empty().await;
    enqueue(&avow, (0..200).map(|number| NewJob::new("story.count", json!({ "number": number })))).await;
    let runs: Arc<Mutex<HashMap<i64, usize>>> = Arc::default();
    let counting = || {
        let runs = Arc::clone(&runs);
        worker(&avow, move |job| {
            *runs.lock().expect("no panic").entry(job.id).or_default() += 1;
            async {
                tokio::task::yield_now().await;
                Ok(())
            }
        })
    };
    let (one, two) = (counting(), counting());
    let (one, two) = tokio::join!(one.run_until_idle(), two.run_until_idle());
    one.and(two).expect("both run");
    assert_eq!(avow.one::<i64>("select count(*) from jobs").await, 0);
    let runs = runs.lock().expect("no panic");
    assert_eq!((runs.len(), runs.values().copied().collect::<HashSet<_>>()), (200, HashSet::from([1])));
}

#[tokio::test]
async fn a_job_whose_lease_ran_out_is_taken_over_and_its_first_worker_cannot_end_it() {
    let avow = Avow::empty().await;
    enqueue(&avow, [NewJob::new("story.hang", json!({}))]).await;
    let (begun, go_on) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
    let signals = (Arc::clone(&begun), Arc::clone(&go_on));
    let first = worker(&avow, move |_| {
        let (begun, go_on) = signals.clone();
        async move {
            begun.add_permits(1);
            go_on.acquire().await.expect("is open").forget();
            Ok(())
        }
    });
    let first = tokio::spawn(async move { first.run_until_idle().await });
    begun.acquire().await.expect("is open").forget();
    let seen: Arc<Mutex<Vec<i32>>> = Arc::default();
    let attempts = Arc::clone(&seen);
    let second = worker(&avow, move |job| {
        attempts.lock().expect("no panic").push(job.attempts);
        async { Err(JobError::Again("not yet".into())) }
    });
    avow.at("2026-03-02T09:01:59Z");
    second.run_until_idle().await.expect("runs");
    assert!(seen.lock().expect("no panic").is_empty(), "the lease still runs");
    avow.at("2026-03-02T09:02:00Z");
    second.run_until_idle().await.expect("runs");
    assert_eq!(*seen.lock().expect("no panic"), [2]);
    go_on.add_permits(1);
    first.await.expect("ends").expect("runs");
    assert_eq!(avow.one::<i32>("select attempts from jobs where dead_at is null").await, 2, "it is the second worker's to end");
}

#[tokio::test]
async fn a_job_of_a_transaction_that_rolls_back_does_not_exist() {
    let avow = Avow::empty().await;
    let config = config(&avow);
    let mut connection = pool(&avow, &config).get().await.expect("a connection");
    let rolled_back: Result<(), diesel::result::Error> = connection
        .transaction(async |connection| {
            jobs::enqueue(connection, config.clock.now(), NewJob::new("story.undone", json!({}))).await?;
            Err(diesel::result::Error::RollbackTransaction)
        })
        .await;
    assert!(rolled_back.is_err());
    worker(&avow, |job| async move { panic!("{job:?} ran") }).run_until_idle().await.expect("runs");
    assert_eq!(avow.one::<i64>("select count(*) from jobs").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schedule_fires_once_for_two_instances() {
    let avow = Avow::company().await;
    let one = Installation::open(config(&avow)).await.expect("opens").ctx(8).expect("a context");
    let two = Installation::open(config(&avow)).await.expect("opens").ctx(8).expect("a context");
    for (instant, expected) in
        [("2026-03-02T09:00:00Z", 3), ("2026-03-02T09:04:59Z", 0), ("2026-03-02T09:05:00Z", 1), ("2026-03-02T13:00:00Z", 3)]
    {
        avow.at(instant);
        let now = one.now();
        let mut ticks = Vec::new();
        for ctx in [&one, &two].repeat(4) {
            let ctx = ctx.clone();
            ticks.push(tokio::spawn(async move { schedule::tick(&ctx, now).await }));
        }
        for tick in ticks {
            tick.await.expect("ends").expect("the schedule is read");
        }
        let fired: i64 = avow.one("with gone as (delete from jobs returning 1) select count(*) from gone").await;
        assert_eq!(fired, expected, "at {instant}");
    }
}

#[tokio::test]
async fn a_stopped_server_brings_a_job_to_its_end_and_leaves_no_lease() {
    let mut avow = Avow::company().await;
    avow.serve();
    until("it works", async || (avow.one::<i64>("select count(*) from reminders").await > 0).then_some(())).await;
    assert!(avow.stop());
    assert_eq!(avow.one::<i64>("select count(*) from jobs where leased_until is not null").await, 0);
}
