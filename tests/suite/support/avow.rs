//! A running program with everything of its own.

use crate::support::MONDAY;
use crate::support::cluster;
use crate::support::cluster::Cluster;
use crate::support::mailbox;
use crate::support::mailbox::Letter;
use crate::support::until;
use crate::support::visitor::Visitor;
use std::collections::HashMap;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;
use std::sync::Mutex;
use tempfile::TempDir;
use tokio_postgres::Client;

/// A file of `tests/suite/fixtures`.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/fixtures").join(name)
}

/// Environment variables of a program under test.
pub type Settings = HashMap<String, String>;

/// What opens `/metrics` in stories.
const METRICS_TOKEN: &str = "a-token-for-stories-0123456789abcdef";

/// A program with its own database, clock, folder.
pub struct Avow {
    /// Its folder: `mails`, `keys`, `clock`, `content`.
    pub folder: TempDir,
    /// Its environment.
    pub settings: Settings,
    /// The program itself.
    pub program: PathBuf,
    database: String,
    cluster: Option<&'static Cluster>,
    servers: Vec<Server>,
    tokens: Mutex<Vec<String>>,
    measured: Mutex<String>,
}

struct Server {
    child: Child,
    url: String,
}

impl Avow {
    /// The small company, its programme applied and evaluated; nothing serves yet.
    pub async fn company() -> Self {
        let cluster = Cluster::get().await;
        let template = cluster
            .template(async |name| {
                let mut company = Self::with_database(cluster, name.to_owned());
                for arguments in [
                    vec!["content", "publish"],
                    vec!["people", "import", fixture("people.csv").to_str().expect("UTF-8")],
                    vec!["programme", "apply", fixture("programme.toml").to_str().expect("UTF-8")],
                    vec!["programme", "evaluate"],
                    vec!["access", "grant", "compliance", "004"],
                    vec!["access", "grant", "hr", "005"],
                    vec!["access", "grant", "administrator", "006"],
                ] {
                    company.avow(&arguments);
                }
                company.database.clear();
            })
            .await;
        Self::with_database(cluster, cluster.create(Some(template)).await)
    }

    /// An empty database with the schema of this program.
    pub async fn empty() -> Self {
        let avow = Self::bare().await;
        avow.avow(&["migrate"]);
        avow
    }

    /// A database without anything in it.
    pub async fn bare() -> Self {
        let cluster = Cluster::get().await;
        Self::with_database(cluster, cluster.create(None).await)
    }

    /// The program that is being tested.
    pub fn this_program() -> PathBuf {
        PathBuf::from(env!("CARGO_BIN_EXE_avow"))
    }

    /// Nothing but a folder: no database is named, so that the program keeps a private one. The clock is the system's.
    pub fn alone() -> Self {
        let mut avow = Self::with(None, String::new());
        for name in ["AVOW_ENVIRONMENT", "AVOW_TEST_CLOCK", "AVOW_MAIL_FROM"] {
            avow.settings.remove(name);
        }
        std::fs::set_permissions(avow.folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .expect("the server's user may pass");
        avow
    }

    fn with_database(cluster: &'static Cluster, database: String) -> Self {
        let mut avow = Self::with(Some(cluster), database);
        avow.settings.insert("DATABASE_URL".into(), cluster.url(&avow.database));
        avow
    }

    fn with(cluster: Option<&'static Cluster>, database: String) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let content = folder.path().join("content");
        copy(&fixture("content"), &content);
        std::fs::write(folder.path().join("clock"), MONDAY).expect("a clock");
        std::fs::write(folder.path().join("metrics-token"), METRICS_TOKEN).expect("a token");
        let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
        let settings = [
            ("AVOW_ENVIRONMENT", "test".into()),
            ("AVOW_LISTEN", "127.0.0.1:0".into()),
            ("AVOW_DATA_DIR", path("")),
            ("AVOW_CONTENT_DIR", path("content")),
            ("AVOW_TEST_CLOCK", path("clock")),
            ("AVOW_MAIL_FROM", "Halden training <training@halden.example>".into()),
            ("AVOW_LOG", "info".into()),
            ("AVOW_METRICS_TOKEN_FILE", path("metrics-token")),
            // Stories come from one address, all at once.
            ("AVOW_LIMIT_REQUESTS", "0".into()),
            ("AVOW_LIMIT_SIGN_INS", "0".into()),
        ];
        let settings = settings.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self {
            folder,
            settings,
            program: Self::this_program(),
            database,
            cluster,
            servers: Vec::new(),
            tokens: Mutex::default(),
            measured: Mutex::default(),
        }
    }

    /// The small company, served.
    pub async fn serving() -> Self {
        let mut avow = Self::company().await;
        avow.serve();
        avow
    }

    /// Starts (another) server on this database; its address.
    pub fn serve(&mut self) -> String {
        let log = std::fs::File::options().create(true).append(true).open(self.folder.path().join("log")).expect("a log");
        let mut child = self.command(&["serve"]).stdout(Stdio::piped()).stderr(log).spawn().expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("is piped")).read_line(&mut line).expect("says something");
        let url = line.trim().strip_prefix("Avow serves ").unwrap_or_else(|| panic!("said {line:?}; {}", self.log()));
        // The address people type may be another than the one to ask here.
        let url = url.split_once(", listening on ").map_or_else(|| url.to_owned(), |(_, address)| format!("http://{address}"));
        self.servers.push(Server { child, url: url.clone() });
        url
    }

    /// The address of the first server.
    pub fn url(&self) -> &str {
        &self.servers[0].url
    }

    /// The number of a server's process.
    pub fn pid(&self, server: usize) -> i32 {
        i32::try_from(self.servers[server].child.id()).expect("a process")
    }

    /// Sends a signal to a server.
    pub fn signal(&self, server: usize, signal: nix::sys::signal::Signal) {
        nix::sys::signal::kill(nix::unistd::Pid::from_raw(self.pid(server)), signal).expect("hears signals");
    }

    /// Kills the newest server as a power cut would.
    pub fn kill(&mut self) {
        self.measure();
        let mut server = self.servers.pop().expect("a server runs");
        server.child.kill().expect("can be killed");
        server.child.wait().expect("ends");
    }

    /// Asks the newest server to stop, and waits for it.
    pub fn stop(&mut self) -> bool {
        self.measure();
        let mut server = self.servers.pop().expect("a server runs");
        let pid = nix::unistd::Pid::from_raw(i32::try_from(server.child.id()).expect("a process"));
        nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGTERM).expect("hears signals");
        server.child.wait().expect("ends").success()
    }

    /// Asks the first server to stop, and waits for it.
    pub fn stop_first(&mut self) {
        self.servers.rotate_left(1);
        assert!(self.stop(), "it ended well");
    }

    /// Waits for the newest server to end by itself; whether it ended well.
    pub fn wait(&mut self) -> bool {
        self.servers.pop().expect("a server runs").child.wait().expect("ends").success()
    }

    /// What this installation alone has to keep: its key, and the tokens of links that were made in the story.
    fn secrets(&self) -> Vec<String> {
        let key = std::fs::read_to_string(self.folder.path().join("keys/session.key")).ok();
        let tokens = self.tokens.lock().expect("tokens").clone();
        key.map(|key| key.trim().to_owned()).into_iter().chain(tokens).collect()
    }

    /// Keeps what the servers measured so far, for the look for marks at the end.
    fn measure(&self) {
        let metrics: String = self.servers.iter().filter_map(|server| metrics_of(&server.url).ok()).collect();
        self.measured.lock().expect("measurements").push_str(&metrics);
    }

    /// What the first server measured.
    pub fn metrics(&self) -> String {
        metrics_of(self.url()).expect("the program answers")
    }

    /// A command of the program in this installation.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).env_clear().envs(&self.settings).stdin(Stdio::null());
        for kept in ["PATH", "HOME", "TZ"] {
            command.envs(std::env::var(kept).map(|value| (kept, value)));
        }
        command
    }

    /// Runs a command that must succeed; what it said.
    pub fn avow(&self, arguments: &[&str]) -> String {
        let output = run(self.command(arguments));
        assert!(output.status.success(), "avow {arguments:?}: {}", words(&output));
        words(&output)
    }

    /// Runs a command that must be refused; what it said.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let output = run(self.command(arguments));
        assert_eq!(output.status.code(), Some(1), "avow {arguments:?}: {}", words(&output));
        words(&output)
    }

    /// Runs a command that cannot even try; what it said.
    pub fn fails(&self, arguments: &[&str]) -> String {
        let output = run(self.command(arguments));
        assert_eq!(output.status.code(), Some(2), "avow {arguments:?}: {}", words(&output));
        words(&output)
    }

    /// Sets the clock.
    pub fn at(&self, instant: &str) {
        let clock = self.folder.path().join("clock");
        std::fs::write(clock.with_extension("new"), instant).expect("a clock");
        std::fs::rename(clock.with_extension("new"), clock).expect("a clock");
    }

    /// Writes a file into the folder; its path.
    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, text).expect("a file");
        path.to_str().expect("UTF-8").to_owned()
    }

    /// Changes a file of the content folder.
    pub fn edit(&self, name: &str, change: impl Fn(&str) -> String) {
        let path = self.folder.path().join("content").join(name);
        let text = std::fs::read_to_string(&path).expect("a content file");
        std::fs::write(path, change(&text)).expect("a content file");
    }

    /// A connection as the database's owner.
    pub async fn sql(&self) -> Client {
        cluster::client(&self.cluster.expect("a database").url(&self.database)).await
    }

    /// A connection to another database of the same server.
    pub async fn sql_of(&self, database: &str) -> Client {
        cluster::client(&self.cluster.expect("a database").url(database)).await
    }

    /// The first value of the first row.
    pub async fn one<T: for<'a> tokio_postgres::types::FromSql<'a>>(&self, sql: &str) -> T {
        self.sql().await.query_one(sql, &[]).await.expect(sql).get(0)
    }

    /// The mails written so far, oldest first.
    pub fn mails(&self) -> Vec<Letter> {
        mailbox::read(&self.folder.path().join("mails"))
    }

    /// The mail that fits, once it has been written.
    pub async fn mail(&self, to: &str, subject: &str) -> Letter {
        let fits = |letter: &Letter| letter.to.contains(to) && letter.subject.contains(subject);
        until(&format!("{to} has a mail {subject:?}"), async || self.mails().into_iter().find(fits)).await
    }

    /// What the servers logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// A visitor who is not signed in.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.url())
    }

    /// Somebody signed in by a link from the terminal.
    pub async fn signed_in(&self, hr_id: &str) -> Visitor {
        self.sign_in(self.visitor(), hr_id).await
    }

    /// Signs somebody in at that browser.
    pub async fn sign_in(&self, visitor: Visitor, hr_id: &str) -> Visitor {
        let line = self.avow(&["access", "link", hr_id]);
        let path = line.trim().split_once("/sign-in/").expect("an address").1;
        self.tokens.lock().expect("tokens").push(path.to_owned());
        let page = visitor.get(&format!("/sign-in/{path}")).await;
        let answer = visitor.send(&page, "/sign-in/link", &[]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        // The session itself and the tokens of forms have no business in a log either.
        let cookies = answer.headers.iter().filter(|(name, _)| name == "set-cookie");
        let values = cookies.filter_map(|(_, cookie)| cookie.split(';').next()?.split_once("sid=").map(|(_, value)| value.to_owned()));
        self.tokens.lock().expect("tokens").extend(values.chain([page.field("csrf")]).filter(|value| value.len() > 20));
        visitor
    }

    /// The id of a person's assignment.
    pub async fn assignment(&self, hr_id: &str, requirement: &str) -> String {
        let sql = "select a.id::text from assignments a join persons p on p.id = a.person_id join requirements r on r.id = a.requirement_id
                   where p.hr_id = $1 and r.slug = $2 order by a.cycle desc limit 1";
        self.sql().await.query_one(sql, &[&hr_id, &requirement]).await.expect("is assigned").get(0)
    }
}

impl Drop for Avow {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = self.log();
            eprintln!("the program's log:\n{}", log.lines().filter(|line| !line.contains("\"INFO\"")).collect::<Vec<_>>().join("\n"));
        }
        self.measure();
        for server in &mut self.servers {
            let _ = server.child.kill();
            let _ = server.child.wait();
        }
        if let Some(cluster) = self.cluster.filter(|_| !self.database.is_empty()) {
            cluster.drop_database(&self.database);
        }
        if !std::thread::panicking() {
            let found =
                [canaries(&self.log(), &self.secrets()), canaries(&self.measured.lock().expect("measurements"), &self.secrets())].concat();
            assert!(found.is_empty(), "personal data or secrets in logs or metrics: {found:?}");
        }
    }
}

/// Personal data of the small company, and what must stay secret: marks that no log, metric or error page may hold.
pub const CANARIES: [&str; 23] = [
    "Lena",
    "Brandt",
    "lena.brandt",
    "Omar",
    "Aziz",
    "Inês",
    "ines.costa",
    "Paul Weber",
    "paul.weber",
    "Dora Lang",
    "dora.lang",
    "Ute Frank",
    "ute.frank",
    "Karl",
    "Ohnepost",
    "Eva Alt",
    "Trần",
    "mai.tran",
    "@halden.example",
    "studio.example",
    "My desk has",
    "correct horse",
    METRICS_TOKEN,
];

#[test]
fn a_mark_in_a_log_is_found() {
    let secrets = ["0123abcd".to_owned()];
    assert_eq!(canaries("{\"who\":\"Lena\"}", &secrets), ["Lena"]);
    assert_eq!(canaries("key 0123abcd", &secrets), ["0123abcd"]);
    assert!(canaries("{\"person\":\"0190\"}", &secrets).is_empty());
}

/// Which marks a text holds.
fn canaries(text: &str, secrets: &[String]) -> Vec<String> {
    let marks = CANARIES.iter().map(|mark| (*mark).to_owned()).chain(secrets.iter().cloned());
    marks.filter(|mark| text.contains(mark.as_str())).collect()
}

/// What Prometheus would read.
fn metrics_of(url: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://"))?;
    write!(stream, "GET /metrics HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {METRICS_TOKEN}\r\nconnection: close\r\n\r\n")?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    Ok(text)
}

/// Runs a command to its end.
pub fn run(mut command: Command) -> Output {
    command.output().expect("the program starts")
}

fn words(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file");
        }
    }
}
