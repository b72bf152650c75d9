//! The demo company's last six weeks, made by the real verbs on a simulated clock: people read, pass, attest, are late, are
//! away, leave.

use crate::app::Fault;
use crate::cli::fault;
use crate::content;
use crate::content::ContentKind;
use crate::ctx::Ctx;
use crate::kit::crypto;
use crate::kit::db::Connection;
use crate::library;
use crate::people;
use crate::people::PersonFacts;
use crate::people::actions::ImportFile;
use crate::people::actions::ImportOptions;
use crate::policies;
use crate::programme;
use crate::programme::ProgrammeFile;
use crate::programme::State;
use crate::reminders;
use crate::training;
use crate::training::simulate::Progress;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::NaiveTime;
use chrono::TimeDelta;
use chrono::Utc;
use std::io::IsTerminal;

const PEOPLE: &str = include_str!("people.csv");
const LEAVES: &str = include_str!("leaves.csv");
const PROGRAMME: &str = include_str!("programme.toml");

/// The day the files were written for: it becomes today.
const REFERENCE: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a date");
/// How far back the round began.
const DAYS: i64 = 45;
/// Those to sign in as: what they owe is left for whoever tries the demo.
const UNTOUCHED: [&str; 3] = ["00107", "C-0007", "C-0040"];

/// Whether somebody is of the demo company.
pub(super) fn knows(hr_id: &str) -> bool {
    PEOPLE.lines().any(|line| line.split(',').next() == Some(hr_id))
}

/// Fills an empty database. Interrupted, it goes on where it was.
pub(super) async fn fill(connection: &mut Connection, ctx: &Ctx) -> Result<(), Fault> {
    let now = ctx.now();
    let today = now.with_timezone(&ctx.organisation.zone).date_naive();
    let shift = (today - REFERENCE).num_days();
    let began = now - TimeDelta::days(DAYS + 1);
    publish(connection, ctx, began).await?;
    import(connection, ctx, began, shift).await?;
    let mut programme = ProgrammeFile::read(PROGRAMME)?;
    programme.shift(shift);
    programme::actions::apply(connection, began, &ctx.chance, &programme, false).await.map_err(fault)??;
    let is_watched = std::io::stderr().is_terminal();
    for back in (0..=DAYS).rev() {
        if is_watched {
            eprint!("\r\x1b[KLiving through the round: day {} of {} …", DAYS - back + 1, DAYS + 1);
        }
        day(connection, ctx, today - TimeDelta::days(back), now).await?;
    }
    eprintln!("{}Lived through the round: {} days", if is_watched { "\r\x1b[K" } else { "" }, DAYS + 1);
    reminders::actions::plan(connection, now, ctx, false, true).await.map_err(fault)?;
    Ok(())
}

async fn publish(connection: &mut Connection, ctx: &Ctx, at: DateTime<Utc>) -> Result<(), Fault> {
    eprintln!("Publishing courses and policies …");
    let mut catalogue = content::load(&ctx.config.content_dir, at.date_naive())?;
    // The demo's round begins before the shipped policies do.
    for content in &mut catalogue.contents {
        content.settings.effective = content.settings.effective.map(|day| day.min(at.date_naive()));
    }
    let published =
        library::actions::publish(connection, at, &ctx.chance, (&ctx.config.content_dir, &catalogue), None).await.map_err(fault)?;
    published.map(drop).map_err(|refused| refused.to_string().into())
}

async fn import(connection: &mut Connection, ctx: &Ctx, at: DateTime<Utc>, shift: i64) -> Result<(), Fault> {
    std::fs::create_dir_all(&ctx.config.data_dir)?;
    for (name, text) in [("people.csv", PEOPLE), ("leaves.csv", LEAVES)] {
        let text = shifted(text, shift);
        std::fs::write(ctx.config.data_dir.join(name), &text)?;
        let file = ImportFile { name, bytes: text.as_bytes() };
        let options = ImportOptions::default();
        let report = if name == "people.csv" {
            people::actions::import_people(connection, at, &ctx.chance, &ctx.organisation, file, options).await
        } else {
            people::actions::import_leaves(connection, at, &ctx.chance, file, options).await
        };
        let report = report.map_err(fault)?.map_err(|reject| format!("{name}: {reject}"))?;
        eprintln!("Importing {name}: {} rows", report.received);
        if !report.applied {
            return Err(format!("{name}: {report}").into());
        }
    }
    Ok(())
}

/// The same file with every date moved.
fn shifted(text: &str, days: i64) -> String {
    let cell = |cell: &str| match cell.parse::<NaiveDate>() {
        Ok(date) if cell.len() == 10 => (date + TimeDelta::days(days)).to_string(),
        _ => cell.to_owned(),
    };
    let line = |line: &str| line.split(',').map(cell).collect::<Vec<_>>().join(",");
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

/// One day: what is owed is assigned, then people do what they do that day.
async fn day(connection: &mut Connection, ctx: &Ctx, day: NaiveDate, end: DateTime<Utc>) -> Result<(), Fault> {
    let morning = day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(5);
    programme::actions::evaluate(connection, morning.min(end), &ctx.chance, &ctx.organisation).await.map_err(fault)?;
    for facts in people::facts(connection).await? {
        let at = morning + TimeDelta::minutes(180 + i64::from(luck(&facts, "hour") % 420));
        let works = facts.is_engaged(day) && facts.leave_on(day).is_none() && !UNTOUCHED.contains(&facts.person.hr_id.as_str());
        if at < end && works {
            act(connection, ctx, &facts, day, at).await?;
        }
    }
    Ok(())
}

async fn act(connection: &mut Connection, ctx: &Ctx, facts: &PersonFacts, day: NaiveDate, at: DateTime<Utc>) -> Result<(), Fault> {
    let standings = programme::standings_of(connection, at, facts).await.map_err(fault)?;
    let language = ctx.lang_of(&facts.person.language).tag();
    for standing in standings.into_iter().filter(|standing| standing.state.is_owed()) {
        let assignment = &standing.assignment;
        let age = (day - assignment.assigned_at.date_naive()).num_days();
        let whose = (facts.person.id, assignment.id);
        match assignment.content_kind {
            ContentKind::Policy if attests(facts, age, standing.state) => {
                policies::simulate::attest(connection, at, ctx, whose, language).await.map_err(fault)?;
            }
            ContentKind::Course => {
                if let Some(progress) = learns(facts, age) {
                    training::simulate::take_course(connection, at, &ctx.chance, whose, language, progress).await.map_err(fault)?;
                }
            }
            ContentKind::Policy => {}
        }
    }
    Ok(())
}

/// Four of five attest on a day of the first four weeks; some of the others once it is overdue; the rest has not yet.
fn attests(facts: &PersonFacts, age: i64, state: State) -> bool {
    let luck = luck(facts, "policy");
    match luck % 100 {
        0..80 => age == i64::from(luck / 100 % 27),
        80..90 => state == State::Overdue && age >= 31 + i64::from(luck / 100 % 12),
        _ => false,
    }
}

/// Six of ten pass within six weeks; some begin and stop.
fn learns(facts: &PersonFacts, age: i64) -> Option<Progress> {
    let luck = luck(facts, "course");
    let is_the_day = age == i64::from(luck / 100 % 44);
    match luck % 100 {
        _ if !is_the_day => None,
        0..60 => Some(Progress::Passed),
        60..72 => Some(Progress::Lessons(1 + luck as usize % 4)),
        _ => None,
    }
}

/// A number that is the same for the same person every time.
fn luck(facts: &PersonFacts, what: &str) -> u32 {
    let hash = crypto::sha256(format!("{}/{what}", facts.person.hr_id).as_bytes());
    u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])
}
