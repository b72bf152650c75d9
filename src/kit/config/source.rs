//! Where settings come from: `avow.toml`, and the environment, which wins.

use crate::kit::config::Config;
use crate::kit::config::Problems;
use crate::kit::config::SETTINGS;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;
use std::path::PathBuf;

/// Where the file is looked for when nobody names one.
const PLACES: [&str; 2] = ["avow.toml", "/etc/avow/avow.toml"];

/// Where the settings of this process come from.
#[derive(Clone, Debug)]
pub struct Source {
    file: Option<PathBuf>,
}

impl Source {
    /// The file that was named, else the first of `avow.toml` and `/etc/avow/avow.toml` that is there; and the environment.
    pub fn new(named: Option<PathBuf>) -> Self {
        // One that is there and cannot be read is an error later, not a reason to go on without.
        let is_there = |place: &PathBuf| std::fs::metadata(place).map_or_else(|error| error.kind() != ErrorKind::NotFound, |_| true);
        let found = || PLACES.iter().map(PathBuf::from).find(is_there);
        Self { file: named.or_else(found) }
    }

    /// The environment alone.
    pub fn environment() -> Self {
        Self { file: None }
    }

    /// The file, if there is one.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The settings.
    ///
    /// # Errors
    /// Every wrong setting of file and environment, by name, with what it should be.
    pub fn config(&self) -> Result<Config, Problems> {
        let mut problems = Problems::default();
        let environment: BTreeMap<String, String> =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))).collect();
        for name in environment.keys().filter(|name| name.starts_with("AVOW_") && *name != "AVOW_CONFIG") {
            if !SETTINGS.iter().any(|setting| setting.name == name) {
                problems.add(name, &unknown(name));
            }
        }
        let file = self.file.as_deref().map(|path| read(path, &mut problems)).unwrap_or_default();
        let find = |name: &str| environment.get(name).filter(|value| !value.is_empty()).or_else(|| file.get(name)).cloned();
        match Config::read(find) {
            Ok(config) if problems.is_empty() => Ok(config),
            Ok(_) => Err(problems),
            Err(more) => Err(problems.and(more)),
        }
    }
}

/// The file's settings, by the names of the environment.
fn read(path: &Path, problems: &mut Problems) -> BTreeMap<String, String> {
    let place = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            problems.add(&place, &error.to_string());
            return BTreeMap::new();
        }
    };
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            // What is wrong and where; the line itself may hold a secret.
            let line = error.span().map(|span| text[..span.start.min(text.len())].lines().count().max(1));
            let line = line.map(|line| format!("line {line}: ")).unwrap_or_default();
            problems.add(&place, &format!("{line}{}", error.message()));
            return BTreeMap::new();
        }
    };
    let mut settings = BTreeMap::new();
    for (key, value) in table {
        let named = format!("{place}: {key}");
        let Some(setting) = SETTINGS.iter().find(|setting| setting.key() == key) else {
            problems.add(&named, &unknown(&key));
            continue;
        };
        match plain(&value) {
            Some(value) => drop(settings.insert(setting.name.to_owned(), value)),
            None => problems.add(&named, "write text, a number, or a list of texts"),
        }
    }
    settings
}

fn plain(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Array(items) => items.iter().map(|item| item.as_str()).collect::<Option<Vec<_>>>().map(|items| items.join(",")),
        _ => None,
    }
}

/// What to say of a name that is no setting's: the one that was probably meant.
fn unknown(name: &str) -> String {
    let wanted = name.trim_start_matches("AVOW_").to_lowercase();
    let nearness = |setting: &str| similar::TextDiff::from_chars(setting, wanted.as_str()).ratio();
    let nearest = SETTINGS.iter().map(|setting| (nearness(&setting.key()), setting)).max_by(|one, other| one.0.total_cmp(&other.0));
    match nearest {
        Some((ratio, setting)) if ratio > 0.7 => {
            let meant = if name.starts_with("AVOW_") { setting.name.to_owned() } else { setting.key() };
            format!("there is no such setting; did you mean {meant}?")
        }
        _ => "there is no such setting; docs/operating.md lists them".to_owned(),
    }
}
