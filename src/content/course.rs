//! A course's folder: settings, and in each language an introduction, lessons and a quiz.

use crate::content::Unit;
use crate::content::assets::Assets;
use crate::content::codes;
use crate::content::diagnostic::Diagnostics;
use crate::content::diagnostic::Place;
use crate::content::draft::Draft;
use crate::content::folder;
use crate::content::model::Content;
use crate::content::model::ContentKind;
use crate::content::model::Materiality;
use crate::content::model::Organisation;
use crate::content::model::Settings;
use crate::content::part;
use crate::content::part::Part;
use crate::content::source::Source;
use crate::content::translation;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::path::Path;

/// `course.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CourseToml {
    id: String,
    version: i32,
    materiality: Materiality,
    #[serde(default)]
    pass_mark: Option<u32>,
    minutes: u32,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    frameworks: Vec<String>,
    #[serde(deserialize_with = "crate::content::day")]
    review_by: NaiveDate,
    #[serde(default)]
    changes: BTreeMap<String, String>,
}

/// The longest a course should take, in minutes.
const LONGEST: f64 = 45.0;

/// The highest grade a lesson should read like.
const GOAL: f64 = 9.0;

/// Reads the course of that name.
pub(super) fn course(root: &Path, name: &str, organisation: &Organisation, today: NaiveDate, found: &mut Diagnostics) -> Unit {
    let base = format!("courses/{name}");
    let settings = folder::read(root, &format!("{base}/course.toml"), found);
    // Whatever is wrong with the settings, the texts are read too: all faults are told at once.
    let toml: Option<CourseToml> = settings.as_ref().and_then(|source| folder::settings(source, found));
    if let (Some(toml), Some(source)) = (&toml, &settings) {
        check_settings(toml, name, source, today, found);
    }
    let assets = Assets::read(root, &base, found);
    let mut parts = Vec::new();
    for language in &organisation.languages {
        parts.extend(read_language(root, &base, language, organisation, &assets, found));
    }
    let is_lesson = |part: &Part| part.language == organisation.default_language && !["course", "quiz"].contains(&part.name.as_str());
    if let Some(source) = settings.as_ref().filter(|_| !parts.iter().any(is_lesson)) {
        found.add(codes::TEXT_EMPTY, source.whole(), "the course has no lesson", "write one, as in 01-links.md");
    }
    let complete = translation::complete(&parts, &base, organisation, found);
    check_pools(&parts, found);
    check_names(&parts, organisation, found);
    translation::same_questions(&parts, organisation, found);
    let record = translation::record(root, &base, found);
    if let (Some(source), Some(record)) = (&settings, &record) {
        translation::settings_up_to_date(record, source, organisation, found);
    }
    let unrecorded = translation::up_to_date(record.as_ref(), &base, &parts, organisation, found);
    part::repeated(&parts, found);
    part::level(&parts, GOAL, found);
    if let (Some(toml), Some(source)) = (&toml, &settings) {
        check_minutes(toml, source, &parts, &complete, found);
    }
    let settings = settings.zip(toml).map(|(source, toml)| (source, into_settings(toml)));
    let mut unit = Unit::new(settings, parts, assets, &complete, GOAL);
    unit.drafts.iter_mut().for_each(|draft| draft.unrecorded = unrecorded.contains(&draft.file));
    unit
}

fn into_settings(toml: CourseToml) -> Settings {
    Settings {
        kind: ContentKind::Course,
        id: toml.id,
        version: toml.version,
        materiality: toml.materiality,
        pass_mark: toml.pass_mark.unwrap_or(0),
        minutes: toml.minutes,
        topics: toml.topics,
        frameworks: toml.frameworks,
        review_by: toml.review_by,
        effective: None,
        owner: None,
        approver: None,
        owners: BTreeMap::new(),
        approvers: BTreeMap::new(),
        changes: toml.changes,
        prevailing_language: None,
        meaning: Vec::new(),
        statement: None,
    }
}

/// All texts of a language: the introduction first, the quiz last, lessons by their names in between.
fn read_language(
    root: &Path,
    base: &str,
    language: &str,
    organisation: &Organisation,
    assets: &Assets,
    found: &mut Diagnostics,
) -> Vec<Part> {
    let folder = format!("{base}/{language}");
    let files = folder::files(root, &folder, found);
    let mut names = files.iter().filter_map(|file| file.strip_suffix(".md")).collect::<Vec<_>>();
    names.sort_by_key(|name| (["course", "quiz"].iter().position(|other| other == name).map_or(1, |place| place * 2), *name));
    if language == organisation.default_language {
        if !names.contains(&"course") {
            let place = Place::file(format!("{folder}/course.md"));
            found.add(codes::FILE_MISSING, place, "is missing", "write the course's title, summary and introduction there");
        }
        if !names.contains(&"quiz") {
            let place = Place::file(format!("{folder}/quiz.md"));
            found.add(codes::QUIZ_MISSING, place, "is missing", "add pools of questions, or let the lessons' own questions do");
        }
    }
    let mut parts = Vec::new();
    for (position, name) in names.into_iter().enumerate() {
        let file = format!("{folder}/{name}.md");
        check_name(name, &file, found);
        parts.extend(part::read(root, &file, (language, name, position), (organisation, assets), found));
    }
    parts
}

/// Lessons stand in addresses, and are read in the order of their numbers.
fn check_name(part: &str, file: &str, found: &mut Diagnostics) {
    let is_lesson = folder::is_slug(part) && part.starts_with(|first: char| first.is_ascii_digit());
    if !is_lesson && !["course", "quiz"].contains(&part) {
        let help = "start with a number; then small letters, digits and single hyphens, as in 01-links.md";
        found.add(codes::NAME, Place::file(file), "is no name for a lesson", help);
    }
}

fn check_settings(toml: &CourseToml, name: &str, source: &Source, today: NaiveDate, found: &mut Diagnostics) {
    check_shared(&toml.id, name, toml.version, source, found);
    if toml.pass_mark.is_some_and(|mark| mark == 0 || mark > 100) {
        found.add(codes::SETTINGS, source.key("pass_mark"), "pass_mark is no per cent", "write a number from 1 to 100");
    }
    check_dates(toml.version, toml.review_by, &toml.changes, source, today, found);
}

/// What the settings of courses and policies share.
pub(super) fn check_shared(id: &str, name: &str, version: i32, source: &Source, found: &mut Diagnostics) {
    if id != name {
        found.add(codes::SETTINGS, source.key("id"), format!("id is {id:?}"), format!("it is the folder's name, {name:?}"));
    }
    if version < 1 {
        found.add(codes::SETTINGS, source.key("version"), "version is less than 1", "count versions from 1");
    }
}

/// Whether the review is due, and whether a further version says what it changes.
pub(super) fn check_dates(
    version: i32,
    review_by: NaiveDate,
    changes: &BTreeMap<String, String>,
    source: &Source,
    today: NaiveDate,
    found: &mut Diagnostics,
) {
    if review_by < today {
        let message = format!("the review was due on {review_by}");
        found.add(codes::REVIEW_OVERDUE, source.key("review_by"), message, "review the text and record it, or publish a new version");
    }
    if version > 1 && changes.values().all(|words| words.trim().is_empty()) {
        let help = "write a sentence in each language under [changes]";
        found.add(codes::CHANGES_MISSING, source.key("version"), format!("version {version} does not say what changed"), help);
    }
}

/// Whether each quiz has pools, each pool enough questions, and each lesson something to answer.
fn check_pools(parts: &[Part], found: &mut Diagnostics) {
    for part in parts {
        let Some(reading) = &part.reading else { continue };
        let document = &reading.document;
        if part.name != "quiz" {
            for pool in &document.pools {
                found.add(
                    codes::POOL,
                    part.place(&pool.id),
                    "a pool stands outside the quiz, where it is never drawn",
                    "move it to quiz.md",
                );
            }
            let asks = document.pools.is_empty() && document.questions().next().is_none() && document.scenarios().next().is_none();
            if asks && part.name != "course" && reading.asked.is_empty() {
                found.add(codes::CHECK_MISSING, part.source.whole(), "the lesson asks nothing", "add a question or a scenario");
            }
            continue;
        }
        if document.pools.is_empty() {
            found.add(codes::POOL, part.source.whole(), "a quiz has no pool", "write # Title {#name .pool draw=2} above its questions");
        }
        if let Some(question) = document.questions().next() {
            let message = "a question stands above the first pool, where it is never drawn";
            found.add(codes::POOL, part.place(&question.id), message, "move it into a pool");
        }
        if let Some(scenario) = document.scenarios().next() {
            let message = "a scenario stands in the quiz, where it is never asked";
            found.add(codes::SCENARIO, part.place(&scenario.id), message, "move it into a lesson");
        }
        for pool in &document.pools {
            let (size, draw) = (pool.questions.len(), pool.draw);
            let message = format!("pool {} has {size} question(s) and draws {draw}", pool.id);
            if size < draw {
                found.add(codes::POOL_DRAW, part.place(&pool.id), message, "draw fewer, or add questions");
            } else if size < 2 * draw {
                found.add(codes::POOL_SMALL, part.place(&pool.id), message, format!("add {} question(s)", 2 * draw - size));
            }
        }
    }
}

/// Names of questions, pools and scenarios are unique in a course. A translation's are compared with the source's.
fn check_names(parts: &[Part], organisation: &Organisation, found: &mut Diagnostics) {
    for language in &organisation.languages {
        let mut seen: HashMap<&str, &Part> = HashMap::new();
        for part in parts.iter().filter(|part| part.language == *language) {
            for asked in part.reading.iter().flat_map(|reading| &reading.asked).filter(|asked| !asked.is_step && !asked.id.is_empty()) {
                if let Some(first) = seen.insert(&asked.id, part) {
                    let message = format!("the name {} is taken in {}", asked.id, first.source.file);
                    let place = part.source.at(asked.range.clone());
                    found.add(codes::QUESTION_DUPLICATE, place, message, "names are unique in a course");
                }
            }
        }
    }
}

/// Compares the minutes that people are told with those of the texts.
fn check_minutes(toml: &CourseToml, source: &Source, parts: &[Part], complete: &[String], found: &mut Diagnostics) {
    let off = |told: u32, counted: f64, least: f64| {
        let told = f64::from(told);
        (told - counted).abs() >= least && (told >= 1.5 * counted || told <= counted / 2.0)
    };
    for part in parts {
        let Some(told) = part.reading.as_ref().and_then(|reading| reading.front.minutes) else { continue };
        if off(told, part.minutes(), 2.0) {
            let message = format!("says {told} minutes; counted are {:.1}", part.minutes());
            found.add(codes::MINUTES, part.source.key_of_front_matter("minutes"), message, "correct the number, or the text");
        }
    }
    let total = |language: &String| parts.iter().filter(|part| part.language == *language).map(Part::minutes).sum::<f64>();
    let Some((counted, language)) = complete.iter().map(|language| (total(language), language)).max_by(|a, b| a.0.total_cmp(&b.0)) else {
        return;
    };
    if counted > LONGEST {
        let message = format!("takes {counted:.0} minutes in {language}");
        found.add(codes::COURSE_LONG, source.key("minutes"), message, "cut it, or make two courses of it");
    }
    if off(toml.minutes, counted, 3.0) {
        let message = format!("says {} minutes; counted are {counted:.0} in {language}", toml.minutes);
        found.add(codes::MINUTES, source.key("minutes"), message, "correct the number, or the texts");
    }
}

impl Unit {
    /// Puts a course or policy together from what was read of it. Only whole languages are published.
    pub(super) fn new(settings: Option<(Source, Settings)>, parts: Vec<Part>, assets: Assets, complete: &[String], goal: f64) -> Self {
        let mut unit = Self::default();
        let mut texts = Vec::new();
        let mut files = Vec::new();
        for mut part in parts {
            if let Some(reading) = &mut part.reading {
                unit.references.append(&mut reading.references);
                unit.anchors.insert(part.source.file.clone(), std::mem::take(&mut reading.anchors));
            }
            let is_whole = complete.contains(&part.language);
            if is_whole {
                files.push((crate::kit::crypto::sha256(part.source.text.as_bytes()), part.source.file.clone()));
            }
            let draft = Draft::new(part, goal);
            texts.extend(draft.text.clone().filter(|_| is_whole));
            unit.drafts.push(draft);
        }
        unit.assets.clone_from(&assets.all);
        let Some((source, settings)) = settings else { return unit };
        files.push((crate::kit::crypto::sha256(source.text.as_bytes()), source.file.clone()));
        files.extend(assets.all.iter().map(|asset| (asset.sha256, asset.file.clone())));
        let source_sha256 = part::source_hash(files.iter().map(|(hash, file)| (*hash, file.as_str())));
        unit.settings = Some(source);
        unit.content = Some(Content { settings, texts, assets: assets.all, source_sha256 });
        unit
    }
}
