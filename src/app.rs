//! The composition root: from settings to a running program.

use crate::access;
use crate::content;
use crate::content::Organisation;
use crate::ctx::Ctx;
use crate::kit::chance::Chance;
use crate::kit::config::Config;
use crate::kit::config::Environment;
use crate::kit::config::SecretText;
use crate::kit::crypto::SecretKey;
use crate::kit::db;
use crate::kit::http;
use crate::kit::http::FormTokens;
use crate::kit::http::ViewData;
use crate::kit::jobs::Worker;
use crate::kit::mail::Mailer;
use crate::kit::postgres::Options;
use crate::kit::postgres::PrivatePostgres;
use crate::kit::render::Template;
use crate::kit::render::Templates;
use crate::library;
use crate::people;
use crate::policies;
use crate::programme;
use crate::reminders;
use crate::reports;
use crate::routes;
use crate::schedule;
use crate::training;
use actix_web::App;
use actix_web::HttpServer;
use actix_web::middleware::Compress;
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::web::PayloadConfig;
use std::error::Error;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Anything that stops the program from starting, in words.
pub type Fault = Box<dyn Error + Send + Sync>;

/// The largest form: answers to a long quiz are a tenth of it.
const MAX_BODY: usize = 256 * 1024;

/// Every template of the program.
pub fn templates() -> Vec<Template> {
    let pages = [people::templates(), access::templates(), library::templates(), programme::templates(), training::templates()];
    let more = [policies::templates(), reports::templates()];
    let mails = [access::email_templates(), policies::email_templates(), reminders::email_templates()];
    let own = vec![Template::page::<http::Problem>()];
    pages.into_iter().chain(more).chain(mails).flatten().chain(own).collect()
}

/// An installation: settings, organisation, and a database whose schema is up to date.
pub struct Installation {
    config: Arc<Config>,
    organisation: Arc<Organisation>,
    templates: Arc<Templates>,
    database: SecretText,
    key: SecretKey,
    chance: Chance,
    mailer: Mailer,
    // Dropped last: the private server outlives every connection to it.
    _postgres: Option<PrivatePostgres>,
}

impl Installation {
    /// Opens the database for a program that stays, the private one where none is named, and brings its schema up to date.
    ///
    /// # Errors
    /// What is wrong, in words for whoever runs the program.
    pub async fn open(config: Config) -> Result<Self, Fault> {
        Self::enter(config, false).await
    }

    /// The same for a command that ends by itself: whoever runs the private server lets it finish.
    ///
    /// # Errors
    /// What is wrong, in words for whoever runs the program.
    pub async fn visit(config: Config) -> Result<Self, Fault> {
        Self::enter(config, true).await
    }

    async fn enter(config: Config, guest: bool) -> Result<Self, Fault> {
        let chance = Chance::default();
        let organisation = Arc::new(content::load_organisation(&config.content_dir)?);
        let key = SecretKey::load_or_make(&config.data_dir.join("keys"), "session.key", &chance)?;
        let mailer = Mailer::new(&config.mail, config.mail_from.clone())?;
        let templates = Arc::new(Templates::new(&templates())?);
        let (database, postgres) = match config.database_url.clone() {
            Some(url) => (url, None),
            None => {
                let options = Options { guest, ..Options::new(config.data_dir.join("postgres")) };
                let postgres = tokio::task::spawn_blocking(move || PrivatePostgres::start(options)).await??;
                db::create_database(&SecretText(postgres.url("postgres")), &config, "avow").await?;
                (SecretText(postgres.url("avow")), Some(postgres))
            }
        };
        db::migrate(&database, &config).await?;
        Ok(Self { config: Arc::new(config), organisation, templates, database, key, chance, mailer, _postgres: postgres })
    }

    /// A context with a pool of its own.
    ///
    /// # Errors
    /// When the pool cannot be made.
    pub fn ctx(&self, connections: usize) -> Result<Ctx, Fault> {
        Ok(Ctx {
            pool: db::pool(&self.database, &self.config, connections)?,
            clock: self.config.clock.clone(),
            chance: self.chance.clone(),
            mailer: self.mailer.clone(),
            templates: Arc::clone(&self.templates),
            organisation: Arc::clone(&self.organisation),
            key: self.key.clone(),
            config: Arc::clone(&self.config),
        })
    }

    /// What pages are made with.
    fn view_data(&self) -> ViewData {
        ViewData {
            templates: Arc::clone(&self.templates),
            tokens: FormTokens::new(self.key.clone()),
            chance: self.chance.clone(),
            organisation: self.organisation.name.clone(),
            default_lang: self.organisation.default_language.parse().unwrap_or_default(),
            banner: match self.config.environment {
                Environment::Production => None,
                Environment::Demo => Some("frame-environment-demo"),
                Environment::Development => Some("frame-environment-development"),
                Environment::Test => Some("frame-environment-test"),
            },
            secure: self.config.is_https(),
        }
    }

    /// A worker for the jobs of this installation.
    ///
    /// # Errors
    /// When its pool cannot be made.
    pub fn worker(&self, connections: usize) -> Result<Worker, Fault> {
        let ctx = self.ctx(connections)?;
        let ticking = ctx.clone();
        Ok(Worker {
            pool: ctx.pool.clone(),
            clock: ctx.clock.clone(),
            handler: Arc::new(move |job| {
                let ctx = ctx.clone();
                Box::pin(async move { schedule::run(&ctx, &job).await })
            }),
            tick: Arc::new(move |now| {
                let ctx = ticking.clone();
                Box::pin(async move { schedule::tick(&ctx, now).await })
            }),
        })
    }

    /// Serves until told to stop; requests and jobs that have begun are brought to their end.
    ///
    /// # Errors
    /// When the server or the pools cannot be made.
    pub async fn serve(self, listener: TcpListener) -> Result<(), Fault> {
        let threads = std::thread::available_parallelism().map_or(2, |count| count.get().clamp(1, 8));
        let for_jobs = (self.config.database_connections / 3).max(1);
        let share = ((self.config.database_connections - for_jobs) / threads).max(1);
        let (stop, stopped) = watch::channel(false);
        let jobs = tokio::spawn(self.worker(for_jobs)?.run(stopped));
        let installation = Arc::new(self);
        let for_threads = Arc::clone(&installation);
        let view = Data::new(installation.view_data());
        let server = HttpServer::new(move || {
            // One pool a thread: nearly twice the rate of a shared one.
            let ctx = for_threads.ctx(share).expect("the pool was made once already");
            App::new()
                .app_data(Data::new(ctx))
                .app_data(view.clone())
                .app_data(Data::new(view.tokens.clone()))
                .app_data(Data::new(view.chance.clone()))
                .app_data(PayloadConfig::new(MAX_BODY))
                .configure(routes::routes)
                .wrap(from_fn(access::identify))
                .wrap(from_fn(http::guard))
                .wrap(Compress::default())
        });
        let server = server.workers(threads).shutdown_timeout(20).client_request_timeout(Duration::from_secs(15)).disable_signals();
        let server = server.listen(listener)?.run();
        let handle = server.handle();
        let serving = tokio::spawn(server);
        asked_to_stop().await;
        tracing::info!("stopping");
        handle.stop(true).await;
        let _ = stop.send(true);
        serving.await??;
        jobs.await?;
        drop(installation);
        Ok(())
    }
}

/// Waits for Ctrl-C or SIGTERM.
async fn asked_to_stop() {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).expect("signals can be heard");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
