//! The one-time key of an attestation's form. It names one act: however often the form arrives, one record comes of it.
//! It is signed for one person, one assignment and one text, and useless for any other.

use crate::kit::crypto;
use crate::kit::crypto::SecretKey;
use uuid::Uuid;

const PURPOSE: &str = "attestation form";

/// A key for a form.
pub(super) fn key(secret: &SecretKey, id: Uuid, person: Uuid, assignment: Uuid, text: Uuid) -> String {
    let code = secret.sign(PURPOSE, &message(id, person, assignment, text));
    crypto::base64url(&[id.as_bytes().as_slice(), &code].concat())
}

/// The act a form's key names, if it was made for this person, assignment and text.
pub(super) fn act(secret: &SecretKey, key: &str, person: Uuid, assignment: Uuid, text: Uuid) -> Option<Uuid> {
    let bytes = crypto::from_base64url(key).filter(|bytes| bytes.len() == 48)?;
    let (id, code) = bytes.split_at(16);
    let id = Uuid::from_slice(id).ok()?;
    secret.verify(PURPOSE, &message(id, person, assignment, text), code).then_some(id)
}

fn message(id: Uuid, person: Uuid, assignment: Uuid, text: Uuid) -> Vec<u8> {
    [id, person, assignment, text].iter().flat_map(|id| *id.as_bytes()).collect()
}
