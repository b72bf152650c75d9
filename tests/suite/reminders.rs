//! Who is reminded of what, when, in which words; and that it happens once.

use crate::support::Avow;
use crate::support::Encryption;
use crate::support::Smtp;
use crate::support::fixture;
use crate::support::until;
use mail_parser::MessageParser;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

/// Everybody of the small company who has an address and works there, as the envelope names them.
const EVERYBODY: [&str; 7] = [
    "dora.lang@halden.example",
    "ines.costa@halden.example",
    "lena.brandt@halden.example",
    "mai.tran@studio.example",
    "omar.aziz@halden.example",
    "paul.weber@halden.example",
    "ute.frank@halden.example",
];

/// The small company with a mail server that wants STARTTLS and a password; nothing serves yet.
async fn company() -> (Avow, Smtp) {
    let mut avow = Avow::company().await;
    let smtp = Smtp::start(&mut avow, Encryption::StartTls);
    (avow, smtp)
}

/// Waits until every planned reminder has ended, and there are so many.
async fn ended(avow: &Avow, count: i64) {
    let sql = "select count(*) from reminder_outcomes where outcome <> 'failed'";
    until(&format!("{count} reminders have ended"), async || (avow.one::<i64>(sql).await == count).then_some(())).await;
    assert_eq!(avow.one::<i64>("select count(*) from reminders").await, count);
}

/// To whom messages were handed over, in order.
fn recipients(smtp: &Smtp) -> Vec<String> {
    let mut all: Vec<String> = smtp.handed().into_iter().map(|handed| handed.to).collect();
    all.sort();
    all
}

/// The headers of a message as they came, unfolded.
fn headers(bytes: &[u8]) -> Vec<(String, String)> {
    let text = std::str::from_utf8(bytes).expect("a relay may want UTF-8 at most");
    let head = text.split("\r\n\r\n").next().expect("headers").replace("\r\n ", " ").replace("\r\n\t", " ");
    head.split("\r\n")
        .map(|line| line.split_once(": ").unwrap_or_else(|| panic!("no header: {line:?}")))
        .map(|(name, value)| (name.into(), value.into()))
        .collect()
}

const HEADERS: [&str; 8] = ["From", "To", "Subject", "Message-ID", "Date", "Auto-Submitted", "MIME-Version", "Content-Type"];

#[tokio::test]
async fn the_schedule_sends_everybody_one_reminder_and_the_next_step_of_the_ladder_one_more() {
    let (mut avow, smtp) = company().await;
    avow.serve();
    ended(&avow, 8).await;
    assert_eq!(recipients(&smtp), EVERYBODY);
    assert!(smtp.handed().iter().all(|handed| handed.is_safe && handed.from == "training@halden.example"));
    assert!(!smtp.asked().contains("clear"), "{}", smtp.asked());
    // Later that day: the next plan of the schedule, and one by hand.
    avow.at("2026-03-02T10:30:00Z");
    until("the plan ran again", async || {
        let next: String = avow.one("select (next_at at time zone 'UTC')::text from schedules where name = 'reminders.plan'").await;
        let waiting: i64 = avow.one("select count(*) from jobs").await;
        (next == "2026-03-02 11:20:00" && waiting == 0).then_some(())
    })
    .await;
    assert!(avow.avow(&["remind", "--any-hour"]).contains("0 reminders planned"));
    assert_eq!(smtp.handed().len(), 7);
    // Tuesday is the day the policy is due; for Mai it is three days before.
    avow.at("2026-03-03T10:00:00Z");
    ended(&avow, 16).await;
    assert_eq!(smtp.handed().len(), 14);
    let lena = smtp.handed_to("lena.brandt@halden.example");
    assert!(lena[1].letter.text.contains("Due today"), "{}", lena[1].letter.text);
    assert_ne!(lena[0].letter.message_id, lena[1].letter.message_id);
    // On Wednesday it is overdue, and the mail says so. For Mai no step falls on it.
    avow.at("2026-03-04T10:00:00Z");
    ended(&avow, 23).await;
    assert_eq!(smtp.handed_to("mai.tran@studio.example").len(), 2);
    let lena = smtp.handed_to("lena.brandt@halden.example");
    assert_eq!(lena[2].letter.subject, "2 things to do, some of them overdue");
    assert!(lena[2].letter.text.contains("Overdue by one day"), "{}", lena[2].letter.text);
}

#[tokio::test]
async fn a_reminder_reads_well_in_the_persons_language_and_has_exactly_its_headers() {
    let (avow, smtp) = company().await;
    assert!(avow.avow(&["remind"]).contains("8 reminders planned, 7 of them sent"));
    let lena = &smtp.handed_to("lena.brandt@halden.example")[0];
    assert_eq!(lena.letter.to, "Lena Brandt <lena.brandt@halden.example>");
    assert_eq!(lena.letter.subject, "2 things to do, the first by Tuesday 3 March 2026");
    for words in
        ["Hello Lena Brandt,", "2 things are waiting for you at Halden Works:", "due Thursday 2 April 2026", "http://avow.halden.example/"]
    {
        assert!(
            lena.letter.text.contains(words) && lena.letter.html.contains(words),
            "{words}\n{}\n{}",
            lena.letter.text,
            lena.letter.html
        );
    }
    let places = ["Clear desk", "due Tuesday 3 March 2026 (Due tomorrow)", "Safe mail", "due Thursday 2 April 2026 (To do)"];
    let places = places.map(|words| lena.letter.text.find(words).unwrap_or_else(|| panic!("no {words:?} in {}", lena.letter.text)));
    assert!(places.is_sorted(), "most urgent first: {}", lena.letter.text);
    let mai = &smtp.handed_to("mai.tran@studio.example")[0];
    assert_eq!(mai.letter.to, "Trần Thị Mai <mai.tran@studio.example>");
    assert_eq!(mai.letter.subject, "Bạn có 2 nhiệm vụ cần làm, hạn gần nhất: Thứ Sáu, ngày 6 tháng 3 năm 2026");
    for words in ["Xin chào Trần Thị Mai", "Bàn làm việc gọn gàng", "Thư an toàn"] {
        assert!(mai.letter.text.contains(words) && mai.letter.html.contains(words), "{words}\n{}\n{}", mai.letter.text, mai.letter.html);
    }
    for handed in smtp.handed() {
        let headers = headers(&handed.bytes);
        let value = |name: &str| headers.iter().find(|header| header.0 == name).map(|header| header.1.as_str()).unwrap_or_default();
        assert_eq!(headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), HEADERS);
        assert_eq!(value("Auto-Submitted"), "auto-generated");
        assert_eq!(value("Date"), "Mon, 02 Mar 2026 09:00:00 +0000");
        assert!(value("From").contains("<training@halden.example>"), "{headers:?}");
        assert!(value("Message-ID").starts_with('<') && value("Message-ID").ends_with("@halden.example>"), "{headers:?}");
        assert!(value("Content-Type").starts_with("multipart/alternative"), "{headers:?}");
        assert!(handed.bytes.is_ascii(), "every relay takes it");
        assert!(handed.bytes.split(|byte| *byte == b'\n').all(|line| line.len() < 999 && line.last().is_none_or(|end| *end == b'\r')));
    }
    let stored: i64 = avow.one("select count(*) from mail_deliveries d join reminders r on r.message_id = d.message_id").await;
    assert_eq!(stored, 7);
}

#[tokio::test]
async fn a_name_of_odd_characters_adds_no_header_and_no_address() {
    let (avow, smtp) = company().await;
    let names = [
        ("E1", "\"\"Eve\"\" <eve@evil.example>, Bob"),
        ("E2", "=?utf-8?q?=0D=0ABcc:=20eve=40evil.example?="),
        ("E3", "a\\; b: c (d) [e] @f"),
        ("E4", "Zoë\u{2028}Bcc: eve@evil.example"),
        ("E5", "O'Neil %0d%0aBcc:x {{name}} <b>&amp;"),
        ("E6", "Nguyễn 陳大文 🦊"),
    ];
    let long = "Maximiliana ".repeat(20);
    let names = names.into_iter().chain([("E7", long.trim())]);
    let rows: String = names
        .clone()
        .map(|(id, name)| format!("{id},{}@halden.example,\"{name}\",Last,employee,2020-01-01,DE,en\n", id.to_lowercase()))
        .collect();
    let file = avow.file("odd.csv", &format!("hr_id,email,given_name,family_name,kind,start,country,language\n{rows}"));
    avow.avow(&["people", "import", &file]);
    avow.avow(&["programme", "evaluate"]);
    avow.avow(&["remind"]);
    for (id, name) in names {
        let address = format!("{}@halden.example", id.to_lowercase());
        let [handed] = &smtp.handed_to(&address)[..] else { panic!("{id} has one mail: {:?}", recipients(&smtp)) };
        let headers = headers(&handed.bytes);
        assert_eq!(headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), HEADERS, "{id}");
        assert!(headers.iter().all(|(_, value)| !value.contains(['\r', '\n'])), "{headers:?}");
        let message = MessageParser::default().parse(&handed.bytes).expect("a mail");
        let to = message.to().expect("is addressed");
        assert_eq!(to.iter().count(), 1, "{headers:?}");
        assert_eq!(to.first().and_then(|to| to.address()), Some(address.as_str()), "{headers:?}");
        let shown = to.first().and_then(|to| to.name()).unwrap_or_default().to_owned();
        assert_eq!(shown, format!("{} Last", name.replace("\"\"", "\"")), "{headers:?}");
        assert!(message.cc().is_none() && message.bcc().is_none());
        assert!(!handed.letter.html.contains("<b>") && !handed.letter.html.contains("<eve@"), "{}", handed.letter.html);
    }
    assert_eq!(smtp.handed().len(), 14);
}

#[tokio::test]
async fn only_those_are_reminded_who_can_be_reached_in_their_working_hours_and_owe_something() {
    let (mut avow, smtp) = company().await;
    let people = "hr_id,email,given_name,family_name,kind,start,country,language\nS1,desk@halden.example,Sam,One,employee,2020-01-01,DE,en
S2,Desk@halden.example,Sam,Two,employee,2020-01-01,DE,en\n";
    avow.avow(&["people", "import", &avow.file("shared.csv", people)]);
    avow.avow(&[
        "people",
        "import",
        "--leaves",
        &avow.file("leaves.csv", "hr_id,first_day,last_day,code\n003,2026-02-20,2026-06-30,parental\n"),
    ]);
    avow.avow(&["programme", "evaluate"]);
    // Dora and Omar have done the course; one will decline the policy, the other attests to it.
    let done = "insert into completions select gen_random_uuid(), a.id, a.person_id, a.requirement_id, v.id, 'en', 'attempt', gen_random_uuid(),
        '2026-03-02T09:00:00Z', '2026-03-02T09:00:00Z' from assignments a join requirements r on r.id = a.requirement_id
        join content_versions v on v.slug = r.content_slug and v.kind = 'course' join persons p on p.id = a.person_id where p.hr_id in ('001', '002')";
    avow.sql().await.batch_execute(done).await.expect("completions");
    // Evening in Saigon, afternoon in Berlin: nobody's working hours but the Europeans'. First the night in Berlin.
    avow.at("2026-03-03T02:00:00Z");
    avow.serve();
    ended(&avow, 1).await;
    assert_eq!(recipients(&smtp), ["mai.tran@studio.example"], "it is nine in Saigon and three in Berlin");
    for (hr_id, filled) in [("001", [("response", "decline"), ("reason", "no lock")]), ("002", [("response", "attest"), ("agree", "yes")])]
    {
        let (visitor, assignment) = (avow.signed_in(hr_id).await, avow.assignment(hr_id, "desk-policy").await);
        let path = format!("/attest/{assignment}");
        let page = visitor.get(&path).await;
        let page = visitor.follow(&visitor.send(&page, &format!("{path}/review"), &[]).await).await;
        assert_eq!(visitor.send(&page, &path, &filled).await.status, 303);
    }
    let receipts = smtp.wait_for(3).await;
    assert!(receipts[1..].iter().all(|handed| handed.is_safe && handed.letter.subject.contains("Clear desk")), "{receipts:?}");
    avow.at("2026-03-03T10:00:00Z");
    ended(&avow, 7).await;
    let mut reminded: Vec<String> = smtp.handed().into_iter().skip(3).map(|handed| handed.to).collect();
    reminded.sort();
    assert_eq!(reminded, ["ines.costa@halden.example", "paul.weber@halden.example", "ute.frank@halden.example"]);
    let sql =
        "select p.hr_id, o.reason from reminder_outcomes o join reminders r on r.id = o.reminder_id join persons p on p.id = r.person_id
        where o.outcome = 'suppressed' order by 1";
    let rows = avow.sql().await.query(sql, &[]).await.expect("rows");
    let rows: Vec<(String, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    assert_eq!(
        rows,
        [("007", "no address"), ("S1", "shared address"), ("S2", "shared address")].map(|(id, why)| (id.to_owned(), why.to_owned()))
    );
}

#[tokio::test]
async fn a_dry_run_says_who_would_be_reminded_and_plans_nothing() {
    let (avow, smtp) = company().await;
    let said = avow.avow(&["remind", "--dry-run"]);
    assert!(said.contains("003 on 2026-03-02: assigned") && said.contains("8 people would be reminded"), "{said}");
    assert_eq!(avow.one::<i64>("select (select count(*) from reminders) + (select count(*) from jobs)").await, 0);
    assert!(smtp.handed().is_empty());
}

#[tokio::test]
async fn two_servers_and_two_commands_at_once_send_one_message_each() {
    let (mut avow, smtp) = company().await;
    let commands = [0, 1].map(|_| avow.command(&["remind"]).stdout(Stdio::null()).spawn().expect("starts"));
    avow.serve();
    avow.serve();
    for mut command in commands {
        assert!(command.wait().expect("ends").success());
    }
    ended(&avow, 8).await;
    until("nothing waits", async || (avow.one::<i64>("select count(*) from jobs").await == 0).then_some(())).await;
    assert_eq!(recipients(&smtp), EVERYBODY);
    assert!(avow.stop() && avow.stop());
    assert_eq!(recipients(&smtp), EVERYBODY);
}

#[tokio::test]
async fn without_a_mail_server_reminders_are_files_that_anybody_can_read() {
    let avow = Avow::company().await;
    avow.avow(&["remind"]);
    let mut readable = 0;
    for entry in std::fs::read_dir(avow.folder.path().join("mails")).expect("a folder").flatten() {
        let (name, bytes) = (entry.file_name().into_string().expect("UTF-8"), std::fs::read(entry.path()).expect("a mail"));
        let text = std::str::from_utf8(&bytes).expect("UTF-8");
        assert!(name.starts_with("2026-03-02T090000Z-") && name.ends_with(".eml"), "{name}");
        assert!(text.matches("Content-Transfer-Encoding: 8bit").count() == 2 && text.contains("Halden Works"), "{text}");
        assert!(text.lines().all(|line| line.len() < 998));
        let message = MessageParser::default().parse(&bytes).expect("a mail");
        assert_eq!((message.text_body_count(), message.html_body_count(), message.attachment_count()), (1, 1, 0));
        if name.contains("mai-tran") {
            assert!(text.contains("Xin chào Trần Thị Mai,\r\n") && text.contains("Bàn làm việc gọn gàng"), "{text}");
        }
        readable += 1;
    }
    assert_eq!(readable, 7);
    assert_eq!(avow.mails().len(), 7);
    let roster = std::fs::read_to_string(fixture("people.csv")).expect("the roster");
    assert!(avow.mails().iter().all(|letter| roster.contains(letter.to.split(['<', '>']).nth(1).expect("an address"))));
}

#[tokio::test]
async fn the_folder_of_mails_is_there_before_the_first_mail_and_for_the_program_alone() {
    let avow = Avow::empty().await;
    let mails = avow.folder.path().join("mails");
    avow.avow(&["remind"]);
    let mode = std::fs::metadata(&mails).expect("a folder").permissions().mode();
    assert_eq!((mode & 0o777, avow.mails().len()), (0o700, 0));
    std::fs::remove_dir(&mails).expect("is empty");
    std::fs::write(&mails, "").expect("a file in its place");
    let output = avow.command(&["remind"]).output().expect("runs");
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && words.contains("mails: mails cannot be kept here: "), "{words}");
}

#[tokio::test]
async fn a_dry_run_names_nobody_who_was_reminded_today() {
    let (avow, _smtp) = company().await;
    assert!(avow.avow(&["remind", "--dry-run"]).contains("8 people would be reminded."));
    avow.avow(&["remind"]);
    // Another requirement the same day: it is told tomorrow.
    let more = std::fs::read_to_string(fixture("programme.toml")).expect("a programme")
        + "\n[[requirement]]\nid = \"more\"\ngroup = \"g\"\ncourse = \"safe-mail\"\nin_force_from = 2026-03-01\ncadence = \"once\"\n";
    avow.avow(&["programme", "apply", &avow.file("more.toml", &more)]);
    avow.avow(&["programme", "evaluate"]);
    assert!(avow.avow(&["remind", "--dry-run", "--any-hour"]).contains("0 people would be reminded."));
    avow.at("2026-03-03T10:00:00Z");
    assert!(avow.avow(&["remind", "--dry-run"]).contains("8 people would be reminded."));
}
