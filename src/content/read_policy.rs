//! A policy's folder: settings with the statement people attest to, and the binding text in each language.

use crate::content::diagnostic::Diagnostics;
use crate::content::diagnostic::Place;
use crate::content::folder;
use crate::content::model::Content;
use crate::content::model::ContentKind;
use crate::content::model::Materiality;
use crate::content::model::Organisation;
use crate::content::model::Settings;
use crate::content::model::Statement;
use crate::content::model::Text;
use crate::content::model::reading_minutes;
use crate::content::read_course::source_hash;
use crate::content::read_course::text;
use chrono::NaiveDate;
use serde::Deserialize;
use std::path::Path;

/// `policy.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyToml {
    id: String,
    version: i32,
    materiality: Materiality,
    owner: String,
    approver: String,
    #[serde(deserialize_with = "crate::content::day")]
    effective: NaiveDate,
    #[serde(deserialize_with = "crate::content::day")]
    review_by: NaiveDate,
    prevailing_language: String,
    #[serde(default)]
    frameworks: Vec<String>,
    meaning: Vec<String>,
    statement: Statement,
}

/// Reads the policy of that name.
pub(super) fn policy(root: &Path, name: &str, organisation: &Organisation, found: &mut Diagnostics) -> Option<Content> {
    let base = format!("policies/{name}");
    let mut sources = vec![folder::read(root, &format!("{base}/policy.toml"), found)?];
    // Whatever is wrong with the settings, the texts are read too: all faults are told at once.
    let toml: Option<PolicyToml> = folder::settings(&sources[0], found);
    if let Some(toml) = &toml {
        check(toml, name, organisation, &Place { file: &sources[0].file, line: 0 }, found);
    }
    // For the links in it, which are told and not followed.
    folder::files(root, &base, found);
    let mut texts = Vec::new();
    for language in &organisation.languages {
        let Some(source) = folder::read(root, &format!("{base}/{language}.md"), found) else { continue };
        texts.extend(text(&source, language, "policy", 0, organisation, found));
        sources.push(source);
    }
    for text in texts.iter().filter(|text| text.document.questions().next().is_some()) {
        let file = format!("{base}/{}.md", text.language);
        found.add("question", &Place { file: &file, line: 0 }, "a policy has a question", "put questions into a course");
    }
    let toml = toml?;
    let settings = Settings {
        kind: ContentKind::Policy,
        id: toml.id,
        version: toml.version,
        materiality: toml.materiality,
        pass_mark: 0,
        minutes: minutes(&texts),
        frameworks: toml.frameworks,
        review_by: toml.review_by,
        effective: Some(toml.effective),
        owner: Some(toml.owner),
        approver: Some(toml.approver),
        prevailing_language: Some(toml.prevailing_language),
        meaning: toml.meaning,
        statement: Some(toml.statement),
    };
    Some(Content { settings, texts, source_sha256: source_hash(&sources) })
}

/// The time that the slowest of its languages takes.
fn minutes(texts: &[Text]) -> u32 {
    let minutes = texts.iter().map(|text| reading_minutes(text.source.split_whitespace().count(), &text.language));
    minutes.max().and_then(|minutes| u32::try_from(minutes).ok()).unwrap_or(1)
}

fn check(toml: &PolicyToml, name: &str, organisation: &Organisation, place: &Place<'_>, found: &mut Diagnostics) {
    if toml.id != name {
        found.add("settings", place, format!("id is {:?}", toml.id), format!("it is the folder's name, {name:?}"));
    }
    if toml.version < 1 || toml.statement.version < 1 {
        found.add("settings", place, "a version is less than 1", "count versions from 1");
    }
    for language in &organisation.languages {
        if toml.statement.words.get(language).is_none_or(|words| words.trim().is_empty()) {
            found.add("statement", place, format!("the statement has no words in {language}"), "write them under [statement]");
        }
    }
    if !organisation.languages.contains(&toml.prevailing_language) {
        found.add("language", place, "prevailing_language is not a language of the organisation", "use one of organisation.toml");
    }
    let known = ["read", "understood", "agree"];
    if toml.meaning.is_empty() || toml.meaning.iter().any(|meaning| !known.contains(&meaning.as_str())) {
        found.add("settings", place, "meaning is not as it should be", "use some of read, understood, agree");
    }
}
