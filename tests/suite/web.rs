//! What every answer must have, whoever asks for whatever.

use crate::support::Answer;
use crate::support::Avow;
use crate::support::Visitor;
use crate::support::until;
use reqwest::Method;
use std::collections::BTreeSet;

fn has_all_headers(answer: &Answer, what: &str) {
    let exact = [
        ("strict-transport-security", "max-age=63072000; includeSubDomains"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-robots-tag", "noindex, nofollow"),
    ];
    for (name, value) in exact {
        assert_eq!(answer.header(name), Some(value), "{name} of {what}");
    }
    let policy = answer.header("content-security-policy").unwrap_or_else(|| panic!("{what} has no policy"));
    for part in
        ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'", "script-src 'nonce-"]
    {
        assert!(policy.contains(part), "{part} of {what}: {policy}");
    }
    assert!(answer.header("x-request-id").is_some_and(|id| id.len() == 16), "{what}");
    assert!(!policy.contains("unsafe"), "{policy}");
}

/// The address of a static file that the home page names.
async fn asset(visitor: &Visitor) -> String {
    let home = visitor.get("/").await;
    let name = home.body.split("href=\"/static/").nth(1).and_then(|rest| rest.split('"').next()).expect("a static file");
    format!("/static/{name}")
}

#[tokio::test]
async fn every_answer_has_the_security_headers_errors_and_static_files_included() {
    let avow = Avow::serving().await;
    let lena = avow.signed_in("003").await;
    let asset = asset(&lena).await;
    let large = Some(format!("x={}", "y".repeat(400_000)));
    let answers = [
        ("/", lena.get("/").await),
        ("a static file", lena.get(&asset).await),
        ("/sign-in", lena.get("/sign-in").await),
        ("a redirect", avow.visitor().get("/record").await),
        ("404", lena.get("/nothing/here").await),
        ("405", lena.ask(Method::PUT, "/record", &[], None).await),
        ("403", lena.ask(Method::POST, "/sign-out", &[], Some(String::new())).await),
        ("413", lena.ask(Method::POST, "/sign-in", &[], large).await),
        ("400", avow.signed_in("004").await.get("/reports/completion?as_of=never").await),
        ("a file", avow.signed_in("004").await.get("/reports/completion.csv").await),
        ("health", avow.visitor().get("/health/ready").await),
    ];
    for (what, answer) in &answers {
        has_all_headers(answer, what);
        if what.parse::<u16>().is_ok_and(|status| status == answer.status) {
            assert!(
                answer.body.contains("<h1>") && answer.body.contains(answer.header("x-request-id").expect("an id")),
                "{what}: {}",
                answer.body
            );
        } else {
            assert!(what.parse::<u16>().is_err(), "{what} was {}", answer.status);
        }
        let caching = answer.header("cache-control").unwrap_or_default();
        assert_eq!(caching == "public, max-age=31536000, immutable", *what == "a static file", "{what}: {caching}");
        assert!(caching == "no-store" || *what == "a static file", "{what}: {caching}");
    }
    assert_eq!(lena.get(&asset.replace("/static/", "/static/0")).await.status, 404, "another hash is another file");
}

#[tokio::test]
async fn a_nonce_is_used_once() {
    let avow = Avow::serving().await;
    let visitor = avow.visitor();
    let mut nonces = BTreeSet::new();
    for _ in 0..100 {
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
    let tries: [Try; 7] = [
        ("no token", &[], Some("language=vi&back=%2F".into())),
        ("a wrong token", &[], Some("csrf=AAAA&language=vi&back=%2F".into())),
        ("somebody else's token", &[], body(&theirs)),
        ("another site", &[("sec-fetch-site", "cross-site")], body(&mine)),
        ("a sister site", &[("sec-fetch-site", "same-site")], body(&mine)),
        ("another origin", &[("origin", "https://evil.example")], body(&mine)),
        ("two tokens", &[], body(&mine).map(|body| format!("{body}&{body}"))),
    ];
    for (what, headers, form) in tries {
        assert_eq!(lena.ask(Method::POST, "/language", headers, form).await.status, 403, "{what}");
        assert!(lena.get("/").await.body.contains("<html lang=\"en\">"), "{what} changed something");
    }
    let ours = lena.ask(Method::POST, "/language", &[("sec-fetch-site", "same-origin")], body(&mine)).await;
    assert_eq!(ours.status, 303);
}

#[tokio::test]
async fn cookies_are_bound_to_the_host_and_to_https_where_there_is_https() {
    let mut avow = Avow::company().await;
    avow.settings.insert("AVOW_BASE_URL".into(), "https://avow.halden.example".into());
    avow.serve();
    let line = avow.avow(&["access", "link", "003"]);
    let path = line.trim().strip_prefix("https://avow.halden.example").expect("the base address").to_owned();
    let url = format!("http://{}", listening(&avow));
    let visitor = Visitor::new(&url);
    let page = visitor.get(&path).await;
    let visitor_cookie = page.header("set-cookie").expect("a cookie").split(';').next().expect("a pair").to_owned();
    let form = Visitor::form(&page, "/sign-in/link", &[]);
    let answer = visitor.ask(Method::POST, "/sign-in/link", &[("cookie", &visitor_cookie)], Some(form)).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let cookies: Vec<&String> = answer.headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, value)| value).collect();
    let session = cookies.iter().find(|cookie| cookie.starts_with("__Host-sid=")).expect("a session cookie");
    for part in ["; HttpOnly", "; Secure", "; SameSite=Lax", "; Path=/"] {
        assert!(session.contains(part), "{part} of {session}");
    }
    assert!(!session.contains("Domain") && session.len() < 4096);
}

/// Where a server listens whose base address is another: the log says nothing of it, its socket does.
fn listening(avow: &Avow) -> String {
    let pid = avow.pid(0);
    let inodes: BTreeSet<String> = std::fs::read_dir(format!("/proc/{pid}/fd"))
        .expect("its files")
        .flatten()
        .filter_map(|entry| {
            std::fs::read_link(entry.path()).ok()?.to_str()?.strip_prefix("socket:[").map(|inode| inode.trim_end_matches(']').to_owned())
        })
        .collect();
    let table = std::fs::read_to_string("/proc/net/tcp").expect("the sockets");
    let ports = table.lines().skip(1).filter_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        (fields[3] == "0A" && inodes.contains(fields[9])).then(|| u16::from_str_radix(fields[1].split(':').nth(1)?, 16).ok())?
    });
    format!("127.0.0.1:{}", ports.into_iter().next().expect("listens"))
}

#[tokio::test]
async fn pages_of_other_roles_do_not_exist() {
    let avow = Avow::serving().await;
    let pages = [
        "/team",
        "/people",
        "/reports",
        "/reports/completion",
        "/reports/completion.csv",
        "/reports/completion.zip",
        "/reports/completion.manifest.json",
        "/programme",
        "/library",
        "/operations",
    ];
    let rights: [(&str, &[&str]); 5] = [
        ("003", &[]),
        ("002", &["/team"]),
        (
            "004",
            &[
                "/reports",
                "/reports/completion",
                "/reports/completion.csv",
                "/reports/completion.zip",
                "/reports/completion.manifest.json",
                "/programme",
                "/library",
            ],
        ),
        (
            "005",
            &[
                "/people",
                "/reports",
                "/reports/completion",
                "/reports/completion.csv",
                "/reports/completion.zip",
                "/reports/completion.manifest.json",
                "/programme",
            ],
        ),
        ("006", &["/operations"]),
    ];
    for (hr_id, allowed) in rights {
        let visitor = avow.signed_in(hr_id).await;
        for page in pages {
            let status = visitor.get(page).await.status;
            assert_eq!(status, if allowed.contains(&page) { 200 } else { 404 }, "{page} for {hr_id}");
        }
    }
    let stranger = avow.visitor();
    for page in pages {
        assert_eq!(stranger.get(page).await.status, 303, "{page}");
    }
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
