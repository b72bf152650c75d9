//! A published version and its texts.

use crate::content::Content;
use crate::content::Document;
use crate::content::Settings;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use diesel::Queryable;
use uuid::Uuid;

/// A published version of a course or policy.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its id.
    pub id: Uuid,
    /// `course` or `policy`.
    pub kind: String,
    /// Its name in addresses.
    pub slug: String,
    /// Counted from 1.
    pub version: i32,
    /// What it asks of those who know the one before.
    pub materiality: String,
    /// Its settings as they were published.
    pub settings: Settings,
    /// SHA-256 over all its files.
    pub source_sha256: Vec<u8>,
    /// What rendered it.
    pub renderer: String,
    /// From when on it counts.
    pub effective_at: DateTime<Utc>,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// The proposal that was approved; none where nobody could review yet.
    pub proposal_id: Option<Uuid>,
}

/// Somebody proposes to publish what stands in the content folder.
#[derive(Clone, Debug, Queryable)]
pub struct Proposal {
    /// Its id.
    pub id: Uuid,
    /// `course` or `policy`.
    pub kind: String,
    /// Its name in addresses.
    pub slug: String,
    /// The version it would be.
    pub version: i32,
    /// What it would ask of those who know the one before.
    pub materiality: String,
    /// SHA-256 over all its files.
    pub source_sha256: Vec<u8>,
    /// SHA-256 over all that would be shown.
    pub shown_sha256: Vec<u8>,
    /// What the proposer tells the reviewer.
    pub note: String,
    /// Who.
    pub proposed_by: Uuid,
    /// When.
    pub proposed_at: DateTime<Utc>,
}

impl Proposal {
    /// Whether it is about this course or policy, in whatever version.
    pub fn is_about(&self, content: &Content) -> bool {
        self.kind == content.settings.kind.name() && self.slug == content.settings.id
    }
}

/// What somebody decides about a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// It becomes a version.
    Approved,
    /// It goes back to its author, with the reason.
    Returned,
    /// Its author takes it back.
    Withdrawn,
}

impl Decision {
    /// Its name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Returned => "returned",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A decision that was made.
#[derive(Clone, Debug, Queryable)]
pub struct Decided {
    /// About which proposal.
    pub proposal_id: Uuid,
    /// `approved`, `returned` or `withdrawn`.
    pub decision: String,
    /// Why.
    pub reason: String,
    /// By whom.
    pub decided_by: Uuid,
    /// When.
    pub decided_at: DateTime<Utc>,
}

/// A periodic review of a version.
#[derive(Clone, Debug, Queryable)]
pub struct Review {
    /// The version that was looked at.
    pub version_id: Uuid,
    /// `unchanged`, or `change`: a new version is needed.
    pub outcome: String,
    /// The threats and changes of law that were considered.
    pub threats: String,
    /// What else was noted.
    pub notes: String,
    /// When it is to be reviewed again.
    pub review_by: NaiveDate,
    /// By whom.
    pub reviewed_by: Uuid,
    /// When.
    pub reviewed_at: DateTime<Utc>,
}

/// One text of a version in one language.
#[derive(Clone, Debug)]
pub struct ContentText {
    /// Its id.
    pub id: Uuid,
    /// Whose text it is.
    pub version_id: Uuid,
    /// The language's tag.
    pub language: String,
    /// `course`, `quiz`, `policy`, or a lesson's name.
    pub part: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// The normalised source.
    pub source: String,
    /// SHA-256 of the normalised source.
    pub source_sha256: Vec<u8>,
    /// The HTML as shown, without questions.
    pub html: String,
    /// SHA-256 of that HTML.
    pub html_sha256: Vec<u8>,
    /// The text with its questions.
    pub document: Document,
}

impl ContentText {
    /// Whether this is a lesson, not the introduction or the quiz.
    pub fn is_lesson(&self) -> bool {
        self.part != "course" && self.part != "quiz" && self.part != "policy"
    }
}
