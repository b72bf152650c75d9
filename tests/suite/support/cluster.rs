//! One PostgreSQL for the run: the one that `DATABASE_URL` names, else a throw-away private one. Each story has a database of
//! its own, copied from a template, and drops it.

use avow::kit::postgres::Options;
use avow::kit::postgres::PrivatePostgres;
use std::path::PathBuf;
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
            let root = sweep();
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

/// A folder for this run's server; those of runs that are over go.
fn sweep() -> PathBuf {
    let temp = std::env::temp_dir();
    for entry in std::fs::read_dir(&temp).into_iter().flatten().flatten() {
        let name = entry.file_name().into_string().unwrap_or_default();
        let Some(pid) = name.strip_prefix("avow-suite-") else { continue };
        if !std::path::Path::new("/proc").join(pid).exists() {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
    temp.join(format!("avow-suite-{}", std::process::id()))
}
