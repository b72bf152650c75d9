//! What every answer must have, whoever asks for whatever.

use crate::support::Answer;
use crate::support::Avow;
use crate::support::Visitor;
use crate::support::exported;
use crate::support::until;
use reqwest::Method;
use std::collections::BTreeSet;
use std::time::Duration;

/// Headers that every answer has, to the letter.
const EXACT: [(&str, &str); 7] = [
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("x-robots-tag", "noindex, nofollow"),
];
/// Headers that an answer may have besides.
const MORE: [&str; 15] = [
    "connection",
    "content-security-policy",
    "x-request-id",
    "cache-control",
    "content-type",
    "content-length",
    "content-encoding",
    "content-disposition",
    "transfer-encoding",
    "date",
    "vary",
    "set-cookie",
    "location",
    "allow",
    "retry-after",
];

fn has_all_headers(answer: &Answer, what: &str) {
    for (name, value) in EXACT {
        assert_eq!(answer.header(name), Some(value), "{name} of {what}");
    }
    let policy = answer.header("content-security-policy").unwrap_or_else(|| panic!("{what} has no policy"));
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
    assert!(nonce.len() >= 22, "{nonce} of {what}");
    let expected = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; media-src 'self'; \
         font-src 'self'; connect-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; \
         report-uri /csp-report"
    );
    assert_eq!(policy, expected, "{what}");
    assert!(answer.header("x-request-id").is_some_and(|id| id.len() == 16), "{what}");
    for (name, value) in &answer.headers {
        let is_known = EXACT.iter().any(|(known, _)| known == name) || MORE.contains(&name.as_str()) || name == "clear-site-data";
        assert!(is_known, "{what} has {name}: {value}");
        if name == "set-cookie" {
            let parts = ["HttpOnly", "SameSite=Lax", "Path=/"].iter().all(|part| value.contains(part));
            assert!(parts && !value.contains("Domain") && value.len() < 4096, "{what}: {value}");
        }
        if name == "content-type" && value.starts_with("text/") {
            assert!(value.contains("charset=utf-8"), "{what}: {value}");
        }
    }
    let caching = answer.header("cache-control").unwrap_or_default();
    let is_asset = what.starts_with("GET /static/") && answer.status == 200;
    assert_eq!(caching, if is_asset { "public, max-age=31536000, immutable" } else { "no-store" }, "{what}");
}

/// The address of a route with objects that exist, as far as that is easy.
async fn filled(avow: &Avow, path: &str, asset: &str) -> String {
    if path.starts_with("/static/") {
        return asset.to_owned();
    }
    let requirement = if path.starts_with("/attest/") { "desk-policy" } else { "mail-course" };
    path.replace("{assignment}", &avow.assignment("003", requirement).await)
        .replace("{part}", "01-links")
        .replace("{question}", "parcel")
        .replace("{policy}", "clear-desk")
        .replace("{course}", "safe-mail")
        .replace("{number}", "1")
        .replace(['{', '}'], "")
}

#[tokio::test]
async fn every_route_answers_with_the_whole_header_set_whatever_is_asked_of_it() {
    let avow = Avow::serving().await;
    let (stranger, lena, ines) = (avow.visitor(), avow.signed_in("003").await, avow.signed_in("004").await);
    let asset = asset(&lena).await;
    let mut statuses = BTreeSet::new();
    for route in exported(&avow) {
        let path = filled(&avow, &route.path, &asset).await;
        // Signing out would change what the others see.
        let visitors = if path == "/sign-out" {
            vec![("a stranger", &stranger)]
        } else {
            vec![("a stranger", &stranger), ("Lena", &lena), ("Inês", &ines)]
        };
        for (who, visitor) in visitors {
            let body = (route.method == Method::POST).then(|| "csrf=wrong".to_owned());
            let answer = visitor.ask(route.method.clone(), &path, &[], body).await;
            statuses.insert(answer.status);
            has_all_headers(&answer, &format!("{} {path} for {who}", route.method));
            assert_ne!(answer.status, 500, "{path}");
        }
        for method in [Method::DELETE, Method::PUT, Method::PATCH, Method::OPTIONS, Method::TRACE] {
            let answer = lena.ask(method.clone(), &path, &[], None).await;
            assert_eq!(answer.status, 405, "{method} {path}");
            assert!(answer.header("allow").is_some_and(|methods| methods.contains(route.method.as_str())), "{method} {path}");
            has_all_headers(&answer, &format!("{method} {path}"));
        }
    }
    assert_eq!(statuses, BTreeSet::from([200, 204, 303, 400, 401, 403, 404, 409, 410]), "all these were seen");
}

#[tokio::test]
async fn no_form_of_any_route_is_taken_without_its_token_or_from_another_site() {
    let avow = Avow::serving().await;
    let (lena, stranger) = (avow.signed_in("003").await, avow.visitor());
    let (mine, theirs) = (lena.get("/").await.field("csrf"), avow.signed_in("002").await.get("/").await.field("csrf"));
    let strangers = stranger.get("/sign-in").await.field("csrf");
    let mut tried = 0;
    for route in exported(&avow).into_iter().filter(|route| route.method == Method::POST && route.right != "machine") {
        let path = filled(&avow, &route.path, "").await;
        /// What is tried, with which headers, sending what.
        type Try<'a> = (&'a str, &'a [(&'a str, &'a str)], String);
        let tries: [Try<'_>; 7] = [
            ("no token", &[], String::new()),
            ("a wrong token", &[], "csrf=AAAA".into()),
            ("somebody else's token", &[], format!("csrf={theirs}")),
            ("a stranger's token", &[], format!("csrf={strangers}")),
            ("another site", &[("sec-fetch-site", "cross-site")], format!("csrf={mine}")),
            ("a sister site", &[("sec-fetch-site", "same-site")], format!("csrf={mine}")),
            ("another origin", &[("origin", "https://evil.example")], format!("csrf={mine}")),
        ];
        for (what, headers, body) in tries {
            let status = lena.ask(Method::POST, &path, headers, Some(body)).await.status;
            let is_hers = !["/operations", "/library"].iter().any(|not_hers| path.starts_with(not_hers));
            assert_eq!(status, if is_hers || what.contains("site") { 403 } else { 404 }, "{path} with {what}");
            tried += 1;
        }
    }
    assert!(tried >= 7 * 13, "{tried}");
    assert_eq!(lena.get("/record").await.status, 200, "she is still signed in");
}

#[tokio::test]
async fn other_sites_can_link_to_pages_and_neither_embed_nor_read_them() {
    let avow = Avow::serving().await;
    let lena = avow.signed_in("003").await;
    let from = |site: &'static str, mode: &'static str, dest: &'static str| {
        [("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)]
    };
    let asset = asset(&lena).await;
    for (headers, status) in [
        (from("cross-site", "navigate", "document"), 200),
        (from("same-site", "navigate", "document"), 200),
        (from("none", "navigate", "document"), 200),
        (from("same-origin", "cors", "empty"), 200),
        (from("cross-site", "navigate", "iframe"), 403),
        (from("cross-site", "no-cors", "image"), 403),
        (from("cross-site", "cors", "empty"), 403),
        (from("same-site", "no-cors", "script"), 403),
        (from("?", "?", "?"), 403),
    ] {
        for path in ["/record", &asset] {
            assert_eq!(lena.ask(Method::GET, path, &headers, None).await.status, status, "{path} {headers:?}");
        }
    }
}

#[tokio::test]
async fn whoever_asks_too_much_is_slowed_down_and_nobody_else_is() {
    let mut avow = Avow::company().await;
    avow.settings.insert("AVOW_TRUSTED_PROXIES".into(), "127.0.0.1".into());
    avow.settings.insert("AVOW_LIMIT_SIGN_INS".into(), "5".into());
    avow.settings.insert("AVOW_LIMIT_REQUESTS".into(), "3".into());
    avow.serve();
    let visitor = avow.visitor();
    let ask = async |from: &str, path: &str| visitor.ask(Method::GET, path, &[("x-forwarded-for", from)], None).await;
    for _ in 0..5 {
        assert_eq!(ask("203.0.113.1", "/sign-in").await.status, 200);
    }
    let refused = ask("203.0.113.1", "/sign-in/anything").await;
    assert_eq!(refused.status, 429);
    has_all_headers(&refused, "429");
    assert!(refused.header("retry-after").and_then(|wait| wait.parse::<u32>().ok()).is_some_and(|wait| (1..=60).contains(&wait)));
    assert!(refused.says("Too many requests at once"), "{}", refused.body);
    assert_eq!(ask("203.0.113.2", "/sign-in").await.status, 200, "the victim signs in from elsewhere");
    assert_eq!(ask("203.0.113.1, 203.0.113.3", "/sign-in").await.status, 200, "what a client writes itself counts for nothing");
    assert_eq!(ask("203.0.113.9, 203.0.113.1", "/sign-in").await.status, 429, "nor does it help");
    let mut statuses = BTreeSet::new();
    for number in 0..40 {
        // One line of IPv6 has all of these.
        statuses.insert(ask(&format!("2001:db8:1:2::{number:x}"), "/static/x/y").await.status);
    }
    assert_eq!(statuses, BTreeSet::from([404, 429]));
    assert_eq!(ask("203.0.113.1", "/health/live").await.status, 200, "other pages are still there");
    for path in ["/%73ign-in", "/sign%2din", "/invitations/x"] {
        assert_eq!(ask("203.0.113.1", path).await.status, 429, "{path} is the same door");
    }
    let mut avow = Avow::company().await;
    avow.settings.insert("AVOW_LIMIT_SIGN_INS".into(), "5".into());
    avow.serve();
    let visitor = avow.visitor();
    let mut statuses = BTreeSet::new();
    for number in 0..10 {
        statuses.insert(visitor.ask(Method::GET, "/sign-in", &[("x-forwarded-for", &format!("203.0.113.{number}"))], None).await.status);
    }
    assert!(statuses.contains(&429), "a forged address helps nobody where no web server is trusted");
}

#[tokio::test]
async fn signing_in_tells_nothing_about_who_is_known() {
    let avow = Avow::serving().await;
    let tokens = |page: &Answer| [page.field("csrf"), page.header("x-request-id").expect("an id").to_owned()];
    let mut answers = Vec::new();
    for email in ["lena.brandt@halden.example", "nobody.at.all@halden.example"] {
        let visitor = avow.visitor();
        let form = visitor.get("/sign-in").await;
        let answer = visitor.send(&form, "/sign-in", &[("email", email)]).await;
        let mut body = answer.body.replace(email, "…");
        for token in tokens(&answer) {
            body = body.replace(&token, "…");
        }
        let nonce = body.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a nonce").to_owned();
        let mut headers: Vec<String> = answer.headers.iter().map(|(name, _)| name.clone()).collect();
        headers.sort();
        answers.push((answer.status, headers, body.replace(&nonce, "…")));
    }
    assert_eq!(answers[0], answers[1]);
}

/// The address of a static file that the home page names.
async fn asset(visitor: &Visitor) -> String {
    let home = visitor.get("/").await;
    let name = home.body.split("href=\"/static/").nth(1).and_then(|rest| rest.split('"').next()).expect("a static file");
    format!("/static/{name}")
}

#[tokio::test]
async fn errors_are_pages_that_say_what_to_do_and_carry_a_number() {
    let avow = Avow::serving().await;
    let (lena, ines) = (avow.signed_in("003").await, avow.signed_in("004").await);
    let large = Some(format!("x={}", "y".repeat(400_000)));
    let answers = [
        (404, lena.get("/nothing/here").await),
        (405, lena.ask(Method::PUT, "/record", &[], None).await),
        (403, lena.ask(Method::POST, "/sign-out", &[], Some(String::new())).await),
        (413, lena.ask(Method::POST, "/sign-in", &[], large).await),
        (400, ines.get("/reports/completion?as_of=never").await),
        (401, avow.visitor().ask(Method::POST, "/kept/discard", &[], Some(String::new())).await),
    ];
    for (status, answer) in &answers {
        assert_eq!(answer.status, *status, "{}", answer.body);
        has_all_headers(answer, &status.to_string());
        assert!(answer.body.contains("<h1>") && answer.body.contains(answer.header("x-request-id").expect("an id")), "{}", answer.body);
    }
    let asset = asset(&lena).await;
    let other = lena.get(&asset.replace("/static/", "/static/0")).await;
    assert_eq!((other.status, other.header("cache-control")), (200, Some("no-store")), "a page of another version still has its style");
}

#[tokio::test]
async fn a_nonce_is_used_once() {
    let avow = Avow::serving().await;
    let visitor = avow.visitor();
    let mut nonces = BTreeSet::new();
    for _ in 0..1000 {
        let page = visitor.get("/sign-in").await;
        let nonce = page.body.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a nonce").to_owned();
        assert!(page.header("content-security-policy").is_some_and(|policy| policy.contains(&nonce)));
        assert!(nonces.insert(nonce));
    }
}

#[tokio::test]
async fn only_our_own_pages_can_send_forms() {
    let avow = Avow::serving().await;
    let (lena, omar) = (avow.signed_in("003").await, avow.signed_in("002").await);
    let (mine, theirs) = (lena.get("/").await, omar.get("/").await);
    let body = |page: &Answer| Some(Visitor::form(page, "/language", &[("language", "vi")]));
    /// What is tried, with which headers, sending what.
    type Try = (&'static str, &'static [(&'static str, &'static str)], Option<String>);
    let tries: [Try; 2] =
        [("somebody else's token", &[], body(&theirs)), ("two tokens", &[], body(&mine).map(|body| format!("{body}&{body}")))];
    for (what, headers, form) in tries {
        assert_eq!(lena.ask(Method::POST, "/language", headers, form).await.status, 403, "{what}");
        assert!(lena.get("/").await.body.contains("<html lang=\"en\">"), "{what} changed something");
    }
    for headers in
        [&[("sec-fetch-site", "same-origin")][..], &[("sec-fetch-site", "same-origin"), ("origin", "null")], &[("origin", "null")], &[]]
    {
        // No referrer: browsers then say that they tell nothing of the origin.
        assert_eq!(lena.ask(Method::POST, "/language", headers, body(&mine)).await.status, 303, "{headers:?}");
    }
}

#[tokio::test]
async fn cookies_are_bound_to_the_host_and_to_https_where_there_is_https() {
    let mut avow = Avow::company().await;
    avow.settings.insert("AVOW_BASE_URL".into(), "https://avow.halden.example".into());
    avow.serve();
    let lena = Visitor::secure(avow.url());
    let mut cookies = Vec::new();
    let mut look = |answer: Answer| {
        let set = answer.headers.iter().filter(|(name, _)| name == "set-cookie");
        cookies.extend(set.map(|(_, value)| value.clone()));
        answer
    };
    let page = look(lena.get("/sign-in").await);
    look(lena.send(&page, "/sign-in", &[("email", "lena.brandt@halden.example")]).await);
    look(lena.send(&page, "/language", &[("language", "vi")]).await);
    let line = avow.avow(&["access", "link", "003"]);
    let path = line.trim().strip_prefix("https://avow.halden.example").expect("the base address").to_owned();
    let page = look(lena.get(&path).await);
    look(lena.send(&page, "/sign-in/link", &[]).await);
    let home = lena.get("/").await;
    let course = format!("/courses/{}/start", avow.assignment("003", "mail-course").await);
    avow.at("2026-03-02T14:00:00Z");
    look(lena.ask(Method::POST, &course, &[], Some(format!("csrf={}", home.field("csrf")))).await);
    for name in ["visitor", "next", "lang", "__Host-sid", "kept"] {
        let cookie =
            cookies.iter().find(|cookie| cookie.starts_with(&format!("{name}="))).unwrap_or_else(|| panic!("no {name} in {cookies:?}"));
        for part in ["; HttpOnly", "; Secure", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(part), "{part} of {cookie}");
        }
        assert!(!cookie.contains("Domain") && cookie.len() < 4096, "{cookie}");
    }
    let policy = home.header("content-security-policy").expect("a policy");
    assert!(policy.ends_with("; report-to csp") && home.header("reporting-endpoints") == Some("csp=\"/csp-report\""), "{policy}");
}

#[tokio::test]
async fn whoever_comes_first_to_an_address_that_does_not_exist_can_change_the_language_there() {
    let avow = Avow::serving().await;
    let visitor = avow.visitor();
    let page = visitor.get("/nothing/here").await;
    let changed = visitor.send(&page, "/language", &[("language", "vi")]).await;
    assert_eq!(changed.status, 303, "{}", changed.body);
    assert!(visitor.get("/nothing/here").await.says("Không tìm thấy"));
}

#[tokio::test]
async fn head_answers_as_get_does_without_a_body() {
    let avow = Avow::serving().await;
    let lena = avow.signed_in("003").await;
    let asset = asset(&lena).await;
    for path in ["/", "/health/live", "/health/ready", &asset, "/nothing", "/policies"] {
        let (get, head) = (lena.get(path).await, lena.ask(Method::HEAD, path, &[], None).await);
        assert_eq!((head.status, head.header("content-type")), (get.status, get.header("content-type")), "{path}");
        assert!(head.body.is_empty(), "{path}: {}", head.body);
    }
    assert_eq!(lena.ask(Method::HEAD, "/sign-out", &[], None).await.status, 405);
}

#[tokio::test]
async fn odd_bytes_in_addresses_and_cookies_are_nobodys_fault() {
    let avow = Avow::serving().await;
    let lena = avow.signed_in("003").await;
    for path in ["/policies/%00", "/policies/a%00b", "/courses/%00", "/sign-in/%00", "/static/x/%00", "/%ff%fe", "/policies/%F0%9F"] {
        let status = lena.get(path).await.status;
        assert!([400, 404, 410].contains(&status), "{path}: {status}");
    }
    for visitor in ["aaaaaaaaaaaaaaaaaaaa%0d%0a", "aaaaaaaaaaaaaaaaaaaaa%00", "aaaaaaaaaaaaaaaaaaaaa%3b", "", "%"] {
        let answer = avow.visitor().ask(Method::GET, "/sign-in", &[("cookie", &format!("visitor={visitor}"))], None).await;
        assert_eq!(answer.status, 200, "{visitor}");
        let cookie = answer.header("set-cookie").expect("a cookie of its own");
        assert!(!cookie.contains("aaaa"), "{cookie}");
    }
    for state in ["bogus", "Done", "%00"] {
        assert_eq!(avow.signed_in("004").await.get(&format!("/reports/completion?state={state}")).await.status, 400, "{state}");
    }
}

#[tokio::test]
async fn a_form_that_does_not_arrive_is_let_go() {
    let avow = Avow::serving().await;
    let address = avow.url().strip_prefix("http://").expect("an address").to_owned();
    let mut stream = tokio::net::TcpStream::connect(&address).await.expect("connects");
    let head = format!(
        "POST /sign-in HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 1000\r\n\r\nx"
    );
    tokio::io::AsyncWriteExt::write_all(&mut stream, head.as_bytes()).await.expect("writes");
    let mut answer = [0; 12];
    tokio::io::AsyncReadExt::read_exact(&mut stream, &mut answer).await.expect("an answer");
    assert_eq!(&answer, b"HTTP/1.1 408");
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_let_go_everywhere() {
    let mut avow = Avow::company().await;
    avow.settings.insert("AVOW_REQUEST_TIMEOUT".into(), "1".into());
    avow.serve();
    let lena = avow.sign_in(Visitor::secure(avow.url()), "003").await;
    let cookie = format!("cookie: {}\r\n", lena.cookie());
    let address = avow.url().strip_prefix("http://").expect("an address").to_owned();
    for route in exported(&avow).into_iter().filter(|route| route.method == Method::POST) {
        let path = filled(&avow, &route.path, "").await;
        let mut stream = tokio::net::TcpStream::connect(&address).await.expect("connects");
        let head = format!("POST {path} HTTP/1.1\r\nhost: {address}\r\n{cookie}transfer-encoding: chunked\r\n\r\n1\r\nx\r\n");
        tokio::io::AsyncWriteExt::write_all(&mut stream, head.as_bytes()).await.expect("writes");
        let mut answer = [0; 12];
        let read = tokio::io::AsyncReadExt::read_exact(&mut stream, &mut answer);
        tokio::time::timeout(Duration::from_secs(10), read).await.expect("not so long").expect("an answer");
        let status = String::from_utf8_lossy(&answer[9..]).into_owned();
        assert!(["408", "404"].contains(&status.as_str()), "{path}: {status}");
    }
}

#[tokio::test]
async fn made_up_methods_are_neither_labels_nor_lines_of_the_log() {
    let avow = Avow::serving().await;
    for number in 0..50 {
        let method = Method::from_bytes(format!("XX{number}").as_bytes()).expect("a method");
        assert_eq!(avow.visitor().ask(method, "/nowhere", &[], None).await.status, 404);
    }
    let metrics = avow.metrics();
    assert!(metrics.contains("method=\"other\"") && !metrics.contains("XX1") && !avow.log().contains("XX1"), "{metrics}");
}

#[tokio::test]
async fn stylesheets_and_probes_need_no_database() {
    let avow = Avow::serving().await;
    let lena = avow.signed_in("003").await;
    let asset = asset(&lena).await;
    let holder = avow.sql().await;
    holder.batch_execute("begin; lock table sessions in access exclusive mode").await.expect("nobody can look up a session");
    assert_eq!(lena.get(&asset).await.status, 200);
    assert_eq!(lena.get("/health/live").await.status, 200);
    holder.batch_execute("rollback").await.expect("lets go");
    assert_eq!(lena.get("/record").await.status, 200);
}

#[tokio::test]
async fn without_the_database_pages_say_so_and_come_back_with_it() {
    let avow = Avow::serving().await;
    let lena = avow.signed_in("003").await;
    let name: String = avow.one("select current_database()::text").await;
    let sql = avow.sql_of("postgres").await;
    sql.batch_execute(&format!("alter database {name} with allow_connections false")).await.expect("nobody may come in");
    sql.batch_execute(&format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'")).await.expect("all go");
    until("the database does not answer", async || (lena.get("/record").await.status == 503).then_some(())).await;
    let answer = lena.get("/record").await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("5")));
    assert!(answer.says("The database is not answering right now.") && answer.says("What you saved before is kept."), "{}", answer.body);
    has_all_headers(&answer, "503");
    assert_eq!(avow.visitor().get("/health/ready").await.status, 503);
    assert_eq!(avow.visitor().get("/health/live").await.status, 200);
    sql.batch_execute(&format!("alter database {name} with allow_connections true")).await.expect("come in");
    until("it answers again", async || (lena.get("/record").await.status == 200).then_some(())).await;
}

#[tokio::test]
async fn logs_hold_no_personal_data_and_no_tokens() {
    let avow = Avow::serving().await;
    let lena = avow.signed_in("003").await;
    let assignment = avow.assignment("003", "desk-policy").await;
    for path in ["/", "/record", "/policies", "/nothing", &format!("/attest/{assignment}")] {
        lena.get(path).await;
    }
    let page = lena.get("/sign-in").await;
    let visitor = avow.visitor();
    let form = visitor.get("/sign-in").await;
    visitor.send(&form, "/sign-in", &[("email", "lena.brandt@halden.example")]).await;
    avow.mail("lena.brandt", "sign-in link").await;
    let log = avow.log();
    assert!(log.lines().count() > 5, "something was logged");
    for line in log.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|_| panic!("{line} is not JSON"));
    }
    let token = page.field("csrf");
    for secret in ["Lena", "Brandt", "lena.brandt", "halden.example", "/sign-in/A", &assignment, &token] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

#[tokio::test]
async fn asked_to_stop_it_finishes_and_ends_well() {
    let mut avow = Avow::serving().await;
    assert_eq!(avow.visitor().get("/health/live").await.status, 200);
    assert!(avow.stop());
}
