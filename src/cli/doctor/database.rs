//! What the database has to be like.

use crate::access;
use crate::cli::doctor::Findings;
use crate::cli::doctor::app;
use crate::kit::config::Config;
use crate::kit::config::Environment;
use crate::kit::db;
use crate::kit::db::Connection;
use crate::kit::jobs;
use crate::rights::Role;
use chrono::TimeDelta;
use diesel_async::SimpleAsyncConnection;

/// An installation whose clock differs by more from the database's has one that is wrong.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::seconds(5);

pub(super) async fn check(config: &Config, findings: &mut Findings) {
    let (address, postgres) = match app::database(config, true).await {
        Ok(database) => database,
        Err(why) => return findings.fault("database", &why.to_string()),
    };
    match db::open(&address, config).await {
        Err(why) => findings.fault("database", &why.to_string()),
        Ok(mut connection) => {
            let own = if postgres.is_some() { "the private server" } else { "the server of DATABASE_URL" };
            findings.fine("database", &format!("{own} answers"));
            if let Err(why) = look(&mut connection, config, findings).await {
                findings.fault("database", &why.to_string());
            }
        }
    }
}

async fn look(connection: &mut Connection, config: &Config, findings: &mut Findings) -> Result<(), db::DatabaseError> {
    let facts = db::facts(connection).await?;
    if facts.version < 150_000 {
        findings.fault("version", &format!("PostgreSQL 15 or newer is needed, this is {}", facts.version / 10_000));
    }
    match db::unsafe_settings(connection).await? {
        off if off.is_empty() => findings.fine("durability", "fsync, full_page_writes and synchronous_commit are on"),
        off => findings.fault("durability", &format!("{} off: evidence could be lost in a power cut; switch on", off.join(", "))),
    }
    if facts.encoding != "UTF8" {
        findings.fault("encoding", &format!("{}: make a database with encoding UTF8", facts.encoding));
    }
    let reserve = facts.max_connections - 10;
    if i64::from(reserve) < config.database_connections as i64 {
        let found = format!("the server allows {}, this instance may open {}", facts.max_connections, config.database_connections);
        findings.warn("connections", &format!("{found}: lower AVOW_DATABASE_CONNECTIONS or raise max_connections"));
    }
    if facts.logs_values {
        findings
            .warn("database log", "it may hold what people wrote: set log_parameter_max_length and log_parameter_max_length_on_error to 0");
    }
    let differ = (config.clock.now() - facts.now).abs();
    if config.environment != Environment::Test && differ > CLOCKS_DIFFER {
        let found =
            format!("this machine and the database differ by {} s: synchronise both (chrony, systemd-timesyncd)", differ.num_seconds());
        findings.fault("clock", &found);
    } else {
        findings.fine("clock", "as the database's");
    }
    match db::pending(connection).await? {
        0 => findings.fine("schema", "up to date"),
        // Without tables there is nothing more to look at.
        count => {
            findings.warn("schema", &format!("{count} changes are pending: avow migrate, or the next start, makes them"));
            return Ok(());
        }
    }
    connection.batch_execute("set role avow_web").await?;
    if access::holders(connection, config.clock.now(), Role::Administrator).await? == 0 {
        findings.warn("administrator", "nobody is one yet: avow access invite --role administrator");
    }
    match jobs::dead(connection).await?.len() {
        0 => findings.fine("jobs", "none was given up"),
        count => findings.warn("jobs", &format!("{count} were given up: the page Operations says why, and tries again")),
    }
    Ok(())
}
