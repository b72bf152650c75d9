//! What managers, HR, compliance and administrators see in a real browser.

use crate::support::Avow;
use crate::support::Browser;
use crate::support::Look;

#[tokio::test]
async fn compliance_filters_follows_a_number_to_the_people_and_exports() {
    let avow = Avow::serving().await;
    avow.at("2026-03-25T09:00:00Z");
    let ines = Browser::signed_in(&avow, Look::DESK, "004").await;
    ines.open(&format!("{}/reports", avow.url())).await;
    ines.sees("0 of 8 done").await;
    let number = ines.find(".legend a[href*='state=overdue']").await;
    let (count, address) = (number.text().await.expect("a number"), number.attr("href").await.expect("a link").expect("leads somewhere"));
    ines.press_at(&format!(".legend a[href='{address}']")).await;
    ines.sees("Completion").await;
    assert_eq!(rows(&ines).await, count, "as many people as the number said");
    ines.open(&format!("{}/reports/completion", avow.url())).await;
    let all: u32 = rows(&ines).await.parse().expect("a number");
    ines.select("#state", "overdue").await;
    ines.press("Filter").await;
    ines.sees("Trần Thị Mai").await;
    let overdue: u32 = rows(&ines).await.parse().expect("a number");
    assert!(0 < overdue && overdue < all, "{overdue} of {all}");
    assert_eq!(ines.script("return document.querySelectorAll('tbody .status:not(.status--overdue)').length").await, 0);
    let links = ines.script("return [...document.querySelectorAll('a[download]')].map((link) => link.href)").await;
    let links: Vec<String> = serde_json::from_value(links).expect("links");
    assert_eq!(links.len(), 3);
    let (client, cookies) = (reqwest::Client::new(), ines.cookies().await);
    for link in links {
        assert!(link.contains("state=overdue"), "{link} exports as it is filtered");
        let answer = client.get(&link).header("cookie", &cookies).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{link}");
        assert!(!answer.bytes().await.expect("a file").is_empty(), "{link}");
    }
}

async fn rows(browser: &Browser) -> String {
    browser.script("return String(document.querySelectorAll('.data tbody tr').length)").await.as_str().expect("a number").to_owned()
}

#[tokio::test]
async fn everybody_finds_the_pages_of_their_role_in_the_navigation_and_no_others() {
    let avow = Avow::serving().await;
    let browser = Browser::new(Look::DESK).await;
    let everybody = ["/", "/record", "/policies"];
    let roles: [(&str, &[&str], &str, &str); 5] = [
        ("002", &["/team"], "/team", "Lena Brandt"),
        ("003", &[], "/record", "About me"),
        ("004", &["/reports", "/programme", "/library"], "/library", "What is published, and what stands in the content folder."),
        ("005", &["/people", "/reports", "/programme"], "/people", "9 of 9 people"),
        ("006", &["/operations"], "/operations", "What runs by itself"),
    ];
    for (who, own, path, words) in roles {
        browser.sign_in(&avow, who).await;
        let shown = browser.script("return [...document.querySelectorAll('.site-nav a')].map((link) => link.getAttribute('href'))").await;
        let shown: Vec<String> = serde_json::from_value(shown).expect("addresses");
        assert_eq!(shown, [&everybody[..], own].concat(), "{who}");
        browser.open(&format!("{}{path}", avow.url())).await;
        browser.sees(words).await;
    }
}

#[tokio::test]
async fn a_manager_sees_the_status_of_the_team_and_no_marks() {
    let avow = Avow::serving().await;
    let omar = Browser::signed_in(&avow, Look::DESK, "002").await;
    omar.press_at("a[href='/team']").await;
    for words in ["Lena Brandt", "Trần Thị Mai", "Karl Ohnepost", "Safe mail", "Clear desk", "To do"] {
        omar.sees(words).await;
    }
    let text = omar.text().await;
    for secret in ["right", "%", "attempt", "score", "mark"] {
        assert!(!text.contains(secret), "{secret:?} in {text}");
    }
}
