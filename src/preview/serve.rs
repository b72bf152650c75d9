//! The small web server of the preview: on this machine only, until it is told to end.

use crate::kit::chance::Chance;
use crate::kit::clock::Clock;
use crate::kit::config;
use crate::kit::crypto::SecretKey;
use crate::kit::http;
use crate::kit::http::FormTokens;
use crate::kit::http::Limits;
use crate::kit::http::Rules;
use crate::kit::http::ViewData;
use crate::kit::render::Templates;
use crate::preview::assets;
use crate::preview::routes;
use crate::preview::state::Eye;
use crate::preview::state::State;
use crate::preview::visit;
use crate::preview::visit::Site;
use crate::preview::watch;
use actix_web::App;
use actix_web::HttpServer;
use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::web::PayloadConfig;
use std::io;
use std::io::Write;
use std::net::Ipv4Addr;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;
use tokio::signal::unix::SignalKind;
use tokio::signal::unix::signal;

/// The largest form: answers to a long quiz are a tenth of it.
const MAX_BODY: usize = 256 * 1024;

/// What is previewed, and how.
pub struct Preview {
    /// The content folder.
    pub root: PathBuf,
    /// What tells the day that reviews are compared with.
    pub clock: Clock,
    /// Every template of the program.
    pub templates: Templates,
    /// Where to listen; 0 for any port that is free.
    pub port: u16,
}

impl Preview {
    /// Serves until Ctrl-C or SIGTERM, and says on standard output where, and what it finds after each save.
    ///
    /// # Errors
    /// When the port is taken, or the server cannot be made.
    pub async fn serve(self) -> io::Result<()> {
        // Heard from the first moment on: whoever starts the program may want it to end at once.
        let mut terminate = signal(SignalKind::terminate())?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).map_err(|error| {
            io::Error::new(error.kind(), format!("127.0.0.1:{}: {error}; choose another --port, or 0 for any", self.port))
        })?;
        let address = listener.local_addr()?;
        let chance = Chance::default();
        let tokens = FormTokens::new(SecretKey::passing(&chance));
        let templates = Arc::new(self.templates);
        let eye = Arc::new(Eye { root: self.root.clone(), clock: self.clock, templates, tokens: tokens.clone(), chance: chance.clone() });
        let prints = watch::prints(&self.root);
        // A page of an earlier preview at this address must not take our first state for its own.
        let [a, b, c] = chance.bytes::<3>();
        let first = u64::from(u32::from_be_bytes([0, a, b, c])) * 1000;
        let looking = Arc::clone(&eye);
        let state = tokio::task::spawn_blocking(move || looking.look(first)).await.map_err(io::Error::other)?;
        tell(&format!("Avow previews {} at http://{address}", state.folder));
        say(&state, "");
        let view = Data::new(eye.view(state.examined.organisation.as_ref()));
        let (states, seen) = tokio::sync::watch::channel(Arc::new(state));
        let (end, ending) = tokio::sync::watch::channel(false);
        let site = Data::new(Site { root: self.root, states: seen, ending, progress: Mutex::default() });
        let server = server(listener, site, view, tokens, chance)?;
        let handle = server.handle();
        let serving = tokio::spawn(server);
        let following = tokio::spawn(watch::follow(eye, prints, states, say));
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        // Whoever waits for a change hears that there will be none.
        let _ = end.send(true);
        handle.stop(true).await;
        following.abort();
        serving.await.map_err(io::Error::other)?
    }
}

/// The server itself: what learners' pages are served with, without limits, a database, or anybody who signs in.
fn server(listener: TcpListener, site: Data<Site>, view: Data<ViewData>, tokens: FormTokens, chance: Chance) -> io::Result<Server> {
    let rules = Data::new(Rules {
        limits: Limits::new(config::Limits { requests: None, sign_ins: None }),
        trusted_proxies: Vec::new(),
        patience: Duration::from_secs(30),
    });
    let server = HttpServer::new(move || {
        App::new()
            .app_data(site.clone())
            .app_data(view.clone())
            .app_data(rules.clone())
            .app_data(Data::new(tokens.clone()))
            .app_data(Data::new(chance.clone()))
            .app_data(PayloadConfig::new(MAX_BODY))
            .configure(routes::routes)
            .wrap(from_fn(visit::enter))
            .wrap(from_fn(http::guard))
            .wrap(from_fn(assets::inert))
    });
    Ok(server.workers(2).shutdown_timeout(5).disable_signals().listen(listener)?.run())
}

/// One line in the terminal: how the folder stands, after what was saved.
fn say(state: &State, changed: &str) {
    let after = if changed.is_empty() { String::new() } else { format!("{changed} changed: ") };
    tell(&format!("{after}{}", state.examined.found.summary()));
}

/// Nobody may be listening any more: that is no reason to end.
fn tell(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
