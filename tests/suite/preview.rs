//! Stories of authors who look at their content folder while they write: `avow content preview`, through the real program.

use crate::support::Answer;
use crate::support::Axe;
use crate::support::Browser;
use crate::support::Look;
use crate::support::Visitor;
use crate::support::copy;
use crate::support::fixture;
use crate::support::until;
use nix::sys::signal::Signal;
use nix::sys::signal::kill;
use nix::unistd::Pid;
use reqwest::Method;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::BufRead;
use std::io::BufReader;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use tempfile::TempDir;

const LESSON: &str = "courses/safe-mail/en/01-links.md";
const LESSON_PAGE: &str = "/courses/safe-mail/lessons/01-links";
const CHECK: &str = "/courses/safe-mail/lessons/01-links/checks/parcel";
const SECOND: &str = "courses/safe-mail/en/02-attachments.md";
const SECOND_PAGE: &str = "/courses/safe-mail/lessons/02-attachments";
const QUIZ: &str = "/courses/safe-mail/quiz/1";

/// A scene with a good and a bad ending.
const SCENARIO: &str = "\n## A call {#caller .scenario}\n\nThe phone rings.\n\n- [Give the code](#gave)\n- [Hang up](#hung)\n
### You gave it {#gave .step}\n\nCONSEQUENCE-GAVE\n\n### You hung up {#hung .step .good}\n\nCONSEQUENCE-HUNG\n";

/// A preview of a content folder of its own, in a home of its own.
struct Preview {
    home: TempDir,
    /// Every file before it was started.
    before: BTreeMap<PathBuf, Vec<u8>>,
    child: Child,
    url: String,
    // Whoever reads nothing more of what it says would stop it from saying more.
    _says: BufReader<std::process::ChildStdout>,
}

impl Preview {
    /// Of the small content folder.
    fn new() -> Self {
        Self::with(|_| {})
    }

    /// Of the small content folder after some change.
    fn with(change: impl FnOnce(&Path)) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let content = home.path().join("content");
        copy(&fixture("content"), &content);
        change(&content);
        let before = everything(home.path());
        let mut child = Self::command(home.path(), &["content", "preview", "content", "--port", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut says = BufReader::new(child.stdout.take().expect("is piped"));
        let mut line = String::new();
        says.read_line(&mut line).expect("says something");
        let url = line.trim().rsplit_once(" at ").unwrap_or_else(|| panic!("said {line:?}")).1.to_owned();
        Self { home, before, child, url, _says: says }
    }

    /// No settings but the folder it is started in.
    fn command(home: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_avow"));
        command.args(arguments).env_clear().env("HOME", home).current_dir(home).stdin(Stdio::null());
        command
    }

    fn visitor(&self) -> Visitor {
        Visitor::new(&self.url)
    }

    fn path(&self, file: &str) -> PathBuf {
        self.home.path().join("content").join(file)
    }

    fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(file), text).expect("a file");
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(file)).expect("a text");
        assert!(text.contains(from), "{file} has no {from}");
        self.write(file, text.replace(from, to));
    }

    /// Does something to the folder, and waits until the preview tells those who look at it.
    async fn after(&self, change: impl FnOnce()) {
        let author = self.visitor();
        let since = revision(&author.get("/").await);
        change();
        assert_ne!(changes(&author, &since).await, since, "a save is told");
    }

    fn end(&mut self) -> Option<i32> {
        kill(Pid::from_raw(i32::try_from(self.child.id()).expect("a process")), Signal::SIGTERM).expect("hears signals");
        self.child.wait().expect("ends").code()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Which state of the folder a page shows.
fn revision(page: &Answer) -> String {
    page.body.split("data-revision=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a state").to_owned()
}

/// Waits for another state than that one; which one it is.
async fn changes(author: &Visitor, since: &str) -> String {
    let answer = author.get(&format!("/changes?since={since}")).await;
    let told: Value = serde_json::from_str(&answer.body).expect("JSON");
    told["revision"].to_string()
}

/// What readers see, without the notes beside it.
fn learners(page: &Answer) -> &str {
    page.body.split("<section class=\"author").next().unwrap_or_default()
}

/// The notes beside a page.
fn notes(page: &Answer) -> &str {
    page.body.split("<section class=\"author").nth(1).unwrap_or_default()
}

fn has(text: &str, words: &[&str]) {
    let text = text.replace("&#x3D;", "=").replace("&#x27;", "'").replace("&quot;", "\"");
    for word in words {
        assert!(text.contains(word), "no {word:?} in {text}");
    }
}

#[tokio::test]
async fn the_first_page_shows_everything_with_its_state_and_figures() {
    let preview = Preview::new();
    let page = preview.visitor().get("/").await;
    assert_eq!(page.status, 200);
    has(&page.body, &["Safe mail", "Clear desk", "Halden Works", "security@halden.example", "Tiếng Việt", "6 warnings", " syllables, "]);
    has(&page.body, &["pool-small", "courses/safe-mail/en/quiz.md:", "href=\"/courses/safe-mail/quiz/1?language=vi\""]);
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'none'; script-src 'nonce-") && !policy.contains("unsafe"), "{policy}");
    for (name, value) in [("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("cache-control", "no-store")] {
        assert_eq!(page.header(name), Some(value), "{name}");
    }
    assert!(!page.body.contains(" style=") && !page.body.contains("onclick"));
}

#[tokio::test]
async fn a_course_is_taken_as_learners_take_it_and_no_key_comes_before_an_answer() {
    let preview = Preview::with(|content| {
        for language in ["en", "vi"] {
            let file = content.join(format!("courses/safe-mail/{language}/02-attachments.md"));
            fs::write(&file, fs::read_to_string(&file).expect("a text") + SCENARIO).expect("a text");
        }
    });
    let author = preview.visitor();
    let course = author.get("/courses/safe-mail").await;
    has(learners(&course), &["Welcome to Halden Works.", "Start the course", "about 2 minutes"]);
    let started = author.send(&course, "/courses/safe-mail/start", &[]).await;
    assert_eq!(started.location(), LESSON_PAGE);
    let lesson = author.get(LESSON_PAGE).await;
    has(learners(&lesson), &["Report to security@halden.example.", "A parcel is held.", "lesson 1 of 2"]);
    assert!(!lesson.body.contains("FEEDBACK") && !lesson.body.contains("EXPLANATION") && !lesson.body.contains("choice--right"));
    let refused = author.send(&lesson, "/courses/safe-mail/lessons/01-links/finish", &[]).await;
    assert_eq!(refused.status, 422);
    has(learners(&refused), &["Answer the questions of this lesson first"]);
    assert_eq!(author.send(&lesson, CHECK, &[]).await.status, 422, "nothing was chosen");
    let answered = author.send(&lesson, CHECK, &[("choice", "0")]).await;
    assert_eq!(answered.location(), format!("{LESSON_PAGE}#a-parcel"));
    let wrong = author.follow(&answered).await;
    has(learners(&wrong), &["Not quite.", "FEEDBACK-TAP", "EXPLANATION-PARCEL"]);
    assert!(!wrong.body.contains("FEEDBACK-REPORT"), "the other answer's feedback was not earned");
    let right = author.follow(&author.send(&wrong, CHECK, &[("choice", "1")]).await).await;
    has(learners(&right), &["That is right.", "FEEDBACK-REPORT"]);
    let second = author.send(&right, "/courses/safe-mail/lessons/01-links/finish", &[]).await;
    assert_eq!(second.location(), SECOND_PAGE);
    let caller = "/courses/safe-mail/lessons/02-attachments/checks/caller";
    let scene = author.get(SECOND_PAGE).await;
    has(learners(&scene), &["The phone rings.", "Hang up"]);
    assert!(!scene.body.contains("CONSEQUENCE"));
    let gave = author.follow(&author.send(&scene, caller, &[("choice", "0")]).await).await;
    has(learners(&gave), &["CONSEQUENCE-GAVE", "This could have ended better."]);
    let hung = author.follow(&author.send(&gave, caller, &[("choice", "1")]).await).await;
    has(learners(&hung), &["CONSEQUENCE-HUNG", "A good ending."]);
    let done = author.send(&hung, "/courses/safe-mail/lessons/02-attachments/finish", &[]).await;
    let course = author.follow(&done).await;
    has(learners(&course), &["2 of 2 lessons done", "Go to the quiz"]);
    let forgotten = author.send(&course, "/courses/safe-mail/forget", &[]).await;
    has(learners(&author.follow(&forgotten).await), &["Start the course"]);
    assert!(!author.get(LESSON_PAGE).await.body.contains("FEEDBACK"), "what was answered is forgotten");
}

/// The right answer of each question of the quiz.
const RIGHT: [(&str, &[&str]); 6] =
    [("sender", &["0"]), ("target", &["1"]), ("haste", &["0", "1"]), ("help", &["0"]), ("typed", &["0"]), ("keep", &["0"])];

/// The answers to the questions of a paper, all right or all wrong.
fn filled(page: &Answer, well: bool) -> Vec<(String, &'static str)> {
    let asked = RIGHT.iter().filter(|(id, _)| page.body.contains(&format!("id=\"q-{id}\"")));
    let wrong = |id: &str| {
        if ["target"].contains(&id) {
            "0"
        } else if id == "haste" {
            "2"
        } else {
            "1"
        }
    };
    let answers =
        asked.flat_map(|(id, right)| if well { right.iter().map(|place| (*id, *place)).collect() } else { vec![(*id, wrong(id))] });
    answers.map(|(id, place)| (format!("q-{id}"), place)).collect()
}

fn pairs<'a>(filled: &'a [(String, &'a str)]) -> Vec<(&'a str, &'a str)> {
    filled.iter().map(|(name, value)| (name.as_str(), *value)).collect()
}

#[tokio::test]
async fn a_paper_is_drawn_by_its_number_answered_and_marked() {
    let preview = Preview::new();
    let author = preview.visitor();
    let paper = author.get(QUIZ).await;
    has(learners(&paper), &["Safe mail quiz", "attempt 1"]);
    has(notes(&paper), &["drawn with the number 1", "href=\"/courses/safe-mail/quiz/2\""]);
    for secret in ["choice--right", "Names are typed by the sender.", "Every minute counts."] {
        assert!(!paper.body.contains(secret), "{secret}");
    }
    let asked = |page: &Answer| RIGHT.iter().map(|(id, _)| page.body.find(&format!("id=\"q-{id}\""))).collect::<Vec<_>>();
    assert_eq!(asked(&paper).iter().flatten().count(), 4);
    assert_eq!(asked(&paper), asked(&preview.visitor().get(QUIZ).await), "the same number gives the same paper");
    let mut others = Vec::new();
    for number in 2..8 {
        others.push(asked(&author.get(&format!("/courses/safe-mail/quiz/{number}")).await));
    }
    assert!(others.iter().any(|other| *other != asked(&paper)), "other numbers draw other papers");
    let missing = author.send(&paper, QUIZ, &[("action", "submit")]).await;
    assert_eq!(missing.status, 422);
    has(learners(&missing), &["Some questions have no answer yet"]);
    let wrong = filled(&paper, false);
    let failed = author.follow(&author.send(&paper, QUIZ, &pairs(&wrong)).await).await;
    has(learners(&failed), &["Not passed yet", "0 of 4 right", "choice--right", "Every minute counts."]);
    let again = author.send(&failed, "/courses/safe-mail/quiz", &[]).await;
    assert_eq!(again.location(), "/courses/safe-mail/quiz/2");
    let paper = author.follow(&again).await;
    let right = filled(&paper, true);
    let passed = author.follow(&author.send(&paper, "/courses/safe-mail/quiz/2", &pairs(&right)).await).await;
    has(learners(&passed), &["Passed", "4 of 4 right"]);
    let all = author.get("/courses/safe-mail/questions").await;
    has(learners(&all), &["FEEDBACK-TAP", "FEEDBACK-REPORT", "EXPLANATION-PARCEL", "Names are typed by the sender.", "has to be right"]);
    has(learners(&all), &["An attempt draws 2 of these."]);
    assert_eq!(learners(&all).matches("choice--right").count(), 8, "each right answer is marked");
}

#[tokio::test]
async fn a_policy_is_read_and_signed_and_nothing_is_recorded() {
    let preview = Preview::new();
    let author = preview.visitor();
    let page = author.get("/policies/clear-desk").await;
    has(learners(&page), &["Clear desk", "Review and confirm"]);
    let statement = fs::read_to_string(preview.path("policies/clear-desk/policy.toml")).expect("settings");
    let statement = statement.lines().find_map(|line| line.strip_prefix("en = ")).expect("a statement").trim_matches('"').to_owned();
    has(notes(&page), &[&statement, "Statement"]);
    let review = author.follow(&author.send(&page, "/attest/clear-desk/review", &[]).await).await;
    has(learners(&review), &[&statement, "sha256:"]);
    let refused = author.send(&review, "/attest/clear-desk", &[("response", "attest")]).await;
    assert_eq!(refused.status, 422);
    has(learners(&refused), &["Tick the box"]);
    let signed = author.send(&review, "/attest/clear-desk", &[("response", "attest"), ("agree", "yes")]).await;
    has(learners(&signed), &["Nothing was signed or recorded."]);
    let back = author.get("/attest/clear-desk").await;
    assert_eq!(back.location(), "/policies/clear-desk");
}

#[tokio::test]
async fn the_language_changes_by_the_form_of_the_frame_and_by_the_address() {
    let preview = Preview::new();
    let author = preview.visitor();
    let page = author.get(LESSON_PAGE).await;
    let changed = author.send(&page, "/language", &[("language", "vi")]).await;
    assert_eq!(changed.location(), LESSON_PAGE);
    let page = author.follow(&changed).await;
    has(&page.body, &["<html lang=\"vi\">", "Bưu kiện bị giữ. Bạn làm gì?", "Ghi chú cho người soạn", "courses/safe-mail/vi/01-links.md"]);
    has(notes(&page), &["âm tiết", &format!("href=\"{LESSON_PAGE}?language=en\"")]);
    let page = author.get(&format!("{LESSON_PAGE}?language=en")).await;
    has(&page.body, &["<html lang=\"en\">", "A parcel is held."]);
    assert_eq!(page.field("back"), LESSON_PAGE, "the form of the frame changes the language even so");
    has(&author.get("/policies/clear-desk").await.body, &["<html lang=\"en\">"]);
    let form = Visitor::form(&page, "/language", &[("language", "vi")]).replace("back=%2Fcourses", "back=%2F%2Fevil.example%2Fcourses");
    let foreign = author.ask(Method::POST, "/language", &[("sec-fetch-site", "same-origin")], Some(form)).await;
    assert_eq!(foreign.location(), "/", "nobody is sent to another site");
}

#[tokio::test]
async fn what_is_wrong_stands_beside_the_text_with_its_line() {
    let preview = Preview::new();
    let author = preview.visitor();
    has(notes(&author.get(LESSON_PAGE).await), &["nothing wrong", LESSON]);
    preview.after(|| preview.edit(LESSON, "Take your time.", "Take your time, ${org.nme}. <b>Bold</b>")).await;
    let page = author.get(LESSON_PAGE).await;
    let text = fs::read_to_string(preview.path(LESSON)).expect("a text");
    let line = text.lines().position(|line| line.contains("${org.nme}")).expect("is there") + 1;
    has(notes(&page), &["one error", "<code>variable</code>", &format!(">en/01-links.md:{line}:17<"), "stands for nothing"]);
    has(notes(&page), &["<mark>${org.nme}</mark>", "use the keys of organisation.toml", "<code>raw-html</code>", "are replaced once"]);
    let other = author.get(SECOND_PAGE).await;
    assert!(!notes(&other).contains("org.nme"), "other files have their own notes");
    has(notes(&other), &["href=\"/courses/safe-mail\">In the other files"]);
    has(notes(&author.get("/courses/safe-mail").await), &["org.nme"]);
    preview.after(|| preview.edit("policies/clear-desk/policy.toml", "review_by = 2", "review_by = 1")).await;
    has(notes(&author.get("/policies/clear-desk").await), &["review-overdue", ">policy.toml:7:1<", "<mark>review_by = 1"]);
    let long = "Whosoever endeavours to communicate electronically necessarily acknowledges organisational responsibilities. ".repeat(20);
    preview.after(|| preview.edit(LESSON, "Take your time, ${org.nme}. <b>Bold</b>", &long)).await;
    let page = author.get(LESSON_PAGE).await;
    has(notes(&page), &["reading-level", "hard to read", "Flesch-Kincaid, 1975", "goal: grade 9 at most", "about 2 minutes", " words"]);
}

#[tokio::test]
async fn a_save_is_seen_without_a_new_start() {
    let preview = Preview::new();
    let author = preview.visitor();
    let since = revision(&author.get(LESSON_PAGE).await);
    // Somebody waits before the save comes.
    let waiting = tokio::spawn({
        let (author, since) = (author.clone(), since.clone());
        async move { changes(&author, &since).await }
    });
    preview.edit(LESSON, "Take your time.", "SAVED-WORDS");
    assert_ne!(waiting.await.expect("is answered"), since);
    has(learners(&author.get(LESSON_PAGE).await), &["SAVED-WORDS"]);
    // As most editors save: beside it, then in its place.
    preview
        .after(|| {
            preview.write("courses/safe-mail/en/.01-links.md.new", "---\ntitle: Renamed\n---\n\nAnother text.\n");
            fs::rename(preview.path("courses/safe-mail/en/.01-links.md.new"), preview.path(LESSON)).expect("moves");
        })
        .await;
    has(learners(&author.get(LESSON_PAGE).await), &["Renamed", "Another text."]);
    preview.after(|| preview.edit("organisation.toml", "Halden Works", "Other Works")).await;
    has(&author.get("/courses/safe-mail").await.body, &["Welcome to Other Works.", "<span>Other Works</span>"]);
}

#[tokio::test]
async fn a_broken_folder_is_shown_as_it_is_and_recovers() {
    let preview = Preview::new();
    let author = preview.visitor();
    let whole = fs::read_to_string(preview.path(LESSON)).expect("a text");
    preview.after(|| preview.write(LESSON, whole.replace("title: Links", "titel: Links"))).await;
    let page = author.get(LESSON_PAGE).await;
    assert_eq!(page.status, 200);
    has(&page.body, &["Cannot be shown", "front-matter", "en/01-links.md:2:1", "titel: Links", "data-revision"]);
    has(&author.get("/courses/safe-mail").await.body, &["Welcome to Halden Works.", "This language is not complete.", LESSON]);
    preview.after(|| fs::remove_file(preview.path(LESSON)).expect("was there")).await;
    preview.after(|| fs::remove_file(preview.path("courses/safe-mail/vi/01-links.md")).expect("was there")).await;
    let page = author.get(LESSON_PAGE).await;
    assert_eq!(page.status, 404);
    has(&page.body, &["There is no such text", "data-revision"]);
    preview.after(|| std::os::unix::fs::symlink("/etc/passwd", preview.path(LESSON)).expect("a link")).await;
    let page = author.get(LESSON_PAGE).await;
    assert!(!page.body.contains("root:"), "no link is followed");
    has(&page.body, &["is a link", LESSON]);
    preview.after(|| fs::remove_file(preview.path(LESSON)).expect("was there")).await;
    let organisation = fs::read_to_string(preview.path("organisation.toml")).expect("settings");
    preview.after(|| preview.write("organisation.toml", "name = [")).await;
    has(&author.get("/").await.body, &["organisation.toml:1", "settings", "There is no course to show."]);
    has(&author.get("/courses/safe-mail").await.body, &["There is no such text", "organisation.toml:1"]);
    preview.after(|| preview.write("organisation.toml", organisation)).await;
    preview.after(|| preview.write("courses/safe-mail/course.toml", b"\xff\xfe")).await;
    has(&author.get("/courses/safe-mail").await.body, &["file-encoding", "course.toml:1"]);
    assert_eq!(author.get(QUIZ).await.status, 200, "texts are shown whatever is wrong with the settings");
    preview.after(|| fs::rename(preview.path("courses"), preview.home.path().join("away")).expect("moves")).await;
    assert_eq!(author.get(QUIZ).await.status, 404);
    preview.after(|| fs::rename(preview.home.path().join("away"), preview.path("courses")).expect("moves")).await;
    preview.after(|| preview.write(LESSON, whole)).await;
    has(learners(&author.get(LESSON_PAGE).await), &["Take your time."]);
    fs::remove_dir_all(preview.path("")).expect("was there");
    let gone = until("the folder is gone", async || Some(author.get("/").await).filter(|page| page.body.contains("is not a folder"))).await;
    assert_eq!(gone.status, 200);
}

#[tokio::test]
async fn a_missing_translation_is_said_and_a_stale_one_shown() {
    let preview = Preview::new();
    let author = preview.visitor();
    has(notes(&author.get(LESSON_PAGE).await), &["nobody recorded what it was translated from", "the others are translated from it"]);
    preview
        .after(|| {
            let output = Preview::command(preview.home.path(), &["content", "translated", "--path", "content"]).output().expect("runs");
            assert!(output.status.success());
        })
        .await;
    has(notes(&author.get(LESSON_PAGE).await), &["up to date"]);
    preview.after(|| preview.edit(LESSON, "Take your time.", "Take all the time you need.")).await;
    let page = author.get(&format!("{LESSON_PAGE}?language=vi")).await;
    has(notes(&page), &["cũ hơn bản gốc", "Dòng 22", "<q lang=\"vi\">Cứ từ từ.</q>", "was changed after it was translated"]);
    preview.after(|| fs::remove_file(preview.path("courses/safe-mail/vi/02-attachments.md")).expect("was there")).await;
    let page = author.get(&format!("{SECOND_PAGE}?language=vi")).await;
    has(&page.body, &["<html lang=\"vi\">", "Open an attachment only if you expect it.", "Chưa có văn bản bằng tiếng Việt", SECOND]);
    let page = author.get(LESSON_PAGE).await;
    has(&page.body, &["Cứ từ từ.", "Ngôn ngữ này chưa đầy đủ."]);
}

#[tokio::test]
async fn pictures_and_videos_are_served_and_never_run() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let video = [b"\0\0\0\x18ftypisom".as_slice(), &[7; 988]].concat();
    let preview = Preview::with(|content| {
        let assets = content.join("courses/safe-mail/assets");
        fs::create_dir(&assets).expect("a folder");
        fs::write(assets.join("logo.svg"), svg).expect("a file");
        fs::write(assets.join("clip.mp4"), &video).expect("a file");
        fs::write(assets.join("clip.en.vtt"), "WEBVTT\n").expect("a file");
        let file = content.join(SECOND);
        let text = fs::read_to_string(&file).expect("a text");
        fs::write(file, text + "\n![Our logo](../assets/logo.svg)\n\n![A clip](../assets/clip.mp4)\n").expect("a text");
    });
    let author = preview.visitor();
    let page = author.get(SECOND_PAGE).await;
    let address = |name: &str| {
        let start = page.body.split("\"/content/").skip(1).find(|rest| rest.split('"').next().is_some_and(|path| path.ends_with(name)));
        format!("/content/{}", start.unwrap_or_else(|| panic!("no {name} in {}", page.body)).split('"').next().expect("an address"))
    };
    let picture = author.get(&address("logo.svg")).await;
    assert_eq!((picture.status, picture.body.as_str(), picture.header("content-type")), (200, svg, Some("image/svg+xml")));
    let policy = picture.header("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("sandbox") && !policy.contains("script"), "{policy}");
    assert_eq!(author.download(&address("clip.mp4")).await, video);
    assert_eq!(author.get(&address("clip.en.vtt")).await.body, "WEBVTT\n");
    let piece = author.ask(Method::GET, &address("clip.mp4"), &[("range", "bytes=4-7")], None).await;
    assert_eq!((piece.status, piece.body.as_str(), piece.header("content-range")), (206, "ftyp", Some("bytes 4-7/1000")));
    assert_eq!(author.ask(Method::GET, &address("clip.mp4"), &[("range", "bytes=1000-")], None).await.status, 416);
    assert_eq!(author.get(&address("logo.svg").replace("logo.svg", "clip.mp4")).await.status, 404);
    assert_eq!(author.get("/content/00/..%2f..%2forganisation.toml").await.status, 404);
}

#[tokio::test]
async fn hostile_content_is_as_inert_as_on_the_real_pages() {
    let hostile = "<script>alert(1)</script>\n\n[go](javascript:alert(1)) {{7*7}} {{{frame.csrf}}} <img src=x onerror=alert(1)>\n";
    let preview = Preview::with(|content| {
        let text = format!("---\ntitle: '<script>alert(2)</script>'\nsummary: '{{{{frame.csrf}}}}'\n---\n\n{hostile}");
        fs::write(content.join(LESSON), &text).expect("a text");
        fs::write(content.join("policies/clear-desk/en.md"), text).expect("a text");
        fs::create_dir(content.join("courses").join("\"><script>alert(3)")).expect("a folder");
    });
    let author = preview.visitor();
    for path in ["/", "/courses/safe-mail", LESSON_PAGE, "/policies/clear-desk", "/attest/clear-desk/review", "/courses/%3Cscript%3E"] {
        let body = author.get(path).await.body;
        assert!(!body.contains("<script>") && !body.contains("<img") && !body.contains("href=\"javascript"), "{path}: {body}");
        assert!(!body.contains(">49<"), "{path}");
    }
    has(learners(&author.get(LESSON_PAGE).await), &["{{7*7}}", "{{{frame.csrf}}}"]);
    let page = author.get(LESSON_PAGE).await;
    let forged = author
        .ask(
            Method::POST,
            "/courses/safe-mail/forget",
            &[("sec-fetch-site", "cross-site")],
            Some(Visitor::form(&page, "/courses/safe-mail/forget", &[])),
        )
        .await;
    assert_eq!(forged.status, 403, "other sites change nothing here");
}

/// Every file below a folder with its bytes.
fn everything(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() {
            found.extend(everything(&entry.path()));
        } else {
            found.insert(entry.path(), fs::read(entry.path()).expect("a file"));
        }
    }
    found
}

#[tokio::test]
async fn it_is_for_this_machine_alone_writes_nothing_and_ends_when_told() {
    let mut preview = Preview::new();
    let author = preview.visitor();
    let port = preview.url.rsplit_once(':').expect("a port").1.parse::<u16>().expect("a number");
    let sockets = ["/proc/net/tcp", "/proc/net/tcp6"].map(|file| fs::read_to_string(file).unwrap_or_default()).concat();
    let listening = sockets.lines().filter_map(|line| {
        let mut words = line.split_whitespace().skip(1);
        let (local, state) = (words.next()?, words.nth(1)?);
        (state == "0A" && local.ends_with(&format!(":{port:04X}"))).then(|| local.to_owned())
    });
    assert_eq!(listening.collect::<Vec<_>>(), [format!("0100007F:{port:04X}")], "127.0.0.1 and nothing else");
    let foreign = author.ask(Method::GET, "/", &[("host", "evil.example")], None).await;
    assert_eq!(foreign.status, 421, "another site whose name points here is not answered");
    assert!(!foreign.body.contains("Safe mail"));
    let second =
        Preview::command(preview.home.path(), &["content", "preview", "content", "--port", &port.to_string()]).output().expect("runs");
    assert_eq!(second.status.code(), Some(2));
    has(&String::from_utf8_lossy(&second.stderr), &[&format!("127.0.0.1:{port}"), "--port"]);
    let page = author.get(QUIZ).await;
    let given = filled(&page, true);
    author.send(&page, QUIZ, &pairs(&given)).await;
    let since = revision(&page);
    let waiting = tokio::spawn({
        let author = author.clone();
        async move { author.try_ask(Method::GET, &format!("/changes?since={since}"), &[], None).await }
    });
    // The question is in the program's hands before it is told to end.
    author.get("/").await;
    assert_eq!(preview.end(), Some(0));
    let _ = waiting.await.expect("comes to an end");
    assert!(everything(preview.home.path()) == preview.before, "nothing was written");
}

/// What axe finds wrong, and what sticks out of a narrow screen.
async fn wrong(browser: &Browser, axe: &Axe, name: &str) -> Vec<String> {
    let mut wrong = axe.findings(browser).await;
    let script = "return document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
        .filter((found) => found.getBoundingClientRect().right > innerWidth + .5).map((found) => 'too wide: ' + found.outerHTML.slice(0, 120))";
    let wide: Vec<String> = serde_json::from_value(browser.script(script).await).expect("words");
    wrong.extend(wide);
    wrong.into_iter().map(|what| format!("{name}: {what}")).collect()
}

#[tokio::test]
async fn an_author_sees_each_save_where_they_were_reading() {
    let preview = Preview::with(|content| {
        let file = content.join(LESSON);
        let text = fs::read_to_string(&file).expect("a text") + "\nA paragraph to read on.\n".repeat(60).as_str();
        fs::write(file, text).expect("a text");
    });
    let browser = Browser::new(Look::DESK).await;
    browser.open(&format!("{}{LESSON_PAGE}#q-parcel", preview.url)).await;
    browser.sees("This page follows what you save.").await;
    browser.script("scrollTo(0, 900)").await;
    preview.edit(LESSON, "Take your time.", "Take all the time you need.");
    browser.sees("Take all the time you need.").await;
    until("the page is where it was", async || (browser.script("return scrollY").await == 900).then_some(())).await;
    preview.edit(LESSON, "title: Links", "titel: Links");
    browser.sees("Cannot be shown").await;
    preview.edit(LESSON, "titel: Links", "title: Links");
    browser.sees("Take all the time you need.").await;
    // A page that answers a form is shown anew too, and the form is not sent again.
    browser.press("Answer").await;
    browser.sees("Choose an answer").await;
    preview.edit(LESSON, "Take all the time you need.", "SAVED-AGAIN");
    browser.sees("SAVED-AGAIN").await;
    let said = browser.console().await.into_iter().filter(|line| !line.contains("Failed to load resource"));
    assert_eq!(said.collect::<Vec<_>>(), Vec::<String>::new());
}

#[tokio::test]
async fn without_javascript_pages_work_and_say_that_they_stay_as_they_are() {
    let preview = Preview::new();
    let browser = Browser::new(Look::PLAIN).await;
    browser.open(&format!("{}{LESSON_PAGE}", preview.url)).await;
    browser.sees("Reload this page by hand after you save.").await;
    browser.choose(".question", "Tap the link").await;
    browser.press("Answer").await;
    browser.sees("FEEDBACK-TAP").await;
}

#[tokio::test]
async fn every_page_can_be_used_by_everybody() {
    let preview = Preview::with(|content| {
        let change = |file: &str, from: &str, to: &str| {
            let text = fs::read_to_string(content.join(file)).expect("a text");
            fs::write(content.join(file), text.replace(from, to)).expect("a text");
        };
        change(LESSON, "Take your time.", "Take your time, ${org.nme}, with [here](#nowhere). <b>Bold</b>");
        change("policies/clear-desk/policy.toml", "review_by = 2", "review_by = 1");
        for language in ["en", "vi"] {
            let file = content.join(format!("courses/safe-mail/{language}/02-attachments.md"));
            fs::write(&file, fs::read_to_string(&file).expect("a text") + SCENARIO).expect("a text");
        }
    });
    let (browser, axe) = (Browser::new(Look::DESK).await, Axe::get().await);
    axe.enter(&browser).await;
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots");
    fs::create_dir_all(&pictures).expect("a folder");
    let pages = [
        ("start", "/"),
        ("course", "/courses/safe-mail"),
        ("lesson", LESSON_PAGE),
        ("scenario", SECOND_PAGE),
        ("quiz", QUIZ),
        ("questions", "/courses/safe-mail/questions"),
        ("policy", "/policies/clear-desk"),
        ("statement", "/attest/clear-desk/review"),
        ("gone", "/courses/safe-mail/lessons/99-gone"),
    ];
    let mut all = Vec::new();
    for language in ["en", "vi"] {
        for (name, path) in pages {
            browser.open(&format!("{}{path}?language={language}", preview.url)).await;
            for (width, dark) in [(1280, false), (320, true)] {
                browser.resize(width).await;
                browser.darken(dark).await;
                let name = format!("preview-{name}-{language}-{width}");
                all.extend(wrong(&browser, axe, &name).await);
                fs::write(pictures.join(format!("{name}.png")), browser.picture().await).expect("a picture");
            }
            browser.script("document.querySelectorAll('details').forEach((one) => { one.open = true; })").await;
            all.extend(wrong(&browser, axe, &format!("{name} with all open ({language})")).await);
        }
    }
    assert!(all.is_empty(), "{} findings:\n{}", all.len(), all.join("\n"));
}
