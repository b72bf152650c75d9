//! A real browser: headless Chromium, driven through WebDriver. Each has a chromedriver and a profile of its own; both end with
//! it, and with the thread that started it. Where there is no Chromium a story fails, it is never skipped.

use crate::support::Avow;
use crate::support::until;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use nix::sys::signal::Signal;
use nix::sys::signal::killpg;
use nix::unistd::Pid;
use serde_json::Value;
use serde_json::json;
use std::io::BufRead;
use std::io::BufReader;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::sync::Mutex;
use std::time::Duration;
use tempfile::TempDir;
use thirtyfour::By;
use thirtyfour::Capabilities;
use thirtyfour::Key;
use thirtyfour::WebDriver;
use thirtyfour::WebElement;
use thirtyfour::components::SelectElement;

const CHROMIUM: &str = "/usr/bin/chromium";
const CHROMEDRIVER: &str = "/usr/bin/chromedriver";
const INSTALL: &str = "install it: apt-get install --no-install-recommends chromium chromium-driver fonts-dejavu-core fonts-noto-core";

/// How somebody looks at the pages.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Pixels across.
    pub width: u32,
    /// Whether they asked their system for dark pages.
    pub dark: bool,
    /// Whether scripts may run.
    pub javascript: bool,
}

impl Look {
    /// A laptop.
    pub const DESK: Self = Self { width: 1280, dark: false, javascript: true };
    /// The narrowest screen that pages have to fit.
    pub const PHONE: Self = Self { width: 320, dark: false, javascript: true };
    /// A laptop on which no script runs.
    pub const PLAIN: Self = Self { width: 1280, dark: false, javascript: false };
}

/// Somebody's browser. The fields are dropped in this order: Chromium ends before its profile goes.
pub struct Browser {
    /// For what the words below do not say.
    pub driver: WebDriver,
    seen: Mutex<String>,
    _chromedriver: Chromedriver,
    _profile: TempDir,
}

struct Chromedriver(Child);

impl Chromedriver {
    /// A new one on a port that was free, which it prints. The system kills it when this thread ends; Chromium sees its pipe
    /// close and ends too.
    fn start() -> (Self, String) {
        for program in [CHROMIUM, CHROMEDRIVER] {
            assert!(Path::new(program).exists(), "the browser stories need {program}; {INSTALL}");
        }
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", CHROMEDRIVER, "--port=0"]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.process_group(0).spawn().expect("setpriv of util-linux starts chromedriver");
        let mut lines = BufReader::new(child.stdout.take().expect("is piped")).lines().map_while(Result::ok);
        let port = lines.find_map(|line| line.split_once("successfully on port ").map(|(_, port)| port.trim_end_matches('.').to_owned()));
        (Self(child), format!("http://127.0.0.1:{}", port.expect("chromedriver says its port")))
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        // Chromium and its helpers are in the group of the chromedriver that started them.
        let group = Pid::from_raw(i32::try_from(self.0.id()).expect("a process"));
        let _ = killpg(group, Signal::SIGKILL);
        let _ = self.0.wait();
    }
}

impl Browser {
    /// A new browser that nobody has used.
    pub async fn new(look: Look) -> Self {
        let (chromedriver, url) = Chromedriver::start();
        let profile = tempfile::tempdir().expect("a folder");
        let driver = WebDriver::new(url, capabilities(look, profile.path())).await.unwrap_or_else(|error| panic!("{CHROMIUM}: {error}"));
        let browser = Self { driver, seen: Mutex::default(), _chromedriver: chromedriver, _profile: profile };
        browser.resize(look.width).await;
        browser.darken(look.dark).await;
        browser
    }

    /// Somebody signed in: opens a link from the terminal and presses its button.
    pub async fn signed_in(avow: &Avow, look: Look, hr_id: &str) -> Self {
        let browser = Self::new(look).await;
        browser.sign_in(avow, hr_id).await;
        browser
    }

    /// Signs in, whoever was signed in before.
    pub async fn sign_in(&self, avow: &Avow, hr_id: &str) {
        self.driver.delete_all_cookies().await.expect("cookies go");
        let link = avow.avow(&["access", "link", hr_id]);
        let token = link.trim().rsplit('/').next().expect("an address");
        self.open(&format!("{}/sign-in/{token}", avow.url())).await;
        self.press_at("main form button").await;
        until("somebody is signed in", async || (self.path().await == "/").then_some(())).await;
    }

    /// Opens an address.
    pub async fn open(&self, url: &str) {
        self.driver.goto(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// Presses the button, link or summary with exactly these words.
    pub async fn press(&self, words: &str) {
        self.click(By::XPath(format!("//*[self::a or self::button or self::summary][normalize-space(.)=\"{words}\"]")), words).await;
    }

    /// Presses what a CSS selector finds first.
    pub async fn press_at(&self, selector: &str) {
        self.click(By::Css(selector.to_owned()), selector).await;
    }

    /// Ticks the box or chooses the answer whose label starts with these words, at or below what the selector finds.
    pub async fn choose(&self, inside: &str, words: &str) {
        let labels = self.driver.find_all(By::Css(format!("{inside} label"))).await.expect("labels");
        for label in labels {
            if label.text().await.is_ok_and(|text| text.starts_with(words)) {
                self.bring_into_view(&label).await;
                return self.press_on(&label).await;
            }
        }
        panic!("nothing to choose named {words:?} in {inside}: {}", self.text().await);
    }

    /// Chooses from a list, by the choice's value.
    pub async fn select(&self, list: &str, value: &str) {
        let list = SelectElement::new(&self.find(list).await).await.expect("a list to choose from");
        list.select_by_value(value).await.expect("can be chosen");
    }

    /// Presses the first of these that can be seen.
    async fn click(&self, by: By, name: &str) {
        let what = format!("there is {name:?} to press");
        let ask = async || {
            self.text().await;
            for found in self.driver.find_all(by.clone()).await.ok()? {
                if self.bring_into_view(&found).await {
                    return Some(found);
                }
            }
            None
        };
        self.press_on(&until(&what, ask).await).await;
    }

    /// Whether it can be seen; WebDriver's own answer is wrong about a closed `details` whose content is shown all the same.
    async fn bring_into_view(&self, found: &WebElement) -> bool {
        let script = "arguments[0].scrollIntoView({ block: 'center' }); return arguments[0].checkVisibility({ visibilityProperty: true })";
        let shown = self.driver.execute(script, vec![found.to_json().expect("JSON")]).await;
        shown.is_ok_and(|shown| *shown.json() == true)
    }

    /// Moves the mouse there and presses whatever lies on top.
    async fn press_on(&self, found: &WebElement) {
        let mouse = self.driver.action_chain_with_delay(None, Some(Duration::ZERO));
        mouse.move_to_element_center(found).click().perform().await.expect("the mouse works");
    }

    /// What a CSS selector finds first.
    pub async fn find(&self, selector: &str) -> WebElement {
        self.driver.find(By::Css(selector.to_owned())).await.unwrap_or_else(|error| panic!("{selector}: {error}"))
    }

    /// Waits until the page says this.
    pub async fn sees(&self, words: &str) {
        until(&format!("the page says {words:?}"), async || self.text().await.contains(words).then_some(())).await;
    }

    /// The words that can be seen in the page's main part.
    pub async fn text(&self) -> String {
        let text = self.driver.execute("return (document.querySelector('main') ?? document.body)?.innerText ?? ''", vec![]).await;
        let text: String = text.ok().and_then(|text| text.convert().ok()).unwrap_or_default();
        self.seen.lock().expect("not poisoned").clone_from(&text);
        text
    }

    /// The result of a script, which works with JavaScript off too: it is the driver's, not the page's.
    pub async fn script(&self, script: &str) -> Value {
        self.driver.execute(script, vec![]).await.unwrap_or_else(|error| panic!("{script}: {error}")).json().clone()
    }

    /// The path of the address.
    pub async fn path(&self) -> String {
        self.driver.current_url().await.expect("an address").path().to_owned()
    }

    /// Presses a key wherever the focus is.
    pub async fn key(&self, key: Key) {
        self.driver.action_chain().send_keys(key.value().to_string()).perform().await.expect("keys work");
    }

    /// The session as a `Cookie` header.
    pub async fn cookies(&self) -> String {
        let cookies = self.driver.get_all_cookies().await.expect("cookies");
        cookies.iter().map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect::<Vec<_>>().join("; ")
    }

    /// Makes the page so wide.
    pub async fn resize(&self, width: u32) {
        let size = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Asks for dark pages, or light ones; in any case for still ones, so that what is pressed stays where it is.
    pub async fn darken(&self, dark: bool) {
        let scheme = json!({ "name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" } });
        let still = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": [scheme, still] })).await;
    }

    /// The whole page as a PNG.
    pub async fn picture(&self) -> Vec<u8> {
        let answer = self.devtools("Page.captureScreenshot", json!({ "captureBeyondViewport": true })).await;
        BASE64_STANDARD.decode(answer["data"].as_str().expect("a picture")).expect("base64")
    }

    /// What the window shows of the page, as a PNG.
    pub async fn view(&self) -> Vec<u8> {
        let answer = self.devtools("Page.captureScreenshot", json!({ "captureBeyondViewport": false })).await;
        BASE64_STANDARD.decode(answer["data"].as_str().expect("a picture")).expect("base64")
    }

    /// A command of the DevTools protocol.
    pub async fn devtools(&self, command: &str, values: Value) -> Value {
        self.driver.cdp().send_raw(command, values).await.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// What the console has said since it was last asked.
    pub async fn console(&self) -> Vec<String> {
        let lines = self.driver.browser_log().await.expect("a console");
        lines.into_iter().map(|line| line.message).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // There is no session to say goodbye to: its processes are about to be killed.
        let _ = self.driver.clone().leak();
        if std::thread::panicking() {
            eprintln!("the browser last saw:\n{}", self.seen.lock().expect("not poisoned"));
        }
    }
}

fn capabilities(look: Look, profile: &Path) -> Capabilities {
    let profile = format!("--user-data-dir={}", profile.display());
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--no-proxy-server",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--remote-debugging-pipe",
        "--hide-scrollbars",
        "--window-size=1300,1200",
        "--lang=en",
        &profile,
    ];
    let preferences = if look.javascript { json!({}) } else { json!({ "profile.managed_default_content_settings.javascript": 2 }) };
    let capabilities = json!({
        "browserName": "chrome",
        "goog:chromeOptions": { "binary": CHROMIUM, "args": arguments, "prefs": preferences },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    let Value::Object(entries) = capabilities else { unreachable!("is an object") };
    let mut made = Capabilities::new();
    for (name, value) in entries {
        made.set(name, value).expect("JSON");
    }
    made
}
