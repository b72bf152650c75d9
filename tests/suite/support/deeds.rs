//! What people of the small company do in many stories.

use crate::support::Answer;
use crate::support::Avow;

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
