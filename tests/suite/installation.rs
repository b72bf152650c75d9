//! Installing for real: settings from a file, the first administrator, HTTPS, environments, the doctor, stopping, several instances.

use crate::support::Avow;
use crate::support::Encryption;
use crate::support::Smtp;
use crate::support::Visitor;
use crate::support::run;
use crate::support::until;
use nix::sys::signal::Signal;
use std::io::Write;
use std::process::Command;
use std::process::Stdio;

#[tokio::test]
async fn settings_come_from_a_file_and_the_environment_and_all_that_is_wrong_is_told_at_once() {
    let mut avow = Avow::company().await;
    let file = avow.file(
        "avow.toml",
        "smpt_url = \"smtp://user:hunter2@mail.example.org\"\nlisten = 3\nlimit_requests = -1\ntrusted_proxies = [\"10.0.0.0/8\", \"x\"]\n\
         metrics_token_file = \"/nowhere\"\nmail_from = true\nsmtp_url = \"smtp://user@mail.example.org?tls=maybe\"\n\
         tls_cert_file = \"/nowhere\"\ntls_key_file = \"/nowhere\"\nlog = \"avow=loudly\"\nkey_file = \"/dev/null\"\n\
         database_ca_file = \"/dev/null\"\nenvironment = \"production\"\nbase_url = \"http://avow.halden.example\"\n",
    );
    for name in ["AVOW_ENVIRONMENT", "AVOW_LOG", "AVOW_TEST_CLOCK"] {
        avow.settings.remove(name);
    }
    avow.settings.remove("AVOW_LISTEN");
    avow.settings.remove("AVOW_LIMIT_REQUESTS");
    avow.settings.remove("AVOW_METRICS_TOKEN_FILE");
    avow.settings.insert("AVOW_MAIL_FORM".into(), "x".into());
    let output = run(avow.command(&["--config", &file, "serve"]));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    for words in [
        "13 problem(s)",
        "AVOW_SMTP_URL: tls is required",
        "AVOW_TLS_CERT_FILE: ",
        "AVOW_LOG: write a level",
        "AVOW_KEY_FILE: /dev/null",
        "AVOW_DATABASE_CA_FILE: the file holds no certificate in PEM",
        "AVOW_BASE_URL: ",
        "smpt_url: there is no such setting; did you mean smtp_url?",
        "AVOW_MAIL_FORM: there is no such setting; did you mean AVOW_MAIL_FROM?",
        "AVOW_LISTEN: write an address and a port",
        "AVOW_LIMIT_REQUESTS: write a number",
        "\"x\" is no address or network",
        "AVOW_METRICS_TOKEN_FILE: /nowhere",
        "mail_from: write text",
    ] {
        assert!(said.contains(words), "{words:?} is missing in {said}");
    }
    assert!(!said.contains("hunter2"), "{said}");
    let broken = avow.file("broken.toml", "listen = \"127.0.0.1:0\"\nsmtp_url = \"smtp://user:hunter2@mail\n");
    avow.settings.remove("AVOW_MAIL_FORM");
    avow.settings.insert("AVOW_LOG".into(), "info".into());
    let output = run(avow.command(&["--config", &broken, "migrate"]));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("broken.toml: line 2") && !said.contains("hunter2"), "{said}");
    // The environment wins, and the file fills in the rest.
    let file = avow.file("avow.toml", "environment = \"production\"\nlisten = \"127.0.0.1:0\"\nlimit_requests = 0\n");
    avow.settings.insert("AVOW_CONFIG".into(), file);
    avow.settings.insert("AVOW_ENVIRONMENT".into(), "test".into());
    avow.serve();
    assert_eq!(avow.visitor().get("/health/ready").await.status, 200);
}

#[tokio::test]
async fn a_database_that_can_lose_data_in_a_power_cut_is_refused_outside_tests() {
    let mut avow = Avow::company().await;
    avow.settings.insert("AVOW_ENVIRONMENT".into(), "production".into());
    avow.settings.remove("AVOW_TEST_CLOCK");
    let output = run(avow.command(&["migrate"]));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("fsync, full_page_writes off"), "{said}");
    let said = avow.refused(&["doctor"]);
    assert!(said.contains("FAIL  durability: fsync, full_page_writes off"), "{said}");
}

/// The way of somebody who installs: nothing but a folder, a file of settings and a mail server.
#[tokio::test]
async fn the_first_administrator_comes_in_by_an_invitation_and_a_rehearsal_mails_the_allowed_only() {
    let mut avow = Avow::alone();
    let smtp = Smtp::start(&mut avow, Encryption::StartTls);
    let settings = ["AVOW_SMTP_URL", "AVOW_SMTP_CA_FILE", "AVOW_SMTP_PASSWORD_FILE"].map(|name| {
        let value = avow.settings.remove(name).expect("a setting");
        format!("{} = \"{value}\"\n", name.trim_start_matches("AVOW_").to_lowercase())
    });
    avow.settings.remove("AVOW_BASE_URL");
    let file = format!(
        "environment = \"staging\"\nbase_url = \"https://avow.halden.example\"\ntrusted_proxies = [\"127.0.0.1\"]\n\
         mail_from = \"Halden training <training@halden.example>\"\nmail_allow = [\"ida.first@halden.example\", \"studio.example\"]\n{}",
        settings.concat()
    );
    let file = avow.file("avow.toml", &file);
    avow.settings.insert("AVOW_CONFIG".into(), file);
    let before = avow.avow(&["doctor"]);
    assert!(before.contains("warn  schema: ") && before.contains("ok    mail: the server takes our connection"), "{before}");
    avow.avow(&["migrate"]);
    let said = avow.avow(&["doctor"]);
    for words in ["ok    durability", "ok    clock", "ok    schema", "ok    content", "nobody is one yet: avow access invite"] {
        assert!(said.contains(words), "{words:?} is missing in {said}");
    }
    let link = avow.avow(&["access", "invite", "--role", "administrator"]);
    let path = link.trim().strip_prefix("https://avow.halden.example").expect("the base address").to_owned();
    avow.serve();
    let ida = Visitor::secure(avow.url());
    let page = ida.get(&path).await;
    assert!(page.says("You were invited to this installation as administrator") && page.says("Rehearsal"), "{}", page.body);
    let wrong = ida.send(&page, "/invitations", &[("given_name", "Ida"), ("family_name", ""), ("email", "ida"), ("hr_id", "9")]).await;
    assert!(wrong.status == 422 && wrong.says("Enter a given name and a family name") && wrong.says("Enter an email address"));
    let filled = [("given_name", "Ida"), ("family_name", "First"), ("email", "ida.first@halden.example"), ("hr_id", "0009")];
    let joined = ida.send(&wrong, "/invitations", &filled).await;
    assert_eq!((joined.status, joined.location()), (303, "/"), "{}", joined.body);
    assert!(ida.get("/").await.says("Ida") && ida.get("/operations").await.status == 200 && ida.get("/people").await.status == 404);
    let again = Visitor::secure(avow.url());
    assert_eq!(again.get(&path).await.status, 410, "it works once");
    assert_eq!(again.get("/invitations/nonsense").await.status, 410);
    assert!(!avow.avow(&["doctor"]).contains("nobody is one yet"));
    // HR's file finds the same person.
    let people = "hr_id,email,given_name,family_name,kind,start,department\n0009,ida.first@halden.example,Ida,First,employee,2020-01-01,IT\n\
                  0010,max.second@halden.example,Max,Second,employee,2020-01-01,IT\n0011,mai@studio.example,Mai,Trần,contractor,2020-01-01,IT\n";
    let people = avow.file("people.csv", people);
    let said = avow.avow(&["people", "import", &people]);
    assert!(said.contains("2 joined"), "{said}");
    for email in ["max.second@halden.example", "ida.first@halden.example", "mai@studio.example"] {
        let visitor = Visitor::secure(avow.url());
        let form = visitor.get("/sign-in").await;
        assert_eq!(visitor.send(&form, "/sign-in", &[("email", email)]).await.status, 200);
    }
    let handed = smtp.wait_for(2).await;
    let metrics = async || Some(avow.metrics()).filter(|text| text.contains("outcome=\"withheld\"} 1"));
    until("the third mail was withheld", metrics).await;
    let mut to: Vec<&str> = handed.iter().map(|handed| handed.to.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["ida.first@halden.example", "mai@studio.example"]);
    let listening = avow.url().trim_start_matches("http://").to_owned();
    avow.settings.insert("AVOW_LISTEN".into(), listening);
    assert!(avow.avow(&["doctor", "--ready"]).contains("ready"));
    avow.stop();
    assert!(avow.refused(&["doctor", "--ready"]).contains("not ready"));
}

#[tokio::test]
async fn only_one_of_many_accepts_an_invitation() {
    let avow = Avow::serving().await;
    let link = avow.avow(&["access", "invite", "--role", "auditor"]);
    let path = format!("/invitations/{}", link.trim().rsplit('/').next().expect("a token"));
    let tries = (0..12).map(|number| {
        let (visitor, path) = (avow.visitor(), path.clone());
        async move {
            let page = visitor.get(&path).await;
            let (hr_id, email) = (format!("A-{number}"), format!("a{number}@audit.example"));
            let filled = [("given_name", "A"), ("family_name", "B"), ("email", email.as_str()), ("hr_id", hr_id.as_str())];
            // Whoever comes after the winner sees no form any more.
            if page.status == 410 { 410 } else { visitor.send(&page, "/invitations", &filled).await.status }
        }
    });
    let statuses = futures_util::future::join_all(tries).await;
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [303, 410].contains(status)), "{statuses:?}");
    assert_eq!(avow.one::<i64>("select count(*) from persons where hr_id like 'A-%'").await, 1);
    let link = avow.avow(&["access", "invite", "--role", "hr"]);
    let visitor = avow.visitor();
    let page = visitor.get(&format!("/invitations/{}", link.trim().rsplit('/').next().expect("a token"))).await;
    let known = [("given_name", "Lena"), ("family_name", "Brandt"), ("email", "x@halden.example"), ("hr_id", "003")];
    let refused = visitor.send(&page, "/invitations", &known).await;
    assert!(refused.status == 422 && refused.says("in the roster already"), "nobody becomes somebody else: {}", refused.body);
    avow.at("2026-03-03T09:00:01Z");
    assert_eq!(visitor.send(&page, "/invitations", &known).await.status, 410, "a day is over");
}

#[tokio::test]
async fn of_two_who_are_invited_nobody_becomes_the_other() {
    let avow = Avow::serving().await;
    let tries = ["administrator", "author", "auditor", "hr"].map(|role| {
        let link = avow.avow(&["access", "invite", "--role", role]);
        let (visitor, path) = (avow.visitor(), format!("/invitations/{}", link.trim().rsplit('/').next().expect("a token")));
        async move {
            let page = visitor.get(&path).await;
            let email = format!("{role}@audit.example");
            let filled = [("given_name", "A"), ("family_name", role), ("email", email.as_str()), ("hr_id", "A-1")];
            (visitor.send(&page, "/invitations", &filled).await.status, visitor, page)
        }
    });
    let mut answers = futures_util::future::join_all(tries).await;
    assert_eq!(answers.iter().filter(|(status, ..)| *status == 303).count(), 1, "one came in");
    assert_eq!(avow.one::<i64>("select count(*) from role_grants where reason like 'invited%'").await, 1);
    answers.retain(|(status, ..)| *status == 422);
    let (_, visitor, page) = &answers[0];
    let odd = [
        ("a\0", "x@audit.example"),
        ("a\u{200b}", "x@audit.example"),
        ("a\u{202e}", "x@audit.example"),
        ("A-2", "lena.brandt@halden.example"),
    ];
    for (hr_id, email) in odd {
        let filled = [("given_name", "A"), ("family_name", "B"), ("email", email), ("hr_id", hr_id)];
        assert_eq!(visitor.send(page, "/invitations", &filled).await.status, 422, "{hr_id:?} {email}");
    }
}

#[tokio::test]
async fn the_program_speaks_https_itself_and_takes_a_renewed_certificate() {
    let mut avow = Avow::company().await;
    for name in ["one", "two"] {
        certificate(&avow, name);
    }
    let folder = avow.folder.path().to_owned();
    let path = |name: &str| folder.join(name).to_str().expect("UTF-8").to_owned();
    let (shown, key) = (path("shown.pem"), path("shown.key"));
    let show = |name: &str| {
        std::fs::copy(path(&format!("{name}.key")), &key).expect("copies");
        std::fs::copy(path(&format!("{name}.pem")), &shown).expect("copies");
    };
    show("one");
    avow.settings.insert("AVOW_TLS_CERT_FILE".into(), shown.clone());
    assert!(words(&avow, &["doctor"]).contains("AVOW_TLS_KEY_FILE: name the file of the certificate's private key"));
    avow.settings.insert("AVOW_TLS_KEY_FILE".into(), path("two.key"));
    assert!(words(&avow, &["doctor"]).contains("this is not the key of the certificate"));
    let output = run(avow.command(&["serve"]));
    assert!(output.status.code() == Some(2) && String::from_utf8_lossy(&output.stderr).contains("this is not the key of the certificate"));
    avow.settings.insert("AVOW_TLS_KEY_FILE".into(), key.clone());
    avow.serve();
    let address = avow.url().strip_prefix("https://").expect("HTTPS").to_owned();
    let answer = ask_over_tls(&address, &path("one.pem"), "/sign-in");
    assert!(answer.contains("HTTP/1.1 200") && answer.contains("; Secure") && answer.contains("reporting-endpoints: csp="), "{answer}");
    assert!(ask_over_tls(&address, &path("two.pem"), "/sign-in").is_empty(), "another authority is not believed");
    avow.settings.insert("AVOW_LISTEN".into(), address.clone());
    assert!(avow.avow(&["doctor", "--ready"]).contains("ready"));
    std::fs::write(&shown, "half written").expect("a file");
    avow.signal(0, Signal::SIGHUP);
    until("the broken one was looked at", async || avow.log().contains("the new certificate cannot be used").then_some(())).await;
    assert!(ask_over_tls(&address, &path("one.pem"), "/health/live").contains("200"), "the old one stays");
    show("two");
    avow.signal(0, Signal::SIGHUP);
    until("the renewed one is shown", async || ask_over_tls(&address, &path("two.pem"), "/health/live").contains("200").then_some(()))
        .await;
}

/// A certificate for localhost that is its own authority.
fn certificate(avow: &Avow, name: &str) {
    let path = |ending: &str| avow.folder.path().join(format!("{name}.{ending}"));
    let mut command = Command::new("openssl");
    command.args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=localhost"]);
    command.args(["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout"]).arg(path("key")).arg("-out").arg(path("pem"));
    assert!(run(command).status.success(), "openssl makes a certificate");
}

/// What the server answers to whoever believes that authority; nothing if the certificate is refused.
fn ask_over_tls(address: &str, authority: &str, path: &str) -> String {
    let mut command = Command::new("openssl");
    command.args([
        "s_client",
        "-quiet",
        "-verify_return_error",
        "-verify_hostname",
        "localhost",
        "-CAfile",
        authority,
        "-connect",
        address,
    ]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("openssl starts");
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    // Where the certificate is refused, nobody reads this.
    let _ = child.stdin.as_mut().expect("is piped").write_all(request.as_bytes());
    String::from_utf8_lossy(&child.wait_with_output().expect("ends").stdout).into_owned()
}

/// What a command said, however it ended.
fn words(avow: &Avow, arguments: &[&str]) -> String {
    let output = run(avow.command(arguments));
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test]
async fn told_to_stop_it_says_so_and_finishes_what_has_begun() {
    let mut avow = Avow::company().await;
    avow.settings.insert("AVOW_DRAIN".into(), "1".into());
    avow.serve();
    let lena = avow.signed_in("003").await;
    let holder = avow.sql().await;
    holder.batch_execute("begin; lock table completions in access exclusive mode").await.expect("nobody reads what is done");
    let (slow, waiting) = (lena.clone(), avow.sql().await);
    let page = tokio::spawn(async move { slow.get("/record").await });
    let waits = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    until("the request waits", async || (waiting.query_one(waits, &[]).await.expect("a count").get::<_, i64>(0) > 0).then_some(())).await;
    avow.signal(0, Signal::SIGTERM);
    until("it is not ready any more", async || (avow.visitor().get("/health/ready").await.status == 503).then_some(())).await;
    let gone = async || avow.visitor().try_ask(reqwest::Method::GET, "/health/live", &[], None).await.err();
    until("nobody new is let in", gone).await;
    holder.batch_execute("rollback").await.expect("lets go");
    assert_eq!(page.await.expect("an answer").status, 200, "what had begun was finished");
    assert!(avow.wait(), "it ended well");
    assert_eq!(avow.one::<i64>("select count(*) from instances").await, 0);
}

#[tokio::test]
async fn two_instances_share_sessions_and_their_end_and_one_with_another_key_does_not_start() {
    let mut avow = Avow::serving().await;
    let second = avow.serve();
    let lena = avow.signed_in("003").await;
    let there = lena.at(&second);
    for visitor in [&lena, &there] {
        assert!(visitor.get("/").await.says("Hello, Lena"));
    }
    // A form of one instance is taken by the other.
    let page = lena.get("/").await;
    assert_eq!(there.send(&page, "/language", &[("language", "vi")]).await.status, 303);
    assert!(lena.get("/").await.body.contains("<html lang=\"vi\">"));
    let page = there.get("/").await;
    assert_eq!(there.send(&page, "/sign-out", &[]).await.status, 303);
    assert_eq!(lena.get("/").await.status, 303, "signed out at one is signed out at both");
    assert_eq!(avow.one::<i64>("select count(*) from instances").await, 2);
    avow.sql().await.batch_execute("delete from instances").await.expect("a restored database knows neither");
    until("both are entered again", async || (avow.one::<i64>("select count(*) from instances").await == 2).then_some(())).await;
    let other = avow.file("other.key", &"0123456789abcdef".repeat(4));
    std::fs::set_permissions(&other, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("a mode");
    avow.settings.insert("AVOW_KEY_FILE".into(), other);
    let output = run(avow.command(&["serve"]));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("another instance runs on this database with another key"), "{said}");
}

#[tokio::test]
async fn metrics_are_for_whoever_has_the_token() {
    let avow = Avow::serving().await;
    let lena = avow.signed_in("003").await;
    lena.get("/record").await;
    lena.get("/nothing").await;
    for shown in ["", "Bearer ", "Bearer wrong", "Basic x"] {
        let answer = avow.visitor().ask(reqwest::Method::GET, "/metrics", &[("authorization", shown)], None).await;
        assert_eq!(answer.status, 404, "{shown:?}");
    }
    let text = until("the first jobs have run", async || Some(avow.metrics()).filter(|text| text.contains("avow_jobs_total"))).await;
    for line in [
        "avow_http_requests_total{method=\"GET\",route=\"/record\",status=\"200\"} 1",
        "avow_http_requests_total{method=\"GET\",route=\"\",status=\"404\"} 1",
        "avow_http_request_seconds_count{route=\"/record\"} 1",
        "avow_database_up 1",
        "avow_jobs_dead 0",
        "avow_pool_connections{state=\"idle\"}",
        "# TYPE avow_http_request_seconds histogram",
    ] {
        assert!(text.contains(line), "{line} is missing in {text}");
    }
}

#[tokio::test]
async fn the_doctor_tells_of_a_schema_that_is_newer_than_the_program() {
    let avow = Avow::company().await;
    avow.sql().await.batch_execute("insert into __diesel_schema_migrations (version) values ('99990101000001')").await.expect("a row");
    assert!(avow.refused(&["doctor"]).contains("start a newer program"));
}
