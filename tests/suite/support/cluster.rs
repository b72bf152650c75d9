//! One PostgreSQL for the run: the one that `DATABASE_URL` names, else a throw-away private one. Each story has a database of
//! its own, copied from a template, and drops it.

use crate::support::until;
use avow::kit::postgres::Options;
use avow::kit::postgres::PrivatePostgres;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;
use tokio::sync::OnceCell;
use tokio_postgres::NoTls;

static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
static TEMPLATE: OnceCell<String> = OnceCell::const_new();
static NEXT: AtomicU32 = AtomicU32::new(0);

/// The server of this run.
pub struct Cluster {
    private: Option<PrivatePostgres>,
}

impl Cluster {
    /// The server, started when the first story asks for it. It ends with this process.
    pub async fn get() -> &'static Self {
        let start = || async {
            if std::env::var_os("DATABASE_URL").is_some() {
                return Self { private: None };
            }
            let root = folder();
            leave_nothing("folder", root.to_str().expect("UTF-8"));
            let options = Options { durable: false, ..Options::new(root) };
            let private = tokio::task::spawn_blocking(|| PrivatePostgres::start(options)).await.expect("runs");
            Self { private: Some(private.expect("a private PostgreSQL starts")) }
        };
        CLUSTER.get_or_init(start).await
    }

    /// The address of a database of that name.
    pub fn url(&self, name: &str) -> String {
        match &self.private {
            Some(private) => private.url(name),
            None => {
                let url = std::env::var("DATABASE_URL").expect("it was there");
                let mut url = url::Url::parse(&url).expect("DATABASE_URL is an address");
                url.set_path(name);
                url.into()
            }
        }
    }

    /// A new database: empty, or as the template is.
    pub async fn create(&self, template: Option<&str>) -> String {
        let name = format!("avow_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let from = template.map(|template| format!("template {template} strategy file_copy")).unwrap_or_default();
        client(&self.url("postgres")).await.batch_execute(&format!("create database {name} {from}")).await.expect("a new database");
        name
    }

    /// The template: a company with its programme. Made by `fill` when the first story asks for it.
    pub async fn template(&self, fill: impl AsyncFnOnce(&str)) -> &'static str {
        let make = || async {
            let name = self.create(None).await;
            fill(&name).await;
            if self.private.is_none() {
                leave_nothing("database", &name);
            }
            name
        };
        TEMPLATE.get_or_init(make).await
    }

    /// Drops a database, whoever is still connected.
    pub fn drop_database(&self, name: &str) {
        let (url, name) = (self.url("postgres"), name.to_owned());
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async { client(&url).await.batch_execute(&format!("drop database if exists {name} with (force)")).await })
        });
        let _ = thread.join();
    }
}

/// A connection as the database's owner.
pub async fn client(url: &str) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("the database answers");
    tokio::spawn(connection);
    client
}

/// What a child of this process cleans up: `database NAME` or `folder PATH`.
const LEFTOVER: &str = "AVOW_TEST_LEFTOVER";

/// Has what is left of this run cleaned up when this process ends, however it ends: by a child that sees its input end.
fn leave_nothing(kind: &str, name: &str) {
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    command.args(["--exact", "support::cluster::what_is_left_of_a_run_goes_with_it"]).env(LEFTOVER, format!("{kind} {name}"));
    let child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
    // Its input stays open for as long as this process lives.
    std::mem::forget(child);
}

/// The child of `leave_nothing`; without its task there is nothing to clean up.
#[tokio::test]
async fn what_is_left_of_a_run_goes_with_it() {
    let Ok(leftover) = std::env::var(LEFTOVER) else { return };
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).expect("waits for the end");
    match leftover.split_once(' ') {
        Some(("database", name)) => {
            let server = Cluster { private: None };
            let drop = format!("drop database if exists {name} with (force)");
            client(&server.url("postgres")).await.batch_execute(&drop).await.expect("goes");
        }
        Some(("folder", path)) => {
            // The server in it is just ending.
            until("the folder is gone", async || {
                let _ = std::fs::remove_dir_all(path);
                (!Path::new(path).exists()).then_some(())
            })
            .await;
        }
        _ => panic!("{leftover}"),
    }
}

/// A folder for this run's server.
fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("avow-suite-{}", std::process::id()))
}
