//! The content security policy in a real browser: a script that got into a page does not run, and the server hears of it.

use crate::support::Avow;
use crate::support::Browser;
use crate::support::Look;
use crate::support::until;

/// Ways by which a script gets into a page.
const WAYS: [(&str, &str); 6] = [
    ("a handler", "<img src=x onerror='document.title = 1'>"),
    ("a handler that fires by itself", "<details open ontoggle='document.title = 1'>x</details>"),
    ("a link", "<a id=trap href='javascript:void(document.title = 1)'>x</a>"),
    ("a frame", "<iframe srcdoc='<script>parent.document.title = 1</script>'></iframe>"),
    ("a picture of another site", "<img src='https://evil.example/x.png'>"),
    ("a style", "<style>body { display: none }</style>"),
];

#[tokio::test]
async fn an_injected_script_does_not_run_and_is_reported() {
    let avow = Avow::serving().await;
    let lena = Browser::signed_in(&avow, Look::DESK, "003").await;
    let title = lena.script("return document.title").await;
    for (what, html) in WAYS {
        lena.driver
            .execute("document.querySelector('main').insertAdjacentHTML('beforeend', arguments[0])", vec![html.into()])
            .await
            .expect(what);
    }
    lena.script("const script = document.createElement('script'); script.textContent = 'document.title = 1'; document.body.append(script)")
        .await;
    lena.script("document.querySelector('#trap').click()").await;
    lena.script("document.querySelector('main').innerHTML += '<button id=eval onclick=\"document.title = 1\">x</button>'; document.querySelector('#eval').click()").await;
    let reports = async || {
        let log = avow.log();
        let said = |directive: &str| log.lines().any(|line| line.contains("content security policy") && line.contains(directive));
        ["script-src-attr", "script-src-elem", "style-src-elem", "img-src"].iter().all(|directive| said(directive)).then_some(())
    };
    until("the server heard of it", reports).await;
    assert_eq!(lena.script("return document.title").await, title, "a script ran");
    assert_ne!(lena.script("return getComputedStyle(document.body).display").await, "none", "a style was taken");
    assert!(!avow.log().contains("evil.example"), "reports are logged without addresses");
}

#[tokio::test]
async fn reports_that_are_none_do_no_harm() {
    let avow = Avow::serving().await;
    let visitor = avow.visitor();
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let huge = format!("{{\"csp-report\":{{\"effective-directive\":\"{}\"}}}}", "x".repeat(30_000));
    let odd = "{\"csp-report\":{\"effective-directive\":\"img-src\\n\\u001b[31mLena Brandt\"}}";
    for body in ["", "x", "null", "[]", "{}", "[1]", "[{\"body\":7}]", &deep, odd] {
        let answer = visitor.ask(reqwest::Method::POST, "/csp-report", &[], Some(body.into())).await;
        assert_eq!(answer.status, 204, "{}", &body[..body.len().min(40)]);
    }
    assert_eq!(visitor.ask(reqwest::Method::POST, "/csp-report", &[], Some(huge)).await.status, 413);
    let log = avow.log();
    assert!(log.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "one object a line: {log}");
}
