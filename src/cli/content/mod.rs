//! `avow content`

mod import;

use crate::app::Fault;
use crate::cli::Outcome;
use crate::cli::fault;
use crate::content;
use crate::kit::config::Source;
use crate::library;
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(super) enum Command {
    /// Say what is wrong in a content folder
    Check {
        /// The folder [default: AVOW_CONTENT_DIR]
        path: Option<PathBuf>,
    },
    /// Bring in other people's markdown
    Import(import::Arguments),
    /// Publish every course and policy whose version is new
    Publish,
}

pub(super) async fn run(command: Command, source: &Source) -> Result<Outcome, Fault> {
    let config = source.config()?;
    let folder = match &command {
        Command::Check { path: Some(path) } => path.clone(),
        Command::Import(arguments) => return import::run(arguments, &config),
        _ => config.content_dir.clone(),
    };
    let catalogue = match content::load(&folder) {
        Ok(catalogue) => catalogue,
        Err(wrong) => {
            eprintln!("{wrong}");
            return Ok(Outcome::Refused);
        }
    };
    if !catalogue.warnings.is_empty() {
        eprintln!("{}", catalogue.warnings);
    }
    if matches!(command, Command::Check { .. }) {
        let warnings = catalogue.warnings.iter().count();
        let wrong = if warnings == 0 { "nothing wrong".into() } else { format!("{warnings} warning(s)") };
        println!("{}: {} courses and policies, {wrong}", folder.display(), catalogue.contents.len());
        return Ok(Outcome::Done);
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
