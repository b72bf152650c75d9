//! Tools that know no feature: configuration, clock, database, mail, pages, jobs.

pub mod chance;
pub mod clock;
pub mod config;
pub mod crypto;
pub mod db;
pub mod diff;
pub mod error;
pub mod export;
pub mod http;
pub mod i18n;
pub mod instances;
pub mod jobs;
pub mod log;
pub mod mail;
pub mod markdown;
pub mod metrics;
pub mod paging;
pub mod postgres;
pub mod render;
pub mod tls;
