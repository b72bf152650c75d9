//! The living style page: every part that pages are made of, for whoever changes the stylesheet.

use crate::kit::config::Config;
use crate::kit::config::Environment;
use crate::kit::i18n::Lang;
use crate::kit::paging::Paging;
use crate::kit::render::Page;
use serde::Serialize;

/// The style page.
#[derive(Serialize)]
pub struct StylePage {
    colours: &'static [&'static str],
    spaces: &'static [u8],
    marks: &'static [&'static str],
    paging: Paging,
}

impl StylePage {
    /// The page, where developers are at work; elsewhere there is none.
    pub fn of(config: &Config) -> Option<Self> {
        matches!(config.environment, Environment::Development | Environment::Test).then(Self::full)
    }

    fn full() -> Self {
        let [paging, _] = Paging::samples();
        Self {
            colours: &[
                "paper",
                "raised",
                "sunk",
                "line",
                "edge",
                "ink",
                "soft",
                "accent",
                "accent-strong",
                "wash",
                "panel",
                "ok",
                "ok-wash",
                "warn",
                "warn-wash",
                "bad",
                "bad-wash",
            ],
            spaces: &[1, 2, 3, 4, 5, 6, 7, 8],
            marks: &["done", "open", "due-soon", "overdue", "paused", "exempt", "left"],
            paging,
        }
    }
}

impl Page for StylePage {
    const NAME: &'static str = "kit/style";
    const SOURCE: &'static str = include_str!("../templates/style.hbs");

    fn title(&self, _: Lang) -> String {
        "Style".into()
    }

    fn samples() -> Vec<Self> {
        vec![Self::full()]
    }
}
