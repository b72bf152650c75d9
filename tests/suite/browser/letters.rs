//! What people write is shown as letters: no script that somebody brings in runs in anybody's browser.

use crate::support::Avow;
use crate::support::Browser;
use crate::support::Look;
use crate::support::fixture;

const IMAGE: &str = "<img src=x onerror=alert(1)>";
const SCRIPT: &str = "</textarea><script>alert(2)</script>";

#[tokio::test]
async fn a_name_with_a_script_in_it_is_shown_as_letters_on_every_page() {
    let mut avow = Avow::company().await;
    let people = std::fs::read_to_string(fixture("people.csv")).expect("people");
    let row = format!(
        "009,eve@halden.example,{IMAGE},<b>Eve</b>,employee,2020-01-01,,002,,<i>Engineering,Berlin,DE,Halden GmbH,Engineer,en,Europe/Berlin"
    );
    avow.avow(&["people", "import", &avow.file("people.csv", &format!("{people}{row}\n"))]);
    avow.avow(&["programme", "evaluate"]);
    avow.serve();
    let browser = Browser::new(Look::DESK).await;
    for (who, path) in
        [("009", "/"), ("009", "/record"), ("002", "/team"), ("004", "/reports"), ("004", "/reports/completion"), ("005", "/people")]
    {
        browser.sign_in(&avow, who).await;
        browser.open(&format!("{}{path}", avow.url())).await;
        let words = if path == "/reports" { "<i>Engineering" } else { IMAGE };
        browser.sees(words).await;
        nothing_ran(&browser).await;
    }
    browser.open(&format!("{}/people?q=%22%3E%3Cscript%3Ealert(3)%3C/script%3E", avow.url())).await;
    assert_eq!(browser.script("return document.querySelector('#q').value").await, "\"><script>alert(3)</script>");
    nothing_ran(&browser).await;
}

#[tokio::test]
async fn a_reason_with_a_script_in_it_is_kept_as_letters() {
    let avow = Avow::serving().await;
    let lena = Browser::signed_in(&avow, Look::DESK, "003").await;
    lena.press("Clear desk").await;
    lena.press("Review and confirm").await;
    lena.press("I do not want to attest").await;
    let too_long = format!("{SCRIPT}{}", "x".repeat(5000));
    lena.driver
        .execute(
            "const field = document.querySelector('#reason'); field.maxLength = 9000; field.value = arguments[0]",
            vec![too_long.clone().into()],
        )
        .await
        .expect("can be filled");
    lena.press("I decline").await;
    lena.sees("Write why you decline").await;
    assert_eq!(lena.script("return document.querySelector('#reason').value").await, too_long);
    nothing_ran(&lena).await;
    lena.driver.execute("document.querySelector('#reason').value = arguments[0]", vec![SCRIPT.into()]).await.expect("can be filled");
    lena.press("I decline").await;
    lena.sees("You have declined").await;
    nothing_ran(&lena).await;
    assert_eq!(avow.one::<String>("select decline_reason from attestation_private").await, SCRIPT);
}

async fn nothing_ran(browser: &Browser) {
    assert!(browser.driver.get_alert_text().await.is_err(), "an alert is open");
    let ours =
        "return [...document.querySelectorAll('main img, main script, main b > b, script:not([nonce])')].map((found) => found.outerHTML)";
    assert_eq!(browser.script(ours).await, serde_json::json!([]));
}
