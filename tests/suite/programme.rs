//! Who owes what, by when and why; evaluated again and again, from several places at once.

use crate::support::Avow;
use crate::support::attest;
use crate::support::fixture;
use crate::support::run;
use crate::support::until;

/// A person's assignments in order: requirement, cycle, due date, due instant, what decided.
async fn owed(avow: &Avow, hr_id: &str) -> Vec<String> {
    let sql = "select concat_ws(' ', r.slug, cycle, due_on, to_char(due_at at time zone 'UTC', 'MM-DD\"T\"HH24:MI'), a.zone, decided_by)
        from assignments a join requirements r on r.id = a.requirement_id join persons p on p.id = a.person_id where hr_id = $1 order by r.slug desc, cycle";
    avow.sql().await.query(sql, &[&hr_id]).await.expect("assignments").iter().map(|row| row.get(0)).collect()
}

/// The roster's rows, with one person's changed or added.
fn import(avow: &Avow, rows: &str) {
    let header = "hr_id,given_name,family_name,kind,start,end,department,location,country,language,zone\n";
    avow.avow(&["people", "import", &avow.file("people.csv", &format!("{header}{rows}"))]);
}

fn apply(avow: &Avow, change: impl Fn(&str) -> String) -> String {
    let text = std::fs::read_to_string(fixture("programme.toml")).expect("a programme");
    avow.file("programme.toml", &change(&text))
}

const NOTHING: &str = "0 assigned, 0 withdrawn, 0 reinstated, 0 moved\n";

#[tokio::test]
async fn the_course_binds_everybody_the_policy_its_audience_and_each_knows_why() {
    let mut avow = Avow::company().await;
    import(&avow, "300,Bea,Board,board,2025-01-01,,Board,Berlin,DE,en,Europe/Berlin\n");
    assert_eq!(avow.avow(&["programme", "evaluate"]), "1 assigned, 0 withdrawn, 0 reinstated, 0 moved\n");
    assert_eq!(owed(&avow, "300").await, ["mail-course 1 2026-04-02 04-02T22:00 Europe/Berlin launch"], "no policy for the board");
    assert_eq!(
        avow.one::<i64>("select count(*) from assignments where requirement_id = (select id from requirements where slug = 'desk-policy')")
            .await,
        8
    );
    assert_eq!(owed(&avow, "008").await, Vec::<String>::new(), "left before it was in force");
    let reason: String = avow.one("select reason::text from assignments a join persons p on p.id = a.person_id join requirements r on r.id = a.requirement_id where hr_id = 'C-1' and slug = 'desk-policy'").await;
    let reason: serde_json::Value = serde_json::from_str(&reason).expect("JSON");
    assert_eq!(reason["conditions"], serde_json::json!([{ "field": "kind", "op": "in", "values": ["employee", "contractor"] }]));
    assert_eq!((&reason["rule"], &reason["start"], &reason["rule_version"]), (&"joiner".into(), &"2026-02-20".into(), &1.into()));
    avow.serve();
    let (lena, mai) = (avow.signed_in("003").await, avow.signed_in("C-1").await);
    let course = avow.assignment("003", "mail-course").await;
    let why = lena.get(&format!("/assignments/{course}")).await;
    for words in ["Sunday 1 February 2026", "Thursday 2 April 2026", "Europe/Berlin"] {
        assert!(why.says(words), "{words} is missing in {}", why.body);
    }
    let policy = avow.assignment("003", "desk-policy").await;
    assert!(lena.get(&format!("/assignments/{policy}")).await.says("Employee, Contractor"));
    let theirs = avow.assignment("C-1", "desk-policy").await;
    let why = mai.get(&format!("/assignments/{theirs}")).await;
    assert!(why.says("Thứ Sáu, ngày 6 tháng 3 năm 2026") && !why.says("contractor") && why.says("Asia/Ho_Chi_Minh"), "{}", why.body);
    assert_eq!(lena.get(&format!("/assignments/{theirs}")).await.status, 404, "nobody sees why somebody else owes something");
    assert_eq!(lena.get("/assignments/00000000-0000-0000-0000-000000000000").await.status, 404);
}

#[tokio::test]
async fn due_dates_follow_launch_joining_and_leave_in_the_zone_of_each() {
    let avow = Avow::company().await;
    assert_eq!(
        owed(&avow, "003").await,
        ["mail-course 1 2026-04-02 04-02T22:00 Europe/Berlin launch", "desk-policy 1 2026-03-03 03-03T23:00 Europe/Berlin launch"]
    );
    let joiner =
        ["mail-course 1 2026-03-22 03-22T17:00 Asia/Ho_Chi_Minh joiner", "desk-policy 1 2026-03-06 03-06T17:00 Asia/Ho_Chi_Minh joiner"];
    assert_eq!(owed(&avow, "C-1").await, joiner, "thirty and fourteen days after 20 February, to the end of the day in Vietnam");
    let leaves = "hr_id,first_day,last_day,code\n003,2026-03-01,2026-03-31,parental\n004,2026-03-02,2026-03-13,sick\nC-1,2026-03-10,2026-04-10,parental\n";
    avow.avow(&["people", "import", &avow.file("leaves.csv", leaves), "--leaves"]);
    assert_eq!(avow.avow(&["programme", "evaluate"]), "0 assigned, 0 withdrawn, 0 reinstated, 3 moved\n");
    assert_eq!(
        owed(&avow, "003").await,
        ["mail-course 1 2026-04-14 04-14T22:00 Europe/Berlin leave", "desk-policy 1 2026-04-14 04-14T22:00 Europe/Berlin leave"]
    );
    assert_eq!(
        owed(&avow, "004").await[1],
        "desk-policy 1 2026-03-03 03-03T23:00 Europe/Berlin launch",
        "twelve days are too short to move anything"
    );
    assert_eq!(
        owed(&avow, "C-1").await,
        ["mail-course 1 2026-04-24 04-24T17:00 Asia/Ho_Chi_Minh leave", joiner[1]],
        "the policy was due before the leave began"
    );
    assert_eq!(avow.one::<String>("select string_agg(distinct original_due_on::text, ' ' order by original_due_on::text) from assignments a join persons p on p.id = a.person_id where hr_id = '003'").await,
        "2026-03-03 2026-04-02");
    assert_eq!(avow.avow(&["programme", "evaluate"]), NOTHING);
}

#[tokio::test]
async fn evaluated_twice_or_by_two_at_once_nothing_is_doubled() {
    let avow = Avow::company().await;
    assert_eq!(avow.avow(&["programme", "evaluate"]), NOTHING);
    let rows: String = (0..300).map(|n| format!("Y{n},Kim,Y{n},employee,2026-02-10,,IT,Berlin,DE,en,\n")).collect();
    import(&avow, &rows);
    let evaluate = || run(avow.command(&["programme", "evaluate"]));
    let all = std::thread::scope(|scope| [0, 1, 2].map(|_| scope.spawn(evaluate)).map(|one| one.join().expect("ends")));
    let mut said = all.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    said.sort();
    assert_eq!(said, [NOTHING, NOTHING, "600 assigned, 0 withdrawn, 0 reinstated, 0 moved\n"]);
    assert_eq!(avow.one::<i64>("select count(*) from assignments").await, 616);
}

#[tokio::test]
async fn an_evaluation_that_waited_sees_what_the_one_before_it_did() {
    let avow = Avow::company().await;
    import(&avow, "003,Lena,Brandt,board,2021-06-01,,Board,Berlin,DE,en,Europe/Berlin\n");
    // Both wait for the programme's lock; the one that asked for it first has the later clock.
    let lock = avow.sql().await;
    lock.batch_execute("select pg_advisory_lock(4702554)").await.expect("the lock");
    let waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())";
    let mut children = Vec::new();
    for (count, instant) in [(1_i64, "2026-03-02T10:00:01Z"), (2, "2026-03-02T10:00:00Z")] {
        avow.at(instant);
        children.push(avow.command(&["programme", "evaluate"]).stdout(std::process::Stdio::piped()).spawn().expect("starts"));
        until("it waits", async || (lock.query_one(waiting, &[]).await.expect("a count").get::<_, i64>(0) == count).then_some(())).await;
    }
    lock.batch_execute("select pg_advisory_unlock(4702554)").await.expect("was locked");
    let said = children
        .into_iter()
        .map(|child| String::from_utf8_lossy(&child.wait_with_output().expect("ends").stdout).into_owned())
        .collect::<Vec<_>>();
    assert_eq!(said, ["0 assigned, 1 withdrawn, 0 reinstated, 0 moved\n", NOTHING]);
}

#[tokio::test]
async fn leaving_the_audience_withdraws_and_coming_back_reinstates_the_same_assignment() {
    let mut avow = Avow::company().await;
    let before = (owed(&avow, "003").await, avow.assignment("003", "desk-policy").await);
    let as_kind = |kind: &str| import(&avow, &format!("003,Lena,Brandt,{kind},2021-06-01,,Engineering,Berlin,DE,en,Europe/Berlin\n"));
    avow.at("2026-03-02T10:00:00Z");
    as_kind("board");
    assert_eq!(avow.avow(&["programme", "evaluate"]), "0 assigned, 1 withdrawn, 0 reinstated, 0 moved\n");
    assert_eq!(avow.avow(&["programme", "evaluate"]), NOTHING);
    avow.at("2026-03-02T11:00:00Z");
    as_kind("employee");
    assert_eq!(avow.avow(&["programme", "evaluate"]), "0 assigned, 0 withdrawn, 1 reinstated, 0 moved\n");
    assert_eq!(
        (owed(&avow, "003").await, avow.assignment("003", "desk-policy").await),
        before,
        "the same assignment with its old due date"
    );
    let history = "select string_agg(change || ' ' || reason, ', ' order by recorded_at) from scope_changes";
    assert_eq!(avow.one::<String>(history).await, "withdrawn no longer in the audience, reinstated in the audience again");
    avow.at("2026-03-02T12:00:00Z");
    as_kind("board");
    avow.avow(&["programme", "evaluate"]);
    avow.serve();
    let home = avow.signed_in("003").await.get("/").await;
    assert!(!home.says("Clear desk") && home.says("Safe mail"), "what is withdrawn is not asked for: {}", home.body);
}

#[tokio::test]
async fn the_next_cycle_opens_sixty_days_before_it_is_due() {
    let mut avow = Avow::serving().await;
    attest(&avow, "003").await;
    avow.stop();
    for quiet in ["2026-03-03T09:00:00Z", "2027-01-01T22:59:00Z"] {
        avow.at(quiet);
        assert_eq!(avow.avow(&["programme", "evaluate"]), NOTHING, "{quiet}");
    }
    // Done on 2 March, a day before it was due: the anniversary of the due date is kept, 3 March 2027, less 60 days.
    avow.at("2027-01-01T23:01:00Z");
    assert_eq!(avow.avow(&["programme", "evaluate"]), "1 assigned, 0 withdrawn, 0 reinstated, 0 moved\n");
    let policy = owed(&avow, "003").await;
    assert_eq!(
        policy[1..],
        ["desk-policy 1 2026-03-03 03-03T23:00 Europe/Berlin launch", "desk-policy 2 2027-03-03 03-03T23:00 Europe/Berlin rolling"]
    );
    assert_eq!(
        avow.one::<String>(
            "select opens_on || ' ' || (reason->>'last_completed') || ' ' || (reason->>'months') from assignments where cycle = 2"
        )
        .await,
        "2027-01-02 2026-03-02 12"
    );
    assert_eq!(avow.avow(&["programme", "evaluate"]), NOTHING);
}

#[tokio::test]
async fn a_leaver_keeps_what_was_assigned_and_owes_nothing_more() {
    let mut avow = Avow::serving().await;
    attest(&avow, "003").await;
    avow.stop();
    import(&avow, "003,Lena,Brandt,employee,2021-06-01,2026-03-10,Engineering,Berlin,DE,en,Europe/Berlin\n");
    let before = owed(&avow, "003").await;
    for later in ["2026-03-11T09:00:00Z", "2027-02-01T09:00:00Z"] {
        avow.at(later);
        assert_eq!(avow.avow(&["programme", "evaluate"]), NOTHING, "{later}");
    }
    assert_eq!(owed(&avow, "003").await, before);
    let folder = avow.folder.path().join("out");
    avow.avow(&["report", "completion", "--out", folder.to_str().expect("UTF-8")]);
    let csv = std::fs::read_to_string(folder.join("completion-2027-02-01T090000Z.csv")).expect("a file");
    let states: Vec<&str> = csv.lines().filter(|line| line.contains(",003,")).filter_map(|line| line.split(',').nth(10)).collect();
    assert_eq!(states, ["complete_on_time", "left_before_due"]);
}

#[tokio::test]
async fn who_is_moved_into_the_audience_after_joining_has_the_days_from_then() {
    let avow = Avow::company().await;
    let row = |kind: &str| format!("020,Noor,Haddad,{kind},2026-02-10,,Engineering,Berlin,DE,en,Europe/Berlin\n");
    import(&avow, &row("board"));
    avow.avow(&["programme", "evaluate"]);
    let course = "mail-course 1 2026-03-12 03-12T23:00 Europe/Berlin joiner";
    assert_eq!(owed(&avow, "020").await, [course], "imported late, and due from the true first day");
    avow.at("2026-04-20T09:00:00Z");
    import(&avow, &row("employee"));
    avow.avow(&["programme", "evaluate"]);
    assert_eq!(owed(&avow, "020").await, [course, "desk-policy 1 2026-05-04 05-04T22:00 Europe/Berlin entered"]);
}

#[tokio::test]
async fn a_wider_audience_gives_those_it_takes_in_the_days_from_then() {
    let avow = Avow::company().await;
    import(&avow, "021,Jo,Board,board,2026-02-10,,Board,Berlin,DE,en,Europe/Berlin\n");
    avow.avow(&["programme", "evaluate"]);
    avow.at("2026-04-20T09:00:00Z");
    avow.avow(&["programme", "apply", &apply(&avow, |text| text.replace("\"contractor\"]", "\"contractor\", \"board\"]"))]);
    avow.avow(&["programme", "evaluate"]);
    assert_eq!(owed(&avow, "021").await[1], "desk-policy 1 2026-05-04 05-04T22:00 Europe/Berlin entered");
}

#[tokio::test]
async fn the_day_a_rule_comes_into_force_is_the_launch_in_every_zone() {
    let avow = Avow::company().await;
    import(&avow, "030,Sina,East,employee,2020-01-01,,IT,Auckland,NZ,en,Pacific/Auckland\n");
    let rule = "\n[[requirement]]\nid = \"fresh\"\ngroup = \"g\"\ncourse = \"safe-mail\"\nin_force_from = 2026-04-11\ncadence = \"rolling\"\nlaunch_days = 14\n";
    avow.avow(&["programme", "apply", &apply(&avow, |text| text.to_owned() + rule)]);
    for hour in ["2026-04-10T13:00:00Z", "2026-04-10T23:00:00Z", "2026-04-11T10:00:00Z"] {
        avow.at(hour);
        avow.avow(&["programme", "evaluate"]);
    }
    let launched = "select count(*) from assignments a join requirements r on r.id = a.requirement_id where slug = 'fresh' and decided_by = 'launch' and due_on = '2026-04-25'";
    assert_eq!(avow.one::<i64>(launched).await, 9, "everybody who works there, wherever it was day first");
}

/// Lena passes the course on 2 March 2026.
async fn complete_the_course(avow: &Avow) {
    let course = avow.assignment("003", "mail-course").await;
    let completion = format!(
        "insert into completions select gen_random_uuid(), a.id, a.person_id, a.requirement_id, v.id, 'en', 'attempt', gen_random_uuid(),
        '2026-03-02T10:00:00Z', '2026-03-02T10:00:00Z' from assignments a, content_versions v where v.kind = 'course' and a.id = '{course}'"
    );
    avow.sql().await.batch_execute(&completion).await.expect("a completion");
}

#[tokio::test]
async fn a_rule_that_becomes_stricter_makes_nobody_late_at_once() {
    let avow = Avow::company().await;
    complete_the_course(&avow).await;
    let once = |text: &str| text.replacen("cadence = \"rolling\"", "cadence = \"once\"", 1);
    avow.avow(&["programme", "apply", &apply(&avow, once)]);
    avow.at("2027-09-01T09:00:00Z");
    avow.avow(&["programme", "apply", &apply(&avow, str::to_owned)]);
    avow.avow(&["programme", "evaluate"]);
    let course = owed(&avow, "003").await.into_iter().rfind(|line| line.starts_with("mail-course"));
    assert_eq!(course.as_deref(), Some("mail-course 2 2027-10-01 10-01T22:00 Europe/Berlin entered"));
}

#[tokio::test]
async fn training_that_ran_out_while_somebody_was_gone_is_due_as_for_a_joiner() {
    let avow = Avow::company().await;
    complete_the_course(&avow).await;
    let rows = |end: &str, again: &str| {
        let row = |start: &str, end: &str| format!("003,Lena,Brandt,employee,{start},{end},Engineering,Berlin,DE,en,Europe/Berlin\n");
        format!("{}{}", row("2021-06-01", end), if again.is_empty() { String::new() } else { row(again, "") })
    };
    import(&avow, &rows("2026-03-31", ""));
    avow.at("2027-06-01T09:00:00Z");
    import(&avow, &rows("2026-03-31", "2027-06-01"));
    avow.avow(&["programme", "evaluate"]);
    let course = owed(&avow, "003").await.into_iter().rfind(|line| line.starts_with("mail-course"));
    assert_eq!(course.as_deref(), Some("mail-course 2 2027-07-01 07-01T22:00 Europe/Berlin joiner"));
}

#[tokio::test]
async fn a_leave_pauses_every_engagement_that_runs_and_the_reminders_start_anew_after_it() {
    let avow = Avow::company().await;
    let row = |kind: &str, start: &str| format!("003,Lena,Brandt,{kind},{start},,Engineering,Berlin,DE,en,Europe/Berlin\n");
    import(&avow, &[row("employee", "2021-06-01"), row("board", "2022-01-01")].concat());
    avow.avow(&["programme", "evaluate"]);
    let told = |day: &str| {
        avow.at(&format!("{day}T09:00:00Z"));
        avow.avow(&["programme", "evaluate"]);
        avow.avow(&["remind"]);
        avow.mails().into_iter().filter(|letter| letter.to.contains("lena.brandt")).count()
    };
    // The course is due on 2 April: fourteen, seven and three days before it she is told.
    let mut before = 0;
    for day in ["2026-03-19", "2026-03-26", "2026-03-30"] {
        let now = told(day);
        assert!(now > before, "{day}");
        before = now;
    }
    let leave = avow.file("leaves.csv", "hr_id,first_day,last_day,code\n003,2026-03-31,2026-06-30,unpaid\n");
    assert!(avow.avow(&["people", "import", "--leaves", &leave]).contains("0 engagements new, 1 changed"));
    assert_eq!(avow.one::<i64>("select count(*) from leaves").await, 2, "one for each engagement");
    for day in ["2026-03-31", "2026-04-02", "2026-06-30"] {
        assert_eq!(told(day), before, "{day}: no mail while she is away");
    }
    assert!(told("2026-07-01") > before, "two weeks are left, and she is told so");
}

#[tokio::test]
async fn a_programme_is_applied_by_a_file_that_can_be_tried_first() {
    let avow = Avow::company().await;
    let rules = "select string_agg(slug || ' ' || version, ', ' order by slug, version) from requirements r join requirement_rules u on u.requirement_id = r.id";
    let before: String = avow.one(rules).await;
    let unchanged = apply(&avow, str::to_owned);
    assert_eq!(avow.avow(&["programme", "apply", &unchanged]), "same     mail-course\nsame     desk-policy\nApplied.\n");
    assert_eq!(avow.one::<String>(rules).await, before);
    let further =
        "\n[[requirement]]\nid = \"once\"\ngroup = \"g\"\ncourse = \"safe-mail\"\nin_force_from = 2026-04-01\ncadence = \"once\"\n";
    let changed = apply(&avow, |text| text.replace("launch_days = 60", "launch_days = 45") + further);
    let said = "changed  mail-course: rule 2 follows rule 1\nsame     desk-policy\nnew      once: course safe-mail from 2026-04-01\n";
    assert_eq!(avow.avow(&["programme", "apply", &changed, "--dry-run"]), format!("{said}Nothing was changed: this was a dry run.\n"));
    assert_eq!(avow.one::<String>(rules).await, before);
    assert_eq!(avow.avow(&["programme", "apply", &changed]), format!("{said}Applied.\n"));
    assert_eq!(avow.one::<String>(rules).await, "desk-policy 1, mail-course 1, mail-course 2, once 1", "the rule before stays");
    type Change = fn(&str) -> String;
    let wrong: [(Change, &str); 8] = [
        (
            |text| text.replace("policy = \"clear-desk\"", "course = \"safe-mail\""),
            "requirement \"desk-policy\" is about policy clear-desk in group annual-round; give another requirement another id",
        ),
        (|text| text.replace("cadence = \"rolling\"", "cadence = \"weekly\""), "line 6"),
        (|text| text.replace("in_force_from = 2026-02-01", "in_force_from = 2026-02-30"), "line 5"),
        (|text| text.replace("field = \"kind\"", "field = \"salary\""), "salary"),
        (
            |text| text.replace("id = \"desk-policy\"", "id = \"other\"").replace("\"clear-desk\"", "\"no-such-policy\""),
            "requirement \"other\": no policy \"no-such-policy\" is published",
        ),
        (|text| text.repeat(2), "requirement \"mail-course\" stands twice"),
        (|_| "x".into(), "line 1"),
        (|_| String::new(), "missing field `requirement`"),
    ];
    for (change, help) in wrong {
        let said = avow.refused(&["programme", "apply", &apply(&avow, change)]);
        assert!(said.contains(help) && said.ends_with("Nothing was changed.\n"), "{help}: {said}");
    }
    assert_eq!(avow.one::<String>(rules).await, "desk-policy 1, mail-course 1, mail-course 2, once 1");
}
