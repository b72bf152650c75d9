//! `avow doctor`: looks at everything an installation leans on, and says what to do about what is wrong. It changes nothing, but
//! for starting the private server where no database is named.

mod database;
mod ready;

use crate::app;
use crate::app::Fault;
use crate::cli::Outcome;
use crate::content;
use crate::kit::config::Config;
use crate::kit::config::Environment;
use crate::kit::config::MailRoute;
use crate::kit::config::Source;
use crate::kit::log;
use crate::kit::mail::Mailer;
use std::os::unix::fs::PermissionsExt;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Only ask the server that runs with these settings whether it is ready
    #[arg(long)]
    ready: bool,
}

/// What was found, in the order it was looked at.
#[derive(Default)]
struct Findings {
    warnings: usize,
    faults: usize,
}

impl Findings {
    fn fine(&mut self, what: &str, found: &str) {
        println!("ok    {what}: {found}");
    }

    fn warn(&mut self, what: &str, found: &str) {
        self.warnings += 1;
        println!("warn  {what}: {found}");
    }

    fn fault(&mut self, what: &str, found: &str) {
        self.faults += 1;
        println!("FAIL  {what}: {found}");
    }

    fn note<T>(&mut self, what: &str, result: Result<T, String>, fine: impl FnOnce(T) -> String) {
        match result {
            Ok(found) => self.fine(what, &fine(found)),
            Err(why) => self.fault(what, &why),
        }
    }
}

pub(super) async fn run(arguments: Arguments, source: &Source) -> Result<Outcome, Fault> {
    if arguments.ready {
        return ready::ask(&source.config()?).await;
    }
    let mut findings = Findings::default();
    let place = source.file().map_or_else(|| "the environment alone".to_owned(), |file| format!("{} and the environment", file.display()));
    match source.config() {
        Err(problems) => findings.fault("settings", &format!("from {place}: {problems}")),
        Ok(config) => {
            log::start("error");
            findings.fine("settings", &format!("from {place}"));
            served(&config, &mut findings);
            files(&config, &mut findings);
            database::check(&config, &mut findings).await;
            mail(&config, &mut findings).await;
        }
    }
    let Findings { warnings, faults, .. } = findings;
    println!(
        "{}",
        if faults + warnings == 0 { "All is well.".to_owned() } else { format!("{faults} to mend, {warnings} to think about.") }
    );
    Ok(if faults == 0 { Outcome::Done } else { Outcome::Refused })
}

fn served(config: &Config, findings: &mut Findings) {
    findings.fine("address", &format!("{}, listening on {}", config.base_url, config.listen));
    match config.environment {
        Environment::Production => findings.fine("environment", "production"),
        _ => findings
            .warn("environment", "not production: every page says so, and nothing counts as evidence; set AVOW_ENVIRONMENT=production"),
    }
    if config.tls.is_some() {
        findings.fine("certificate", "certificate and key belong together");
    } else if config.is_https() && config.trusted_proxies.is_empty() {
        let advice = "a web server in front ends HTTPS, and all visitors seem to come from its address: name it in AVOW_TRUSTED_PROXIES";
        findings.warn("visitors", advice);
    }
}

fn files(config: &Config, findings: &mut Findings) {
    let folder = config.data_dir.display();
    match std::fs::metadata(&config.data_dir) {
        Err(error) => findings.fault("data folder", &format!("{folder}: {error}; make it, owned by the user that runs Avow")),
        Ok(data) if data.permissions().mode() & 0o007 != 0 => {
            findings.warn("data folder", &format!("{folder}: other users can look into it; run chmod o= {folder}"));
        }
        Ok(_) => match nix::sys::statvfs::statvfs(&config.data_dir) {
            Ok(disk) if disk.blocks_available() * disk.fragment_size() < 1 << 30 => {
                findings.warn("data folder", &format!("{folder}: less than 1 GB is free"));
            }
            _ => findings.fine("data folder", &folder.to_string()),
        },
    }
    let key = config.key_file.display();
    if config.key_file.exists() {
        findings.fine("key", &key.to_string());
    } else {
        findings.warn("key", &format!("{key} is not there yet: the first start makes it; other instances need the same one"));
    }
    if config.environment == Environment::Production
        && content::load_organisation(&config.content_dir).is_ok_and(|organisation| organisation.name == "Tideway Health")
    {
        findings.warn("organisation", "organisation.toml still names the invented company of the demo: change it to yours");
    }
    match content::load(&config.content_dir, config.clock.now().date_naive()) {
        Ok(catalogue) => {
            let (count, folder) = (catalogue.contents.len(), config.content_dir.display());
            let more = match catalogue.warnings.warnings() {
                0 => String::new(),
                warnings => format!("; {warnings} warning(s): avow content check shows them"),
            };
            findings.fine("content", &format!("{count} courses and policies in {folder}{more}"));
        }
        Err(wrong) => {
            findings
                .fault("content", &format!("{} errors in {}: avow content check says which", wrong.errors(), config.content_dir.display()));
        }
    }
}

async fn mail(config: &Config, findings: &mut Findings) {
    if let MailRoute::Files(folder) = &config.mail {
        let found = format!("mails become files in {} and reach nobody: set AVOW_SMTP_URL", folder.display());
        return if config.environment == Environment::Production { findings.fault("mail", &found) } else { findings.warn("mail", &found) };
    }
    if config.mail_allow.as_ref().is_some_and(Vec::is_empty) {
        findings.warn("mail", "outside production nobody is mailed until AVOW_MAIL_ALLOW names addresses or domains");
    }
    let mailer = Mailer::new(&config.mail, config.mail_from.clone(), config.mail_allow.clone());
    let answer = match mailer {
        Ok(mailer) => {
            mailer.probe().await.map_err(|error| format!("{error}; look at AVOW_SMTP_URL, its password file and AVOW_SMTP_CA_FILE"))
        }
        Err(why) => Err(why),
    };
    findings.note("mail", answer, |()| "the server takes our connection; nothing was sent".into());
}
