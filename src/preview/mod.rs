//! The content folder as learners would see it, for those who write it: `avow content preview`. The pages are those of the features,
//! with what was found and counted beside them; they follow the files as these are saved.
//!
//! No tables: it has no database, keeps answers in memory, and writes nothing. It listens on this machine only.

mod aside;
mod assets;
mod changes;
mod figures;
mod pages;
mod policy_routes;
mod quiz_routes;
mod routes;
mod samples;
mod serve;
mod start;
mod state;
mod visit;
mod watch;

pub use pages::templates;
pub use serve::Preview;
