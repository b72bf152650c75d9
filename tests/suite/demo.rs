//! `avow demo` as a newcomer runs it: on the private database, with the shipped content, and again.

use crate::support::Visitor;
use serde_json::Value;
use std::io::BufRead;
use std::io::BufReader;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::time::Instant;

struct Demo {
    child: Child,
    said: Value,
}

impl Demo {
    fn start(folder: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_avow"));
        command.args(["demo", "--json", "--port", "0", "--data-dir"]).arg(folder).env_remove("DATABASE_URL");
        command.env("AVOW_CONTENT_DIR", Path::new(env!("CARGO_MANIFEST_DIR")).join("content"));
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("is piped")).read_line(&mut line).expect("says something");
        Self { child, said: serde_json::from_str(&line).unwrap_or_else(|_| panic!("said {line:?}")) }
    }

    fn url(&self) -> &str {
        self.said["url"].as_str().expect("an address")
    }

    async fn signed_in(&self, role: &str) -> Visitor {
        let link = self.said["links"][role].as_str().unwrap_or_else(|| panic!("no link for {role}"));
        let visitor = Visitor::new(self.url());
        let page = visitor.get(link.strip_prefix(self.url()).expect("on this site")).await;
        assert_eq!(visitor.send(&page, "/sign-in/link", &[]).await.status, 303, "{role}");
        visitor
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let pid = nix::unistd::Pid::from_raw(i32::try_from(self.child.id()).expect("a process"));
        let _ = nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGTERM);
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn the_demo_shows_a_round_to_every_role_and_starts_again_in_seconds() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("others may pass");
    let demo = Demo::start(folder.path());
    for key in ["url", "links", "mail_dir", "data_dir"] {
        assert!(demo.said.get(key).is_some(), "{key} is missing in {}", demo.said);
    }
    let pages = [
        ("learner", "/", "Due in 5 days"),
        ("contractor", "/", "Chính sách"),
        ("manager", "/team", "people in your line"),
        ("hr", "/people", "people.csv"),
        ("compliance", "/reports", "Overdue"),
        ("author", "/library", "annual-security-awareness"),
        ("auditor", "/reports/completion?state=overdue", "Overdue"),
        ("administrator", "/operations", "Mails of the last day"),
    ];
    for (role, path, words) in pages {
        let page = demo.signed_in(role).await.get(path).await;
        assert!(page.status == 200 && page.says(words), "{role} at {path}: {} {}", page.status, page.body);
    }
    // The link of a role is for the whole demo.
    demo.signed_in("learner").await;
    let mails = Path::new(demo.said["mail_dir"].as_str().expect("a folder")).to_owned();
    let reminder = |path: &Path| std::fs::read_to_string(path).is_ok_and(|text| text.contains("hannah.whitlock"));
    let some = async || std::fs::read_dir(&mails).into_iter().flatten().flatten().any(|entry| reminder(&entry.path())).then_some(());
    crate::support::until("the learner has a reminder", some).await;
    let csv = demo.signed_in("compliance").await.get("/reports/completion.csv?requirement=acceptable-use").await.body;
    drop(demo);

    let began = Instant::now();
    let again = Demo::start(folder.path());
    assert!(began.elapsed().as_secs() < 30, "up in seconds: {:?}", began.elapsed());
    let still = again.signed_in("compliance").await.get("/reports/completion.csv?requirement=acceptable-use").await.body;
    assert_eq!(csv.lines().count(), still.lines().count(), "with its data");
}

#[tokio::test]
async fn the_demo_leaves_a_real_roster_alone() {
    let avow = crate::support::Avow::company().await;
    let output = avow.command(&["demo", "--port", "0"]).output().expect("runs");
    assert_eq!(output.status.code(), Some(2));
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(words.contains("holds somebody who is not of the demo"), "{words}");
}
