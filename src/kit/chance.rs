//! The one source of randomness: the operating system's, by way of `ring`. Everything else takes it as an argument.

use chrono::DateTime;
use chrono::Utc;
use ring::rand::SecureRandom;
use ring::rand::SystemRandom;
use std::sync::Arc;
use uuid::Builder;
use uuid::Uuid;

/// Makes random bytes and ids.
#[derive(Clone, Debug)]
pub struct Chance(Arc<SystemRandom>);

impl Default for Chance {
    fn default() -> Self {
        Self(Arc::new(SystemRandom::new()))
    }
}

impl Chance {
    /// `N` random bytes.
    ///
    /// # Panics
    /// When the operating system gives no randomness: nothing secure can be done without it.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes).expect("the operating system gives random bytes");
        bytes
    }

    /// A new id (UUID version 7, RFC 9562): sorts by the time it was made.
    pub fn id(&self, now: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }
}
