//! Every page, in both languages and both themes: it fits a phone, axe finds nothing, the console is silent. And pictures of
//! them in `target/screenshots`, for people to look at.

use crate::browser::tour::Tour;
use crate::support::Avow;
use crate::support::Axe;
use crate::support::Browser;
use crate::support::Look;
use crate::support::exported;
use std::path::Path;

#[tokio::test]
async fn every_page_in_english_fits_a_phone_and_is_open_to_everybody() {
    every_page("en").await;
}

#[tokio::test]
async fn every_page_in_vietnamese_fits_a_phone_and_is_open_to_everybody() {
    every_page("vi").await;
}

async fn every_page(language: &str) {
    let (avow, browser, axe) = (Avow::serving().await, Browser::new(Look::DESK).await, Axe::get().await);
    axe.enter(&browser).await;
    let mut wrong = Vec::new();
    let mut seen = 0;
    let been = Tour::go(&avow, &browser, language, async |name| {
        seen += 1;
        for dark in [false, true] {
            let page = format!("{name} ({language}, {})", if dark { "dark" } else { "light" });
            browser.darken(dark).await;
            browser.resize(320).await;
            wrong.extend(too_wide(&browser).await.into_iter().map(|what| format!("{page}: wider than 320 px: {what}")));
            // One width for each theme: what a width changes does not depend on colours.
            browser.resize(if dark { 320 } else { 1280 }).await;
            wrong.extend(axe.findings(&browser).await.into_iter().map(|what| format!("{page}: {what}")));
        }
        browser.resize(1280).await;
        // An answer such as 404 or 422 is itself a line of the console.
        let said = browser.console().await.into_iter().filter(|line| !line.contains("Failed to load resource"));
        wrong.extend(said.map(|line| format!("{name}: the console says {line}")));
    })
    .await;
    assert!(seen > 50, "{seen} pages");
    for route in exported(&avow).into_iter().filter(|route| route.method == "GET" && route.right != "machine") {
        let is_page = !ELSEWHERE.contains(&route.path.as_str());
        assert!(!is_page || been.iter().any(|path| fits(&route.path, path)), "the tour does not come to {}: lead it there", route.path);
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));
}

/// Addresses that answer with a file, or lead to another page.
const ELSEWHERE: [&str; 9] = [
    "/go/courses/{course}/{part}",
    "/content/{sha256}/{name}",
    "/sign-in/link",
    "/courses/{assignment}/lessons/{part}/checks/{question}",
    "/courses/{assignment}/lessons/{part}/finish",
    "/reports/completion.csv",
    "/reports/completion.manifest.json",
    "/reports/completion.zip",
    "/library/courses/{course}/questions.csv",
];

/// Whether an address is of a route.
fn fits(route: &str, path: &str) -> bool {
    let (route, path): (Vec<&str>, Vec<&str>) = (route.split('/').collect(), path.split('/').collect());
    route.len() == path.len() && route.iter().zip(&path).all(|(part, found)| part.starts_with('{') || part == found)
}

/// What sticks out, if anything does.
async fn too_wide(browser: &Browser) -> Vec<String> {
    let script = "if (document.documentElement.scrollWidth <= innerWidth && innerWidth === 320) return [];
        const out = [...document.querySelectorAll('body *')].filter((found) => found.getBoundingClientRect().right > 320.5);
        return [`${document.documentElement.scrollWidth} of ${innerWidth}`, ...out.map((found) => found.outerHTML.slice(0, 120))]";
    serde_json::from_value(browser.script(script).await).expect("words")
}

#[tokio::test]
async fn pictures_of_the_pages_are_kept_for_people_to_look_at() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots");
    std::fs::create_dir_all(&folder).expect("a folder");
    let (avow, browser) = (Avow::serving().await, Browser::new(Look::DESK).await);
    let pictures = [(1280, false), (1280, true), (320, false)];
    Tour::go(&avow, &browser, "en", async |name| keep(&browser, &folder, name, "en", &pictures).await).await;
    let (avow, browser) = (Avow::serving().await, Browser::new(Look::PHONE).await);
    Tour::go(&avow, &browser, "vi", async |name| keep(&browser, &folder, name, "vi", &[(320, true), (1280, false)]).await).await;
    assert!(folder.join("receipt 320 dark vi.png").metadata().is_ok_and(|file| file.len() > 1000));
}

async fn keep(browser: &Browser, folder: &Path, name: &str, language: &str, looks: &[(u32, bool)]) {
    for (width, dark) in looks {
        browser.resize(*width).await;
        browser.darken(*dark).await;
        let theme = if *dark { "dark" } else { "light" };
        std::fs::write(folder.join(format!("{name} {width} {theme} {language}.png")), browser.picture().await).expect("a picture");
    }
    browser.resize(1280).await;
}
