//! Changing the language and signing out in a real browser.

use crate::support::Avow;
use crate::support::Browser;
use crate::support::Look;

#[tokio::test]
async fn changing_the_language_stays_on_the_page_and_lasts() {
    let avow = Avow::serving().await;
    let lena = Browser::signed_in(&avow, Look::DESK, "003").await;
    lena.press("Clear desk").await;
    lena.press("Review and confirm").await;
    lena.sees("I have read the clear desk policy").await;
    let page = lena.path().await;
    switch(&lena, "Tiếng Việt").await;
    lena.sees("Xem lại và ký xác nhận").await;
    lena.sees("I have read the clear desk policy").await; // what is signed is what was read
    assert_eq!(lena.path().await, page);
    assert_eq!(lena.script("return document.documentElement.lang").await, "vi");
    lena.press("Quay lại văn bản").await;
    lena.sees("Bạn phải cất giấy tờ").await;
    switch(&lena, "English").await;
    lena.sees("You must lock papers away").await;
}

#[tokio::test]
async fn changing_the_language_of_a_form_that_was_refused_leads_to_a_page() {
    let avow = Avow::serving().await;
    let lena = Browser::signed_in(&avow, Look::DESK, "003").await;
    lena.press("Safe mail").await;
    lena.press("Start the course").await;
    lena.press("Done. Go on to “Attachments”").await;
    lena.sees("Answer the questions of this lesson first").await;
    switch(&lena, "Tiếng Việt").await;
    lena.sees("Hãy nhìn trước").await;
}

#[tokio::test]
async fn after_signing_out_nothing_is_left_to_see() {
    let avow = Avow::serving().await;
    let lena = Browser::signed_in(&avow, Look::DESK, "003").await;
    lena.sees("Hello, Lena").await;
    lena.press_at(".account summary").await;
    lena.press("Sign out").await;
    lena.sees("There is no password.").await;
    assert_eq!(lena.path().await, "/sign-in");
    lena.driver.back().await.expect("one may go back");
    lena.sees("There is no password.").await;
    lena.open(&format!("{}/record", avow.url())).await;
    lena.sees("There is no password.").await;
}

#[tokio::test]
async fn after_signing_in_one_comes_to_the_page_one_asked_for() {
    let avow = Avow::serving().await;
    let ines = Browser::new(Look::DESK).await;
    ines.open(&format!("{}/reports/completion?state=owed", avow.url())).await;
    ines.sees("There is no password.").await;
    ines.find("#email").await.send_keys("ines.costa@halden.example").await.expect("can type");
    ines.press("Mail me a link").await;
    ines.sees("Check your mailbox").await;
    let mail = avow.mail("ines.costa@halden.example", "sign-in link").await;
    let link = mail.link("http");
    ines.open(&format!("{}/sign-in/{}", avow.url(), link.rsplit('/').next().expect("a token"))).await;
    ines.press("Sign in").await;
    ines.sees("Completion").await;
    assert_eq!(ines.script("return location.search").await, "?state=owed");
}

async fn switch(browser: &Browser, language: &str) {
    browser.press_at(".account summary").await;
    browser.press(language).await;
}
