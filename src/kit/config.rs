//! Every setting, read once from the environment; all problems are reported together.

use crate::kit::clock::Clock;
use lettre::message::Mailbox;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

/// A setting as `docs/operating.md` lists it: its variable and what it means.
pub struct Setting {
    /// The environment variable.
    pub name: &'static str,
    /// What it means, its unit and its default.
    pub meaning: &'static str,
}

/// All settings. A test holds the documentation to this list.
pub const SETTINGS: &[Setting] = &[
    Setting { name: "DATABASE_URL", meaning: "PostgreSQL 15 or newer; without it a private one runs in the data folder" },
    Setting { name: "AVOW_DATABASE_CA_FILE", meaning: "PEM file of the authority that signed the database's certificate" },
    Setting { name: "AVOW_DATABASE_CONNECTIONS", meaning: "connections of this instance, shared among its threads (default 16)" },
    Setting { name: "AVOW_ENVIRONMENT", meaning: "production (default), development or test" },
    Setting { name: "AVOW_LISTEN", meaning: "address and port to listen on (default 127.0.0.1:8080)" },
    Setting { name: "AVOW_BASE_URL", meaning: "the address people type; links in mails start with it (default: the listening address)" },
    Setting { name: "AVOW_DATA_DIR", meaning: "folder for keys, mails written to files and the private database" },
    Setting { name: "AVOW_CONTENT_DIR", meaning: "folder of courses and policies (default: content)" },
    Setting { name: "AVOW_SMTP_URL", meaning: "smtp://user@host:587?tls=required or smtps://user@host; without it mails become files" },
    Setting { name: "AVOW_SMTP_PASSWORD_FILE", meaning: "file that holds the password of the mail account" },
    Setting { name: "AVOW_SMTP_CA_FILE", meaning: "PEM file of the authority that signed the mail server's certificate" },
    Setting { name: "AVOW_MAIL_FROM", meaning: "sender of every mail, as in \"Security training <training@example.org>\"" },
    Setting { name: "AVOW_LOG", meaning: "what is logged, as in info or info,avow=debug (default: info)" },
    Setting { name: "AVOW_TEST_CLOCK", meaning: "environment test only: file that holds the present instant" },
];

/// Where the program runs. It decides what is allowed, never what is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    /// Real people and real evidence.
    Production,
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
    Smtp {
        /// Server, account and kind of encryption.
        url: SecretText,
        /// The account's password, where the URL holds none.
        password: Option<SecretText>,
        /// A further authority to trust, in PEM.
        authority: Option<Vec<u8>>,
    },
}

/// Text that does not print.
#[derive(Clone)]
pub struct SecretText(pub(crate) String);

impl fmt::Debug for SecretText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretText(…)")
    }
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
    /// The database's address, unless a private one is to be used.
    pub database_url: Option<SecretText>,
    /// An authority for the database's certificate, in PEM.
    pub database_authority: Option<Vec<u8>>,
    /// How many connections this instance may open.
    pub database_connections: usize,
    /// Keys, mails as files, the private database.
    pub data_dir: PathBuf,
    /// Courses and policies.
    pub content_dir: PathBuf,
    /// How mails leave.
    pub mail: MailRoute,
    /// Whom mails come from.
    pub mail_from: Mailbox,
    /// What is logged.
    pub log: String,
    /// What tells the time.
    pub clock: Clock,
}

impl Config {
    /// The settings of this process.
    ///
    /// # Errors
    /// Every wrong setting, by name, with what it should be.
    pub fn from_environment() -> Result<Self, Problems> {
        Self::read(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    /// The settings that `variable` tells.
    ///
    /// # Errors
    /// Every wrong setting, by name, with what it should be.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Problems> {
        let mut problems = Problems(Vec::new());
        let environment = problems.take("AVOW_ENVIRONMENT", read_environment(variable("AVOW_ENVIRONMENT").as_deref()));
        let listen = variable("AVOW_LISTEN").unwrap_or_else(|| "127.0.0.1:8080".into());
        let listen = problems.take("AVOW_LISTEN", listen.parse().map_err(|_| "write an address and a port, as in 127.0.0.1:8080".into()));
        let connections = variable("AVOW_DATABASE_CONNECTIONS").unwrap_or_else(|| "16".into());
        let connections = problems.take(
            "AVOW_DATABASE_CONNECTIONS",
            connections.parse().ok().filter(|count| (2..=500).contains(count)).ok_or("write a number from 2 to 500".into()),
        );
        let data_dir = variable("AVOW_DATA_DIR").map_or_else(default_data_dir, PathBuf::from);
        let from = variable("AVOW_MAIL_FROM").unwrap_or_else(|| "Avow <avow@localhost>".into());
        let from =
            problems.take("AVOW_MAIL_FROM", from.parse().map_err(|_| "write a sender, as in Training <training@example.org>".into()));
        let database_authority = problems.take("AVOW_DATABASE_CA_FILE", read_authority(variable("AVOW_DATABASE_CA_FILE")));
        let mail = mail_route(&variable, &data_dir, &mut problems);
        if variable("AVOW_SMTP_URL").is_some() && variable("AVOW_MAIL_FROM").is_none() {
            problems.take::<()>("AVOW_MAIL_FROM", Err("say whom mails come from, as in Training <training@example.org>".into()));
        }
        let clock = problems.take("AVOW_TEST_CLOCK", read_clock(variable("AVOW_TEST_CLOCK"), environment));
        let base_url = problems.take("AVOW_BASE_URL", read_base_url(variable("AVOW_BASE_URL"), listen));
        if !problems.0.is_empty() {
            return Err(problems);
        }
        let all = (environment, listen, connections, from, database_authority, mail, clock, base_url);
        let (Some(environment), Some(listen), Some(connections), Some(from), Some(authority), Some(mail), Some(clock), Some(base_url)) =
            all
        else {
            return Err(problems);
        };
        Ok(Self {
            environment,
            listen,
            base_url,
            database_url: variable("DATABASE_URL").map(SecretText),
            database_authority: authority,
            database_connections: connections,
            content_dir: variable("AVOW_CONTENT_DIR").map_or_else(|| "content".into(), PathBuf::from),
            data_dir,
            mail,
            mail_from: from,
            log: variable("AVOW_LOG").unwrap_or_else(|| "info".into()),
            clock,
        })
    }

    /// What stops a real installation from being served: without HTTPS, sessions travel in the clear.
    ///
    /// # Errors
    /// What to mend.
    pub fn check_served(&self) -> Result<(), String> {
        let url = url::Url::parse(&self.base_url).ok();
        let host = url.as_ref().and_then(url::Url::host_str).unwrap_or_default();
        let is_here = ["127.0.0.1", "localhost", "[::1]"].contains(&host);
        if self.environment == Environment::Production && !self.is_https() && !is_here {
            return Err(
                "AVOW_BASE_URL: people must reach a real installation over HTTPS; write https://…, or set AVOW_ENVIRONMENT=development"
                    .into(),
            );
        }
        Ok(())
    }

    /// Whether people reach the program over HTTPS, so that cookies can be held to it.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

/// What is wrong with the settings.
#[derive(Debug)]
pub struct Problems(Vec<String>);

impl Problems {
    fn take<T>(&mut self, name: &str, value: Result<T, String>) -> Option<T> {
        value.map_err(|problem| self.0.push(format!("{name}: {problem}"))).ok()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the settings have {} problem(s):\n  {}", self.0.len(), self.0.join("\n  "))
    }
}

impl std::error::Error for Problems {}

fn read_environment(name: Option<&str>) -> Result<Environment, String> {
    match name {
        None | Some("production") => Ok(Environment::Production),
        Some("development") => Ok(Environment::Development),
        Some("test") => Ok(Environment::Test),
        Some(other) => Err(format!("{other:?} is none of production, development, test")),
    }
}

fn read_base_url(url: Option<String>, listen: Option<SocketAddr>) -> Result<String, String> {
    let Some(url) = url else { return Ok(listen.map_or_else(String::new, |listen| format!("http://{listen}"))) };
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match rest {
        Some(host) if !host.trim_end_matches('/').contains(['/', '?', '#', ' ', '@']) && host.len() > 1 => {
            Ok(url.trim_end_matches('/').into())
        }
        _ => Err("write scheme and host, as in https://avow.example.org".into()),
    }
}

fn read_clock(path: Option<String>, environment: Option<Environment>) -> Result<Clock, String> {
    match path {
        None => Ok(Clock::System),
        Some(path) if environment == Some(Environment::Test) => Ok(Clock::File(path.into())),
        Some(_) => Err("only the environment test may change the clock".into()),
    }
}

fn read_file(path: Option<String>) -> Result<Option<Vec<u8>>, String> {
    path.map(|path| std::fs::read(&path).map_err(|error| format!("{path}: {error}"))).transpose()
}

fn read_authority(path: Option<String>) -> Result<Option<Vec<u8>>, String> {
    let bytes = read_file(path)?;
    match &bytes {
        Some(bytes) if !String::from_utf8_lossy(bytes).contains("-----BEGIN CERTIFICATE-----") => {
            Err("the file holds no certificate in PEM".into())
        }
        _ => Ok(bytes),
    }
}

fn mail_route(variable: &impl Fn(&str) -> Option<String>, data_dir: &std::path::Path, problems: &mut Problems) -> Option<MailRoute> {
    let password = problems.take("AVOW_SMTP_PASSWORD_FILE", read_file(variable("AVOW_SMTP_PASSWORD_FILE")))?;
    let authority = problems.take("AVOW_SMTP_CA_FILE", read_authority(variable("AVOW_SMTP_CA_FILE")))?;
    let Some(url) = variable("AVOW_SMTP_URL") else { return Some(MailRoute::Files(data_dir.join("mails"))) };
    if !url.starts_with("smtp://") && !url.starts_with("smtps://") {
        return problems.take("AVOW_SMTP_URL", Err("write smtp://user@host:587?tls=required or smtps://user@host".into()));
    }
    let password = password.map(|bytes| SecretText(String::from_utf8_lossy(&bytes).trim_end().to_owned()));
    Some(MailRoute::Smtp { url: SecretText(url), password, authority })
}

fn default_data_dir() -> PathBuf {
    let home = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share")));
    match home {
        Some(home) if !nix::unistd::geteuid().is_root() => home.join("avow"),
        _ => PathBuf::from("/var/lib/avow"),
    }
}

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
        let with =
            |url: &'static str| Config::read(move |name| (name == "AVOW_BASE_URL").then(|| url.to_owned())).expect("right").check_served();
        assert!(with("https://avow.example.org").is_ok() && with("http://127.0.0.1:8080").is_ok());
        assert!(with("http://[::1]:8080").is_ok() && with("http://localhost").is_ok());
        for open in ["avow.example.org", "evil.127.0.0.1.example", "127.0.0.1.evil.example", "localhost.evil.example:8080"] {
            let url: &'static str = format!("http://{open}").leak();
            assert!(with(url).is_err(), "{open}");
        }
    }

    #[test]
    fn secrets_do_not_print() {
        let config =
            Config::read(|name| (name == "DATABASE_URL").then(|| "postgres://u:hunter2@h/d".into())).expect("the defaults are right");
        assert!(!format!("{config:?}").contains("hunter2"));
    }
}
