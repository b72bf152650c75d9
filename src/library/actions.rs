//! Publishing: what stands in the content folder becomes immutable versions. One person proposes, another approves.

use crate::access;
use crate::content::Catalogue;
use crate::content::Content;
use crate::content::Examined;
use crate::content::Materiality;
use crate::content::codes;
use crate::kit::chance::Chance;
use crate::kit::crypto;
use crate::kit::crypto::Sha256;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::kit::jobs;
use crate::kit::jobs::NewJob;
use crate::library::model::Decided;
use crate::library::model::Decision;
use crate::library::model::Proposal;
use crate::library::model::Review;
use crate::library::model::Version;
use crate::library::proposals;
use crate::library::proposals::NewProposal;
use crate::library::queries;
use crate::library::versions;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use diesel::QueryResult;
use diesel_async::AsyncConnection;
use serde_json::json;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use uuid::Uuid;

/// A version that was published now.
#[derive(Debug, PartialEq, Eq)]
pub struct Published {
    /// `course` or `policy`, a slash, its name.
    pub name: String,
    /// Its number.
    pub version: i32,
}

/// Why something cannot be published as it stands.
#[derive(Debug)]
pub struct Refused(pub Vec<String>);

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.join("\n"))
    }
}

/// How what stands in the folder compares with what is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is what is published.
    Published,
    /// Nothing of it is published.
    New,
    /// It would follow that version.
    Next(i32),
    /// It has the number of a published version, and other words.
    Changed(i32),
    /// That version is published, the folder has an older one.
    Older(i32),
}

/// Compares one course or policy with what is published.
///
/// # Errors
/// When the database fails.
pub async fn standing(connection: &mut Connection, content: &Content) -> QueryResult<Standing> {
    let settings = &content.settings;
    Ok(match queries::newest(connection, settings.kind, &settings.id).await? {
        None => Standing::New,
        Some((version, hash)) if version == settings.version && hash == content.source_sha256 => Standing::Published,
        Some((version, _)) if version == settings.version => Standing::Changed(version),
        Some((version, _)) if version > settings.version => Standing::Older(version),
        Some((version, _)) => Standing::Next(version),
    })
}

impl Standing {
    /// Whether people who did an earlier version are asked anew.
    fn asks_anew(self, content: &Content) -> bool {
        matches!(self, Self::Next(_)) && content.settings.materiality == Materiality::Material
    }

    /// Why it cannot be published, if so.
    fn refusal(self, content: &Content) -> Option<String> {
        let (name, own) = (content.name(), content.settings.version);
        match self {
            Self::Changed(version) => {
                let next = version + 1;
                Some(format!("{name}: version {version} is published with other words; restore them, or raise version to {next}"))
            }
            Self::Older(version) => Some(format!("{name}: version {version} is published, the folder has {own}")),
            Self::Published | Self::New | Self::Next(_) => None,
        }
    }
}

/// Two persons who answer for a publication.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// Who proposes.
    pub author: Uuid,
    /// Who approves.
    pub approver: Uuid,
}

/// SHA-256 over all that would be shown: the hash of each text's document with its language and part, in order of the lines.
pub fn shown_sha256(content: &Content) -> Result<Sha256, AppError> {
    let mut lines = Vec::new();
    for text in &content.texts {
        let document = serde_json::to_vec(&(&text.title, &text.summary, &text.document))?;
        lines.push(format!("{} {}/{}\n", hex::encode(crypto::sha256(&document)), text.language, text.part));
    }
    lines.sort();
    Ok(crypto::sha256(lines.concat().as_bytes()))
}

/// Publishes every course and policy whose version number is new, all of them or nothing. Those that are published already must
/// have the same words. Two persons answer for it, unless fewer than two could.
///
/// # Errors
/// When the database fails; `Ok(Err)` names what was changed under a published number, or that a second person is missing.
pub async fn publish(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    (root, catalogue): (&Path, &Catalogue),
    pair: Option<Pair>,
) -> Result<Result<Vec<Published>, Refused>, AppError> {
    connection
        .transaction(async |connection| {
            queries::lock(connection).await?;
            let (mut fresh, mut refused, mut asks_anew) = (Vec::new(), Vec::new(), false);
            let open = proposals::open(connection).await?;
            for content in &catalogue.contents {
                let standing = standing(connection, content).await?;
                refused.extend(standing.refusal(content));
                if standing != Standing::Published
                    && let Some(open) = open.iter().find(|open| open.is_about(content))
                {
                    refused.push(format!("{}: version {} is proposed; approve, return or withdraw that first", content.name(), open.version));
                }
                if standing != Standing::Published {
                    asks_anew |= standing.asks_anew(content);
                    fresh.push(content);
                }
            }
            if refused.is_empty() && !fresh.is_empty() && pair.is_none() && access::reviewers(connection, now).await? > 1 {
                refused.push("a second person approves what is published: name both, avow content publish --author HR-ID --approver HR-ID, or propose it in the browser, at /library".into());
            }
            if !refused.is_empty() {
                return Ok(Err(Refused(refused)));
            }
            for content in &fresh {
                let proposal = match pair {
                    Some(pair) => Some(propose_and_approve(connection, now, chance, content, pair).await?),
                    None => None,
                };
                versions::add(connection, now, chance, (root, &catalogue.organisation), content, proposal).await?;
            }
            tell_the_programme(connection, now, asks_anew).await?;
            let published = |content: &&Content| Published { name: content.name(), version: content.settings.version };
            Ok(Ok(fresh.iter().map(published).collect()))
        })
        .await
}

async fn propose_and_approve(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    content: &Content,
    pair: Pair,
) -> Result<Uuid, AppError> {
    let id = add_proposal(connection, now, chance, content, pair.author, "").await?;
    let proposal = proposals::proposal(connection, id).await?;
    let decision = Decision::Approved.name().to_owned();
    let decided = Decided { proposal_id: id, decision, reason: String::new(), decided_by: pair.approver, decided_at: now };
    proposals::decide(connection, &proposal, &decided).await?;
    Ok(id)
}

/// A material version asks people anew: the assignments follow at once.
async fn tell_the_programme(connection: &mut Connection, now: DateTime<Utc>, is_needed: bool) -> Result<(), AppError> {
    if is_needed {
        jobs::enqueue(connection, now, NewJob::new("programme.evaluate", json!({})).once("programme.evaluate").urgent()).await?;
    }
    Ok(())
}

async fn add_proposal(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    content: &Content,
    person: Uuid,
    note: &str,
) -> Result<Uuid, AppError> {
    let settings = &content.settings;
    let proposal = NewProposal {
        id: chance.id(now),
        kind: settings.kind.name(),
        slug: &settings.id,
        version: settings.version,
        materiality: settings.materiality.name(),
        source_sha256: &content.source_sha256,
        shown_sha256: &shown_sha256(content)?,
        note,
        proposed_by: person,
        proposed_at: now,
    };
    proposals::add(connection, &proposal).await?;
    Ok(proposal.id)
}

/// Proposes to publish what stands in the folder. What was proposed of it before must have been decided.
///
/// # Errors
/// When the database fails; `Ok(Err)` says why it cannot be proposed.
pub async fn propose(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    content: &Content,
    person: Uuid,
    note: &str,
) -> Result<Result<Uuid, Refused>, AppError> {
    connection
        .transaction(async |connection| {
            queries::lock(connection).await?;
            let standing = standing(connection, content).await?;
            let mut refused: Vec<String> = standing.refusal(content).into_iter().collect();
            if standing == Standing::Published {
                refused.push(format!("{}: this is what is published", content.name()));
            }
            if let Some(open) = proposals::open(connection).await?.iter().find(|open| open.is_about(content)) {
                refused.push(format!("{}: version {} is proposed already; decide about it first", content.name(), open.version));
            }
            if !refused.is_empty() {
                return Ok(Err(Refused(refused)));
            }
            Ok(Ok(add_proposal(connection, now, chance, content, person, note).await?))
        })
        .await
}

/// What came of a decision.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was made.
    Made,
    /// Somebody was faster.
    Decided,
    /// Whoever proposed cannot approve or return; others cannot withdraw.
    NotYours,
    /// The folder holds other words than those that were proposed.
    Changed,
}

/// Decides about a proposal. An approval publishes what was proposed, if it still stands in the folder, in the same transaction.
///
/// # Errors
/// When there is no such proposal, or the database fails.
pub async fn decide(
    connection: &mut Connection,
    now: DateTime<Utc>,
    chance: &Chance,
    (root, catalogue): (&Path, &Examined),
    (proposal, person): (Uuid, Uuid),
    (decision, reason): (Decision, &str),
) -> Result<Outcome, AppError> {
    connection
        .transaction(async |connection| {
            queries::lock(connection).await?;
            let proposal = proposals::proposal(connection, proposal).await?;
            if !proposals::decisions(connection, &[proposal.id]).await?.is_empty() {
                return Ok(Outcome::Decided);
            }
            if (proposal.proposed_by == person) != (decision == Decision::Withdrawn) {
                return Ok(Outcome::NotYours);
            }
            let mut asks_anew = false;
            let content = match decision {
                Decision::Approved => match proposed(&proposal, catalogue)? {
                    Some(content) => {
                        let standing = standing(connection, content).await?;
                        if standing.refusal(content).is_some() || standing == Standing::Published {
                            return Ok(Outcome::Changed);
                        }
                        asks_anew = standing.asks_anew(content);
                        Some(content)
                    }
                    None => return Ok(Outcome::Changed),
                },
                Decision::Returned | Decision::Withdrawn => None,
            };
            let (proposal_id, decision) = (proposal.id, decision.name().to_owned());
            let decided = Decided { proposal_id, decision, reason: reason.to_owned(), decided_by: person, decided_at: now };
            proposals::decide(connection, &proposal, &decided).await?;
            if let (Some(content), Some(organisation)) = (content, &catalogue.organisation) {
                versions::add(connection, now, chance, (root, organisation), content, Some(proposal.id)).await?;
            }
            tell_the_programme(connection, now, asks_anew).await?;
            Ok(Outcome::Made)
        })
        .await
}

/// What was proposed, if it still stands in the folder without an error.
pub fn proposed<'a>(proposal: &Proposal, catalogue: &'a Examined) -> Result<Option<&'a Content>, AppError> {
    let is_it = |content: &&Content| content.settings.kind.name() == proposal.kind && content.settings.id == proposal.slug;
    let Some(content) = catalogue.contents.iter().find(is_it) else { return Ok(None) };
    let same = content.settings.version == proposal.version
        && content.source_sha256[..] == proposal.source_sha256[..]
        && shown_sha256(content)?[..] == proposal.shown_sha256[..];
    Ok(Some(content).filter(|content| same && catalogue.faults_of(content).errors() == 0))
}

/// Records that a version was reviewed. It reopens nothing.
///
/// # Errors
/// When the database fails.
pub async fn review(connection: &mut Connection, chance: &Chance, review: &Review) -> Result<(), AppError> {
    Ok(proposals::add_review(connection, chance.id(review.reviewed_at), review).await?)
}

/// Compares a folder with what is published: numbers that stand for other words, questions that are gone.
///
/// # Errors
/// When the database fails.
pub async fn compare(connection: &mut Connection, today: NaiveDate, examined: &mut Examined) -> QueryResult<()> {
    let mut told = Vec::new();
    for content in &examined.contents {
        let settings = &content.settings;
        let mut tell = |code, message, help: String| told.push((code, examined.key(content, "version"), message, help));
        let published = match standing(connection, content).await? {
            Standing::New => continue,
            Standing::Published => settings.version,
            Standing::Next(version) => version,
            Standing::Older(version) => {
                let message = format!("version {version} is published, the folder has {}", settings.version);
                tell(codes::VERSION_OLDER, message, "take the newest texts, or raise version".into());
                version
            }
            Standing::Changed(version) => {
                let help = format!("restore them, or raise version to {} and say what changed", version + 1);
                tell(codes::VERSION_CHANGED, format!("version {version} is published with other words"), help);
                version
            }
        };
        let asked: BTreeSet<&str> =
            content.texts.iter().flat_map(|text| text.document.all_questions()).map(|question| question.id.as_str()).collect();
        let before = queries::questions(connection, settings.kind, &settings.id, published).await?;
        for gone in before.iter().filter(|id| !asked.contains(id.as_str())) {
            let message = format!("the published version asks {gone}, this folder does not");
            tell(codes::QUESTION_VANISHED, message, "if only its words changed, give it its old name back".into());
        }
    }
    // A review that was recorded without a change moves the date that the settings name.
    let reviewed: HashMap<Uuid, NaiveDate> = proposals::next_reviews(connection).await?.into_iter().collect();
    let published = queries::all(connection).await?;
    for content in &examined.contents {
        let settings = &content.settings;
        let newest = published.iter().find(|version| version.settings.kind == settings.kind && version.slug == settings.id);
        if let (Some(old), Some(new)) = (newest.and_then(|version| version.settings.statement.as_ref()), &settings.statement)
            && old.version == new.version
            && old.words != new.words
        {
            let message = format!("the statement was changed under its own version {}", old.version);
            let help = format!("restore its words, or set version = {} under [statement]", old.version + 1);
            told.push((codes::VERSION_CHANGED, examined.key(content, "version"), message, help));
        }
        let is_it = |version: &&Version| {
            version.settings.kind == settings.kind && version.slug == settings.id && version.version == settings.version
        };
        if published.iter().find(is_it).and_then(|version| reviewed.get(&version.id)).is_some_and(|next| *next >= today) {
            let file = examined.key(content, "review_by").file;
            examined.found.forget(codes::REVIEW_OVERDUE, &file);
        }
    }
    for (code, place, message, help) in told {
        examined.found.add(code, place, message, help);
    }
    Ok(())
}
