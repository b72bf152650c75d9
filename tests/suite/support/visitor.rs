//! Somebody with a browser that has no JavaScript: keeps cookies, sends the forms it sees.

use crate::support::CANARIES;
use reqwest::Client;
use reqwest::Method;
use reqwest::redirect::Policy;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::Mutex;

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// All headers, names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    /// Where it sends the visitor.
    pub fn location(&self) -> &str {
        self.header("location").unwrap_or_else(|| panic!("{} leads nowhere: {}", self.status, self.body))
    }

    /// The value of the first hidden field of that name.
    pub fn field(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let found = self.body.split(&start).nth(1).and_then(|rest| rest.split('"').next());
        found.unwrap_or_else(|| panic!("no field {name} in {}", self.body)).to_owned()
    }

    /// Whether the page says this, entities aside.
    pub fn says(&self, words: &str) -> bool {
        unescaped(&self.body).contains(words)
    }
}

/// Text without the entities that templates write.
fn unescaped(text: &str) -> String {
    text.replace("&#x27;", "'")
        .replace("&quot;", "\"")
        .replace("&#x3D;", "=")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// Somebody with a browser.
#[derive(Clone)]
pub struct Visitor {
    client: Client,
    url: String,
    jar: Option<Arc<Mutex<BTreeMap<String, String>>>>,
}

impl Visitor {
    /// A new browser.
    pub fn new(url: &str) -> Self {
        let client = Client::builder().cookie_store(true).redirect(Policy::none()).build().expect("a client");
        Self { client, url: url.to_owned(), jar: None }
    }

    /// A new browser that reaches the program through a web server which ends HTTPS: it sends secure cookies, and keeps them by hand.
    pub fn secure(url: &str) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { client, url: url.to_owned(), jar: Some(Arc::default()) }
    }

    /// The cookies of a secure browser, as a header has them.
    pub fn cookie(&self) -> String {
        let jar = self.jar.as_ref().expect("keeps its cookies by hand").lock().expect("a jar");
        jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// The same browser at another server.
    pub fn at(&self, url: &str) -> Self {
        Self { client: self.client.clone(), url: url.to_owned(), jar: self.jar.clone() }
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[], None).await
    }

    /// Asks for anything with any headers.
    pub async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Answer {
        self.try_ask(method, path, headers, body).await.expect("the program answers")
    }

    /// The same, where the program may be gone.
    pub async fn try_ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<String>) -> reqwest::Result<Answer> {
        let mut request = self.client.request(method, format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(jar) = &self.jar {
            let cookies: Vec<String> = jar.lock().expect("a jar").iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("cookie", cookies.join("; "));
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        }
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        let headers =
            answer.headers().iter().map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
        let headers: Vec<(String, String)> = headers.collect();
        if let Some(jar) = &self.jar {
            for cookie in headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, value)| value) {
                let (name, value) = cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
                jar.lock().expect("a jar").insert(name.to_owned(), value.to_owned());
            }
        }
        let body = answer.text().await?;
        // An error page says nothing of anybody; the frame around it names whoever is signed in.
        let main = body.split("<main").nth(1).unwrap_or_default();
        if main.contains("class=\"problem") {
            let found: Vec<&&str> = CANARIES.iter().filter(|mark| main.contains(**mark)).collect();
            assert!(found.is_empty(), "{found:?} in the error page of {path}");
        }
        Ok(Answer { status, headers, body })
    }

    /// Downloads a file, byte by byte.
    pub async fn download(&self, path: &str) -> Vec<u8> {
        let answer = self.client.get(format!("{}{path}", self.url)).send().await.expect("the program answers");
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        answer.bytes().await.expect("a body").to_vec()
    }

    /// Sends the form of a page: its hidden fields that go to `path`, and what the visitor filled in.
    pub async fn send(&self, page: &Answer, path: &str, filled: &[(&str, &str)]) -> Answer {
        self.ask(Method::POST, path, &[("sec-fetch-site", "same-origin")], Some(Self::form(page, path, filled))).await
    }

    /// The body of that form.
    pub fn form(page: &Answer, path: &str, filled: &[(&str, &str)]) -> String {
        let forms = page.body.split("<form").skip(1).map(|form| form.split("</form>").next().unwrap_or_default());
        let form = forms
            .into_iter()
            .find(|form| form.contains(&format!("action=\"{path}\"")))
            .unwrap_or_else(|| panic!("no form to {path} in {}", page.body));
        let hidden = form.split("type=\"hidden\" name=\"").skip(1).filter_map(|field| {
            let (name, rest) = field.split_once("\" value=\"")?;
            Some((name, rest.split('"').next()?))
        });
        let hidden = hidden.map(|(name, value)| (name.to_owned(), unescaped(value)));
        let filled = filled.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(hidden.chain(filled)).finish()
    }

    /// Opens where an answer leads.
    pub async fn follow(&self, answer: &Answer) -> Answer {
        let target = answer.location().to_owned();
        let path = target.split('#').next().unwrap_or_default();
        self.get(path).await
    }
}
