//! The mail that brings a sign-in link.

use crate::kit::i18n::Lang;
use crate::kit::render::Email;
use crate::kit::render::Template;
use serde::Serialize;

/// All mail templates of this feature.
pub fn templates() -> Vec<Template> {
    vec![Template::email::<LinkMail>()]
}

/// A sign-in link for whoever asked for it.
#[derive(Serialize)]
pub(super) struct LinkMail {
    pub name: String,
    pub organisation: String,
    pub address: String,
    pub minutes: i64,
    pub security_email: String,
}

impl Email for LinkMail {
    const NAME: &'static str = "access/link_mail";
    const TEXT: &'static str = include_str!("templates/link_mail.txt.hbs");
    const HTML: &'static str = include_str!("templates/link_mail.html.hbs");

    fn subject(&self, lang: Lang) -> String {
        lang.text_with("link-mail-subject", [("organisation", self.organisation.clone().into())])
    }

    fn samples() -> Vec<Self> {
        vec![Self {
            name: "Trần Thị Mai".into(),
            organisation: "Example & Sons".into(),
            address: "https://avow.example.org/sign-in/abc".into(),
            minutes: 10,
            security_email: "security@example.org".into(),
        }]
    }
}
