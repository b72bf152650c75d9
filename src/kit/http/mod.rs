//! What every request and response has in common: headers, forms that cannot be forged, error pages, static files.

mod asked;
mod client;
mod cookie;
mod form;
mod guard;
mod limits;
mod range;
mod reports;
mod statics;
mod style;
mod view;

pub use asked::Asked;
pub use asked::NavItem;
pub use cookie::cookie;
pub use cookie::end as end_cookie;
pub use cookie::set as set_cookie;
pub use form::CsrfForm;
pub use form::FormTokens;
pub use form::NoFields;
pub use form::fields as form_fields;
pub use guard::Rules;
pub use guard::guard;
pub use limits::Limits;
pub use range::Piece;
pub use range::range;
pub use reports::report as csp_report;
pub use statics::asset_url;
pub use statics::serve as serve_static;
pub use style::StylePage;
pub use style::show as style;
pub use view::Problem;
pub use view::View;
pub use view::ViewData;

/// What `GET` answers with after a form was taken: the page to go on to (RFC 9110, section 15.4.4).
pub fn see_other(target: impl AsRef<str>) -> actix_web::HttpResponse {
    actix_web::HttpResponse::SeeOther().insert_header(("Location", target.as_ref())).finish()
}
