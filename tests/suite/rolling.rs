//! A rolling update: the program as it was before the newest change of the schema serves beside the new one, on one database.

use crate::support::Avow;
use crate::support::Encryption;
use crate::support::Smtp;
use crate::support::Visitor;
use crate::support::fixture;
use crate::support::until;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

/// The program as it was. It is built once; `script/test` does so before the stories run.
fn previous() -> PathBuf {
    let output = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/script/previous")).output().expect("the script runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    PathBuf::from(String::from_utf8_lossy(&output.stdout).trim())
}

#[tokio::test]
async fn the_version_before_and_this_one_serve_schedule_and_send_side_by_side() {
    let mut avow = Avow::bare().await;
    avow.program = previous();
    let smtp = Smtp::start(&mut avow, Encryption::StartTls);
    for (arguments, words) in [
        (vec!["content", "publish"], "published"),
        (vec!["people", "import", fixture("people.csv").to_str().expect("UTF-8")], "joined"),
        (vec!["programme", "apply", fixture("programme.toml").to_str().expect("UTF-8")], "new"),
        (vec!["programme", "evaluate"], ""),
        (vec!["access", "grant", "compliance", "004"], ""),
    ] {
        assert!(avow.avow(&arguments).contains(words), "{arguments:?}");
    }
    let changes = "select count(*) from __diesel_schema_migrations";
    let old_changes: i64 = avow.one(changes).await;
    let old = avow.serve();
    let lena = avow.signed_in("003").await;
    // The new version starts beside it and brings the schema up to date under its feet.
    avow.program = Avow::this_program();
    let new = avow.serve();
    assert!(avow.one::<i64>(changes).await > old_changes, "the newest change of the schema is what is tried here");
    for (visitor, what) in [(lena.clone(), "the old"), (lena.at(&new), "the new")] {
        for path in ["/", "/record", "/policies", "/policies/clear-desk"] {
            assert_eq!(visitor.get(path).await.status, 200, "{path} by {what}");
        }
    }
    // A page of one asks the other for its style.
    for (page, other) in [(lena.get("/").await, lena.at(&new)), (lena.at(&new).get("/").await, lena.at(&new))] {
        let file = page.body.split("href=\"/static/").nth(1).and_then(|rest| rest.split('"').next()).expect("a file").to_owned();
        assert_eq!(other.get(&format!("/static/{file}")).await.status, 200, "{file}");
    }
    // What begins at one ends at the other, both ways.
    attest(&avow, &lena, &lena.at(&new), "003").await;
    let omar = avow.signed_in("002").await;
    attest(&avow, &omar.at(&new), &omar, "002").await;
    assert_eq!(avow.one::<i64>("select count(*) from attestations").await, 2);
    // Both look at the schedule and at the queue; everybody is told once.
    // The clock jumps a day, which ends every lease: what is being sent must have been sent by then.
    let idle = async || (avow.one::<i64>("select count(*) from jobs").await == 0).then_some(());
    until("the receipts are sent", idle).await;
    avow.at("2026-03-03T09:30:00Z");
    let told = "select count(*) from reminder_outcomes where outcome = 'sent'";
    until("the reminders are sent", async || (avow.one::<i64>(told).await >= 6).then_some(())).await;
    until("the queue is empty", idle).await;
    let mut letters: BTreeMap<String, usize> = BTreeMap::new();
    for handed in smtp.handed() {
        *letters.entry(handed.letter.message_id).or_default() += 1;
    }
    assert!(letters.len() >= 8 && letters.values().all(|count| *count == 1), "{letters:?}");
    assert_eq!(avow.one::<i64>("select count(*) from mail_deliveries").await, i64::try_from(letters.len()).expect("a number"));
    assert_eq!(avow.one::<i64>("select count(*) from jobs where dead_at is not null").await, 0);
    // The old one goes; the new one has everything.
    avow.stop_first();
    let lena = avow.signed_in("003").await;
    assert!(lena.get("/record").await.says("Clear desk"));
    assert_eq!(avow.one::<i64>("select count(*) from instances").await, 1);
    assert_ne!(old, new);
    // It cannot come back: it would not know what the schema has become.
    avow.program = previous();
    let said = avow.fails(&["migrate"]);
    assert!(said.contains("which this program does not know: start a newer program"), "{said}");
}

/// Reads at one server and attests at another.
async fn attest(avow: &Avow, one: &Visitor, other: &Visitor, hr_id: &str) {
    let path = format!("/attest/{}", avow.assignment(hr_id, "desk-policy").await);
    let page = one.get(&path).await;
    let review = other.send(&page, &format!("{path}/review"), &[]).await;
    let review = one.follow(&review).await;
    let done = other.send(&review, &path, &[("agree", "yes"), ("response", "attest")]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    assert!(one.follow(&done).await.says("Halden Works"));
}
