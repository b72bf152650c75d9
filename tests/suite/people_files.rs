//! Whole files: complete ones, leaves, many rows, two at once, a power cut; and HR's page.

use crate::support::Avow;
use crate::support::fixture;
use crate::support::run;
use crate::support::until;
use std::fmt::Write;
use std::process::Stdio;

fn small_company() -> String {
    std::fs::read_to_string(fixture("people.csv")).expect("the small company")
}

fn crowd(count: usize) -> String {
    let mut file = String::from("hr_id,given_name,family_name,kind,start,department\n");
    for number in 0..count {
        writeln!(file, "X{number:05},Kim,X{number},employee,2020-01-01,Unit {}", number % 50).expect("writes");
    }
    file
}

const RUNNING: &str = "select count(*) from engagements where ends_on is null or ends_on > date '2026-03-02'";

#[tokio::test]
async fn whoever_is_absent_stays_unless_the_file_is_complete() {
    let avow = Avow::company().await;
    let rest: String = small_company().split_inclusive('\n').filter(|line| !line.starts_with("003")).collect();
    let file = avow.file("people.csv", &rest);
    assert!(avow.avow(&["people", "import", &file]).contains("0 ended, 8 unchanged"));
    assert_eq!(avow.one::<i64>(RUNNING).await, 8);
    let said = avow.refused(&["people", "import", &avow.file("bad.csv", &(rest.clone() + "9,,,,boss,,,,,,,,,,,\n")), "--snapshot"]);
    assert!(said.contains("Nothing was changed."), "a complete file with a bad row ends nobody: {said}");
    assert!(avow.avow(&["people", "import", &file, "--snapshot"]).contains("1 ended, 8 unchanged"));
    assert_eq!(
        avow.one::<String>("select ends_on::text from engagements e join persons p on p.id = e.person_id where hr_id = '003'").await,
        "2026-03-02"
    );
    assert!(avow.avow(&["people", "import", &file, "--snapshot"]).contains("0 ended, 8 unchanged"), "once");
    assert_eq!(avow.one::<i64>("select count(*) from persons").await, 9, "nobody is deleted");
    let status = run(avow.command(&["people", "import", &file, "--snapshot", "--accept-partial"])).status;
    assert_eq!(status.code(), Some(2), "a complete file is taken whole or not at all");
}

#[tokio::test]
async fn a_complete_file_that_would_end_many_is_held_until_somebody_confirms() {
    let avow = Avow::company().await;
    avow.avow(&["people", "import", &avow.file("crowd.csv", &crowd(100))]);
    let company = small_company();
    let with = |count: usize| {
        let rows: String = crowd(count)
            .split_inclusive('\n')
            .skip(1)
            .map(|line| {
                let fields: Vec<&str> = line.trim().split(',').collect();
                format!("{},,{},{},{},{},,,,{},,,,,,\n", fields[0], fields[1], fields[2], fields[3], fields[4], fields[5])
            })
            .collect();
        avow.file("complete.csv", &format!("{company}{rows}"))
    };
    let before = avow.one::<i64>(RUNNING).await;
    let said = avow.refused(&["people", "import", &with(79), "--snapshot"]);
    assert!(said.contains("this file would end 21 of 108 engagements: nothing was changed. If it is right, add --confirm-ends"), "{said}");
    assert_eq!(avow.one::<i64>(RUNNING).await, before);
    avow.refused(&["people", "import", &with(0), "--snapshot", "--dry-run"]);
    assert!(avow.avow(&["people", "import", &with(80), "--snapshot"]).contains("20 ended"), "twenty are still believed");
    assert!(avow.avow(&["people", "import", &with(10), "--snapshot", "--confirm-ends"]).contains("70 ended"));
    assert_eq!(avow.one::<i64>(RUNNING).await, before - 90);
    let empty = avow.file("empty.csv", "hr_id,given_name,family_name,kind,start\n");
    let said = avow.refused(&["people", "import", &empty, "--snapshot", "--confirm-ends"]);
    assert!(
        said.contains("the file has a header and nobody in it") && said.contains("Nothing was changed."),
        "never everybody at once: {said}"
    );
}

#[tokio::test]
async fn leaves_come_in_a_file_of_their_own() {
    let avow = Avow::company().await;
    let import = |rows: &str| {
        [
            "people".to_owned(),
            "import".into(),
            avow.file("leaves.csv", &format!("hr_id,first_day,last_day,code\n{rows}")),
            "--leaves".into(),
        ]
    };
    let words = |arguments: &[String; 4]| avow.avow(&arguments.each_ref().map(String::as_str));
    assert!(
        words(&import("003,2026-03-01,2026-03-31,Parental\n"))
            .contains("1 rows: 1 taken, 0 rejected\n0 joined, 0 engagements new, 1 changed")
    );
    assert!(words(&import("003,2026-03-01,2026-03-31,parental\n")).contains("0 changed, 0 ended, 1 unchanged"));
    assert!(words(&import("003,2026-03-01,2026-04-30,parental\n")).contains("1 changed"));
    let change = "select before->>'last_day' || ' ' || (after->>'last_day') from roster_changes where change = 'leave' order by recorded_at desc, id desc limit 1";
    assert_eq!(avow.one::<Option<String>>("select last_day::text from leaves").await.as_deref(), Some("2026-04-30"));
    assert_eq!(avow.one::<i64>(&format!("select count(*) from ({change}) c")).await, 1);
    let bad = "nobody,2026-03-01,,sabbatical\n008,2026-03-01,,sabbatical\n003,2026-05-02,2026-05-01,x\n003,2026-06-01,,\n004,2026-06-01,,x\n004,2026-06-01,,x\n";
    let said = avow.refused(&import(bad).each_ref().map(String::as_str));
    for line in [
        "line 2: hr_id \"nobody\" is nobody in the roster",
        "line 3: hr_id 008 has no engagement on 2026-03-01",
        "line 4: last_day 2026-05-01 is before first_day 2026-05-02",
        "line 5: code is empty",
        "line 7: a leave of hr_id 004 from 2026-06-01 stands in line 6 already",
    ] {
        assert!(said.contains(line), "{line} is missing in {said}");
    }
    assert_eq!(avow.one::<i64>("select count(*) from leaves").await, 1);
}

#[tokio::test]
async fn killed_in_the_middle_of_a_large_import_it_leaves_nothing_and_can_be_run_again() {
    let avow = Avow::company().await;
    let file = avow.file("crowd.csv", &crowd(50_000));
    let mut child = avow.command(&["people", "import", &file]).stdout(Stdio::null()).spawn().expect("starts");
    let client = avow.sql().await;
    // Rows that are written but not committed make the table's file grow.
    let size = "select pg_relation_size('persons')";
    until("some rows are written", async || (client.query_one(size, &[]).await.expect("a size").get::<_, i64>(0) > 500_000).then_some(()))
        .await;
    child.kill().expect("runs");
    child.wait().expect("ends");
    let connections = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    until("the server has noticed", async || {
        (client.query_one(connections, &[]).await.expect("a count").get::<_, i64>(0) == 0).then_some(())
    })
    .await;
    assert_eq!(avow.one::<i64>("select count(*) from persons").await, 9);
    assert_eq!(avow.one::<i64>("select count(*) from roster_batches").await, 1);
    assert_eq!(avow.one::<i64>("select count(*) from departments where name like 'Unit %'").await, 0);
    assert!(avow.avow(&["people", "import", &file]).contains("50000 joined, 50000 engagements new"));
    assert_eq!(avow.one::<i64>("select count(*) from engagements").await, 50_009);
    assert_eq!(avow.one::<i64>("select count(*) from roster_changes").await, 2 * 50_009);
}

#[tokio::test]
async fn two_imports_at_once_are_one_after_the_other() {
    let avow = Avow::company().await;
    let file = avow.file("crowd.csv", &crowd(500));
    let import = || run(avow.command(&["people", "import", &file]));
    let both = std::thread::scope(|scope| [scope.spawn(import), scope.spawn(import)].map(|one| one.join().expect("ends")));
    let mut said = both.map(|output| {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).lines().nth(1).expect("a line").to_owned()
    });
    said.sort();
    assert_eq!(
        said,
        [
            "0 joined, 0 engagements new, 0 changed, 0 ended, 500 unchanged",
            "500 joined, 500 engagements new, 0 changed, 0 ended, 0 unchanged"
        ]
    );
    assert_eq!(avow.one::<i64>("select count(*) from engagements").await, 509);
}

#[tokio::test]
async fn a_long_roster_comes_in_pages_that_keep_the_search() {
    let mut avow = Avow::company().await;
    avow.avow(&["people", "import", &avow.file("crowd.csv", &crowd(250))]);
    avow.serve();
    let hr = avow.signed_in("005").await;
    let mut seen = 0;
    let mut path = "/people?q=kim".to_owned();
    loop {
        let page = hr.get(&path).await;
        assert!(page.says("250 of 259 people"), "{}", page.body);
        seen += page.body.matches("<th scope=\"row\">Kim").count();
        let Some(next) = page.body.split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next()) else { break };
        path = next.replace("&amp;", "&").replace("&#x3D;", "=");
    }
    assert_eq!((seen, path.as_str()), (250, "/people?q=kim&page=3"));
}

#[tokio::test]
async fn hr_sees_the_roster_and_its_imports_and_finds_people() {
    let mut avow = Avow::company().await;
    avow.avow(&[
        "people",
        "import",
        &avow.file("leaves.csv", "hr_id,first_day,last_day,code\n003,2026-03-01,2026-03-31,parental\n"),
        "--leaves",
    ]);
    avow.serve();
    let hr = avow.signed_in("005").await;
    let page = hr.get("/people").await;
    assert_eq!(page.status, 200);
    for words in ["Lena Brandt", "Trần Thị Mai", "Eva Alt", "people.csv", "leaves.csv", "9 of 9"] {
        assert!(page.says(words), "{words} is missing in {}", page.body);
    }
    let file = std::fs::read(fixture("people.csv")).expect("a file");
    assert!(page.says(&hex::encode(ring::digest::digest(&ring::digest::SHA256, &file))), "the file's hash");
    for (search, found, others) in [
        ("brandt", "Lena Brandt", "Omar Aziz"),
        ("INÊS", "Inês Costa", "Lena Brandt"),
        ("c-1", "Trần Thị Mai", "Lena Brandt"),
        ("tr%E1%BA%A7n", "C-1", "Lena"),
        ("tran+thi", "C-1", "Lena"),
        ("brandt+lena", "Lena Brandt", "Omar Aziz"),
    ] {
        let page = hr.get(&format!("/people?q={search}")).await;
        assert!(page.says(found) && !page.says(others) && page.says("1 of 9"), "{search}: {}", page.body);
    }
    let page = hr.get("/people?q=%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(page.status == 200 && !page.body.contains("<script>alert"), "{}", page.body);
    assert_eq!(hr.get("/people?q=%00").await.status, 200);
    for hr_id in ["003", "002", "004", "006"] {
        assert_eq!(avow.signed_in(hr_id).await.get("/people").await.status, 404, "{hr_id}");
    }
    assert_eq!(avow.visitor().get("/people").await.location(), "/sign-in?next=%2Fpeople");
}
