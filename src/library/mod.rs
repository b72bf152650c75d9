//! Published content: immutable versions, content-addressed, and the pages to read them.
//!
//! Tables, both facts: `content_versions`, `content_texts`.
//! Invariants: a version's words never change; what somebody relied on can be shown again.

pub mod actions;
mod model;
mod pages;
mod queries;
pub mod routes;

pub use model::ContentText;
pub use model::Version;
pub use pages::templates;
pub use queries::current;
pub use queries::is_published;
pub use queries::minutes;
pub use queries::text;
pub use queries::text_by_id;
pub use queries::texts;
pub use queries::titles;
pub use queries::version;
pub use queries::versions;
