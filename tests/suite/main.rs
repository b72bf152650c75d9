//! Stories about the whole program: each runs the real binary on a database, a clock and mails of its own.

mod private_postgres;
mod support;

mod browser;
mod content;
mod content_check;
mod content_codes;
mod content_import;
mod content_shown;
mod demo;
mod installation;
mod jobs;
mod people;
mod people_files;
mod policies;
mod preview;
mod programme;
mod programme_always;
mod publishing;
mod quality;
mod reminders;
mod reminders_delivery;
mod reports;
mod reports_pages;
mod rights;
mod rolling;
mod sign_in;
mod tables;
mod templates;
mod tidy;
mod training;
mod web;
