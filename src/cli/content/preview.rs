//! `avow content preview`

use crate::app;
use crate::app::Fault;
use crate::cli::Outcome;
use crate::kit::config::Source;
use crate::kit::render::Templates;
use crate::preview::Preview;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    /// The folder [default: AVOW_CONTENT_DIR]
    path: Option<PathBuf>,
    /// Where to listen on this machine; 0 for any port that is free
    #[arg(long, default_value_t = 8090)]
    port: u16,
}

pub(super) async fn run(arguments: Arguments, source: &Source) -> Result<Outcome, Fault> {
    let config = source.config()?;
    let root = arguments.path.unwrap_or_else(|| config.content_dir.clone());
    let templates = Templates::new(&app::templates())?;
    Preview { root, clock: config.clock.clone(), templates, port: arguments.port }.serve().await?;
    Ok(Outcome::Done)
}
