//! `avow people`

use crate::app::Fault;
use crate::cli::Outcome;
use crate::cli::fault;
use crate::kit::config::Source;
use crate::people::actions;
use crate::people::actions::ImportFile;
use crate::people::actions::ImportOptions;
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(super) enum Command {
    /// Import people from a CSV file
    Import {
        /// The file; docs/operating.md explains its columns
        file: PathBuf,
        /// Only say what would happen
        #[arg(long)]
        dry_run: bool,
        /// Take the good rows although others are bad
        #[arg(long, conflicts_with = "snapshot")]
        accept_partial: bool,
        /// The file is complete: whoever is missing in it has left
        #[arg(long)]
        snapshot: bool,
        /// Let a complete file end many engagements
        #[arg(long, requires = "snapshot")]
        confirm_ends: bool,
        /// The file holds leaves (hr_id, first_day, last_day, code)
        #[arg(long, conflicts_with = "snapshot")]
        leaves: bool,
    },
}

pub(super) async fn run(command: Command, source: &Source) -> Result<Outcome, Fault> {
    let Command::Import { file, dry_run, accept_partial, snapshot, confirm_ends, leaves } = command;
    let bytes = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let options = ImportOptions { dry_run, accept_partial, snapshot, confirm_ends };
    let installation = crate::cli::open(source).await?;
    let ctx = installation.ctx(2)?;
    let mut connection = ctx.connection().await.map_err(fault)?;
    let (now, chance) = (ctx.now(), &ctx.chance);
    let import = ImportFile { name: &name, bytes: &bytes };
    let report = if leaves {
        actions::import_leaves(&mut connection, now, chance, import, options).await
    } else {
        actions::import_people(&mut connection, now, chance, &ctx.organisation, import, options).await
    };
    match report.map_err(fault)? {
        Ok(report) => {
            println!("{report}");
            println!(
                "{}",
                if report.applied {
                    "Applied."
                } else if dry_run {
                    "Nothing was changed: this was a dry run."
                } else {
                    "Nothing was changed."
                }
            );
            let refused = report.held.is_some() || !report.rejected.is_empty();
            Ok(if refused && !report.applied { Outcome::Refused } else { Outcome::Done })
        }
        Err(reject) => {
            eprintln!("{}: {reject}\nNothing was changed.", file.display());
            Ok(Outcome::Refused)
        }
    }
}
