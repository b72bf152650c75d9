//! A real mail server: aiosmtpd as Debian has it (`python3-aiosmtpd`), with a certificate of an authority made for the story.

use crate::support::Avow;
use crate::support::mailbox;
use crate::support::mailbox::Letter;
use crate::support::until;
use std::io::BufRead;
use std::io::BufReader;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;

/// How the server is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// Not at all: it knows no STARTTLS and asks for no password.
    Missing,
    /// STARTTLS first, then a password, then mails.
    StartTls,
    /// TLS from the first byte, and a password.
    Implicit,
}

/// A mail server. It ends with the story.
pub struct Smtp {
    child: Child,
    folder: PathBuf,
}

/// A message the server took.
#[derive(Clone, Debug)]
pub struct Handed {
    /// What a reader makes of it.
    pub letter: Letter,
    /// The message as it came.
    pub bytes: Vec<u8>,
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipient.
    pub to: String,
    /// Whether it came encrypted, after a password.
    pub is_safe: bool,
}

const PASSWORD: &str = "correct horse +%&battery";

impl Smtp {
    /// Starts a server, and tells the installation to send its mails there.
    pub fn start(avow: &mut Avow, encryption: Encryption) -> Self {
        let folder = avow.folder.path().join("smtp");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("behaviour"), "accept").expect("a behaviour");
        authority(&folder, "ca");
        openssl(&folder, &["-keyout", "server.key", "-out", "server.pem", "-extensions", "server", "-CA", "ca.pem", "-CAkey", "ca.key"]);
        let mut command = Command::new("/usr/bin/python3");
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/support/smtp.py")).arg("--folder").arg(&folder);
        command.arg("--certificate").arg(folder.join("server.pem")).arg("--key").arg(folder.join("server.key"));
        match encryption {
            Encryption::Missing => command.args(["--tls", "none"]),
            Encryption::StartTls => command.args(["--tls", "starttls", "--password", PASSWORD]),
            Encryption::Implicit => command.args(["--tls", "implicit", "--password", PASSWORD]),
        };
        let log = std::fs::File::create(folder.join("log")).expect("a log");
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn().expect("python3 starts");
        let mut port = String::new();
        BufReader::new(child.stdout.take().expect("is piped")).read_line(&mut port).expect("says its port");
        let server = Self { child, folder };
        assert!(!port.is_empty(), "is python3-aiosmtpd installed? {}", server.log());
        let scheme = if encryption == Encryption::Implicit { "smtps" } else { "smtp" };
        for (name, value) in [
            ("AVOW_SMTP_URL", format!("{scheme}://avow@localhost:{}", port.trim())),
            ("AVOW_SMTP_CA_FILE", server.path("ca.pem")),
            ("AVOW_SMTP_PASSWORD_FILE", avow.file("smtp/password", &format!("{PASSWORD}\n"))),
            // The same in every process, so that one letter is the same bytes in every process.
            ("AVOW_BASE_URL", "http://avow.halden.example".into()),
        ] {
            avow.settings.insert(name.into(), value);
        }
        server
    }

    /// Changes how the server behaves from now on: accept, greylist, reject, drop or slow.
    pub fn becomes(&self, behaviour: &str) {
        std::fs::write(self.folder.join("draft"), behaviour).expect("a behaviour");
        std::fs::rename(self.folder.join("draft"), self.folder.join("behaviour")).expect("a behaviour");
    }

    /// An authority that signed nothing of this server's.
    pub fn stranger(&self) -> String {
        authority(&self.folder, "stranger");
        self.path("stranger.pem")
    }

    /// What clients asked for so far, a line each: the command, and `tls` or `clear`.
    pub fn asked(&self) -> String {
        std::fs::read_to_string(self.folder.join("asked")).unwrap_or_default()
    }

    /// The messages taken so far, in their order.
    pub fn handed(&self) -> Vec<Handed> {
        let names = std::fs::read_dir(&self.folder).expect("a folder").flatten().map(|entry| entry.path());
        let mut names: Vec<PathBuf> = names.filter(|path| path.extension().is_some_and(|ending| ending == "eml")).collect();
        names.sort();
        names.iter().map(|path| read(path)).collect()
    }

    /// The messages taken for an address.
    pub fn handed_to(&self, address: &str) -> Vec<Handed> {
        self.handed().into_iter().filter(|handed| handed.to == address).collect()
    }

    /// The messages taken, once there are so many.
    pub async fn wait_for(&self, count: usize) -> Vec<Handed> {
        until(&format!("{count} messages are handed over"), async || Some(self.handed()).filter(|handed| handed.len() >= count)).await
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).to_str().expect("UTF-8").to_owned()
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the mail server was asked:\n{}and logged:\n{}", self.asked(), self.log());
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(path: &Path) -> Handed {
    let bytes = std::fs::read(path).expect("a message");
    let about = std::fs::read_to_string(path.with_extension("json")).expect("its envelope");
    let about: serde_json::Value = serde_json::from_str(&about).expect("JSON");
    let [to] = &about["to"].as_array().expect("recipients")[..] else { panic!("one recipient each: {about}") };
    Handed {
        letter: mailbox::letter(&bytes),
        bytes,
        from: about["from"].as_str().expect("a sender").to_owned(),
        to: to.as_str().expect("an address").to_owned(),
        is_safe: about["tls"] == true && about["auth"] == true,
    }
}

const CONFIG: &str = "[req]\ndistinguished_name = name\nprompt = no\n[name]\nCN = localhost\n[ca]\nbasicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign\n[server]\nbasicConstraints = critical,CA:FALSE\nsubjectAltName = DNS:localhost\n";

fn authority(folder: &Path, name: &str) {
    std::fs::write(folder.join("openssl.cnf"), CONFIG).expect("a file");
    let (key, certificate) = (format!("{name}.key"), format!("{name}.pem"));
    openssl(folder, &["-keyout", &key, "-out", &certificate, "-extensions", "ca", "-subj", &format!("/CN=Authority {name}")]);
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("openssl");
    command.current_dir(folder).args(["req", "-x509", "-config", "openssl.cnf", "-nodes", "-days", "3650"]);
    command.args(["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]).args(arguments);
    let output = command.output().expect("openssl is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
