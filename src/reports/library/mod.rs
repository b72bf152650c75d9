//! The library for those who write, review and answer for content: what is published, what stands in the content folder, what it
//! would change and for whom. Reads only; `library::actions` proposes and decides.

mod changes;
mod content;
mod folder;
mod pages;
mod register;
mod review_pages;
pub mod routes;
mod versions;

pub use pages::templates;
