//! The record of an attestation: what is committed to, and how. Pure.

use crate::kit::crypto;
use crate::kit::crypto::Sha256;
use chrono::DateTime;
use chrono::SecondsFormat;
use chrono::Utc;
use serde_json::json;
use uuid::Uuid;

/// What somebody answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// I attest.
    Attest,
    /// I decline, for this reason.
    Decline(String),
}

impl Response {
    /// The response's name in tables.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Attest => "attest",
            Self::Decline(_) => "decline",
        }
    }
}

/// How somebody was signed in when they attested.
#[derive(Clone, Debug)]
pub(super) struct SignIn {
    /// `mailed link` and so on.
    pub method: String,
    /// Who vouched for the sign-in.
    pub issuer: String,
    /// When.
    pub signed_in_at: DateTime<Utc>,
}

/// Everything that an attestation says.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub id: Uuid,
    pub assignment_id: Uuid,
    pub person_id: Uuid,
    pub engagement_id: Uuid,
    pub displayed_name: String,
    pub text_id: Uuid,
    pub policy: String,
    pub version: i32,
    pub language: String,
    pub prevailing_language: String,
    pub source_sha256: Vec<u8>,
    pub html_sha256: Vec<u8>,
    pub renderer: String,
    pub statement: String,
    pub statement_version: i32,
    pub meaning: Vec<String>,
    pub response: Response,
    pub opened_at: DateTime<Utc>,
    pub end_reached_at: DateTime<Utc>,
    pub signed_at: DateTime<Utc>,
    pub sign_in: SignIn,
    pub session_sha256: Sha256,
    pub previous_id: Option<Uuid>,
}

impl Record {
    /// The hash of the statement's words.
    pub fn statement_sha256(&self) -> Sha256 {
        crypto::sha256(self.statement.as_bytes())
    }

    /// The record in canonical form (RFC 8785): the bytes that the commitment binds to.
    pub fn canonical(&self) -> String {
        let time = |instant: DateTime<Utc>| instant.to_rfc3339_opts(SecondsFormat::Micros, true);
        let reason = match &self.response {
            Response::Attest => None,
            Response::Decline(reason) => Some(reason),
        };
        crypto::canonical_json(&json!({
            "type": "attestation", "record_version": 1, "id": self.id, "assignment": self.assignment_id, "person": self.person_id,
            "engagement": self.engagement_id, "name": self.displayed_name, "text": self.text_id, "policy": self.policy,
            "version": self.version, "language": self.language, "prevailing_language": self.prevailing_language,
            "source_sha256": hex::encode(&self.source_sha256), "html_sha256": hex::encode(&self.html_sha256), "renderer": self.renderer,
            "statement": self.statement, "statement_version": self.statement_version,
            "statement_sha256": hex::encode(self.statement_sha256()), "meaning": self.meaning, "response": self.response.name(),
            "reason": reason, "opened_at": time(self.opened_at), "end_reached_at": time(self.end_reached_at),
            "signed_at": time(self.signed_at), "session_sha256": hex::encode(self.session_sha256), "previous": self.previous_id,
            "sign_in": {
                "method": self.sign_in.method, "issuer": self.sign_in.issuer, "factors": [], "signed_in_at": time(self.sign_in.signed_in_at),
                "reauthenticated_at": null,
            },
        }))
    }
}
