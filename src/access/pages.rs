//! The pages of signing in.

use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use crate::kit::render::Template;
use serde::Serialize;

/// All templates of this feature.
pub fn templates() -> Vec<Template> {
    vec![
        Template::page::<AskPage>(),
        Template::page::<SentPage>(),
        Template::page::<LinkPage>(),
        Template::page::<KeptPage>(),
        Template::page::<InvitationPage>(),
    ]
}

/// Asks for the address to mail a link to.
#[derive(Serialize)]
pub(super) struct AskPage {
    /// Whether a form waits to be sent after signing in.
    pub kept: bool,
    pub next: String,
    pub email: String,
    pub wrong: bool,
}

impl Page for AskPage {
    const NAME: &'static str = "access/ask";
    const SOURCE: &'static str = include_str!("templates/ask.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("sign-in-title")
    }

    fn samples() -> Vec<Self> {
        vec![
            Self { kept: true, next: "/record".into(), email: "mai".into(), wrong: true },
            Self { kept: false, next: String::new(), email: String::new(), wrong: false },
        ]
    }
}

/// Says that a link is on its way, whether it is or not.
#[derive(Serialize)]
pub(super) struct SentPage {
    pub email: String,
    pub minutes: i64,
    pub security_email: String,
}

impl Page for SentPage {
    const NAME: &'static str = "access/sent";
    const SOURCE: &'static str = include_str!("templates/sent.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("sent-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self { email: "mai@example.org".into(), minutes: 10, security_email: "security@example.org".into() }]
    }
}

/// What a link shows: a button that signs in, or why it does not.
#[derive(Serialize)]
pub(super) struct LinkPage {
    pub usable: bool,
    pub token: String,
    pub name: String,
}

impl Page for LinkPage {
    const NAME: &'static str = "access/link";
    const SOURCE: &'static str = include_str!("templates/link.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text(if self.usable { "link-title" } else { "link-dead-title" })
    }

    fn samples() -> Vec<Self> {
        let page = |usable| Self { usable, token: "abc".into(), name: "Mai Trần".into() };
        vec![page(true), page(false)]
    }
}

/// A form that came after its session had ended.
#[derive(Serialize)]
pub(super) struct KeptPage {
    /// The key of the words for what it is.
    pub what: &'static str,
    /// Where it goes.
    pub path: String,
    pub fields: Vec<KeptField>,
    /// What was written by hand, to be read once more.
    pub typed: Vec<String>,
}

/// One field of a kept form.
#[derive(Serialize)]
pub(super) struct KeptField {
    pub name: String,
    pub value: String,
}

impl Page for KeptPage {
    const NAME: &'static str = "access/kept";
    const SOURCE: &'static str = include_str!("templates/kept.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text("kept-title")
    }

    fn samples() -> Vec<Self> {
        let page = |what| {
            let field = KeptField { name: "reason".into(), value: "My desk has no lock.".into() };
            Self { what, path: "/attest/0190".into(), fields: vec![field], typed: vec!["My desk has no lock.".into()] }
        };
        vec![
            page("kept-refusal"),
            page("kept-quiz"),
            page("kept-lesson"),
            Self { what: "kept-form", path: "/record".into(), fields: vec![], typed: vec![] },
        ]
    }
}

/// What somebody tells about themselves who was invited from the server's terminal.
#[derive(Serialize)]
pub(super) struct InvitationPage {
    pub usable: bool,
    pub token: String,
    pub role: &'static str,
    pub hr_id: String,
    pub given_name: String,
    pub family_name: String,
    pub email: String,
    /// Ids of the fields that are to be corrected.
    pub wrong: Vec<&'static str>,
}

impl Page for InvitationPage {
    const NAME: &'static str = "access/invitation";
    const SOURCE: &'static str = include_str!("templates/invitation.hbs");

    fn title(&self, lang: Lang) -> String {
        lang.text(if self.usable { "invitation-title" } else { "link-dead-title" })
    }

    fn samples() -> Vec<Self> {
        let page = |usable, wrong| Self {
            usable,
            token: "abc".into(),
            role: "administrator",
            hr_id: "00107".into(),
            given_name: "Mai".into(),
            family_name: "Trần".into(),
            email: "mai@example.org".into(),
            wrong,
        };
        vec![
            page(true, vec!["email", "hr_id", "name"]),
            page(true, vec!["known"]),
            page(true, vec!["taken"]),
            page(true, vec![]),
            page(false, vec![]),
        ]
    }
}
