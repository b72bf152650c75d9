//! `avow content`

mod check;

use crate::app::Fault;
use crate::cli::Outcome;
use crate::cli::fault;
use crate::content;
use crate::content::codes::CODES;
use crate::content::codes::code;
use crate::kit::config::Config;
use crate::kit::config::Source;
use crate::library;
use chrono::NaiveDate;
use clap::Subcommand;
use std::path::Path;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(super) enum Command {
    /// Say what is wrong in a content folder, and with what is published
    Check(check::Arguments),
    /// Explain the codes of diagnostics
    Codes {
        /// One code [default: all of them, in short]
        code: Option<String>,
    },
    /// Record that translations are up to date with their source
    Translated {
        /// The folder [default: AVOW_CONTENT_DIR]
        #[arg(long)]
        path: Option<PathBuf>,
        /// The courses and policies, as in courses/annual-security-awareness [default: all]
        contents: Vec<String>,
    },
    /// Publish every course and policy whose version is new
    Publish,
}

pub(super) async fn run(command: Command, source: &Source) -> Result<Outcome, Fault> {
    match command {
        Command::Check(arguments) => check::run(arguments, source).await,
        Command::Codes { code: Some(name) } => explain(&name),
        Command::Codes { code: None } => {
            for code in CODES {
                println!("{:<24} {:<8} {}", code.name, code.severity.name(), code.title);
            }
            println!("\navow content codes CODE explains one.");
            Ok(Outcome::Done)
        }
        Command::Translated { path, contents } => {
            let folder = path.unwrap_or(source.config()?.content_dir);
            translated(&folder, &contents)
        }
        Command::Publish => publish(source).await,
    }
}

fn explain(name: &str) -> Result<Outcome, Fault> {
    let Some(code) = code(name) else {
        eprintln!("there is no code {name:?}; avow content codes lists them all");
        return Ok(Outcome::Refused);
    };
    println!("{}: {}\n{}\n\n{}", code.severity.name(), code.name, code.title, code.explanation);
    Ok(Outcome::Done)
}

fn translated(folder: &Path, contents: &[String]) -> Result<Outcome, Fault> {
    match content::record_translations(folder, contents) {
        Ok(changed) => {
            for file in &changed {
                println!("wrote {file}");
            }
            println!("{} file(s) changed", changed.len());
            Ok(Outcome::Done)
        }
        Err(wrong) => {
            eprintln!("{wrong}");
            Ok(Outcome::Refused)
        }
    }
}

/// The day that reviews are compared with: today, where the organisation is.
fn today(config: &Config) -> NaiveDate {
    let zone = content::load_organisation(&config.content_dir).map_or(chrono_tz::UTC, |organisation| organisation.zone);
    config.clock.now().with_timezone(&zone).date_naive()
}

async fn publish(source: &Source) -> Result<Outcome, Fault> {
    let config = source.config()?;
    let catalogue = match content::load(&config.content_dir, today(&config)) {
        Ok(catalogue) => catalogue,
        Err(wrong) => {
            eprintln!("{}", content::report::human(&wrong, false));
            return Ok(Outcome::Refused);
        }
    };
    if !catalogue.warnings.is_empty() {
        eprintln!("{} warning(s): avow content check shows them", catalogue.warnings.warnings());
    }
    let installation = crate::cli::open(source).await?;
    let ctx = installation.ctx(2)?;
    let mut connection = ctx.connection().await.map_err(fault)?;
    match library::actions::publish(&mut connection, ctx.now(), &ctx.chance, &catalogue).await.map_err(fault)? {
        Ok(published) => {
            for one in &published {
                println!("published {} version {}", one.name, one.version);
            }
            println!("{} published, {} as they were", published.len(), catalogue.contents.len() - published.len());
            Ok(Outcome::Done)
        }
        Err(refused) => {
            eprintln!("{refused}\nNothing was published.");
            Ok(Outcome::Refused)
        }
    }
}
