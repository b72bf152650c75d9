//! Reading one setting at a time: what it may be, and what to say where it is not.

use crate::kit::clock::Clock;
use crate::kit::config::Encryption;
use crate::kit::config::Environment;
use crate::kit::config::MailRoute;
use crate::kit::config::Problems;
use crate::kit::config::SecretText;
use crate::kit::config::SmtpServer;
use crate::kit::crypto::SecretKey;
use crate::kit::tls;
use crate::kit::tls::Certificate;
use crate::kit::tls::TlsFiles;
use ipnet::IpNet;
use percent_encoding::percent_decode_str;
use std::net::IpAddr;
use std::net::SocketAddr;
use std::path::Path;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;
use tracing_subscriber::EnvFilter;

/// Reads one setting after the other, and remembers what is wrong. `None` stands for a problem that was noted.
pub(super) struct Reader<'a, V> {
    pub variable: &'a V,
    pub problems: &'a mut Problems,
}

impl<V: Fn(&str) -> Option<String>> Reader<'_, V> {
    pub fn value<T>(&mut self, name: &str, read: impl FnOnce(Option<String>) -> Result<T, String>) -> Option<T> {
        read((self.variable)(name)).map_err(|problem| self.problems.add(name, &problem)).ok()
    }

    pub fn parsed<T: FromStr>(&mut self, name: &str, default: &str, wanted: &str) -> Option<T> {
        self.value(name, |text| text.as_deref().unwrap_or(default).parse().map_err(|_| format!("write {wanted}")))
    }

    pub fn number(&mut self, name: &str, default: u32, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
        let wrong = format!("write a number from {} to {}", range.start(), range.end());
        self.value(name, |text| match text {
            None => Ok(default),
            Some(text) => text.parse().ok().filter(|number| range.contains(number)).ok_or(wrong),
        })
    }

    pub fn seconds(&mut self, name: &str, default: u32, range: std::ops::RangeInclusive<u32>) -> Option<Duration> {
        self.number(name, default, range).map(|seconds| Duration::from_secs(seconds.into()))
    }

    pub fn secret(&mut self, name: &str) -> Option<Option<SecretText>> {
        let bytes = self.value(name, read_file)?;
        Some(bytes.map(|bytes| SecretText(String::from_utf8_lossy(&bytes).trim_end().to_owned())))
    }

    /// Where the key is. One that is there must be good; one that is not is made at the first start.
    pub fn key(&mut self, data_dir: &Path) -> Option<PathBuf> {
        self.value("AVOW_KEY_FILE", |path| {
            let path = path.map_or_else(|| data_dir.join("keys/session.key"), PathBuf::from);
            if path.exists() {
                SecretKey::load(&path).map_err(|error| error.to_string())?;
            }
            Ok(path)
        })
    }

    pub fn tls(&mut self) -> Option<Option<TlsFiles>> {
        match ((self.variable)("AVOW_TLS_CERT_FILE"), (self.variable)("AVOW_TLS_KEY_FILE")) {
            (None, None) => Some(None),
            (Some(certificate), Some(key)) => {
                let files = TlsFiles { certificate: certificate.into(), key: key.into() };
                self.value("AVOW_TLS_CERT_FILE", |_| Certificate::load(files.clone()).map(|_| Some(files)))
            }
            (Some(_), None) => self.value("AVOW_TLS_KEY_FILE", |_| Err("name the file of the certificate's private key".into())),
            (None, Some(_)) => self.value("AVOW_TLS_CERT_FILE", |_| Err("name the file of the certificate".into())),
        }
    }

    pub fn mail_route(&mut self, data_dir: &Path) -> Option<MailRoute> {
        let password = self.secret("AVOW_SMTP_PASSWORD_FILE")?;
        let authority = self.value("AVOW_SMTP_CA_FILE", read_authority)?;
        self.value("AVOW_SMTP_URL", |url| match url {
            None => Ok(MailRoute::Files(data_dir.join("mails"))),
            Some(url) => read_smtp(&url, password, authority).map(MailRoute::Smtp),
        })
    }
}

fn read_smtp(url: &str, password: Option<SecretText>, authority: Option<Vec<u8>>) -> Result<SmtpServer, String> {
    let form = "write smtp://user@host:587?tls=required or smtps://user@host";
    let url = url::Url::parse(url).map_err(|_| form)?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or(form)?.to_owned();
    let mode = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, mode)| mode.into_owned());
    let (encryption, port) = match (url.scheme(), mode.as_deref()) {
        ("smtps", None) => (Encryption::Implicit, 465),
        ("smtp", None | Some("required")) => (Encryption::StartTls, 587),
        ("smtp", Some("none")) if url.username().is_empty() => (Encryption::None, 25),
        ("smtp", Some("none")) => return Err("tls=none would send the account's password in the clear".into()),
        ("smtp" | "smtps", _) => return Err("tls is required (STARTTLS, the default) or none; smtps:// has TLS from the start".into()),
        _ => return Err(form.into()),
    };
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let password = password.filter(|password| !password.0.is_empty()).or_else(|| url.password().map(|text| SecretText(decoded(text))));
    let account = match (url.username(), password) {
        ("", _) => None,
        (user, Some(password)) => Some((decoded(user), password)),
        (_, None) => return Err("the account has no password: name a file with it in AVOW_SMTP_PASSWORD_FILE".into()),
    };
    Ok(SmtpServer { host, port: url.port().unwrap_or(port), encryption, account, authority })
}

/// What is logged, where it can be understood.
pub(super) fn read_log(filter: Option<String>) -> Result<String, String> {
    let filter = filter.unwrap_or_else(|| "info".into());
    let understood = EnvFilter::try_new(&filter).map_err(|_| "write a level or several, as in info or info,avow=debug".to_owned());
    understood.map(|_| filter)
}

/// Whether an address leads to this machine.
pub(super) fn is_here(url: &str) -> bool {
    let url = url::Url::parse(url).ok();
    is_this_machine(url.as_ref().and_then(url::Url::host_str).unwrap_or_default())
}

/// Whether a host is this machine.
pub(super) fn is_this_machine(host: &str) -> bool {
    ["127.0.0.1", "localhost", "[::1]", "::1"].contains(&host)
}

pub(super) fn read_environment(name: Option<&str>) -> Result<Environment, String> {
    match name {
        None | Some("production") => Ok(Environment::Production),
        Some("staging") => Ok(Environment::Staging),
        Some("development") => Ok(Environment::Development),
        Some("test") => Ok(Environment::Test),
        Some(other) => Err(format!("{other:?} is none of production, staging, development, test")),
    }
}

pub(super) fn read_base_url(url: Option<String>, listen: Option<SocketAddr>, tls: bool) -> Result<String, String> {
    let scheme = if tls { "https" } else { "http" };
    let Some(url) = url else { return Ok(listen.map_or_else(String::new, |listen| format!("{scheme}://{listen}"))) };
    if tls && url.starts_with("http://") {
        return Err("the program speaks HTTPS with AVOW_TLS_CERT_FILE; write https://…".into());
    }
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match rest {
        Some(host) if !host.trim_end_matches('/').contains(['/', '?', '#', ' ', '@']) && host.len() > 1 => {
            Ok(url.trim_end_matches('/').into())
        }
        _ => Err("write scheme and host, as in https://avow.example.org".into()),
    }
}

pub(super) fn read_clock(path: Option<String>, environment: Option<Environment>) -> Result<Clock, String> {
    match path {
        None => Ok(Clock::System),
        Some(path) if environment == Some(Environment::Test) => Ok(Clock::File(path.into())),
        Some(_) => Err("only the environment test may change the clock".into()),
    }
}

fn read_file(path: Option<String>) -> Result<Option<Vec<u8>>, String> {
    path.map(|path| std::fs::read(&path).map_err(|error| format!("{path}: {error}"))).transpose()
}

pub(super) fn read_authority(path: Option<String>) -> Result<Option<Vec<u8>>, String> {
    let bytes = read_file(path)?;
    bytes.as_deref().map(tls::authorities).transpose()?;
    Ok(bytes)
}

/// Text that has to be random enough to guard a page.
pub(super) fn read_token(path: Option<String>) -> Result<Option<SecretText>, String> {
    let Some(bytes) = read_file(path)? else { return Ok(None) };
    let token = String::from_utf8_lossy(&bytes).trim().to_owned();
    if token.len() < 32 {
        return Err("the token is too short: write 32 random characters or more, as openssl rand -hex 32 makes".into());
    }
    Ok(Some(SecretText(token)))
}

pub(super) fn read_database_url(url: Option<String>, password: Option<SecretText>) -> Result<Option<SecretText>, String> {
    let (Some(text), Some(password)) = (&url, password) else { return Ok(url.map(SecretText)) };
    let mut url = url::Url::parse(text).map_err(|_| "with a password file, write postgres://user@host/name".to_owned())?;
    url.set_password(Some(&password.0)).map_err(|()| "with a password file, write postgres://user@host/name".to_owned())?;
    Ok(Some(SecretText(url.into())))
}

/// Addresses and networks, separated by commas.
pub(super) fn read_networks(list: &str) -> Result<Vec<IpNet>, String> {
    let network = |text: &str| text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    entries(list)
        .map(|text| network(text).map_err(|_| format!("{text:?} is no address or network, as in 10.0.0.7 or 10.0.0.0/24")))
        .collect()
}

/// Mail addresses and domains, separated by commas.
pub(super) fn read_allow(list: &str) -> Result<Vec<String>, String> {
    let is_right = |text: &str| text.parse::<lettre::Address>().is_ok() || format!("a@{text}").parse::<lettre::Address>().is_ok();
    let entry = |text: &str| {
        let text = text.trim_start_matches('@').to_lowercase();
        if is_right(&text) { Ok(text) } else { Err(format!("{text:?} is no mail address and no domain")) }
    };
    entries(list).map(entry).collect()
}

fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|entry| !entry.is_empty())
}

pub(super) fn default_data_dir() -> PathBuf {
    let home = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share")));
    match home {
        Some(home) if !nix::unistd::geteuid().is_root() => home.join("avow"),
        _ => PathBuf::from("/var/lib/avow"),
    }
}
