//! A course's folder: settings, and in each language an introduction, lessons and a quiz.

use crate::content::diagnostic::Diagnostics;
use crate::content::diagnostic::Place;
use crate::content::document;
use crate::content::folder;
use crate::content::folder::Source;
use crate::content::model::Content;
use crate::content::model::ContentKind;
use crate::content::model::Materiality;
use crate::content::model::Organisation;
use crate::content::model::Question;
use crate::content::model::Settings;
use crate::content::model::Text;
use crate::kit::crypto;
use crate::kit::crypto::Sha256;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;

/// `course.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CourseToml {
    id: String,
    version: i32,
    materiality: Materiality,
    pass_mark: u32,
    minutes: u32,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    frameworks: Vec<String>,
    #[serde(deserialize_with = "crate::content::day")]
    review_by: NaiveDate,
}

/// Reads the course of that name.
pub(super) fn course(root: &Path, name: &str, organisation: &Organisation, found: &mut Diagnostics) -> Option<Content> {
    let base = format!("courses/{name}");
    let mut sources = vec![folder::read(root, &format!("{base}/course.toml"), found)?];
    // Whatever is wrong with the settings, the texts are read too: all faults are told at once.
    let toml: Option<CourseToml> = folder::settings(&sources[0], found);
    if let Some(toml) = &toml {
        check_settings(toml, name, &Place { file: &sources[0].file, line: 0 }, found);
    }
    let mut texts = Vec::new();
    for language in &organisation.languages {
        let folder = format!("{base}/{language}");
        let mut files = folder::files(root, &folder, found).into_iter().filter(|file| file.ends_with(".md")).collect::<Vec<_>>();
        // The introduction first, the quiz last; lessons by their numbers in between.
        files.sort_by_key(|file| {
            (
                if file == "course.md" {
                    0
                } else if file == "quiz.md" {
                    2
                } else {
                    1
                },
                file.clone(),
            )
        });
        for needed in ["course.md", "quiz.md"] {
            if !files.iter().any(|file| file == needed) {
                found.add(
                    "translation-missing",
                    &Place { file: &format!("{folder}/{needed}"), line: 0 },
                    "is missing",
                    "every language has all files",
                );
            }
        }
        for (position, file) in files.iter().enumerate() {
            check_name(file.trim_end_matches(".md"), &format!("{folder}/{file}"), found);
            let Some(source) = folder::read(root, &format!("{folder}/{file}"), found) else { continue };
            texts.extend(text(&source, language, file.trim_end_matches(".md"), position, organisation, found));
            sources.push(source);
        }
    }
    check_languages(&texts, organisation, &base, found);
    let toml = toml?;
    let settings = Settings {
        kind: ContentKind::Course,
        id: toml.id,
        version: toml.version,
        materiality: toml.materiality,
        pass_mark: toml.pass_mark,
        minutes: toml.minutes,
        frameworks: toml.frameworks,
        review_by: toml.review_by,
        effective: None,
        owner: None,
        approver: None,
        prevailing_language: None,
        meaning: Vec::new(),
        statement: None,
    };
    Some(Content { settings, texts, source_sha256: source_hash(&sources) })
}

/// One file as a text.
pub(super) fn text(
    source: &Source,
    language: &str,
    part: &str,
    position: usize,
    organisation: &Organisation,
    found: &mut Diagnostics,
) -> Option<Text> {
    let (front, mut document) = document::read(source, organisation, found)?;
    document.minutes = front.minutes;
    let place = Place { file: &source.file, line: 0 };
    if part == "quiz" && document.pools.is_empty() {
        found.add("pool", &place, "a quiz has no pool", "write # Title {#name .pool draw=2} above its questions");
    }
    if part == "quiz" && document.questions().next().is_some() {
        found.add("pool", &place, "a question stands above the first pool, where it is never drawn", "move it into a pool");
    }
    if part != "quiz" && !document.pools.is_empty() {
        found.add("pool", &place, "a pool stands outside the quiz, where it is never drawn", "move it to quiz.md");
    }
    for pool in &document.pools {
        if pool.questions.len() < pool.draw {
            let message = format!("pool {} has {} question(s) and draws {}", pool.id, pool.questions.len(), pool.draw);
            found.add("pool", &place, message, "draw fewer, or add questions");
        }
    }
    Some(Text {
        language: language.to_owned(),
        part: part.to_owned(),
        position: i32::try_from(position).unwrap_or(i32::MAX),
        title: front.title,
        summary: front.summary,
        source: source.text.clone(),
        document,
    })
}

/// SHA-256 over each file's path and hash, in order of paths.
pub(super) fn source_hash(sources: &[Source]) -> Sha256 {
    let mut lines = sources
        .iter()
        .map(|source| format!("{} {}\n", hex::encode(crypto::sha256(source.text.as_bytes())), source.file))
        .collect::<Vec<_>>();
    lines.sort();
    crypto::sha256(lines.concat().as_bytes())
}

/// Lessons stand in addresses, and are read in the order of their numbers.
fn check_name(part: &str, file: &str, found: &mut Diagnostics) {
    let is_lesson = folder::is_slug(part) && part.starts_with(|first: char| first.is_ascii_digit());
    if !is_lesson && !["course", "quiz"].contains(&part) {
        let help = "start with a number; then small letters, digits and single hyphens, as in 01-links.md";
        found.add("name", &Place { file, line: 0 }, "is no name for a lesson", help);
    }
}

fn check_settings(toml: &CourseToml, name: &str, place: &Place<'_>, found: &mut Diagnostics) {
    let _ = &toml.topics;
    if toml.id != name {
        found.add("settings", place, format!("id is {:?}", toml.id), format!("it is the folder's name, {name:?}"));
    }
    if toml.version < 1 {
        found.add("settings", place, "version is less than 1", "count versions from 1");
    }
    if toml.pass_mark == 0 || toml.pass_mark > 100 {
        found.add("settings", place, "pass_mark is no per cent", "write a number from 1 to 100");
    }
}

/// Every language must have the same files with the same pools, questions and right answers.
fn check_languages(texts: &[Text], organisation: &Organisation, base: &str, found: &mut Diagnostics) {
    let outlines = |language: &str| {
        let texts = texts.iter().filter(|text| text.language == language);
        texts.map(|text| (text.part.as_str(), pools(text), questions(text).map(outline).collect::<Vec<_>>())).collect::<Vec<_>>()
    };
    let reference = outlines(&organisation.default_language);
    for language in &organisation.languages {
        let own = outlines(language);
        for (part, pools, questions) in &own {
            let place = format!("{base}/{language}/{part}.md");
            let Some((_, wanted_pools, wanted)) = reference.iter().find(|(name, ..)| name == part) else {
                found.add(
                    "translation",
                    &Place { file: &place, line: 0 },
                    "has no counterpart in the default language",
                    "name files alike",
                );
                continue;
            };
            if wanted != questions || wanted_pools != pools {
                let message = "its questions are not those of the default language";
                let help = "the same pools, names, answers and right ones, in the same order";
                found.add("translation", &Place { file: &place, line: 0 }, message, help);
            }
        }
        for (part, ..) in reference.iter().filter(|(part, ..)| !own.iter().any(|(name, ..)| name == part)) {
            let place = format!("{base}/{language}/{part}.md");
            found.add("translation-missing", &Place { file: &place, line: 0 }, "is missing", "every language has all files");
        }
        let (mut seen, mut seen_pools) = (BTreeSet::new(), BTreeSet::new());
        let place = format!("{base}/{language}");
        let place = Place { file: &place, line: 0 };
        for text in texts.iter().filter(|text| text.language == *language) {
            for question in questions(text).filter(|question| !seen.insert(&question.id)) {
                found.add("question-id", &place, format!("two questions are named {}", question.id), "names are unique in a course");
            }
            for pool in text.document.pools.iter().filter(|pool| !seen_pools.insert(&pool.id)) {
                found.add("pool", &place, format!("two pools are named {}", pool.id), "names are unique in a course");
            }
        }
    }
}

/// Each pool's name, how many of its questions are drawn, and of how many.
fn pools(text: &Text) -> Vec<(&str, usize, usize)> {
    text.document.pools.iter().map(|pool| (pool.id.as_str(), pool.draw, pool.questions.len())).collect()
}

fn outline(question: &Question) -> (String, Vec<bool>, bool) {
    (question.id.clone(), question.choices.iter().map(|choice| choice.right).collect(), question.critical)
}

fn questions(text: &Text) -> impl Iterator<Item = &Question> {
    text.document.questions().chain(text.document.pools.iter().flat_map(|pool| &pool.questions))
}
