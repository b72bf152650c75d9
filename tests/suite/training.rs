//! Taking a course over several visits, the quiz, the certificate.

use crate::support::Answer;
use crate::support::Avow;
use crate::support::answers;
use crate::support::begin;
use crate::support::lessons;
use crate::support::pairs;
use reqwest::Method;

#[tokio::test]
async fn a_course_is_taken_over_several_visits_and_ends_with_a_certificate() {
    let avow = Avow::serving().await;
    let course = format!("/courses/{}", avow.assignment("003", "mail-course").await);
    let lena = avow.signed_in("003").await;
    let page = lena.get(&course).await;
    assert!(page.says("Welcome to Halden Works.") && page.says("due Thursday 2 April 2026"), "{}", page.body);
    let started = lena.send(&page, &format!("{course}/start"), &[]).await;
    let lesson = lena.follow(&started).await;
    assert!(lesson.says("Hover over a link") && lesson.says("security@halden.example"));
    let early = lena.send(&lesson, &format!("{course}/lessons/01-links/finish"), &[]).await;
    assert_eq!(early.status, 422, "the check comes first");
    let empty = lena.send(&lesson, &format!("{course}/lessons/01-links/checks/parcel"), &[]).await;
    assert!(empty.status == 422 && empty.says("Choose an answer"), "{}", empty.body);
    let wrong = lena.send(&lesson, &format!("{course}/lessons/01-links/checks/parcel"), &[("choice", "0")]).await;
    let feedback = lena.follow(&wrong).await;
    assert!(feedback.says("FEEDBACK-TAP") && feedback.says("EXPLANATION-PARCEL") && feedback.says("Not quite."), "{}", feedback.body);
    let right = lena.send(&feedback, &format!("{course}/lessons/01-links/checks/parcel"), &[("choice", "1")]).await;
    assert!(lena.follow(&right).await.says("That is right."));
    let next = lena.send(&feedback, &format!("{course}/lessons/01-links/finish"), &[]).await;
    assert_eq!(next.location(), format!("{course}/lessons/02-attachments"));

    // The next day, another visit, in another browser.
    avow.at("2026-03-03T09:00:00Z");
    let lena = avow.signed_in("003").await;
    let page = lena.get(&course).await;
    assert!(page.says("1 of 2 lessons done") && page.body.contains("lessons/02-attachments\">Go on"), "{}", page.body);
    let lesson = lena.get(&format!("{course}/lessons/02-attachments")).await;
    let last = lena.send(&lesson, &format!("{course}/lessons/02-attachments/finish"), &[]).await;
    assert_eq!(last.location(), course);

    let (paper, page) = begin(&lena, &course).await;
    let all = answers(&page, &[]);
    let kept = lena.send(&page, &paper, &[&[("action", "save")], &pairs(&all[..1])[..]].concat()).await;
    assert!(lena.follow(&kept).await.says("Your answers are kept."));
    let incomplete = lena.send(&page, &paper, &[&[("action", "submit")], &pairs(&all[..1])[..]].concat()).await;
    assert_eq!(incomplete.status, 422);
    assert!(incomplete.says("Some questions have no answer yet") && incomplete.body.contains(" checked>"), "{}", incomplete.body);
    let submitted = lena.send(&page, &paper, &[&[("action", "submit")], &pairs(&all)[..]].concat()).await;
    let result = lena.follow(&submitted).await;
    assert!(result.says("Passed") && result.says("4 of 4 right"), "{}", result.body);
    let certificate = result.body.split("href=\"/certificates/").nth(1).and_then(|rest| rest.split('"').next()).expect("a certificate");
    let page = lena.get(&format!("/certificates/{certificate}")).await;
    assert!(page.says("Lena Brandt") && page.says("Safe mail") && page.says("Tuesday 3 March 2026"), "{}", page.body);
    assert!(lena.get("/").await.says("Done"));
    assert_eq!(avow.signed_in("002").await.get(&format!("/certificates/{certificate}")).await.status, 404, "nobody else's");
    assert_eq!(avow.one::<i64>("select count(*) from completions where evidence = 'attempt'").await, 1);
}

#[tokio::test]
async fn right_answers_do_not_reach_the_browser_before_an_answer_came() {
    let avow = Avow::serving().await;
    let course = format!("/courses/{}", avow.assignment("003", "mail-course").await);
    let lena = avow.signed_in("003").await;
    let page = lena.get(&course).await;
    lena.send(&page, &format!("{course}/start"), &[]).await;
    let lesson = lena.get(&format!("{course}/lessons/01-links")).await;
    for secret in ["FEEDBACK", "EXPLANATION", "choice--right", "Right answer", "right\"", "checked"] {
        assert!(!lesson.body.contains(secret), "{secret} is in {}", lesson.body);
    }
    lessons(&lena, &course).await;
    let (paper, page) = begin(&lena, &course).await;
    let kept = lena.send(&page, &paper, &[&[("action", "save")], &pairs(&answers(&page, &[]))[..]].concat()).await;
    let kept = lena.follow(&kept).await;
    for secret in ["Right.", "typed by the sender", "choice--right", "Every minute", "Notes are read"] {
        assert!(!page.body.contains(secret) && !kept.body.contains(secret), "{secret} is in {}", kept.body);
    }
}

#[tokio::test]
async fn a_failed_attempt_explains_and_the_next_asks_other_questions() {
    let avow = Avow::serving().await;
    let course = format!("/courses/{}", avow.assignment("003", "mail-course").await);
    let lena = avow.signed_in("003").await;
    lessons(&lena, &course).await;
    let (paper, page) = begin(&lena, &course).await;
    // All but the critical question right: enough by the pass mark, and yet not passed.
    let given = answers(&page, &["typed"]);
    let result = lena.send(&page, &paper, &[&[("action", "submit")], &pairs(&given)[..]].concat()).await;
    let result = lena.follow(&result).await;
    assert!(result.says("Not passed yet") && result.says("3 of 4 right") && result.says("Every minute counts."), "{}", result.body);
    assert_eq!(avow.one::<i64>("select count(*) from completions").await, 0);
    let again = lena.send(&page, &paper, &[&[("action", "submit")], &pairs(&answers(&page, &[]))[..]].concat()).await;
    assert!(lena.follow(&again).await.says("Not passed yet"), "an attempt ends once");
    let (second, other) = begin(&lena, &course).await;
    assert_ne!(paper, second);
    let of_pool = |page: &Answer| ["sender", "target", "haste", "help"].map(|id| page.body.contains(&format!("id=\"q-{id}\"")));
    assert!(of_pool(&page).iter().zip(of_pool(&other)).all(|(one, other)| *one != other), "the other half of the pool");
}

#[tokio::test]
async fn no_step_can_be_skipped_and_nobody_takes_anothers_course() {
    let avow = Avow::serving().await;
    let course = format!("/courses/{}", avow.assignment("003", "mail-course").await);
    let lena = avow.signed_in("003").await;
    assert_eq!(lena.get(&format!("{course}/lessons/01-links")).await.status, 409, "not started");
    let page = lena.get(&course).await;
    let token = page.field("csrf");
    let form = |extra: &str| Some(format!("csrf={token}{extra}"));
    assert_eq!(lena.ask(Method::POST, &format!("{course}/quiz"), &[], form("")).await.status, 409, "the lessons come first");
    lena.send(&page, &format!("{course}/start"), &[]).await;
    assert_eq!(lena.ask(Method::POST, &format!("{course}/quiz"), &[], form("")).await.status, 409);
    assert_eq!(lena.ask(Method::POST, &format!("{course}/quiz/1"), &[], form("&action=submit")).await.status, 404);
    for part in ["course", "quiz", "nothing", "..%2F.."] {
        assert_eq!(lena.get(&format!("{course}/lessons/{part}")).await.status, 404, "{part}");
    }
    let none = lena.ask(Method::POST, &format!("{course}/lessons/01-links/checks/parcel"), &[], form("&choice=9")).await;
    assert_eq!(none.status, 422, "an answer that is none");
    let omar = avow.signed_in("002").await;
    for path in [course.clone(), format!("{course}/lessons/01-links"), format!("{course}/quiz/1")] {
        assert_eq!(omar.get(&path).await.status, 404, "{path}");
    }
    let desk = avow.assignment("003", "desk-policy").await;
    assert_eq!(lena.get(&format!("/courses/{desk}")).await.status, 404, "a policy is no course");
}

#[tokio::test]
async fn a_run_stays_with_the_version_it_began_with() {
    let avow = Avow::serving().await;
    let course = format!("/courses/{}", avow.assignment("003", "mail-course").await);
    let lena = avow.signed_in("003").await;
    let page = lena.get(&course).await;
    lena.send(&page, &format!("{course}/start"), &[]).await;
    avow.edit("courses/safe-mail/course.toml", |text| text.replace("version = 1", "version = 2"));
    avow.edit("courses/safe-mail/en/01-links.md", |text| text.replace("Hover over", "Look twice at"));
    avow.avow(&["content", "publish"]);
    assert!(lena.get(&format!("{course}/lessons/01-links")).await.says("Hover over"));
    let other = format!("/courses/{}", avow.assignment("002", "mail-course").await);
    let omar = avow.signed_in("002").await;
    let page = omar.get(&other).await;
    omar.send(&page, &format!("{other}/start"), &[]).await;
    assert!(omar.get(&format!("{other}/lessons/01-links")).await.says("Look twice at"));
}
