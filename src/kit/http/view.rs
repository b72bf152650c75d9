//! Turns a page's typed argument into an answer, inside the frame that every page shares.

use crate::kit::chance::Chance;
use crate::kit::error::AppError;
use crate::kit::http::asked::Asked;
use crate::kit::http::form::FormTokens;
use crate::kit::http::statics;
use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use crate::kit::render::Templates;
use actix_web::FromRequest;
use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::HttpResponseBuilder;
use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use serde::Serialize;
use serde_json::Value;
use serde_json::json;
use std::future::Ready;
use std::future::ready;
use std::sync::Arc;

/// What all pages are made with.
pub struct ViewData {
    /// The templates.
    pub templates: Arc<Templates>,
    /// Makes the tokens of forms.
    pub tokens: FormTokens,
    /// Randomness for them.
    pub chance: Chance,
    /// The organisation's name.
    pub organisation: String,
    /// The language of people who ask for none we have.
    pub default_lang: Lang,
    /// Says which environment this is, unless it is production: the key of the words.
    pub banner: Option<&'static str>,
    /// Whether developers are at work here.
    pub workshop: bool,
    /// Whether cookies may only travel over HTTPS.
    pub secure: bool,
}

impl ViewData {
    /// The whole HTML of a page.
    ///
    /// # Errors
    /// When the template does not fit its argument.
    pub fn render<P: Page>(&self, asked: &Asked, path: &str, page: &P) -> Result<String, AppError> {
        let frame = self.frame(asked, path, page.title(asked.lang));
        self.templates.page(&frame, page).map_err(|error| AppError::Internal(format!("template: {error}")))
    }

    /// The body of a page alone, to stand inside another one.
    ///
    /// # Errors
    /// When the template does not fit its argument.
    pub fn body<P: Page>(&self, asked: &Asked, path: &str, page: &P) -> Result<String, AppError> {
        let frame = self.frame(asked, path, page.title(asked.lang));
        self.templates.body(&frame, page).map_err(|error| AppError::Internal(format!("template: {error}")))
    }

    fn frame(&self, asked: &Asked, path: &str, title: String) -> Value {
        let root = format!("/{}", path.trim_start_matches('/').split(['/', '?']).next().unwrap_or_default());
        let nav = asked.nav.iter().map(|item| json!({ "href": item.href, "label": item.label, "current": item.href == root }));
        let languages = Lang::ALL.map(|lang| json!({ "tag": lang, "name": lang.own_name(), "current": lang == asked.lang }));
        json!({
            "lang": asked.lang, "title": title, "organisation": self.organisation, "nonce": asked.nonce, "user": asked.user, "path": path,
            "csrf": self.tokens.token(&asked.form_owner, &self.chance), "banner": self.banner, "nav": nav.collect::<Vec<_>>(), "languages": languages,
            "css": statics::asset_url("avow.css"), "js": statics::asset_url("avow.mjs"), "icon": statics::asset_url("favicon.svg"),
        })
    }
}

/// Answers with pages. An argument of every handler that shows one.
pub struct View {
    data: Data<ViewData>,
    asked: Asked,
    path: String,
}

impl View {
    /// The language to answer in.
    pub fn lang(&self) -> Lang {
        self.asked.lang
    }

    /// Answers 200 with a page.
    ///
    /// # Errors
    /// When the template does not fit its argument.
    pub fn page<P: Page>(&self, page: &P) -> Result<HttpResponse, AppError> {
        self.page_as(StatusCode::OK, page)
    }

    /// Answers with a page and another status: a form that has to be mended, say.
    ///
    /// # Errors
    /// When the template does not fit its argument.
    pub fn page_as<P: Page>(&self, status: StatusCode, page: &P) -> Result<HttpResponse, AppError> {
        let html = self.data.render(&self.asked, &self.path, page)?;
        let mut response = HttpResponseBuilder::new(status);
        Ok(response.content_type("text/html; charset=utf-8").body(html))
    }
}

impl FromRequest for View {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = request.app_data::<Data<ViewData>>().cloned().zip(Asked::of(request));
        let missing = || AppError::Internal("a page outside the guard".into()).into();
        ready(found.map(|(data, asked)| Self { data, asked, path: page_of(request) }).ok_or_else(missing))
    }
}

/// The address to come back to, after changing the language say: the page itself, with what it was asked for.
pub(super) fn page_of(request: &HttpRequest) -> String {
    let asked = request.uri().path_and_query().filter(|_| request.method() == Method::GET);
    asked.map_or_else(|| request.path().to_owned(), |asked| asked.as_str().to_owned())
}

/// The page of an error.
#[derive(Serialize)]
pub struct Problem {
    status: u16,
    title: &'static str,
    message: &'static str,
    request_id: String,
}

impl Problem {
    /// What to say about this status; `message` is the key of a more exact word.
    pub fn new(status: StatusCode, message: Option<&'static str>, request_id: &str) -> Self {
        let (title, general) = match status.as_u16() {
            400 => ("problem-400", "problem-400-message"),
            401 => ("problem-401", "problem-signed-out"),
            403 => ("problem-403", "problem-form"),
            404 => ("problem-404", "problem-404-message"),
            405 => ("problem-405", "problem-404-message"),
            408 => ("problem-408", "problem-408-message"),
            409 => ("problem-409", "problem-409-message"),
            429 => ("problem-429", "problem-429-message"),
            413 => ("problem-413", "problem-413-message"),
            503 => ("problem-503", "problem-503-message"),
            402..=499 => ("problem-400", "problem-400-message"),
            _ => ("problem-500", "problem-500-message"),
        };
        Self { status: status.as_u16(), title, message: message.unwrap_or(general), request_id: request_id.to_owned() }
    }
}

impl Page for Problem {
    const NAME: &'static str = "kit/problem";
    const SOURCE: &'static str = include_str!("../templates/problem.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text(self.title)
    }

    fn samples() -> Vec<Self> {
        [400, 401, 403, 404, 405, 408, 409, 413, 429, 500, 503]
            .map(|status| Self::new(StatusCode::from_u16(status).unwrap_or_default(), None, "5f1d"))
            .into()
    }
}
