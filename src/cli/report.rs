//! `avow report`

use crate::app::Fault;
use crate::cli::Outcome;
use crate::cli::fault;
use crate::kit::config::Source;
use crate::programme::State;
use crate::reports;
use crate::reports::Filter;
use crate::reports::Manifest;
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(super) enum Command {
    /// Who has done what: CSV and manifest
    Completion {
        /// The instant to report, as in 2026-11-24T08:00:00Z, or a day, which means its end [default: now]
        #[arg(long, default_value = "")]
        as_of: String,
        /// Only this requirement
        #[arg(long, default_value = "")]
        requirement: String,
        /// Only this state, or done, or owed
        #[arg(long, default_value = "", value_parser = state)]
        state: String,
        /// Only this department
        #[arg(long, default_value = "")]
        department: String,
        /// Only this kind of engagement
        #[arg(long, default_value = "")]
        kind: String,
        /// The folder to write to
        #[arg(long, default_value = ".")]
        out: PathBuf,
    },
}

pub(super) async fn run(command: Command, source: &Source) -> Result<Outcome, Fault> {
    let Command::Completion { as_of, requirement, state, department, kind, out } = command;
    let installation = crate::cli::open(source).await?;
    let ctx = installation.ctx(2)?;
    let now = ctx.now();
    let Some(as_of) = reports::instant(&as_of, now, ctx.organisation.zone) else {
        eprintln!("--as-of {as_of:?} is no instant, or lies in the future; write 2026-11-24T08:00:00Z or 2026-11-24.");
        return Ok(Outcome::Refused);
    };
    let mut connection = ctx.connection().await.map_err(fault)?;
    let filter = Filter { requirement, state, department, kind };
    let report = reports::build(&mut connection, as_of, &ctx.organisation, None).await.map_err(fault)?.only(filter);
    let name = report.file_name();
    let csv = report.csv().map_err(fault)?;
    let manifest = Manifest::new(&report, &format!("{name}.csv"), &csv, "command line", now).json().map_err(fault)?;
    std::fs::create_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
    for (ending, bytes) in [("csv", csv), ("manifest.json", manifest)] {
        let path = out.join(format!("{name}.{ending}"));
        std::fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        println!("{}", path.display());
    }
    println!("{} rows", report.rows.len());
    Ok(Outcome::Done)
}

/// A state's name, or the two that stand for several.
fn state(name: &str) -> Result<String, String> {
    let filter = Filter { state: name.to_owned(), ..Filter::default() };
    if filter.is_known() { Ok(filter.state) } else { Err(format!("the states are done, owed, {}", State::ALL.map(State::name).join(", "))) }
}
