//! `avow content`

mod check;
mod import;
mod preview;
mod publish;

use crate::app::Fault;
use crate::cli::Outcome;
use crate::content;
use crate::content::codes::CODES;
use crate::content::codes::code;
use crate::kit::config::Config;
use crate::kit::config::Source;
use crate::library::Decision;
use chrono::NaiveDate;
use clap::Subcommand;
use std::path::Path;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(super) enum Command {
    /// Say what is wrong in a content folder, and with what is published
    Check(check::Arguments),
    /// Show a content folder as learners would see it, with what is wrong beside it; follows what is saved
    Preview(preview::Arguments),
    /// Explain the codes of diagnostics
    Codes {
        /// One code [default: all of them, in short]
        code: Option<String>,
    },
    /// Bring in other people's markdown
    Import(import::Arguments),
    /// Record that translations are up to date with their source
    Translated {
        /// The folder [default: AVOW_CONTENT_DIR]
        #[arg(long)]
        path: Option<PathBuf>,
        /// The courses and policies, as in courses/annual-security-awareness [default: all]
        contents: Vec<String>,
    },
    /// Publish every course and policy whose version is new, with the two people who answer for it
    Publish(publish::PublishArguments),
    /// Say whom the version in the folder would reach, were it published
    Impact {
        /// The course or policy, as in policies/clear-desk
        name: publish::Name,
    },
    /// Propose to publish one course or policy as it stands in the folder
    Propose(publish::ProposeArguments),
    /// Approve what another person proposed: publishes it
    Approve(publish::DecideArguments),
    /// Return what another person proposed, with the reason
    Return(publish::DecideArguments),
    /// Withdraw what one proposed oneself
    Withdraw(publish::DecideArguments),
    /// List what waits for a second person
    Proposals,
    /// Record that a course or policy was reviewed without a change
    Review(publish::ReviewArguments),
}

pub(super) async fn run(command: Command, source: &Source) -> Result<Outcome, Fault> {
    match command {
        Command::Check(arguments) => check::run(arguments, source).await,
        Command::Import(arguments) => import::run(&arguments, &source.config()?),
        Command::Preview(arguments) => preview::run(arguments, source).await,
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
        Command::Publish(arguments) => publish::publish(arguments, source).await,
        Command::Impact { name } => publish::impact(name, source).await,
        Command::Propose(arguments) => publish::propose(arguments, source).await,
        Command::Approve(arguments) => publish::decide(arguments, Decision::Approved, source).await,
        Command::Return(arguments) => publish::decide(arguments, Decision::Returned, source).await,
        Command::Withdraw(arguments) => publish::decide(arguments, Decision::Withdrawn, source).await,
        Command::Proposals => publish::proposals_list(source).await,
        Command::Review(arguments) => publish::review(arguments, source).await,
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
