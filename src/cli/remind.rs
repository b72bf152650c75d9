//! `avow remind`

use crate::app::Fault;
use crate::cli::Outcome;
use crate::cli::fault;
use crate::kit::config::Source;
use crate::reminders::actions;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Only say who would be reminded of what
    #[arg(long)]
    dry_run: bool,
    /// Also outside the working hours of the people's zones
    #[arg(long)]
    any_hour: bool,
}

pub(super) async fn run(arguments: Arguments, source: &Source) -> Result<Outcome, Fault> {
    let installation = crate::cli::open(source).await?;
    let ctx = installation.ctx(2)?;
    let planned = {
        let mut connection = ctx.connection().await.map_err(fault)?;
        let planned = actions::plan(&mut connection, ctx.now(), &ctx, arguments.dry_run, arguments.any_hour).await.map_err(fault)?;
        for reminder in planned.iter().filter(|_| arguments.dry_run) {
            let steps = reminder.steps.iter().map(|(_, step)| step.name.as_str()).collect::<Vec<_>>().join(", ");
            println!("{} on {}: {steps}", reminder.hr_id, reminder.day);
        }
        planned
    };
    if arguments.dry_run {
        println!("{} would be reminded.", if planned.len() == 1 { "1 person".into() } else { format!("{} people", planned.len()) });
    } else {
        installation.worker(4, None)?.run_until_idle().await.map_err(|error| error.to_string())?;
        let sent = actions::count_sent(&mut *ctx.connection().await.map_err(fault)?, &planned).await.map_err(fault)?;
        println!("{} reminders planned, {sent} of them sent.", planned.len());
    }
    Ok(Outcome::Done)
}
