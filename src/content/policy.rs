//! A policy's folder: settings with the statement people attest to, and the binding text in each language.

use crate::content::Unit;
use crate::content::assets::Assets;
use crate::content::codes;
use crate::content::course::check_dates;
use crate::content::course::check_shared;
use crate::content::diagnostic::Diagnostics;
use crate::content::folder;
use crate::content::model::ContentKind;
use crate::content::model::Materiality;
use crate::content::model::Organisation;
use crate::content::model::Settings;
use crate::content::model::Statement;
use crate::content::part;
use crate::content::part::Part;
use crate::content::part::whole_minutes;
use crate::content::source::Source;
use crate::content::translation;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// `policy.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyToml {
    id: String,
    version: i32,
    materiality: Materiality,
    #[serde(default)]
    owner: Option<Title>,
    #[serde(default)]
    approver: Option<Title>,
    #[serde(deserialize_with = "crate::content::day")]
    effective: NaiveDate,
    #[serde(deserialize_with = "crate::content::day")]
    review_by: NaiveDate,
    prevailing_language: String,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    frameworks: Vec<String>,
    meaning: Vec<String>,
    #[serde(default)]
    changes: BTreeMap<String, String>,
    statement: Statement,
}

/// A job title: the same in all languages, or one for each.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Title {
    Same(String),
    Each(BTreeMap<String, String>),
}

impl Title {
    fn by_language(&self) -> BTreeMap<String, String> {
        match self {
            Self::Same(_) => BTreeMap::new(),
            Self::Each(words) => words.clone(),
        }
    }

    fn in_language(&self, language: &str) -> Option<String> {
        let words = match self {
            Self::Same(words) => Some(words),
            Self::Each(words) => words.get(language),
        };
        words.filter(|words| !words.trim().is_empty()).cloned()
    }
}

/// The highest grade a policy should read like.
const GOAL: f64 = 12.0;

/// Reads the policy of that name.
pub(super) fn policy(root: &Path, name: &str, organisation: &Organisation, today: NaiveDate, found: &mut Diagnostics) -> Unit {
    let base = format!("policies/{name}");
    let settings = folder::read(root, &format!("{base}/policy.toml"), found);
    // Whatever is wrong with the settings, the texts are read too: all faults are told at once.
    let toml: Option<PolicyToml> = settings.as_ref().and_then(|source| folder::settings(source, found));
    if let (Some(toml), Some(source)) = (&toml, &settings) {
        check(toml, name, organisation, source, found);
        check_dates(toml.version, toml.review_by, &toml.changes, source, today, found);
    }
    // Also for the links in it, which are told and not followed.
    let files = folder::files(root, &base, found);
    let assets = Assets::read(root, &base, found);
    let mut parts = Vec::new();
    for language in &organisation.languages {
        let is_default = *language == organisation.default_language;
        if is_default || files.contains(&format!("{language}.md")) {
            let file = format!("{base}/{language}.md");
            parts.extend(part::read(root, &file, (language, "policy", 0), (organisation, &assets), found));
        }
    }
    for part in &parts {
        for asked in part.reading.iter().flat_map(|reading| &reading.asked) {
            let place = part.source.at(asked.range.clone());
            found.add(codes::QUESTION_PLACE, place, "a policy asks no questions", "put questions into a course");
        }
    }
    for part in parts.iter().filter(|part| part.reading.as_ref().is_some_and(|reading| reading.is_empty())) {
        found.add(codes::TEXT_EMPTY, part.source.whole(), "the policy has no text", "write what it asks of people");
    }
    let mut complete = translation::complete(&parts, &base, organisation, found);
    let record = translation::record(root, &base, found);
    if let (Some(source), Some(record)) = (&settings, &record) {
        translation::settings_up_to_date(record, source, organisation, found);
    }
    let unrecorded = translation::up_to_date(record.as_ref(), &base, &parts, organisation, found);
    part::repeated(&parts, found);
    part::level(&parts, GOAL, found);
    let settings = settings.zip(toml).map(|(source, toml)| {
        let has_words = |language: &String| toml.statement.words.get(language).is_some_and(|words| !words.trim().is_empty());
        complete.retain(has_words);
        (source, into_settings(toml, organisation, &parts))
    });
    let mut unit = Unit::new(settings, parts, assets, &complete, GOAL);
    unit.drafts.iter_mut().for_each(|draft| draft.unrecorded = unrecorded.contains(&draft.file));
    unit
}

fn into_settings(toml: PolicyToml, organisation: &Organisation, parts: &[Part]) -> Settings {
    let title = |title: &Option<Title>| title.as_ref().and_then(|title| title.in_language(&organisation.default_language));
    let titles = |title: &Option<Title>| title.as_ref().map(Title::by_language).unwrap_or_default();
    Settings {
        kind: ContentKind::Policy,
        id: toml.id,
        version: toml.version,
        materiality: toml.materiality,
        pass_mark: 0,
        // The time that the slowest of its languages takes.
        minutes: parts.iter().map(|part| whole_minutes(part.minutes())).max().unwrap_or(1),
        topics: toml.topics,
        frameworks: toml.frameworks,
        review_by: toml.review_by,
        effective: Some(toml.effective),
        owner: title(&toml.owner),
        approver: title(&toml.approver),
        owners: titles(&toml.owner),
        approvers: titles(&toml.approver),
        changes: toml.changes,
        prevailing_language: Some(toml.prevailing_language),
        meaning: toml.meaning,
        statement: Some(toml.statement),
    }
}

fn check(toml: &PolicyToml, name: &str, organisation: &Organisation, source: &Source, found: &mut Diagnostics) {
    check_shared(&toml.id, name, toml.version, source, found);
    if toml.statement.version < 1 {
        found.add(codes::SETTINGS, source.key("version"), "the statement's version is less than 1", "count versions from 1");
    }
    for language in &organisation.languages {
        if toml.statement.words.get(language).is_none_or(|words| words.trim().is_empty()) {
            let message = format!("the statement has no words in {language}");
            let is_default = *language == organisation.default_language;
            let code = if is_default { codes::STATEMENT } else { codes::TRANSLATION_MISSING };
            let place = if source.text.contains("[statement]") { source.line_of("[statement]") } else { source.key("statement") };
            found.add(code, place, message, format!("write {language} = \"…\" under [statement]"));
        }
    }
    if !organisation.languages.contains(&toml.prevailing_language) {
        let message = "prevailing_language is not a language of the organisation";
        found.add(codes::LANGUAGE, source.key("prevailing_language"), message, "use one of organisation.toml");
    }
    let known = ["read", "understood", "agree"];
    if toml.meaning.is_empty() || toml.meaning.iter().any(|meaning| !known.contains(&meaning.as_str())) {
        found.add(codes::SETTINGS, source.key("meaning"), "meaning is not as it should be", "use some of read, understood, agree");
    }
    for (key, title) in [("owner", &toml.owner), ("approver", &toml.approver)] {
        if title.as_ref().and_then(|title| title.in_language(&organisation.default_language)).is_none() {
            let place = if title.is_some() { source.key(key) } else { source.whole() };
            found.add(codes::OWNER_MISSING, place, format!("names no {key}"), format!("write {key} = \"job title\""));
        }
    }
}
