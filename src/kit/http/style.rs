//! The living style page: every part that pages are made of, for whoever changes the stylesheet.

use crate::kit::error::AppError;
use crate::kit::http::view::View;
use crate::kit::http::view::ViewData;
use crate::kit::i18n::Lang;
use crate::kit::paging::Paging;
use crate::kit::render::Page;
use actix_web::HttpResponse;
use actix_web::web::Data;
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

/// `GET /style`: every part that pages are made of, where developers are at work.
///
/// # Errors
/// Elsewhere there is no such page.
pub async fn show(view: View, data: Data<ViewData>) -> Result<HttpResponse, AppError> {
    if !data.workshop {
        return Err(AppError::NotFound);
    }
    view.page(&StylePage::full())
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
