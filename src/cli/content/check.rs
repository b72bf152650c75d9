//! `avow content check`

use crate::app;
use crate::app::Fault;
use crate::cli::Outcome;
use crate::content;
use crate::content::Examined;
use crate::content::report;
use crate::kit::config::Config;
use crate::kit::config::Source;
use crate::kit::db;
use crate::library;
use clap::ValueEnum;
use std::io::ErrorKind;
use std::io::IsTerminal;
use std::io::Write;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    /// The folder [default: AVOW_CONTENT_DIR]
    path: Option<PathBuf>,
    /// For people, programs, or pipelines
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Do not compare the folder with what is published
    #[arg(long)]
    offline: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The lines themselves, with what is wrong in them
    Human,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code hosts
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
}

pub(super) async fn run(arguments: Arguments, source: &Source) -> Result<Outcome, Fault> {
    let config = source.config()?;
    let folder = arguments.path.unwrap_or_else(|| config.content_dir.clone());
    let watched = std::io::stderr().is_terminal();
    let progress = |done: usize, total: usize| {
        if watched && (done.is_multiple_of(20) || done == total) {
            eprint!("\r\x1b[KChecked {done} of {total} …");
        }
    };
    let mut examined = content::examine(&folder, super::today(&config), &progress);
    if watched {
        eprint!("\r\x1b[K");
    }
    if !arguments.offline
        && has_database(&config)
        && let Err(why) = compare(&config, &mut examined).await
    {
        eprintln!("not compared with what is published: {why}");
    }
    let found = &examined.found;
    let name = folder.display().to_string();
    let report = match arguments.format {
        Format::Human if found.is_empty() => {
            format!("{name}: {} courses and policies, nothing wrong\n", examined.contents.len())
        }
        Format::Human => {
            let in_colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            report::human(found, in_colour) + "\n"
        }
        Format::Json => format!("{:#}\n", report::json(found, &name)),
        Format::Sarif => format!("{:#}\n", report::sarif(found, &name)),
        Format::Github => report::github(found, &name),
    };
    // Whoever reads it may have read enough.
    match std::io::stdout().write_all(report.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => return Err(error.into()),
        _ => {}
    }
    Ok(if found.errors() > 0 { Outcome::Refused } else { Outcome::Done })
}

/// Whether there is a database that something may be published in. None is made for a check.
fn has_database(config: &Config) -> bool {
    config.database_url.is_some() || config.data_dir.join("postgres").is_dir()
}

async fn compare(config: &Config, examined: &mut Examined) -> Result<(), Fault> {
    let (url, _postgres) = app::database(config, true).await?;
    let pool = db::pool(&url, config, 1)?;
    let mut connection = pool.get().await?;
    library::actions::compare(&mut connection, super::today(config), examined).await.map_err(|error| crate::cli::fault(error.into()))
}
