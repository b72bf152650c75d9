//! Reading a policy and attesting to it, in a real browser.

use crate::support::Avow;
use crate::support::Browser;
use crate::support::Look;
use thirtyfour::Key;

#[tokio::test]
async fn a_contractor_reads_and_attests_in_vietnamese() {
    attests_in_vietnamese(Look::DESK).await;
}

#[tokio::test]
async fn a_contractor_without_javascript_reads_and_attests_in_vietnamese() {
    attests_in_vietnamese(Look::PLAIN).await;
}

async fn attests_in_vietnamese(look: Look) {
    let avow = Avow::serving().await;
    let mai = Browser::signed_in(&avow, look, "C-1").await;
    mai.sees("Bàn làm việc gọn gàng").await;
    assert_eq!(mai.script("return document.documentElement.lang").await, "vi");
    mai.press("Bàn làm việc gọn gàng").await;
    mai.sees("Bạn phải cất giấy tờ vào tủ khóa khi rời bàn.").await;
    mai.press("Quy định").await;
    assert_eq!(mai.script("return location.hash").await, "#s-rules");
    mai.press("Xem lại và ký xác nhận").await;
    mai.sees("Tôi đã đọc chính sách bàn làm việc gọn gàng và đồng ý tuân theo.").await;
    mai.sees("Trần Thị Mai").await;
    assert!(!mai.find("#agree").await.is_selected().await.expect("a box"), "nobody agrees for her");
    mai.press("Tôi ký xác nhận").await;
    mai.sees("Hãy đánh dấu vào ô").await;
    assert_eq!(avow.one::<i64>("select count(*) from attestations").await, 0);
    assert_eq!(mai.find("#agree").await.attr("aria-invalid").await.expect("a box").as_deref(), Some("true"));
    assert!(!mai.find("#agree").await.is_selected().await.expect("a box"), "still nobody agrees for her");
    mai.choose(".consent", "Tôi đã đọc").await;
    mai.press("Tôi ký xác nhận").await;
    mai.sees("Biên nhận").await;
    mai.sees("16:00 (Asia/Ho_Chi_Minh)").await;
    mai.sees("Trần Thị Mai").await;
    let receipt = mai.path().await;
    assert!(receipt.starts_with("/receipts/"), "{receipt}");
    mai.press("Hồ sơ của tôi").await;
    mai.press("Bàn làm việc gọn gàng").await;
    mai.sees("Biên nhận").await;
    assert_eq!(mai.path().await, receipt);
    assert_eq!(avow.one::<i64>("select count(*) from completions").await, 1);
}

#[tokio::test]
async fn the_keyboard_alone_leads_from_the_link_to_the_receipt() {
    let avow = Avow::serving().await;
    let lena = Browser::new(Look::DESK).await;
    let link = avow.avow(&["access", "link", "003"]);
    lena.open(&link.trim().replacen("http://127.0.0.1:0", avow.url(), 1)).await;
    lena.key(Key::Tab).await;
    assert_eq!(focused(&lena).await, "Skip to the content");
    go_to(&lena, "Sign in").await;
    lena.key(Key::Enter).await;
    lena.sees("Hello, Lena").await;
    go_to(&lena, "Clear desk").await;
    lena.key(Key::Enter).await;
    lena.sees("You must lock papers away").await;
    go_to(&lena, "Review and confirm").await;
    lena.key(Key::Enter).await;
    lena.sees("I have read the clear desk policy").await;
    go_to(&lena, "I attest").await;
    lena.key(Key::Enter).await;
    lena.sees("There is one thing to correct").await;
    assert_eq!(lena.script("return document.activeElement.className").await, "error-summary");
    go_to(&lena, "Tick the box if you agree to the statement").await;
    lena.key(Key::Enter).await;
    assert_eq!(lena.script("return document.activeElement.id").await, "agree", "the link leads to the box");
    lena.key(Key::Space).await;
    go_to(&lena, "I attest").await;
    lena.key(Key::Enter).await;
    lena.sees("You have attested to “Clear desk”.").await;
    assert_eq!(avow.one::<i64>("select count(*) from completions").await, 1);
}

/// Presses Tab until the focus, which must be seen, is on these words.
async fn go_to(browser: &Browser, words: &str) {
    let mut passed = Vec::new();
    while passed.len() < 40 {
        browser.key(Key::Tab).await;
        let now = focused(browser).await;
        if now == words {
            return;
        }
        passed.push(now);
    }
    panic!("Tab never comes to {words:?}, only to {passed:?}");
}

async fn focused(browser: &Browser) -> String {
    let script = "const on = document.activeElement; if (on === document.body) return '';
        const style = getComputedStyle(on); if (style.outlineStyle === 'none') return `no outline: ${on.outerHTML}`;
        return (on.labels?.[0] ?? on).innerText.trim().replaceAll(/\\s+/g, ' ')";
    browser.script(script).await.as_str().expect("words").to_owned()
}
