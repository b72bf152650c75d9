//! Signing in by a mailed link, sessions, and what ends them.

use crate::support::Answer;
use crate::support::Avow;
use crate::support::Visitor;
use crate::support::until;
use reqwest::Method;

async fn ask(avow: &Avow, visitor: &Visitor, email: &str) -> Answer {
    let page = visitor.get("/sign-in").await;
    let _ = avow;
    visitor.send(&page, "/sign-in", &[("email", email)]).await
}

/// The path of the link that was mailed.
async fn mailed(avow: &Avow, to: &str) -> String {
    let link = avow.mail(to, "sign-in link").await.link("http");
    link.strip_prefix(avow.url()).expect("starts with the base address").to_owned()
}

#[tokio::test]
async fn a_mailed_link_shows_a_page_and_its_button_signs_in_once() {
    let avow = Avow::serving().await;
    let lena = avow.visitor();
    let asked = lena.get("/record").await;
    assert_eq!((asked.status, asked.location()), (303, "/sign-in?next=%2Frecord"));
    let page = lena.follow(&asked).await;
    assert_eq!(lena.send(&page, "/sign-in", &[("email", "Lena.Brandt@halden.example")]).await.status, 200);
    let path = mailed(&avow, "lena.brandt@halden.example").await;
    // Scanners of mail open links, as often as they like.
    for _ in 0..5 {
        assert_eq!(avow.visitor().get(&path).await.status, 200);
        avow.visitor().ask(Method::HEAD, &path, &[], None).await;
    }
    assert_eq!(avow.one::<i64>("select count(*) from sessions").await, 0);
    let page = lena.get(&path).await;
    assert!(page.says("This link signs in Lena Brandt."), "{}", page.body);
    let signed_in = lena.send(&page, "/sign-in/link", &[]).await;
    assert_eq!(signed_in.location(), "/record", "back to where she wanted to go");
    assert!(lena.follow(&signed_in).await.says("My record"));
    let again = avow.visitor().get(&path).await;
    assert_eq!(again.status, 410);
    assert!(again.says("does not work any more"));
    assert_eq!(lena.send(&page, "/sign-in/link", &[]).await.status, 403, "the form was for whoever was not signed in");
    assert_eq!(avow.one::<i64>("select count(*) from sessions").await, 1);
}

#[tokio::test]
async fn of_fifty_presses_at_once_one_signs_in() {
    let avow = Avow::serving().await;
    ask(&avow, &avow.visitor(), "lena.brandt@halden.example").await;
    let path = mailed(&avow, "lena.brandt").await;
    let mut presses = Vec::new();
    for _ in 0..50 {
        let (visitor, path) = (avow.visitor(), path.clone());
        presses.push(tokio::spawn(async move {
            let page = visitor.get(&path).await;
            if page.status == 200 { visitor.send(&page, "/sign-in/link", &[]).await.status } else { page.status }
        }));
    }
    let mut statuses = Vec::new();
    for press in presses {
        statuses.push(press.await.expect("answers"));
    }
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
    assert_eq!(avow.one::<i64>("select count(*) from sessions").await, 1);
}

#[tokio::test]
async fn a_link_lives_ten_minutes() {
    let avow = Avow::serving().await;
    let lena = avow.visitor();
    ask(&avow, &lena, "lena.brandt@halden.example").await;
    let path = mailed(&avow, "lena.brandt").await;
    let page = lena.get(&path).await;
    avow.at("2026-03-02T09:10:00Z");
    assert_eq!(lena.send(&page, "/sign-in/link", &[]).await.status, 410);
    assert_eq!(lena.get(&path).await.status, 410);
}

#[tokio::test]
async fn the_answer_is_the_same_whether_somebody_is_known_or_not() {
    let avow = Avow::serving().await;
    let blank = |answer: &Answer, email: &str| {
        let token = answer.field("csrf");
        let nonce = answer.body.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
        (answer.status, answer.body.replace(email, "…").replace(&token, "…").replace(&nonce, "…"))
    };
    let known = ask(&avow, &avow.visitor(), "lena.brandt@halden.example").await;
    for stranger in ["nobody@halden.example", "eva.alt@halden.example"] {
        let answer = ask(&avow, &avow.visitor(), stranger).await;
        assert_eq!(blank(&answer, stranger), blank(&known, "lena.brandt@halden.example"), "{stranger}");
    }
    avow.mail("lena.brandt", "sign-in link").await;
    assert_eq!(avow.one::<i64>("select count(*) from sign_in_links").await, 1, "nobody else is mailed");
}

#[tokio::test]
async fn nobody_is_flooded_and_a_shared_mailbox_gets_no_link() {
    let avow = Avow::serving().await;
    let asks = (0..8).map(|_| async { ask(&avow, &avow.visitor(), "lena.brandt@halden.example").await });
    futures_util::future::join_all(asks).await;
    until("three were too many", async || (avow.log().matches("too many sign-in links").count() == 3).then_some(())).await;
    assert_eq!(avow.one::<i64>("select count(*) from sign_in_links").await, 5);
    avow.sql()
        .await
        .batch_execute("update persons set email = 'team@halden.example' where hr_id in ('005', '006')")
        .await
        .expect("changes");
    ask(&avow, &avow.visitor(), "team@halden.example").await;
    ask(&avow, &avow.visitor(), "omar.aziz@halden.example").await;
    avow.mail("omar.aziz", "sign-in link").await;
    assert_eq!(avow.one::<i64>("select count(*) from sign_in_links").await, 6, "one for Omar, none for the team");
}

#[tokio::test]
async fn after_signing_in_one_comes_to_the_page_one_asked_for_and_to_no_other_site() {
    let avow = Avow::serving().await;
    let wanted = "/reports/completion?department=R%26D&state=owed&as_of=2026-03-02T10%3A00%3A00%2B01%3A00";
    let cases = [
        (wanted, wanted),
        ("/%09/evil.example", "/%09/evil.example"),
        ("/\t/evil.example", "/"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\u{1}x", "/"),
        ("/\0", "/"),
    ];
    for (next, expected) in cases {
        let ines = avow.visitor();
        let encoded: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        let page = ines.get(&format!("/sign-in?next={encoded}")).await;
        assert_eq!(ines.send(&page, "/sign-in", &[("email", "nobody@halden.example")]).await.status, 200, "{next:?}");
        let link = avow.avow(&["access", "link", "004"]);
        let page = ines.get(&format!("/sign-in/{}", link.trim().rsplit('/').next().expect("a token"))).await;
        assert_eq!(ines.send(&page, "/sign-in/link", &[]).await.location(), expected, "{next:?}");
    }
    let asked = avow.visitor().get(wanted).await;
    let next = asked.location().split_once("next=").expect("a way back").1.to_owned();
    let decoded = url::form_urlencoded::parse(format!("next={next}").as_bytes()).next().expect("a field").1.into_owned();
    assert_eq!(decoded, wanted);
}

#[tokio::test]
async fn the_first_and_the_last_day_are_those_of_where_one_works() {
    let avow = Avow::serving().await;
    // It is 2 March, 09:00, in UTC: already the 3rd in Kiritimati, still the 1st in Pago Pago an hour and a half before.
    let rows = "hr_id,email,given_name,family_name,kind,start,end,zone\n\
        901,kiri@halden.example,Kiri,Joiner,employee,2026-03-03,,Pacific/Kiritimati\n\
        902,pago@halden.example,Pago,Leaver,employee,2020-01-01,2026-03-01,Pacific/Pago_Pago\n\
        903,late@halden.example,Late,Joiner,employee,2026-03-02,,Pacific/Pago_Pago\n";
    avow.avow(&["people", "import", &avow.file("far.csv", rows)]);
    avow.at("2026-03-02T10:30:00Z");
    for email in ["kiri@halden.example", "pago@halden.example", "late@halden.example", "omar.aziz@halden.example"] {
        ask(&avow, &avow.visitor(), email).await;
    }
    for email in ["kiri", "pago", "omar.aziz"] {
        avow.mail(email, "sign-in link").await;
    }
    assert_eq!(avow.one::<i64>("select count(*) from sign_in_links").await, 3, "for one the first day has not begun");
}

#[tokio::test]
async fn a_forged_or_foreign_link_or_cookie_signs_nobody_in() {
    let avow = Avow::serving().await;
    let foreign = format!("AZyq{}", "A".repeat(60));
    for token in ["", "x", &foreign, "%00", &"A".repeat(5000)] {
        let status = avow.visitor().get(&format!("/sign-in/{token}")).await.status;
        assert!([404, 410].contains(&status), "{token}: {status}");
    }
    for cookie in ["sid=x", "sid=eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJzaWQiOiIwIn0.", "__Host-sid=x", "sid=\"\""] {
        let answer = avow.visitor().ask(Method::GET, "/record", &[("cookie", cookie)], None).await;
        assert_eq!(answer.status, 303, "{cookie}");
    }
}

#[tokio::test]
async fn a_session_ends_by_signing_out_by_rest_by_age_and_by_leaving() {
    let avow = Avow::serving().await;
    let lena = avow.signed_in("003").await;
    let home = lena.get("/").await;
    let stale = lena.clone();
    let out = lena.send(&home, "/sign-out", &[]).await;
    assert_eq!(out.header("clear-site-data"), Some("\"cache\", \"storage\""));
    assert_eq!(stale.get("/record").await.status, 303);

    let paul = avow.signed_in("005").await;
    avow.at("2026-03-02T10:59:00Z");
    assert_eq!(paul.get("/record").await.status, 200);
    avow.at("2026-03-02T12:58:00Z");
    assert_eq!(paul.get("/record").await.status, 200, "the rest counts from the last visit");
    avow.at("2026-03-02T15:00:00Z");
    assert_eq!(paul.get("/record").await.status, 303, "two hours without a visit");

    let ute = avow.signed_in("006").await;
    for hour in 16..24 {
        avow.at(&format!("2026-03-02T{hour}:30:00Z"));
        assert_eq!(ute.get("/record").await.status, 200, "{hour}");
    }
    for (instant, status) in [("2026-03-03T01:00:00Z", 200), ("2026-03-03T02:50:00Z", 200), ("2026-03-03T03:00:00Z", 303)] {
        avow.at(instant);
        assert_eq!(ute.get("/record").await.status, status, "twelve hours after signing in: {instant}");
    }

    avow.at("2026-03-03T09:00:00Z");
    let mai = avow.signed_in("C-1").await;
    avow.sql().await.batch_execute("update engagements set ends_on = '2026-03-02' where kind = 'contractor'").await.expect("changes");
    assert_eq!(mai.get("/record").await.status, 303, "who has left is out at once");
}

#[tokio::test]
async fn the_language_is_the_persons_until_they_choose_another() {
    let avow = Avow::serving().await;
    let stranger = avow.visitor();
    assert!(stranger.ask(Method::GET, "/sign-in", &[("accept-language", "vi-VN,vi;q=0.9")], None).await.says("Đăng nhập"));
    let mai = avow.signed_in("C-1").await;
    let home = mai.get("/").await;
    assert!(home.body.contains("<html lang=\"vi\">"));
    let back = mai.send(&home, "/language", &[("language", "en")]).await;
    assert_eq!(back.location(), "/");
    assert!(mai.get("/").await.says("My tasks"));
    let odd = mai.send(&mai.get("/").await, "/language", &[("language", "xx")]).await;
    assert_eq!(odd.status, 400);
}

#[tokio::test]
async fn a_form_that_comes_after_its_session_ended_is_kept_for_the_same_person() {
    let avow = Avow::serving().await;
    let attest = format!("/attest/{}", avow.assignment("003", "desk-policy").await);
    let lena = avow.signed_in("003").await;
    let page = lena.get(&attest).await;
    let review = lena.follow(&lena.send(&page, &format!("{attest}/review"), &[]).await).await;
    avow.at("2026-03-02T11:30:00Z");
    let filled = [("response", "decline"), ("reason", "My desk has <no> lock & key.")];
    let late = lena.send(&review, &attest, &filled).await;
    assert_eq!((late.status, late.location()), (303, "/sign-in"), "{}", late.body);
    assert!(lena.follow(&late).await.says("Your session had ended before your form arrived. It is kept"));
    let sealed: Vec<u8> = avow.one("select sealed from kept_forms").await;
    assert!(!String::from_utf8_lossy(&sealed).contains("lock"), "it lies there sealed");
    // Somebody else who signs in at this browser gets nothing of it.
    let omar = sign_in_at(&avow, &lena, "002").await;
    assert_eq!(omar.location(), "/kept");
    let nothing = lena.follow(&omar).await;
    assert_eq!((nothing.status, nothing.location()), (303, "/"), "{}", nothing.body);
    let late = lena.send(&review, &attest, &filled).await;
    assert_eq!(late.status, 403, "Omar's session does not send Lena's form");
    assert_eq!(avow.one::<i64>("select count(*) from attestations").await, 0);
    // The same again, and this time Lena signs in.
    let lena = avow.signed_in("003").await;
    let page = lena.get(&attest).await;
    let review = lena.follow(&lena.send(&page, &format!("{attest}/review"), &[]).await).await;
    avow.at("2026-03-02T14:00:00Z");
    lena.send(&review, &attest, &filled).await;
    let signed_in = sign_in_at(&avow, &lena, "003").await;
    let kept = lena.follow(&signed_in).await;
    assert!(kept.status == 200 && kept.says("Your form is still here") && kept.says("My desk has <no> lock & key."), "{}", kept.body);
    let form = kept.body.split("id=\"kept\"").nth(1).and_then(|rest| rest.split("</form>").next()).expect("a form");
    assert!(form.contains("name=\"response\" value=\"decline\""), "{form}");
    let done = lena.ask(Method::POST, &attest, &[("sec-fetch-site", "same-origin")], Some(kept_form(&kept, &attest))).await;
    assert!(done.status == 303 && done.location().starts_with("/receipts/"), "{} {}", done.status, done.body);
    assert_eq!(avow.one::<String>("select decline_reason from attestation_private").await, "My desk has <no> lock & key.");
    assert_eq!(lena.get("/kept").await.location(), "/", "there is nothing more to send");
}

/// The body of the form that is kept.
fn kept_form(page: &Answer, path: &str) -> String {
    Visitor::form(page, path, &[])
}

#[tokio::test]
async fn a_late_attestation_leads_back_to_its_statement_and_other_answers_are_sent_as_they_were() {
    let avow = Avow::serving().await;
    let (lena, attest) = (avow.signed_in("003").await, format!("/attest/{}", avow.assignment("003", "desk-policy").await));
    let page = lena.get(&attest).await;
    let review = lena.follow(&lena.send(&page, &format!("{attest}/review"), &[]).await).await;
    avow.at("2026-03-02T12:00:00Z");
    lena.send(&review, &attest, &[("agree", "yes"), ("response", "attest")]).await;
    let kept = lena.follow(&sign_in_at(&avow, &lena, "003").await).await;
    assert!(kept.status == 303 && kept.location().starts_with(&format!("{attest}/review?text=")), "{}", kept.body);
    let review = lena.follow(&kept).await;
    assert!(review.says("I have read the clear desk policy"), "{}", review.body);
    assert_eq!(avow.one::<i64>("select count(*) from attestations").await, 0, "nobody signs unseen");
    // An answer to a knowledge check.
    let course = format!("/courses/{}", avow.assignment("003", "mail-course").await);
    let page = lena.get(&course).await;
    lena.send(&page, &format!("{course}/start"), &[]).await;
    let check = format!("{course}/lessons/01-links/checks/parcel");
    let page = lena.get(&format!("{course}/lessons/01-links")).await;
    avow.at("2026-03-02T18:00:00Z");
    assert_eq!(lena.send(&page, &check, &[("choice", "1")]).await.location(), "/sign-in");
    let kept = lena.follow(&sign_in_at(&avow, &lena, "003").await).await;
    assert!(kept.says("what you did in a lesson"), "{}", kept.body);
    assert_eq!(lena.ask(Method::POST, &check, &[("sec-fetch-site", "same-origin")], Some(kept_form(&kept, &check))).await.status, 303);
    assert!(lena.get(&format!("{course}/lessons/01-links")).await.body.contains("choice--right"));
    assert_eq!(avow.one::<i64>("select count(*) from kept_forms").await, 0, "it is kept no more");
}

/// Signs somebody in at a browser that is in use.
async fn sign_in_at(avow: &Avow, browser: &Visitor, hr_id: &str) -> Answer {
    let link = avow.avow(&["access", "link", hr_id]);
    let page = browser.get(&format!("/sign-in/{}", link.trim().rsplit('/').next().expect("a token"))).await;
    browser.send(&page, "/sign-in/link", &[]).await
}

#[tokio::test]
async fn what_was_signed_out_or_never_signed_in_has_nothing_kept() {
    let avow = Avow::serving().await;
    let lena = avow.signed_in("003").await;
    let page = lena.get("/").await;
    let course = format!("/courses/{}/start", avow.assignment("003", "mail-course").await);
    let csrf = format!("csrf={}", page.field("csrf"));
    avow.sql().await.execute("update sessions set ended_at = signed_in_at", &[]).await.expect("an administrator ends it");
    assert_eq!(lena.ask(Method::POST, &course, &[], Some(csrf.clone())).await.status, 401);
    assert_eq!(avow.visitor().ask(Method::POST, &course, &[], Some(csrf.clone())).await.status, 401);
    let lapsed = avow.signed_in("003").await;
    let csrf = format!("csrf={}", lapsed.get("/").await.field("csrf"));
    avow.at("2026-03-02T23:00:00Z");
    assert_eq!(lapsed.ask(Method::POST, &course, &[], Some("csrf=AAAA".into())).await.status, 403, "a forged form is not kept");
    assert_eq!(lapsed.ask(Method::POST, &course, &[("sec-fetch-site", "cross-site")], Some(csrf.clone())).await.status, 403);
    assert_eq!(lapsed.ask(Method::POST, &course, &[], Some(csrf)).await.status, 303);
    let page = lapsed.follow(&sign_in_at(&avow, &lapsed, "003").await).await;
    let gone = lapsed.send(&page, "/kept/discard", &[]).await;
    assert_eq!(gone.location(), "/");
    assert_eq!(avow.one::<i64>("select count(*) from kept_forms").await, 0, "what is let go is gone");
}
