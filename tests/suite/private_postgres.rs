//! The private PostgreSQL, rule by rule, with the real server in folders of its own.
//! Never sleeps to let something happen: polls until a deadline. Runs as root and as a normal user.

use avow::kit::postgres::{Options, PostgresError, PrivatePostgres};
use nix::sys::signal::{self, Signal};
use nix::unistd::{Pid, geteuid};
use std::env;
use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::str::FromStr;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio_postgres::config::Host;
use tokio_postgres::{Client, Config, NoTls};

// ---- rule 1: the lock decides -------------------------------------------------------------------

#[test]
fn a_second_start_attaches_and_its_drop_leaves_the_server_running() {
    let folder = Folder::new();
    let owner = folder.start();
    let before = postmaster(owner.root());
    let attached = folder.start();
    assert!(owner.is_owner() && !attached.is_owner());
    assert_eq!(owner.url("postgres"), attached.url("postgres"));
    assert_eq!(ask(&attached, "SELECT 'hello'"), "hello");
    drop(attached);
    assert_eq!(postmaster(owner.root()), before);
    assert_eq!(ask(&owner, "SELECT 'still here'"), "still here");
}

#[test]
fn two_processes_that_race_have_exactly_one_owner_and_both_connect() {
    let folder = Folder::new();
    let (mut one, mut two) = (Helper::spawn(&folder.root), Helper::spawn(&folder.root));
    let words = [one.word(), two.word()];
    assert_eq!(words.iter().filter(|word| *word == "owner").count(), 1, "{words:?}");
    assert_eq!(words.iter().filter(|word| *word == "attached").count(), 1, "{words:?}");
}

#[test]
fn an_attached_process_takes_over_with_all_data_when_the_owner_is_killed() {
    let folder = Folder::new();
    let mut helper = Helper::spawn(&folder.root);
    assert_eq!(helper.word(), "owner");
    let attached = folder.start();
    assert!(!attached.is_owner());
    ask(&attached, "CREATE TABLE kept AS SELECT 42 AS answer");
    let before = postmaster(attached.root());
    helper.kill();
    until("the attached process owns the server", || attached.is_owner());
    until("another server answers", || is_another(&attached, before) && try_ask(&attached, "SELECT 1").is_ok());
    assert_eq!(ask(&attached, "SELECT answer FROM kept"), "42");
    assert!(!lives(before));
    until("the news is told", || told(attached.root(), "its owner is gone"));
}

#[test]
fn an_attached_process_takes_over_when_the_owner_ends_in_good_order() {
    let folder = Folder::new();
    let owner = folder.start();
    let attached = folder.start();
    drop(owner);
    until("the attached process owns the server", || attached.is_owner());
    until("the server answers again", || try_ask(&attached, "SELECT 1").is_ok());
}

#[test]
fn the_owner_lets_a_command_finish_before_it_stops_the_server() {
    let folder = Folder::new();
    let owner = folder.start();
    let guest = PrivatePostgres::start(Options { guest: true, ..options(&folder.root) }).unwrap();
    let stopping = thread::spawn(move || drop(owner));
    until("the wait is told", || told(&folder.root, "it may finish before the server stops"));
    assert_eq!(ask(&guest, "SELECT 'at work'"), "at work");
    drop(guest);
    stopping.join().unwrap();
    until("the server has ended", || try_postmaster(&folder.root).is_none());
}

#[test]
fn commands_that_run_at_once_on_one_server_all_succeed() {
    let folder = Folder::new();
    let command = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_avow"));
        command.args(["programme", "evaluate"]).env_remove("DATABASE_URL").env("AVOW_ENVIRONMENT", "development");
        command.env("AVOW_DATA_DIR", folder.temporary.path());
        command.env("AVOW_CONTENT_DIR", Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/fixtures/content"));
        command.output().unwrap()
    };
    let outputs = thread::scope(|scope| [(); 4].map(|()| scope.spawn(command)).map(|one| one.join().unwrap()));
    for output in outputs {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

// ---- rule 2: leftovers --------------------------------------------------------------------------

#[test]
fn a_successor_starts_with_the_data_intact_after_the_owner_is_killed() {
    let folder = Folder::new();
    let mut helper = Helper::spawn(&folder.root);
    assert_eq!(helper.word(), "owner");
    let orphan = postmaster(&folder.root);
    let url = helper.url();
    try_ask_url(&url, "CREATE TABLE kept AS SELECT 'before the kill' AS word").unwrap();
    helper.kill();
    let successor = folder.start();
    assert!(successor.is_owner());
    assert_eq!(ask(&successor, "SELECT word FROM kept"), "before the kill");
    assert!(!lives(orphan));
}

#[test]
fn a_postmaster_that_outlived_its_owner_is_stopped_first() {
    let folder = Folder::new();
    let programs = programs_of(&folder.start());
    let data = folder.root.join("data");
    let mut orphan = as_server_user(&programs.join("postgres"), &data);
    orphan.arg("-D").arg(&data).arg("-k").arg(folder.root.join("run")).args(["-c", "listen_addresses=", "-c", "fsync=off"]);
    let mut orphan = orphan.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    until("the orphan is up", || fs::read_to_string(data.join("postmaster.pid")).is_ok_and(|file| file.contains("ready")));
    let running = folder.start();
    assert!(running.is_owner());
    let mut end = None;
    until("the orphan has ended", || {
        end = orphan.try_wait().unwrap();
        end.is_some()
    });
    assert!(end.is_some_and(|status| status.success()), "it ended in good order: {end:?}");
    assert_ne!(postmaster(&folder.root), Pid::from_raw(orphan.id().cast_signed()));
    assert!(told(running.root(), "of an earlier run"));
}

#[test]
fn a_stale_pid_file_whose_number_was_used_again_neither_hinders_nor_harms() {
    let folder = Folder::new();
    drop(folder.start());
    let data = folder.root.join("data");
    // as nasty as it gets: the same user, working in the data directory
    let mut stranger = as_server_user(Path::new("sleep"), &data).arg("600").current_dir(&data).spawn().unwrap();
    let run = folder.root.join("run");
    let stale = format!("{}\n{}\n1700000000\n5432\n{}\n\n  5432001         7\nready   \n", stranger.id(), data.display(), run.display());
    fs::write(data.join("postmaster.pid"), &stale).unwrap();
    fs::write(run.join(".s.PGSQL.5432.lock"), &stale).unwrap();
    fs::write(run.join(".s.PGSQL.5432"), "").unwrap();
    let running = folder.start();
    assert_eq!(ask(&running, "SELECT 'fine'"), "fine");
    assert!(stranger.try_wait().unwrap().is_none(), "the stranger was killed");
    stranger.kill().unwrap();
    stranger.wait().unwrap();
}

// ---- rule 3: complete, then named ---------------------------------------------------------------

#[test]
fn a_half_made_cluster_is_thrown_away() {
    let folder = Folder::new();
    fs::create_dir_all(folder.root.join("data.new/base/1")).unwrap();
    fs::write(folder.root.join("data.new/PG_VERSION"), "15\n").unwrap();
    let running = folder.start();
    assert_eq!(ask(&running, "SELECT 'fine'"), "fine");
    assert!(folder.half_made().is_none());
}

#[test]
fn a_kill_in_the_middle_of_initdb_leaves_room_for_the_next_start() {
    let folder = Folder::new();
    let mut helper = Helper::spawn(&folder.root);
    until("initdb is at work", || folder.half_made().is_some_and(|growing| growing.join("base").exists()));
    helper.kill();
    assert!(!folder.root.join("data").exists());
    let running = folder.start();
    assert_eq!(ask(&running, "SELECT 'fine'"), "fine");
    assert!(folder.half_made().is_none());
}

#[test]
fn a_folder_with_something_else_in_it_is_never_touched() {
    let folder = Folder::new();
    fs::create_dir_all(folder.root.join("data")).unwrap();
    fs::write(folder.root.join("data/thesis.txt"), "the only copy").unwrap();
    let error = folder.try_start().unwrap_err();
    assert!(matches!(error, PostgresError::NotACluster { .. }), "{error}");
    assert!(error.to_string().contains(&*folder.root.join("data").to_string_lossy()), "{error}");
    assert_eq!(fs::read_to_string(folder.root.join("data/thesis.txt")).unwrap(), "the only copy");
}

#[test]
fn the_cluster_has_checksums_utf8_and_no_locale() {
    let folder = Folder::new();
    let running = folder.start();
    assert_eq!(ask(&running, "SHOW data_checksums"), "on");
    assert_eq!(ask(&running, "SHOW server_encoding"), "UTF8");
    assert_eq!(ask(&running, "SELECT datcollate FROM pg_database WHERE datname = 'postgres'"), "C");
}

// ---- rule 4: another user, and never without us -------------------------------------------------

#[test]
fn as_root_the_server_runs_as_another_user_and_else_as_us() {
    let folder = Folder::new();
    let running = folder.start();
    let server = user_of(postmaster(running.root()));
    if geteuid().is_root() {
        assert_ne!(server, 0);
    } else {
        assert_eq!(server, geteuid().as_raw());
    }
    assert_eq!(fs::metadata(running.root().join("data")).unwrap().uid(), server);
}

#[test]
fn the_server_runs_as_the_user_who_owns_the_data() {
    let folder = Folder::new();
    drop(folder.start());
    let data = folder.root.join("data");
    let mut owner = geteuid().as_raw();
    if geteuid().is_root() {
        owner = 65534; // as if `postgres` had been added after `nobody` made the data
        let given = Command::new("chown").arg("-R").arg(owner.to_string()).args([&data, &folder.root.join("run")]).status();
        assert!(given.unwrap().success());
    }
    let running = folder.start();
    assert_eq!(user_of(postmaster(running.root())), owner);
    assert_eq!(ask(&running, "SELECT current_user"), "avow");
}

#[test]
fn a_folder_that_the_servers_user_cannot_reach_falls_back_to_var_lib() {
    let folder = Folder::new();
    fs::set_permissions(folder.temporary.path(), Permissions::from_mode(0o700)).unwrap();
    let running = folder.start();
    if geteuid().is_root() {
        let _gone_at_the_end = RemoveAtTheEnd(running.root().to_path_buf());
        assert!(running.root().starts_with("/var/lib") && running.root().to_string_lossy().contains("/avow-"));
        assert!(told(&folder.root, &running.root().to_string_lossy()));
        assert_eq!(ask(&running, "SELECT 'fine'"), "fine");
        // the data stays where it was made, also when the way is free later
        let data = running.root().to_path_buf();
        drop(running);
        fs::set_permissions(folder.temporary.path(), Permissions::from_mode(0o755)).unwrap();
        assert_eq!(folder.start().root(), data);
    } else {
        assert_eq!(running.root(), folder.root);
        assert_eq!(ask(&running, "SELECT 'fine'"), "fine");
    }
}

#[test]
fn data_that_got_out_of_reach_is_reported_and_not_replaced_by_an_empty_cluster() {
    let folder = Folder::new();
    drop(folder.start());
    fs::set_permissions(folder.temporary.path(), Permissions::from_mode(0o700)).unwrap();
    if geteuid().is_root() {
        let error = folder.try_start().unwrap_err();
        assert!(matches!(error, PostgresError::Unreachable { .. }), "{error}");
        assert!(error.to_string().contains("chmod o+x"), "{error}");
    } else {
        assert_eq!(folder.start().root(), folder.root);
    }
}

#[test]
fn the_server_ends_when_its_owner_is_killed() {
    let folder = Folder::new();
    let mut helper = Helper::spawn(&folder.root);
    assert_eq!(helper.word(), "owner");
    let server = postmaster(&folder.root);
    helper.kill();
    if cfg!(target_os = "linux") {
        until("the server has ended", || !lives(server));
    } else {
        assert!(folder.start().is_owner());
        assert!(!lives(server));
    }
}

#[test]
fn the_mode_of_a_folder_that_was_there_before_is_left_alone() {
    let folder = Folder::new();
    fs::create_dir(&folder.root).unwrap();
    fs::set_permissions(&folder.root, Permissions::from_mode(0o755)).unwrap();
    let before = fs::metadata(&folder.root).unwrap();
    let _running = folder.start();
    let after = fs::metadata(&folder.root).unwrap();
    assert_eq!((before.mode(), before.uid()), (after.mode(), after.uid()));
}

#[test]
fn the_server_does_not_inherit_our_environment() {
    let folder = Folder::new();
    let mut helper = Helper::spawn_with(&folder.root, &[("AVOW_SIGNING_KEY", "secret")]);
    assert_eq!(helper.word(), "owner");
    if cfg!(target_os = "linux") {
        let environment = fs::read(format!("/proc/{}/environ", postmaster(&folder.root))).unwrap();
        let environment = String::from_utf8_lossy(&environment);
        assert!(environment.contains("PATH=") && !environment.contains("AVOW_"), "{environment}");
    } else {
        let seen = try_ask_url(
            &helper.url(),
            "CREATE TEMP TABLE e(v text); COPY e FROM PROGRAM 'env'; SELECT count(*) FROM e WHERE v LIKE 'AVOW%'",
        );
        assert_eq!(seen.unwrap(), "0");
    }
}

// ---- rule 5: no TCP, a private socket -----------------------------------------------------------

#[test]
fn there_is_no_tcp_and_only_the_servers_user_may_enter_the_socket_folder() {
    let folder = Folder::new();
    let running = folder.start();
    assert_eq!(ask(&running, "SHOW listen_addresses"), "");
    let run = fs::metadata(folder.root.join("run")).unwrap();
    assert_eq!(run.mode() & 0o777, 0o700);
    assert_eq!(run.uid(), user_of(postmaster(&folder.root)));
    assert_eq!(ask(&running, "SELECT current_user"), "avow");
    assert_eq!(ask(&running, "SHOW max_connections"), "120");
    assert_eq!(ask(&running, "SHOW fsync"), "off");
}

#[test]
fn an_over_long_path_moves_the_socket_to_the_temporary_folder() {
    let mut folder = Folder::new();
    folder.root = folder.root.join("long".repeat(20)).join("path".repeat(20));
    let running = folder.start();
    let run = socket_folder(&running);
    assert!(run.starts_with("/tmp/"), "{}", run.display());
    assert_eq!(fs::metadata(&run).unwrap().mode() & 0o777, 0o700);
    assert_eq!(ask(&running, "SELECT 'fine'"), "fine");
    drop(running);
    assert!(!run.exists(), "{} was left behind", run.display());
}

#[test]
fn a_folder_that_a_stranger_laid_in_the_way_of_the_socket_is_refused() {
    let mut folder = Folder::new();
    folder.root = folder.root.join("long".repeat(20)).join("gone".repeat(20));
    let run = socket_folder(&folder.start());
    let elsewhere = folder.temporary.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &run).unwrap();
    let _gone_at_the_end = RemoveAtTheEnd(run.clone());
    let before = fs::metadata(&elsewhere).unwrap();
    let error = folder.try_start().unwrap_err();
    assert!(matches!(error, PostgresError::ForeignFolder { .. }), "{error}");
    let after = fs::metadata(&elsewhere).unwrap();
    assert_eq!((before.uid(), before.mode()), (after.uid(), after.mode()));
}

#[test]
fn blanks_commas_quotes_and_percent_signs_in_the_path_do_no_harm() {
    let mut folder = Folder::new();
    folder.root = folder.temporary.path().join("é, \"a\" 100%&b");
    let running = folder.start();
    assert_eq!(ask(&running, "SELECT 'fine'"), "fine");
    let config = Config::from_str(&running.url("avow")).unwrap();
    assert_eq!((config.get_user(), config.get_dbname(), config.get_ports()), (Some("avow"), Some("avow"), &[5432][..]));
}

// ---- rule 6: ready, restarted, stopped ----------------------------------------------------------

#[test]
fn a_killed_postmaster_is_started_again_with_the_data_intact() {
    let folder = Folder::new();
    let running = folder.start();
    ask(&running, "CREATE TABLE kept AS SELECT 7 AS answer");
    for _ in 0..2 {
        let before = postmaster(running.root());
        signal::kill(before, Signal::SIGKILL).unwrap();
        until("another server answers", || is_another(&running, before) && try_ask(&running, "SELECT 1").is_ok());
        assert_eq!(ask(&running, "SELECT answer FROM kept"), "7");
    }
    until("the news is told", || told(running.root(), "starts again in") && told(running.root(), "is up again"));
    assert!(running.is_owner());
}

#[test]
fn drop_leaves_no_process_and_no_socket() {
    let folder = Folder::new();
    let running = folder.start();
    let (server, run) = (postmaster(running.root()), socket_folder(&running));
    assert!(fs::metadata(run.join(".s.PGSQL.5432")).unwrap().file_type().is_socket());
    drop(running);
    assert!(signal::kill(server, None).is_err(), "not even a zombie is left");
    assert_eq!(fs::read_dir(run).unwrap().count(), 0);
    assert!(!folder.root.join("data/postmaster.pid").exists());
    assert!(fs::read_to_string(folder.root.join("postgres.log")).unwrap().contains("database system is shut down"));
}

#[test]
fn drop_stops_the_server_although_clients_are_connected() {
    let folder = Folder::new();
    let running = folder.start();
    let server = postmaster(running.root());
    let (_client, _runtime) = connect(&running.url("postgres")).unwrap();
    drop(running);
    assert!(!lives(server));
}

#[test]
fn the_data_is_there_at_the_second_start() {
    let folder = Folder::new();
    let running = folder.start();
    ask(&running, "CREATE TABLE kept AS SELECT 'yes' AS word");
    drop(running);
    let running = folder.start();
    assert_eq!(ask(&running, "SELECT word FROM kept"), "yes");
}

#[test]
fn a_server_that_cannot_start_is_reported_with_the_last_lines_of_its_log() {
    let folder = Folder::new();
    drop(folder.start());
    fs::write(folder.root.join("data/postgresql.conf"), "no_such_setting = on\n").unwrap();
    let error = folder.try_start().unwrap_err();
    assert!(matches!(error, PostgresError::Ended { .. }), "{error}");
    let text = error.to_string();
    assert!(text.contains("no_such_setting") && text.contains("postgres.log"), "{text}");
    drop(folder.try_start()); // and the lock is free again: this does not wait for an owner
}

#[test]
fn the_log_holds_no_statements_and_starts_afresh_over_ten_megabytes() {
    let folder = Folder::new();
    fs::create_dir(&folder.root).unwrap();
    fs::write(folder.root.join("postgres.log"), vec![b'\n'; 11 << 20]).unwrap();
    let running = folder.start();
    ask(&running, "SELECT 'something private'");
    let log = fs::read_to_string(running.log_file()).unwrap();
    assert!(log.contains("ready to accept connections") && !log.contains("private"), "{log}");
    assert!(log.len() < 1 << 20);
    assert_eq!(fs::metadata(folder.root.join("postgres.log.1")).unwrap().len(), 11 << 20);
}

// ---- rule 7: the programs -----------------------------------------------------------------------

#[test]
fn without_server_programs_the_message_says_how_to_get_them() {
    let folder = Folder::new();
    let empty = folder.temporary.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let word = Helper::spawn_with(&folder.root, &[("PG_BIN_DIR", &empty.to_string_lossy())]).word();
    for part in ["apt-get install postgresql", "dnf install", "brew install", "DATABASE_URL", "PG_BIN_DIR"] {
        assert!(word.contains(part), "{part} is missing in: {word}");
    }
    assert!(word.contains(&*empty.to_string_lossy()), "{word}");
}

#[test]
fn pg_bin_dir_comes_first_and_a_version_that_is_too_old_is_passed_over() {
    let folder = Folder::new();
    let old = fake_programs(&folder, "postgres (PostgreSQL) 14.9");
    let word = Helper::spawn_with(&folder.root, &[("PG_BIN_DIR", &old.to_string_lossy())]).word();
    assert!(word.starts_with("failed") && word.contains("is version 14"), "{word}");
    let real = programs_of(&folder.start());
    let word = Helper::spawn_with(&folder.root, &[("PG_BIN_DIR", &real.to_string_lossy()), ("PATH", "/nowhere")]).word();
    assert_eq!(word, "owner");
}

#[test]
fn data_of_another_major_version_is_reported_with_the_way_out() {
    let folder = Folder::new();
    fs::create_dir_all(folder.root.join("data")).unwrap();
    fs::write(folder.root.join("data/PG_VERSION"), "97\n").unwrap();
    let error = folder.try_start().unwrap_err();
    assert!(matches!(error, PostgresError::OtherMajor { made_by: 97, .. }), "{error}");
    let text = error.to_string();
    for part in ["PostgreSQL 97", "pg_dumpall", "psql", "is version"] {
        assert!(text.contains(part), "{part} is missing in: {text}");
    }
}

// ---- the helper process: this test binary, run again --------------------------------------------

/// Idle in a normal run. With `AVOW_TEST_ROOT` set it starts the server there, says how it went, and
/// ends when its standard input ends.
#[test]
fn the_helper_process_does_as_told() {
    let Some(root) = env::var_os("AVOW_TEST_ROOT") else { return };
    let running = PrivatePostgres::start(options(Path::new(&root)));
    let (word, url) = match &running {
        Ok(running) => {
            ask(running, "SELECT 1");
            (if running.is_owner() { "owner" } else { "attached" }.to_owned(), running.url("postgres"))
        }
        Err(error) => (format!("failed: {error}").replace('\n', " "), String::new()),
    };
    println!("\nhelper:{word}\nhelper:{url}");
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
}

struct Helper {
    child: Child,
    lines: Box<dyn Iterator<Item = String>>,
}

impl Helper {
    fn spawn(root: &Path) -> Self {
        Self::spawn_with(root, &[])
    }

    fn spawn_with(root: &Path, variables: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["the_helper_process_does_as_told", "--nocapture"]).env("AVOW_TEST_ROOT", root);
        command.envs(variables.iter().copied()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let lines = Box::new(lines.filter_map(|line| Some(line.strip_prefix("helper:")?.to_owned())));
        Self { child, lines }
    }

    /// How the start went: waits for it.
    fn word(&mut self) -> String {
        self.lines.next().expect("the helper ended without a word")
    }

    fn url(&mut self) -> String {
        self.lines.next().expect("the helper ended without its URL")
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Helper {
    /// In good order: the end of its input ends the helper.
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

// ---- support ------------------------------------------------------------------------------------

/// A temporary folder that lets other users pass, and the root of a server in it.
struct Folder {
    temporary: TempDir,
    root: PathBuf,
}

impl Folder {
    fn new() -> Self {
        let temporary = tempfile::Builder::new().permissions(Permissions::from_mode(0o755)).tempdir().unwrap();
        let root = temporary.path().canonicalize().unwrap().join("pg");
        Self { temporary, root }
    }

    fn try_start(&self) -> Result<PrivatePostgres, PostgresError> {
        PrivatePostgres::start(options(&self.root))
    }

    /// A cluster that is not complete yet, or never will be.
    fn half_made(&self) -> Option<PathBuf> {
        let entries = fs::read_dir(&self.root).into_iter().flatten().flatten().map(|entry| entry.path());
        entries.into_iter().find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("data.new")))
    }

    fn start(&self) -> PrivatePostgres {
        self.try_start().unwrap_or_else(|error| panic!("{error}"))
    }
}

struct RemoveAtTheEnd(PathBuf);

impl Drop for RemoveAtTheEnd {
    fn drop(&mut self) {
        if self.0.is_symlink() {
            let _ = fs::remove_file(&self.0);
        } else {
            let _ = fs::remove_dir_all(&self.0);
        }
    }
}

static NOTICES: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn options(root: &Path) -> Options {
    let notice = |message: &str| NOTICES.lock().unwrap().push(message.to_owned());
    Options { durable: false, notice, ..Options::new(root) }
}

/// Whether a notice about `root` with this text was heard in this process.
fn told(root: &Path, text: &str) -> bool {
    let root = root.to_string_lossy();
    NOTICES.lock().unwrap().iter().any(|notice| notice.contains(&*root) && notice.contains(text))
}

fn until(what: &str, mut happened: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !happened() {
        assert!(Instant::now() < end, "waited in vain: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

fn connect(url: &str) -> Result<(Client, tokio::runtime::Runtime), tokio_postgres::Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (client, connection) = runtime.block_on(tokio_postgres::connect(url, NoTls))?;
    runtime.spawn(connection);
    Ok((client, runtime))
}

/// The first column of the first row, if there is one.
fn try_ask_url(url: &str, sql: &str) -> Result<String, tokio_postgres::Error> {
    let (client, runtime) = connect(url)?;
    let answers = runtime.block_on(client.simple_query(sql))?;
    let first = answers.iter().find_map(|answer| match answer {
        tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    });
    Ok(first.unwrap_or_default())
}

fn try_ask(running: &PrivatePostgres, sql: &str) -> Result<String, tokio_postgres::Error> {
    try_ask_url(&running.url("postgres"), sql)
}

fn ask(running: &PrivatePostgres, sql: &str) -> String {
    try_ask(running, sql).unwrap_or_else(|error| panic!("{sql}: {error:?}"))
}

fn socket_folder(running: &PrivatePostgres) -> PathBuf {
    match Config::from_str(&running.url("postgres")).unwrap().get_hosts() {
        [Host::Unix(folder)] => folder.clone(),
        other => panic!("not a socket: {other:?}"),
    }
}

fn try_postmaster(root: &Path) -> Option<Pid> {
    let file = fs::read_to_string(root.join("data/postmaster.pid")).ok()?;
    file.lines().next()?.parse().ok().map(Pid::from_raw)
}

fn postmaster(root: &Path) -> Pid {
    try_postmaster(root).expect("a postmaster")
}

fn is_another(running: &PrivatePostgres, before: Pid) -> bool {
    try_postmaster(running.root()).is_some_and(|now| now != before)
}

/// Whether the process runs; a zombie that nobody reaps does not.
fn lives(pid: Pid) -> bool {
    if cfg!(target_os = "linux") { fs::read_link(format!("/proc/{pid}/cwd")).is_ok() } else { signal::kill(pid, None).is_ok() }
}

fn user_of(pid: Pid) -> u32 {
    let answer = Command::new("ps").args(["-o", "uid=", "-p", &pid.to_string()]).output().unwrap();
    String::from_utf8_lossy(&answer.stdout).trim().parse().expect("a process with a user")
}

/// A command that runs as the user who owns `data`.
fn as_server_user(program: &Path, data: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/");
    if geteuid().is_root() {
        let found = fs::metadata(data).unwrap();
        command.uid(found.uid()).gid(found.gid());
    }
    command
}

/// Where the programs of the running server are.
fn programs_of(running: &PrivatePostgres) -> PathBuf {
    PathBuf::from(ask(running, "SELECT setting FROM pg_config() WHERE name = 'BINDIR'"))
}

/// Programs that only tell a version.
fn fake_programs(folder: &Folder, version: &str) -> PathBuf {
    let bin = folder.temporary.path().join("bin");
    fs::create_dir(&bin).unwrap();
    for name in ["initdb", "postgres"] {
        fs::write(bin.join(name), format!("#!/bin/sh\necho '{version}'\n")).unwrap();
        fs::set_permissions(bin.join(name), Permissions::from_mode(0o755)).unwrap();
    }
    bin
}
