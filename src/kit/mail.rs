//! Hands letters to an SMTP server (RFC 5321, STARTTLS or TLS), or writes them as files that any mail program opens.
//! The same letter gives the same bytes under the same Message-ID, however often it is handed over.

use crate::kit::config::Encryption;
use crate::kit::config::MailRoute;
use crate::kit::config::SmtpServer;
use crate::kit::render::Letter;
use chrono::DateTime;
use chrono::Utc;
use lettre::AsyncSmtpTransport;
use lettre::AsyncTransport;
use lettre::Message;
use lettre::Tokio1Executor;
use lettre::message::Body;
use lettre::message::Mailbox;
use lettre::message::MultiPart;
use lettre::message::SinglePart;
use lettre::message::header::ContentTransferEncoding;
use lettre::message::header::ContentType;
use lettre::message::header::Header;
use lettre::message::header::HeaderName;
use lettre::message::header::HeaderValue;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::Certificate;
use lettre::transport::smtp::client::Tls;
use lettre::transport::smtp::client::TlsParameters;
use std::error::Error;
use std::fmt;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

/// A letter with its address.
pub struct Outgoing<'a> {
    /// Names the message for ever (RFC 5322, section 3.6.4), without angle brackets.
    pub message_id: &'a str,
    /// The name to show.
    pub to_name: &'a str,
    /// The address.
    pub to: &'a str,
    /// When it was written: part of the bytes, so not the time of a retry.
    pub written_at: DateTime<Utc>,
    /// The words.
    pub letter: &'a Letter,
}

/// Sends letters.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    allow: Option<Vec<String>>,
    way: Way,
}

#[derive(Clone)]
enum Way {
    Files(PathBuf),
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

/// The longest that handing one letter over may take: less than a job's lease, so that no other worker takes the letter up meanwhile.
const PATIENCE: Duration = Duration::from_secs(90);

/// Why a letter was not handed over. Names no person.
#[derive(Debug)]
pub enum MailError {
    /// Worth another try.
    Later(String),
    /// This letter will never be taken.
    Never(String),
}

impl fmt::Display for MailError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Later(why) | Self::Never(why) => formatter.write_str(why),
        }
    }
}

impl Mailer {
    /// A mailer for that route, to the addresses and domains that `allow` names; `None`: to all.
    ///
    /// # Errors
    /// When the folder cannot be made, or the server's address or certificate cannot be read.
    pub fn new(route: &MailRoute, from: Mailbox, allow: Option<Vec<String>>) -> Result<Self, String> {
        let way = match route {
            MailRoute::Files(folder) => {
                make_folder(folder).map_err(|error| format!("{}: mails cannot be kept here: {error}", folder.display()))?;
                Way::Files(folder.clone())
            }
            MailRoute::Smtp(server) => Way::Smtp(smtp(server)?),
        };
        Ok(Self { from, allow, way })
    }

    /// Whether mail may go to that address. Files go nowhere.
    pub fn allows(&self, address: &str) -> bool {
        let address = address.trim().to_lowercase();
        let domain = address.rsplit('@').next().unwrap_or_default();
        let is_named = |allow: &Vec<String>| allow.iter().any(|named| *named == address || named == domain);
        self.folder().is_some() || self.allow.as_ref().is_none_or(is_named)
    }

    /// Asks the mail server whether it takes mail from us; nothing is sent.
    ///
    /// # Errors
    /// When it does not answer, or refuses encryption or account.
    pub async fn probe(&self) -> Result<(), MailError> {
        let Way::Smtp(transport) = &self.way else { return Ok(()) };
        match tokio::time::timeout(PATIENCE, transport.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err(MailError::Later("the mail server does not answer as one".into())),
            Ok(Err(error)) => Err(refused(&error)),
            Err(_) => Err(MailError::Later("the mail server did not answer in time".into())),
        }
    }

    /// The folder that mails are written to, if they are.
    pub fn folder(&self) -> Option<&Path> {
        match &self.way {
            Way::Files(folder) => Some(folder),
            Way::Smtp(_) => None,
        }
    }

    /// A Message-ID under the sender's domain.
    pub fn message_id(&self, id: Uuid) -> String {
        format!("{}@{}", id.simple(), self.from.email.domain())
    }

    /// Hands a letter over. When this returns, the server has taken it, or the file is on disk.
    ///
    /// # Errors
    /// Whether another try is worth it.
    pub async fn send(&self, outgoing: &Outgoing<'_>) -> Result<(), MailError> {
        let message = self.message(outgoing)?;
        match &self.way {
            Way::Files(folder) => {
                let local = outgoing.to.split('@').next().unwrap_or_default().replace(['/', '\\', '.'], "-");
                let day = outgoing.written_at.format("%Y-%m-%dT%H%M%SZ");
                let short = outgoing.message_id.split('@').next().unwrap_or_default();
                let name = format!("{day}-{local}-{}.eml", &short[short.len().saturating_sub(8)..]);
                write_file(folder, &name, &message.formatted()).await.map_err(|error| MailError::Later(error.to_string()))
            }
            Way::Smtp(transport) => match tokio::time::timeout(PATIENCE, transport.send(message)).await {
                Ok(answer) => answer.map(drop).map_err(|error| refused(&error)),
                Err(_) => Err(MailError::Later("the mail server did not answer in time".into())),
            },
        }
    }

    fn message(&self, outgoing: &Outgoing<'_>) -> Result<Message, MailError> {
        let never = |why: &dyn fmt::Display| MailError::Never(format!("the letter cannot be addressed: {why}"));
        let address = outgoing.to.parse().map_err(|_| never(&"not a mail address"))?;
        let part = |kind: ContentType, text: &str| {
            let part = SinglePart::builder().header(kind);
            // In files, words stay readable in any editor; a server gets the encoding that every relay takes.
            if self.folder().is_some() && text.lines().all(|line| line.len() < 900) && !text.contains(['\r', '\0']) {
                let bytes = text.replace('\n', "\r\n").into_bytes();
                return part.body(Body::dangerous_pre_encoded(bytes, ContentTransferEncoding::EightBit));
            }
            part.body(text.to_owned())
        };
        let parts = MultiPart::builder()
            .kind(lettre::message::MultiPartKind::Alternative)
            .boundary(format!("part-{}", outgoing.message_id.split('@').next().unwrap_or_default()))
            .singlepart(part(ContentType::TEXT_PLAIN, &outgoing.letter.text))
            .singlepart(part(ContentType::TEXT_HTML, &outgoing.letter.html));
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(outgoing.to_name.to_owned()), address))
            .subject(outgoing.letter.subject.clone())
            .message_id(Some(format!("<{}>", outgoing.message_id)))
            .date(outgoing.written_at.into())
            .header(AutoSubmitted)
            .multipart(parts)
            .map_err(|error| never(&error))
    }
}

/// Tells other programs not to answer (RFC 3834, section 5).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

/// What a refusal means. An answer of the server may quote the address: only its code is kept.
fn refused(error: &lettre::transport::smtp::Error) -> MailError {
    let Some(code) = error.status() else { return MailError::Later(kind_of(error)) };
    let code = code.to_string();
    // It wants encryption, or another account (RFC 4954, section 6): that is about us, and says nothing of this letter.
    if matches!(code.as_str(), "530" | "534" | "535" | "538") {
        return MailError::Later(format!("the mail server refused our account with {code}"));
    }
    let what = format!("the mail server answered {code}");
    if error.is_permanent() { MailError::Never(what) } else { MailError::Later(what) }
}

fn kind_of(error: &lettre::transport::smtp::Error) -> String {
    let io = std::iter::successors(error.source(), |&error| error.source()).find_map(|error| error.downcast_ref::<std::io::Error>());
    let cause = io.and_then(std::io::Error::get_ref).and_then(|cause| cause.downcast_ref::<rustls::Error>());
    match cause {
        Some(cause) => format!("the mail server's certificate or encryption was refused: {cause}"),
        None if error.is_timeout() => "the mail server did not answer in time".into(),
        // A sentence of the library's own, such as that the server knows no STARTTLS.
        None if error.is_client() => {
            format!("the mail server cannot be used: {}", error.source().map(ToString::to_string).unwrap_or_default())
        }
        None => "the mail server could not be reached, or hung up".into(),
    }
}

/// Mails hold names and sign-in links: they are for the program's own user.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

async fn write_file(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    make_folder(folder)?;
    let draft = folder.join(format!(".{name}.{}", std::process::id()));
    let mut file = tokio::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft).await?;
    file.write_all(bytes).await?;
    file.sync_all().await?;
    tokio::fs::rename(&draft, folder.join(name)).await
}

fn smtp(server: &SmtpServer) -> Result<AsyncSmtpTransport<Tokio1Executor>, String> {
    let mut parameters = TlsParameters::builder(server.host.clone());
    if let Some(pem) = &server.authority {
        let certificate = Certificate::from_pem(pem).map_err(|_| "AVOW_SMTP_CA_FILE: no certificate in PEM".to_owned())?;
        parameters = parameters.add_root_certificate(certificate);
    }
    let parameters = parameters.build_rustls().map_err(|error| format!("AVOW_SMTP_URL: {error}"))?;
    let tls = match server.encryption {
        Encryption::StartTls => Tls::Required(parameters),
        Encryption::Implicit => Tls::Wrapper(parameters),
        Encryption::None => Tls::None,
    };
    let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host).port(server.port).tls(tls);
    let builder = builder.timeout(Some(Duration::from_secs(30)));
    let builder = match &server.account {
        Some((user, password)) => builder.credentials(Credentials::new(user.clone(), password.0.clone())),
        None => builder,
    };
    Ok(builder.build())
}
