//! What first answers and the survey say of a course, and what is kept back because too few have spoken.

use crate::support::Answer;
use crate::support::Avow;
use crate::support::answers;
use crate::support::begin;
use crate::support::crowd;
use crate::support::lessons;
use crate::support::pairs;
use crate::support::pass;
use crate::support::source;
use serde_json::Value;
use serde_json::json;

const PAGE: &str = "/library/courses/safe-mail/questions";

/// Somebody who answers these questions of the quiz, and no check.
fn taker(quiz: Value) -> Value {
    json!({ "quiz": [quiz], "checks": [] })
}

/// The rows of the CSV file with that kind and question: the cells from `choice` on.
async fn rows(avow: &Avow, kind: &str, question: &str) -> Vec<Vec<String>> {
    let file = avow.signed_in("004").await.download(&format!("{PAGE}.csv")).await;
    let mut reader = csv::Reader::from_reader(file.as_slice());
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>());
    rows.filter(|row| row[2] == kind && row[4] == question).map(|row| row[5..].to_vec()).collect()
}

/// A statement of the program, with its values.
fn statement(name: &str, version: &str, key: &Value) -> String {
    let text = source::read("src/reports/quality/queries.rs").expect("the statements");
    let of = |name: &str| {
        let start = format!("const {name}: &str = \"");
        text.split(&start).nth(1).and_then(|rest| rest.split("\";").next()).expect(name).to_owned()
    };
    format!("{} {}", of(name), of("COUNTED")).replace("$1", &format!("'{version}'")).replace("$2", &format!("'{key}'::jsonb"))
}

#[tokio::test]
async fn twenty_nine_answers_show_nothing_and_thirty_show_numbers() {
    let avow = Avow::serving().await;
    let version: String = avow.one("select id::text from content_versions where slug = 'safe-mail'").await;
    let of_quiz = statement("OF_QUIZ", &version, &json!({ "sender": [0], "typed": [0], "keep": [0] }));
    let of_checks = statement("OF_CHECKS", &version, &json!({ "parcel": [1] }));
    let person = |right: bool| {
        json!({
            "quiz": [{ "sender": [usize::from(!right)], "typed": [0] }],
            "checks": [["parcel", [usize::from(right)], right]],
        })
    };
    crowd(&avow, &(0..29).map(|number| person(number % 3 > 0)).collect::<Vec<_>>()).await;
    let client = avow.sql().await;
    for sql in [&of_quiz, &of_checks] {
        assert_eq!(client.query(sql, &[]).await.expect("rows").len(), 0, "nothing leaves the database");
    }
    let compliance = avow.signed_in("004").await;
    let page = compliance.get(PAGE).await;
    assert!(page.says("fewer than 30 answers") && page.says("0 with 30 answers or more"), "{}", page.body);
    assert!(!page.body.contains("<svg class=\"chart\"") && !page.says(" %</td>"), "{}", page.body);
    assert_eq!(rows(&avow, "quiz", "sender").await, [["", "", "<30", "", "", "", "", "", "", ""]]);

    crowd(&avow, &[person(true)]).await;
    let asked: Vec<String> = client.query(&of_quiz, &[]).await.expect("rows").iter().map(|row| row.get(0)).collect();
    assert_eq!((asked.len(), client.query(&of_checks, &[]).await.expect("rows").len()), (2, 1), "{asked:?}: nobody was asked the third");
    let page = compliance.get(PAGE).await;
    assert!(page.says("66.7 %") && page.says("48.8 – 80.8 %") && page.says("30 first answers"), "{}", page.body);
    assert!(page.body.matches("<svg class=\"chart\"").count() == 3 && page.says("fewer than 30 answers"), "{}", page.body);
    assert_eq!(
        rows(&avow, "quiz", "sender").await,
        [
            ["", "", "30", "20", "0.6667", "0.4878", "0.8077", "", "", ""],
            ["A", "true", "30", "20", "0.6667", "", "", "", "", ""],
            ["B", "false", "30", "10", "0.3333", "", "", "", "", ""],
        ]
    );
    assert_eq!(rows(&avow, "check", "parcel").await[0][..4], ["", "", "30", "20"]);
    assert!(!page.says("reduced"), "knowledge is not risk");
}

#[tokio::test]
async fn only_the_first_answer_of_a_run_counts() {
    let avow = Avow::serving().await;
    let stubborn = json!({
        "quiz": [{ "sender": [1], "haste": [0] }, { "sender": [0], "haste": [0, 1] }, { "sender": [0], "haste": [0, 1] }],
        "checks": [["parcel", [0], false], ["parcel", [1], true], ["parcel", [1], true]],
    });
    crowd(&avow, &vec![stubborn; 30]).await;
    assert_eq!(rows(&avow, "quiz", "sender").await[0][2..5], ["30", "0", "0.0000"]);
    assert_eq!(rows(&avow, "check", "parcel").await[0][2..5], ["30", "0", "0.0000"]);
    let haste = rows(&avow, "quiz", "haste").await;
    assert_eq!(haste[0][2..5], ["30", "0", "0.0000"], "half of what is right is not right");
    assert_eq!(haste.iter().skip(1).map(|row| row[3].as_str()).collect::<Vec<_>>(), ["30", "0", "0"]);
}

#[tokio::test]
async fn questions_that_do_not_work_are_marked_and_come_first() {
    let avow = Avow::serving().await;
    let people = (0..60).map(|number| {
        let able = number % 2 == 0;
        let place = |right: bool| vec![usize::from(!right)];
        taker(json!({
            "sender": place(true),
            "target": [usize::from(able)],
            "help": place(able),
            "typed": place(number % 3 == 0),
            "keep": place(!able),
            "haste": if able { vec![0, 1] } else { vec![0] },
        }))
    });
    crowd(&avow, &people.collect::<Vec<_>>()).await;
    let flags = async |question: &str| rows(&avow, "quiz", question).await[0][9].clone();
    assert_eq!(flags("sender").await, "easy dead");
    assert_eq!(flags("typed").await, "hard weak", "a third is right; the one wrong answer is chosen by the others");
    assert!(flags("keep").await.starts_with("suspect"));
    assert_eq!(flags("haste").await, "dead", "nobody chose the third answer");
    assert_eq!((flags("help").await, flags("target").await), (String::new(), String::new()));
    let page = avow.signed_in("004").await.get(PAGE).await;
    for words in
        ["suspect key", "unclear or wrong key", "teaches nothing", "dead answer: B", "−0.", "those who know the rest have it wrong"]
    {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    let place = |id: &str| page.body.find(&format!("<code>{id}</code>")).unwrap_or_else(|| panic!("no {id}"));
    assert!(
        place("typed") < place("help") && place("keep") < place("help") && place("help") < place("parcel"),
        "what is not known comes last"
    );
    let file = avow.signed_in("004").await.download(&format!("{PAGE}.csv")).await;
    assert!(String::from_utf8_lossy(&file).contains(",'-0."), "no cell starts with what starts a formula");
}

#[tokio::test]
async fn a_scenario_counts_by_its_first_ending() {
    let mut avow = Avow::company().await;
    avow.edit("courses/safe-mail/course.toml", |text| text.replace("version = 1", "version = 2"));
    let scene = "\n## A caller asks {#caller .scenario}\n\nThe phone rings.\n\n- [Give the code](#gave)\n- [Wait](#caller-waits)\n\n\
        ### You wait {#caller-waits .step}\n\nThey ask again.\n\n- [Hang up](#hung-up)\n- [Give the code](#gave)\n\n\
        ### They have it {#gave .step}\n\nThe code is gone.\n\n### Well done {#hung-up .step .good}\n\nThe code is safe.\n";
    for language in ["en", "vi"] {
        avow.edit(&format!("courses/safe-mail/{language}/02-attachments.md"), |text| format!("{text}{scene}"));
    }
    let said = avow.avow(&["content", "publish"]);
    assert!(said.contains("published course/safe-mail version 2"), "{said}");
    avow.serve();
    // Whoever has walked to the poor end walks to the good one afterwards; somebody stops on the way.
    let late = json!({ "quiz": [], "checks": [["caller", [1], false], ["caller", [1, 1], false], ["caller", [1], false], ["caller", [1, 0], true]] });
    let well = json!({ "quiz": [], "checks": [["caller", [1], false], ["caller", [1, 0], true], ["caller", [0], false]] });
    let stopped = json!({ "quiz": [], "checks": [["caller", [1], false]] });
    crowd(&avow, &[vec![late.clone(); 19], vec![well.clone(); 10], vec![stopped; 5]].concat()).await;
    assert_eq!(rows(&avow, "scenario", "caller").await[0][2], "<30", "29 have come to an end");
    crowd(&avow, &[late]).await;
    assert_eq!(rows(&avow, "scenario", "caller").await[0][2..5], ["30", "10", "0.3333"]);
    let page = avow.signed_in("004").await.get(PAGE).await;
    assert!(page.says("A caller asks") && page.says("10 (33.3 %)"), "{}", page.body);
}

#[tokio::test]
async fn each_version_has_numbers_of_its_own_and_a_review() {
    let avow = Avow::serving().await;
    crowd(&avow, &vec![taker(json!({ "sender": [0] })); 30]).await;
    avow.edit("courses/safe-mail/course.toml", |text| text.replace("version = 1", "version = 2"));
    avow.edit("courses/safe-mail/en/01-links.md", |text| text.replace("Hover over", "Look twice at"));
    avow.avow(&["content", "publish"]);
    let compliance = avow.signed_in("004").await;
    let newest = compliance.get(PAGE).await;
    assert!(newest.says("version 2") && newest.says("0 with 30 answers or more"), "{}", newest.body);
    assert!(newest.says("Not reviewed yet") && newest.says("Sunday 31 January 2027") && !newest.says("Overdue"), "{}", newest.body);
    assert!(compliance.get(&format!("{PAGE}?version=1")).await.says("one with 30 answers or more"));
    for (path, status) in [
        ("safe-mail/questions?version=3", 404),
        ("safe-mail/questions?version=x", 404),
        ("safe-mail/questions.csv?version=-1", 404),
        ("nothing/questions", 404),
        ("clear-desk/questions", 404),
        ("%00/questions.csv", 404),
    ] {
        assert_eq!(compliance.get(&format!("/library/courses/{path}")).await.status, status, "{path}");
    }
    let review = "insert into content_reviews
        select gen_random_uuid(), v.id, 'change', 'Voice cloning', '', '2026-02-28', p.id, '2026-02-01T09:00:00Z'
        from content_versions v, persons p where v.slug = 'safe-mail' and v.version = 2 and p.hr_id = '004'";
    avow.sql().await.batch_execute(review).await.expect("a review");
    let page = compliance.get(PAGE).await;
    for words in ["Sunday 1 February 2026, version 2", "A new version is needed", "Voice cloning", "Saturday 28 February 2026", "Overdue"] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
}

/// All answers that were counted, as `question answer count`.
async fn counted(avow: &Avow) -> Vec<String> {
    let sql = "select question || ' ' || answer || ' ' || count from survey_counts order by 1";
    avow.sql().await.query(sql, &[]).await.expect("counts").iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn whoever_passed_says_what_they_think_once_and_nobody_can_tell_who_said_what() {
    let avow = Avow::serving().await;
    let course = format!("/courses/{}", avow.assignment("003", "mail-course").await);
    let survey = format!("{course}/survey");
    let lena = avow.signed_in("003").await;
    assert_eq!(lena.get(&survey).await.status, 409, "the course comes first");
    assert!(!lena.get(&course).await.body.contains(&survey));
    lessons(&lena, &course).await;
    let (paper, page) = begin(&lena, &course).await;
    let given = answers(&page, &[]);
    let result = lena.send(&page, &paper, &[&[("action", "submit")], &pairs(&given)[..]].concat()).await;
    let result = lena.follow(&result).await;
    let certificate = result.body.split("href=\"").find(|rest| rest.starts_with("/certificates/")).and_then(|rest| rest.split('"').next());
    let certificate = lena.get(certificate.expect("a certificate")).await;
    for page in [&result, &certificate, &lena.get(&course).await] {
        assert!(page.says("Was this course useful for your work?") && page.says("1 not at all") && page.says("anonymous"), "{}", page.body);
    }
    let empty = lena.send(&result, &survey, &[]).await;
    assert!(empty.status == 422 && empty.says("Choose an answer to at least one question."), "{}", empty.body);
    for wrong in [[("useful", "0")], [("useful", "6")], [("clear", "x")], [("nice", "1")]] {
        assert_eq!(lena.send(&result, &survey, &wrong).await.status, 400, "{wrong:?}");
    }
    assert_eq!(counted(&avow).await, Vec::<String>::new());
    let sent = lena.send(&result, &survey, &[("useful", "5")]).await;
    assert!(lena.follow(&sent).await.says("Thank you."), "one answer is enough");
    let again = lena.send(&result, &survey, &[("useful", "1"), ("clear", "1")]).await;
    assert!(lena.follow(&again).await.says("Thank you.") && lena.get(&course).await.says("Thank you."));
    assert_eq!(counted(&avow).await, ["useful 5 1"]);

    pass(&avow, "002").await;
    let omar = avow.signed_in("002").await;
    let theirs = format!("/courses/{}/survey", avow.assignment("002", "mail-course").await);
    let page = omar.get(&theirs).await;
    assert_eq!(lena.get(&theirs).await.status, 404, "nobody else's");
    let form = Some(format!("csrf={}&useful=1", lena.get("/").await.field("csrf")));
    assert_eq!(lena.ask(reqwest::Method::POST, &theirs, &[("sec-fetch-site", "same-origin")], form).await.status, 404);
    omar.send(&page, &theirs, &[("useful", "2"), ("clear", "4")]).await;
    assert_eq!(counted(&avow).await, ["clear 4 1", "useful 2 1", "useful 5 1"]);

    // Neither what is kept, nor which transaction wrote it last, leads from an answer to a person.
    let columns: String = avow
        .one(
            "select string_agg(table_name || '.' || column_name, ' ' order by table_name, ordinal_position) from information_schema.columns
            where table_name in ('survey_counts', 'surveyed_assignments')",
        )
        .await;
    assert_eq!(
        columns,
        "survey_counts.version_id survey_counts.question survey_counts.answer survey_counts.count surveyed_assignments.assignment_id"
    );
    assert_eq!(avow.one::<i64>("select count(*) from surveyed_assignments").await, 2);
    assert_eq!(avow.one::<i64>("select count(distinct xmin::text) from survey_counts").await, 1);
}

#[tokio::test]
async fn four_voices_are_not_shown_and_five_are() {
    let avow = Avow::serving().await;
    let count = async |question: &str, answer: i64, count: i64| {
        let sql = format!(
            "insert into survey_counts select id, '{question}', {answer}, {count} from content_versions where slug = 'safe-mail'
            on conflict (version_id, question, answer) do update set count = excluded.count"
        );
        avow.sql().await.batch_execute(&sql).await.expect("counts");
    };
    count("useful", 5, 3).await;
    count("useful", 1, 1).await;
    count("clear", 4, 5).await;
    let compliance = avow.signed_in("004").await;
    let shown = |page: &Answer| page.body.matches("<svg class=\"chart\"").count();
    let page = compliance.get(PAGE).await;
    assert!(shown(&page) == 1 && page.says("fewer than 5 answers") && page.says("Mean 4.0 of 5, from 5 answers"), "{}", page.body);
    assert_eq!(rows(&avow, "survey", "useful").await, [["", "", "<5", "", "", "", "", "", "", ""]]);
    count("useful", 1, 2).await;
    let page = compliance.get(PAGE).await;
    assert!(shown(&page) == 2 && page.says("Mean 3.4 of 5, from 5 answers") && page.says("40.0 %"), "{}", page.body);
    let useful = rows(&avow, "survey", "useful").await;
    assert_eq!((useful[0][2].as_str(), useful[0][8].as_str()), ("5", "3.4000"));
    assert_eq!(useful.iter().skip(1).map(|row| row[3].as_str()).collect::<Vec<_>>(), ["2", "0", "0", "0", "3"]);
}

#[tokio::test]
async fn the_numbers_of_the_questions_are_for_those_who_see_the_library() {
    let avow = Avow::serving().await;
    avow.avow(&["access", "grant", "author", "007"]);
    for (hr_id, status) in [("004", 200), ("007", 200), ("003", 404), ("002", 404), ("005", 404), ("006", 404)] {
        let visitor = avow.signed_in(hr_id).await;
        for page in [PAGE.to_owned(), format!("{PAGE}.csv")] {
            assert_eq!(visitor.get(&page).await.status, status, "{hr_id} {page}");
        }
    }
}
