//! How good the content is: what first answers say of each question, what people say of a course, and when it was reviewed. Reads
//! only, and of many people alone: the statements keep back what fewer than 30 answered, or fewer than 5 said.

mod chart;
mod file;
mod measured;
mod pages;
mod queries;
pub mod routes;
mod statistics;
mod view;

pub use measured::Summary;
pub use measured::summary;
pub(super) use pages::templates;
