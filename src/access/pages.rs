//! The pages of signing in.

use crate::kit::i18n::Lang;
use crate::kit::render::Page;
use crate::kit::render::Template;
use serde::Serialize;

/// All templates of this feature.
pub fn templates() -> Vec<Template> {
    vec![Template::page::<AskPage>(), Template::page::<SentPage>(), Template::page::<LinkPage>()]
}

/// Asks for the address to mail a link to.
#[derive(Serialize)]
pub(super) struct AskPage {
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
            Self { next: "/record".into(), email: "mai".into(), wrong: true },
            Self { next: String::new(), email: String::new(), wrong: false },
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
