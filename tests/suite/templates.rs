//! Every page and mail with its samples, in every language; words in all languages; mails word for word.

use avow::app;
use avow::kit::render::Templates;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_template_renders_its_samples_in_every_language() {
    let templates = app::templates();
    let rendered = Templates::new(&templates).expect("all templates read").render_samples(&templates);
    for (name, text) in rendered.unwrap_or_else(|error| panic!("{error}")) {
        assert!(!text.contains("{{") && !text.contains("style=\"\""), "{name}: {text}");
        if !name.ends_with(" text") && !name.ends_with(" html") {
            for forbidden in [" style=", " onclick=", "src=\"http", "href=\"http:"] {
                assert!(!text.contains(forbidden), "{name} has {forbidden}");
            }
            let headings = text.matches("<h1").count();
            assert_eq!(headings, 1, "{name} has {headings} first headings");
        }
    }
}

#[test]
fn mails_read_as_they_should() {
    let templates = app::templates();
    let rendered = Templates::new(&templates).expect("all templates read").render_samples(&templates).expect("all render");
    let mails: Vec<String> =
        rendered.into_iter().filter(|(name, _)| name.ends_with(" text")).map(|(name, text)| format!("== {name}\n{text}")).collect();
    insta::assert_snapshot!(mails.join("\n"));
}

#[test]
fn every_language_has_every_message_with_the_same_values() {
    let english = messages("en");
    let vietnamese = messages("vi");
    assert!(english.len() > 300);
    for (key, (file, values)) in &english {
        let Some((other_file, other_values)) = vietnamese.get(key) else { panic!("{key} of {file} has no Vietnamese") };
        assert_eq!((file, values), (other_file, other_values), "{key}");
    }
    let extra: Vec<_> = vietnamese.keys().filter(|key| !english.contains_key(*key)).collect();
    assert!(extra.is_empty(), "only in Vietnamese: {extra:?}");
}

#[test]
fn every_message_is_used() {
    let mut sources = String::new();
    read_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut sources);
    // Keys that are put together from a start and a value.
    let starts = [
        "weekday-",
        "month-",
        "kind-",
        "roster-state-",
        "roster-feed-",
        "content-kind-",
        "materiality-",
        "library-state-",
        "library-problem-",
        "text-state-",
        "decision-",
        "review-outcome-",
        "state-",
        "filter-state-",
        "home-go-",
        "why-",
        "record-evidence-",
        "answer-",
        "method-",
        "mail-kind-",
        "language-",
        "frame-environment-",
        "problem-",
        "invitation-wrong-",
        "role-",
        "kept-",
        "survey-",
        "quality-flag-",
        "quality-ends-",
        "quality-outcome-",
    ];
    let unused: Vec<String> = messages("en")
        .into_keys()
        .filter(|key| !starts.iter().any(|start| key.starts_with(start)) && !sources.contains(&format!("\"{key}\"")))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// Each message's key, with its file and the values it is filled with.
fn messages(language: &str) -> BTreeMap<String, (String, BTreeSet<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/locales").join(language);
    let mut messages: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let file = entry.file_name().into_string().expect("UTF-8");
        let mut current = String::new();
        for line in std::fs::read_to_string(entry.path()).expect("a file").lines() {
            if let Some((key, _)) = line.split_once(" =").filter(|_| line.starts_with(|first: char| first.is_ascii_lowercase())) {
                current = key.to_owned();
                assert!(messages.insert(current.clone(), (file.clone(), BTreeSet::new())).is_none(), "{key} stands twice");
            }
            for value in line.split("{ $").skip(1) {
                let name: String = value.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect();
                messages.get_mut(&current).expect("a message").1.insert(name);
            }
        }
    }
    messages
}

fn read_all(folder: &Path, into: &mut String) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            read_all(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "hbs") {
            into.push_str(&std::fs::read_to_string(path).expect("a file"));
        }
    }
}
