//! Publishing: the content folder becomes immutable versions, all of it or nothing.

use crate::support::Avow;
use crate::support::run;
use crate::support::source;
use ring::digest;

fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest::digest(&digest::SHA256, bytes).as_ref().to_vec()
}

/// Everything that is published, as text: what must not change.
async fn published(avow: &Avow) -> String {
    let sql = "select string_agg(md5(v::text || t::text), ' ' order by v.slug, v.version, t.language, t.part)
        from content_versions v join content_texts t on t.version_id = v.id";
    avow.one::<Option<String>>(sql).await.unwrap_or_default()
}

/// What a publication says, without its count of warnings.
fn publish(avow: &Avow) -> String {
    avow.avow(&["content", "publish"]).lines().filter(|line| !line.contains("warning(s)")).map(|line| format!("{line}\n")).collect()
}

fn raise(avow: &Avow, name: &str) {
    avow.edit(name, |text| text.replacen("version = 1", "version = 2", 1));
}

#[tokio::test]
async fn a_version_is_named_by_the_contents_of_all_its_files() {
    let avow = Avow::empty().await;
    assert_eq!(
        publish(&avow),
        "published course/safe-mail version 1\npublished policy/clear-desk version 1\n2 published, 0 as they were\n"
    );
    let folder = avow.folder.path().join("content");
    // What `docs/evidence.md` says: the hash and name of each file, sorted, one a line.
    let mut lines = ["policies/clear-desk/policy.toml", "policies/clear-desk/en.md", "policies/clear-desk/vi.md"]
        .map(|name| format!("{} {name}\n", hex::encode(sha256(&std::fs::read(folder.join(name)).expect("a file")))));
    lines.sort();
    let hash: Vec<u8> = avow.one("select source_sha256 from content_versions where slug = 'clear-desk'").await;
    assert_eq!(hash, sha256(lines.concat().as_bytes()));
    let texts = avow.sql().await.query("select source, source_sha256, html, html_sha256 from content_texts", &[]).await.expect("texts");
    assert_eq!(texts.len(), 10, "four files of the course and one of the policy, in two languages");
    for text in texts {
        assert_eq!(sha256(text.get::<_, String>(0).as_bytes()), text.get::<_, Vec<u8>>(1), "the source");
        assert_eq!(sha256(text.get::<_, String>(2).as_bytes()), text.get::<_, Vec<u8>>(3), "the HTML");
    }
}

#[tokio::test]
async fn publishing_again_changes_nothing_even_if_an_editor_changed_the_ends_of_lines() {
    let avow = Avow::empty().await;
    avow.avow(&["content", "publish"]);
    let before = published(&avow).await;
    assert_eq!(publish(&avow), "0 published, 2 as they were\n");
    avow.edit("policies/clear-desk/en.md", |text| format!("\u{feff}{}\r\n\r\n", text.replace('\n', "\r\n")));
    avow.edit("policies/clear-desk/policy.toml", |text| text.replace('\n', "\r\n"));
    avow.edit("courses/safe-mail/vi/quiz.md", |text| text.replace('\n', "\r"));
    assert_eq!(publish(&avow), "0 published, 2 as they were\n");
    assert_eq!(published(&avow).await, before);
}

#[tokio::test]
async fn words_changed_under_a_published_number_are_refused_and_nothing_is_half_published() {
    let avow = Avow::empty().await;
    avow.avow(&["content", "publish"]);
    let before = published(&avow).await;
    raise(&avow, "courses/safe-mail/course.toml");
    avow.edit("policies/clear-desk/vi.md", |text| text.replace("phải", "nên"));
    let said = avow.refused(&["content", "publish"]);
    assert!(said.contains("policy/clear-desk: version 1 is published with other words; restore them, or raise version to 2"), "{said}");
    assert!(said.ends_with("Nothing was published.\n"), "{said}");
    assert_eq!(published(&avow).await, before, "the course, which is in order, is not published alone");
}

#[tokio::test]
async fn a_lower_number_than_the_published_one_is_refused() {
    let avow = Avow::empty().await;
    raise(&avow, "policies/clear-desk/policy.toml");
    avow.avow(&["content", "publish"]);
    let before = published(&avow).await;
    avow.edit("policies/clear-desk/policy.toml", |text| text.replacen("version = 2", "version = 1", 1));
    let said = avow.refused(&["content", "publish"]);
    assert!(said.contains("policy/clear-desk: version 2 is published, the folder has 1"), "{said}");
    assert_eq!(published(&avow).await, before);
}

#[tokio::test]
async fn a_further_version_stands_beside_the_one_before() {
    let avow = Avow::empty().await;
    avow.avow(&["content", "publish"]);
    let first = "select md5(string_agg(v::text || t::text, ' ' order by t.language)) from content_versions v
        join content_texts t on t.version_id = v.id where slug = 'clear-desk' and version = 1";
    let before: String = avow.one(first).await;
    raise(&avow, "policies/clear-desk/policy.toml");
    avow.edit("policies/clear-desk/en.md", |text| text.replace("papers", "papers and badges"));
    assert_eq!(publish(&avow), "published policy/clear-desk version 2\n1 published, 1 as they were\n");
    assert_eq!(avow.one::<String>(first).await, before);
    assert_eq!(avow.one::<i64>("select count(*) from content_versions where slug = 'clear-desk'").await, 2);
}

#[tokio::test]
async fn two_who_publish_at_once_make_one_version() {
    let avow = Avow::empty().await;
    let publish = || run(avow.command(&["content", "publish"]));
    let both = std::thread::scope(|scope| [scope.spawn(publish), scope.spawn(publish)].map(|one| one.join().expect("ends")));
    let mut said = both.map(|output| {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).lines().last().expect("a line").to_owned()
    });
    said.sort();
    assert_eq!(said, ["0 published, 2 as they were", "2 published, 0 as they were"]);
    assert_eq!(avow.one::<i64>("select count(*) from content_versions").await, 2);
}

#[tokio::test]
async fn a_broken_folder_is_told_every_fault_with_file_and_line_and_publishes_nothing() {
    let avow = Avow::empty().await;
    avow.edit("courses/safe-mail/en/01-links.md", |text| {
        text.replace("Take your time.", "Take <b>your</b> time, ${org.nme}.\n\n[press](javascript:alert(1))")
    });
    avow.edit("courses/safe-mail/vi/quiz.md", |text| text.replacen("- [x]", "- [ ]", 1));
    avow.edit("policies/clear-desk/en.md", |text| text.replace("title:", "titel:"));
    avow.edit("policies/clear-desk/policy.toml", |text| text.replace("effective = 2026-01-01", "effective = 2026-13-01"));
    std::fs::remove_file(avow.folder.path().join("content/courses/safe-mail/vi/02-attachments.md")).expect("was there");
    for command in ["check", "publish"] {
        let said = avow.refused(&["content", command]);
        let told = said.split("\n\n").map(|one| one.trim_start().to_owned()).collect::<Vec<_>>();
        for (fault, place) in [
            ("warning[raw-html]", "courses/safe-mail/en/01-links.md:22:6"),
            ("error[variable]: ${org.nme} stands for nothing", "courses/safe-mail/en/01-links.md:22:24"),
            ("warning[link-scheme]: a link may not lead to \"javascript:alert(1)\"", "courses/safe-mail/en/01-links.md:24:1"),
            ("error[question-answer]: no answer is right", "courses/safe-mail/vi/quiz.md:7:1"),
            ("error[translation-questions]: sender is not as in the default language", "courses/safe-mail/vi/quiz.md:7:1"),
            ("warning[translation-missing]", "courses/safe-mail/vi/02-attachments.md"),
            ("error[settings]", "policies/clear-desk/policy.toml:6:13"),
            ("error[front-matter]: unknown field `titel`", "policies/clear-desk/en.md:2:1"),
        ] {
            let found = told.iter().any(|one| one.starts_with(fault) && one.contains(&format!("--> {place}\n")));
            assert!(found, "{fault} at {place} is missing in {said}");
        }
        let faults = said.matches("error[").count() + said.matches("warning[").count();
        assert_eq!(faults, said.matches(" = help: ").count(), "each says how to mend it");
    }
    assert_eq!(avow.one::<i64>("select count(*) from content_versions").await, 0);
}

#[tokio::test]
async fn words_of_a_template_engine_stay_words_and_the_organisation_is_named() {
    let mut avow = Avow::company().await;
    raise(&avow, "policies/clear-desk/policy.toml");
    avow.edit("policies/clear-desk/en.md", |text| {
        format!("{text}\n{{{{frame.csrf}}}} {{{{{{html}}}}}} ${{org.name}} `${{org.name}}` {{% raw %}}\n")
    });
    avow.avow(&["content", "publish"]);
    avow.serve();
    let page = avow.signed_in("003").await.get("/policies/clear-desk").await;
    assert!(page.body.contains("{{frame.csrf}} {{{html}}} Halden Works <code>${org.name}</code> {% raw %}"), "{}", page.body);
}

#[test]
fn the_content_that_ships_has_no_fault() {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_avow"));
    let output = run({
        command.args(["content", "check"]).arg(source::root().join("content"));
        command
    });
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test]
async fn raw_html_and_odd_schemes_are_published_as_letters_and_reported() {
    let mut avow = Avow::company().await;
    avow.edit("policies/clear-desk/policy.toml", |text| text.replacen("version = 1", "version = 2", 1));
    avow.edit("policies/clear-desk/en.md", |text| {
        format!("{text}\n<script>alert(1)</script>\n\nSay <b onclick=\"x()\">it</b>, [press](javascript:alert(1)), ![x](http://x.example/p.png)\n")
    });
    let found = avow.avow(&["content", "check"]);
    assert!(found.contains("warning[raw-html]") && found.contains("warning[link-scheme]"), "{found}");
    let said = avow.avow(&["content", "publish"]);
    assert!(said.contains("published policy/clear-desk version 2"), "{said}");
    avow.serve();
    let page = avow.signed_in("003").await.get("/policies/clear-desk").await;
    assert!(page.body.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.says("press"), "{}", page.body);
    for live in ["<script>", "<b onclick", "javascript:", "x.example"] {
        assert!(!page.body.contains(live), "{live} is alive in {}", page.body);
    }
}
