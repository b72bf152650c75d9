//! A way through every page that somebody can reach, in one browser. It presses by address, not by words, so that it works in
//! every language.

use crate::support::Avow;
use crate::support::Browser;
use crate::support::crowd;
use crate::support::until;
use serde_json::json;
use std::collections::BTreeSet;

/// The right answers of the quiz, by question; all others are wrong.
const RIGHT: &str = "const right = { sender: [0], target: [1], haste: [0, 1], help: [0], typed: [0], keep: [0] };";

/// Goes through all pages; `look` is called on each with its name.
pub struct Tour<'a, F> {
    avow: &'a Avow,
    browser: &'a Browser,
    language: &'a str,
    look: F,
    seen: BTreeSet<String>,
}

impl<'a, F: AsyncFnMut(&str)> Tour<'a, F> {
    /// Goes through all pages in that language; the addresses where it has been.
    pub async fn go(avow: &'a Avow, browser: &'a Browser, language: &'a str, look: F) -> BTreeSet<String> {
        let mut tour = Self { avow, browser, language, look, seen: BTreeSet::new() };
        tour.signing_in().await;
        tour.course().await;
        tour.policy().await;
        tour.other_roles().await;
        tour.changes().await;
        tour.late().await;
        tour.questions().await;
        tour.seen
    }

    async fn see(&mut self, name: &str) {
        assert_eq!(self.browser.script("return document.documentElement.lang").await, self.language, "{name}");
        self.seen.insert(self.browser.path().await);
        (self.look)(name).await;
    }

    async fn open(&mut self, path: &str, name: &str) {
        self.browser.open(&format!("{}{path}", self.avow.url())).await;
        self.see(name).await;
    }

    /// Presses what leads to a page that has this.
    async fn press(&mut self, selector: &str, leads_to: &str, name: &str) {
        self.browser.press_at(selector).await;
        self.arrives(leads_to).await;
        self.see(name).await;
    }

    async fn arrives(&self, at: &str) {
        let there = format!("return document.readyState === 'complete' && !!document.querySelector({at:?})");
        until(&format!("there is {at}"), async || (self.browser.script(&there).await == true).then_some(())).await;
    }

    /// Changes to the language of the tour.
    async fn speak(&self) {
        if self.browser.script("return document.documentElement.lang").await != self.language {
            self.browser.press_at(".account summary").await;
            self.browser.press_at(&format!(".language [value={}]", self.language)).await;
            self.arrives(&format!("html[lang={}]", self.language)).await;
        }
    }

    async fn sign_in(&self, hr_id: &str) {
        self.browser.sign_in(self.avow, hr_id).await;
        self.speak().await;
    }

    async fn signing_in(&mut self) {
        self.browser.open(&format!("{}/sign-in", self.avow.url())).await;
        self.speak().await;
        self.see("sign-in").await;
        self.browser.find("#email").await.send_keys("nobody@nowhere").await.expect("can type");
        self.browser.script("document.querySelector('#email').form.noValidate = true; document.querySelector('#email').value = 'x'").await;
        self.press("main form button", ".error-summary", "sign-in wrong").await;
        self.browser.script("document.querySelector('#email').value = 'lena.brandt@halden.example'").await;
        self.press("main form button", "main:not(:has(form))", "sign-in sent").await;
        self.open("/sign-in/nonsense", "sign-in dead link").await;
        self.open("/nowhere", "not found, signed out").await;
        self.open("/style", "style").await;
        let link = self.avow.avow(&["access", "invite", "--role", "administrator"]);
        self.open(&format!("/invitations/{}", link.trim().rsplit('/').next().expect("a token")), "invitation").await;
        self.browser.script("document.querySelector('main form').noValidate = true").await;
        self.press("main form button", ".error-summary", "invitation wrong").await;
        self.open("/invitations/nonsense", "invitation dead").await;
        let link = self.avow.avow(&["access", "link", "003"]);
        let token = link.trim().rsplit('/').next().expect("a token").to_owned();
        self.open(&format!("/sign-in/{token}"), "sign-in link").await;
        self.browser.script("document.querySelector('main [name=csrf]').value = 'x'").await;
        self.press("main form button", ".problem", "form expired").await;
    }

    async fn course(&mut self) {
        self.sign_in("003").await;
        self.open("/nowhere", "not found").await;
        self.open("/", "home").await;
        self.open("/record", "record empty").await;
        let course = format!("/courses/{}", self.avow.assignment("003", "mail-course").await);
        self.open(&course, "course before").await;
        self.press("form[action$='/start'] button", "form[action*='/checks/']", "lesson").await;
        self.press("form[action$='/finish'] button", ".error-summary", "lesson unanswered").await;
        self.browser.press_at("form[action*='/checks/'] [value='0']").await;
        self.press("form[action*='/checks/'] button", ".choice--wrong", "lesson wrong").await;
        self.browser.press_at("form[action*='/checks/'] [value='1']").await;
        self.press("form[action*='/checks/'] button", "main:has(.choice--right):not(:has(.choice--wrong))", "lesson right").await;
        self.press("form[action$='/finish'] button", "[rel=prev]", "lesson last").await;
        self.open(&course, "course").await;
        self.browser.press_at(".button--primary").await;
        self.press("form[action$='/finish'] button", "form[action$='/quiz']", "course read").await;
        self.press("form[action$='/quiz'] button", "[value=submit]", "quiz").await;
        self.browser.press_at("fieldset input").await;
        self.press("[value=submit]", ".error-summary", "quiz unanswered").await;
        self.press("[value=save]", "main:not(:has(.error-summary))", "quiz kept").await;
        self.answer(false).await;
        self.press("[value=submit]", ".result", "result failed").await;
        self.press("form[action$='/quiz'] button", "[value=submit]", "quiz again").await;
        self.answer(true).await;
        self.press("[value=submit]", ".result a[href^='/certificates/']", "result passed").await;
        self.press("a[href^='/certificates/']", ".certificate", "certificate").await;
        self.open(&course, "course done").await;
        self.open(&format!("{course}/survey"), "survey").await;
        self.press("form[action$='/survey'] button", ".field__error", "survey unanswered").await;
        self.browser.press_at("form[action$='/survey'] [value='4']").await;
        self.press("form[action$='/survey'] button", ".notice--success", "survey sent").await;
    }

    async fn answer(&self, well: bool) {
        let script = "for (const field of document.querySelectorAll('fieldset')) { const want = right[field.id.slice(2)];
            for (const input of field.querySelectorAll('input')) input.checked = want.includes(Number(input.value)) === well; }";
        self.browser.script(&format!("const well = {well}; {RIGHT} {script}")).await;
    }

    async fn policy(&mut self) {
        self.open("/policies", "policies").await;
        self.open("/policies/clear-desk", "policies one").await;
        self.open("/policies/clear-desk/versions/1", "policies version").await;
        let assignment = self.avow.assignment("003", "desk-policy").await;
        self.open(&format!("/assignments/{assignment}"), "why").await;
        self.open(&format!("/attest/{assignment}"), "policy").await;
        self.press("form[action$='/review'] button", "#agree", "review").await;
        self.press("[value=attest]", ".error-summary", "review unticked").await;
        self.browser.press_at("main details summary").await;
        self.press("[value=decline]", "#reason-error", "review without reason").await;
        self.browser.press_at("#agree").await;
        self.press("[value=attest]", ".receipt", "receipt").await;
        self.open(&format!("/attest/{assignment}"), "policy done").await;
        self.open("/record", "record").await;
        self.open("/", "home done").await;
    }

    async fn other_roles(&mut self) {
        let job = "insert into jobs (kind, payload, run_at, attempts, max_attempts, last_error, dead_at, created_at) values
            ('send_mail', '{}', now(), 8, 8, 'The mail server answered 451 4.7.1 greylisted, try again later', now(), now())";
        self.avow.sql().await.batch_execute(job).await.expect("a job that was given up");
        self.avow.at("2026-04-20T09:00:00Z");
        let lenas = format!("/assignments/{}", self.avow.assignment("003", "mail-course").await);
        let roles: [(&str, &[(&str, &str)]); 4] = [
            ("002", &[("/", "home overdue"), ("/team", "team"), (&lenas, "why of another")]),
            (
                "004",
                &[
                    ("/reports", "reports"),
                    ("/reports/completion", "completion"),
                    ("/reports/completion?department=Board&state=done", "completion empty"),
                    ("/programme", "programme"),
                    ("/library", "library"),
                    ("/library/policies/clear-desk", "library policy"),
                    ("/library/courses/safe-mail", "library course"),
                    ("/library/courses/safe-mail/versions/1", "library version"),
                    ("/library/policies/clear-desk/changes?from=1&to=1", "library changes"),
                ],
            ),
            ("005", &[("/people", "people"), ("/people?q=nobody", "people none"), ("/reports", "reports of hr")]),
            ("006", &[("/operations", "operations")]),
        ];
        for (who, pages) in roles {
            self.sign_in(who).await;
            for (path, name) in pages {
                self.open(path, name).await;
            }
        }
    }

    /// What authors see of a course that many have taken.
    async fn questions(&mut self) {
        let people = (0..40).map(|number| {
            let place = |right: bool| [usize::from(!right)];
            let (able, sender) = (number % 3 > 0, place(number % 7 > 0));
            let quiz = json!({ "sender": sender, "target": place(!able), "haste": if able { [0, 1] } else { [0, 2] }, "typed": [0], "keep": place(number % 9 == 0) });
            json!({ "quiz": [quiz], "checks": [["parcel", place(able), !able]] })
        });
        crowd(self.avow, &people.collect::<Vec<_>>()).await;
        let counts =
            "insert into survey_counts select id, 'useful', answer, answer * 3 from content_versions, generate_series(1, 5) as answer
            where slug = 'safe-mail' on conflict do nothing";
        self.avow.sql().await.batch_execute(counts).await.expect("voices");
        self.sign_in("004").await;
        self.open("/library/courses/safe-mail/questions", "questions").await;
    }

    /// What is seen by those whose session ended before they were done.
    async fn late(&mut self) {
        let assignment = self.avow.assignment("007", "desk-policy").await;
        self.sign_in("007").await;
        self.browser.open(&format!("{}/attest/{assignment}", self.avow.url())).await;
        self.browser.press_at("form[action$='/review'] button").await;
        self.arrives("#agree").await;
        self.avow.at("2026-04-20T16:00:00Z");
        self.browser.press_at("main details summary").await;
        self.browser.find("#reason").await.send_keys("My desk has no lock.").await.expect("can type");
        self.press("[value=decline]", "form[action='/sign-in']", "sign-in kept").await;
        let link = self.avow.avow(&["access", "link", "007"]);
        self.browser.open(&format!("{}/sign-in/{}", self.avow.url(), link.trim().rsplit('/').next().expect("a token"))).await;
        self.browser.press_at("main form button").await;
        self.arrives("#kept").await;
        self.speak().await;
        self.see("kept").await;
        self.press("#kept button", ".receipt", "receipt of a kept form").await;
    }

    /// What is seen by those who decline, and by those who read while the text changes.
    async fn changes(&mut self) {
        let assignment = self.avow.assignment("006", "desk-policy").await;
        self.browser.open(&format!("{}/attest/{assignment}", self.avow.url())).await;
        self.browser.press_at("form[action$='/review'] button").await;
        self.arrives("#agree").await;
        self.avow.edit("policies/clear-desk/policy.toml", |text| text.replacen("version = 1", "version = 2", 1));
        self.avow.edit("policies/clear-desk/en.md", |text| text.replace("when you leave", "at once when you leave"));
        self.avow.edit("policies/clear-desk/vi.md", |text| text.replace("khi rời bàn", "ngay khi rời bàn"));
        self.avow.avow(&["content", "publish"]);
        self.browser.press_at("#agree").await;
        self.press("[value=attest]", ".diff", "superseded").await;
        self.browser.press_at("main a.button").await;
        self.browser.press_at("form[action$='/review'] button").await;
        self.arrives("#agree").await;
        self.browser.press_at("main details summary").await;
        self.browser.find("#reason").await.send_keys("My desk has no lock.").await.expect("can type");
        self.press("[value=decline]", ".receipt", "receipt declined").await;
    }
}
