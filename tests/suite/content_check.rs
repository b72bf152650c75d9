//! Hostile and broken content: whatever a file holds, `avow content check` says what is wrong, or that nothing is, and soon.

use crate::support::copy;
use crate::support::fixture;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;
use tempfile::TempDir;

/// No folder takes longer to check, on a slow machine that does other work, with a program that was built without optimisation.
const BOUND: Duration = Duration::from_secs(30);

const POLICY: &str = "policies/clear-desk/en.md";
const FRONT: &str = "---\ntitle: Clear desk\n---\n\n";

/// The small content folder, in English only.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        copy(&fixture("content"), folder.0.path());
        let settings = fs::read_to_string(folder.path("organisation.toml")).expect("a file");
        folder.write("organisation.toml", settings.replace("[\"en\", \"vi\"]", "[\"en\"]"));
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).expect("a file");
    }

    /// What the program says. It must say it within the bound, and must end by itself: 0 nothing wrong, 1 something is.
    fn check(&self, what: &str) -> (bool, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_avow"));
        command.args(["content", "check"]).arg(self.0.path()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().expect("the program starts");
        let pid = nix::unistd::Pid::from_raw(i32::try_from(child.id()).expect("a process"));
        let (send, receive) = mpsc::channel();
        std::thread::spawn(move || send.send(child.wait_with_output()));
        let output: Output = match receive.recv_timeout(BOUND) {
            Ok(output) => output.expect("ends"),
            Err(_) => {
                let _ = nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGKILL);
                panic!("{what}: no answer within {BOUND:?}");
            }
        };
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let short: String = said.chars().take(2000).collect();
        match output.status.code() {
            Some(0) => assert!(said.contains("nothing wrong") || said.contains("warning["), "{what}: {short}"),
            Some(1) => assert!(said.contains("error["), "{what}: {short}"),
            other => panic!("{what}: ended with {other:?}: {short}"),
        }
        assert!(!said.contains("panicked"), "{what}: {short}");
        (output.status.success(), said)
    }

    /// Holds the check of one file to an outcome: the code of a diagnostic, or none.
    fn expect(&self, what: &str, file: &str, bytes: impl AsRef<[u8]>, code: Option<&str>) {
        let before = fs::read(self.path(file)).ok();
        self.write(file, bytes);
        let (passed, said) = self.check(what);
        let short: String = said.chars().take(2000).collect();
        match code {
            None => assert!(passed, "{what}: {short}"),
            Some(code) => {
                let warned = ["raw-html", "link-scheme", "picture-elsewhere"].contains(&code);
                let words = if warned { format!("warning[{code}]") } else { format!("error[{code}]") };
                assert!(said.contains(file) && said.contains(&words), "{what}: no {words} in {short}");
                assert_eq!(passed, warned, "{what}: errors stop, warnings do not: {short}");
            }
        }
        match before {
            Some(before) => self.write(file, before),
            None => fs::remove_file(self.path(file)).expect("was written"),
        }
    }
}

fn policy(text: &str) -> String {
    format!("{FRONT}{text}\n")
}

#[test]
fn the_small_folder_itself_has_no_fault() {
    assert!(Folder::new().check("as it is").0);
}

#[test]
fn odd_markdown_is_reported_or_harmless() {
    let folder = Folder::new();
    let cases: [(&str, String, Option<&str>); 18] = [
        ("a script", "<script>alert(1)</script>".into(), Some("raw-html")),
        ("an element in a line", "Say <img src=x onerror=alert(1)> it".into(), Some("raw-html")),
        ("a comment, which readers would see", "<!-- for translators -->".into(), Some("raw-html")),
        ("something behind a comment", "<!-- x --><script>alert(1)</script>".into(), Some("raw-html")),
        ("something in a comment's block", "<!-- x\n-->\n<b onclick=x>".into(), Some("raw-html")),
        ("a scheme", "[a](JaVaScRiPt:alert(1))".into(), Some("link-scheme")),
        ("a scheme in entities", "[a](&#106;avascript:alert(1))".into(), Some("link-scheme")),
        ("a data address", "[a][b]\n\n[b]: data:text/html;base64,PHNjcmlwdD4=".into(), Some("link-scheme")),
        ("an address in angles", "<javascript:alert(1)>".into(), Some("link-scheme")),
        ("a link without encryption", "[a](http://x.example)".into(), Some("link-scheme")),
        ("a picture from elsewhere", "![a](https://x.example/a.png)".into(), Some("picture-elsewhere")),
        ("an unknown name", "Ask ${org.nobody}.".into(), Some("variable")),
        ("a name that never ends", "Ask ${org.name".into(), Some("variable")),
        ("a name in code", "Write `${HOME}`.\n\n    ${HOME}\n\n```sh\n${HOME}\n```\n".into(), None),
        ("another engine's words", "{{7*7}} {% x %} <%= y %>".replace("<%= y %>", "#{y}"), None),
        ("a first heading", "# Title".into(), Some("heading-first")),
        ("letters that run backwards and marks without end", format!("\u{202e}abc {}", "a\u{301}\u{301}\u{301}".repeat(10_000)), None),
        ("nothing", String::new(), Some("text-empty")),
    ];
    for (what, text, code) in cases {
        folder.expect(what, POLICY, policy(&text), code);
    }
}

#[test]
fn depth_and_size_end_in_a_diagnostic_and_soon() {
    let folder = Folder::new();
    let deep = 100_000;
    let lists: String = (0..1000).map(|depth| format!("{}- x\n", "  ".repeat(depth))).take(400).collect();
    let cases: [(&str, String, Option<&str>); 16] = [
        ("ampersands", "&a".repeat(300_000), None),
        ("names in entities", "ế&#36;{org.name} ế&#36;{org.name} x".into(), None),
        ("quotes", ">".repeat(deep), Some("nesting")),
        ("quotes with blanks", "> ".repeat(deep), Some("nesting")),
        ("lists in a line", "- ".repeat(deep) + "x", Some("nesting")),
        ("numbered lists", "1. ".repeat(deep) + "x", Some("nesting")),
        ("lists by indentation", lists, Some("nesting")),
        ("emphasis", format!("{}x{}", "*a ".repeat(deep), " b*".repeat(deep)), Some("nesting")),
        ("brackets", "[".repeat(deep), None),
        ("links", format!("{}x{}", "[".repeat(deep), "](#a)".repeat(deep)), Some("link-dead")),
        ("backquotes", (1..1000).map(|count| "`".repeat(count) + " ").collect(), None),
        ("angles", "<".repeat(deep), None),
        ("notes", (0..20_000).map(|note| format!("[^{note}]: x\n")).collect(), None),
        ("a table", format!("|{}\n|{}\n", "a|".repeat(20_000), "-|".repeat(20_000)), None),
        ("a line of a megabyte", "long ".repeat(190_000), None),
        ("more than a megabyte", "long ".repeat(210_000), Some("file-size")),
    ];
    for (what, text, code) in cases {
        folder.expect(what, POLICY, policy(&text), code);
    }
    let (_, said) = {
        folder.write(POLICY, policy(&"<b> ".repeat(100_000)));
        folder.check("a hundred thousand elements")
    };
    assert!(said.len() < 1 << 20, "{} bytes of diagnostics are too many to read", said.len());
}

#[test]
fn bytes_that_are_no_text_are_reported_with_their_line() {
    let folder = Folder::new();
    let text = |bytes: &[u8]| [FRONT.as_bytes(), b"One\n", bytes].concat();
    folder.expect("another encoding", POLICY, text(b"caf\xe9"), Some("file-encoding"));
    folder.expect("half a letter at the end", POLICY, text(b"caf\xc3"), Some("file-encoding"));
    folder.expect("a surrogate", POLICY, text(b"\xed\xa0\x80"), Some("file-encoding"));
    folder.expect("a zero", POLICY, text(b"a\0b"), Some("file-encoding"));
    folder.expect("a zero in settings", "policies/clear-desk/policy.toml", b"id = \"a\0b\"\n", Some("file-encoding"));
    folder.expect("only zeros", POLICY, [0; 5000], Some("file-encoding"));
    folder.write(POLICY, text(b"Two\na\0b"));
    let said = folder.check("a zero").1;
    assert!(said.contains("error[file-encoding]") && said.contains("policies/clear-desk/en.md:7"), "{said}");
    folder.write(POLICY, format!("\u{feff}{}", policy("One\nTwo")).replace('\n', "\r\n"));
    assert!(folder.check("another system's text").0);
}

#[test]
fn front_matter_that_is_broken_huge_or_a_bomb_is_reported() {
    let folder = Folder::new();
    let bomb: String = (1..30).map(|level| format!("l{level}: &l{level} [{}]\n", vec![format!("*l{}", level - 1); 9].join(","))).collect();
    let cases: [(&str, String, Option<&str>); 15] = [
        ("none", "Text\n".into(), Some("front-matter")),
        ("one that never ends", "---\ntitle: x\n\nText\n".into(), Some("front-matter")),
        ("one that never ends, huge", format!("---\n{}", "title: x\n".repeat(100_000)), Some("front-matter")),
        ("only its start", "---".into(), Some("front-matter")),
        ("an empty one", "---\n---\nText\n".into(), Some("front-matter")),
        ("an empty title", "---\ntitle: ''\n---\nText\n".into(), Some("front-matter")),
        ("a name in the title", "---\ntitle: ${org.name}\n---\nText\n".into(), Some("variable")),
        ("an unknown key", "---\ntitle: x\nautor: y\n---\nText\n".into(), Some("front-matter")),
        ("a key twice", "---\ntitle: x\ntitle: y\n---\nText\n".into(), Some("front-matter")),
        ("another type", "---\ntitle: [x]\n---\nText\n".into(), Some("front-matter")),
        ("a bomb of anchors", format!("---\nl0: &l0 lol\n{bomb}title: *l29\n---\nText\n"), Some("front-matter")),
        ("an alias of itself", "---\ntitle: &a [*a]\n---\nText\n".into(), Some("front-matter")),
        ("depth", format!("---\ntitle: {}\n---\nText\n", "[".repeat(100_000)), Some("front-matter")),
        ("as much depth as fits", format!("---\ntitle: {}\n---\nText\n", "[".repeat(3900)), Some("front-matter")),
        ("a huge title", format!("---\ntitle: {}\n---\nText\n", "x".repeat(500_000)), Some("front-matter")),
    ];
    for (what, text, code) in cases {
        folder.expect(what, POLICY, text, code);
    }
    folder.expect("settings of depth", "policies/clear-desk/policy.toml", format!("id = {}", "[".repeat(100_000)), Some("settings"));
    folder.expect("settings with an unknown key", "policies/clear-desk/policy.toml", "colour = 1\n", Some("settings"));
    folder.expect("an organisation without a zone", "organisation.toml", "name = \"x\"\n", Some("settings"));
}

#[test]
fn no_link_leads_out_of_the_folder() {
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("03-secret.md"), policy("SECRET")).expect("a file");
    let link = |folder: &Folder, name: &str, target: PathBuf| std::os::unix::fs::symlink(target, folder.path(name)).expect("a link");
    let folder = Folder::new();
    link(&folder, "courses/safe-mail/en/03-secret.md", outside.path().join("03-secret.md"));
    let said = folder.check("a lesson").1;
    assert!(said.contains("error[file-kind]: is a link\n--> courses/safe-mail/en/03-secret.md"), "{said}");
    let folder = Folder::new();
    fs::rename(folder.path("policies/clear-desk"), outside.path().join("clear-desk")).expect("moves");
    link(&folder, "policies/clear-desk", outside.path().join("clear-desk"));
    let said = folder.check("a policy").1;
    assert!(said.contains("error[file-kind]: is a link\n--> policies/clear-desk"), "{said}");
    let folder = Folder::new();
    fs::rename(folder.path("courses/safe-mail/en"), outside.path().join("en")).expect("moves");
    link(&folder, "courses/safe-mail/en", outside.path().join("en"));
    let said = folder.check("a language").1;
    assert!(said.contains("error[file-kind]: is a link\n--> courses/safe-mail/en"), "{said}");
    let folder = Folder::new();
    fs::remove_file(folder.path(POLICY)).expect("was there");
    link(&folder, POLICY, PathBuf::from("/dev/zero"));
    let said = folder.check("a device").1;
    assert!(said.contains("error[file-kind]: is a link\n--> policies/clear-desk/en.md"), "{said}");
}

const QUIZ: &str = "courses/safe-mail/en/quiz.md";

#[test]
fn questions_that_cannot_be_asked_are_reported() {
    let folder = Folder::new();
    let original = fs::read_to_string(folder.path(QUIZ)).expect("a quiz");
    let changed = |from: &str, to: &str| {
        assert!(original.contains(from), "{from}");
        original.replacen(from, to, 1)
    };
    let stray = "## Stray? {#stray .question}\n\n- [x] a\n  > b\n- [ ] c\n  > d\n\n";
    let cases = [
        ("a name twice", changed("{#target", "{#sender"), "question-duplicate"),
        ("a name of a lesson's question", changed("{#target", "{#parcel"), "question-duplicate"),
        ("no name", changed("{#target .question}", "{.question}"), "question-id"),
        ("a pool's name twice", changed("{#passwords .pool", "{#links .pool"), "question-duplicate"),
        ("a pool smaller than its draw", changed("draw=2", "draw=5"), "pool-draw"),
        ("a pool that draws nothing", changed("draw=2", "draw=0"), "pool"),
        ("a pool that draws less than nothing", changed("draw=2", "draw=-1"), "pool"),
        ("a pool that draws too many to count", changed("draw=2", "draw=99999999999999999999999"), "pool"),
        ("no right answer", changed("- [x] Nobody", "- [ ] Nobody"), "question-answer"),
        ("one answer", changed("- [ ] The name says it\n  > Names are typed by the sender.\n", ""), "question-choices"),
        ("an answer without a box", changed("- [ ] The name", "- The name"), "question-choices"),
        ("an answer without feedback", changed("  > Names are typed by the sender.\n", ""), "question-feedback"),
        ("a question above all pools", changed("# Links", &format!("{stray}# Links")), "pool"),
        (
            "a question in a quote",
            changed("# Passwords", &format!("> {}\n# Passwords", stray.trim_end().replace('\n', "\n> "))),
            "question-place",
        ),
        ("no pool", FRONT.to_owned() + stray, "pool"),
    ];
    for (what, text, code) in cases {
        folder.write(QUIZ, text);
        let said = folder.check(what).1;
        assert!(said.contains("courses/safe-mail/en") && said.contains(&format!("error[{code}]")), "{what}: no {code} in {said}");
    }
    folder.write(QUIZ, &original);
    folder.expect(
        "a pool in a lesson",
        "courses/safe-mail/en/02-attachments.md",
        policy(&format!("# P {{#p .pool draw=1}}\n\n{stray}")),
        Some("pool"),
    );
    folder.expect("a question in a policy", POLICY, policy(stray), Some("question-place"));
    folder.expect("a lesson without a number", "courses/safe-mail/en/links.md", policy("Text"), Some("name"));
    folder.expect("a lesson with an odd name", "courses/safe-mail/en/03 \"x\" onclick=1.md", policy("Text"), Some("name"));
}

#[test]
fn a_translation_with_other_questions_is_reported() {
    let folder = Folder(tempfile::tempdir().expect("a folder"));
    copy(&fixture("content"), folder.0.path());
    let file = "courses/safe-mail/vi/quiz.md";
    let original = fs::read_to_string(folder.path(file)).expect("a quiz");
    for (from, to) in [
        ("{#target", "{#ziel"),
        ("- [x] Chỉ tên", "- [ ] Chỉ tên"),
        ("draw=2", "draw=1"),
        ("{#passwords .pool", "{#mat-khau .pool"),
        (" .critical", ""),
    ] {
        assert!(original.contains(from), "{from}");
        folder.expect(&format!("{to} for {from}"), file, original.replacen(from, to, 1), Some("translation-questions"));
    }
}

#[test]
fn ten_thousand_questions_are_read_within_the_bound() {
    let folder = Folder::new();
    let questions: String =
        (0..10_000).map(|number| format!("## Q {{#q{number} .question}}\n\n- [x] a\n  > b\n- [ ] c\n  > d\n\n")).collect();
    folder.expect("ten thousand questions", QUIZ, policy(&format!("# P {{#p .pool draw=5}}\n\n{questions}")), Some("question-many"));
}
