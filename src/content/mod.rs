//! The content folder as typed data: courses, policies, the organisation. Pure: reads files, touches no database.
//! `docs/authors.md` describes the format; what is wrong is reported by file and line, and nothing wrong is published.

mod day;
mod diagnostic;
mod document;
mod folder;
pub mod import;
mod model;
mod questions;
mod read_course;
mod read_policy;

pub use day::day;
pub use diagnostic::Diagnostic;
pub use diagnostic::Diagnostics;
pub use diagnostic::Severity;
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
pub use model::Settings;
pub use model::Statement;
pub use model::Text;
pub use model::reading_minutes;

use std::path::Path;

/// Reads the organisation's settings alone: enough to serve what is published already.
///
/// # Errors
/// What is wrong with them.
pub fn load_organisation(root: &Path) -> Result<Organisation, Diagnostics> {
    let mut found = Diagnostics::default();
    match folder::organisation(root, &mut found) {
        Some(organisation) if found.errors() == 0 => Ok(organisation),
        _ => Err(found),
    }
}

/// Reads a content folder. Warnings come with it.
///
/// # Errors
/// Everything that is wrong with it, in the order of the files, when something stops it from being published.
pub fn load(root: &Path) -> Result<Catalogue, Diagnostics> {
    let mut found = Diagnostics::default();
    let organisation = folder::organisation(root, &mut found);
    let mut contents = Vec::new();
    if let Some(organisation) = &organisation {
        for course in folder::children(root, "courses", &mut found) {
            contents.extend(read_course::course(root, &course, organisation, &mut found));
        }
        for policy in folder::children(root, "policies", &mut found) {
            contents.extend(read_policy::policy(root, &policy, organisation, &mut found));
        }
    }
    match organisation {
        Some(organisation) if found.errors() == 0 => Ok(Catalogue { organisation, contents, warnings: found }),
        _ => Err(found),
    }
}
