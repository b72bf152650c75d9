//! `avow access`

mod rights;

use crate::access;
use crate::access::Purpose;
use crate::app::Fault;
use crate::cli::Outcome;
use crate::cli::fault;
use crate::ctx::Ctx;
use crate::kit::config::Source;
use crate::kit::db::Connection;
use crate::people;
use crate::people::Person;
use crate::rights::Grant;
use crate::rights::Role;
use clap::Subcommand;

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
    let (hr_id, verb) = match command {
        Command::Rights { json } => return rights::print(json),
        Command::Invite { role } => return invite(role, source).await,
        Command::Grant { role, hr_id, legal_entity } => (hr_id, Verb::Grant(Grant { role, legal_entity })),
        Command::Revoke { role, hr_id } => (hr_id, Verb::Revoke(role)),
        Command::Link { hr_id } => (hr_id, Verb::Link),
    };
    let installation = crate::cli::open(source).await?;
    let ctx = installation.ctx(2)?;
    let mut connection = ctx.connection().await.map_err(fault)?;
    match people::by_hr_id(&mut connection, &hr_id).await? {
        Some(person) => of(&mut connection, &ctx, &person, verb).await,
        None => refuse(&format!("{hr_id:?} is nobody's HR id. Import people first: avow people import FILE.csv")),
    }
}

async fn invite(role: Role, source: &Source) -> Result<Outcome, Fault> {
    let installation = crate::cli::open(source).await?;
    let ctx = installation.ctx(2)?;
    let mut connection = ctx.connection().await.map_err(fault)?;
    println!("{}", access::invite(&mut connection, ctx.now(), &ctx, role).await.map_err(fault)?);
    Ok(Outcome::Done)
}

/// What is done about one person.
enum Verb {
    Grant(Grant),
    Revoke(Role),
    Link,
}

async fn of(connection: &mut Connection, ctx: &Ctx, person: &Person, verb: Verb) -> Result<Outcome, Fault> {
    let (now, hr_id) = (ctx.now(), &person.hr_id);
    match verb {
        Verb::Grant(grant) => {
            let role = grant.role;
            if let Some(entity) = &grant.legal_entity {
                if !role.can_be_scoped() {
                    return refuse(&format!("{role} is held for all legal entities; only hr and compliance can be granted for one."));
                }
                if !people::is_legal_entity(connection, entity).await? {
                    return refuse(&format!("{entity:?} is nobody's legal entity in the roster; write it as HR does."));
                }
            }
            let reason = "granted on the server's terminal";
            access::actions::grant(connection, now, &ctx.chance, person.id, &grant, reason).await.map_err(fault)?;
            let over = grant.legal_entity.map(|entity| format!(" for {entity}")).unwrap_or_default();
            println!("{hr_id} is {role}{over}.");
        }
        Verb::Revoke(role) => {
            let reason = "revoked on the server's terminal";
            let had = access::actions::revoke(connection, now, person.id, role, reason).await.map_err(fault)?;
            println!("{}", if had { format!("{hr_id} is no longer {role}.") } else { format!("{hr_id} was not {role}.") });
        }
        Verb::Link => {
            if !access::actions::may_sign_in(connection, now, &ctx.organisation, person.id).await.map_err(fault)? {
                return refuse(&format!("{hr_id} does not work here today, so no link would sign them in."));
            }
            println!("{}", access::actions::make_link(connection, now, ctx, person, Purpose::Terminal).await.map_err(fault)?);
        }
    }
    Ok(Outcome::Done)
}

fn refuse(why: &str) -> Result<Outcome, Fault> {
    eprintln!("{why}");
    Ok(Outcome::Refused)
}
