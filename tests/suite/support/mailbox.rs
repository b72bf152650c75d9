//! Reads the mails that the program wrote as files.

use std::path::Path;

/// A mail.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The `To` header.
    pub to: String,
    /// The subject, decoded.
    pub subject: String,
    /// The `Message-ID` header.
    pub message_id: String,
    /// The plain-text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

/// All mails of a folder, by file name.
pub fn read(folder: &Path) -> Vec<Letter> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut paths: Vec<_> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "eml")).collect();
    paths.sort();
    paths.iter().map(|path| letter(&std::fs::read(path).expect("a mail"))).collect()
}

/// Reads one mail with a library that had no part in writing it.
pub fn letter(bytes: &[u8]) -> Letter {
    use mail_parser::MessageParser;
    let message = MessageParser::default().parse(bytes).expect("a mail");
    let to = message.to().and_then(|to| to.first()).expect("is addressed");
    Letter {
        to: format!("{} <{}>", to.name().unwrap_or_default(), to.address().unwrap_or_default()),
        subject: message.subject().unwrap_or_default().to_owned(),
        message_id: message.message_id().unwrap_or_default().to_owned(),
        text: message.body_text(0).unwrap_or_default().replace("\r\n", "\n"),
        html: message.body_html(0).unwrap_or_default().replace("\r\n", "\n"),
    }
}

impl Letter {
    /// The first address that starts with `start`.
    pub fn link(&self, start: &str) -> String {
        let word = self.text.split_whitespace().find(|word| word.starts_with(start));
        word.unwrap_or_else(|| panic!("no {start} in {}", self.text)).to_owned()
    }
}
