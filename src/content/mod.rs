//! The content folder as typed data: courses, policies, the organisation. Pure: reads files, touches no database.
//! `docs/authors.md` describes the format; what is wrong is reported by file and line, and nothing wrong is published.

mod assets;
pub mod codes;
mod course;
mod day;
mod diagnostic;
mod draft;
mod folder;
pub mod import;
mod load;
mod model;
mod part;
mod policy;
pub mod report;
mod source;
mod text;
mod translation;
mod whole;

pub use assets::Asset;
pub use day::day;
pub use diagnostic::Diagnostic;
pub use diagnostic::Diagnostics;
pub use diagnostic::Place;
pub use diagnostic::Severity;
pub use draft::Draft;
pub use draft::Work;
pub use load::Examined;
pub use load::asset_bytes;
pub use load::examine;
pub use load::load;
pub use load::load_organisation;
pub use load::record_translations;
pub use load::try_text;
pub use model::Block;
pub use model::Catalogue;
pub use model::Choice;
pub use model::Content;
pub use model::ContentKind;
pub use model::Document;
pub use model::Materiality;
pub use model::Organisation;
pub use model::Pool;
pub use model::Question;
pub use model::Scenario;
pub use model::Settings;
pub use model::Statement;
pub use model::Step;
pub use model::Text;
pub use model::Turn;
pub use text::Measure;

use load::Unit;
