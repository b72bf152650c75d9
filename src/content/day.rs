//! Dates in settings files: TOML's own, or a string.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Deserializer;
use serde::de::Error;

/// Reads a date as in 2026-03-31, with or without quotes.
///
/// # Errors
/// When it is no date.
pub fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    match toml::Value::deserialize(deserializer)? {
        toml::Value::Datetime(date) => date.to_string().parse(),
        toml::Value::String(text) => text.parse(),
        other => other.to_string().parse(),
    }
    .map_err(|_| D::Error::custom("not a date; write it as in 2026-03-31"))
}
