//! The rules of the house, read from the source: what no compiler checks.

use crate::support::source;
use crate::support::source::File;
use std::collections::BTreeMap;

/// Each module may use those of lower ranks. Those at the top may also use each other.
const RANKS: [(&str, usize); 18] = [
    ("kit", 0),
    ("content", 1),
    ("ctx", 2),
    ("rights", 2),
    ("people", 3),
    ("access", 4),
    ("library", 5),
    ("programme", 6),
    ("training", 7),
    ("policies", 7),
    ("reminders", 8),
    ("reports", 9),
    ("preview", 10),
    ("probes", TOP),
    ("routes", TOP),
    ("schedule", TOP),
    ("app", TOP),
    ("cli", TOP),
];
const TOP: usize = 11;

/// What no feature shows to another, whatever its `mod.rs` says.
const INNER: [&str; 5] = ["model", "queries", "pages", "emails", "templates"];

fn rank(module: &str) -> Option<usize> {
    RANKS.iter().find(|(name, _)| *name == module).map(|(_, rank)| *rank)
}

fn is_feature(module: &str) -> bool {
    rank(module).is_some_and(|rank| (3..TOP).contains(&rank))
}

/// The sources below `src` that belong to a module of the order, with that module.
fn modules() -> Vec<(String, File)> {
    let files =
        source::files("src", "rs").into_iter().filter(|file| !["src/main.rs", "src/lib.rs", "src/schema.rs"].contains(&file.path.as_str()));
    files.map(|file| (file.path["src/".len()..].split(['/', '.']).next().expect("a module").to_owned(), file)).collect()
}

#[test]
fn imports_go_one_way() {
    let mut wrong = Vec::new();
    for (own, file) in modules() {
        let own_rank = rank(&own).unwrap_or_else(|| panic!("{}: {own} has no place in the order", file.path));
        for path in file.crate_paths() {
            let used = path[0].as_str();
            let fine = match rank(used) {
                Some(_) if used == own => true,
                Some(used_rank) => used_rank < own_rank || (used_rank == TOP && own_rank == TOP),
                // Tables are for statements: the pure modules and the handlers' arguments have no business with them.
                None => used == "schema" && !["content", "ctx", "rights"].contains(&own.as_str()),
            };
            if !fine {
                wrong.push(format!("{}: crate::{}", file.path, path.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "these imports go up:\n{}", wrong.join("\n"));
}

#[test]
fn from_another_feature_only_its_public_face_is_used() {
    let faces: BTreeMap<String, String> = modules()
        .into_iter()
        .filter(|(own, file)| is_feature(own) && file.path == format!("src/{own}/mod.rs"))
        .map(|(own, file)| (own, file.text))
        .collect();
    let mut wrong = Vec::new();
    for (own, file) in modules() {
        for path in file.crate_paths() {
            let [feature, name, ..] = path.as_slice() else { continue };
            if *feature == own || !is_feature(feature) {
                continue;
            }
            let exported = faces[feature]
                .lines()
                .any(|line| line == format!("pub mod {name};") || (line.starts_with("pub use") && line.ends_with(&format!("{name};"))));
            let for_the_top = ["routes", "jobs"].contains(&name.as_str()) && rank(&own) != Some(TOP);
            if !exported || for_the_top || INNER.contains(&name.as_str()) {
                wrong.push(format!("{}: crate::{}", file.path, path.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "these reach past a public face:\n{}", wrong.join("\n"));
}

#[test]
fn inside_a_feature_routes_use_actions_use_queries_use_the_model() {
    let layers = ["model", "queries", "actions", "routes"];
    let mut wrong = Vec::new();
    for (own, file) in modules().into_iter().filter(|(own, _)| is_feature(own)) {
        let name = file.path.rsplit('/').next().expect("a name").trim_end_matches(".rs").to_owned();
        let Some(layer) = layers.iter().position(|layer| *layer == name) else { continue };
        for path in file.crate_paths() {
            let [feature, used, ..] = path.as_slice() else { continue };
            let up =
                layers.iter().position(|layer| layer == used).is_some_and(|used| used > layer) || (used == "pages" && name != "routes");
            if *feature == own && up {
                wrong.push(format!("{}: crate::{}", file.path, path.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "these call up:\n{}", wrong.join("\n"));
}

#[test]
fn every_use_names_one_path() {
    let mut wrong = Vec::new();
    for file in source::files("src", "rs").into_iter().chain(source::files("tests", "rs")) {
        for statement in file.text.split("\nuse crate::").skip(1) {
            let statement = statement.split(';').next().unwrap_or_default();
            if statement.contains(['{', '*']) {
                wrong.push(format!("{}: use crate::{statement}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "write one `use` for each path, so that every import can be seen:\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    let files = source::files("src", "rs").into_iter().chain(source::files("tests", "rs"));
    let by_hand = files.filter(|file| !file.text.starts_with("// @generated"));
    let silent: Vec<String> = by_hand.filter(|file| !file.text.starts_with("//! ")).map(|file| file.path).collect();
    assert!(silent.is_empty(), "these do not open with //!: {silent:?}");
}

#[test]
fn no_file_is_too_long_to_read() {
    let files = source::files("src", "rs").into_iter().filter(|file| file.path != "src/schema.rs");
    let long: Vec<String> = files
        .map(|file| (file.text.lines().count(), file.path))
        .filter(|(lines, _)| *lines > 400)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "over 400 lines: {long:?}");
}

/// The paths that a document names, as far as they claim to stand in this repository.
fn paths(text: &str) -> Vec<String> {
    let tops = ["src/", "docs/", "script/", "tests/", "content/", "migrations/", "static/"];
    let words = text.split(|letter: char| letter.is_whitespace() || "`()[]{}<>\"',;".contains(letter));
    let words = words.filter(|word| tops.iter().any(|top| word.starts_with(top)) && !word.contains(['*', '…', '$']));
    words.map(|word| word.split(['#', ':']).next().unwrap_or_default().trim_end_matches(['.', '/']).to_owned()).collect()
}

/// The words in backquotes that look like a type.
fn types(text: &str) -> Vec<String> {
    let quoted = text.split("```").step_by(2).flat_map(|prose| prose.split('`').skip(1).step_by(2));
    let names = quoted.flat_map(|code| code.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_'));
    let is_type = |name: &&str| {
        name.starts_with(|first: char| first.is_ascii_uppercase()) && name.contains(|letter: char| letter.is_ascii_lowercase())
    };
    names.filter(is_type).map(str::to_owned).collect()
}

#[test]
fn what_the_documents_name_exists() {
    let sources: String = source::files("src", "rs").iter().map(File::code).collect();
    let known: std::collections::HashSet<&str> = sources.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').collect();
    let mut wrong = Vec::new();
    for name in ["README.md", "ARCHITECTURE.md"] {
        let Some(text) = source::read(name) else {
            wrong.push(format!("{name} is missing"));
            continue;
        };
        wrong.extend(
            paths(&text).into_iter().filter(|path| !source::root().join(path).exists()).map(|path| format!("{name}: {path} is not there")),
        );
        wrong.extend(
            types(&text).into_iter().filter(|word| !known.contains(word.as_str())).map(|word| format!("{name}: there is no {word} in src")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_setting_is_explained_to_operators() {
    let text = source::read("docs/operating.md").unwrap_or_else(|| panic!("docs/operating.md is missing"));
    let silent: Vec<&str> =
        avow::kit::config::SETTINGS.iter().map(|setting| setting.name).filter(|name| !text.contains(&format!("`{name}`"))).collect();
    assert!(silent.is_empty(), "docs/operating.md does not explain {silent:?}");
}

#[test]
fn the_rules_would_notice() {
    let file = File {
        path: "src/people/x.rs".into(),
        text: "use crate::programme::State;\n// crate::cli\nfn f() { crate::reports::team::x() }\n".into(),
    };
    assert_eq!(file.crate_paths().iter().map(|path| path.join("::")).collect::<Vec<_>>(), ["programme::State", "reports::team::x"]);
    assert_eq!(
        paths("see `src/app.rs`, [docs](docs/a.md#b) and https://x.example/src/y.rs; src/people/."),
        ["src/app.rs", "docs/a.md", "src/people"]
    );
    assert_eq!(types("`CurrentUser<Learn>` and `Utc::now` not `now` nor Prose\n```\n`Fenced`\n```\n"), ["CurrentUser", "Learn", "Utc"]);
}

#[test]
fn what_is_shipped_for_installing_names_settings_that_exist() {
    let known: Vec<String> = avow::kit::config::SETTINGS.iter().map(|setting| setting.name.to_owned()).collect();
    let read = |name: &str| std::fs::read_to_string(source::root().join(name)).expect(name);
    let mut wrong = Vec::new();
    for file in ["Dockerfile", "compose.yaml", "docs/avow.service", "docs/installing.md"] {
        let text = read(file);
        let words = text.split(|letter: char| !letter.is_ascii_uppercase() && letter != '_');
        // Two that compose itself reads.
        let named = words.filter(|word| word.starts_with("AVOW_") && !["AVOW_PUBLISH", "AVOW_IMAGE"].contains(word));
        wrong.extend(named.filter(|word| !known.iter().any(|name| name == word)).map(|word| format!("{file}: {word}")));
    }
    // What is commented out is meant to be used, too.
    let example = read("docs/avow.example.toml");
    let keys =
        example.lines().map(|line| line.trim_start_matches('#')).filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()));
    let keys: Vec<&str> = keys.filter_map(|line| line.split_once(" = ")).map(|(key, _)| key).collect();
    assert!(keys.len() > 8, "{keys:?}");
    let is_key = |key: &str| avow::kit::config::SETTINGS.iter().any(|setting| setting.key() == key);
    wrong.extend(keys.iter().filter(|key| !is_key(key)).map(|key| format!("avow.example.toml: {key}")));
    example.parse::<toml::Table>().expect("the example can be read");
    assert!(wrong.is_empty(), "there are no such settings:\n{}", wrong.join("\n"));
    let unit = read("docs/avow.service");
    for line in ["ProtectSystem=strict", "NoNewPrivileges=yes", "MemoryDenyWriteExecute=yes", "CapabilityBoundingSet=\n", "KillMode=mixed"]
    {
        assert!(unit.contains(line), "the unit has no {line}");
    }
    let image = read("Dockerfile");
    assert!(image.lines().any(|line| line.starts_with("USER 10001")), "the image runs as a user without rights");
}

#[test]
fn no_statement_asks_the_clock_of_the_database() {
    let mut wrong = Vec::new();
    for file in source::files("src", "rs").into_iter().chain(source::files("migrations", "sql")) {
        let code = file.code().to_lowercase();
        for clock in ["current_timestamp", "current_date", "localtimestamp", "clock_timestamp()", "dsl::now", "select now()", " now()"] {
            // `ctx.now()` and the like are ours.
            // The doctor compares the two clocks: that is what it is there for.
            let is_doctors = file.path == "src/kit/db.rs" && clock == "clock_timestamp()";
            let asks = !is_doctors && code.lines().any(|line| line.contains(clock) && !line.trim_start().starts_with("--"));
            if asks {
                wrong.push(format!("{}: {clock}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "time is an argument:\n{}", wrong.join("\n"));
}
