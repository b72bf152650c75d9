//! One file of a course or policy, read; and what is looked at in all files of one together.

use crate::content::assets::Assets;
use crate::content::codes;
use crate::content::diagnostic::Diagnostics;
use crate::content::diagnostic::Place;
use crate::content::folder;
use crate::content::model::Organisation;
use crate::content::model::Text;
use crate::content::source::Source;
use crate::content::text;
use crate::content::text::Around;
use crate::content::text::Measure;
use crate::content::text::Reading;
use crate::kit::crypto;
use crate::kit::crypto::Sha256;
use std::collections::HashMap;
use std::path::Path;

/// A file in one language.
pub(super) struct Part {
    pub language: String,
    /// `course`, `quiz`, `policy`, or a lesson's name.
    pub name: String,
    pub position: usize,
    pub source: Source,
    /// None where it cannot be read.
    pub reading: Option<Reading>,
}

/// Reads one file.
pub(super) fn read(
    root: &Path,
    file: &str,
    (language, name, position): (&str, &str, usize),
    (organisation, assets): (&Organisation, &Assets),
    found: &mut Diagnostics,
) -> Option<Part> {
    let source = folder::read(root, file, found)?;
    let around = Around { organisation, assets, language, is_quiz: name == "quiz" };
    let reading = text::read(&source, &around, found);
    Some(Part { language: language.to_owned(), name: name.to_owned(), position, source, reading })
}

impl Part {
    /// Where a question, pool or scenario of that name stands.
    pub(super) fn place(&self, id: &str) -> Place {
        let asked = self.reading.iter().flat_map(|reading| &reading.asked).find(|asked| asked.id == id);
        asked.map_or_else(|| self.source.whole(), |asked| self.source.at(asked.range.clone()))
    }

    /// How long it takes, in minutes. Of a quiz, an attempt.
    pub(super) fn minutes(&self) -> f64 {
        let Some(reading) = &self.reading else { return 0.0 };
        if self.name == "quiz" {
            return Measure::quiz_minutes(reading.document.pools.iter().map(|pool| pool.draw).sum());
        }
        reading.measure.minutes(&self.language)
    }

    /// The file as a text to publish.
    pub(super) fn into_text(self) -> Option<Text> {
        let minutes = whole_minutes(self.minutes());
        let mut reading = self.reading?;
        reading.document.minutes = Some(reading.front.minutes.unwrap_or(minutes));
        Some(Text {
            language: self.language,
            part: self.name,
            position: i32::try_from(self.position).unwrap_or(i32::MAX),
            title: reading.front.title,
            summary: reading.front.summary,
            source: self.source.text,
            document: reading.document,
        })
    }
}

/// Minutes as people are told them: at least one.
pub(super) fn whole_minutes(minutes: f64) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded above")]
    let whole = minutes.ceil().clamp(1.0, 10_000.0) as u32;
    whole
}

/// SHA-256 over each file's hash and path, in order of the lines.
pub(super) fn source_hash<'a>(files: impl Iterator<Item = (Sha256, &'a str)>) -> Sha256 {
    let mut lines = files.map(|(hash, file)| format!("{} {file}\n", hex::encode(hash))).collect::<Vec<_>>();
    lines.sort();
    crypto::sha256(lines.concat().as_bytes())
}

/// Reports paragraphs that stand twice in one language.
pub(super) fn repeated(parts: &[Part], found: &mut Diagnostics) {
    let mut seen: HashMap<(&str, &str), (&Source, usize)> = HashMap::new();
    for part in parts {
        for (words, range) in part.reading.iter().flat_map(|reading| &reading.paragraphs) {
            let here = (&part.source, range.start);
            if let Some((source, start)) = seen.insert((&part.language, words), here) {
                let message = format!("this paragraph stands already in {}:{}", source.file, source.line(start));
                found.add(codes::PARAGRAPH_REPEATED, part.source.at(range.clone()), message, "say it once, where it helps");
            }
        }
    }
}

/// Reports texts that are hard to read. `goal` is the highest grade.
pub(super) fn level(parts: &[Part], goal: f64, found: &mut Diagnostics) {
    for part in parts {
        let level = part.reading.as_ref().and_then(|reading| reading.measure.level(&part.language));
        if let Some(level) = level.filter(|level| *level > goal) {
            let message = format!("reads like grade {level:.1}; the goal is {goal:.0}");
            found.add(codes::READING_LEVEL, part.source.whole(), message, "shorten sentences and use plainer words");
        }
    }
}
