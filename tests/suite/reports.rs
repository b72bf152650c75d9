//! Reports: page, files and manifest say the same, the same for ever, to those who may see them.

use crate::support::Avow;
use crate::support::attest;
use ring::digest;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;

fn sha256(bytes: &[u8]) -> String {
    hex::encode(digest::digest(&digest::SHA256, bytes).as_ref())
}

/// Canonical JSON as RFC 8785 has it, written here a second time: names sorted, nothing between, whole numbers only.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let sorted: BTreeMap<_, _> = fields.iter().collect();
            format!(
                "{{{}}}",
                sorted
                    .iter()
                    .map(|(name, value)| format!("{}:{}", canonical(&Value::from(name.as_str())), canonical(value)))
                    .collect::<Vec<_>>()
                    .join(",")
            )
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::String(text) => {
            let escaped = text.chars().map(|letter| match letter {
                '"' => "\\\"".into(),
                '\\' => "\\\\".into(),
                control if control < ' ' => format!("\\u{:04x}", u32::from(control)),
                letter => letter.to_string(),
            });
            format!("\"{}\"", escaped.collect::<String>())
        }
        Value::Number(number) => number.as_i64().expect("a whole number").to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Null => "null".into(),
    }
}

/// One row.
pub type Row = BTreeMap<String, String>;

/// The rows of a file, by the names of their columns.
pub fn rows(csv: &[u8]) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(csv);
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn totals(rows: &[Row]) -> BTreeMap<String, usize> {
    let mut totals = BTreeMap::new();
    for row in rows {
        *totals.entry(row["state"].clone()).or_default() += 1;
    }
    totals
}

/// The small company eight days later: done, overdue, open, on leave, withdrawn, left. It is served.
pub async fn eight_days_later() -> Avow {
    let mut avow = Avow::serving().await;
    attest(&avow, "003").await;
    avow.stop();
    let header = "hr_id,given_name,family_name,kind,start,end,manager,department,country,language,zone\n";
    let changed = "006,Ute,Frank,employee,2020-02-01,2026-03-01,001,IT,DE,en,Europe/Berlin\n002,Omar,Aziz,board,2019-04-01,,001,Engineering,DE,en,Europe/Berlin\n";
    avow.avow(&["people", "import", &avow.file("changed.csv", &format!("{header}{changed}"))]);
    avow.avow(&[
        "people",
        "import",
        &avow.file("leaves.csv", "hr_id,first_day,last_day,code\n007,2026-03-02,2026-06-30,parental\n"),
        "--leaves",
    ]);
    avow.at("2026-03-10T09:00:00Z");
    avow.avow(&["programme", "evaluate"]);
    avow.serve();
    avow
}

#[tokio::test]
async fn the_numbers_of_the_overview_add_up_to_the_assignments() {
    let avow = eight_days_later().await;
    let compliance = avow.signed_in("004").await;
    let overview = compliance.get("/reports").await;
    let mut sums: BTreeMap<String, usize> = BTreeMap::new();
    let mut states = Vec::new();
    for link in overview.body.split("href=\"/reports/completion?requirement=").skip(1).filter(|link| link.contains("&amp;state=")) {
        let (query, rest) = link.split_once("\">").expect("a link");
        let Some((requirement, state)) = query.split_once("&amp;state=") else { continue };
        let count: usize = rest.split('<').next().and_then(|count| count.parse().ok()).expect("a number");
        let list = compliance.get(&format!("/reports/completion?requirement={requirement}&state={state}")).await;
        assert!(list.says(&format!("<caption>{count} assignment")), "{query}: {}", list.body);
        *sums.entry(requirement.to_owned()).or_default() += count;
        states.push(state.to_owned());
    }
    let stored = avow
        .sql()
        .await
        .query("select slug, count(*) from assignments a join requirements r on r.id = requirement_id group by slug", &[])
        .await
        .expect("counts");
    let stored: BTreeMap<String, usize> =
        stored.iter().map(|row| (row.get(0), usize::try_from(row.get::<_, i64>(1)).expect("few"))).collect();
    assert_eq!(sums, stored);
    for state in ["complete_on_time", "overdue", "open", "paused", "withdrawn", "left_before_due"] {
        assert!(states.iter().any(|found| found == state), "{state} is missing in {states:?}");
    }
    // Of eight who owe the policy one left, one is away, one is of another kind now; one of the other five has attested.
    assert!(overview.says("1 of 5 done (20.0 %)"), "{}", overview.body);
    let cells: Vec<&str> =
        overview.body.split("class=\"num\" data-label=\"Assigned\">").skip(1).filter_map(|cell| cell.split('<').next()).collect();
    assert_eq!(
        cells.iter().map(|cell| cell.parse::<usize>().expect("a number")).sum::<usize>(),
        stored.values().sum::<usize>(),
        "by department"
    );
}

#[tokio::test]
async fn page_csv_manifest_and_archive_agree() {
    let avow = eight_days_later().await;
    let compliance = avow.signed_in("004").await;
    for query in ["", "requirement=desk-policy", "state=overdue", "state=done&kind=employee", "department=Engineering"] {
        let page = compliance.get(&format!("/reports/completion?{query}")).await;
        // The page's own links name the instant it shows.
        let link = page
            .body
            .split("href=\"/reports/completion.zip?")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("a link")
            .replace("&amp;", "&")
            .replace("&#x3D;", "=");
        let csv = compliance.download(&format!("/reports/completion.csv?{link}")).await;
        let rows = rows(&csv);
        assert!(page.says(&format!("<caption>{} assignment", rows.len())), "{query}: {}", page.body);
        let manifest = compliance.download(&format!("/reports/completion.manifest.json?{link}")).await;
        let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
        let part_a = &manifest["part_a"];
        assert_eq!(manifest["part_b"]["part_a_sha256"], sha256(canonical(part_a).as_bytes()), "{query}");
        assert_eq!((&part_a["rows"], &part_a["files"][0]["rows"]), (&rows.len().into(), &rows.len().into()));
        assert_eq!(
            (part_a["files"][0]["sha256"].as_str(), part_a["files"][0]["bytes"].as_u64()),
            (Some(sha256(&csv).as_str()), Some(csv.len() as u64))
        );
        let control: BTreeMap<String, usize> = serde_json::from_value(part_a["control_totals"].clone()).expect("numbers");
        assert_eq!(control.len(), 10, "every state is named");
        assert_eq!(control.into_iter().filter(|(_, count)| *count > 0).collect::<BTreeMap<_, _>>(), totals(&rows), "{query}");
        for (state, count) in totals(&rows) {
            assert!(page.body.contains(&format!("<li><b>{count}</b>")), "{state}: {count}");
        }
        assert_eq!(part_a["left_out"][0]["rows"].as_u64().expect("a number") + rows.len() as u64, 16, "{query}");
        assert_eq!(manifest["part_b"]["generated_by"], "004");
        let archive = compliance.download(&format!("/reports/completion.zip?{link}")).await;
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).expect("an archive");
        assert_eq!(archive.len(), 2);
        let name = part_a["files"][0]["name"].as_str().expect("a name");
        let mut packed = Vec::new();
        archive.by_name(name).expect("the CSV").read_to_end(&mut packed).expect("reads");
        assert_eq!(packed, csv);
        let mut packed = Vec::new();
        archive.by_name(&name.replace(".csv", ".manifest.json")).expect("the manifest").read_to_end(&mut packed).expect("reads");
        assert_eq!(serde_json::from_slice::<Value>(&packed).expect("JSON"), manifest);
    }
}

#[tokio::test]
async fn the_same_address_gives_the_same_bytes_later_and_on_the_command_line() {
    let mut avow = eight_days_later().await;
    let query = "as_of=2026-03-10T09:00:00.000000Z&requirement=desk-policy";
    let before = avow.signed_in("004").await.download(&format!("/reports/completion.csv?{query}")).await;
    avow.at("2026-03-10T10:00:00Z");
    attest(&avow, "005").await;
    avow.stop();
    avow.at("2026-03-12T09:00:00Z");
    let joiner = "hr_id,given_name,family_name,kind,start\n400,Jo,New,employee,2026-03-11\n";
    avow.avow(&["people", "import", &avow.file("joiner.csv", joiner)]);
    avow.avow(&["programme", "evaluate"]);
    avow.serve();
    let auditor = avow.signed_in("004").await;
    assert_eq!(auditor.download(&format!("/reports/completion.csv?{query}")).await, before);
    let now = auditor.download("/reports/completion.csv?requirement=desk-policy").await;
    assert_eq!((rows(&now).len(), rows(&before).len()), (9, 8));
    assert_eq!(totals(&rows(&now))["complete_late"], 1);
    let manifest: Value =
        serde_json::from_slice(&auditor.download(&format!("/reports/completion.manifest.json?{query}")).await).expect("JSON");
    let folder = avow.folder.path().join("out");
    let out = folder.to_str().expect("UTF-8");
    avow.avow(&["report", "completion", "--as-of", "2026-03-10T09:00:00Z", "--requirement", "desk-policy", "--out", out]);
    let name = manifest["part_a"]["files"][0]["name"].as_str().expect("a name").strip_suffix(".csv").expect("of a CSV file");
    assert!(name.starts_with("completion-2026-03-10T090000Z-desk-policy-"), "{name}");
    assert_eq!(std::fs::read(folder.join(format!("{name}.csv"))).expect("a file"), before);
    let written: Value =
        serde_json::from_slice(&std::fs::read(folder.join(format!("{name}.manifest.json"))).expect("a file")).expect("JSON");
    assert_eq!(written["part_a"], manifest["part_a"], "part A does not depend on who asks");
    assert_eq!(written["part_b"]["part_a_sha256"], manifest["part_b"]["part_a_sha256"]);
    avow.refused(&["report", "completion", "--as-of", "2027-01-01T00:00:00Z", "--out", out]);
    avow.refused(&["report", "completion", "--as-of=-200000-01-01T00:00:00Z", "--out", out]);
}

#[tokio::test]
async fn filters_take_exactly_the_rows_that_fit() {
    let avow = eight_days_later().await;
    let hr = avow.signed_in("005").await;
    let all = rows(&hr.download("/reports/completion.csv").await);
    assert_eq!(all.len(), 16);
    let complete = |row: &Row| row["state"].starts_with("complete");
    let owed = |row: &Row| ["overdue", "due_soon", "open"].contains(&row["state"].as_str());
    type Fits<'a> = &'a dyn Fn(&Row) -> bool;
    let cases: [(&str, Fits<'_>); 6] = [
        ("requirement=mail-course", &|row| row["requirement"] == "mail-course"),
        ("state=done", &complete),
        ("state=owed", &owed),
        ("state=paused&requirement=desk-policy", &|row| row["state"] == "paused" && row["requirement"] == "desk-policy"),
        ("department=Engineering&kind=contractor", &|row| row["department"] == "Engineering" && row["kind"] == "contractor"),
        ("kind=%27%3B%20drop%20table%20persons%00", &|_| false),
    ];
    for (query, fits) in cases {
        let found = rows(&hr.download(&format!("/reports/completion.csv?{query}")).await);
        assert_eq!(found, all.iter().filter(|row| fits(row)).cloned().collect::<Vec<_>>(), "{query}");
        assert_eq!(hr.get(&format!("/reports/completion?{query}")).await.status, 200);
    }
    assert_eq!(hr.get("/reports/completion.csv?state=nonsense").await.status, 400, "there is no such state");
}

#[tokio::test]
async fn no_cell_of_the_file_is_a_formula() {
    let mut avow = Avow::company().await;
    let names = ["=HYPERLINK(\"http://x.example\",\"y\")", "+1", "-1+2", "@SUM(A1)", "＝1", "a,b\"c"];
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let people: String = names
        .iter()
        .enumerate()
        .map(|(place, name)| format!("-{place},{},,employee,2026-02-02,{}\n", quoted(name), quoted(name)))
        .collect();
    avow.avow(&["people", "import", &avow.file("people.csv", &format!("hr_id,given_name,family_name,kind,start,department\n{people}"))]);
    avow.avow(&["programme", "evaluate"]);
    avow.serve();
    let rows = rows(&avow.signed_in("004").await.download("/reports/completion.csv?requirement=desk-policy").await);
    for cell in rows.iter().flat_map(BTreeMap::values) {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']), "{cell}");
    }
    for (place, name) in names.iter().enumerate() {
        let row = rows.iter().find(|row| row["hr_id"] == format!("'-{place}")).expect("is there");
        assert_eq!((row["name"].trim_start_matches('\''), row["department"].trim_start_matches('\'')), (*name, *name));
    }
}
