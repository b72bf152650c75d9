//! Reading a policy and attesting to it.

use crate::support::Answer;
use crate::support::Avow;
use crate::support::Visitor;
use crate::support::until;
use avow::access::tokens;
use avow::kit::crypto;
use avow::kit::crypto::SecretKey;
use reqwest::Method;
use std::sync::Arc;

/// Reads the policy to its end; the page that asks for confirmation.
async fn review(visitor: &Visitor, assignment: &str) -> Answer {
    let page = visitor.get(&format!("/attest/{assignment}")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let answer = visitor.send(&page, &format!("/attest/{assignment}/review"), &[]).await;
    visitor.follow(&answer).await
}

const ATTEST: [(&str, &str); 2] = [("agree", "yes"), ("response", "attest")];

#[tokio::test]
async fn a_contractor_reads_in_vietnamese_attests_and_keeps_a_receipt() {
    let avow = Avow::serving().await;
    let (mai, assignment) = (avow.signed_in("C-1").await, avow.assignment("C-1", "desk-policy").await);
    let home = mai.get("/").await;
    assert!(home.says("Bàn làm việc gọn gàng") && home.says(&format!("/attest/{assignment}")), "{}", home.body);
    avow.at("2026-03-02T09:01:00Z");
    let page = mai.get(&format!("/attest/{assignment}")).await;
    assert!(page.says("Bạn phải cất giấy tờ vào tủ khóa") && page.body.contains("href=\"#s-rules\""), "{}", page.body);
    avow.at("2026-03-02T09:05:00Z");
    let confirm = review(&mai, &assignment).await;
    assert!(confirm.says("Tôi đã đọc chính sách bàn làm việc gọn gàng") && confirm.says("Trần Thị Mai"), "{}", confirm.body);
    assert!(!confirm.body.contains("checked"), "the box is not ticked beforehand");
    avow.at("2026-03-02T09:06:00Z");
    let receipt = mai.send(&confirm, &format!("/attest/{assignment}"), &ATTEST).await;
    let receipt = mai.follow(&receipt).await;
    assert!(receipt.says("16:06 (Asia/Ho_Chi_Minh)") && receipt.says("Trần Thị Mai"), "{}", receipt.body);
    let mail = avow.mail("mai.tran@studio.example", "Bàn làm việc gọn gàng").await;
    assert!(mail.text.contains("Thứ Hai, ngày 2 tháng 3 năm 2026"), "{}", mail.text);
    assert!(mai.get("/record").await.says("/receipts/"));
    assert_eq!(avow.one::<i64>("select count(*) from completions").await, 1);
}

#[tokio::test]
async fn the_record_has_every_field_and_matches_its_commitment() {
    let avow = Avow::serving().await;
    let (lena, assignment) = (avow.signed_in("003").await, avow.assignment("003", "desk-policy").await);
    let confirm = review(&lena, &assignment).await;
    lena.send(&confirm, &format!("/attest/{assignment}"), &ATTEST).await;
    let row = avow
        .sql()
        .await
        .query_one(
            "select a.commitment, p.record, p.salt, a.html_sha256, a.source_sha256, t.html, t.source, a.statement, a.statement_sha256,
                a.session_sha256, s.method, a.assignment_id::text, p.displayed_name
         from attestations a join attestation_private p on p.attestation_id = a.id join attestation_sign_ins s on s.attestation_id = a.id
         join content_texts t on t.id = a.text_id",
            &[],
        )
        .await
        .expect("one record");
    let (record, salt): (String, Vec<u8>) = (row.get(1), row.get(2));
    let salt = <[u8; 32]>::try_from(salt).expect("32 bytes");
    assert_eq!(row.get::<_, Vec<u8>>(0), crypto::commitment(&salt, &record));
    let hash = |text: String| crypto::sha256(text.as_bytes()).to_vec();
    assert_eq!(row.get::<_, Vec<u8>>(3), hash(row.get(5)), "the HTML as shown");
    assert_eq!(row.get::<_, Vec<u8>>(4), hash(row.get(6)), "the source");
    assert_eq!(row.get::<_, Vec<u8>>(8), hash(row.get(7)), "the statement");
    assert_eq!(row.get::<_, Vec<u8>>(9).len(), 32);
    assert_eq!(row.get::<_, String>(10), "terminal link");
    let record: serde_json::Value = serde_json::from_str(&record).expect("JSON");
    for field in [
        "id",
        "person",
        "engagement",
        "assignment",
        "name",
        "policy",
        "version",
        "language",
        "prevailing_language",
        "source_sha256",
        "html_sha256",
        "renderer",
        "statement",
        "statement_version",
        "statement_sha256",
        "meaning",
        "response",
        "opened_at",
        "end_reached_at",
        "signed_at",
        "session_sha256",
        "previous",
        "sign_in",
    ] {
        assert!(record.get(field).is_some(), "{field} is missing in {record}");
    }
    assert_eq!(record["assignment"], row.get::<_, String>(11));
    assert_eq!(record["name"], "Lena Brandt");
    assert_eq!(record["meaning"], serde_json::json!(["read", "understood", "agree"]));
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_or_remove_a_fact() {
    let avow = Avow::serving().await;
    let (lena, assignment) = (avow.signed_in("003").await, avow.assignment("003", "desk-policy").await);
    let confirm = review(&lena, &assignment).await;
    lena.send(&confirm, &format!("/attest/{assignment}"), &ATTEST).await;
    let facts: Vec<String> = avow
        .sql()
        .await
        .query("select distinct tgrelid::regclass::text from pg_trigger where tgname = 'keep_rows' order by 1", &[])
        .await
        .expect("tables")
        .iter()
        .map(|row| row.get(0))
        .collect();
    for table in [
        "attestations",
        "attestation_private",
        "attestation_sign_ins",
        "completions",
        "content_versions",
        "content_texts",
        "roster_changes",
    ] {
        assert!(facts.iter().any(|fact| fact == table), "{table} is no table of facts");
        for role in ["", "set role avow_web;"] {
            for sql in [
                format!("update {table} set {} = {0}", column(&avow, table).await),
                format!("delete from {table}"),
                format!("truncate {table} cascade"),
            ] {
                let refused = avow.sql().await.batch_execute(&format!("{role} {sql}")).await.expect_err(&sql);
                let why = refused.as_db_error().expect("of the database").message().to_owned();
                assert!(why.contains("append-only") || why.contains("permission denied"), "{sql}: {why}");
            }
        }
    }
    assert_eq!(avow.one::<i64>("select count(*) from attestations").await, 1);
    assert_eq!(facts.len(), 31, "{facts:?}");
    for table in &facts {
        let kept = format!(
            "select count(*) from pg_trigger where tgrelid = '{table}'::regclass and tgname in ('keep_rows', 'keep_table') and tgenabled = 'A'"
        );
        assert_eq!(avow.one::<i64>(&kept).await, 2, "{table}");
        let may = format!("select has_table_privilege('avow_web', '{table}', 'update, delete, truncate')");
        assert!(!avow.one::<bool>(&may).await, "{table}");
    }
}

async fn column(avow: &Avow, table: &str) -> String {
    avow.one(&format!("select attname::text from pg_attribute where attrelid = '{table}'::regclass and attnum = 1")).await
}

#[tokio::test]
async fn neither_half_a_record_nor_one_of_somebody_elses_assignment_can_be_committed() {
    let avow = Avow::serving().await;
    let (lena, assignment) = (avow.signed_in("003").await, avow.assignment("003", "desk-policy").await);
    let confirm = review(&lena, &assignment).await;
    lena.send(&confirm, &format!("/attest/{assignment}"), &ATTEST).await;
    let insert = |whose: &str| {
        format!(
            "insert into attestations select gen_random_uuid(), (select id from assignments where id <> a.assignment_id and person_id {whose} a.person_id limit 1), person_id,
        engagement_id, text_id, policy, version, language, prevailing_language, source_sha256, html_sha256, renderer, statement,
        statement_version, statement_sha256, meaning, response, opened_at, end_reached_at, signed_at, recorded_at, session_sha256,
        previous_id, gen_random_uuid(), commitment from attestations a"
        )
    };
    for (whose, why) in [("=", "lacks its record"), ("<>", "violates foreign key constraint")] {
        let refused = avow.sql().await.batch_execute(&insert(whose)).await.expect_err("is refused");
        let message = refused.as_db_error().expect("of the database").message().to_owned();
        assert!(message.contains(why), "{message}");
    }
}

#[tokio::test]
async fn a_double_click_and_a_second_tab_make_one_record_and_lead_to_one_receipt() {
    let avow = Avow::serving().await;
    let (lena, assignment) = (avow.signed_in("003").await, avow.assignment("003", "desk-policy").await);
    let (one, other) = (review(&lena, &assignment).await, review(&lena, &assignment).await);
    let path = format!("/attest/{assignment}");
    let mut sends = Vec::new();
    for page in std::iter::repeat_n(&one, 20).chain(std::iter::repeat_n(&other, 20)) {
        let (lena, body, path) = (lena.clone(), Visitor::form(page, &path, &ATTEST), path.clone());
        sends.push(tokio::spawn(async move { lena.ask(Method::POST, &path, &[], Some(body)).await.location().to_owned() }));
    }
    let mut receipts = Vec::new();
    for send in sends {
        receipts.push(send.await.expect("answers"));
    }
    receipts.dedup();
    assert_eq!(receipts.len(), 1, "{receipts:?}");
    assert_eq!(avow.one::<i64>("select count(*) from attestations").await, 1);
    assert_eq!(avow.one::<i64>("select count(*) from completions").await, 1);
}

#[tokio::test]
async fn getting_pages_attests_nothing_and_the_text_comes_before_the_signature() {
    let avow = Avow::serving().await;
    let (lena, assignment) = (avow.signed_in("003").await, avow.assignment("003", "desk-policy").await);
    let page = lena.get(&format!("/attest/{assignment}")).await;
    let text = page.field("text");
    let skipped = lena.get(&format!("/attest/{assignment}/review?text={text}")).await;
    assert_eq!((skipped.status, skipped.location()), (303, format!("/attest/{assignment}").as_str()));
    let confirm = review(&lena, &assignment).await;
    for _ in 0..3 {
        lena.get(&format!("/attest/{assignment}/review?text={text}")).await;
    }
    assert_eq!(avow.one::<i64>("select count(*) from attestations").await, 0);
    let unticked = lena.send(&confirm, &format!("/attest/{assignment}"), &[("response", "attest")]).await;
    assert_eq!(unticked.status, 422);
    assert!(unticked.says("Tick the box"), "{}", unticked.body);
    assert_eq!(avow.one::<i64>("select count(*) from attestations").await, 0);
}

#[tokio::test]
async fn nobody_attests_for_somebody_else() {
    let avow = Avow::serving().await;
    let (lena, assignment) = (avow.signed_in("003").await, avow.assignment("003", "desk-policy").await);
    let administrator = avow.signed_in("006").await;
    let theirs = avow.assignment("006", "desk-policy").await;
    assert_eq!(administrator.get(&format!("/attest/{assignment}")).await.status, 404);
    let (confirm, own) = (review(&lena, &assignment).await, review(&administrator, &theirs).await);
    // Lena's form key in the administrator's own form: made for somebody else.
    let fields = [
        ("text", &*own.field("text")),
        ("idempotency_key", &confirm.field("idempotency_key")),
        ("csrf", &own.field("csrf")),
        ("agree", "yes"),
        ("response", "attest"),
    ];
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    assert_eq!(administrator.ask(Method::POST, &format!("/attest/{theirs}"), &[], Some(body.clone())).await.status, 403);
    assert_eq!(administrator.ask(Method::POST, &format!("/attest/{assignment}"), &[], Some(body)).await.status, 404);
    assert_eq!(avow.one::<i64>("select count(*) from attestations").await, 0);
}

#[tokio::test]
async fn h11_a_text_superseded_by_a_material_version_is_refused_with_what_changed() {
    let avow = Avow::serving().await;
    let (lena, assignment) = (avow.signed_in("003").await, avow.assignment("003", "desk-policy").await);
    let confirm = review(&lena, &assignment).await;
    publish_again(&avow, "material");
    let refused = lena.send(&confirm, &format!("/attest/{assignment}"), &ATTEST).await;
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("<ins>") && refused.says("at once"), "{}", refused.body);
    assert_eq!(avow.one::<i64>("select count(*) from attestations").await, 0);
    let confirm = review(&lena, &assignment).await;
    let receipt = lena.send(&confirm, &format!("/attest/{assignment}"), &ATTEST).await;
    assert!(lena.follow(&receipt).await.says("version 2"));
}

#[tokio::test]
async fn h12_a_text_superseded_by_an_editorial_version_is_accepted() {
    let avow = Avow::serving().await;
    let (lena, assignment) = (avow.signed_in("003").await, avow.assignment("003", "desk-policy").await);
    let confirm = review(&lena, &assignment).await;
    publish_again(&avow, "editorial");
    let receipt = lena.send(&confirm, &format!("/attest/{assignment}"), &ATTEST).await;
    assert!(lena.follow(&receipt).await.says("version 1"));
    assert_eq!(avow.one::<i64>("select count(*) from completions").await, 1);
}

fn publish_again(avow: &Avow, materiality: &str) {
    avow.edit("policies/clear-desk/policy.toml", |text| {
        text.replacen("version = 1", "version = 2", 1).replace("\"material\"", &format!("{materiality:?}"))
    });
    avow.edit("policies/clear-desk/en.md", |text| text.replace("when you leave", "at once when you leave"));
    avow.avow(&["content", "publish"]);
}

#[tokio::test]
async fn declining_needs_a_reason_is_recorded_and_completes_nothing() {
    let avow = Avow::serving().await;
    let (lena, assignment) = (avow.signed_in("003").await, avow.assignment("003", "desk-policy").await);
    let path = format!("/attest/{assignment}");
    let confirm = review(&lena, &assignment).await;
    let unexplained = lena.send(&confirm, &path, &[("response", "decline"), ("reason", "  ")]).await;
    assert_eq!(unexplained.status, 422);
    let receipt = lena.send(&confirm, &path, &[("response", "decline"), ("reason", "I have no lock <b>")]).await;
    assert!(lena.follow(&receipt).await.says("You have declined"));
    assert_eq!(avow.one::<String>("select decline_reason from attestation_private").await, "I have no lock <b>");
    assert_eq!(avow.one::<i64>("select count(*) from completions").await, 0);
    let confirm = review(&lena, &assignment).await;
    lena.send(&confirm, &path, &ATTEST).await;
    assert_eq!(avow.one::<i64>("select count(*) from completions").await, 1, "one may think again");
}

#[tokio::test]
async fn an_answer_stays_and_another_to_the_same_form_is_told_so() {
    let avow = Avow::serving().await;
    let (lena, assignment) = (avow.signed_in("003").await, avow.assignment("003", "desk-policy").await);
    let path = format!("/attest/{assignment}");
    let (one, other) = (review(&lena, &assignment).await, review(&lena, &assignment).await);
    let declined = lena.send(&one, &path, &[("response", "decline"), ("reason", "No lock")]).await;
    assert_eq!(lena.send(&one, &path, &[("response", "decline"), ("reason", "No lock")]).await.location(), declined.location());
    let answer = lena.send(&one, &path, &ATTEST).await;
    assert!(answer.status == 409 && answer.says("that answer stays"), "{}", answer.body);
    let page = lena.get(&path).await;
    assert!(page.says("You have declined") && page.body.contains(declined.location()), "{}", page.body);
    let home = lena.get("/").await;
    let next = home.body.split("class=\"next-step\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("a next step");
    assert!(home.says("you declined") && !next.contains("Clear desk"), "what was declined is not the next step: {}", home.body);
    let attested = lena.send(&other, &path, &ATTEST).await;
    assert_eq!(attested.status, 303);
    // Back in the browser: the form is still there, and declines nothing any more.
    let late = lena.get(&format!("{path}/review?text={}", one.field("text"))).await;
    assert_eq!(late.location(), attested.location(), "what is attested is not asked again");
    let answer = lena.send(&one, &path, &[("response", "decline"), ("reason", "Changed my mind")]).await;
    assert_eq!(answer.location(), declined.location(), "the same answer of the same form");
    assert_eq!(lena.send(&other, &path, &[("response", "decline"), ("reason", "Changed my mind")]).await.status, 409);
    assert_eq!(avow.one::<i64>("select count(*) from attestations").await, 2);
}

#[tokio::test]
async fn a_thousand_attestations_from_parallel_clients_are_there_once_each() {
    let avow = crowd(1000).await;
    let people: Vec<(String, String)> = crowd_of(&avow).await;
    let avow = Arc::new(avow);
    let mut clients = Vec::new();
    for chunk in people.chunks(people.len().div_ceil(32)) {
        let (avow, chunk) = (Arc::clone(&avow), chunk.to_vec());
        clients.push(tokio::spawn(async move {
            let mut receipts = Vec::new();
            for (link, assignment) in chunk {
                let visitor = by_link(&avow, &link).await;
                let confirm = review(&visitor, &assignment).await;
                let path = format!("/attest/{assignment}");
                // Every client is nervous and sends twice.
                let (one, two) = tokio::join!(visitor.send(&confirm, &path, &ATTEST), visitor.send(&confirm, &path, &ATTEST));
                assert_eq!(one.location(), two.location());
                receipts.push(one.location().rsplit('/').next().expect("an id").to_owned());
            }
            receipts
        }));
    }
    let mut acknowledged = Vec::new();
    for client in clients {
        acknowledged.extend(client.await.expect("ends well"));
    }
    acknowledged.sort();
    acknowledged.dedup();
    assert_eq!(acknowledged.len(), 1000);
    let stored = avow.sql().await.query("select id::text from attestations order by 1", &[]).await.expect("rows");
    assert_eq!(stored.iter().map(|row| row.get::<_, String>(0)).collect::<Vec<_>>(), acknowledged);
    assert_eq!(avow.one::<i64>("select count(*) from completions where evidence = 'attestation'").await, 1000);
}

#[tokio::test]
async fn killed_in_the_middle_of_attesting_it_has_every_acknowledged_record_once() {
    let mut avow = crowd(120).await;
    let people = crowd_of(&avow).await;
    let mut forms = Vec::new();
    for (link, assignment) in &people {
        let visitor = by_link(&avow, link).await;
        let confirm = review(&visitor, assignment).await;
        forms.push((visitor, format!("/attest/{assignment}"), Visitor::form(&confirm, &format!("/attest/{assignment}"), &ATTEST)));
    }
    let url = avow.url().to_owned();
    let mut sends = Vec::new();
    for (visitor, path, body) in forms.clone() {
        sends.push(tokio::spawn(async move {
            visitor.try_ask(Method::POST, &path, &[], Some(body)).await.ok().map(|answer| answer.location().to_owned())
        }));
    }
    until("some are recorded", async || (avow.one::<i64>("select count(*) from attestations").await > 5).then_some(())).await;
    avow.kill();
    let mut acknowledged = Vec::new();
    for send in sends {
        acknowledged.push(send.await.expect("ends"));
    }
    assert!(acknowledged.iter().any(Option::is_some), "some were acknowledged before the kill");
    let again = avow.serve();
    for ((visitor, path, body), before) in forms.into_iter().zip(acknowledged) {
        let visitor = visitor.at(&again);
        let after = visitor.ask(Method::POST, &path, &[], Some(body)).await;
        if let Some(receipt) = before {
            assert_eq!(after.location(), receipt, "a retry leads to the first receipt");
        }
        assert_eq!(visitor.follow(&after).await.status, 200);
    }
    assert_ne!(url, again);
    assert_eq!(avow.one::<i64>("select count(*) from attestations").await, 120);
    assert_eq!(avow.one::<i64>("select count(distinct assignment_id) from completions").await, 120);
}

/// A served company of so many more people, all of whom owe the policy.
async fn crowd(count: usize) -> Avow {
    let mut avow = Avow::company().await;
    let rows: String = (0..count).map(|n| format!("X{n:05},x{n}@halden.example,Kim,X{n},employee,2020-01-01,DE,en\n")).collect();
    let file = avow.file("crowd.csv", &format!("hr_id,email,given_name,family_name,kind,start,country,language\n{rows}"));
    avow.avow(&["people", "import", &file]);
    avow.avow(&["programme", "evaluate"]);
    avow.serve();
    avow
}

/// A sign-in link of each, straight from the database and the installation's key, with the assignment of the policy.
async fn crowd_of(avow: &Avow) -> Vec<(String, String)> {
    let client = avow.sql().await;
    let links = "insert into sign_in_links (id, person_id, purpose, created_at, expires_at)
        select gen_random_uuid(), id, 'terminal', '2026-03-02T09:00:00Z', '2026-03-03T09:00:00Z' from persons where hr_id like 'X%'";
    client.batch_execute(links).await.expect("links");
    let sql = "select l.id::text, a.id::text from sign_in_links l join assignments a on a.person_id = l.person_id
        join requirements r on r.id = a.requirement_id where r.slug = 'desk-policy'";
    let rows = client.query(sql, &[]).await.expect("rows");
    let key = SecretKey::load(&avow.folder.path().join("keys/session.key")).expect("the key");
    let link = |id: String| tokens::token(&key, tokens::Kind::SignIn, id.parse().expect("an id"));
    rows.into_iter().map(|row| (link(row.get(0)), row.get(1))).collect()
}

async fn by_link(avow: &Avow, link: &str) -> Visitor {
    let visitor = avow.visitor();
    let page = visitor.get(&format!("/sign-in/{link}")).await;
    assert_eq!(visitor.send(&page, "/sign-in/link", &[]).await.status, 303);
    visitor
}
