//! The session cookie: a signed envelope (JWT, RFC 7519) around the id of a row. The row decides; the envelope only saves
//! looking up what was never ours. One algorithm, HMAC-SHA256, by `ring`.

use crate::kit::crypto::SecretKey;
use chrono::DateTime;
use chrono::Utc;
use jsonwebtoken::Algorithm;
use jsonwebtoken::DecodingKey;
use jsonwebtoken::EncodingKey;
use jsonwebtoken::Header;
use jsonwebtoken::Validation;
use jsonwebtoken::crypto::CryptoProvider;
use jsonwebtoken::crypto::JwtSigner;
use jsonwebtoken::crypto::JwtVerifier;
use jsonwebtoken::crypto::KeyUtils;
use jsonwebtoken::errors::Error;
use jsonwebtoken::errors::ErrorKind;
use ring::hmac;
use serde::Deserialize;
use serde::Serialize;
use signature::Signer;
use signature::Verifier;
use uuid::Uuid;

/// Who makes and reads envelopes.
const ISSUER: &str = "avow";
/// What they are for: no other token of ours passes for one.
const AUDIENCE: &str = "avow/session";

#[derive(Serialize, Deserialize)]
struct Claims {
    sid: Uuid,
    iss: String,
    aud: String,
    exp: i64,
    iat: i64,
}

/// The envelope of a session that ends at `expires_at` at the latest.
///
/// # Errors
/// When the envelope cannot be signed.
pub(super) fn seal(key: &SecretKey, session: Uuid, now: DateTime<Utc>, expires_at: DateTime<Utc>) -> Result<String, Error> {
    install();
    let claims = Claims { sid: session, iss: ISSUER.into(), aud: AUDIENCE.into(), exp: expires_at.timestamp(), iat: now.timestamp() };
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(&signing_key(key)))
}

/// The session an envelope is for, if it is ours and has not expired.
pub(super) fn open(key: &SecretKey, envelope: &str, now: DateTime<Utc>) -> Option<Uuid> {
    read(key, envelope).filter(|claims| claims.exp > now.timestamp()).map(|claims| claims.sid)
}

/// The session an envelope of ours was for, whether it has expired or not. It signs nobody in.
pub(super) fn open_expired(key: &SecretKey, envelope: &str) -> Option<Uuid> {
    read(key, envelope).map(|claims| claims.sid)
}

fn read(key: &SecretKey, envelope: &str) -> Option<Claims> {
    install();
    if envelope.len() > 1024 {
        return None;
    }
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "iss", "aud"]);
    // The time is ours to compare: the library would ask the system's clock.
    validation.validate_exp = false;
    let token = jsonwebtoken::decode::<Claims>(envelope, &DecodingKey::from_secret(&signing_key(key)), &validation).ok()?;
    (token.header.typ.as_deref() == Some("JWT")).then_some(token.claims)
}

/// A key for this purpose alone, derived from the installation's.
fn signing_key(key: &SecretKey) -> [u8; 32] {
    key.sign("session", b"HS256")
}

struct Hmac(hmac::Key);

impl Signer<Vec<u8>> for Hmac {
    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, signature::Error> {
        Ok(hmac::sign(&self.0, message).as_ref().to_vec())
    }
}

impl Verifier<Vec<u8>> for Hmac {
    fn verify(&self, message: &[u8], code: &Vec<u8>) -> Result<(), signature::Error> {
        hmac::verify(&self.0, message, code).map_err(|_| signature::Error::new())
    }
}

impl JwtSigner for Hmac {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl JwtVerifier for Hmac {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

fn signer(algorithm: &Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>, Error> {
    match algorithm {
        Algorithm::HS256 => Ok(Box::new(Hmac(hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes())))),
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>, Error> {
    match algorithm {
        Algorithm::HS256 => Ok(Box::new(Hmac(hmac::Key::new(hmac::HMAC_SHA256, key.try_get_as_bytes()?)))),
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

static RING: CryptoProvider =
    CryptoProvider { signer_factory: signer, verifier_factory: verifier, key_utils: KeyUtils::new_unimplemented() };

/// Names the provider once; a second call changes nothing.
fn install() {
    let _ = RING.install_default();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::chance::Chance;

    fn key(folder: &std::path::Path, name: &str) -> SecretKey {
        SecretKey::load_or_make(&folder.join(name), &Chance::default()).expect("a key")
    }

    #[test]
    fn only_our_own_unexpired_envelopes_open() {
        let folder = tempfile::tempdir().expect("a folder");
        let (ours, theirs) = (key(folder.path(), "ours"), key(folder.path(), "theirs"));
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().expect("an instant");
        let (session, end) = (Uuid::from_u128(7), now + chrono::TimeDelta::hours(12));
        let envelope = seal(&ours, session, now, end).expect("seals");
        assert_eq!(open(&ours, &envelope, now), Some(session));
        assert_eq!(open(&theirs, &envelope, now), None);
        assert_eq!(open(&ours, &envelope, end), None);
        let parts = envelope.split('.').collect::<Vec<_>>();
        let none = crate::kit::crypto::base64url(br#"{"typ":"JWT","alg":"none"}"#);
        let bent = format!("{}.{}.{}", parts[0], parts[1].to_ascii_uppercase(), parts[2]);
        for forged in
            [format!("{none}.{}.", parts[1]), format!("{none}.{}.{}", parts[1], parts[2]), bent, parts[..2].join("."), "x".repeat(5000)]
        {
            assert_eq!(open(&ours, &forged, now), None, "{forged}");
        }
    }
}
