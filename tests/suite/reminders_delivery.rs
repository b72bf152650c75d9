//! Mail servers that are slow, picky, wrong or hang up, and workers that die: every mail still arrives, as one message.

use crate::support::Avow;
use crate::support::Encryption;
use crate::support::Handed;
use crate::support::Smtp;
use crate::support::until;
use nix::sys::signal::Signal;
use std::collections::HashMap;

/// The small company with a mail server that behaves so; nothing serves yet.
async fn company(encryption: Encryption, behaviour: &str) -> (Avow, Smtp) {
    let mut avow = Avow::company().await;
    let smtp = Smtp::start(&mut avow, encryption);
    smtp.becomes(behaviour);
    (avow, smtp)
}

/// Waits until so many reminders are recorded as sent, and no job is left.
async fn all_sent(avow: &Avow, count: i64) {
    let sql = "select (select count(*) from reminder_outcomes where outcome = 'sent') - (select count(*) from jobs)";
    until(&format!("{count} are sent and nothing waits"), async || (avow.one::<i64>(sql).await == count).then_some(())).await;
    assert_eq!(avow.one::<i64>("select count(*) from reminder_outcomes where outcome = 'sent'").await, count);
    assert_eq!(avow.one::<i64>("select count(*) from mail_deliveries where kind = 'reminder'").await, count);
}

/// Waits until the database says so.
async fn holds(avow: &Avow, what: &str, sql: &str) {
    until(what, async || avow.one::<bool>(sql).await.then_some(())).await;
}

/// How often each address was handed its message, which must be the same byte by byte.
fn copies(handed: &[Handed]) -> HashMap<&str, usize> {
    let mut copies = HashMap::new();
    for one in handed {
        *copies.entry(one.to.as_str()).or_default() += 1;
        let first = handed.iter().find(|other| other.to == one.to).expect("itself");
        assert_eq!(one.letter.message_id, first.letter.message_id, "one Message-ID");
        assert!(one.bytes == first.bytes, "identical bytes");
    }
    copies
}

#[tokio::test]
async fn a_worker_killed_while_the_server_takes_a_message_leaves_one_message_to_each() {
    let (mut avow, smtp) = company(Encryption::StartTls, "slow").await;
    avow.serve();
    smtp.wait_for(4).await;
    avow.kill();
    assert_eq!(avow.one::<i64>("select count(*) from reminder_outcomes where outcome = 'sent'").await, 0);
    smtp.becomes("accept");
    avow.at("2026-03-02T09:10:00Z");
    avow.serve();
    all_sent(&avow, 7).await;
    let handed = smtp.handed();
    let copies = copies(&handed);
    assert_eq!(copies.len(), 7);
    assert!(copies.values().all(|count| *count <= 2), "handed over again only where nobody knew: {copies:?}");
    assert_eq!(handed.len(), 11, "four were in flight");
}

#[tokio::test]
async fn a_worker_asleep_in_the_middle_of_a_message_still_sends_it_alone() {
    let (mut avow, smtp) = company(Encryption::StartTls, "slow").await;
    avow.serve();
    smtp.wait_for(4).await;
    avow.signal(0, Signal::SIGSTOP);
    avow.at("2026-03-02T09:10:00Z");
    avow.serve();
    let turned_away = "select count(*) = 4 from jobs where last_error = 'another worker is sending this reminder'";
    holds(&avow, "the second worker is turned away", turned_away).await;
    smtp.wait_for(7).await;
    smtp.becomes("accept");
    holds(&avow, "three are sent", "select count(*) = 3 from reminder_outcomes where outcome = 'sent'").await;
    avow.signal(0, Signal::SIGCONT);
    holds(&avow, "all are sent", "select count(*) = 7 from reminder_outcomes where outcome = 'sent'").await;
    avow.at("2026-03-02T09:12:00Z");
    all_sent(&avow, 7).await;
    assert_eq!(smtp.handed().len(), 7, "{:?}", copies(&smtp.handed()));
    assert!(avow.stop() && avow.stop());
}

#[tokio::test]
async fn a_message_put_off_is_sent_later_under_the_same_name() {
    let (mut avow, smtp) = company(Encryption::StartTls, "greylist").await;
    avow.serve();
    let put_off = "select count(*) = 7 from jobs where last_error = 'the mail server answered 451' and run_at > '2026-03-02T09:00:00Z'";
    holds(&avow, "all are put off", put_off).await;
    assert!(smtp.handed().is_empty());
    let names =
        "select array_agg(message_id order by message_id) from reminders r join persons p on p.id = r.person_id where p.email is not null";
    let names: Vec<String> = avow.one(names).await;
    avow.at("2026-03-02T09:01:00Z");
    all_sent(&avow, 7).await;
    let mut sent: Vec<String> = smtp.handed().into_iter().map(|handed| handed.letter.message_id).collect();
    sent.sort();
    assert_eq!(sent, names);
    assert_eq!(avow.one::<i64>("select count(*) from reminder_outcomes where outcome = 'failed'").await, 0);
}

#[tokio::test]
async fn a_message_taken_by_a_server_that_then_hangs_up_comes_again_as_the_same_message() {
    let (mut avow, smtp) = company(Encryption::StartTls, "drop").await;
    avow.serve();
    holds(&avow, "nobody knows", "select count(*) = 7 from jobs where last_error like '%could not be reached, or hung up'").await;
    avow.at("2026-03-02T09:01:00Z");
    all_sent(&avow, 7).await;
    let handed = smtp.handed();
    assert!(copies(&handed).values().all(|count| *count == 2) && handed.len() == 14);
}

#[tokio::test]
async fn a_message_refused_for_good_is_recorded_shown_and_can_be_tried_again() {
    let (mut avow, smtp) = company(Encryption::StartTls, "reject").await;
    let url = avow.serve();
    let failed = "select count(*) = 7 from reminder_outcomes where outcome = 'failed' and reason = 'the mail server answered 550'";
    holds(&avow, "all have failed", failed).await;
    holds(&avow, "all are in the dead list", "select count(*) = 7 from jobs where dead_at is not null").await;
    let administrator = avow.signed_in("006").await.at(&url);
    let page = administrator.get("/operations").await;
    assert!(page.says("reminders.send") && page.says("the mail server answered 550"), "{}", page.body);
    assert!(!page.body.contains("@halden.example"), "no addresses: {}", page.body);
    assert!(!avow.log().contains("@halden.example"), "no addresses: {}", avow.log());
    let dead: i64 = avow.one("select min(id) from jobs where dead_at is not null").await;
    let path = format!("/operations/jobs/{dead}/retry");
    // Still refused: it is back in the list. Then the server has learnt.
    assert_eq!(administrator.send(&page, &path, &[]).await.status, 303);
    holds(&avow, "it failed again", "select count(*) = 8 from reminder_outcomes where outcome = 'failed'").await;
    holds(&avow, "it is in the list again", "select count(*) = 7 from jobs where dead_at is not null").await;
    smtp.becomes("accept");
    let page = administrator.get("/operations").await;
    assert_eq!(administrator.send(&page, &path, &[]).await.status, 303);
    let handed = smtp.wait_for(1).await;
    holds(&avow, "it is sent", "select count(*) = 1 from reminder_outcomes where outcome = 'sent'").await;
    holds(&avow, "it is off the list", "select count(*) = 6 from jobs").await;
    assert_eq!(handed.len(), 1);
    assert_eq!(administrator.send(&page, &path, &[]).await.status, 404, "there is nothing to try again");
    let mai = avow.signed_in("C-1").await;
    assert_eq!(mai.get("/operations").await.status, 404);
}

#[tokio::test]
async fn nothing_is_said_in_the_clear_or_to_a_server_that_is_somebody_else() {
    for (encryption, stranger, expected) in [
        (Encryption::Missing, false, "the mail server cannot be used: STARTTLS is not supported on this server"),
        (Encryption::StartTls, true, "the mail server's certificate or encryption was refused: invalid peer certificate: UnknownIssuer"),
        (Encryption::Implicit, true, "the mail server's certificate or encryption was refused: invalid peer certificate: UnknownIssuer"),
    ] {
        let (mut avow, smtp) = company(encryption, "accept").await;
        if stranger {
            avow.settings.insert("AVOW_SMTP_CA_FILE".into(), smtp.stranger());
        }
        let said = avow.avow(&["remind"]);
        assert!(said.contains("8 reminders planned, 0 of them sent") && said.contains(expected), "{said}");
        assert!(!said.contains("@halden.example") && !said.contains("avow@"), "{said}");
        let errors: Vec<String> = avow.one("select array_agg(distinct last_error) from jobs where dead_at is null").await;
        assert_eq!(errors, [expected], "{encryption:?}");
        assert_eq!(smtp.asked(), "", "neither a name nor a password");
        assert!(smtp.handed().is_empty());
    }
}

#[tokio::test]
async fn a_wrong_password_spoils_no_message_for_good() {
    let (mut avow, smtp) = company(Encryption::StartTls, "accept").await;
    let right = avow.settings["AVOW_SMTP_PASSWORD_FILE"].clone();
    avow.settings.insert("AVOW_SMTP_PASSWORD_FILE".into(), avow.file("wrong", "wrong\n"));
    let said = avow.avow(&["remind"]);
    assert!(said.contains("0 of them sent") && said.contains("refused our account with 535"), "{said}");
    assert_eq!(avow.one::<i64>("select count(*) from jobs where dead_at is null").await, 7);
    avow.settings.insert("AVOW_SMTP_PASSWORD_FILE".into(), right);
    avow.at("2026-03-02T09:01:00Z");
    avow.avow(&["remind"]);
    all_sent(&avow, 7).await;
    assert_eq!(copies(&smtp.handed()).len(), 7);
}

#[tokio::test]
async fn sign_in_links_and_receipts_go_out_over_tls_from_the_first_byte() {
    let (mut avow, smtp) = company(Encryption::Implicit, "accept").await;
    // After everybody's working hours: no reminders in between.
    avow.at("2026-03-02T20:00:00Z");
    avow.serve();
    let lena = avow.visitor();
    let page = lena.get("/sign-in").await;
    lena.send(&page, "/sign-in", &[("email", "Lena.Brandt@halden.example")]).await;
    let link = smtp.wait_for(1).await.remove(0);
    assert!(link.is_safe && link.to == "lena.brandt@halden.example", "{link:?}");
    assert_eq!(link.letter.subject, "Your sign-in link for Halden Works");
    let address = link.letter.link("http://avow.halden.example/sign-in/");
    let page = lena.get(address.strip_prefix("http://avow.halden.example").expect("a path")).await;
    assert_eq!(lena.send(&page, "/sign-in/link", &[]).await.status, 303);
    let path = format!("/attest/{}", avow.assignment("003", "desk-policy").await);
    let page = lena.get(&path).await;
    let page = lena.follow(&lena.send(&page, &format!("{path}/review"), &[]).await).await;
    assert_eq!(lena.send(&page, &path, &[("agree", "yes"), ("response", "attest")]).await.status, 303);
    let receipt = smtp.wait_for(2).await.remove(1);
    assert!(receipt.is_safe && receipt.letter.subject == "Your receipt: Clear desk", "{receipt:?}");
    holds(&avow, "both are recorded", "select count(*) = 2 from mail_deliveries where kind in ('sign-in link', 'receipt')").await;
    assert_eq!(smtp.handed().len(), 2);
}
