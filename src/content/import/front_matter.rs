//! What stands above a text: front matter of Jekyll, Hugo and Docusaurus, also without its first fence; pandoc's title block.

use crate::content::import::log::Log;
use std::collections::BTreeMap;

/// More is no front matter, and keeps the readers of YAML busy.
const MAX_BYTES: usize = 20_000;

/// How many fields are read, and how deep.
const MAX_FIELDS: usize = 500;
const MAX_DEPTH: usize = 8;

/// A key and its value as words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// As written; keys inside keys are joined by points.
    pub key: String,
    /// Lists are joined by commas.
    pub value: String,
    /// The line of the source.
    pub number: usize,
}

/// Reads the fields above a text. Also says at which line, from 0, the text starts.
pub(super) fn read(lines: &[String], log: &mut Log) -> (Vec<Field>, usize) {
    let start = lines.iter().take_while(|line| line.trim().is_empty()).count();
    let found =
        fenced(lines, start).or_else(|| json(lines, start)).or_else(|| title_block(lines, start)).or_else(|| unfenced(lines, start));
    let Some((fields, end)) = found else { return (Vec::new(), start.min(lines.len())) };
    for field in &fields {
        log.drop_markup(&field.key.replace('.', " "));
    }
    let values: String = fields.iter().map(|field| field.value.as_str()).collect();
    for (place, line) in lines[start..end].iter().enumerate() {
        // Comments, and what escapes stand for, are not among the values.
        let comment = line.trim_start().strip_prefix('#').or_else(|| line.split_once(" #").map(|(_, comment)| comment));
        if let Some(comment) = comment.filter(|comment| !values.contains(comment.trim())) {
            log.set_aside(start + place + 1, comment);
        }
        if line.contains('\\') {
            log.drop_markup(line);
        }
    }
    log.count("front-matter");
    (fields, end)
}

type Found = Option<(Vec<Field>, usize)>;

/// YAML between `---`, TOML between `+++`.
fn fenced(lines: &[String], start: usize) -> Found {
    let fence = lines.get(start)?.trim_end();
    let is_end = |line: &String| line.trim_end() == fence || (fence == "---" && line.trim_end() == "...");
    if fence != "---" && fence != "+++" {
        return None;
    }
    let count = lines[start + 1..].iter().take(2000).position(is_end)?;
    let inside = &lines[start + 1..start + 1 + count];
    let text = inside.join("\n");
    let fields = if text.len() > MAX_BYTES || (fence == "---" && !inside.iter().any(|line| key_of(line).is_some())) {
        by_lines(inside, start + 2).filter(|fields| !fields.is_empty() || text.trim().is_empty())?
    } else if fence == "+++" {
        match text.parse::<toml::Table>() {
            Ok(table) => flatten(&serde_json::to_value(table).ok()?, inside, start + 2),
            Err(_) => by_lines(inside, start + 2)?,
        }
    } else {
        match yaml_serde::from_str::<serde_json::Value>(&text) {
            Ok(value @ serde_json::Value::Object(_)) => flatten(&value, inside, start + 2),
            _ => by_lines(inside, start + 2)?,
        }
    };
    Some((fields, start + 2 + count))
}

fn json(lines: &[String], start: usize) -> Found {
    let first = lines.get(start)?.trim_end();
    if first != "{" && !first.starts_with("{\"") {
        return None;
    }
    let end = lines[start..].iter().take(500).position(|line| line.trim_end() == "}" || line.trim_end().ends_with('}'))?;
    let inside = &lines[start..=start + end];
    let text = inside.join("\n");
    let value: serde_json::Value = Some(text).filter(|text| text.len() <= MAX_BYTES).and_then(|text| serde_json::from_str(&text).ok())?;
    Some((flatten(&value, inside, start + 1), start + end + 1))
}

/// `% Title`, `% Authors`, `% Date`.
fn title_block(lines: &[String], start: usize) -> Found {
    let keys = ["title", "author", "date"];
    let mut fields: Vec<Field> = Vec::new();
    let mut at = start;
    while let Some(line) = lines.get(at) {
        if let Some(words) = line.strip_prefix('%').filter(|_| fields.len() < keys.len()) {
            fields.push(Field { key: keys[fields.len()].to_owned(), value: words.trim().to_owned(), number: at + 1 });
        } else if let Some(field) = fields.last_mut().filter(|_| line.starts_with(' ') && !line.trim().is_empty()) {
            field.value = format!("{} {}", field.value, line.trim());
        } else {
            break;
        }
        at += 1;
    }
    fields.retain(|field| !field.value.is_empty());
    (!fields.is_empty()).then_some((fields, at))
}

/// Keys and values at the very start, ended by `---`; or by an empty line, when the first is a title.
fn unfenced(lines: &[String], start: usize) -> Found {
    let end = start + lines[start..].iter().take(200).position(|line| line.trim().is_empty() || line.trim_end() == "---")?;
    let has_fence = lines[end].trim_end() == "---";
    let inside = &lines[start..end];
    let known =
        ["title", "author", "owner", "description", "summary", "layout", "date", "version", "tags", "category", "id", "sidebar_label"];
    let keys: Vec<String> = inside.iter().filter_map(|line| key_of(line)).map(|(key, _)| key.to_lowercase()).collect();
    let is_known = keys.iter().any(|key| known.contains(&key.as_str()));
    let starts_with_title = keys.first().is_some_and(|key| key == "title");
    let goes_on = inside.iter().filter(|line| line.starts_with([' ', '\t'])).count();
    let is_meant = if has_fence { is_known } else { starts_with_title && keys.len() + goes_on == inside.len() };
    if inside.is_empty() || !is_meant || key_of(&inside[0]).is_none() {
        return None;
    }
    let fields = by_lines(inside, start + 1)?;
    Some((fields, end + usize::from(has_fence)))
}

/// The key that a line starts with, and what follows.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':').or_else(|| line.split_once('='))?;
    let key = key.trim_end().trim_matches('"');
    let is_key = key.starts_with(|first: char| first.is_alphabetic())
        && key.len() < 60
        && key.split(' ').count() <= 4
        && key.chars().all(|letter| letter.is_alphanumeric() || " -_.".contains(letter));
    (is_key && (value.is_empty() || value.starts_with(' ') || line.contains('='))).then_some((key, value))
}

/// Reads line by line what no parser takes: values with tags of templates, or with colons.
fn by_lines(lines: &[String], first: usize) -> Option<Vec<Field>> {
    let mut fields: Vec<Field> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        match key_of(line) {
            Some((key, value)) if fields.len() < MAX_FIELDS => {
                fields.push(Field { key: key.to_owned(), value: unquoted(value), number: first + place });
            }
            _ => {
                // What is indented, or an item of a list, belongs to the key above.
                let field = fields.last_mut().filter(|_| line.starts_with([' ', '\t', '-', ']', '}']) || line.len() > 60)?;
                let words = unquoted(line.trim().trim_start_matches("- "));
                field.value = [field.value.trim_matches(['|', '>', '-', ' ']), &words]
                    .iter()
                    .filter(|part| !part.is_empty())
                    .map(|part| (*part).to_owned())
                    .collect::<Vec<_>>()
                    .join(" ");
            }
        }
    }
    Some(fields)
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    let inner = ['"', '\''].iter().find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark));
    inner.unwrap_or(value).to_owned()
}

/// A parsed value as fields, each with its line.
fn flatten(value: &serde_json::Value, lines: &[String], first: usize) -> Vec<Field> {
    let mut numbers: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for (place, line) in lines.iter().enumerate() {
        if let Some((key, value)) = line.split_once([':', '=']) {
            numbers.entry(key.trim().trim_matches(['"', '\''])).or_insert((first + place, value.trim()));
        }
    }
    let mut fields = Vec::new();
    let mut stack: Vec<(String, &serde_json::Value, usize, usize)> = vec![(String::new(), value, first, 0)];
    while let Some((key, value, number, depth)) = stack.pop() {
        match value {
            serde_json::Value::Object(map) if depth < MAX_DEPTH => {
                for (own, value) in map.iter().rev() {
                    // TOML's dates come as tables of one key.
                    let key = if own == "$__toml_private_datetime" {
                        key.clone()
                    } else if key.is_empty() {
                        own.clone()
                    } else {
                        format!("{key}.{own}")
                    };
                    let number = numbers.get(own.as_str()).map_or(number, |(number, _)| *number);
                    stack.push((key, value, number, depth + 1));
                }
            }
            other if fields.len() < MAX_FIELDS => {
                let last = key.rsplit('.').next().unwrap_or_default();
                // Numbers as they were written: 2.10 is no 2.1.
                let raw = numbers
                    .get(last)
                    .filter(|_| other.is_number())
                    .map(|(_, raw)| raw.split([' ', ',', '#']).next().unwrap_or_default().to_owned());
                fields.push(Field { key, value: raw.unwrap_or_else(|| words_of(other, 0)), number });
            }
            _ => {}
        }
    }
    fields.retain(|field| !field.key.is_empty());
    fields
}

fn words_of(value: &serde_json::Value, depth: usize) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.trim().to_owned(),
        serde_json::Value::Array(items) if depth < MAX_DEPTH => {
            items.iter().map(|item| words_of(item, depth + 1)).collect::<Vec<_>>().join(", ")
        }
        serde_json::Value::Object(map) if depth < MAX_DEPTH => {
            map.iter().map(|(key, value)| format!("{key}: {}", words_of(value, depth + 1))).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> (Vec<(String, String)>, usize) {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let (fields, end) = read(&lines, &mut Log::default());
        (fields.into_iter().map(|field| (field.key, field.value)).collect(), end)
    }

    #[test]
    fn every_kind_of_front_matter_is_read() {
        let cases = [
            (
                "---\ntitle: Access\nversion: 2.10\ntags: [a, b]\n---\nText",
                vec![("title", "Access"), ("version", "2.10"), ("tags", "a, b")],
                5,
            ),
            ("---\ntitle: {{ name }} policy: all\nowner: CISO\n---\n", vec![("title", "{{ name }} policy: all"), ("owner", "CISO")], 4),
            (
                "+++\ntitle = \"Access\"\ndate = 2024-01-05\n[params]\nowner = \"CISO\"\n+++\n",
                vec![("date", "2024-01-05"), ("params.owner", "CISO"), ("title", "Access")],
                6,
            ),
            ("{\n\"title\": \"Access\"\n}\nText", vec![("title", "Access")], 3),
            ("% Access\n% Ann; Bob\n% May 2024\n\nText", vec![("title", "Access"), ("author", "Ann; Bob"), ("date", "May 2024")], 3),
            ("title: Access\nowner: CISO\n---\nText", vec![("title", "Access"), ("owner", "CISO")], 3),
            ("Title: Access\nAuthor: Ann\n\nText", vec![("Title", "Access"), ("Author", "Ann")], 2),
            ("---\n\nText between rules.\n\n---\n", vec![], 0),
            ("Note: read this.\n\nText", vec![], 0),
            ("Access\n---\nText", vec![], 0),
            ("---\ntitle: never ends", vec![], 0),
        ];
        for (text, wanted, end) in cases {
            let (mut found, found_end) = fields(text);
            let mut wanted: Vec<(String, String)> = wanted.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
            found.sort();
            wanted.sort();
            assert_eq!((found, found_end), (wanted, end), "{text}");
        }
    }
}
