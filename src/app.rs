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
use crate::kit::http::Limits;
use crate::kit::http::Rules;
use crate::kit::http::ViewData;
use crate::kit::instances;
use crate::kit::jobs::Worker;
use crate::kit::mail::Mailer;
use crate::kit::metrics::Metrics;
use crate::kit::postgres::Options;
use crate::kit::postgres::PrivatePostgres;
use crate::kit::render::Template;
use crate::kit::render::Templates;
use crate::kit::tls::Certificate;
use crate::library;
use crate::people;
use crate::policies;
use crate::preview;
use crate::probes::Going;
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
use tokio::signal::unix::Signal;
use tokio::signal::unix::SignalKind;
use tokio::signal::unix::signal;
use tokio::sync::watch;
use uuid::Uuid;

/// Anything that stops the program from starting, in words.
pub type Fault = Box<dyn Error + Send + Sync>;

/// The largest form: answers to a long quiz are a tenth of it.
const MAX_BODY: usize = 256 * 1024;

/// So many connections each thread keeps open; more wait.
const MAX_CONNECTIONS: usize = 4096;

/// Every template of the program.
pub fn templates() -> Vec<Template> {
    let pages = [people::templates(), access::templates(), library::templates(), programme::templates(), training::templates()];
    let more = [policies::templates(), reports::templates(), reports::library::templates(), preview::templates()];
    let mails = [access::email_templates(), policies::email_templates(), reminders::email_templates()];
    let own = vec![Template::page::<http::Problem>(), Template::page::<http::StylePage>()];
    pages.into_iter().chain(more).chain(mails).flatten().chain(own).collect()
}

/// The database's address, and the private server that has it where no other is named. Must outlive all connections.
///
/// # Errors
/// What is wrong with the private server, in words for whoever runs the program.
pub async fn database(config: &Config, guest: bool) -> Result<(SecretText, Option<PrivatePostgres>), Fault> {
    if let Some(url) = config.database_url.clone() {
        return Ok((url, None));
    }
    let options = Options { guest, ..Options::new(config.data_dir.join("postgres")) };
    let postgres = tokio::task::spawn_blocking(move || PrivatePostgres::start(options)).await??;
    db::create_database(&SecretText(postgres.url("postgres")), config, "avow").await?;
    Ok((SecretText(postgres.url("avow")), Some(postgres)))
}

/// The organisation's settings; as they were last read, where they cannot be read now: what is published is served all the same.
async fn organisation(config: &Config, database: &SecretText) -> Result<Organisation, Fault> {
    let pool = db::pool(database, config, 1)?;
    let mut connection = pool.get().await?;
    match content::load_organisation(&config.content_dir) {
        Ok(organisation) => {
            library::keep_organisation(&mut connection, &organisation).await?;
            Ok(organisation)
        }
        Err(wrong) => match library::kept_organisation(&mut connection).await? {
            Some(kept) => {
                tracing::error!(cause = %wrong, "organisation.toml cannot be read; it is served with as it was before");
                Ok(kept)
            }
            None => Err(wrong.into()),
        },
    }
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
        let key = SecretKey::load_or_make(&config.key_file, &chance)?;
        let mailer = Mailer::new(&config.mail, config.mail_from.clone(), config.mail_allow.clone())?;
        let templates = Arc::new(Templates::new(&templates())?);
        let (database, postgres) = database(&config, guest).await?;
        db::migrate(&database, &config).await?;
        let organisation = Arc::new(organisation(&config, &database).await?);
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
                Environment::Staging => Some("frame-environment-staging"),
                Environment::Demo => Some("frame-environment-demo"),
                Environment::Development => Some("frame-environment-development"),
                Environment::Test => Some("frame-environment-test"),
            },
            workshop: matches!(self.config.environment, Environment::Development | Environment::Test),
            secure: self.config.is_https(),
        }
    }

    /// A worker for the jobs of this installation, which also says that `instance` is there.
    ///
    /// # Errors
    /// When its pool cannot be made.
    pub fn worker(&self, connections: usize, instance: Option<Uuid>) -> Result<Worker, Fault> {
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
                Box::pin(async move {
                    if let Some(instance) = instance {
                        instances::pulse(&mut *ctx.connection().await?, now, instance, &ctx.key.id()).await?;
                    }
                    schedule::tick(&ctx, now).await
                })
            }),
        })
    }

    /// Serves until told to stop; requests and jobs that have begun are brought to their end.
    ///
    /// # Errors
    /// When the server or the pools cannot be made, or another instance runs with another key.
    pub async fn serve(self, listener: TcpListener) -> Result<(), Fault> {
        let threads = std::thread::available_parallelism().map_or(2, |count| count.get().clamp(1, 8));
        let for_jobs = (self.config.database_connections / 3).max(1);
        // Each thread has a connection of its own: fewer connections mean fewer threads.
        let threads = threads.min(self.config.database_connections - for_jobs);
        let share = (self.config.database_connections - for_jobs) / threads;
        // Heard from the first moment on: whoever starts the program may want it to stop at once.
        let terminate = signal(SignalKind::terminate())?;
        let certificate = self.config.tls.clone().map(Certificate::load).transpose()?;
        let instance = self.enter_instance().await?;
        let metrics = Data::new(Metrics::start(self.config.metrics_token.clone())?);
        let (stop, stopped) = watch::channel(false);
        let worker = self.worker(for_jobs, Some(instance))?;
        metrics.watch(&worker.pool);
        let jobs = tokio::spawn(worker.run(stopped));
        let installation = Arc::new(self);
        let for_threads = Arc::clone(&installation);
        let view = Data::new(installation.view_data());
        let rules = Data::new(installation.rules());
        let going = Data::new(Going::default());
        let is_going = going.clone();
        let measuring = tokio::spawn(keep_up(metrics.clone()));
        let server = HttpServer::new(move || {
            // One pool a thread: nearly twice the rate of a shared one.
            let ctx = for_threads.ctx(share).expect("the pool was made once already");
            metrics.watch(&ctx.pool);
            App::new()
                .app_data(Data::new(ctx))
                .app_data(view.clone())
                .app_data(rules.clone())
                .app_data(metrics.clone())
                .app_data(is_going.clone())
                .app_data(Data::new(view.tokens.clone()))
                .app_data(Data::new(view.chance.clone()))
                .app_data(PayloadConfig::new(MAX_BODY))
                .configure(routes::routes)
                .wrap(from_fn(access::identify))
                .wrap(from_fn(http::guard))
                .wrap(Compress::default())
        });
        let patience = installation.config.request_timeout;
        let server = server.workers(threads).max_connections(MAX_CONNECTIONS).shutdown_timeout(20).disable_signals();
        let server = server.client_request_timeout(patience).client_disconnect_timeout(Duration::from_secs(5));
        let server = match &certificate {
            Some(certificate) => server.listen_rustls_0_23(listener, certificate.server()?)?,
            None => server.listen(listener)?,
        };
        let server = server.run();
        let handle = server.handle();
        let serving = tokio::spawn(server);
        let renewing = tokio::spawn(renew(certificate));
        asked_to_stop(terminate).await;
        tracing::info!("stopping");
        // Whoever asks whether we are ready hears that we are not, and sends the next requests elsewhere.
        going.begin();
        // Jobs that have begun end while requests do; no new ones begin.
        let _ = stop.send(true);
        tokio::time::sleep(installation.config.drain).await;
        handle.stop(true).await;
        serving.await??;
        jobs.await?;
        renewing.abort();
        measuring.abort();
        installation.leave_instance(instance).await;
        drop(installation);
        Ok(())
    }

    /// What the guard goes by.
    fn rules(&self) -> Rules {
        let Config { limits, trusted_proxies, request_timeout, .. } = &*self.config;
        Rules { limits: Limits::new(*limits), trusted_proxies: trusted_proxies.clone(), patience: *request_timeout }
    }

    async fn enter_instance(&self) -> Result<Uuid, Fault> {
        let ctx = self.ctx(1)?;
        let id = ctx.chance.id(ctx.now());
        let entered = instances::enter(&mut *ctx.pool.get().await?, ctx.now(), id, &self.key.id()).await?;
        if !entered {
            let key = self.config.key_file.display();
            return Err(
                format!("another instance runs on this database with another key than {key}: give all the same AVOW_KEY_FILE").into()
            );
        }
        Ok(id)
    }

    /// An instance that cannot say goodbye is forgotten after a minute.
    async fn leave_instance(&self, id: Uuid) {
        let Ok(ctx) = self.ctx(1) else { return };
        if let Ok(mut connection) = ctx.pool.get().await {
            let _ = instances::leave(&mut connection, id).await;
        }
    }
}

/// Keeps what is measured small, whether anybody reads it or not.
async fn keep_up(metrics: Data<Metrics>) {
    loop {
        tokio::time::sleep(Duration::from_secs(5)).await;
        metrics.keep_up();
    }
}

/// Looks once a minute, and at SIGHUP, whether the certificate was renewed. Without one, SIGHUP changes nothing.
async fn renew(certificate: Option<Arc<Certificate>>) {
    let mut asked = signal(SignalKind::hangup()).expect("signals can be heard");
    loop {
        let _ = tokio::time::timeout(Duration::from_secs(60), asked.recv()).await;
        if let Some(certificate) = &certificate {
            certificate.refresh();
        }
    }
}

/// Waits for Ctrl-C or SIGTERM.
async fn asked_to_stop(mut terminate: Signal) {
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
