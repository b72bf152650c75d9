//! Stories told by a real browser: what people see, press and type, with JavaScript and without, by mouse and by keyboard.

mod attesting;
mod injection;
mod letters;
mod pages;
mod print;
mod roles;
mod session;
mod taking_a_course;
mod tour;
