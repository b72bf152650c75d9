//! `avow access`

use crate::access;
use crate::access::Purpose;
use crate::app::Fault;
use crate::cli::Outcome;
use crate::cli::fault;
use crate::people;
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
}

pub(super) async fn run(command: Command) -> Result<Outcome, Fault> {
    let installation = crate::cli::open().await?;
    let ctx = installation.ctx(2)?;
    let mut connection = ctx.connection().await.map_err(fault)?;
    let (Command::Grant { hr_id, .. } | Command::Revoke { hr_id, .. } | Command::Link { hr_id }) = &command;
    let Some(person) = people::by_hr_id(&mut connection, hr_id).await? else {
        eprintln!("{hr_id:?} is nobody's HR id. Import people first: avow people import FILE.csv");
        return Ok(Outcome::Refused);
    };
    let now = ctx.now();
    match command {
        Command::Grant { role, hr_id } => {
            let reason = "granted on the server's terminal";
            access::actions::grant(&mut connection, now, &ctx.chance, person.id, role, reason).await.map_err(fault)?;
            println!("{hr_id} is {role}.");
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
    }
    Ok(Outcome::Done)
}
