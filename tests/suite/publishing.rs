//! A change goes its way: an author proposes, sees whom it reaches, a second person approves, learners see what changed.

use crate::support::Answer;
use crate::support::Avow;
use crate::support::Visitor;
use crate::support::attest;
use reqwest::Method;

const POLICY: &str = "/library/policies/clear-desk";

/// The company with Karl (007) as author beside Inês (004), the compliance officer, and a clear desk policy changed in the folder.
async fn changed(materiality: &str) -> Avow {
    let mut avow = Avow::company().await;
    avow.avow(&["access", "grant", "author", "007"]);
    change(&avow, materiality);
    avow.serve();
    avow
}

fn change(avow: &Avow, materiality: &str) {
    avow.edit("policies/clear-desk/policy.toml", |text| {
        let text = text.replacen("version = 1", "version = 2", 1).replace("\"material\"", &format!("{materiality:?}"));
        text.replace("[statement]", "[changes]\nen = \"Badges count as papers.\"\nvi = \"Thẻ cũng là giấy tờ.\"\n\n[statement]")
    });
    avow.edit("policies/clear-desk/en.md", |text| text.replace("lock papers away", "lock papers and badges away at once"));
    avow.edit("policies/clear-desk/vi.md", |text| text.replace("cất giấy tờ", "cất ngay giấy tờ và thẻ"));
}

/// Sends a form that the page does not offer any more, with its token.
async fn push(visitor: &Visitor, page: &Answer, path: &str, fields: &str) -> Answer {
    let body = format!("csrf={}&{fields}", page.field("csrf"));
    visitor.ask(Method::POST, path, &[("sec-fetch-site", "same-origin")], Some(body)).await
}

/// The address of the open proposal on a page.
fn proposal(page: &Answer) -> String {
    let rest = page.body.split("action=\"/library/proposals/").nth(1).unwrap_or_else(|| panic!("no proposal on {}", page.body));
    format!("/library/proposals/{}", rest.split('"').next().unwrap_or_default())
}

async fn propose(visitor: &Visitor) -> Answer {
    let page = visitor.get(POLICY).await;
    let sent = visitor.send(&page, &format!("{POLICY}/proposals"), &[("note", "New rule about badges")]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    visitor.get(POLICY).await
}

#[tokio::test]
async fn a_material_change_is_approved_by_a_second_person_who_sees_first_whom_it_reaches() {
    let avow = changed("material").await;
    attest(&avow, "003").await;
    attest(&avow, "C-1").await;
    let karl = avow.signed_in("007").await;
    let library = karl.get("/library").await;
    assert!(library.says("Version 2, not published yet"), "{}", library.body);
    let page = karl.get(POLICY).await;
    for words in [
        "2 people who have done it already would have to do it again.",
        "people have not done it yet and would do it with the new text.",
        "Badges count as papers.",
        "people attest or train again.",
    ] {
        assert!(page.says(words), "{words} is missing in {}", page.body);
    }
    assert!(!page.says("Lena Brandt"), "an author sees how many, not who");
    let compared = karl.get(&format!("{POLICY}/changes")).await;
    assert!(compared.body.contains("<ins>") && compared.says("badges") && compared.says("[added:"), "{}", compared.body);
    // Whoever proposes cannot approve, by the page or past it.
    let mine = propose(&karl).await;
    assert!(mine.says("Somebody else has to approve it.") && !mine.says("Approve and publish"), "{}", mine.body);
    let path = proposal(&mine);
    let own = push(&karl, &mine, &path, "decision=approved").await;
    assert!(own.status == 409 && own.says("Who proposed something cannot approve or return it."), "{}", own.body);
    assert_eq!(avow.one::<i64>("select count(*) from content_versions where slug = 'clear-desk'").await, 1);
    let ines = avow.signed_in("004").await;
    assert!(ines.get("/library").await.says("Waiting for a second person"));
    let page = ines.get(POLICY).await;
    assert!(page.says("New rule about badges") && page.says("Karl Ohnepost") && page.says("Lena Brandt"), "{}", page.body);
    let approved = ines.send(&page, &path, &[("decision", "approved")]).await;
    assert_eq!(approved.status, 303, "{}", approved.body);
    let page = ines.get(POLICY).await;
    assert!(page.says("Karl Ohnepost, approved by Inês Costa") && page.says("As published"), "{}", page.body);
    let again = push(&ines, &page, &path, "decision=approved").await;
    assert!(again.status == 409 && again.says("Somebody has decided about it meanwhile."), "{}", again.body);
    learners_see_what_changed(&avow).await;
}

async fn learners_see_what_changed(avow: &Avow) {
    avow.avow(&["programme", "evaluate"]);
    let lena = avow.signed_in("003").await;
    assert!(lena.get("/").await.says("Clear desk"), "it is owed anew");
    let assignment = avow.assignment("003", "desk-policy").await;
    let due = format!("select decided_by || ' ' || (due_on - opens_on)::text from assignments where id = '{assignment}'");
    assert_eq!(avow.one::<String>(&due).await, "revised 30");
    let page = lena.get(&format!("/attest/{assignment}")).await;
    for words in ["You confirmed version 1 on", "Badges count as papers.", "4 words added"] {
        assert!(page.says(words), "{words} is missing in {}", page.body);
    }
    assert!(page.body.contains("<ins>") && page.says("and badges"), "{}", page.body);
    let mai = avow.signed_in("C-1").await;
    let page = mai.get(&format!("/attest/{}", avow.assignment("C-1", "desk-policy").await)).await;
    assert!(page.says("Thẻ cũng là giấy tờ.") && page.says("[thêm:") && page.says("và thẻ"), "{}", page.body);
    let why = lena.get(&format!("/assignments/{assignment}")).await;
    assert!(why.says("The text changed in a way that matters"), "{}", why.body);
    // What was in force before can be read for ever, and what changed.
    let earlier = lena.get("/policies/clear-desk/versions/1").await;
    assert!(earlier.says("This is an earlier version.") && !earlier.says("badges"), "{}", earlier.body);
    let newer = lena.get("/policies/clear-desk/versions/2").await;
    assert!(newer.says("What changed since the version before") && newer.body.contains("<ins>"), "{}", newer.body);
    assert_eq!(lena.get("/policies/clear-desk/versions/3").await.status, 404);
    attest(avow, "003").await;
    assert_eq!(avow.one::<i64>("select count(*) from attestations where version = 2").await, 1);
}

#[tokio::test]
async fn an_editorial_change_reopens_nothing() {
    let avow = changed("editorial").await;
    attest(&avow, "003").await;
    let karl = avow.signed_in("007").await;
    assert!(karl.get(POLICY).await.says("Nobody who has done it already would have to do it again."));
    let path = proposal(&propose(&karl).await);
    let ines = avow.signed_in("004").await;
    let page = ines.get(POLICY).await;
    assert_eq!(ines.send(&page, &path, &[("decision", "approved")]).await.status, 303);
    avow.avow(&["programme", "evaluate"]);
    let cycles = "select max(cycle) from assignments a join requirements r on r.id = requirement_id where r.slug = 'desk-policy'";
    assert_eq!(avow.one::<i32>(cycles).await, 1);
}

#[tokio::test]
async fn what_is_returned_withdrawn_or_changed_meanwhile_is_not_published() {
    let avow = changed("material").await;
    let (karl, ines) = (avow.signed_in("007").await, avow.signed_in("004").await);
    let path = proposal(&propose(&karl).await);
    let page = ines.get(POLICY).await;
    let refused = ines.send(&page, &path, &[("decision", "returned"), ("reason", " ")]).await;
    assert!(refused.status == 409 && refused.says("Say what should be changed"), "{}", refused.body);
    assert_eq!(push(&ines, &page, &path, "decision=withdrawn").await.status, 409, "only its author withdraws it");
    assert_eq!(ines.send(&page, &path, &[("decision", "returned"), ("reason", "Name the <b>badges</b>")]).await.status, 303);
    let page = karl.get(POLICY).await;
    assert!(page.says("Returned") && page.body.contains("Name the &lt;b&gt;badges"), "{}", page.body);
    let path = proposal(&propose(&karl).await);
    let twice = push(&karl, &page, &format!("{POLICY}/proposals"), "note=").await;
    assert!(twice.status == 409 && twice.says("is proposed already"), "{}", twice.body);
    let page = karl.get(POLICY).await;
    assert_eq!(karl.send(&page, &path, &[("decision", "withdrawn")]).await.status, 303);
    let path = proposal(&propose(&karl).await);
    avow.edit("policies/clear-desk/en.md", |text| format!("{text}\nAnd keys.\n"));
    let page = ines.get(POLICY).await;
    assert!(page.says("no longer stands in the content folder") && !page.says("Approve and publish"), "{}", page.body);
    let late = push(&ines, &page, &path, "decision=approved").await;
    assert!(late.status == 409 && late.says("The content folder holds other words"), "{}", late.body);
    assert_eq!(avow.one::<i64>("select count(*) from content_versions where slug = 'clear-desk'").await, 1);
    let made = "select string_agg(decision, ' ' order by decided_at) from content_decisions";
    assert_eq!(avow.one::<String>(made).await, "returned withdrawn");
}

#[tokio::test]
async fn what_has_an_error_cannot_be_proposed_and_what_is_published_goes_on() {
    let avow = changed("material").await;
    avow.edit("policies/clear-desk/en.md", |text| format!("{text}\nSee [the list](#nowhere).\n"));
    let karl = avow.signed_in("007").await;
    let library = karl.get("/library").await;
    assert!(library.says("Has errors") && library.says("The content folder has one error"), "{}", library.body);
    let page = karl.get(POLICY).await;
    assert!(page.says("link-dead") && page.says("policies/clear-desk/en.md:14:5") && !page.says("Propose for review"), "{}", page.body);
    let sent = push(&karl, &page, &format!("{POLICY}/proposals"), "note=").await;
    assert!(sent.status == 409 && sent.says("Mend them first."), "{}", sent.body);
    std::fs::remove_file(avow.folder.path().join("content/organisation.toml")).expect("was there");
    let library = karl.get("/library").await;
    assert!(library.status == 200 && library.says("The content folder cannot be read."), "{}", library.body);
    assert!(karl.get("/policies/clear-desk").await.says("You must lock papers away"), "readers notice nothing");
}

#[tokio::test]
async fn a_broken_folder_at_the_start_leaves_what_is_published_and_is_told() {
    let mut avow = Avow::company().await;
    avow.edit("policies/clear-desk/en.md", |_| "no front matter".into());
    avow.edit("organisation.toml", |text| text.replace("name =", "nme ="));
    avow.serve();
    assert!(avow.log().contains("organisation.toml cannot be read; it is served with as it was before"), "{}", avow.log());
    assert!(avow.log().contains("the content folder has errors; what is published is served"), "{}", avow.log());
    assert!(avow.visitor().get("/sign-in").await.says("Halden Works"), "as it was before");
    avow.edit("organisation.toml", |text| text.replace("nme =", "name ="));
    assert!(avow.signed_in("003").await.get("/policies/clear-desk").await.says("You must lock papers away"));
}

#[tokio::test]
async fn on_the_command_line_two_people_answer_for_a_publication() {
    let avow = changed("notify").await;
    let refused = avow.refused(&["content", "publish"]);
    assert!(refused.contains("--author HR-ID --approver HR-ID") && refused.contains("Nothing was published."), "{refused}");
    for (arguments, why) in [
        (["--author", "007", "--approver", "007"], "another person than the author"),
        (["--author", "007", "--approver", "003"], "003 may not publish"),
        (["--author", "999", "--approver", "004"], "nobody's HR id"),
    ] {
        let refused = avow.refused(&[&["content", "publish"], &arguments[..]].concat());
        assert!(refused.contains(why), "{refused}");
    }
    let said = avow.avow(&["content", "impact", "policies/clear-desk"]);
    assert!(said.starts_with("policy/clear-desk version 2 (notify), from 2026-03-02 on:\n  0 of 8 people bound"), "{said}");
    assert!(avow.avow(&["content", "propose", "policies/clear-desk", "--as", "007"]).contains("proposed policy/clear-desk version 2"));
    let refused = avow.refused(&["content", "publish", "--author", "004", "--approver", "007"]);
    assert!(refused.contains("version 2 is proposed; approve, return or withdraw that first"), "{refused}");
    assert!(avow.avow(&["content", "proposals"]).contains("policy/clear-desk version 2 (notify), by 007 on "));
    let own = avow.refused(&["content", "approve", "policies/clear-desk", "--as", "007"]);
    assert!(own.contains("another person approves or returns"), "{own}");
    assert!(avow.refused(&["content", "return", "policies/clear-desk", "--as", "004"]).contains("--reason"));
    let said = avow.avow(&["content", "approve", "policies/clear-desk", "--as", "004"]);
    assert_eq!(said, "published policy/clear-desk version 2\n");
    assert!(avow.refused(&["content", "withdraw", "policies/clear-desk", "--as", "007"]).contains("nothing is proposed"));
    avow.edit("courses/safe-mail/course.toml", |text| text.replacen("version = 1", "version = 2", 1));
    let said = avow.avow(&["content", "publish", "--author", "004", "--approver", "007"]);
    assert!(said.contains("published course/safe-mail version 2"), "{said}");
    let who = "select string_agg(a.hr_id || '>' || d.hr_id, ' ' order by p.slug) from content_versions v join content_proposals p on p.id = v.proposal_id
        join content_decisions c on c.proposal_id = p.id join persons a on a.id = p.proposed_by join persons d on d.id = c.decided_by";
    assert_eq!(avow.one::<String>(who).await, "007>004 004>007");
}

#[tokio::test]
async fn the_database_itself_refuses_one_person_alone_and_words_that_nobody_approved() {
    let avow = changed("material").await;
    propose(&avow.signed_in("007").await).await;
    let own = "insert into content_decisions select id, proposed_by, 'approved', '', proposed_by, now() from content_proposals";
    let refused = avow.sql().await.batch_execute(own).await.expect_err("one person alone");
    assert!(refused.as_db_error().expect("of the database").message().contains("check constraint"), "{refused}");
    let version = |proposal: &str| {
        format!(
            "insert into content_versions select gen_random_uuid(), kind, slug, 7, materiality, settings, source_sha256, renderer, effective_at,
                published_at, {proposal} from content_versions where slug = 'clear-desk'"
        )
    };
    let refused = avow.sql().await.batch_execute(&version("(select id from content_proposals)")).await.expect_err("nobody approved it");
    assert!(refused.as_db_error().expect("of the database").message().contains("is not what was approved"), "{refused}");
}

#[tokio::test]
async fn a_review_without_a_change_is_a_recorded_fact_and_reopens_nothing() {
    let mut avow = Avow::company().await;
    avow.serve();
    attest(&avow, "003").await;
    let ines = avow.signed_in("004").await;
    let page = ines.get(POLICY).await;
    let path = format!("{POLICY}/reviews");
    let empty = ines.send(&page, &path, &[("outcome", "unchanged"), ("threats", " "), ("notes", ""), ("next", "2027-03-01")]).await;
    assert!(empty.status == 409 && empty.says("Say which threats"), "{}", empty.body);
    let past = ines.send(&page, &path, &[("outcome", "unchanged"), ("threats", "x"), ("notes", ""), ("next", "2020-03-01")]).await;
    assert!(past.status == 409 && past.says("on a day to come"), "{}", past.body);
    let fields = [("outcome", "unchanged"), ("threats", "Tailgating; new visitors' entrance"), ("notes", "None"), ("next", "2027-03-01")];
    assert_eq!(ines.send(&page, &path, &fields).await.status, 303);
    let page = ines.get(POLICY).await;
    assert!(page.says("Fits, no change") && page.says("Tailgating") && page.says("Inês Costa"), "{}", page.body);
    assert!(ines.get("/library").await.says("2027-03-01"), "the next review is the one of the last");
    let said = avow.avow(&[
        "content",
        "review",
        "courses/safe-mail",
        "--as",
        "004",
        "--threats",
        "Voice cloning",
        "--next",
        "2027-04-01",
        "--needs-change",
    ]);
    assert_eq!(said, "reviewed course/safe-mail version 1, next by 2027-04-01\n");
    avow.avow(&["programme", "evaluate"]);
    assert_eq!(avow.one::<i32>("select max(cycle) from assignments").await, 1);
    assert!(avow.sql().await.batch_execute("update content_reviews set threats = 'none'").await.is_err());
}

#[tokio::test]
async fn any_two_versions_are_compared_in_the_language_of_the_reader() {
    let mut avow = Avow::company().await;
    change(&avow, "notify");
    avow.avow(&["content", "publish"]);
    avow.edit("policies/clear-desk/policy.toml", |text| text.replacen("version = 2", "version = 3", 1));
    avow.edit("policies/clear-desk/en.md", |text| format!("{text}\n## Keys {{#keys}}\n\n- Keys too.\n"));
    avow.edit("policies/clear-desk/vi.md", |text| format!("{text}\n## Chìa khóa {{#keys}}\n\n- Cả chìa khóa.\n"));
    avow.avow(&["content", "publish"]);
    avow.serve();
    let ines = avow.signed_in("004").await;
    let page = ines.get(&format!("{POLICY}/changes?from=1&to=3")).await;
    assert!(page.body.contains("<h2 id=\"s-keys\"><ins>") && page.says("Keys too.") && page.says("badges"), "{}", page.body);
    let page = ines.get(&format!("{POLICY}/changes?from=3&to=2&language=vi")).await;
    assert!(page.body.contains("<h2><del>") && page.says("Cả chìa khóa."), "{}", page.body);
    assert!(!page.says("giấy tờ và thẻ</ins>"), "what both have is not marked");
    let version = ines.get(&format!("{POLICY}/versions/1?language=vi")).await;
    assert!(version.says("Bạn phải cất giấy tờ vào tủ khóa") && version.says("SHA-256"), "{}", version.body);
    let course = ines.get("/library/courses/safe-mail/versions/1").await;
    assert!(course.body.contains("<p>✓ Leave it and report it</p>") && course.says("FEEDBACK-TAP"), "authors see the answers");
    for path in ["/versions/9", "/changes?from=9", "/changes?from=1&to=9"] {
        assert_eq!(ines.get(&format!("{POLICY}{path}")).await.status, 404, "{path}");
    }
    assert_eq!(ines.get("/library/policies/nothing").await.status, 404);
    assert_eq!(ines.get("/library/shelves/clear-desk").await.status, 404);
}
