//! Every setting, read once from `avow.toml` and the environment; all problems are reported together.

mod read;
mod settings;
mod source;

use crate::kit::clock::Clock;
use crate::kit::tls::TlsFiles;
use ipnet::IpNet;
use lettre::message::Mailbox;
use read::Reader;
use read::default_data_dir;
use read::is_here;
use read::is_this_machine;
use read::read_allow;
use read::read_authority;
use read::read_base_url;
use read::read_clock;
use read::read_database_url;
use read::read_environment;
use read::read_log;
use read::read_networks;
use read::read_token;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

pub use settings::SETTINGS;
pub use settings::Setting;
pub use source::Source;

/// Where the program runs. It decides what is allowed, never what is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    /// Real people and real evidence.
    Production,
    /// A rehearsal of production: mail goes to an allow-list only.
    Staging,
    /// A developer's machine.
    Development,
    /// The demo company: sign-in links for every role, on loopback only.
    Demo,
    /// The test suite: the clock may be a file.
    Test,
}

/// How mails leave.
#[derive(Clone, Debug)]
pub enum MailRoute {
    /// As files in this folder, for people to open.
    Files(PathBuf),
    /// To an SMTP server (RFC 5321).
    Smtp(SmtpServer),
}

/// A mail server, as `AVOW_SMTP_URL` and its kin name it.
#[derive(Clone, Debug)]
pub struct SmtpServer {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept from others.
    pub encryption: Encryption,
    /// The account and its password, where it wants one.
    pub account: Option<(String, SecretText)>,
    /// A further authority to trust, in PEM.
    pub authority: Option<Vec<u8>>,
}

/// How a connection to the mail server is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// STARTTLS before anything else (RFC 3207).
    StartTls,
    /// TLS from the first byte (RFC 8314).
    Implicit,
    /// Not at all: a relay on the same machine.
    None,
}

/// Text that does not print.
#[derive(Clone)]
pub struct SecretText(pub(crate) String);

impl fmt::Debug for SecretText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretText(…)")
    }
}

/// How much one network address may ask for; `None`: as much as it likes.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Requests a second.
    pub requests: Option<u32>,
    /// Requests a minute to the pages of signing in.
    pub sign_ins: Option<u32>,
}

/// The settings of a running program.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the program runs.
    pub environment: Environment,
    /// Where the web server listens.
    pub listen: SocketAddr,
    /// What links in mails start with; no slash at its end.
    pub base_url: String,
    /// The certificate to speak HTTPS with, unless a web server in front does.
    pub tls: Option<TlsFiles>,
    /// The web servers in front, whose word on a client's address is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// How long a request may take to arrive.
    pub request_timeout: Duration,
    /// How much one network address may ask for.
    pub limits: Limits,
    /// How long the program says that it is going before it goes.
    pub drain: Duration,
    /// The database's address, unless a private one is to be used.
    pub database_url: Option<SecretText>,
    /// An authority for the database's certificate, in PEM.
    pub database_authority: Option<Vec<u8>>,
    /// How many connections this instance may open.
    pub database_connections: usize,
    /// Keys, mails as files, the private database.
    pub data_dir: PathBuf,
    /// The key that signs sessions, links and forms.
    pub key_file: PathBuf,
    /// Courses and policies.
    pub content_dir: PathBuf,
    /// How mails leave.
    pub mail: MailRoute,
    /// Whom mails come from.
    pub mail_from: Mailbox,
    /// The only addresses and domains that are mailed; `None`: all are.
    pub mail_allow: Option<Vec<String>>,
    /// What a program that reads the metrics has to show.
    pub metrics_token: Option<SecretText>,
    /// What is logged.
    pub log: String,
    /// What tells the time.
    pub clock: Clock,
}

impl Config {
    /// The settings that `variable` tells, by their names in the environment.
    ///
    /// # Errors
    /// Every wrong setting, by name, with what it should be.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let mut reader = Reader { variable: &variable, problems: &mut problems };
        let environment = reader.value("AVOW_ENVIRONMENT", |name| read_environment(name.as_deref()));
        let listen: Option<SocketAddr> = reader.parsed("AVOW_LISTEN", "127.0.0.1:8080", "an address and a port, as in 127.0.0.1:8080");
        let base_url = reader.value("AVOW_BASE_URL", |url| read_base_url(url, listen, variable("AVOW_TLS_CERT_FILE").is_some()));
        let is_real = matches!(environment, Some(Environment::Production | Environment::Staging));
        if is_real && base_url.as_deref().is_some_and(|url| !url.starts_with("https://") && !is_here(url)) {
            // Sessions would travel in the clear.
            let help = "people must reach a real installation over HTTPS; write https://…, or set AVOW_ENVIRONMENT=development";
            reader.problems.add("AVOW_BASE_URL", help);
        }
        let tls = reader.tls();
        let trusted_proxies = reader.value("AVOW_TRUSTED_PROXIES", |list| read_networks(&list.unwrap_or_default()));
        let request_timeout = reader.seconds("AVOW_REQUEST_TIMEOUT", 15, 1..=300);
        let drain = reader.seconds("AVOW_DRAIN", 0, 0..=300);
        let requests = reader.number("AVOW_LIMIT_REQUESTS", 50, 0..=1_000_000);
        let sign_ins = reader.number("AVOW_LIMIT_SIGN_INS", 120, 0..=1_000_000);
        let connections = reader.number("AVOW_DATABASE_CONNECTIONS", 16, 2..=500);
        let data_dir = variable("AVOW_DATA_DIR").map_or_else(default_data_dir, PathBuf::from);
        let mail_from = reader.parsed("AVOW_MAIL_FROM", "Avow <avow@localhost>", "a sender, as in Training <training@example.org>");
        let database_authority = reader.value("AVOW_DATABASE_CA_FILE", read_authority);
        let database_password = reader.secret("AVOW_DATABASE_PASSWORD_FILE");
        let database_url = reader.value("DATABASE_URL", |url| read_database_url(url, database_password.flatten()));
        let mail = reader.mail_route(&data_dir);
        if variable("AVOW_SMTP_URL").is_some() && variable("AVOW_MAIL_FROM").is_none() {
            reader.problems.add("AVOW_MAIL_FROM", "say whom mails come from, as in Training <training@example.org>");
        }
        if environment == Some(Environment::Test) && matches!(&mail, Some(MailRoute::Smtp(server)) if !is_this_machine(&server.host)) {
            reader.problems.add("AVOW_SMTP_URL", "the environment test mails to a server on this machine only");
        }
        let key_file = reader.key(&data_dir);
        let log = reader.value("AVOW_LOG", read_log);
        let allow = reader.value("AVOW_MAIL_ALLOW", |list| read_allow(&list.unwrap_or_default()));
        let metrics_token = reader.value("AVOW_METRICS_TOKEN_FILE", read_token);
        let clock = reader.value("AVOW_TEST_CLOCK", |path| read_clock(path, environment));
        let config = || {
            let environment = environment?;
            // A test sends nothing beyond this machine instead.
            let is_limited = matches!(environment, Environment::Staging | Environment::Development | Environment::Demo);
            Some(Self {
                environment,
                listen: listen?,
                base_url: base_url?,
                tls: tls?,
                trusted_proxies: trusted_proxies?,
                request_timeout: request_timeout?,
                limits: Limits {
                    requests: Some(requests?).filter(|limit| *limit > 0),
                    sign_ins: Some(sign_ins?).filter(|limit| *limit > 0),
                },
                drain: drain?,
                database_url: database_url?,
                database_authority: database_authority?,
                database_connections: connections? as usize,
                key_file: key_file?,
                content_dir: variable("AVOW_CONTENT_DIR").map_or_else(|| "content".into(), PathBuf::from),
                data_dir: data_dir.clone(),
                mail: mail?,
                mail_from: mail_from?,
                mail_allow: allow.filter(|_| is_limited),
                metrics_token: metrics_token?,
                log: log?,
                clock: clock?,
            })
        };
        match config() {
            Some(config) if problems.is_empty() => Ok(config),
            _ => Err(problems),
        }
    }

    /// Whether people reach the program over HTTPS, so that cookies can be held to it.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

/// What is wrong with the settings.
#[derive(Debug, Default)]
pub struct Problems(Vec<String>);

impl Problems {
    fn add(&mut self, name: &str, problem: &str) {
        self.0.push(format!("{name}: {problem}"));
    }

    fn and(mut self, more: Self) -> Self {
        self.0.extend(more.0);
        self
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the settings have {} problem(s):\n  {}", self.0.len(), self.0.join("\n  "))
    }
}

impl std::error::Error for Problems {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_problems_are_reported_at_once() {
        let wrong = |name: &str| match name {
            "AVOW_LISTEN" => Some("here".into()),
            "AVOW_ENVIRONMENT" => Some("prod".into()),
            "AVOW_MAIL_FROM" => Some("nobody".into()),
            "AVOW_BASE_URL" => Some("avow.example.org".into()),
            "AVOW_SMTP_URL" => Some("mail.example.org".into()),
            _ => None,
        };
        let message = Config::read(wrong).expect_err("five settings are wrong").to_string();
        for name in ["AVOW_LISTEN", "AVOW_ENVIRONMENT", "AVOW_MAIL_FROM", "AVOW_BASE_URL", "AVOW_SMTP_URL"] {
            assert!(message.contains(name), "{name} is missing in {message}");
        }
    }

    #[test]
    fn a_mail_server_wants_to_know_whom_mails_come_from() {
        let with = |from: Option<&'static str>| {
            Config::read(move |name| match name {
                "AVOW_SMTP_URL" => Some("smtp://mail.example.org".to_owned()),
                "AVOW_MAIL_FROM" => from.map(str::to_owned),
                _ => None,
            })
        };
        assert!(with(None).expect_err("nobody").to_string().contains("AVOW_MAIL_FROM: say whom"));
        assert!(with(Some("Training <training@example.org>")).is_ok());
    }

    #[test]
    fn the_clock_is_only_changed_in_tests() {
        let with = |environment: &'static str| {
            move |name: &str| match name {
                "AVOW_ENVIRONMENT" => Some(environment.to_owned()),
                "AVOW_TEST_CLOCK" => Some("/tmp/clock".to_owned()),
                _ => None,
            }
        };
        assert!(Config::read(with("production")).is_err());
        assert!(Config::read(with("test")).is_ok());
    }

    #[test]
    fn a_real_installation_is_served_over_https_or_to_this_machine_alone() {
        let with = |url: &'static str| Config::read(move |name| (name == "AVOW_BASE_URL").then(|| url.to_owned()));
        assert!(with("https://avow.example.org").is_ok() && with("http://127.0.0.1:8080").is_ok());
        assert!(with("http://[::1]:8080").is_ok() && with("http://localhost").is_ok());
        for open in ["avow.example.org", "evil.127.0.0.1.example", "127.0.0.1.evil.example", "localhost.evil.example:8080"] {
            let url: &'static str = format!("http://{open}").leak();
            assert!(with(url).expect_err("in the clear").to_string().contains("AVOW_BASE_URL: people must reach"), "{open}");
        }
    }

    #[test]
    fn secrets_do_not_print() {
        let config =
            Config::read(|name| (name == "DATABASE_URL").then(|| "postgres://u:hunter2@h/d".into())).expect("the defaults are right");
        assert!(!format!("{config:?}").contains("hunter2"));
    }
}
