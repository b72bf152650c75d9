//! A whole course in a real browser: lessons, a knowledge check, a break, a failed attempt, a passed one, the certificate.

use crate::support::Avow;
use crate::support::Browser;
use crate::support::Look;
use crate::support::until;

/// Each question of the quiz: its name, what is right, something that is wrong, and what is said about that.
const ANSWERS: [(&str, &[&str], &str, &str); 6] = [
    ("sender", &["Nobody knows"], "The name says it", "Names are typed by the sender."),
    ("target", &["Where the address says"], "Where the words say", "Words are typed by the sender."),
    ("haste", &["A deadline", "A threat"], "A calm tone", "Calm is no sign of haste."),
    ("help", &["The security team"], "The sender", "The sender may be the attacker."),
    ("typed", &["Change it and report"], "Wait", "Every minute counts."),
    ("keep", &["In the password manager"], "In a note", "Notes are read by others."),
];

#[tokio::test]
async fn a_learner_takes_a_course_fails_tries_again_and_gets_the_certificate() {
    takes_a_course(Look::DESK).await;
}

#[tokio::test]
async fn a_learner_without_javascript_takes_a_course_and_gets_the_certificate() {
    takes_a_course(Look::PLAIN).await;
}

async fn takes_a_course(look: Look) {
    let avow = Avow::serving().await;
    let lena = Browser::signed_in(&avow, look, "003").await;
    lena.press("Safe mail").await;
    lena.sees("Welcome to Halden Works.").await;
    lena.press("Start the course").await;
    lena.sees("Hover over a link").await;
    answer_the_check(&avow, &lena).await;
    lena.press("Done. Go on to “Attachments”").await;
    lena.sees("Open an attachment only if you expect it.").await;
    drop(lena);
    let lena = Browser::signed_in(&avow, look, "003").await;
    lena.press("Safe mail").await;
    lena.sees("1 of 2 lessons done").await;
    lena.sees("you stopped here").await;
    lena.press("Go on where you stopped").await;
    lena.sees("lesson 2 of 2").await;
    lena.press("Done. Back to the course").await;
    lena.press("Go to the quiz").await;
    let first = fail(&lena, look).await;
    lena.press("Try again").await;
    lena.sees("attempt 2").await;
    let second = questions(&lena).await;
    let links = |paper: &[String]| paper.iter().filter(|id| !["typed", "keep"].contains(&id.as_str())).cloned().collect::<Vec<_>>();
    assert!(links(&first).iter().all(|id| !second.contains(id)), "{first:?}, then {second:?}");
    for id in &second {
        answer(&lena, id, true).await;
    }
    lena.press("Hand in").await;
    lena.sees("Passed").await;
    lena.sees("4 of 4 right").await;
    lena.press("See your certificate").await;
    for words in ["Certificate of completion", "Lena Brandt", "Safe mail", "Monday 2 March 2026", "Halden Works"] {
        lena.sees(words).await;
    }
    assert_eq!(avow.one::<i64>("select count(*) from completions where evidence = 'attempt'").await, 1);
}

async fn answer_the_check(avow: &Avow, lena: &Browser) {
    lena.sees("A parcel is held.").await;
    lena.choose(".question", "Tap the link").await;
    lena.press("Answer").await;
    lena.sees("Not quite.").await;
    let focus = async || (lena.script("return document.activeElement.id").await == "a-parcel").then_some(());
    until("the outcome has the focus", focus).await;
    lena.sees("FEEDBACK-TAP The link is the attack.").await;
    lena.sees("EXPLANATION-PARCEL Haste is the trick.").await;
    avow.at("2026-03-02T09:01:00Z");
    // The answers are marked now, so that their words begin with the mark.
    lena.press_at(".choice--right input").await;
    lena.press("Answer again").await;
    lena.sees("That is right.").await;
    lena.sees("FEEDBACK-REPORT").await;
}

/// Hands in with a gap, then everything wrong; the questions.
async fn fail(lena: &Browser, look: Look) -> Vec<String> {
    lena.sees("attempt 1").await;
    let questions = questions(lena).await;
    assert_eq!(questions.len(), 4);
    for id in &questions[1..] {
        answer(lena, id, false).await;
    }
    lena.press("Hand in").await;
    lena.sees("Some questions have no answer yet").await;
    if look.javascript {
        assert_eq!(lena.script("return document.activeElement.className").await, "error-summary");
    }
    lena.press("Go to question 1").await;
    assert_eq!(lena.script("return location.hash").await, format!("#q-{}", questions[0]));
    assert_eq!(lena.script("return document.querySelectorAll(':checked').length").await, 3, "the answers are kept");
    answer(lena, &questions[0], false).await;
    lena.press("Hand in").await;
    lena.sees("Not passed yet").await;
    lena.sees("0 of 4 right").await;
    lena.sees("This question has to be right").await;
    for (id, .., why) in ANSWERS {
        assert_eq!(lena.text().await.contains(why), questions.iter().any(|asked| asked == id), "{why}");
    }
    if look.javascript {
        assert_eq!(lena.script("return document.activeElement.getAttribute('aria-labelledby')").await, "result");
    }
    questions
}

/// The names of the questions of this paper.
async fn questions(lena: &Browser) -> Vec<String> {
    let found = lena.script("return [...document.querySelectorAll('fieldset.question')].map((field) => field.id.replace('q-', ''))").await;
    serde_json::from_value(found).expect("names")
}

async fn answer(lena: &Browser, id: &str, well: bool) {
    let (_, right, wrong, _) = ANSWERS.iter().find(|(name, ..)| *name == id).unwrap_or_else(|| panic!("a question {id:?}"));
    for words in if well { right } else { std::slice::from_ref(wrong) } {
        lena.choose(&format!("#q-{id}"), words).await;
    }
}
