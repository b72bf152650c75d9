//! The token of a sign-in link: the link's id and a code that only this installation can make. The database never holds it,
//! and writing the same mail again gives the same token.

use crate::kit::crypto;
use crate::kit::crypto::SecretKey;
use uuid::Uuid;

/// The purpose under which link codes are signed.
const PURPOSE: &str = "sign-in link";

/// The token of a link.
pub fn token(key: &SecretKey, link: Uuid) -> String {
    let code = key.sign(PURPOSE, link.as_bytes());
    crypto::base64url(&[link.as_bytes().as_slice(), &code].concat())
}

/// The link a token is for, if the token is ours.
pub fn link(key: &SecretKey, token: &str) -> Option<Uuid> {
    let bytes = crypto::from_base64url(token).filter(|bytes| bytes.len() == 48)?;
    let (id, code) = bytes.split_at(16);
    key.verify(PURPOSE, id, code).then(|| Uuid::from_slice(id).ok())?
}
