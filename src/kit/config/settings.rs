//! The list of all settings, as `docs/operating.md` has it.

/// A setting as `docs/operating.md` lists it: its variable and what it means.
pub struct Setting {
    /// The environment variable.
    pub name: &'static str,
    /// What it means, its unit and its default.
    pub meaning: &'static str,
}

impl Setting {
    /// Its name in `avow.toml`: `smtp_url` for `AVOW_SMTP_URL`.
    pub fn key(&self) -> String {
        self.name.trim_start_matches("AVOW_").to_lowercase()
    }
}

macro_rules! settings {
    ($($name:literal: $meaning:literal,)*) => {
        /// All settings. A test holds the documentation to this list.
        pub const SETTINGS: &[Setting] = &[$(Setting { name: $name, meaning: $meaning }),*];
    };
}

settings! {
    "AVOW_ENVIRONMENT": "production (default), staging, development or test",
    "AVOW_BASE_URL": "the address people type; links in mails start with it (default: the listening address)",
    "AVOW_LISTEN": "address and port to listen on (default 127.0.0.1:8080)",
    "AVOW_TLS_CERT_FILE": "PEM file of the certificate and its chain; with it the program itself speaks HTTPS",
    "AVOW_TLS_KEY_FILE": "PEM file of the certificate's private key",
    "AVOW_TRUSTED_PROXIES": "addresses or networks of web servers in front, whose X-Forwarded-For is believed (default: none)",
    "AVOW_REQUEST_TIMEOUT": "seconds that a request may take to arrive (default 15)",
    "AVOW_LIMIT_REQUESTS": "requests a second from one address, ten times as many at once (default 50; 0: no limit)",
    "AVOW_LIMIT_SIGN_INS": "requests a minute to the pages of signing in, from one address (default 120; 0: no limit)",
    "AVOW_DRAIN": "seconds between \"not ready\" and the end, when the program is told to stop (default 0)",
    "AVOW_DATA_DIR": "folder for keys, mails written to files and the private database",
    "AVOW_KEY_FILE": "the key that signs sessions and forms; the same for all instances (default: keys/session.key in the data folder)",
    "AVOW_CONTENT_DIR": "folder of courses and policies (default: content)",
    "DATABASE_URL": "PostgreSQL 15 or newer; without it a private one runs in the data folder",
    "AVOW_DATABASE_PASSWORD_FILE": "file that holds the password of the database's user",
    "AVOW_DATABASE_CA_FILE": "PEM file of the authority that signed the database's certificate",
    "AVOW_DATABASE_CONNECTIONS": "connections of this instance, shared among its threads (default 16)",
    "AVOW_SMTP_URL": "smtp://user@host:587?tls=required or smtps://user@host; without it mails become files",
    "AVOW_SMTP_PASSWORD_FILE": "file that holds the password of the mail account",
    "AVOW_SMTP_CA_FILE": "PEM file of the authority that signed the mail server's certificate",
    "AVOW_MAIL_FROM": "sender of every mail, as in \"Security training <training@example.org>\"",
    "AVOW_MAIL_ALLOW": "outside production: the only addresses and domains that are mailed (default: none)",
    "AVOW_METRICS_TOKEN_FILE": "file that holds the token for /metrics; without it there is no such page",
    "AVOW_LOG": "what is logged, as in info or info,avow=debug (default: info)",
    "AVOW_TEST_CLOCK": "environment test only: file that holds the present instant",
}
