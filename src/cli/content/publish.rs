//! `avow content publish`, `propose`, `approve`, `return`, `withdraw`, `proposals`, `review`

use crate::access;
use crate::app::Fault;
use crate::cli::Outcome;
use crate::cli::fault;
use crate::content;
use crate::content::Catalogue;
use crate::content::Content;
use crate::content::ContentKind;
use crate::content::Examined;
use crate::content::Materiality;
use crate::content::report;
use crate::ctx::Ctx;
use crate::kit::config::Source;
use crate::kit::db::Connection;
use crate::library;
use crate::library::Decision;
use crate::library::Proposal;
use crate::library::Review;
use crate::library::actions;
use crate::library::actions::Pair;
use crate::library::proposals;
use crate::people;
use crate::programme;
use crate::programme::Candidate;
use crate::programme::Revision;
use crate::rights::Principal;
use crate::rights::Publish;
use crate::rights::Right;
use chrono::NaiveDate;
use std::str::FromStr;
use uuid::Uuid;

/// A course or policy as it is named on the command line: `policies/clear-desk`.
#[derive(Clone, Debug)]
pub struct Name {
    kind: ContentKind,
    slug: String,
}

impl FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, slug) = match text.trim_end_matches('/').split_once('/') {
            Some(("courses" | "course", slug)) => (ContentKind::Course, slug),
            Some(("policies" | "policy", slug)) => (ContentKind::Policy, slug),
            _ => return Err("name it as in courses/secure-development or policies/clear-desk".into()),
        };
        Ok(Self { kind, slug: slug.to_owned() })
    }
}

#[derive(clap::Args)]
pub struct PublishArguments {
    /// Who proposes: the HR id of an author or compliance officer
    #[arg(long, requires = "approver", value_name = "HR-ID")]
    author: Option<String>,
    /// Who approves: the HR id of another one
    #[arg(long, requires = "author", value_name = "HR-ID")]
    approver: Option<String>,
}

#[derive(clap::Args)]
pub struct ProposeArguments {
    /// The course or policy, as in policies/clear-desk
    name: Name,
    /// Who proposes: the HR id of an author or compliance officer
    #[arg(long = "as", value_name = "HR-ID")]
    who: String,
    /// What the reviewer should know
    #[arg(long, default_value = "")]
    note: String,
}

#[derive(clap::Args)]
pub struct DecideArguments {
    /// The course or policy, as in policies/clear-desk
    name: Name,
    /// Who decides: the HR id of an author or compliance officer
    #[arg(long = "as", value_name = "HR-ID")]
    who: String,
    /// Why
    #[arg(long, default_value = "")]
    reason: String,
}

#[derive(clap::Args)]
pub struct ReviewArguments {
    /// The course or policy, as in policies/clear-desk
    name: Name,
    /// Who reviewed it: the HR id of an author or compliance officer
    #[arg(long = "as", value_name = "HR-ID")]
    who: String,
    /// The threats and changes of law that were considered
    #[arg(long)]
    threats: String,
    /// What else was noted
    #[arg(long, default_value = "")]
    notes: String,
    /// It needs a new version
    #[arg(long)]
    needs_change: bool,
    /// When it is to be reviewed again
    #[arg(long, value_name = "DAY")]
    next: NaiveDate,
}

/// Reads the folder; its errors are told.
fn load(ctx: &Ctx) -> Option<Catalogue> {
    let today = ctx.now().with_timezone(&ctx.organisation.zone).date_naive();
    match content::load(&ctx.config.content_dir, today) {
        Ok(catalogue) => Some(catalogue),
        Err(wrong) => {
            eprintln!("{}", report::human(&wrong, false));
            None
        }
    }
}

fn refuse(why: &str) -> Result<Outcome, Fault> {
    eprintln!("{why}");
    Ok(Outcome::Refused)
}

/// Somebody who may propose and approve.
async fn reviewer(connection: &mut Connection, ctx: &Ctx, hr_id: &str) -> Result<Result<Uuid, String>, Fault> {
    let Some(person) = people::by_hr_id(connection, hr_id).await? else {
        return Ok(Err(format!("{hr_id:?} is nobody's HR id")));
    };
    let grants = access::grants(connection, ctx.now(), person.id).await?;
    let principal = Principal { person_id: person.id, session_id: Uuid::nil(), method: String::new(), signed_in_at: ctx.now(), grants };
    if principal.reach(Publish::ROW).is_some_and(|reach| reach.all) {
        return Ok(Ok(person.id));
    }
    Ok(Err(format!("{hr_id} may not publish: that needs the role author or compliance (avow access grant author {hr_id})")))
}

pub(super) async fn publish(arguments: PublishArguments, source: &Source) -> Result<Outcome, Fault> {
    let config = source.config()?;
    // Before any database is opened: a broken folder changes nothing.
    if let Err(wrong) = content::load(&config.content_dir, super::today(&config)) {
        return refuse(&report::human(&wrong, false));
    }
    let installation = crate::cli::open(source).await?;
    let ctx = installation.ctx(2)?;
    let Some(catalogue) = load(&ctx) else { return Ok(Outcome::Refused) };
    if !catalogue.warnings.is_empty() {
        eprintln!("{} warning(s): avow content check shows them", catalogue.warnings.warnings());
    }
    let mut connection = ctx.connection().await.map_err(fault)?;
    let pair = match (&arguments.author, &arguments.approver) {
        (Some(author), Some(approver)) => {
            let (author, approver) = (reviewer(&mut connection, &ctx, author).await?, reviewer(&mut connection, &ctx, approver).await?);
            match (author, approver) {
                (Ok(author), Ok(approver)) if author == approver => return refuse("the approver is another person than the author"),
                (Ok(author), Ok(approver)) => Some(Pair { author, approver }),
                (Err(why), _) | (_, Err(why)) => return refuse(&why),
            }
        }
        _ => None,
    };
    let folder = (ctx.config.content_dir.as_path(), &catalogue);
    match actions::publish(&mut connection, ctx.now(), &ctx.chance, folder, pair).await.map_err(fault)? {
        Ok(published) => {
            for one in &published {
                println!("published {} version {}", one.name, one.version);
            }
            println!("{} published, {} as they were", published.len(), catalogue.contents.len() - published.len());
            Ok(Outcome::Done)
        }
        Err(refused) => refuse(&format!("{refused}\nNothing was published.")),
    }
}

pub(super) async fn propose(arguments: ProposeArguments, source: &Source) -> Result<Outcome, Fault> {
    let installation = crate::cli::open(source).await?;
    let ctx = installation.ctx(2)?;
    let Some(catalogue) = load(&ctx) else { return Ok(Outcome::Refused) };
    let mut connection = ctx.connection().await.map_err(fault)?;
    let person = match reviewer(&mut connection, &ctx, &arguments.who).await? {
        Ok(person) => person,
        Err(why) => return refuse(&why),
    };
    let Name { kind, slug } = &arguments.name;
    let Some(content) = catalogue.contents.iter().find(|content| content.settings.kind == *kind && content.settings.id == *slug) else {
        return refuse(&format!("the content folder has no {kind} {slug:?}"));
    };
    let note = arguments.note.trim();
    tell_impact(&mut connection, &ctx, content).await?;
    match actions::propose(&mut connection, ctx.now(), &ctx.chance, content, person, note).await.map_err(fault)? {
        Ok(_) => {
            println!(
                "proposed {} version {}; somebody else approves it: avow content approve {kind}/{slug} --as HR-ID, or at /library",
                content.name(),
                content.settings.version
            );
            Ok(Outcome::Done)
        }
        Err(refused) => refuse(&refused.to_string()),
    }
}

/// Says whom a version would reach, before anybody decides.
async fn tell_impact(connection: &mut Connection, ctx: &Ctx, content: &Content) -> Result<(), Fault> {
    let follows = library::is_published(connection, content.settings.kind, &content.settings.id).await?;
    let effective_at = library::effective_at(ctx.now(), &ctx.organisation, content, follows);
    let candidate = Candidate {
        kind: content.settings.kind,
        slug: &content.settings.id,
        revision: Revision { version: content.settings.version, effective_at },
        is_material: content.settings.materiality == Materiality::Material,
    };
    let impact = programme::impact(connection, ctx.now(), &ctx.chance, &ctx.organisation, candidate).await.map_err(fault)?;
    let day = effective_at.with_timezone(&ctx.organisation.zone).date_naive();
    println!("{} version {} ({}), from {day} on:", content.name(), content.settings.version, content.settings.materiality.name());
    let due = impact.reopened.values().min().map(|due| format!(", first due on {due}")).unwrap_or_default();
    println!("  {} of {} people bound would have to do it again{due}", impact.reopened.len(), impact.bound.len());
    println!("  {} have not done it yet; {} of them would get more time", impact.open.len(), impact.moved.len());
    Ok(())
}

pub(super) async fn impact(name: Name, source: &Source) -> Result<Outcome, Fault> {
    let installation = crate::cli::open(source).await?;
    let ctx = installation.ctx(2)?;
    let Some(catalogue) = load(&ctx) else { return Ok(Outcome::Refused) };
    let mut connection = ctx.connection().await.map_err(fault)?;
    let is_it = |content: &&Content| content.settings.kind == name.kind && content.settings.id == name.slug;
    let Some(content) = catalogue.contents.iter().find(is_it) else {
        return refuse(&format!("the content folder has no {} {:?}", name.kind, name.slug));
    };
    tell_impact(&mut connection, &ctx, content).await?;
    Ok(Outcome::Done)
}

/// The open proposal about a course or policy.
async fn open_proposal(connection: &mut Connection, name: &Name) -> Result<Option<Proposal>, Fault> {
    let open = proposals::open(connection).await?;
    Ok(open.into_iter().find(|proposal| proposal.kind == name.kind.name() && proposal.slug == name.slug))
}

pub(super) async fn decide(arguments: DecideArguments, decision: Decision, source: &Source) -> Result<Outcome, Fault> {
    let installation = crate::cli::open(source).await?;
    let ctx = installation.ctx(2)?;
    let today = ctx.now().with_timezone(&ctx.organisation.zone).date_naive();
    let examined: Examined = content::examine(&ctx.config.content_dir, today, &|_, _| {});
    let mut connection = ctx.connection().await.map_err(fault)?;
    let person = match reviewer(&mut connection, &ctx, &arguments.who).await? {
        Ok(person) => person,
        Err(why) => return refuse(&why),
    };
    let Name { kind, slug } = &arguments.name;
    let Some(proposal) = open_proposal(&mut connection, &arguments.name).await? else {
        return refuse(&format!("nothing is proposed about {kind} {slug}"));
    };
    let reason = arguments.reason.trim();
    if decision == Decision::Returned && reason.is_empty() {
        return refuse("say with --reason what should be changed");
    }
    let folder = (ctx.config.content_dir.as_path(), &examined);
    let made = actions::decide(&mut connection, ctx.now(), &ctx.chance, folder, (proposal.id, person), (decision, reason)).await;
    match made.map_err(fault)? {
        actions::Outcome::Made if decision == Decision::Approved => println!("published {kind}/{slug} version {}", proposal.version),
        actions::Outcome::Made => println!("{} {kind}/{slug} version {}", decision.name(), proposal.version),
        actions::Outcome::Decided => return refuse("somebody has decided about it meanwhile"),
        actions::Outcome::NotYours if decision == Decision::Withdrawn => return refuse("only who proposed it can withdraw it"),
        actions::Outcome::NotYours => return refuse("who proposed it cannot decide about it: another person approves or returns"),
        actions::Outcome::Changed => {
            return refuse(
                "the folder holds other words than those that were proposed, or has errors: withdraw the proposal, check, and propose anew",
            );
        }
    }
    Ok(Outcome::Done)
}

pub(super) async fn proposals_list(source: &Source) -> Result<Outcome, Fault> {
    let installation = crate::cli::open(source).await?;
    let ctx = installation.ctx(2)?;
    let mut connection = ctx.connection().await.map_err(fault)?;
    let open = proposals::open(&mut connection).await?;
    for proposal in &open {
        let author = people::person(&mut connection, proposal.proposed_by).await?;
        let day = proposal.proposed_at.with_timezone(&ctx.organisation.zone).format("%Y-%m-%d %H:%M");
        println!(
            "{}/{} version {} ({}), by {} on {day}",
            proposal.kind, proposal.slug, proposal.version, proposal.materiality, author.hr_id
        );
    }
    println!("{} open", open.len());
    Ok(Outcome::Done)
}

pub(super) async fn review(arguments: ReviewArguments, source: &Source) -> Result<Outcome, Fault> {
    let installation = crate::cli::open(source).await?;
    let ctx = installation.ctx(2)?;
    let mut connection = ctx.connection().await.map_err(fault)?;
    let reviewed_by = match reviewer(&mut connection, &ctx, &arguments.who).await? {
        Ok(person) => person,
        Err(why) => return refuse(&why),
    };
    let Name { kind, slug } = &arguments.name;
    if !library::is_published(&mut connection, *kind, slug).await? {
        return refuse(&format!("no {kind} {slug:?} is published"));
    }
    let version = library::current(&mut connection, ctx.now(), *kind, slug).await?;
    let threats = arguments.threats.trim().to_owned();
    if threats.is_empty() {
        return refuse("say with --threats what was considered");
    }
    if arguments.next <= ctx.now().with_timezone(&ctx.organisation.zone).date_naive() {
        return refuse("--next lies in the past");
    }
    let review = Review {
        version_id: version.id,
        outcome: if arguments.needs_change { "change" } else { "unchanged" }.into(),
        threats,
        notes: arguments.notes.trim().to_owned(),
        review_by: arguments.next,
        reviewed_by,
        reviewed_at: ctx.now(),
    };
    actions::review(&mut connection, &ctx.chance, &review).await.map_err(fault)?;
    println!("reviewed {kind}/{slug} version {}, next by {}", version.version, arguments.next);
    Ok(Outcome::Done)
}
