//! Hashes, commitments, keys and the signed envelope of a session. One cryptographic library: `ring`.
//! Nothing here prints a secret.

use crate::kit::chance::Chance;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::aead;
use ring::digest;
use ring::hmac;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// SHA-256 (FIPS 180-4).
pub type Sha256 = [u8; 32];

/// The SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> Sha256 {
    let digest = digest::digest(&digest::SHA256, bytes);
    digest.as_ref().try_into().expect("SHA-256 has 32 bytes")
}

/// Base64 for URLs and file names (RFC 4648, section 5), without padding.
pub fn base64url(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads what [`base64url`] wrote.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(text).ok()
}

/// Binds to a record without showing it: `HMAC-SHA256(salt, "avow/v1/record\0" || record)` (RFC 2104).
/// Once salt and record are erased, the commitment says nothing about them.
pub fn commitment(salt: &[u8; 32], record: &str) -> Sha256 {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, salt));
    context.update(b"avow/v1/record\0");
    context.update(record.as_bytes());
    context.sign().as_ref().try_into().expect("HMAC-SHA256 has 32 bytes")
}

/// The canonical form of a record (RFC 8785). Records hold text, whole numbers, booleans, null, lists and objects with
/// ASCII names; for these, sorted names and the serialiser's shortest form are the canonical form.
pub fn canonical_json(record: &Value) -> String {
    match record {
        Value::Object(fields) => {
            let sorted: BTreeMap<&String, &Value> = fields.iter().collect();
            let fields = sorted.into_iter().map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), canonical_json(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical_json).collect::<Vec<_>>().join(",")),
        plain => plain.to_string(),
    }
}

/// A 256-bit secret key. It does not print, and it signs for one purpose at a time.
#[derive(Clone)]
pub struct SecretKey(Vec<u8>);

impl fmt::Debug for SecretKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretKey(…)")
    }
}

impl SecretKey {
    /// Reads the key of that file, or makes it where there is none yet. The file holds 64 hexadecimal digits.
    ///
    /// # Errors
    /// When the file cannot be read or made, holds no key of 32 bytes, or can be read by others.
    pub fn load_or_make(path: &Path, chance: &Chance) -> io::Result<Self> {
        if !path.exists() {
            make_key_file(path, &hex::encode(chance.bytes::<32>()))
                .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
        }
        Self::load(path)
    }

    /// Reads the key of that file.
    ///
    /// # Errors
    /// When the file cannot be read, holds no key of 32 bytes, or can be read by others.
    pub fn load(path: &Path) -> io::Result<Self> {
        let wrong = |why: &str| io::Error::other(format!("{}: {why}", path.display()));
        let mode = fs::metadata(path).map_err(|error| wrong(&error.to_string()))?.permissions().mode();
        if mode & 0o007 != 0 || mode & 0o020 != 0 {
            return Err(wrong("other users can read this key; run chmod 600 on it"));
        }
        let key = hex::decode(fs::read_to_string(path).map_err(|error| wrong(&error.to_string()))?.trim())
            .map_err(|_| wrong("a key is 64 hexadecimal digits"))?;
        if key.len() != 32 || key.iter().all(|byte| *byte == key[0]) {
            return Err(wrong("a key is 64 hexadecimal digits, random ones"));
        }
        Ok(Self(key))
    }

    /// A key that nobody keeps: what it signs is worth nothing once the program ends.
    pub fn passing(chance: &Chance) -> Self {
        Self(chance.bytes::<32>().to_vec())
    }

    /// The authentication code of `message` for `purpose` (HMAC-SHA256): codes for one purpose are worth nothing for another.
    pub fn sign(&self, purpose: &str, message: &[u8]) -> Sha256 {
        hmac::sign(&self.hmac(), &purposeful(purpose, message)).as_ref().try_into().expect("HMAC-SHA256 has 32 bytes")
    }

    /// Whether `code` is the authentication code of `message` for `purpose`, compared in constant time.
    pub fn verify(&self, purpose: &str, message: &[u8], code: &[u8]) -> bool {
        hmac::verify(&self.hmac(), &purposeful(purpose, message), code).is_ok()
    }

    /// Seals bytes for a purpose (AES-256-GCM, NIST SP 800-38D): without the key they tell nothing, under another name they do not open.
    pub fn seal(&self, purpose: &str, name: &[u8], bytes: &[u8], chance: &Chance) -> Vec<u8> {
        let nonce = chance.bytes::<12>();
        let mut sealed = bytes.to_vec();
        let key = self.sealing_key(purpose);
        key.seal_in_place_append_tag(aead::Nonce::assume_unique_for_key(nonce), aead::Aad::from(name), &mut sealed)
            .expect("the bytes are far below the limit of the cipher");
        [nonce.to_vec(), sealed].concat()
    }

    /// Opens what [`Self::seal`] sealed.
    pub fn open(&self, purpose: &str, name: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, rest) = sealed.split_at_checked(12)?;
        let mut rest = rest.to_vec();
        let nonce = aead::Nonce::try_assume_unique_for_key(nonce).ok()?;
        self.sealing_key(purpose).open_in_place(nonce, aead::Aad::from(name), &mut rest).ok().map(|bytes| bytes.to_vec())
    }

    fn sealing_key(&self, purpose: &str) -> aead::LessSafeKey {
        let key = self.sign("seal", purpose.as_bytes());
        aead::LessSafeKey::new(aead::UnboundKey::new(&aead::AES_256_GCM, &key).expect("the key has 32 bytes"))
    }

    /// Names the key without telling it.
    pub fn id(&self) -> String {
        hex::encode(&self.sign("key id", b"")[..8])
    }

    fn hmac(&self) -> hmac::Key {
        hmac::Key::new(hmac::HMAC_SHA256, &self.0)
    }
}

fn purposeful(purpose: &str, message: &[u8]) -> Vec<u8> {
    [purpose.as_bytes(), b"\0", message].concat()
}

fn make_key_file(path: &Path, text: &str) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path.parent().unwrap_or(Path::new(".")))?;
    let draft = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    // A link, not a rename: of two programs that start at once, the second keeps the key of the first.
    match fs::hard_link(&draft, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => fs::remove_file(&draft),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_json_sorts_names_and_keeps_text() {
        let record = serde_json::json!({"b": [1, null, true], "a": "Đặng \u{1}\n\"x\""});
        assert_eq!(canonical_json(&record), "{\"a\":\"Đặng \\u0001\\n\\\"x\\\"\",\"b\":[1,null,true]}");
    }

    #[test]
    fn a_commitment_matches_the_published_construction() {
        // printf 'avow/v1/record\0{"a":1}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707…07
        let expected = "469da88914e3fd523cc0f9552bd65d7a18cdb7bd640523515abe1b119876c58b";
        assert_eq!(hex::encode(commitment(&[7; 32], "{\"a\":1}")), expected);
    }

    #[test]
    fn what_is_sealed_opens_under_its_name_and_whole_only() {
        let (key, chance) = (SecretKey(vec![1; 32]), Chance::default());
        let sealed = key.seal("kept form", b"7", b"reason=no lock", &chance);
        assert_eq!(key.open("kept form", b"7", &sealed).as_deref(), Some(&b"reason=no lock"[..]));
        assert_ne!(sealed, key.seal("kept form", b"7", b"reason=no lock", &chance), "each time anew");
        assert!(key.open("kept form", b"8", &sealed).is_none() && key.open("other", b"7", &sealed).is_none());
        assert!(SecretKey(vec![2; 32]).open("kept form", b"7", &sealed).is_none());
        for place in 0..sealed.len() {
            let mut bent = sealed.clone();
            bent[place] ^= 1;
            assert!(key.open("kept form", b"7", &bent).is_none() && key.open("kept form", b"7", &sealed[..place]).is_none());
        }
    }

    #[test]
    fn a_code_for_one_purpose_is_worth_nothing_for_another() {
        let key = SecretKey(vec![1; 32]);
        let code = key.sign("csrf", b"x");
        assert!(key.verify("csrf", b"x", &code));
        assert!(!key.verify("link", b"x", &code));
        assert!(!key.verify("csrf", b"y", &code));
        assert!(!key.verify("csrf", b"x", &code[..31]));
    }
}
