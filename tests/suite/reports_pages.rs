//! Reports in the browser: instants that are none, many pages, who may see what.

use crate::reports::eight_days_later;
use crate::reports::rows;
use crate::support::Avow;
use crate::support::Visitor;

#[tokio::test]
async fn an_instant_that_is_none_or_lies_ahead_is_told_on_a_page() {
    let avow = Avow::serving().await;
    let compliance = avow.signed_in("004").await;
    for wrong in [
        "nonsense",
        "2026-02-30",
        "2026-03-03",
        "2026-03-02T09:00:01Z",
        "9999-12-31T23:59:59Z",
        "%2B262000-01-01T00:00:00Z",
        "-200000-01-01T00:00:00Z",
        "-4800-01-1",
        "0001-01-01",
        "2026-03-02T25:00:00Z",
        "%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9",
        "%00",
        "0",
    ] {
        for path in ["completion", "completion.csv", "completion.manifest.json", "completion.zip"] {
            let answer = compliance.get(&format!("/reports/{path}?as_of={wrong}")).await;
            assert_eq!(answer.status, 400, "{path} {wrong}: {}", answer.body);
            assert!(answer.body.contains("<h1"), "{path} {wrong}: {}", answer.body);
        }
    }
    for right in ["2026-03-02", "2026-03-01", "2026-03-02T09:00:00Z", "2026-03-02T10:00:00%2B01:00", "2026-03-02T10:00:00+01:00", ""] {
        assert_eq!(compliance.get(&format!("/reports/completion?as_of={right}")).await.status, 200, "{right}");
    }
    assert_eq!(rows(&compliance.download("/reports/completion.csv?as_of=2026-03-01").await).len(), 0, "nothing was assigned yet");
}

/// The cells of a column of the list.
fn column(page: &str, start: &str) -> Vec<String> {
    page.split(start).skip(1).filter_map(|rest| rest.split('<').next()).map(str::to_owned).collect()
}

#[tokio::test]
async fn pages_of_fifty_hold_every_row_once_in_the_order_of_the_file() {
    let mut avow = Avow::company().await;
    let crowd: String = (0..60).map(|number| format!("Z{number:02},Kim,Z{number},employee,2026-02-10\n")).collect();
    avow.avow(&["people", "import", &avow.file("crowd.csv", &format!("hr_id,given_name,family_name,kind,start\n{crowd}"))]);
    avow.avow(&["programme", "evaluate"]);
    avow.serve();
    let compliance = avow.signed_in("004").await;
    let all: Vec<String> =
        rows(&compliance.download("/reports/completion.csv?kind=employee").await).into_iter().map(|row| row["hr_id"].clone()).collect();
    assert_eq!(all.len(), 134);
    let (mut seen, mut address) = (Vec::new(), "/reports/completion?kind=employee".to_owned());
    for page in 1..=3 {
        let answer = compliance.get(&address).await;
        assert!(answer.says("134 assignments") && answer.says(&format!("Page {page} of 3")), "{}", answer.body);
        seen.extend(column(&answer.body, "<td data-label=\"HR id\">"));
        let next = answer.body.split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
        address = next.unwrap_or_default().replace("&amp;", "&").replace("&#x3D;", "=");
        assert_eq!(next.is_some(), page < 3);
    }
    assert_eq!(seen, all);
    for (page, shown) in [("999", 3), ("0", 1), ("-1", 1), ("x", 1), ("99999999999999999999999", 1)] {
        assert!(
            compliance.get(&format!("/reports/completion?kind=employee&page={page}")).await.says(&format!("Page {shown} of 3")),
            "{page}"
        );
    }
}

#[tokio::test]
async fn reports_are_for_compliance_hr_and_auditors_alone() {
    let avow = Avow::serving().await;
    avow.avow(&["access", "grant", "auditor", "007"]);
    let pages = [
        "/reports",
        "/reports/completion",
        "/reports/completion.csv",
        "/reports/completion.manifest.json",
        "/reports/completion.zip",
        "/programme",
    ];
    for (hr_id, status) in [("004", 200), ("005", 200), ("007", 200), ("003", 404), ("002", 404), ("006", 404), ("C-1", 404)] {
        let visitor: Visitor = avow.signed_in(hr_id).await;
        for page in pages {
            assert_eq!(visitor.get(page).await.status, status, "{hr_id} {page}");
        }
        assert_eq!(visitor.get("/").await.body.contains("href=\"/reports\""), status == 200, "{hr_id}");
    }
    for page in pages {
        assert_eq!(avow.visitor().get(page).await.status, 303, "{page}");
    }
}

#[tokio::test]
async fn a_manager_sees_the_whole_line_and_of_each_the_status_alone() {
    let avow = eight_days_later().await;
    let manager = avow.signed_in("002").await.get("/team").await;
    assert_eq!(column(&manager.body, "<th scope=\"row\">"), ["Karl Ohnepost", "Lena Brandt", "Trần Thị Mai"]);
    assert!(manager.says("3 people in your line, 1 with something overdue."), "{}", manager.body);
    for forbidden in ["Eva Alt", "Inês Costa", "/receipts/", "/certificates/", " %", "2026-03-02", "parental"] {
        assert!(!manager.says(forbidden), "{forbidden} is in {}", manager.body);
    }
    let top = avow.signed_in("001").await.get("/team").await;
    assert_eq!(column(&top.body, "<th scope=\"row\">").len(), 6, "managers of managers see everybody below: {}", top.body);
    assert_eq!(avow.signed_in("003").await.get("/team").await.status, 404);
    assert_eq!(avow.signed_in("004").await.get("/team").await.status, 404);
}

#[tokio::test]
async fn a_manager_narrows_the_team_to_those_who_owe_something() {
    let avow = Avow::serving().await;
    let omar = avow.signed_in("002").await;
    let names = async |omar: &Visitor, show: &str| column(&omar.get(&format!("/team?show={show}")).await.body, "<th scope=\"row\">");
    assert_eq!(names(&omar, "").await, ["Karl Ohnepost", "Lena Brandt", "Trần Thị Mai"]);
    assert_eq!(names(&omar, "overdue").await.len(), 0);
    let none = omar.get("/team?show=overdue").await;
    assert!(none.says("Nobody fits this filter") && none.says("Show all"), "{}", none.body);
    avow.at("2026-03-05T09:00:00Z");
    let omar = avow.signed_in("002").await;
    assert_eq!(names(&omar, "overdue").await, ["Karl Ohnepost", "Lena Brandt"]);
    assert_eq!(names(&omar, "owed").await.len(), 3);
    assert_eq!(names(&omar, "%00nonsense").await.len(), 3);
}
