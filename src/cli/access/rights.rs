//! `avow access rights`

use crate::app::Fault;
use crate::cli::Outcome;
use crate::rights::Admission;
use crate::rights::Relation;
use crate::rights::Role;
use crate::routes::ROUTES;
use serde_json::json;

/// Prints the table of rights, which the program itself goes by.
pub(super) fn print(json: bool) -> Result<Outcome, Fault> {
    if json {
        let routes = ROUTES.iter().map(|route| {
            let (right, holders) = match route.admission {
                Admission::Everybody => ("everybody", &[][..]),
                Admission::Machine => ("machine", &[][..]),
                Admission::Holders(row) => (row.name, row.holders),
            };
            let reach = |(role, relations): &(Role, &[Relation])| (role.name().to_owned(), json!(names(relations)));
            let holders: serde_json::Map<String, serde_json::Value> = holders.iter().map(reach).collect();
            json!({ "method": route.method, "path": route.path, "right": right, "holders": holders })
        });
        println!("{}", serde_json::to_string_pretty(&routes.collect::<Vec<_>>())?);
        return Ok(Outcome::Done);
    }
    for route in ROUTES {
        let who = match route.admission {
            Admission::Everybody => "everybody".to_owned(),
            Admission::Machine => "programs".to_owned(),
            Admission::Holders(row) => {
                let holder = |(role, relations): &(Role, &[Relation])| format!("{role}: {}", names(relations).join(", "));
                row.holders.iter().map(holder).collect::<Vec<_>>().join("; ")
            }
        };
        println!("{:<4} {:<55} {who}", route.method, route.path);
    }
    Ok(Outcome::Done)
}

fn names(relations: &[Relation]) -> Vec<&'static str> {
    relations.iter().map(|relation| relation.name()).collect()
}
