//! Reading a policy and attesting to it: the recorded, deliberate act of agreeing to an exact text.
//!
//! Tables, all facts: `policy_readings`, `policy_reviews`, `attestations`, `attestation_private`, `attestation_sign_ins`.
//! Invariants: nobody attests for somebody else; a GET never attests; of any number of sends one record comes; what the
//! database refuses is to change or remove one.

mod actions;
mod emails;
pub mod jobs;
mod model;
mod nonce;
mod pages;
pub mod preview;
mod queries;
pub mod routes;
pub mod simulate;

pub use emails::templates as email_templates;
pub use pages::templates;
pub use queries::declined;
