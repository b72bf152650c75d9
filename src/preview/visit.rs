//! A request to the preview: what was seen of the folder last, in which language to answer, and how.

use crate::content::ContentKind;
use crate::content::Diagnostic;
use crate::content::Work;
use crate::kit::error::AppError;
use crate::kit::http;
use crate::kit::http::Asked;
use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use crate::preview::aside::Aside;
use crate::preview::pages::Beside;
use crate::preview::pages::Note;
use crate::preview::state::Chosen;
use crate::preview::state::State;
use crate::training::preview::Progress;
use actix_web::FromRequest;
use actix_web::HttpMessage;
use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::HttpResponseBuilder;
use actix_web::body::BoxBody;
use actix_web::body::MessageBody;
use actix_web::dev::Payload;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::web::Data;
use chrono::NaiveDate;
use chrono::TimeDelta;
use std::collections::HashMap;
use std::future::Ready;
use std::future::ready;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use tokio::sync::watch::Receiver;

/// What all requests share.
pub(super) struct Site {
    pub root: PathBuf,
    pub states: Receiver<Arc<State>>,
    /// True once the preview is to end.
    pub ending: Receiver<bool>,
    /// What was answered, by course. One author, one set of answers.
    pub progress: Mutex<HashMap<String, Progress>>,
}

/// One request.
pub(super) struct Visit {
    pub site: Data<Site>,
    pub state: Arc<State>,
    asked: Asked,
    path: String,
}

impl FromRequest for Visit {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = request.app_data::<Data<Site>>().cloned().zip(Asked::of(request));
        let missing = || AppError::Internal("a page outside the guard".into()).into();
        let visit = |(site, asked): (Data<Site>, Asked)| {
            let state = Arc::clone(&site.states.borrow());
            Self { site, state, asked, path: request.path().to_owned() }
        };
        ready(found.map(visit).ok_or_else(missing))
    }
}

impl Visit {
    /// The language to answer in.
    pub(super) fn lang(&self) -> Lang {
        self.asked.lang
    }

    /// A day by which an invented learner has to be done.
    pub(super) fn due(&self) -> NaiveDate {
        self.state.today + TimeDelta::days(30)
    }

    /// Does something with what was answered in a course.
    pub(super) fn progress<T>(&self, course: &str, act: impl FnOnce(&mut Progress) -> T) -> T {
        let mut all = self.site.progress.lock().unwrap_or_else(PoisonError::into_inner);
        act(all.entry(course.to_owned()).or_default())
    }

    /// Answers with a page and what stands beside it.
    pub(super) fn page<P: Page>(&self, page: &P, aside: Aside) -> Result<HttpResponse, AppError> {
        self.page_as(StatusCode::OK, page, aside)
    }

    /// The same with another status.
    pub(super) fn page_as<P: Page>(&self, status: StatusCode, page: &P, aside: Aside) -> Result<HttpResponse, AppError> {
        let view = &self.state.view;
        let body = view.body(&self.asked, &self.path, page)?;
        let html = view.render(&self.asked, &self.path, &Beside { title: page.title(self.lang()), body, aside })?;
        Ok(HttpResponseBuilder::new(status).content_type("text/html; charset=utf-8").body(html))
    }

    /// Says that there is no such text, with whatever is wrong there or in what all share.
    pub(super) fn gone(&self, file: &str) -> Result<HttpResponse, AppError> {
        let folder = file.split('/').take(2).collect::<Vec<_>>().join("/");
        let concerns = |one: &&Diagnostic| {
            let named = &one.place.file;
            !named.contains('/') || named.strip_prefix(&folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let aside = Aside::of(&self.state, self.lang(), "", self.state.examined.found.iter().filter(concerns));
        self.page_as(StatusCode::NOT_FOUND, &Note::gone(file), aside)
    }

    /// Says that a text is there and cannot be shown, with what is wrong with it.
    pub(super) fn broken(&self, work: &Work, chosen: &Chosen<'_>) -> Result<HttpResponse, AppError> {
        let aside = Aside::text(&self.state, self.lang(), work, chosen);
        self.page(&Note::broken(&chosen.draft.file), aside)
    }

    /// The text of that part, ready to be shown; or the answer that says why it cannot be.
    pub(super) fn find(
        &self,
        kind: ContentKind,
        slug: &str,
        part: &str,
    ) -> Result<(&Work, Chosen<'_>), Box<Result<HttpResponse, AppError>>> {
        let file = match kind {
            ContentKind::Course => format!("courses/{slug}/{}/{part}.md", self.lang()),
            ContentKind::Policy => format!("policies/{slug}/{}.md", self.lang()),
        };
        let Some(work) = self.state.work(kind, slug) else { return Err(self.gone(&file).into()) };
        let Some(chosen) = self.state.choose(work, part, self.lang()) else { return Err(self.gone(&file).into()) };
        if chosen.draft.text.is_none() {
            return Err(self.broken(work, &chosen).into());
        }
        Ok((work, chosen))
    }
}

/// Answers this machine only, by its own names: a page of another site whose name was pointed here is not answered. `?language=`
/// changes the language, from this page on.
pub(super) async fn enter(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if !is_own_host(request.headers().get(header::HOST).and_then(|host| host.to_str().ok())) {
        return Ok(request.into_response(HttpResponse::MisdirectedRequest().finish()));
    }
    let wanted = request.query_string().split('&').find_map(|pair| pair.strip_prefix("language=")?.parse::<Lang>().ok());
    if let (Some(lang), Some(asked)) = (wanted, request.extensions_mut().get_mut::<Asked>()) {
        asked.lang = lang;
    }
    let mut response = next.call(request).await?.map_into_boxed_body();
    if let Some(lang) = wanted {
        http::set_cookie(response.response_mut(), &http::cookie("lang", lang.tag().to_owned(), false, None))?;
    }
    Ok(response)
}

fn is_own_host(host: Option<&str>) -> bool {
    let name = host.map(|host| host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')).map_or(host, |(name, _)| name));
    name.is_some_and(|name| ["127.0.0.1", "localhost", "[::1]"].contains(&name))
}

#[cfg(test)]
mod tests {
    use super::is_own_host;

    #[test]
    fn other_names_are_not_ours() {
        for own in ["127.0.0.1", "127.0.0.1:8090", "localhost:1", "[::1]:8090", "[::1]"] {
            assert!(is_own_host(Some(own)), "{own}");
        }
        for foreign in [Some("evil.example"), Some("evil.example:8090"), Some("127.0.0.1.evil.example"), Some(""), None] {
            assert!(!is_own_host(foreign), "{foreign:?}");
        }
    }
}
