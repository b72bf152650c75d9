//! The token of a link: the link's id and a code that only this installation can make. The database never holds it, and writing the
//! same mail again gives the same token.

use crate::kit::crypto;
use crate::kit::crypto::SecretKey;
use uuid::Uuid;

/// What a link is for: the token of one kind is worth nothing as one of another.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Signs somebody in.
    SignIn,
    /// Lets somebody join.
    Invitation,
}

impl Kind {
    /// The purpose under which its codes are signed.
    const fn purpose(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in link",
            Self::Invitation => "invitation",
        }
    }
}

/// The token of a link.
pub fn token(key: &SecretKey, kind: Kind, link: Uuid) -> String {
    let code = key.sign(kind.purpose(), link.as_bytes());
    crypto::base64url(&[link.as_bytes().as_slice(), &code].concat())
}

/// The link a token is for, if the token is ours and of that kind.
pub fn link(key: &SecretKey, kind: Kind, token: &str) -> Option<Uuid> {
    let bytes = crypto::from_base64url(token).filter(|bytes| bytes.len() == 48)?;
    let (id, code) = bytes.split_at(16);
    key.verify(kind.purpose(), id, code).then(|| Uuid::from_slice(id).ok())?
}
