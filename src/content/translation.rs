//! Translations: whether they are whole, ask the same, and were made from the text as it is now.

use crate::content::codes;
use crate::content::diagnostic::Diagnostics;
use crate::content::diagnostic::Place;
use crate::content::folder;
use crate::content::model::Document;
use crate::content::model::Organisation;
use crate::content::model::Question;
use crate::content::part::Part;
use crate::content::source::Source;
use crate::content::text;
use crate::kit::crypto;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::path::Path;

/// `translations.toml`: for each language and text, the hashes of the source's blocks that it was translated from.
pub(super) type Record = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// The languages that have everything the default language has. What the others lack is reported.
pub(super) fn complete(parts: &[Part], base: &str, organisation: &Organisation, found: &mut Diagnostics) -> Vec<String> {
    let of = |language: &str| parts.iter().filter(|part| part.language == language).collect::<Vec<_>>();
    let wanted = of(&organisation.default_language);
    let mut complete = Vec::new();
    for language in &organisation.languages {
        let own = of(language);
        let lacks = wanted.iter().filter(|part| !own.iter().any(|own| own.name == part.name)).collect::<Vec<_>>();
        if own.is_empty() && !wanted.is_empty() {
            let place = Place::file(format!("{base}/{language}"));
            let help = format!("translate it; until then people who read {language} see {}", organisation.default_language);
            found.add(codes::TRANSLATION_MISSING, place, format!("there is no translation into {language}"), help);
            continue;
        }
        for part in &lacks {
            let place = Place::file(format!("{base}/{language}/{}.md", part.name));
            let help = format!("translate it; until then the whole is shown in {}", organisation.default_language);
            found.add(codes::TRANSLATION_MISSING, place, "is missing", help);
        }
        for part in own.iter().filter(|own| !wanted.iter().any(|part| part.name == own.name)) {
            let message = "has no counterpart in the default language";
            found.add(codes::TRANSLATION_QUESTIONS, part.source.whole(), message, "name files alike");
        }
        if lacks.is_empty() && own.iter().all(|part| part.reading.is_some()) {
            complete.push(language.clone());
        }
    }
    complete
}

/// Every language must ask the same: pools, questions, answers, scenarios.
pub(super) fn same_questions(parts: &[Part], organisation: &Organisation, found: &mut Diagnostics) {
    for part in parts.iter().filter(|part| part.language != organisation.default_language) {
        let same = |other: &&Part| other.language == organisation.default_language && other.name == part.name;
        let Some(source) = parts.iter().find(same) else { continue };
        let (Some(wanted), Some(own)) = (&source.reading, &part.reading) else { continue };
        let (wanted, own) = (asked(&wanted.document), asked(&own.document));
        let Some(first) = (0..wanted.len().max(own.len())).find(|place| wanted.get(*place) != own.get(*place)) else { continue };
        let (message, place) = match (wanted.get(first), own.get(first)) {
            (Some((name, _)), None) => (format!("{name} is missing"), part.source.whole()),
            (None, Some((name, _))) => (format!("{name} is not in the default language"), part.place(name)),
            (Some((wanted, _)), Some((own, _))) if wanted != own => (format!("{own} stands where {wanted} should"), part.place(own)),
            (_, own) => {
                let name = own.map(|(name, _)| name.clone()).unwrap_or_default();
                (format!("{name} is not as in the default language"), part.place(&name))
            }
        };
        let help = "the same pools, names, answers and right ones, in the same order";
        found.add(codes::TRANSLATION_QUESTIONS, place, message, help);
    }
}

/// Everything a text asks: names, and what must be alike.
fn asked(document: &Document) -> Vec<(String, String)> {
    let outline = |question: &Question| {
        let right: String = question.choices.iter().map(|choice| if choice.right { 'x' } else { '-' }).collect();
        (question.id.clone(), format!("{right} {} {} {:?}", question.critical, question.partial, question.topic))
    };
    let mut asked = document.questions().map(outline).collect::<Vec<_>>();
    for scenario in document.scenarios() {
        let step = |step: &crate::content::model::Step| {
            format!("{} {} {:?}", step.id, step.good, step.choices.iter().map(|turn| turn.step).collect::<Vec<_>>())
        };
        asked.push((scenario.id.clone(), scenario.steps.iter().map(step).collect::<Vec<_>>().join("; ")));
    }
    for pool in &document.pools {
        asked.push((pool.id.clone(), format!("draws {}", pool.draw)));
        asked.extend(pool.questions.iter().map(outline));
    }
    asked
}

/// What the translations of a course or policy were made from; none where the file of it cannot be read.
pub(super) fn record(root: &Path, base: &str, found: &mut Diagnostics) -> Option<Record> {
    let file = format!("{base}/translations.toml");
    if !root.join(&file).exists() {
        return Some(Record::new());
    }
    folder::read(root, &file, found).and_then(|source| folder::settings(&source, found))
}

/// Compares each translation with the record of what it was made from. Returns the files of which nothing is recorded.
pub(super) fn up_to_date(
    record: Option<&Record>,
    base: &str,
    parts: &[Part],
    organisation: &Organisation,
    found: &mut Diagnostics,
) -> BTreeSet<String> {
    let translated = parts.iter().filter(|part| part.language != organisation.default_language).collect::<Vec<_>>();
    let Some(record) = record else { return translated.iter().map(|part| part.source.file.clone()).collect() };
    let mut unrecorded = BTreeMap::new();
    let mut files = BTreeSet::new();
    for part in translated {
        let same = |other: &&Part| other.language == organisation.default_language && other.name == part.name;
        let Some(source) = parts.iter().find(same) else { continue };
        match record.get(&part.language).and_then(|texts| texts.get(&part.name)) {
            Some(made_from) => compare(&source.source, &part.source, made_from, found),
            None => {
                *unrecorded.entry(&part.language).or_insert(0) += 1;
                files.insert(part.source.file.clone());
            }
        }
    }
    for (language, count) in unrecorded {
        let message = format!("what {count} text(s) in {language} were translated from is not recorded");
        let help = "run `avow content translated` once they are up to date";
        found.add(codes::TRANSLATION_UNRECORDED, Place::file(format!("{base}/translations.toml")), message, help);
    }
    files
}

fn compare(source: &Source, translation: &Source, made_from: &[String], found: &mut Diagnostics) {
    let blocks = text::outline(&source.text);
    let own = text::outline(&translation.text);
    let mut left: HashMap<&str, usize> = HashMap::new();
    for hash in made_from {
        *left.entry(hash).or_default() += 1;
    }
    let mut changed = Vec::new();
    for (number, range) in blocks.iter().enumerate() {
        match left.get_mut(hash(&source.text[range.clone()]).as_str()) {
            Some(count) if *count > 0 => *count -= 1,
            _ => changed.push(number),
        }
    }
    for number in &changed {
        // Where both have as many blocks, the same block is meant.
        let place = if own.len() == blocks.len() { translation.at(own[*number].clone()) } else { translation.whole() };
        let message = format!("{}:{} was changed after it was translated", source.file, source.line(blocks[*number].start));
        found.add(codes::TRANSLATION_STALE, place, message, "translate it again, then run `avow content translated`");
    }
    let left: usize = left.values().sum();
    if left > changed.len() {
        let message = format!("{} paragraph(s) of {} were taken out after it was translated", left - changed.len(), source.file);
        found.add(codes::TRANSLATION_STALE, translation.whole(), message, "take them out here too, then run `avow content translated`");
    }
}

/// What settings say in words: the statement that people sign, and what changes.
pub(super) const SETTINGS: &str = "settings";

/// The words of a settings file in a language, each with its table's name.
fn words<'a>(settings: &'a toml::Table, language: &str) -> Vec<(&'static str, &'a str)> {
    let tables = ["statement", "changes", "owner", "approver"];
    let word = |table: &'static str| Some((table, settings.get(table)?.get(language)?.as_str()?));
    tables.into_iter().filter_map(word).collect()
}

/// The hashes of the words of a settings file in the source language.
pub(super) fn hashes_of_settings(settings: &str, language: &str) -> Vec<String> {
    let table: toml::Table = toml::from_str(settings).unwrap_or_default();
    words(&table, language).into_iter().map(|(name, words)| hash(&format!("{name} {words}"))).collect()
}

/// Compares the words of settings with what their translations were made from, and looks whether all are translated.
pub(super) fn settings_up_to_date(record: &Record, source: &Source, organisation: &Organisation, found: &mut Diagnostics) {
    let Ok(table) = toml::from_str::<toml::Table>(&source.text) else { return };
    let own = words(&table, &organisation.default_language);
    for language in organisation.languages.iter().filter(|language| **language != organisation.default_language) {
        let translated = words(&table, language);
        let made_from = record.get(language).and_then(|texts| texts.get(SETTINGS));
        for (name, text) in &own {
            if !translated.iter().any(|(other, words)| other == name && !words.trim().is_empty()) {
                // A missing statement is told where it is asked for.
                if *name != "statement" {
                    let (message, help) = (format!("{name} has no words in {language}"), format!("write {language} = \"…\" there"));
                    found.add(codes::TRANSLATION_MISSING, source.key_or_table(name), message, help);
                }
            } else if made_from.is_some_and(|hashes| !hashes.contains(&hash(&format!("{name} {text}")))) {
                let message = format!("{name} was changed after it was translated into {language}");
                let help = "translate it again, then run `avow content translated`";
                found.add(codes::TRANSLATION_STALE, source.key_or_table(name), message, help);
            }
        }
    }
}

/// A block as it is remembered: line breaks and indentation do not count.
fn hash(block: &str) -> String {
    let words = block.split_whitespace().collect::<Vec<_>>().join(" ");
    hex::encode(crypto::sha256(words.as_bytes()))[..12].to_owned()
}

/// The hashes of the blocks of a source.
pub(super) fn hashes(source: &Source) -> Vec<String> {
    text::outline(&source.text).into_iter().map(|range| hash(&source.text[range])).collect()
}
