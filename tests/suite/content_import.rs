//! Other people's markdown: what comes in, what is told about it, and that nothing is lost or written by half.

use crate::support::MONDAY;
use crate::support::copy;
use crate::support::fixture;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// A folder of somebody else's, and a content folder to bring it into.
struct Import(TempDir);

/// What the program said.
struct Answer {
    status: Option<i32>,
    out: String,
    err: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }
}

impl Import {
    fn of(name: &str) -> Self {
        let import = Self::empty();
        copy(&fixture("import").join(name), &import.path("source"));
        import
    }

    fn empty() -> Self {
        let import = Self(tempfile::tempdir().expect("a folder"));
        fs::create_dir(import.path("source")).expect("a folder");
        fs::write(import.path("clock"), MONDAY).expect("a clock");
        import
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn avow(&self, arguments: &[&str]) -> Answer {
        let mut command = Command::new(env!("CARGO_BIN_EXE_avow"));
        command.current_dir(self.0.path()).env("AVOW_ENVIRONMENT", "test").env("AVOW_TEST_CLOCK", self.path("clock"));
        command.env("AVOW_MAIL_FROM", "Halden <training@halden.example>");
        let output = command.arg("content").args(arguments).output().expect("the program starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Answer { status: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    fn import(&self, more: &[&str]) -> Answer {
        self.avow(&[&["import", "source", "--to", "content"], more].concat())
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path("content").join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// All files of the content folder, with their texts.
    fn written(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        collect(&self.path("content"), "", &mut files);
        files
    }

    /// The errors of `avow content check`, but for those who are not known: owner and approver.
    fn errors(&self) -> Vec<String> {
        let answer = self.avow(&["check", "content"]);
        let said = format!("{}{}", answer.out, answer.err);
        let about = |line: &&str| (line.contains(": error[") || line.contains("[raw-html]")) && !line.contains("missing field");
        said.lines().filter(about).map(str::to_owned).collect()
    }
}

fn collect(folder: &Path, name: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let own = format!("{name}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{own}/"), files);
        } else {
            files.insert(own, fs::read_to_string(entry.path()).expect("text"));
        }
    }
}

#[test]
fn policies_of_seven_dialects_come_in_and_read_as_they_should() {
    let import = Import::of("policies");
    let answer = import.import(&[]);
    assert_eq!(answer.status, Some(0), "{}{}", answer.out, answer.err);
    assert_eq!(import.errors(), Vec::<String>::new());
    let files: Vec<String> = import.written().into_iter().map(|(name, text)| format!("== {name}\n{text}")).collect();
    insta::assert_snapshot!("what_is_written", files.join("\n"));
    insta::assert_snapshot!("what_is_said", answer.out);
}

#[test]
fn the_report_for_programs_tells_each_file_with_its_notes() {
    let import = Import::of("policies");
    let report = import.import(&["--format", "json"]).json();
    let files = report["files"].as_array().expect("files");
    let names: Vec<&str> = files.iter().filter_map(|file| file["source"].as_str()).collect();
    assert_eq!(
        names,
        [
            "laptops.md",
            "people/README.md",
            "people/checklist.md.tmpl",
            "remote-work.md",
            "reporting.mdx",
            "retention.md",
            "suppliers.markdown"
        ]
    );
    for file in files {
        let (before, after) = (file["words_in"].as_u64().expect("a number"), file["words_out"].as_u64().expect("a number"));
        assert!(before > 0 && after > 0, "{file}");
        let notes = file["notes"].as_array().expect("notes");
        assert!(notes.iter().all(|note| note["kind"] != "words-lost"), "{file}");
        assert!(notes.iter().all(|note| note["help"].as_str().is_some_and(|help| !help.is_empty())), "{file}");
    }
    let readme = &files[1];
    assert_eq!(readme["target"], "policies/people");
    assert_eq!(readme["title"], "People");
    let officer = readme["notes"].as_array().and_then(|notes| notes.iter().find(|note| note["line"] == 5)).expect("a note");
    assert_eq!(officer["message"], "`{{securityLead}}` became [securityLead]");
    assert_eq!(report["organisation_written"], true);
}

#[test]
fn what_was_imported_stays_as_it_is_when_it_is_imported_again() {
    let import = Import::of("policies");
    import.import(&[]);
    let again = Import::empty();
    for (name, text) in import.written().iter().filter(|(name, _)| name.ends_with(".md")) {
        // All lie in one folder there.
        let text = text.replace("](../", "](").replace("/en.md", ".md");
        fs::write(again.path("source").join(name.replace("policies/", "").replace("/en", "")), text).expect("a file");
    }
    assert_eq!(again.import(&[]).status, Some(0));
    for (name, text) in import.written().iter().filter(|(name, _)| name.ends_with(".md")) {
        assert_eq!(&again.read(name), text, "{name}");
    }
}

#[test]
fn what_is_there_is_never_changed_and_the_others_come_in() {
    let import = Import::of("policies");
    copy(&fixture("content"), &import.path("content"));
    fs::create_dir_all(import.path("content/policies/retention")).expect("a folder");
    fs::write(import.path("content/policies/retention/en.md"), "Mine.").expect("a file");
    let before = import.read("organisation.toml");
    let answer = import.import(&["--language", "vi"]);
    assert_eq!(answer.status, Some(1), "{}", answer.err);
    assert!(answer.out.contains("retention.md: refused\n") && answer.out.contains("policies/retention is there already"), "{}", answer.out);
    assert!(answer.out.contains("6 file(s) brought in, 1 refused"), "{}", answer.out);
    assert_eq!(import.read("policies/retention/en.md"), "Mine.");
    assert_eq!(import.read("organisation.toml"), before);
    let written = import.written();
    assert!(written.contains_key("policies/laptops/vi.md") && !written.keys().any(|name| name.contains("/.")), "{:?}", written.keys());
    // In every language of the organisation, with the prevailing one the text's.
    let settings = import.read("policies/people/policy.toml");
    assert!(settings.contains("prevailing_language = \"vi\"") && settings.contains("“People”"), "{settings}");
    assert!(settings.lines().any(|line| line.starts_with("vi = \"Tôi")) && settings.lines().any(|line| line.starts_with("en = \"I ")));
}

#[test]
fn names_that_clash_get_numbers_and_what_is_no_text_is_refused() {
    let import = Import::of("odd");
    std::os::unix::fs::symlink(import.path("clock"), import.path("source/link.md")).expect("a link");
    fs::write(import.path("source/large.md"), "word ".repeat(300_000)).expect("a file");
    fs::write(import.path("source/.hidden.md"), "word").expect("a file");
    let answer = import.import(&["--format", "json"]);
    assert_eq!(answer.status, Some(1), "{}", answer.err);
    let report = answer.json();
    let targets: Vec<(&str, Option<&str>)> = report["files"]
        .as_array()
        .expect("files")
        .iter()
        .map(|file| (file["source"].as_str().expect("a name"), file["target"].as_str()))
        .collect();
    assert_eq!(
        targets,
        [
            ("Clash.markdown", Some("policies/clash")),
            ("clash.md", Some("policies/clash-2")),
            ("empty.md", None),
            ("large.md", None),
            ("latin.md", Some("policies/latin")),
            ("link.md", None),
        ]
    );
    assert!(import.read("policies/latin/en.md").contains("Café rules\n\nNever “share”."));
    assert!(answer.out.contains("read as windows-1252"), "{}", answer.out);
    assert_eq!(import.errors(), Vec::<String>::new());
}

#[test]
fn a_course_is_made_of_lessons_in_order_and_keeps_its_questions() {
    let import = Import::empty();
    copy(&fixture("content").join("courses/safe-mail/en"), &import.path("source"));
    fs::write(import.path("source/03-more.md"), "# More\n\n!!! note\n    See [links](01-links.md).\n").expect("a file");
    let answer = import.import(&["--as", "course", "--name", "mail"]);
    assert_eq!(answer.status, Some(0), "{}{}", answer.out, answer.err);
    let names: Vec<String> = import.written().into_keys().filter(|name| name.starts_with("courses/")).collect();
    assert_eq!(
        names,
        [
            "courses/mail/course.toml",
            "courses/mail/en/01-links.md",
            "courses/mail/en/02-attachments.md",
            "courses/mail/en/03-more.md",
            "courses/mail/en/course.md",
            "courses/mail/en/quiz.md"
        ]
    );
    for name in ["01-links", "02-attachments", "course", "quiz"] {
        let before = fs::read_to_string(import.path("source").join(format!("{name}.md"))).expect("a file");
        assert_eq!(import.read(&format!("courses/mail/en/{name}.md")), before, "{name}");
    }
    assert!(import.read("courses/mail/en/03-more.md").contains("> See [links](01-links.md)."));
    assert_eq!(import.errors(), Vec::<String>::new());
    let again = import.import(&["--as", "course", "--name", "mail"]);
    assert_eq!(again.status, Some(1));
    assert!(again.out.contains("courses/mail is there already"), "{}", again.out);
}

#[test]
fn texts_that_ship_with_the_program_stay_as_they_are() {
    let import = Import::empty();
    copy(&crate::support::source::root().join("content/courses/annual-security-awareness/en"), &import.path("source"));
    assert_eq!(import.import(&["--as", "course", "--name", "annual"]).status, Some(0));
    for entry in fs::read_dir(import.path("source")).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let before = fs::read_to_string(entry.path()).expect("a file");
        // Titles and summaries may have other quotation marks.
        let parts = |text: &str| text.split_once("\n---\n").map(|(front, text)| (front.replace('"', ""), text.to_owned()));
        assert_eq!(parts(&import.read(&format!("courses/annual/en/{name}"))), parts(&before), "{name}");
    }
}

#[test]
fn what_cannot_be_tried_says_why() {
    let import = Import::of("odd");
    let nowhere = import.avow(&["import", "nowhere", "--to", "content"]);
    assert_eq!(nowhere.status, Some(2));
    assert!(nowhere.err.contains("nowhere: "), "{}", nowhere.err);
    let language = import.import(&["--language", "xx"]);
    assert_eq!((language.status, language.err.contains("use en or vi")), (Some(1), true), "{}", language.err);
    let name = import.import(&["--as", "course", "--name", "../x"]);
    assert_eq!((name.status, name.err.contains("small letters")), (Some(1), true), "{}", name.err);
    assert_eq!(import.import(&["--as", "course"]).status, Some(2), "a course needs a name");
    assert!(!import.path("content").exists(), "nothing was written");
}
