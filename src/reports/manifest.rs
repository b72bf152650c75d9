//! What a report's files hold, so that somebody else can check them. Part A follows from parameters and facts alone and is
//! the same whoever asks; part B says who asked, when, with which program. `docs/evidence.md` specifies it.

use crate::kit::crypto;
use crate::kit::error::AppError;
use crate::reports::completion::Report;
use chrono::DateTime;
use chrono::SecondsFormat;
use chrono::Utc;
use serde::Serialize;
use serde_json::Value;
use serde_json::json;

/// The definition of the completion report that these files follow.
const DEFINITION: &str = "completion/1";

/// A manifest.
#[derive(Debug, Serialize)]
pub struct Manifest {
    part_a: Value,
    part_b: Value,
}

impl Manifest {
    /// The manifest of a report and of its CSV file.
    pub fn new(report: &Report, file_name: &str, csv: &[u8], by: &str, now: DateTime<Utc>) -> Self {
        let time = |instant: DateTime<Utc>| instant.to_rfc3339_opts(SecondsFormat::Micros, true);
        let part_a = json!({
            "report": "completion",
            "definition": DEFINITION,
            "parameters": report.filter,
            "legal_entities": report.legal_entities,
            "as_of": time(report.as_of),
            "as_known": time(report.as_of),
            "tzdata": chrono_tz::IANA_TZDB_VERSION,
            "rules": report.rules,
            "rows": report.rows.len(),
            "control_totals": report.totals(),
            "left_out": [{ "reason": "filter", "rows": report.left_out }],
            "files": [{ "name": file_name, "sha256": hex::encode(crypto::sha256(csv)), "bytes": csv.len(), "rows": report.rows.len() }],
            "roster": report.roster,
        });
        let part_a_sha256 = hex::encode(crypto::sha256(crypto::canonical_json(&part_a).as_bytes()));
        let part_b = json!({
            "part_a_sha256": part_a_sha256, "generated_at": time(now), "generated_by": by,
            "program": concat!("avow ", env!("CARGO_PKG_VERSION")),
        });
        Self { part_a, part_b }
    }

    /// The manifest as a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn json(&self) -> Result<Vec<u8>, AppError> {
        Ok([serde_json::to_vec_pretty(self)?, b"\n".to_vec()].concat())
    }
}
