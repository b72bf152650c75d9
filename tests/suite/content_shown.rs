//! What learners see of content: scenarios, pictures, links between texts, languages that are not whole.

use crate::support::Avow;
use crate::support::Visitor;
use crate::support::lessons;
use reqwest::Method;

const SCENARIO: &str = "\n## The caller {#caller .scenario}\n\nThe phone rings. \"IT here, your code please.\"\n\n- [Give the **code**](#gave)\n- [Hang up](#hung-up)\n\n\
    ### You gave it {#gave .step}\n\nThe caller is in.\n\n- [Report it](#hung-up)\n- [Wait](#waited)\n\n### Nothing happens {#waited .step}\n\nNot yet.\n\n\
    ### Well done {#hung-up .step .good}\n\nThe service desk has no ticket.\n\n## After the scene\n\nGo on.\n";

/// The company, whose course has a scenario in both languages from version 2 on.
async fn with_scenario() -> Avow {
    let mut avow = Avow::company().await;
    for language in ["en", "vi"] {
        avow.edit(&format!("courses/safe-mail/{language}/02-attachments.md"), |text| format!("{text}{SCENARIO}"));
    }
    avow.edit("courses/safe-mail/course.toml", |text| text.replacen("version = 1", "version = 2", 1));
    avow.avow(&["content", "publish"]);
    avow.serve();
    avow
}

#[tokio::test]
async fn a_scenario_is_walked_to_an_end_before_its_lesson_is_done() {
    let avow = with_scenario().await;
    let lena = avow.signed_in("003").await;
    let course = format!("/courses/{}", avow.assignment("003", "mail-course").await);
    lessons(&lena, &course).await;
    let lesson = format!("{course}/lessons/02-attachments");
    let page = lena.get(&lesson).await;
    assert!(page.body.contains("Give the <strong>code</strong>"), "{}", page.body);
    assert!(!page.says("The caller is in.") && !page.says("no ticket"), "what comes later is not told before");
    let early = lena.send(&page, &format!("{lesson}/finish"), &[]).await;
    assert!(early.status == 422 && early.says("Choose what you would do, until the scene ends."), "{}", early.body);
    let check = format!("{lesson}/checks/caller");
    assert_eq!(lena.send(&page, &check, &[("choice", "7")]).await.status, 422, "no such choice");
    assert_eq!(lena.send(&page, &check, &[("choice", "0")]).await.status, 303);
    let page = lena.get(&lesson).await;
    assert!(page.says("You chose:") && page.says("The caller is in.") && page.says("Report it"), "{}", page.body);
    assert_eq!(lena.send(&page, &format!("{lesson}/finish"), &[]).await.status, 422, "the scene has not ended");
    assert_eq!(lena.send(&page, &check, &[("choice", "1")]).await.status, 303);
    let page = lena.get(&lesson).await;
    assert!(page.says("Not yet.") && page.says("This could have ended better."), "{}", page.body);
    assert_eq!(lena.send(&page, &check, &[("choice", "1")]).await.status, 303, "another way from the start");
    let page = lena.get(&lesson).await;
    assert!(page.says("A good ending.") && !page.says("The caller is in."), "{}", page.body);
    assert_eq!(lena.send(&page, &format!("{lesson}/finish"), &[]).await.status, 303);
    let walked = "select string_agg(choices::text || is_right::text, ' ' order by position) from check_answers where question = 'caller'";
    assert_eq!(avow.one::<String>(walked).await, "[0]false [0, 1]false [1]true");
}

/// A picture of one dot.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\xdac\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

#[tokio::test]
async fn pictures_and_videos_are_kept_with_their_version_and_served_by_their_contents() {
    let mut avow = Avow::company().await;
    let assets = avow.folder.path().join("content/courses/safe-mail/assets");
    std::fs::create_dir(&assets).expect("a folder");
    std::fs::write(assets.join("button.png"), PNG).expect("a file");
    std::fs::write(assets.join("clip.mp4"), b"\0\0\0\x18ftypisom0123456789").expect("a file");
    for language in ["en", "vi"] {
        std::fs::write(assets.join(format!("clip.{language}.vtt")), format!("WEBVTT\n\n00:00.000 --> 00:01.000\n{language}\n"))
            .expect("a file");
        avow.edit(&format!("courses/safe-mail/{language}/01-links.md"), |text| {
            format!("{text}\n![The report \"button\"](../assets/button.png)\n\n![A clip](../assets/clip.mp4)\n\nSee [the desk](../../../policies/clear-desk/{language}.md#rules) and [attachments](02-attachments.md).\n")
        });
    }
    avow.edit("courses/safe-mail/course.toml", |text| text.replacen("version = 1", "version = 2", 1));
    avow.serve();
    let unpublished = avow.signed_in("004").await.get("/library/courses/safe-mail/changes").await;
    let picture = unpublished.body.split("<img src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a picture").to_owned();
    assert_eq!(avow.signed_in("004").await.download(&picture).await, PNG, "reviewers see what they approve");
    assert_eq!(avow.signed_in("003").await.get(&picture).await.status, 404, "others do not");
    avow.kill();
    avow.avow(&["content", "publish"]);
    // What the folder holds later is another matter.
    std::fs::remove_file(assets.join("button.png")).expect("was there");
    avow.serve();
    let lena = avow.signed_in("003").await;
    let course = format!("/courses/{}", avow.assignment("003", "mail-course").await);
    let page = lena.get(&course).await;
    lena.send(&page, &format!("{course}/start"), &[]).await;
    let page = lena.get(&format!("{course}/lessons/01-links")).await;
    let picture = page.body.split("<img src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a picture").to_owned();
    assert!(page.body.contains("alt=\"The report &quot;button&quot;\""), "{}", page.body);
    assert_eq!(lena.download(&picture).await, PNG);
    let video = page.body.split("<video src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a video").to_owned();
    assert!(page.body.contains("<track kind=\"captions\" src=\"/content/") && page.body.contains("/clip.en.vtt\""), "{}", page.body);
    let part = lena.ask(Method::GET, &video, &[("range", "bytes=4-7")], None).await;
    assert_eq!((part.status, part.body.as_str(), part.header("content-range")), (206, "ftyp", Some("bytes 4-7/22")));
    assert_eq!(lena.ask(Method::GET, &video, &[("range", "bytes=99-")], None).await.status, 416);
    assert!(part.header("cache-control").is_some_and(|caching| caching.starts_with("private") && caching.contains("immutable")));
    assert_eq!(avow.visitor().get(&picture).await.status, 303, "strangers sign in first");
    assert_eq!(lena.get(&picture.replace(&picture[9..12], "000")).await.status, 404);
    // Links between texts lead to their pages.
    assert!(page.body.contains("href=\"/policies/clear-desk#s-rules\""), "{}", page.body);
    let link = page.body.split("href=\"/go/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link").to_owned();
    assert_eq!(lena.get(&format!("/go/{link}")).await.location(), format!("{course}/lessons/02-attachments"));
    assert_eq!(lena.get("/go/courses/nothing/01-links").await.status, 404);
    let kept: i64 = avow.one("select count(*) from content_version_assets where file like '%/assets/%'").await;
    assert_eq!(kept, 4);
}

async fn in_vietnamese(avow: &Avow) -> Visitor {
    avow.signed_in("C-1").await
}

#[tokio::test]
async fn a_course_that_is_not_translated_whole_is_shown_in_the_default_language_with_a_note_and_recorded_so() {
    let mut avow = Avow::company().await;
    std::fs::remove_file(avow.folder.path().join("content/courses/safe-mail/vi/02-attachments.md")).expect("was there");
    avow.edit("courses/safe-mail/course.toml", |text| text.replacen("version = 1", "version = 2", 1));
    let said = avow.avow(&["content", "check"]);
    assert!(said.contains("warning[translation-missing]") && said.contains("courses/safe-mail/vi/02-attachments.md"), "{said}");
    avow.avow(&["content", "publish"]);
    avow.serve();
    let mai = in_vietnamese(&avow).await;
    let course = format!("/courses/{}", avow.assignment("C-1", "mail-course").await);
    let page = mai.get(&course).await;
    assert!(page.says("Chưa có bản dịch: hiển thị bằng") && page.says("Safe mail"), "{}", page.body);
    lessons(&mai, &course).await;
    let lesson = mai.get(&format!("{course}/lessons/01-links")).await;
    assert!(lesson.says("Chưa có bản dịch") && lesson.body.contains("lang=\"en\"") && lesson.says("Look first"), "{}", lesson.body);
    let shown = "select string_agg(distinct language, ' ') from finished_lessons";
    assert_eq!(avow.one::<String>(shown).await, "en", "what was shown is what is recorded");
    let policy = mai.get("/policies/clear-desk").await;
    assert!(!policy.says("Chưa có bản dịch") && policy.says("Bàn làm việc gọn gàng"), "the policy is whole");
}

#[tokio::test]
async fn a_course_without_a_quiz_is_done_when_its_lessons_are() {
    let mut avow = Avow::company().await;
    for language in ["en", "vi"] {
        std::fs::remove_file(avow.folder.path().join(format!("content/courses/safe-mail/{language}/quiz.md"))).expect("was there");
    }
    avow.edit("courses/safe-mail/course.toml", |text| text.replacen("version = 1", "version = 2", 1));
    assert!(avow.avow(&["content", "check"]).contains("warning[quiz-missing]"));
    avow.avow(&["content", "publish"]);
    avow.serve();
    let lena = avow.signed_in("003").await;
    let course = format!("/courses/{}", avow.assignment("003", "mail-course").await);
    assert!(!lena.get(&course).await.says("questions"), "no quiz is promised");
    lessons(&lena, &course).await;
    let page = lena.get(&course).await;
    assert!(page.body.contains("/certificates/") && !page.body.contains("/quiz\""), "{}", page.body);
    let certificate = page.body.split("href=\"/certificates/").nth(1).and_then(|rest| rest.split('"').next()).expect("a certificate");
    assert!(lena.get(&format!("/certificates/{certificate}")).await.says("Lena Brandt"));
    assert_eq!(avow.one::<String>("select evidence from completions").await, "lessons");
}
