//! What a handler may end with when it cannot answer: the page says what to do, the log says why, once.

use actix_web::HttpResponse;
use actix_web::ResponseError;
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderValue;
use actix_web::http::header::LOCATION;
use actix_web::http::header::RETRY_AFTER;
use diesel::result::DatabaseErrorKind;
use std::fmt;

/// A request that could not be answered as asked.
#[derive(Debug)]
pub enum AppError {
    /// There is no such thing, or it is not theirs to see: the two look alike (RFC 9110, section 15.5.5).
    NotFound,
    /// Nobody is signed in; the address to come back to.
    SignInNeeded(String),
    /// The form did not come from our own page, or too late.
    ForgedForm,
    /// The request took too long to arrive.
    TooSlow,
    /// The request is larger than what is read.
    TooLarge,
    /// One network address asks for too much; the seconds to wait.
    TooMany(u64),
    /// The request cannot be understood; the key of the message that says what to mend.
    Invalid(&'static str),
    /// What they want to change has changed meanwhile; the key of the message.
    Conflict(&'static str),
    /// The database does not answer: the request may be sent again.
    Unavailable(String),
    /// Our fault. The cause goes to the log, never to the page.
    Internal(String),
}

/// The key of the message an error page shows; carried from the error to the page in the response's extensions.
#[derive(Clone, Copy)]
pub struct ProblemMessage(pub &'static str);

impl AppError {
    fn message(&self) -> Option<&'static str> {
        match self {
            Self::Invalid(key) | Self::Conflict(key) => Some(key),
            Self::ForgedForm => Some("problem-form"),
            Self::SignInNeeded(_) => Some("problem-signed-out"),
            _ => None,
        }
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(cause) | Self::Internal(cause) => formatter.write_str(cause),
            other => write!(formatter, "{}", other.status_code()),
        }
    }
}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignInNeeded(back) if back.is_empty() => StatusCode::UNAUTHORIZED,
            Self::SignInNeeded(_) => StatusCode::SEE_OTHER,
            Self::ForgedForm => StatusCode::FORBIDDEN,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::Internal(cause) => tracing::error!(cause, "request failed"),
            Self::Unavailable(cause) => tracing::warn!(cause, "database unavailable"),
            _ => {}
        }
        let mut response = HttpResponse::new(self.status_code());
        if let Self::SignInNeeded(back) = self
            && !back.is_empty()
            && let Ok(target) = format!("/sign-in?next={back}").parse()
        {
            response.headers_mut().insert(LOCATION, target);
        }
        if let Self::TooMany(seconds) = self {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*seconds));
        }
        if let Some(key) = self.message() {
            response.extensions_mut().insert(ProblemMessage(key));
        }
        response
    }
}

impl From<diesel::result::Error> for AppError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::Error;
        match error {
            Error::NotFound => Self::NotFound,
            Error::DatabaseError(kind, info) if may_pass(&kind, info.message()) => Self::Unavailable(info.message().to_owned()),
            Error::DatabaseError(kind, info) => {
                Self::Internal(format!("{kind:?} {} {}", info.constraint_name().unwrap_or_default(), without_values(info.message())))
            }
            other => Self::Internal(other.to_string()),
        }
    }
}

impl<E: fmt::Display> From<deadpool::managed::PoolError<E>> for AppError {
    fn from(error: deadpool::managed::PoolError<E>) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<serde_json::Error> for AppError {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(format!("stored JSON: {error}"))
    }
}

/// Whether another try may work: the server went away, is going, is only just coming, or others were in the way for too long.
fn may_pass(kind: &DatabaseErrorKind, message: &str) -> bool {
    let words = [
        "terminating connection",
        "connection closed",
        "the database system is",
        "canceling statement due to lock timeout",
        "canceling statement due to statement timeout",
        "deadlock detected",
    ];
    matches!(kind, DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand)
        || words.iter().any(|start| message.starts_with(start))
}

/// A database's message without what it quotes: values may be personal data.
fn without_values(message: &str) -> String {
    message.split('"').step_by(2).collect::<Vec<_>>().join("…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_in_the_way_of_others_may_try_again() {
        for words in ["canceling statement due to lock timeout", "deadlock detected", "terminating connection due to administrator command"]
        {
            let error = diesel::result::Error::DatabaseError(DatabaseErrorKind::Unknown, Box::new(words.to_owned()));
            assert_eq!(AppError::from(error).status_code(), StatusCode::SERVICE_UNAVAILABLE, "{words}");
        }
    }

    #[test]
    fn what_a_database_quotes_stays_out_of_the_log() {
        assert_eq!(without_values("invalid input \"mai@example.org\" for type"), "invalid input … for type");
    }
}
