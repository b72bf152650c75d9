//! The cookies of the program: all are for this host and every page of it, out of reach of scripts, and bound to HTTPS where there is
//! HTTPS (RFC 6265).

use crate::kit::error::AppError;
use actix_web::HttpResponse;
use actix_web::cookie::Cookie;
use actix_web::cookie::SameSite;
use actix_web::cookie::time::Duration;

/// A cookie that lasts for some time; without one, until the browser is closed.
pub fn cookie(name: &'static str, value: String, secure: bool, lasts: Option<chrono::TimeDelta>) -> Cookie<'static> {
    let mut cookie = Cookie::build(name, value).path("/").http_only(true).secure(secure).same_site(SameSite::Lax).finish();
    cookie.set_max_age(lasts.map(|lasts| Duration::seconds(lasts.num_seconds())));
    cookie
}

/// Sets a cookie.
///
/// # Errors
/// When its value cannot stand in a header: it is ours, so it can.
pub fn set(response: &mut HttpResponse, cookie: &Cookie<'_>) -> Result<(), AppError> {
    response.add_cookie(cookie).map_err(|error| AppError::Internal(error.to_string()))
}

/// Ends a cookie.
///
/// # Errors
/// As [`set`].
pub fn end(response: &mut HttpResponse, name: &'static str, secure: bool) -> Result<(), AppError> {
    let mut cookie = cookie(name, String::new(), secure, None);
    cookie.make_removal();
    set(response, &cookie)
}
