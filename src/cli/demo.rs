//! `avow demo`: everything, with an invented company, on one machine. What it shows was done by the program itself: people
//! imported from a file, six weeks of a yearly round on a simulated clock.

mod history;

use crate::access;
use crate::access::Purpose;
use crate::app::Fault;
use crate::app::Installation;
use crate::cli::Outcome;
use crate::cli::fault;
use crate::content;
use crate::ctx::Ctx;
use crate::kit::config::Environment;
use crate::kit::config::MailRoute;
use crate::kit::config::Source;
use crate::kit::db::Connection;
use crate::kit::log;
use crate::people;
use crate::rights::Role;
use chrono::DateTime;
use chrono::Utc;
use lettre::message::Mailbox;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;
use std::net::Ipv4Addr;
use std::net::TcpListener;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The port to serve on, on this machine only; 0 takes any that is free
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The folder for the database, mails and keys [default: a folder of its own]
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// Print one line of JSON: url, links, mail_dir, data_dir
    #[arg(long)]
    json: bool,
}

/// The people to sign in as: what they are to the program, and their HR ids.
const PERSONAS: [(&str, &str, Option<Role>); 8] = [
    ("learner", "00107", None),
    ("contractor", "C-0007", None),
    ("manager", "00021", None),
    ("hr", "00033", Some(Role::Hr)),
    ("compliance", "00035", Some(Role::Compliance)),
    ("author", "00041", Some(Role::Author)),
    ("auditor", "C-0040", Some(Role::Auditor)),
    ("administrator", "00052", Some(Role::Administrator)),
];

pub(super) async fn run(arguments: Arguments) -> Result<Outcome, Fault> {
    let mut config = Source::environment().config()?;
    log::start(&crate::cli::quiet(&config));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port))
        .map_err(|error| format!("cannot listen on port {}: {error}; choose another with --port", arguments.port))?;
    listener.set_nonblocking(true)?;
    config.environment = Environment::Demo;
    config.listen = listener.local_addr()?;
    config.base_url = format!("http://{}", config.listen);
    config.data_dir = std::path::absolute(arguments.data_dir.unwrap_or_else(|| config.data_dir.join("demo")))?;
    if matches!(config.mail, MailRoute::Files(_)) {
        config.mail = MailRoute::Files(config.data_dir.join("mails"));
        let organisation = content::load_organisation(&config.content_dir)?;
        let address = organisation.compliance_email.parse().map_err(|_| "organisation.toml: compliance_email is no mail address")?;
        config.mail_from = Mailbox::new(Some(organisation.name), address);
    }
    let data_dir = config.data_dir.clone();
    eprintln!("Starting the database …");
    let installation = Installation::open(config).await?;
    let ctx = installation.ctx(4)?;
    let links = {
        let mut connection = ctx.connection().await.map_err(fault)?;
        if !is_filled(&mut connection, ctx.now()).await? {
            history::fill(&mut connection, &ctx).await?;
            for (_, hr_id, role) in PERSONAS {
                let Some(person) = people::by_hr_id(&mut connection, hr_id).await? else { continue };
                let Some(role) = role else { continue };
                access::actions::grant(&mut connection, ctx.now(), &ctx.chance, person.id, &role.into(), "demo").await.map_err(fault)?;
            }
        }
        links(&mut connection, &ctx).await?
    };
    let mail_dir = ctx.mailer.folder().map(|folder| folder.display().to_string());
    if arguments.json {
        let line = json!({ "url": ctx.config.base_url, "links": links, "mail_dir": mail_dir, "data_dir": data_dir });
        println!("{line}");
    } else {
        tell(&ctx.config.base_url, &links, mail_dir.as_deref());
    }
    drop(ctx);
    installation.serve(listener).await?;
    Ok(Outcome::Done)
}

/// Whether the demo company is in this database. Another roster is left alone.
async fn is_filled(connection: &mut Connection, now: DateTime<Utc>) -> Result<bool, Fault> {
    let everybody = people::facts(connection).await?;
    let ours = |facts: &people::PersonFacts| history::knows(&facts.person.hr_id);
    if let Some(stranger) = everybody.iter().find(|facts| !ours(facts)) {
        return Err(
            format!("this database holds somebody who is not of the demo (HR id {}): name another one", stranger.person.hr_id).into()
        );
    }
    // Granting the last role is the last step of filling.
    let (_, hr_id, role) = PERSONAS[PERSONAS.len() - 1];
    let (Some(person), Some(role)) = (people::by_hr_id(connection, hr_id).await?, role) else { return Ok(false) };
    Ok(access::has_role(connection, now, person.id, role).await?)
}

/// Fresh links for every persona; those of an earlier run end.
async fn links(connection: &mut Connection, ctx: &Ctx) -> Result<Map<String, Value>, Fault> {
    let now = ctx.now();
    access::actions::end_demo_links(connection, now).await.map_err(fault)?;
    let mut links = Map::new();
    for (name, hr_id, _) in PERSONAS {
        if let Some(person) = people::by_hr_id(connection, hr_id).await? {
            let address = access::actions::make_link(connection, now, ctx, &person, Purpose::Demo).await.map_err(fault)?;
            links.insert(name.to_owned(), Value::String(address));
        }
    }
    Ok(links)
}

fn tell(url: &str, links: &Map<String, Value>, mail_dir: Option<&str>) {
    println!("\nAvow is up: {url}\n\nSign in as (each link works on this machine while the demo runs):");
    for (name, _, _) in PERSONAS {
        println!("  {name:<14} {}", links.get(name).and_then(Value::as_str).unwrap_or_default());
    }
    match mail_dir {
        Some(folder) => println!("\nMails are files in {folder}"),
        None => println!("\nMails go to the mail server of AVOW_SMTP_URL."),
    }
    println!("Stop it with Ctrl-C. Started again, it goes on where it was.");
}
