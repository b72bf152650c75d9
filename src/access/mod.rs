//! Sign-in without passwords, sessions that end at once when they must, and roles.
//!
//! Tables: `sign_in_links`, `sessions`, `kept_forms`, `invitations`; facts: `role_grants`, `role_revocations`, `mail_deliveries`.
//! Invariants: a link signs in once; a GET never signs in; only somebody with a running engagement has a session.

pub mod actions;
mod emails;
mod envelope;
mod gate;
mod identify;
pub mod invitation_routes;
mod invitations;
pub mod jobs;
mod kept;
pub mod kept_routes;
mod mailing;
mod pages;
mod queries;
pub mod routes;
pub mod tokens;

pub use emails::templates as email_templates;
pub use gate::gate;
pub use identify::identify;
pub use invitations::invite;
pub use mailing::Mailing;
pub use mailing::is_mailed;
pub use mailing::mail;
pub use pages::templates;
pub use queries::Purpose;
pub use queries::grants;
pub use queries::has_role;
pub use queries::holders;
pub use queries::reviewers;
