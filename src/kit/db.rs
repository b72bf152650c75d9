//! Connections to PostgreSQL, and its migrations. The program runs as the unprivileged role `avow_web`.

use crate::kit::config::Config;
use crate::kit::config::Environment;
use crate::kit::config::SecretText;
use crate::kit::tls;
use chrono::DateTime;
use chrono::Utc;
use deadpool::managed::PoolError;
use diesel::ConnectionError;
use diesel::ConnectionResult;
use diesel::migration::MigrationSource;
use diesel::pg::Pg;
use diesel_async::AsyncMigrationHarness;
use diesel_async::AsyncPgConnection;
use diesel_async::SimpleAsyncConnection;
use diesel_async::pooled_connection::AsyncDieselConnectionManager;
use diesel_async::pooled_connection::ManagerConfig;
use diesel_async::pooled_connection::RecyclingMethod;
use diesel_migrations::EmbeddedMigrations;
use diesel_migrations::MigrationHarness;
use diesel_migrations::embed_migrations;
use futures_util::FutureExt;
use rustls::ClientConfig;
use rustls::RootCertStore;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres_rustls::MakeRustlsConnect;

/// A connection.
pub type Connection = AsyncPgConnection;
/// A pool of connections; each thread of the web server has its own.
pub type Pool = diesel_async::pooled_connection::deadpool::Pool<Connection>;
/// A connection taken from a pool.
pub type Pooled = diesel_async::pooled_connection::deadpool::Object<Connection>;

/// All migrations, oldest first.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// What each connection of the program is set to. A statement that runs for a minute has gone wrong.
const SESSION: &str = "set role avow_web; set time zone 'UTC'; set statement_timeout = '60s'; set lock_timeout = '20s'";

/// A pool of `size` connections that run as `avow_web`. Nothing is opened yet.
///
/// # Errors
/// When the authority's certificate cannot be read.
pub fn pool(address: &SecretText, config: &Config, size: usize) -> Result<Pool, DatabaseError> {
    let tls = connector(config.database_authority.as_deref())?;
    let mut manager = ManagerConfig::<Connection>::default();
    manager.recycling_method = RecyclingMethod::Fast;
    manager.custom_setup = Box::new(move |url| connect(url.to_owned(), tls.clone(), SESSION).boxed());
    let manager = AsyncDieselConnectionManager::new_with_config(address.0.clone(), manager);
    Pool::builder(manager)
        .max_size(size.max(1))
        .wait_timeout(Some(Duration::from_secs(5)))
        .create_timeout(Some(Duration::from_secs(5)))
        .runtime(deadpool::Runtime::Tokio1)
        .build()
        .map_err(|error| DatabaseError(error.to_string()))
}

/// Opens one connection as the database's own user, for migrations.
///
/// # Errors
/// When the database does not answer or refuses.
pub async fn open(address: &SecretText, config: &Config) -> Result<Connection, DatabaseError> {
    let tls = connector(config.database_authority.as_deref())?;
    Ok(connect(address.0.clone(), tls, "set time zone 'UTC'").await?)
}

/// Brings the schema up to date; does nothing where it is. Several instances may start at once: one migrates, the others wait.
///
/// # Errors
/// When the schema is newer than this program, the server older than PostgreSQL 15, or a migration fails (it then leaves nothing behind).
pub async fn migrate(address: &SecretText, config: &Config) -> Result<usize, DatabaseError> {
    let mut connection = open(address, config).await?;
    let server: Number = read(&mut connection, "select current_setting('server_version_num')::int as number").await?;
    if server.number < 150_000 {
        return Err(DatabaseError(format!("PostgreSQL 15 or newer is needed, this server is {}", server.number / 10_000)));
    }
    if !matches!(config.environment, Environment::Test | Environment::Demo) {
        let unsafe_settings = unsafe_settings(&mut connection).await?;
        if !unsafe_settings.is_empty() {
            return Err(DatabaseError(format!(
                "{} off: what people did could be lost in a power cut; switch that on, then start again",
                unsafe_settings.join(", ")
            )));
        }
    }
    connection.batch_execute("select pg_advisory_lock(4702551)").await?;
    let mut harness = AsyncMigrationHarness::new(connection);
    let known = MigrationSource::<Pg>::migrations(&MIGRATIONS)?;
    let applied = harness.applied_migrations()?;
    if let Some(unknown) = applied.iter().find(|version| !known.iter().any(|one| one.name().version() == **version)) {
        return Err(unknown_migration(&unknown.to_string()));
    }
    let done = harness.run_pending_migrations(MIGRATIONS)?.len();
    let mut connection = harness.into_inner();
    connection.batch_execute("select pg_advisory_unlock(4702551)").await?;
    Ok(done)
}

/// The settings of the server that are off although evidence needs them on.
///
/// # Errors
/// When the database does not answer.
pub async fn unsafe_settings(connection: &mut Connection) -> Result<Vec<String>, DatabaseError> {
    let sql = "select name as text from pg_settings
               where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off' order by name";
    let off: Vec<Text> = diesel_async::RunQueryDsl::load(diesel::sql_query(sql), connection).await?;
    Ok(off.into_iter().map(|row| row.text).collect())
}

/// What a database says of itself.
#[derive(diesel::QueryableByName)]
pub struct Facts {
    /// As in 150018.
    #[diesel(sql_type = diesel::sql_types::Integer)]
    pub version: i32,
    /// The encoding of text.
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub encoding: String,
    /// How many connections the server allows.
    #[diesel(sql_type = diesel::sql_types::Integer)]
    pub max_connections: i32,
    /// Whether its log may hold values of statements.
    #[diesel(sql_type = diesel::sql_types::Bool)]
    pub logs_values: bool,
    /// The present instant.
    #[diesel(sql_type = diesel::sql_types::Timestamptz)]
    pub now: DateTime<Utc>,
}

/// What the database says of itself.
///
/// # Errors
/// When it does not answer.
pub async fn facts(connection: &mut Connection) -> Result<Facts, DatabaseError> {
    let sql = "select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
                      current_setting('max_connections')::int as max_connections, clock_timestamp() as now,
                      current_setting('log_statement') <> 'none' and current_setting('log_parameter_max_length') <> '0'
                      or current_setting('log_min_duration_statement') <> '-1' and current_setting('log_parameter_max_length') <> '0'
                      or current_setting('log_parameter_max_length_on_error') <> '0' as logs_values";
    Ok(diesel_async::RunQueryDsl::get_result(diesel::sql_query(sql), connection).await?)
}

/// How many migrations the database has not seen yet; an error if it has seen one that this program does not know.
///
/// # Errors
/// When it does not answer.
pub async fn pending(connection: &mut Connection) -> Result<usize, DatabaseError> {
    let known = MigrationSource::<Pg>::migrations(&MIGRATIONS)?;
    let sql = "select coalesce(to_regclass('__diesel_schema_migrations')::text, '') as text";
    let table: Text = diesel_async::RunQueryDsl::get_result(diesel::sql_query(sql), connection).await?;
    if table.text.is_empty() {
        return Ok(known.len());
    }
    let sql = "select version as text from __diesel_schema_migrations";
    let applied: Vec<Text> = diesel_async::RunQueryDsl::load(diesel::sql_query(sql), connection).await?;
    if let Some(unknown) = applied.iter().find(|row| !known.iter().any(|one| one.name().version().to_string() == row.text)) {
        return Err(unknown_migration(&unknown.text));
    }
    let is_applied = |version: String| applied.iter().any(|row| row.text == version);
    Ok(known.iter().filter(|one| !is_applied(one.name().version().to_string())).count())
}

fn unknown_migration(version: &str) -> DatabaseError {
    DatabaseError(format!("the database has migration {version}, which this program does not know: start a newer program"))
}

/// Makes the database of that name where it is missing. Used with the private server only.
///
/// # Errors
/// When the server refuses.
pub async fn create_database(server: &SecretText, config: &Config, name: &str) -> Result<(), DatabaseError> {
    let mut connection = open(server, config).await?;
    let count = format!("select count(*)::int as number from pg_database where datname = '{name}'");
    // Of several that start at once one makes it.
    connection.batch_execute("select pg_advisory_lock(4702550)").await?;
    let found: Number = read(&mut connection, &count).await?;
    if found.number == 0 {
        connection.batch_execute(&format!("create database {name}")).await?;
    }
    Ok(connection.batch_execute("select pg_advisory_unlock(4702550)").await?)
}

/// What is wrong with the database, in words for whoever runs the program. Holds no password.
#[derive(Debug)]
pub struct DatabaseError(String);

impl fmt::Display for DatabaseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "database: {}", self.0)
    }
}

impl std::error::Error for DatabaseError {}

macro_rules! as_database_error {
    ($($from:ty),*) => { $(impl From<$from> for DatabaseError {
        fn from(error: $from) -> Self {
            Self(error.to_string())
        }
    })* };
}
as_database_error!(
    ConnectionError,
    diesel::result::Error,
    Box<dyn std::error::Error + Send + Sync>,
    PoolError<diesel_async::pooled_connection::PoolError>
);

#[derive(diesel::QueryableByName)]
struct Number {
    #[diesel(sql_type = diesel::sql_types::Integer)]
    number: i32,
}

#[derive(diesel::QueryableByName)]
struct Text {
    #[diesel(sql_type = diesel::sql_types::Text)]
    text: String,
}

async fn read(connection: &mut Connection, sql: &str) -> Result<Number, DatabaseError> {
    Ok(diesel_async::RunQueryDsl::get_result(diesel::sql_query(sql), connection).await?)
}

async fn connect(url: String, tls: MakeRustlsConnect, session: &'static str) -> ConnectionResult<Connection> {
    let bad = |error: tokio_postgres::Error| {
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
        let advice = "; name its authority in AVOW_DATABASE_CA_FILE, or write sslmode=disable for a server on this machine";
        let cause = if cause.contains("UnknownIssuer") { cause + advice } else { cause };
        ConnectionError::BadConnection(format!("{error}{cause}"))
    };
    let (client, connection) = tokio_postgres::connect(&url, tls).await.map_err(bad)?;
    let mut connection = AsyncPgConnection::try_from_client_and_connection(client, connection).await?;
    connection.batch_execute(session).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(connection)
}

fn connector(authority: Option<&[u8]>) -> Result<MakeRustlsConnect, DatabaseError> {
    let roots = match authority {
        Some(pem) => tls::authorities(pem).map_err(|why| DatabaseError(format!("AVOW_DATABASE_CA_FILE: {why}")))?,
        None => RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() },
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(|error| DatabaseError(error.to_string()))?.with_root_certificates(roots).with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}
