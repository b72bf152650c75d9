//! The roster: how people come in, change and leave by files, and who sees them.

use crate::support::Avow;
use crate::support::fixture;

const HEADER: &str =
    "hr_id,email,given_name,family_name,kind,start,end,manager,sponsor,department,location,country,legal_entity,job_role,language,zone\n";

/// Everything an import may change, as text.
async fn roster(avow: &Avow) -> String {
    let sql = "select concat_ws(' ', (select string_agg(p::text, ' ' order by hr_id) from persons p), (select string_agg(e::text, ' ' order by id) from engagements e),
        (select string_agg(l::text, ' ' order by id) from leaves l), (select count(*) from roster_batches), (select count(*) from roster_changes))";
    avow.one(sql).await
}

/// The changes of the newest import, oldest first: kind, before, after.
async fn changes(avow: &Avow, hr_id: &str) -> Vec<(String, serde_json::Value, serde_json::Value)> {
    let sql = "select change, before::text, after::text from roster_changes c join persons p on p.id = c.person_id where p.hr_id = $1
        and batch_id = (select id from roster_batches order by recorded_at desc, id desc limit 1) order by c.change desc, c.before::text, c.after::text";
    let rows = avow.sql().await.query(sql, &[&hr_id]).await.expect("changes");
    let json = |text: String| serde_json::from_str(&text).expect("JSON");
    rows.iter().map(|row| (row.get(0), json(row.get(1)), json(row.get(2)))).collect()
}

/// A person's engagements, as in `employee 2021-06-01 to 2026-03-31`.
async fn spells(avow: &Avow, hr_id: &str) -> Vec<String> {
    let sql =
        "select concat_ws(' ', kind, starts_on, 'to', coalesce(ends_on::text, '…')) from engagements e join persons p on p.id = e.person_id
        where hr_id = $1 order by starts_on, kind";
    avow.sql().await.query(sql, &[&hr_id]).await.expect("spells").iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn a_dry_run_says_what_would_happen_and_changes_nothing() {
    let avow = Avow::empty().await;
    let before = roster(&avow).await;
    let said = avow.avow(&["people", "import", fixture("people.csv").to_str().expect("UTF-8"), "--dry-run"]);
    assert!(said.contains("9 rows: 9 taken, 0 rejected\n9 joined, 9 engagements new, 0 changed, 0 ended, 0 unchanged"), "{said}");
    assert!(said.ends_with("Nothing was changed: this was a dry run.\n"), "{said}");
    assert_eq!(roster(&avow).await, before);
    let file = avow.file("bad.csv", &format!("{HEADER}1,,A,B,boss,2026-01-01,,,,,,,,,,\n"));
    assert!(avow.refused(&["people", "import", &file, "--dry-run"]).contains("line 2: kind is \"boss\""));
    let leaves = avow.file("leaves.csv", "hr_id,first_day,last_day,code\n");
    avow.avow(&["people", "import", &leaves, "--leaves", "--dry-run"]);
    assert_eq!(roster(&avow).await, before);
}

#[tokio::test]
async fn one_bad_row_keeps_the_whole_file_out_unless_the_rest_is_asked_for() {
    let avow = Avow::company().await;
    let before = roster(&avow).await;
    let file = avow.file(
        "people.csv",
        &format!(
            "{HEADER}100,,Ann,Good,employee,2026-01-01,,001,,,,DE,,,en,\n101,,Bob,Bad,employee,1.1.2026,,001,,,,DE,,,en,\n\n\
             102,,\"Two\nlines\",Bad,employee,2026-01-01,,,,,,DE,,,en,\n103,,Cid,Leans,employee,2026-01-01,,101,,,,DE,,,en,\n104,,Dan\n"
        ),
    );
    let said = avow.refused(&["people", "import", &file]);
    for line in [
        "line 3: start is \"1.1.2026\"; write the date as in 2026-03-31",
        "line 5: given_name holds a line break",
        "line 7: manager \"101\" stands in line 3, which cannot be taken",
        "line 8: has 3 field(s), the header has 16",
        "5 rows: 1 taken, 4 rejected",
    ] {
        assert!(said.contains(line), "{line} is missing in {said}");
    }
    assert!(said.ends_with("Nothing was changed.\n"), "{said}");
    let nobody = avow.file("bad.csv", &format!("{HEADER}101,,Bob,Bad,employee,1.1.2026,,001,,,,DE,,,en,\n"));
    assert!(avow.refused(&["people", "import", &nobody, "--accept-partial"]).ends_with("Nothing was changed.\n"));
    assert_eq!(roster(&avow).await, before);
    let said = avow.avow(&["people", "import", &file, "--accept-partial"]);
    assert!(said.contains("line 3:") && said.ends_with("Applied.\n"), "{said}");
    assert_eq!(avow.one::<i64>("select count(*) from persons where hr_id like '10_'").await, 1);
    assert_eq!(
        avow.one::<i64>("select count(*) from roster_batches where (rows_received, rows_accepted, rows_rejected) = (5, 1, 4)").await,
        1
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_read_as_a_whole_is_refused_with_help() {
    let avow = Avow::company().await;
    let before = roster(&avow).await;
    for (text, help) in [
        ("", "line 1: the file is empty; its first line names the columns: hr_id, email"),
        (
            "hr_id;given_name;family_name;kind;start\n1;A;B;employee;2026-01-01\n",
            "line 1: the columns are not separated by commas; save the file as CSV with commas",
        ),
        ("hr_id\tgiven_name\n", "line 1: the columns are not separated by commas"),
        ("hr_id,given_name,family_name,kind\n", "line 1: the column start is missing"),
        ("hr_id,given_name,family_name,kind,start,salary\n", "line 1: there is no column \"salary\"; the columns are hr_id, email"),
        ("hr_id,given_name,family_name,kind,start,start\n", "line 1: the column start stands twice"),
        ("hr_id,given_name,family_name,kind,start\n,,,,\n", "line 1: the file has a header and nobody in it"),
        ("sep=,\nhr_id,given_name\n", "line 1: the first line is \"sep=\", which only Excel reads"),
        ("\u{0}\u{0}\n", "line 1: the file is no text"),
        ("PK\u{3}\u{4}", "line 1: the file is a workbook or another archive"),
    ] {
        let file = avow.file("people.csv", text);
        let said = avow.refused(&["people", "import", &file]);
        assert!(said.contains(help) && said.ends_with("Nothing was changed.\n"), "{help}: {said}");
    }
    let utf16: Vec<u8> = "\u{feff}hr_id,given_name".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let path = avow.folder.path().join("utf16.csv");
    std::fs::write(&path, utf16).expect("a file");
    assert!(avow.refused(&["people", "import", path.to_str().expect("UTF-8")]).contains("the file is UTF-16 text; save it as"));
    assert_eq!(roster(&avow).await, before);
}

#[tokio::test]
async fn files_come_as_spreadsheets_write_them() {
    let avow = Avow::empty().await;
    let text = format!(
        "\u{feff}{HEADER}007,,\"Ann \"\"Nan\"\"\",\"Lee, Jr.\",employee,2026-01-01,9999-12-31,,,\"Sales, EMEA\",Köln,de,,,EN,Europe/Berlin\n"
    );
    // A column without a name, rows that nobody filled in, a line of blanks.
    let text = text.replacen("zone\n", "zone,,\n", 1).replace("Europe/Berlin\n", "Europe/Berlin,,\n");
    let file = avow.file("people.csv", &format!("{text}{}\n   \n", ",".repeat(17)).replace('\n', "\r\n"));
    avow.avow(&["people", "import", &file]);
    let row = avow.sql().await.query_one(
        "select p.hr_id, given_name, family_name, d.name, l.name, l.zone, e.country, ends_on::text, language from persons p join engagements e on e.person_id = p.id
         join departments d on d.id = department_id join locations l on l.id = location_id", &[]).await.expect("one person");
    let fields: Vec<Option<String>> = (0..9).map(|place| row.get(place)).collect();
    let fields: Vec<&str> = fields.iter().map(|field| field.as_deref().unwrap_or("-")).collect();
    assert_eq!(
        fields,
        ["007", "Ann \"Nan\"", "Lee, Jr.", "Sales, EMEA", "Köln", "Europe/Berlin", "DE", "-", "en"],
        "the id keeps its zeros"
    );
    let path = avow.folder.path().join("old.csv");
    std::fs::write(
        &path,
        [HEADER.as_bytes(), b"008,,Ren\xe9,Lee,employee,2026-01-01,,,,,,,,,,\n009,,Ann,Lee,employee,2026-01-01,,,,,,,,,,\n"].concat(),
    )
    .expect("a file");
    let said = avow.refused(&["people", "import", path.to_str().expect("UTF-8")]);
    assert!(said.contains("line 2: given_name is not UTF-8; save the file as UTF-8"), "{said}");
    assert_eq!(avow.one::<i64>("select count(*) from persons").await, 1);
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    let avow = Avow::company().await;
    let before: String = avow.one("select string_agg(p::text, ' ' order by p.id) || string_agg(e::text, ' ' order by e.id) from persons p join engagements e on e.person_id = p.id").await;
    avow.at("2026-03-03T09:00:00Z");
    for flags in [vec![], vec!["--snapshot"]] {
        let said = avow.avow(&[vec!["people", "import", fixture("people.csv").to_str().expect("UTF-8")], flags].concat());
        assert!(said.contains("0 joined, 0 engagements new, 0 changed, 0 ended, 9 unchanged"), "{said}");
    }
    let after: String = avow.one("select string_agg(p::text, ' ' order by p.id) || string_agg(e::text, ' ' order by e.id) from persons p join engagements e on e.person_id = p.id").await;
    assert_eq!(after, before);
}

#[tokio::test]
async fn a_mover_is_kept_field_by_field() {
    let avow = Avow::company().await;
    avow.at("2026-03-03T09:00:00Z");
    let row =
        "003,lena.berg@halden.example,Lena,Berg,employee,2021-06-01,,001,,Board,Hamburg,DE,Halden GmbH,Chief of Staff,en,Europe/Berlin\n";
    let said = avow.avow(&["people", "import", &avow.file("mover.csv", &format!("{HEADER}{row}"))]);
    assert!(said.contains("0 joined, 0 engagements new, 2 changed, 0 ended, 0 unchanged"), "{said}");
    let id = |hr_id: &'static str| format!("select id::text from persons where hr_id = '{hr_id}'");
    let (board, engineering): (String, String) = (avow.one(&id("001")).await, avow.one(&id("002")).await);
    let found = changes(&avow, "003").await;
    let expected = [
        (
            "changed",
            serde_json::json!({ "email": "lena.brandt@halden.example", "family_name": "Brandt" }),
            serde_json::json!({ "email": "lena.berg@halden.example", "family_name": "Berg" }),
        ),
        (
            "changed",
            serde_json::json!({ "department": "Engineering", "job_role": "Engineer", "location": "Berlin", "manager": engineering }),
            serde_json::json!({ "department": "Board", "job_role": "Chief of Staff", "location": "Hamburg", "manager": board }),
        ),
    ];
    assert_eq!(found.len(), 2, "{found:?}");
    for (kind, before, after) in expected {
        assert!(found.contains(&(kind.to_owned(), before.clone(), after.clone())), "{after} is missing in {found:?}");
    }
    assert_eq!(spells(&avow, "003").await, ["employee 2021-06-01 to …"]);
    assert_eq!(avow.one::<i64>("select count(*) from persons where hr_id = '003'").await, 1);
}

#[tokio::test]
async fn joiners_leavers_rehires_conversions_and_two_spells_at_once() {
    let avow = Avow::company().await;
    let mut hour = 10;
    let mut import = |rows: &str| {
        hour += 1;
        avow.at(&format!("2026-03-03T{hour}:00:00Z"));
        let file = avow.file("people.csv", &format!("hr_id,given_name,family_name,kind,start,end\n{rows}"));
        avow.avow(&["people", "import", &file])
    };
    import("200,Ann,New,employee,2026-03-01,\n");
    assert_eq!(spells(&avow, "200").await, ["employee 2026-03-01 to …"]);
    assert_eq!(changes(&avow, "200").await.iter().map(|(kind, ..)| kind.as_str()).collect::<Vec<_>>(), ["joined", "engaged"]);
    let said = import("200,Ann,New,employee,2026-03-01,2026-03-31\n");
    assert!(said.contains("1 ended"), "{said}");
    assert_eq!(
        changes(&avow, "200").await,
        [("ended".to_owned(), serde_json::json!({ "end": null }), serde_json::json!({ "end": "2026-03-31" }))]
    );
    import("200,Ann,New,employee,2026-05-01,\n");
    assert_eq!(
        spells(&avow, "200").await,
        ["employee 2026-03-01 to 2026-03-31", "employee 2026-05-01 to …"],
        "hired again, the old spell stays"
    );
    import("201,Bo,New,contractor,2026-01-01,2026-12-31\n");
    import("201,Bo,New,employee,2026-04-01,\n");
    assert_eq!(
        spells(&avow, "201").await,
        ["contractor 2026-01-01 to 2026-03-31", "employee 2026-04-01 to …"],
        "a contractor becomes an employee"
    );
    let two = "202,Cy,New,employee,2026-01-01,\n202,Cy,New,board,2026-02-01,\n";
    import(two);
    assert_eq!(spells(&avow, "202").await, ["employee 2026-01-01 to …", "board 2026-02-01 to …"]);
    assert!(import(two).contains("1 unchanged"));
    assert_eq!(
        avow.one::<i64>("select count(distinct person_id) from engagements e join persons p on p.id = e.person_id where hr_id like '20_'")
            .await,
        3
    );
}

#[tokio::test]
async fn a_location_is_given_its_zone_by_the_first_file_that_tells_it() {
    let avow = Avow::empty().await;
    let import = |zone: &str| {
        let file = avow.file(
            "people.csv",
            &format!("hr_id,given_name,family_name,kind,start,location,country,zone\n1,A,B,employee,2026-01-01,Hanoi,VN,{zone}\n"),
        );
        avow.avow(&["people", "import", &file]);
    };
    import("");
    import("Asia/Bangkok");
    assert_eq!(avow.one::<Option<String>>("select zone from locations").await.as_deref(), Some("Asia/Bangkok"));
    import("Asia/Tokyo");
    assert_eq!(avow.one::<Option<String>>("select zone from locations").await.as_deref(), Some("Asia/Bangkok"), "one that is known stays");
}
