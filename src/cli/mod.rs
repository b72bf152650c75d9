//! The command line: what people and other programs say to `avow`, and the exit status they get.
//! 0: done. 1: the input was refused, and nothing was changed. 2: it could not be tried.

mod access;
mod content;
mod demo;
mod doctor;
mod people;
mod programme;
mod remind;
mod report;
mod serve;

use crate::app::Fault;
use crate::app::Installation;
use crate::kit::config::Config;
use crate::kit::config::Source;
use crate::kit::error::AppError;
use crate::kit::log;
use clap::Parser;
use clap::Subcommand;
use std::path::PathBuf;
use std::process::ExitCode;

/// Trains people in security, has them attest to policies, and proves both.
#[derive(Parser)]
#[command(name = "avow", version, after_help = "Settings come from avow.toml and the environment; see docs/operating.md.")]
struct Arguments {
    /// The file of settings [default: avow.toml, else /etc/avow/avow.toml]
    #[arg(long, global = true, env = "AVOW_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the web pages and run the jobs
    Serve,
    /// Show everything with an invented company: one command, nothing to set up
    Demo(demo::Arguments),
    /// Bring the database's schema up to date
    Migrate,
    /// Look at everything the installation leans on, and say what to do
    Doctor(doctor::Arguments),
    /// Check and publish courses and policies
    #[command(subcommand)]
    Content(content::Command),
    /// Keep the roster
    #[command(subcommand)]
    People(people::Command),
    /// Say who owes what
    #[command(subcommand)]
    Programme(programme::Command),
    /// Send the reminders that are due now
    Remind(remind::Arguments),
    /// Write reports to files
    #[command(subcommand)]
    Report(report::Command),
    /// Grant roles and make sign-in links
    #[command(subcommand)]
    Access(access::Command),
}

/// How a command ended.
enum Outcome {
    Done,
    Refused,
}

/// Runs the command of this process.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(run(arguments.command, &Source::new(arguments.config))),
        Err(error) => Err(error.into()),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Refused) => ExitCode::from(1),
        Err(fault) => {
            eprintln!("avow: {fault}");
            ExitCode::from(2)
        }
    }
}

async fn run(command: Command, source: &Source) -> Result<Outcome, Fault> {
    match command {
        Command::Serve => serve::run(source).await,
        Command::Demo(arguments) => demo::run(arguments).await,
        Command::Migrate => {
            open(source).await?;
            println!("The schema is up to date.");
            Ok(Outcome::Done)
        }
        Command::Doctor(arguments) => doctor::run(arguments, source).await,
        Command::Content(command) => content::run(command, source).await,
        Command::People(command) => people::run(command, source).await,
        Command::Programme(command) => programme::run(command, source).await,
        Command::Remind(arguments) => remind::run(arguments, source).await,
        Command::Report(command) => report::run(command, source).await,
        Command::Access(command) => access::run(command, source).await,
    }
}

/// The installation that the settings name.
async fn open(source: &Source) -> Result<Installation, Fault> {
    let config = source.config()?;
    log::start(&quiet(&config));
    Installation::visit(config).await
}

/// Commands speak on standard output; their log says only what is wrong.
fn quiet(config: &Config) -> String {
    if config.log == "info" { "warn".into() } else { config.log.clone() }
}

/// An error of the program's own kind in words.
fn fault(error: AppError) -> Fault {
    match error {
        AppError::Unavailable(cause) => {
            format!("the database went away ({cause}); whether the last step was done is not known: run the command again, that is safe")
                .into()
        }
        other => other.to_string().into(),
    }
}
