//! What is known about the request being answered, for the page's frame. Features fill it; nothing here knows a feature.

use crate::kit::chance::Chance;
use crate::kit::crypto;
use crate::kit::i18n::Lang;
use actix_web::HttpMessage;
use actix_web::HttpRequest;

/// One entry of the navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Where it leads.
    pub href: &'static str,
    /// The key of its words.
    pub label: &'static str,
}

/// What is known about a request before its handler runs.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Names the request in logs and on error pages.
    pub id: String,
    /// Allows the page's own script under the content security policy; new for each response.
    pub nonce: String,
    /// The language to answer in.
    pub lang: Lang,
    /// What form tokens are bound to: the session, or before sign-in the visitor's cookie.
    pub form_owner: String,
    /// The signed-in person's name.
    pub user: Option<String>,
    /// Where this person may go.
    pub nav: Vec<NavItem>,
}

impl Asked {
    /// What is known before anybody looked at the session.
    pub fn new(request: &HttpRequest, chance: &Chance, default: Lang) -> Self {
        let cookie = request.cookie("lang").and_then(|cookie| cookie.value().parse().ok());
        let header = request.headers().get("accept-language").and_then(|value| value.to_str().ok());
        let lang = cookie.or_else(|| Lang::accepted(header?)).unwrap_or(default);
        let visitor = request.cookie("visitor").map(|cookie| cookie.value().to_owned());
        Self {
            id: hex::encode(chance.bytes::<8>()),
            nonce: crypto::base64url(&chance.bytes::<16>()),
            lang,
            form_owner: visitor.filter(|value| is_visitor(value)).unwrap_or_else(|| crypto::base64url(&chance.bytes::<16>())),
            user: None,
            nav: Vec::new(),
        }
    }

    /// What is known about this request.
    pub fn of(request: &HttpRequest) -> Option<Self> {
        request.extensions().get::<Self>().cloned()
    }
}

/// Whether this is what we gave a visitor: sixteen random bytes in base64url.
fn is_visitor(value: &str) -> bool {
    value.len() == 22 && crypto::from_base64url(value).is_some()
}
