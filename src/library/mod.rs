//! Published content: immutable versions, content-addressed, and the pages to read them. One person proposes a version, another
//! approves it.
//!
//! Tables, all facts: `content_versions`, `content_texts`, `content_assets`, `content_version_assets`, `content_proposals`,
//! `content_decisions`, `content_reviews`.
//! Invariants: a version's words never change; what somebody relied on can be shown again; nobody approves what they proposed.

pub mod actions;
pub mod assets;
mod model;
mod pages;
pub mod proposals;
mod queries;
pub mod routes;
mod versions;

pub use model::ContentText;
pub use model::Decided;
pub use model::Decision;
pub use model::Proposal;
pub use model::Review;
pub use model::Version;
pub use pages::foreign;
pub use pages::templates;
pub use queries::all;
pub use queries::current;
pub use queries::is_published;
pub use queries::keep_organisation;
pub use queries::kept_organisation;
pub use queries::minutes;
pub use queries::text;
pub use queries::text_by_id;
pub use queries::texts;
pub use queries::titles;
pub use queries::version;
pub use queries::versions;
pub use versions::effective_at;
