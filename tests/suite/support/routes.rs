//! The page of URLs as the program exports it: what sweeps walk, so that no route can escape them.

use crate::support::Avow;
use reqwest::Method;

/// One row of `avow access rights --json`.
pub struct Route {
    /// The method.
    pub method: Method,
    /// The address, with its parameters in braces.
    pub path: String,
    /// The right, or `everybody`, or `machine`.
    pub right: String,
    /// Roles, with the relations by which they reach people.
    pub holders: Vec<(String, Vec<String>)>,
}

/// The table that the program itself goes by.
pub fn exported(avow: &Avow) -> Vec<Route> {
    let table: Vec<serde_json::Value> = serde_json::from_str(&avow.avow(&["access", "rights", "--json"])).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
    let names = |value: &serde_json::Value| value.as_array().expect("a list").iter().map(text).collect();
    let route = |row: &serde_json::Value| Route {
        method: text(&row["method"]).parse().expect("a method"),
        path: text(&row["path"]),
        right: text(&row["right"]),
        holders: row["holders"].as_object().expect("roles").iter().map(|(role, relations)| (role.clone(), names(relations))).collect(),
    };
    table.iter().map(route).collect()
}
