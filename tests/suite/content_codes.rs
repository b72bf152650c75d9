//! One of each fault: found with its code, at its line, in every format.

use crate::support::Avow;
use crate::support::copy;
use crate::support::fixture;
use crate::support::run;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use tempfile::TempDir;

/// The small content folder, with faults to be put in.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        copy(&fixture("content"), folder.0.path());
        folder.translated();
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn edit(&self, name: &str, change: impl Fn(&str) -> String) {
        let text = fs::read_to_string(self.path(name)).unwrap_or_default();
        fs::create_dir_all(self.path(name).parent().expect("a folder")).expect("a folder");
        fs::write(self.path(name), change(&text)).expect("a file");
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_avow"));
        command.env_clear().arg("content").args(arguments).current_dir(self.0.path());
        run(command)
    }

    fn translated(&self) -> String {
        let output = self.run(&["translated", "--path", "."]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Every fault as `code file:line`, and whether the exit status says that there are errors.
    fn faults(&self) -> (Vec<String>, bool) {
        let output = self.run(&["check", ".", "--format", "json"]);
        let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let line = |one: &Value| {
            let place = format!("{} {}:{}", one["code"].as_str()?, one["file"].as_str()?, one["line"].as_u64().unwrap_or(0));
            assert!(!one["help"].as_str()?.is_empty() && !one["message"].as_str()?.is_empty(), "{one}");
            Some(place)
        };
        let faults = found["diagnostics"].as_array().expect("a list").iter().filter_map(line).collect();
        assert_eq!(output.status.code() == Some(1), found["errors"] != 0, "{found}");
        (faults, output.status.success())
    }
}

const POLICY: &str = "policies/clear-desk/en.md";
const TOML: &str = "policies/clear-desk/policy.toml";
const LESSON: &str = "courses/safe-mail/en/02-attachments.md";
const QUIZ: &str = "courses/safe-mail/en/quiz.md";
const COURSE: &str = "courses/safe-mail/course.toml";

/// A fault: its code, the file it is put into, how, and where it is found.
type Case = (&'static str, &'static str, fn(&str) -> String, &'static str);

fn end(text: &str, more: &str) -> String {
    format!("{text}\n{more}\n")
}

const LONG: &str = "This paragraph of more than twenty words stands in two places of the same text, which nobody does on purpose and every reader notices at once.";
const HARD: &str = "Notwithstanding organisational considerations regarding confidentiality, accountability necessitates comprehensive documentation \
    encompassing institutional responsibilities, interdepartmental communication, authorisation procedures and retrospective evaluation.";

/// Texts have twelve lines (the policy; the lesson eight), so what is added at the end stands on the second line after.
const CASES: &[Case] = &[
    ("file-missing", LESSON, |text| text.into(), ""),
    ("file-size", POLICY, |text| end(text, &"long ".repeat(210_000)), "policies/clear-desk/en.md:0"),
    ("file-encoding", POLICY, |text| end(text, "a\u{0}b"), "policies/clear-desk/en.md:14"),
    ("name", "courses/safe-mail/en/links.md", |_| "---\ntitle: x\n---\n".into(), "courses/safe-mail/en/links.md:0"),
    ("settings", TOML, |text| text.replace("version = 1\nmat", "version = 1\ncolour = 1\nmat"), "policies/clear-desk/policy.toml:3"),
    (
        "language",
        TOML,
        |text| text.replace("prevailing_language = \"en\"", "prevailing_language = \"fr\""),
        "policies/clear-desk/policy.toml:8",
    ),
    ("statement", TOML, |text| text.replace("\nen = ", "\n# en = "), "policies/clear-desk/policy.toml:11"),
    ("owner-missing", TOML, |text| text.replace("owner = \"Head of Security\"\n", ""), "policies/clear-desk/policy.toml:0"),
    ("changes-missing", TOML, |text| text.replacen("version = 1", "version = 2", 1), "policies/clear-desk/policy.toml:2"),
    ("review-overdue", TOML, |text| text.replace("2027-01-31", "2020-01-31"), "policies/clear-desk/policy.toml:7"),
    ("front-matter", POLICY, |text| text.replacen("---\n", "", 1), "policies/clear-desk/en.md:1"),
    ("variable", POLICY, |text| end(text, "Ask ${org.nobody}."), "policies/clear-desk/en.md:14"),
    ("nesting", POLICY, |text| end(text, &">".repeat(60)), "policies/clear-desk/en.md:14"),
    ("heading-first", POLICY, |text| end(text, "# Title"), "policies/clear-desk/en.md:14"),
    ("heading-jump", POLICY, |text| end(text, "#### Deep"), "policies/clear-desk/en.md:14"),
    ("heading-attribute", QUIZ, |text| text.replace(".question .critical}", ".question .critcal}"), "courses/safe-mail/en/quiz.md:39"),
    ("heading-attribute", POLICY, |text| end(text, "## Broken {#x"), "policies/clear-desk/en.md:14"),
    ("text-empty", POLICY, |_| "---\ntitle: x\n---\n".into(), "policies/clear-desk/en.md:0"),
    ("settings", TOML, |text| text.replace("Head of Security", "Head\\u0000"), "policies/clear-desk/policy.toml:4"),
    (
        "question-choices",
        LESSON,
        |text| end(text, "## Q? {#q .question}\n\n- [ ] a\n  > a\n- [x] b\n  > b\n\n* [x] c\n  > c"),
        "courses/safe-mail/en/02-attachments.md:17",
    ),
    ("anchor-duplicate", POLICY, |text| end(text, "## Again {#rules}"), "policies/clear-desk/en.md:14"),
    ("table-header", POLICY, |text| end(text, "| a | b |\n| c | d |"), "policies/clear-desk/en.md:14"),
    ("table-header", POLICY, |text| end(text, "| | |\n|---|---|\n| c | d |"), "policies/clear-desk/en.md:14"),
    ("raw-html", POLICY, |text| end(text, "Say <b>it</b>"), "policies/clear-desk/en.md:14"),
    ("link-scheme", POLICY, |text| end(text, "[See it](http://x.example)"), "policies/clear-desk/en.md:14"),
    ("link-dead", POLICY, |text| end(text, "[The list](list.md)"), "policies/clear-desk/en.md:14"),
    ("link-dead", POLICY, |text| end(text, "[The list](#list)"), "policies/clear-desk/en.md:14"),
    ("link-dead", POLICY, |text| end(text, "[The list](../../../../etc/passwd)"), "policies/clear-desk/en.md:14"),
    ("link-dead", POLICY, |text| end(text, "[The list](vi.md#list)"), "policies/clear-desk/en.md:14"),
    ("link-text", POLICY, |text| end(text, "Look [here](https://x.example)."), "policies/clear-desk/en.md:14"),
    ("picture-alt", POLICY, |text| end(text, "![](assets/a.png)"), "policies/clear-desk/en.md:14"),
    ("picture-elsewhere", POLICY, |text| end(text, "![x](https://x.example/a.png)"), "policies/clear-desk/en.md:14"),
    ("asset-missing", POLICY, |text| end(text, "![A list](assets/a.png)"), "policies/clear-desk/en.md:14"),
    ("asset-kind", "policies/clear-desk/assets/a.png", |_| "no picture".into(), "policies/clear-desk/assets/a.png:0"),
    (
        "asset-size",
        "policies/clear-desk/assets/a.svg",
        |_| format!("<svg>{}</svg>", "x".repeat(1_000_001)),
        "policies/clear-desk/assets/a.svg:0",
    ),
    ("paragraph-repeated", POLICY, |text| end(text, &format!("{LONG}\n\n{LONG}")), "policies/clear-desk/en.md:16"),
    ("question-id", QUIZ, |text| text.replace("{#target .question}", "{.question}"), "courses/safe-mail/en/quiz.md:14"),
    ("question-duplicate", QUIZ, |text| text.replace("{#target", "{#sender"), "courses/safe-mail/en/quiz.md:14"),
    ("question-place", LESSON, |text| end(text, "> ## Q? {#q .question}"), "courses/safe-mail/en/02-attachments.md:10"),
    ("question-choices", LESSON, |text| end(text, "## Q? {#q .question}\n\n- [x] a\n  > b"), "courses/safe-mail/en/02-attachments.md:10"),
    (
        "question-answer",
        LESSON,
        |text| end(text, "## Q? {#q .question}\n\n- [ ] a\n  > b\n- [ ] c\n  > d"),
        "courses/safe-mail/en/02-attachments.md:10",
    ),
    (
        "question-feedback",
        LESSON,
        |text| end(text, "## Q? {#q .question}\n\n- [x] a\n  > b\n- [ ] c"),
        "courses/safe-mail/en/02-attachments.md:14",
    ),
    ("question-many", LESSON, |text| end(text, &"## Q {#q .question}\n".repeat(501)), "courses/safe-mail/en/02-attachments.md:510"),
    ("pool", QUIZ, |text| text.replace("{#links .pool draw=2}", "{#links .pool}"), "courses/safe-mail/en/quiz.md:5"),
    ("pool-draw", QUIZ, |text| text.replace("{#links .pool draw=2}", "{#links .pool draw=5}"), "courses/safe-mail/en/quiz.md:5"),
    ("scenario", LESSON, |text| end(text, "## S {#s .scenario}\n\nText."), "courses/safe-mail/en/02-attachments.md:10"),
    (
        "scenario-step",
        LESSON,
        |text| end(text, "## S {#s .scenario}\n\nText.\n\n- [A](#a)\n- [B](#b)\n\n### A {#a .step .good}\n\nGood."),
        "courses/safe-mail/en/02-attachments.md:15",
    ),
    (
        "scenario-unreachable",
        LESSON,
        |text| {
            end(
                text,
                "## S {#s .scenario}\n\nText.\n\n- [A](#a)\n- [A2](#a)\n\n### A {#a .step .good}\n\nGood.\n\n### B {#b .step}\n\nBad.",
            )
        },
        "courses/safe-mail/en/02-attachments.md:21",
    ),
    (
        "scenario-ending",
        LESSON,
        |text| end(text, "## S {#s .scenario}\n\nText.\n\n- [A](#a)\n- [A2](#a)\n\n### A {#a .step}\n\nEnd."),
        "courses/safe-mail/en/02-attachments.md:10",
    ),
    ("minutes", COURSE, |text| text.replace("minutes = 5", "minutes = 30"), "courses/safe-mail/course.toml:5"),
    ("course-long", LESSON, |text| end(text, &"word ".repeat(10_000)), "courses/safe-mail/course.toml:5"),
    ("reading-level", POLICY, |text| end(text, &[HARD; 8].join(" ")), "policies/clear-desk/en.md:0"),
    ("translation-questions", "courses/safe-mail/vi/quiz.md", |text| text.replace("{#target", "{#ziel"), "courses/safe-mail/vi/quiz.md:14"),
    ("translation-stale", POLICY, |text| text.replace("Lock it away.", "Lock it away now."), "policies/clear-desk/vi.md:8"),
];

/// Faults that take more than a change of one file, and where they are found.
fn others() -> Vec<(&'static str, &'static str, Folder)> {
    let removed = |file: &str| {
        let folder = Folder::new();
        fs::remove_file(folder.path(file)).expect("was there");
        folder
    };
    let link = Folder::new();
    std::os::unix::fs::symlink("/etc/hostname", link.path("courses/safe-mail/en/03-host.md")).expect("a link");
    let video = Folder::new();
    video.edit("policies/clear-desk/assets/clip.mp4", |_| "\0\0\0\u{18}ftypisom".into());
    video.edit(POLICY, |text| end(text, "![A clip](assets/clip.mp4)"));
    let untranslated = removed("policies/clear-desk/translations.toml");
    vec![
        ("file-missing", "courses/safe-mail/en/course.md:0", removed("courses/safe-mail/en/course.md")),
        ("file-kind", "courses/safe-mail/en/03-host.md:0", link),
        ("captions-missing", "policies/clear-desk/en.md:14", video),
        ("quiz-missing", "courses/safe-mail/en/quiz.md:0", removed("courses/safe-mail/en/quiz.md")),
        ("check-missing", "courses/safe-mail/en/02-attachments.md:0", Folder::new()),
        ("pool-small", "courses/safe-mail/en/quiz.md:37", Folder::new()),
        ("translation-missing", "courses/safe-mail/vi/02-attachments.md:0", removed("courses/safe-mail/vi/02-attachments.md")),
        ("translation-unrecorded", "policies/clear-desk/translations.toml:0", untranslated),
    ]
}

#[test]
fn each_fault_is_found_with_its_code_at_its_line() {
    let (clean, passed) = Folder::new().faults();
    assert!(passed, "{clean:?}");
    let mut seen: BTreeSet<String> = ["folder", "version-changed", "version-older", "question-vanished"].map(str::to_owned).into();
    for (code, file, change, place) in CASES.iter().filter(|(.., place)| !place.is_empty()) {
        let folder = Folder::new();
        folder.edit(file, change);
        let (faults, _) = folder.faults();
        assert!(faults.contains(&format!("{code} {place}")), "{code} {place} is missing: {faults:#?}");
        seen.insert((*code).to_owned());
    }
    for (code, place, folder) in others() {
        let (faults, _) = folder.faults();
        assert!(faults.contains(&format!("{code} {place}")), "{code} {place} is missing: {faults:#?}");
        seen.insert(code.to_owned());
    }
    let codes: BTreeSet<String> = avow::content::codes::CODES.iter().map(|code| code.name.to_owned()).collect();
    assert_eq!(seen, codes, "every code has a case");
}

#[test]
fn codes_are_listed_and_explained() {
    let folder = Folder::new();
    let list = String::from_utf8(folder.run(&["codes"]).stdout).expect("UTF-8");
    for code in avow::content::codes::CODES {
        assert!(list.contains(code.name), "{}", code.name);
        let explained = String::from_utf8(folder.run(&["codes", code.name]).stdout).expect("UTF-8");
        assert!(explained.contains(code.title) && explained.contains(code.explanation), "{explained}");
    }
    let unknown = folder.run(&["codes", "nonsense"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert_eq!(folder.run(&["check", "nowhere"]).status.code(), Some(1), "no folder");
}

#[test]
fn pipelines_get_what_they_read() {
    let folder = Folder::new();
    folder.edit(POLICY, |text| end(text, "See [the 100 % list](#list), ${org.nobody}."));
    let sarif: Value = serde_json::from_slice(&folder.run(&["check", ".", "--format", "sarif"]).stdout).expect("JSON");
    let runs = &sarif["runs"][0];
    assert_eq!((&sarif["version"], &runs["columnKind"]), (&"2.1.0".into(), &"unicodeCodePoints".into()));
    let rules = runs["tool"]["driver"]["rules"].as_array().expect("rules");
    let result = runs["results"].as_array().expect("results").iter().find(|one| one["ruleId"] == "link-dead").expect("the fault");
    assert_eq!(rules[usize::try_from(result["ruleIndex"].as_u64().expect("a place")).expect("small")]["id"], "link-dead");
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], POLICY);
    assert_eq!((&location["region"]["startLine"], &location["region"]["startColumn"]), (&14.into(), &5.into()));
    let github = String::from_utf8(folder.run(&["check", ".", "--format", "github"]).stdout).expect("UTF-8");
    let line = github.lines().find(|line| line.contains("title=link-dead")).expect("the fault");
    assert!(line.starts_with(&format!("::error file={POLICY},line=14,col=5,endColumn=")), "{line}");
    assert!(line.contains("#list names no heading there%0Ahelp: "), "{line}");
    let human = String::from_utf8(folder.run(&["check", "."]).stdout).expect("UTF-8");
    assert!(human.contains("error[variable]: ${org.nobody} stands for nothing\n  --> policies/clear-desk/en.md:14:30\n"), "{human}");
    assert!(human.contains("14 | See [the 100 % list](#list), ${org.nobody}.\n   |                              ^^^^^^^^^^^^^"), "{human}");
}

#[test]
fn what_a_text_or_a_name_holds_cannot_play_tricks_on_a_terminal_or_a_pipeline() {
    let folder = Folder::new();
    folder.edit("courses/safe-mail/en/03-\u{1b}[31m::error::x.md", |_| "no front matter \u{202e}".into());
    folder.edit(POLICY, |text| end(text, "[x\u{202e}y](#a\u{202e}b) ::error::"));
    for format in ["human", "json", "sarif", "github"] {
        let said = String::from_utf8(folder.run(&["check", ".", "--format", format]).stdout).expect("UTF-8");
        assert!(!said.contains(['\u{1b}', '\u{202e}']), "{format}: {said}");
        if format == "github" {
            assert!(said.lines().all(|line| line.starts_with("::error file=") || line.starts_with("::warning file=")), "{said}");
        }
    }
}

#[test]
fn a_translation_is_behind_paragraph_by_paragraph_until_it_is_recorded_again() {
    let folder = Folder::new();
    let stale = |folder: &Folder| folder.faults().0.into_iter().filter(|fault| fault.starts_with("translation")).collect::<Vec<_>>();
    assert_eq!(stale(&folder), Vec::<String>::new());
    folder.edit(POLICY, |text| text.replace("when you leave", "as soon as you leave"));
    assert_eq!(stale(&folder), ["translation-stale policies/clear-desk/vi.md:12"], "the paragraph that is behind");
    folder.edit(POLICY, |text| text.replace("as soon as you leave", "when  you\nleave"));
    assert_eq!(stale(&folder), Vec::<String>::new(), "line breaks do not count");
    folder.edit(POLICY, |text| text.replace("Lock it away.\n", ""));
    assert_eq!(stale(&folder), ["translation-stale policies/clear-desk/vi.md:0"], "one was taken out");
    folder.edit("policies/clear-desk/vi.md", |text| text.replace("Hãy cất vào tủ khóa.\n", ""));
    let said = folder.run(&["translated", "--path", ".", "policies/clear-desk"]);
    assert_eq!(String::from_utf8_lossy(&said.stdout), "wrote policies/clear-desk/translations.toml\n1 file(s) changed\n");
    assert_eq!(stale(&folder), Vec::<String>::new());
    assert_eq!(folder.translated(), "0 file(s) changed\n");
}

#[tokio::test]
async fn the_folder_is_compared_with_what_is_published() {
    let avow = Avow::empty().await;
    avow.avow(&["content", "publish"]);
    assert!(!avow.avow(&["content", "check"]).contains("version-"), "nothing changed");
    avow.edit("policies/clear-desk/en.md", |text| text.replace("papers", "all papers"));
    let said = avow.refused(&["content", "check"]);
    assert!(said.contains("error[version-changed]: version 1 is published with other words") && said.contains("policy.toml:2:1"), "{said}");
    assert!(avow.avow(&["content", "check", "--offline"]).contains("warning(s)"), "not compared");
    avow.edit("policies/clear-desk/policy.toml", |text| text.replacen("version = 1", "version = 2", 1).replace("agree to", "promise to"));
    let said = avow.refused(&["content", "check"]);
    assert!(said.contains("the statement was changed under its own version 1"), "{said}");
    avow.edit("policies/clear-desk/policy.toml", |text| text.replace("promise to", "agree to"));
    for language in ["en", "vi"] {
        avow.edit(&format!("courses/safe-mail/{language}/quiz.md"), |text| text.replace("{#help", "{#helper"));
    }
    avow.edit("courses/safe-mail/course.toml", |text| text.replacen("version = 1", "version = 2", 1));
    let said = avow.avow(&["content", "check"]);
    assert!(said.contains("warning[question-vanished]: the published version asks help") && !said.contains("version-changed"), "{said}");
    avow.avow(&["content", "publish"]);
    avow.edit("policies/clear-desk/policy.toml", |text| text.replacen("version = 2", "version = 1", 1));
    assert!(avow.refused(&["content", "check"]).contains("error[version-older]"));
}
