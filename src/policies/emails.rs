//! The mail that brings a receipt.

use crate::kit::i18n::Lang;
use crate::kit::render::Email;
use crate::kit::render::Template;
use serde::Serialize;

/// All mail templates of this feature.
pub fn templates() -> Vec<Template> {
    vec![Template::email::<ReceiptMail>()]
}

/// The receipt of an attestation, or of declining one.
#[derive(Serialize)]
pub(super) struct ReceiptMail {
    pub name: String,
    pub title: String,
    pub version: i32,
    pub declined: bool,
    pub statement: String,
    pub signed: String,
    pub number: String,
    pub hash: String,
    pub commitment: String,
    pub intranet: String,
}

impl Email for ReceiptMail {
    const NAME: &'static str = "policies/receipt_mail";
    const TEXT: &'static str = include_str!("templates/receipt_mail.txt.hbs");
    const HTML: &'static str = include_str!("templates/receipt_mail.html.hbs");

    fn subject(&self, lang: Lang) -> String {
        let key = if self.declined { "receipt-mail-subject-declined" } else { "receipt-mail-subject" };
        lang.text_with(key, [("title", self.title.clone().into())])
    }

    fn samples() -> Vec<Self> {
        let mail = |declined| Self {
            name: "Trần Thị Mai".into(),
            title: "Acceptable use".into(),
            version: 1,
            declined,
            statement: "I have read and agree.".into(),
            signed: "Tuesday 24 November 2026, 09:12 (Asia/Ho_Chi_Minh)".into(),
            number: "0191".into(),
            hash: "9f2c".repeat(16),
            commitment: "a1b2".repeat(16),
            intranet: "https://avow.example.org".into(),
        };
        vec![mail(false), mail(true)]
    }
}
