//! What people of the small company do in many stories.

use crate::support::Answer;
use crate::support::Avow;
use crate::support::Visitor;

/// Signs somebody in, who then reads the policy and attests to it; the answer that leads to the receipt.
pub async fn attest(avow: &Avow, hr_id: &str) -> Answer {
    let (visitor, path) = (avow.signed_in(hr_id).await, format!("/attest/{}", avow.assignment(hr_id, "desk-policy").await));
    let page = visitor.get(&path).await;
    let review = visitor.send(&page, &format!("{path}/review"), &[]).await;
    let review = visitor.follow(&review).await;
    let answer = visitor.send(&review, &path, &[("agree", "yes"), ("response", "attest")]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer
}

/// The right answers of the fixture's quiz, by question and place.
const RIGHT: [(&str, &[&str]); 6] =
    [("sender", &["0"]), ("target", &["1"]), ("haste", &["0", "1"]), ("help", &["0"]), ("typed", &["0"]), ("keep", &["0"])];

/// Goes through both lessons of the course.
pub async fn lessons(visitor: &Visitor, course: &str) {
    let page = visitor.get(course).await;
    if page.body.contains("/start\"") {
        visitor.send(&page, &format!("{course}/start"), &[]).await;
    }
    let lesson = format!("{course}/lessons/01-links");
    let page = visitor.get(&lesson).await;
    visitor.send(&page, &format!("{lesson}/checks/parcel"), &[("choice", "1")]).await;
    visitor.send(&page, &format!("{lesson}/finish"), &[]).await;
    let lesson = format!("{course}/lessons/02-attachments");
    let page = visitor.get(&lesson).await;
    visitor.send(&page, &format!("{lesson}/finish"), &[]).await;
}

/// Begins an attempt at the quiz: its address and its page.
pub async fn begin(visitor: &Visitor, course: &str) -> (String, Answer) {
    let page = visitor.get(course).await;
    let begun = visitor.send(&page, &format!("{course}/quiz"), &[]).await;
    let paper = begun.location().to_owned();
    let page = visitor.get(&paper).await;
    (paper, page)
}

/// Answers every question of a paper: rightly, but for those named.
pub fn answers<'a>(page: &Answer, wrong: &[&str]) -> Vec<(String, &'a str)> {
    let asked = RIGHT.iter().filter(|(id, _)| page.body.contains(&format!("id=\"q-{id}\"")));
    let answer = |(id, right): &(&'static str, &'static [&'static str])| {
        let places: Vec<&str> = if wrong.contains(id) { vec!["1"] } else { right.to_vec() };
        places.into_iter().map(move |place| (format!("q-{id}"), place)).collect::<Vec<_>>()
    };
    asked.flat_map(answer).collect()
}

/// The same, to be sent.
pub fn pairs<'a>(answers: &'a [(String, &'a str)]) -> Vec<(&'a str, &'a str)> {
    answers.iter().map(|(name, value)| (name.as_str(), *value)).collect()
}

/// Signs somebody in, who then takes the course and passes the quiz; the id of the completion.
pub async fn pass(avow: &Avow, hr_id: &str) -> String {
    let (visitor, course) = (avow.signed_in(hr_id).await, format!("/courses/{}", avow.assignment(hr_id, "mail-course").await));
    lessons(&visitor, &course).await;
    let (paper, page) = begin(&visitor, &course).await;
    let given = answers(&page, &[]);
    let mut filled = pairs(&given);
    filled.push(("action", "submit"));
    let answer = visitor.send(&page, &paper, &filled).await;
    let result = visitor.follow(&answer).await;
    let certificate = result.body.split("/certificates/").nth(1).and_then(|rest| rest.split('"').next());
    certificate.unwrap_or_else(|| panic!("no certificate: {}", result.body)).to_owned()
}
