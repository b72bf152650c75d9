//! `avow access`

use crate::access;
use crate::access::Purpose;
use crate::app::Fault;
use crate::cli::Outcome;
use crate::cli::fault;
use crate::kit::config::Source;
use crate::people;
use crate::rights::Admission;
use crate::rights::Grant;
use crate::rights::Relation;
use crate::rights::Role;
use crate::routes::ROUTES;
use clap::Subcommand;
use serde_json::json;

#[derive(Subcommand)]
pub(super) enum Command {
    /// Grant a role to a person
    Grant {
        /// hr, compliance, author, auditor or administrator
        role: Role,
        /// The person's HR id
        hr_id: String,
        /// Only over people of this legal entity, for hr and compliance
        #[arg(long, value_name = "NAME")]
        legal_entity: Option<String>,
    },
    /// Take a role from a person, from their next request on
    Revoke {
        /// hr, compliance, author, auditor or administrator
        role: Role,
        /// The person's HR id
        hr_id: String,
    },
    /// Print a link that signs a person in, once, within an hour
    Link {
        /// The person's HR id
        hr_id: String,
    },
    /// Print a link by which somebody who is not in the roster yet joins with a role: once, within a day
    Invite {
        /// administrator, or hr, compliance, author, auditor
        #[arg(long)]
        role: Role,
    },
    /// Print the table of rights: who is let through to which address, over whom
    Rights {
        /// As JSON, for programs
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(command: Command, source: &Source) -> Result<Outcome, Fault> {
    if let Command::Rights { json } = command {
        rights(json)?;
        return Ok(Outcome::Done);
    }
    let installation = crate::cli::open(source).await?;
    let ctx = installation.ctx(2)?;
    let mut connection = ctx.connection().await.map_err(fault)?;
    if let Command::Invite { role } = command {
        let address = access::invite(&mut connection, ctx.now(), &ctx, role).await.map_err(fault)?;
        println!("{address}");
        return Ok(Outcome::Done);
    }
    let (Command::Grant { hr_id, .. } | Command::Revoke { hr_id, .. } | Command::Link { hr_id }) = &command else {
        return Ok(Outcome::Refused);
    };
    let Some(person) = people::by_hr_id(&mut connection, hr_id).await? else {
        eprintln!("{hr_id:?} is nobody's HR id. Import people first: avow people import FILE.csv");
        return Ok(Outcome::Refused);
    };
    let now = ctx.now();
    match command {
        Command::Grant { role, hr_id, legal_entity } => {
            if let Some(entity) = &legal_entity {
                if !role.can_be_scoped() {
                    eprintln!("{role} is held for all legal entities; only hr and compliance can be granted for one.");
                    return Ok(Outcome::Refused);
                }
                if !people::is_legal_entity(&mut connection, entity).await? {
                    eprintln!("{entity:?} is nobody's legal entity in the roster; write it as HR does.");
                    return Ok(Outcome::Refused);
                }
            }
            let over = legal_entity.as_ref().map(|entity| format!(" for {entity}")).unwrap_or_default();
            let reason = "granted on the server's terminal";
            let grant = Grant { role, legal_entity };
            access::actions::grant(&mut connection, now, &ctx.chance, person.id, &grant, reason).await.map_err(fault)?;
            println!("{hr_id} is {role}{over}.");
        }
        Command::Revoke { role, hr_id } => {
            let reason = "revoked on the server's terminal";
            let had = access::actions::revoke(&mut connection, now, person.id, role, reason).await.map_err(fault)?;
            println!("{}", if had { format!("{hr_id} is no longer {role}.") } else { format!("{hr_id} was not {role}.") });
        }
        Command::Link { hr_id } => {
            if !access::actions::may_sign_in(&mut connection, now, &ctx.organisation, person.id).await.map_err(fault)? {
                eprintln!("{hr_id} does not work here today, so no link would sign them in.");
                return Ok(Outcome::Refused);
            }
            let address = access::actions::make_link(&mut connection, now, &ctx, &person, Purpose::Terminal).await.map_err(fault)?;
            println!("{address}");
        }
        Command::Rights { .. } | Command::Invite { .. } => {}
    }
    Ok(Outcome::Done)
}

/// Prints the table of rights, which the program itself goes by.
fn rights(json: bool) -> Result<(), Fault> {
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
        return Ok(());
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
    Ok(())
}

fn names(relations: &[Relation]) -> Vec<&'static str> {
    relations.iter().map(|relation| relation.name()).collect()
}
