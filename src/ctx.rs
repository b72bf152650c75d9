//! What the program is made of, passed in and never global.

use crate::content::Organisation;
use crate::kit::chance::Chance;
use crate::kit::clock::Clock;
use crate::kit::config::Config;
use crate::kit::crypto::SecretKey;
use crate::kit::db::Pool;
use crate::kit::db::Pooled;
use crate::kit::error::AppError;
use crate::kit::i18n::Lang;
use crate::kit::mail::Mailer;
use crate::kit::render::Templates;
use chrono::DateTime;
use chrono::Utc;
use std::sync::Arc;

/// Everything a handler or a job needs. Cheap to clone; each thread of the web server has one with its own pool.
#[derive(Clone)]
pub struct Ctx {
    /// Connections to the database.
    pub pool: Pool,
    /// What tells the time.
    pub clock: Clock,
    /// Where randomness comes from.
    pub chance: Chance,
    /// Sends mail.
    pub mailer: Mailer,
    /// Pages and mails.
    pub templates: Arc<Templates>,
    /// Whose installation this is.
    pub organisation: Arc<Organisation>,
    /// Signs sessions, sign-in links and forms.
    pub key: SecretKey,
    /// All settings.
    pub config: Arc<Config>,
}

impl Ctx {
    /// The present instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// A connection.
    ///
    /// # Errors
    /// When none is to be had within a few seconds.
    pub async fn connection(&self) -> Result<Pooled, AppError> {
        Ok(self.pool.get().await?)
    }

    /// The language of people who have none of ours.
    pub fn default_lang(&self) -> Lang {
        self.organisation.default_language.parse().unwrap_or_default()
    }

    /// The language to write to somebody in, given the language tag the roster has.
    pub fn lang_of(&self, tag: &str) -> Lang {
        tag.parse().unwrap_or_else(|()| self.default_lang())
    }
}
