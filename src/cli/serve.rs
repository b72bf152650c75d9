//! `avow serve`

use crate::app::Fault;
use crate::app::Installation;
use crate::cli::Outcome;
use crate::content;
use crate::kit::config::Source;
use crate::kit::log;
use std::net::TcpListener;

pub(super) async fn run(source: &Source) -> Result<Outcome, Fault> {
    let mut config = source.config()?;
    log::start(&config.log);
    let listener = TcpListener::bind(config.listen).map_err(|error| format!("cannot listen on {}: {error}", config.listen))?;
    listener.set_nonblocking(true)?;
    // Port 0 means: any that is free. Links in mails need to know which.
    let address = listener.local_addr()?;
    config.base_url = config.base_url.replace(&config.listen.to_string(), &address.to_string());
    config.listen = address;
    if let Err(wrong) = content::load(&config.content_dir, config.clock.now().date_naive()) {
        tracing::error!(errors = wrong.errors(), "the content folder has errors; what is published is served; run avow content check");
    }
    let base_url = config.base_url.clone();
    let installation = Installation::open(config).await?;
    let elsewhere = if base_url.ends_with(&address.to_string()) { String::new() } else { format!(", listening on {address}") };
    println!("Avow serves {base_url}{elsewhere}");
    installation.serve(listener).await?;
    Ok(Outcome::Done)
}
