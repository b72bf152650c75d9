//! A published version and its texts.

use crate::content::Document;
use crate::content::Settings;
use chrono::DateTime;
use chrono::Utc;
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
