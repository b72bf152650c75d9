//! `avow programme`

use crate::app::Fault;
use crate::cli::Outcome;
use crate::cli::fault;
use crate::kit::config::Source;
use crate::programme::ProgrammeFile;
use crate::programme::actions;
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(super) enum Command {
    /// Bring requirements and rules to what a file says
    Apply {
        /// The file; docs/operating.md explains it
        file: PathBuf,
        /// Only say what would change
        #[arg(long)]
        dry_run: bool,
    },
    /// Assign what is owed now
    Evaluate,
}

pub(super) async fn run(command: Command, source: &Source) -> Result<Outcome, Fault> {
    let installation = crate::cli::open(source).await?;
    let ctx = installation.ctx(2)?;
    let mut connection = ctx.connection().await.map_err(fault)?;
    let now = ctx.now();
    match command {
        Command::Apply { file, dry_run } => {
            let text = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            let lines = match ProgrammeFile::read(&text) {
                Ok(programme) => actions::apply(&mut connection, now, &ctx.chance, &programme, dry_run).await.map_err(fault)?,
                Err(wrong) => Err(wrong),
            };
            match lines {
                Ok(lines) => {
                    println!("{}", lines.join("\n"));
                    println!("{}", if dry_run { "Nothing was changed: this was a dry run." } else { "Applied." });
                    Ok(Outcome::Done)
                }
                Err(wrong) => {
                    eprintln!("{}: {wrong}\nNothing was changed.", file.display());
                    Ok(Outcome::Refused)
                }
            }
        }
        Command::Evaluate => {
            let done = actions::evaluate(&mut connection, now, &ctx.chance, &ctx.organisation).await.map_err(fault)?;
            println!("{} assigned, {} withdrawn, {} reinstated, {} moved", done.assigned, done.withdrawn, done.reinstated, done.moved);
            Ok(Outcome::Done)
        }
    }
}
