//! Forms that only our own pages can send. A token is bound to the session and masked anew for each page, so that
//! compression tells nothing about it; browsers also say where a request comes from, and that must be here.

use crate::kit::chance::Chance;
use crate::kit::crypto;
use crate::kit::crypto::SecretKey;
use crate::kit::error::AppError;
use crate::kit::http::asked::Asked;
use crate::kit::http::guard::Rules;
use actix_web::FromRequest;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::web::Data;
use futures_util::future::LocalBoxFuture;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Makes and checks the tokens of forms.
#[derive(Clone)]
pub struct FormTokens(SecretKey);

impl FormTokens {
    /// Tokens under this key.
    pub fn new(key: SecretKey) -> Self {
        Self(key)
    }

    /// A token for a page of `owner`.
    pub fn token(&self, owner: &str, chance: &Chance) -> String {
        let mask = chance.bytes::<32>();
        let code = self.0.sign("form", owner.as_bytes());
        let masked = code.iter().zip(mask).map(|(code, mask)| code ^ mask);
        crypto::base64url(&mask.into_iter().chain(masked).collect::<Vec<_>>())
    }

    fn is_right(&self, owner: &str, token: &str) -> bool {
        let Some(bytes) = crypto::from_base64url(token).filter(|bytes| bytes.len() == 64) else { return false };
        let (mask, masked) = bytes.split_at(32);
        let code = mask.iter().zip(masked).map(|(mask, masked)| mask ^ masked).collect::<Vec<_>>();
        self.0.verify("form", owner.as_bytes(), &code)
    }
}

/// The fields of a form that one of our own pages sent (`application/x-www-form-urlencoded`).
pub struct CsrfForm<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for CsrfForm<T> {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let asked = Asked::of(request);
        let owner = asked.map(|asked| asked.form_owner).unwrap_or_default();
        let fields = fields(request, payload, owner);
        Box::pin(async move {
            let fields = serde_html_form::to_string(fields.await?).map_err(|_| AppError::Invalid("problem-fields"))?;
            Ok(Self(serde_html_form::from_str(&fields).map_err(|_| AppError::Invalid("problem-fields"))?))
        })
    }
}

/// The fields of a form that a page of ours made for `owner` and sent, without its token.
///
/// # Errors
/// When the form comes from elsewhere, does not arrive in time, is too large, or is none.
pub fn fields(
    request: &HttpRequest,
    payload: &mut Payload,
    owner: String,
) -> LocalBoxFuture<'static, Result<Vec<(String, String)>, actix_web::Error>> {
    let is_ours = comes_from_here(request);
    let tokens = request.app_data::<Data<FormTokens>>().cloned();
    let rules = request.app_data::<Data<Rules>>().cloned();
    let body = Bytes::from_request(request, payload);
    Box::pin(async move {
        let (Some(tokens), Some(rules), true) = (tokens, rules, is_ours) else { return Err(AppError::ForgedForm.into()) };
        let body = tokio::time::timeout(rules.patience, body).await.map_err(|_| AppError::TooSlow)??;
        let pairs: Vec<(String, String)> = serde_html_form::from_bytes(&body).map_err(|_| AppError::Invalid("problem-fields"))?;
        let (token, fields): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| name == "csrf");
        match &token[..] {
            [(_, token)] if tokens.is_right(&owner, token) => Ok(fields),
            _ => Err(AppError::ForgedForm.into()),
        }
    })
}

/// A form without fields of its own: a button.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoFields {}

/// Whether the browser says that the request comes from a page of this site (Fetch Metadata; RFC 6454).
/// A client that says neither is no browser and has no cookies to abuse: the token alone decides.
fn comes_from_here(request: &HttpRequest) -> bool {
    let text = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    let host = text(header::HOST.as_str()).unwrap_or_default();
    // "null": our own pages ask browsers to tell nothing (Referrer-Policy), which an older one takes to mean this header too.
    text("origin")
        .filter(|origin| *origin != "null")
        .is_none_or(|origin| origin.split_once("://").is_some_and(|(_, origin)| origin == host))
}
