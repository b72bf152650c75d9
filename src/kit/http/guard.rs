//! Wraps every answer, static files and errors included: a request id, the security headers, an error page people understand.

use crate::kit::chance::Chance;
use crate::kit::error::AppError;
use crate::kit::error::ProblemMessage;
use crate::kit::http::asked::Asked;
use crate::kit::http::client;
use crate::kit::http::cookie::cookie;
use crate::kit::http::cookie::set as set_cookie;
use crate::kit::http::limits::Limits;
use crate::kit::http::view::Problem;
use crate::kit::http::view::ViewData;
use crate::kit::http::view::page_of;
use actix_web::HttpMessage;
use actix_web::body::BoxBody;
use actix_web::body::MessageBody;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::http::ConnectionType;
use actix_web::http::Method;
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::http::header::HeaderMap;
use actix_web::http::header::HeaderName;
use actix_web::http::header::HeaderValue;
use actix_web::middleware::Next;
use actix_web::web::Data;
use ipnet::IpNet;
use percent_encoding::percent_decode_str;
use std::time::Duration;
use std::time::Instant;
use tracing::Instrument;

/// What the guard goes by.
pub struct Rules {
    /// How much one network address may ask for.
    pub limits: Limits,
    /// The web servers in front.
    pub trusted_proxies: Vec<IpNet>,
    /// How long a form may take to arrive.
    pub patience: Duration,
}

/// The outermost middleware.
///
/// # Errors
/// None of ours: what fails inside is answered by then, and becomes a page here.
pub async fn guard(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let (chance, view) = (request.app_data::<Data<Chance>>().cloned(), request.app_data::<Data<ViewData>>().cloned());
    let rules = request.app_data::<Data<Rules>>().cloned();
    let (Some(chance), Some(view), Some(rules)) = (chance, view, rules) else {
        return Err(AppError::Internal("the guard has nothing to go by".into()).into());
    };
    let asked = Asked::new(request.request(), &chance, view.default_lang);
    request.extensions_mut().insert(asked.clone());
    let started = Instant::now();
    // HEAD asks for what GET would answer, without the body, which the server leaves out (RFC 9110, section 9.3.2).
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let span = tracing::error_span!("request", id = asked.id);
    let refused = span.in_scope(|| refusal(&request, &rules));
    let mut response = match refused {
        Some(error) => request.error_response(error).map_into_boxed_body(),
        None => next.call(request).instrument(span.clone()).await?.map_into_boxed_body(),
    };
    let known = Asked::of(response.request()).unwrap_or(asked);
    if (response.status().is_client_error() || response.status().is_server_error()) && !is_page(response.headers()) {
        response = explain(response, &view, &known);
    }
    if matches!(response.status(), StatusCode::REQUEST_TIMEOUT | StatusCode::PAYLOAD_TOO_LARGE) {
        // What is left of the body is not waited for.
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    if known.user.is_none() && is_page(response.headers()) {
        // Before sign-in, the forms of a page are bound to this cookie.
        set_cookie(response.response_mut(), &cookie("visitor", known.form_owner.clone(), view.secure, None))?;
    }
    add_headers(response.headers_mut(), &known, view.secure);
    // The pattern, not the address: addresses hold ids and sign-in tokens.
    let route = response.request().match_pattern().unwrap_or_default();
    let seconds = started.elapsed().as_secs_f64();
    // What strangers make up is no label and no line of the log.
    let method = METHODS.into_iter().find(|known| *known == response.request().method().as_str()).unwrap_or("other");
    let labels = [("method", method.to_owned()), ("route", route.to_owned()), ("status", response.status().as_str().to_owned())];
    metrics::counter!("avow_http_requests_total", &labels).increment(1);
    metrics::histogram!("avow_http_request_seconds", &labels[1..2]).record(seconds);
    let (status, ms) = (response.status().as_u16(), started.elapsed().as_millis());
    span.in_scope(|| tracing::info!(method, route, status, ms, "answered"));
    Ok(response)
}

/// The methods that are counted and logged by name.
const METHODS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];

/// Why a request is refused before anybody looks at it.
fn refusal(request: &ServiceRequest, rules: &Rules) -> Option<AppError> {
    // As the router reads it: letters may come as codes.
    let path = percent_decode_str(request.path()).decode_utf8_lossy();
    let peer = request.peer_addr().map(|peer| peer.ip());
    let address = peer.map(|peer| client::address(peer, request.headers(), &rules.trusted_proxies));
    let wait =
        address.and_then(|address| rules.limits.check(address, ["/sign-in", "/invitations"].iter().any(|start| path.starts_with(start))));
    if let Some(seconds) = wait {
        return Some(AppError::TooMany(seconds));
    }
    // Other sites may link to pages; they may not embed them, read them, or send forms here (Fetch Metadata).
    let said = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
    let is_foreign = said("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none");
    let is_link =
        request.method() == Method::GET && said("sec-fetch-mode") == Some("navigate") && said("sec-fetch-dest") == Some("document");
    (is_foreign && !is_link).then_some(AppError::ForgedForm)
}

fn is_page(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.to_str().is_ok_and(|kind| kind.starts_with("text/html")))
}

/// Replaces the bare answer of an error with a page: what happened, what was kept, what to do, the request's id.
fn explain(response: ServiceResponse, view: &ViewData, asked: &Asked) -> ServiceResponse {
    let status = response.status();
    let message = response.response().extensions().get::<ProblemMessage>().map(|message| message.0);
    let problem = Problem::new(status, message, &asked.id);
    let kept = [header::ALLOW, header::RETRY_AFTER, header::CONTENT_RANGE]
        .map(|name| response.headers().get(&name).cloned().map(|value| (name, value)));
    // What was sent to may have no page of its own.
    let back = if response.request().method() == Method::GET { page_of(response.request()) } else { "/".to_owned() };
    let page = view.render(asked, &back, &problem);
    let (request, bare) = response.into_parts();
    let mut full = match page {
        Ok(html) => actix_web::HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html),
        Err(error) => {
            tracing::error!(cause = %error, "error page failed");
            bare
        }
    };
    for (name, value) in kept.into_iter().flatten() {
        full.headers_mut().insert(name, value);
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        full.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    ServiceResponse::new(request, full)
}

fn add_headers(headers: &mut HeaderMap, asked: &Asked, secure: bool) {
    // Browsers deliver to a named endpoint over HTTPS only; where there is one, they ignore the older way.
    let report = if secure { "report-to csp" } else { "report-uri /csp-report" };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{}'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; \
         connect-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; {report}",
        asked.nonce
    );
    let fixed = [
        ("strict-transport-security", "max-age=63072000; includeSubDomains"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("x-robots-tag", "noindex, nofollow"),
    ];
    for (name, value) in fixed {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if secure {
        headers.insert(HeaderName::from_static("reporting-endpoints"), HeaderValue::from_static("csp=\"/csp-report\""));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let (Ok(policy), Ok(id)) = (HeaderValue::from_str(&policy), HeaderValue::from_str(&asked.id)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}
