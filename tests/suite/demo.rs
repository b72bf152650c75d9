//! `avow demo` as a newcomer runs it: on the private database, with the shipped content, and again.

use crate::support::Answer;
use crate::support::Browser;
use crate::support::Look;
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
        command.env("AVOW_CONTENT_DIR", content());
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
        ("learner", "/", "Acceptable Use Policy"),
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

#[tokio::test]
async fn in_a_database_that_is_given_it_says_in_plain_words_where_to_go() {
    let avow = crate::support::Avow::empty().await;
    let mut command = Command::new(env!("CARGO_BIN_EXE_avow"));
    command.args(["demo", "--port", "0", "--data-dir"]).arg(avow.folder.path().join("demo"));
    command.env("DATABASE_URL", &avow.settings["DATABASE_URL"]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.env("AVOW_CONTENT_DIR", content()).spawn().expect("the program starts");
    let lines = BufReader::new(child.stdout.take().expect("is piped")).lines().map_while(Result::ok);
    let mut said = Vec::new();
    for line in lines {
        said.push(line);
        if said.last().is_some_and(|line| line.starts_with("Stop it")) {
            break;
        }
    }
    let said = said.join("\n");
    let demo = Demo { child, said: Value::Null };
    let url = said.split("Avow is up: ").nth(1).and_then(|rest| rest.lines().next()).expect("an address").to_owned();
    for role in ["learner", "contractor", "manager", "hr", "compliance", "author", "auditor", "administrator"] {
        let link = said.lines().find_map(|line| line.trim().strip_prefix(role)).unwrap_or_else(|| panic!("no {role} in {said}"));
        let page = Visitor::new(&url).get(link.trim().strip_prefix(&url).expect("on this site")).await;
        assert!(page.status == 200 && page.says("This link signs in"), "{role}: {}", page.body);
    }
    let mails = said.split("Mails are files in ").nth(1).and_then(|rest| rest.lines().next()).expect("a folder");
    assert!(Path::new(mails).is_dir(), "{mails}");
    drop(demo);
    // A company as large and mixed as the real thing.
    let facts = "select (select count(*) from persons) || ' ' || (select count(distinct country) from engagements)
        || ' ' || (select count(distinct kind) > 2 from engagements) || ' ' || (select count(distinct coalesce(p.zone, l.zone)) > 4 from persons p
        join engagements e on e.person_id = p.id join locations l on l.id = e.location_id)
        || ' ' || (select count(*) > 9 from leaves) || ' ' || (select count(*) > 4 from engagements where ends_on < current_date)
        || ' ' || (select count(distinct language) > 1 from persons) || ' ' || (select count(*) > 20 from engagements where sponsor_id is not null)";
    assert_eq!(avow.one::<String>(facts).await, "240 5 true true true true true true");
}

fn content() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

const COURSES: [&str; 7] = [
    "after-an-incident",
    "annual-security-awareness",
    "contractor-essentials",
    "handling-privacy-requests",
    "joiners-first-day",
    "managers-duties",
    "secure-development",
];
const POLICIES: [&str; 11] = [
    "acceptable-use",
    "access-control",
    "ai-use",
    "clear-desk",
    "code-of-conduct",
    "confidentiality",
    "data-protection",
    "incident-reporting",
    "information-security",
    "remote-work",
    "supplier-contractor-security",
];

#[test]
fn the_library_that_ships_is_whole_in_both_languages_and_without_a_warning() {
    let catalogue = avow::content::load(&content(), chrono::NaiveDate::MIN).expect("has no error");
    assert!(catalogue.warnings.is_empty(), "{}", catalogue.warnings);
    let names: Vec<&str> = catalogue.contents.iter().map(|content| content.settings.id.as_str()).collect();
    assert_eq!(names, [&COURSES[..], &POLICIES[..]].concat());
    for content in &catalogue.contents {
        let settings = &content.settings;
        assert!(!settings.frameworks.is_empty(), "{}", settings.id);
        for language in ["en", "vi"] {
            let texts = content.texts.iter().filter(|text| text.language == language).collect::<Vec<_>>();
            let name = format!("{} in {language}", settings.id);
            if settings.kind == avow::content::ContentKind::Policy {
                assert!(settings.statement.as_ref().is_some_and(|statement| statement.words.contains_key(language)), "{name}");
                assert!(settings.owners.contains_key(language) && texts[0].source.contains("{#in-short}"), "{name}");
            } else {
                whole_course(&name, &texts);
            }
        }
    }
}

fn whole_course(name: &str, texts: &[&avow::content::Text]) {
    let lessons = texts.iter().filter(|text| text.part != "course" && text.part != "quiz").collect::<Vec<_>>();
    for lesson in &lessons {
        let minutes = lesson.document.minutes.expect("is counted");
        assert!((2..=4).contains(&minutes), "{name}: {} takes {minutes} minutes", lesson.part);
        let asks = lesson.document.questions().count() + lesson.document.scenarios().count();
        assert!(asks > 0 && lesson.source.contains("](https://"), "{name}: {} asks and names its sources", lesson.part);
    }
    let quiz = texts.iter().find(|text| text.part == "quiz").expect("a quiz");
    assert!(quiz.document.pools.iter().all(|pool| pool.questions.len() >= 2 * pool.draw), "{name}");
    let questions = quiz.document.pools.iter().flat_map(|pool| &pool.questions);
    assert!(questions.clone().any(|question| question.critical), "{name}");
    let scenes: usize = lessons.iter().map(|lesson| lesson.document.scenarios().count()).sum();
    assert!(scenes > 0 && lessons.len() >= 4, "{name}");
}

/// The pictures of the README: page and name, in light and dark. `script/screenshots` copies them into the documentation.
#[tokio::test]
async fn the_running_demo_is_pictured_for_the_readme() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("others may pass");
    let demo = Demo::start(folder.path());
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("pictures");
    std::fs::create_dir_all(&pictures).expect("a folder");
    let learner = demo.signed_in("learner").await;
    let browser = Browser::new(Look::DESK).await;
    let keep = async |name: &str| {
        browser.resize(1100).await;
        for (theme, dark) in [("light", false), ("dark", true)] {
            browser.darken(dark).await;
            let picture = browser.view().await;
            assert!(picture.len() > 20_000, "{name} is a picture of something");
            std::fs::write(pictures.join(format!("{name}-{theme}.png")), picture).expect("a picture");
        }
    };
    browser.open(demo.said["links"]["learner"].as_str().expect("a link")).await;
    browser.press("Sign in").await;
    browser.sees("Hello").await;
    keep("home").await;
    let home = learner.get("/").await;
    let course = address(&home, "/courses/");
    let page = learner.get(&course).await;
    learner.send(&page, &format!("{course}/start"), &[]).await;
    let page = learner.get(&course).await;
    let lessons: Vec<String> = page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect();
    let mut lessons: Vec<String> = lessons.into_iter().filter(|address| address.contains("/lessons/")).collect();
    lessons.dedup();
    for (place, lesson) in lessons.iter().enumerate() {
        let page = learner.get(lesson).await;
        if place == 1 {
            let check = checks(&page).remove(0);
            learner.send(&page, &check, &[("choice", "0")]).await;
            browser.open(&format!("{}{lesson}", demo.url())).await;
            browser.script("document.querySelector('.question').scrollIntoView()").await;
            browser.sees("Right").await;
            keep("lesson").await;
        }
        for check in checks(&page) {
            answer(&learner, lesson, &check).await;
        }
        learner.send(&page, &format!("{lesson}/finish"), &[]).await;
    }
    let page = learner.get(&course).await;
    let quiz = learner.send(&page, &format!("{course}/quiz"), &[]).await;
    browser.open(&format!("{}{}", demo.url(), quiz.location())).await;
    browser.sees("Hand in").await;
    keep("quiz").await;
    browser.open(&format!("{}{}", demo.url(), address(&home, "/attest/"))).await;
    browser.sees("Review and confirm").await;
    keep("policy").await;
    browser.open(demo.said["links"]["compliance"].as_str().expect("a link")).await;
    browser.press("Sign in").await;
    browser.sees("Hello, Claudia").await;
    browser.open(&format!("{}/reports", demo.url())).await;
    browser.sees("By department").await;
    keep("dashboard").await;
}

/// The first address of a page that starts so.
fn address(page: &Answer, start: &str) -> String {
    let rest = page.body.split(&format!("href=\"{start}")).nth(1).unwrap_or_else(|| panic!("no {start} in {}", page.body));
    format!("{start}{}", rest.split('"').next().unwrap_or_default())
}

/// Answers a knowledge check with its first choice, or walks a scenario to an end.
async fn answer(learner: &Visitor, lesson: &str, check: &str) {
    for _ in 0..12 {
        let page = learner.get(lesson).await;
        learner.send(&page, check, &[("choice", "0")]).await;
        let page = learner.get(lesson).await;
        let form = page.body.split(&format!("action=\"{check}\"")).nth(1).and_then(|rest| rest.split("</form>").next()).unwrap_or_default();
        if !form.contains("scenario__choices") || form.contains("class=\"feedback\"") {
            return;
        }
    }
    panic!("{check} does not end");
}

/// Where the knowledge checks of a lesson go.
fn checks(page: &Answer) -> Vec<String> {
    let actions = page.body.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next());
    actions.filter(|action| action.contains("/checks/")).map(str::to_owned).collect()
}
