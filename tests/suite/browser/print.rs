//! What is kept on paper: a certificate and a receipt, without what only a screen needs.

use crate::support::Avow;
use crate::support::Browser;
use crate::support::Look;
use crate::support::attest;
use crate::support::pass;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;

#[tokio::test]
async fn a_certificate_prints_on_one_sheet_and_a_receipt_without_buttons() {
    let avow = Avow::serving().await;
    let certificate = pass(&avow, "003").await;
    let receipt = attest(&avow, "003").await.location().to_owned();
    let lena = Browser::signed_in(&avow, Look::DESK, "003").await;
    lena.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    for path in [format!("/certificates/{certificate}"), receipt] {
        lena.open(&format!("{}{path}", avow.url())).await;
        lena.sees("Lena Brandt").await;
        let seen = "return [...document.querySelectorAll('.site-header, .site-footer, .banner, .button, .skip-link')]
            .filter((found) => found.getClientRects().length).map((found) => found.className)";
        assert_eq!(lena.script(seen).await, json!([]), "{path}");
        let colours = "return getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()";
        assert_eq!(lena.script(colours).await, "#fff", "{path}");
        let printed = lena.devtools("Page.printToPDF", json!({ "printBackground": true })).await;
        let pdf = BASE64_STANDARD.decode(printed["data"].as_str().expect("a PDF")).expect("base64");
        let sheets = String::from_utf8_lossy(&pdf).matches("/Type /Page\n").count();
        assert!(sheets >= 1 && (sheets == 1 || !path.contains("certificates")), "{sheets} sheets for {path}");
    }
}
