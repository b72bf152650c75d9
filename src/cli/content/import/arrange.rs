//! The names that texts get in the content folder.

use crate::cli::content::import::Drafted;
use crate::content::import::Place;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// A longer name is cut.
const MAX_NAME: usize = 80;

/// The name of a text, and how others link to it.
pub(super) struct Arranged {
    /// The folder of a policy, or the file of a lesson without `.md`.
    pub slug: String,
    /// Something of that name is there already.
    pub is_taken: bool,
    address: String,
}

impl Arranged {
    /// Where links of other texts lead.
    pub(super) fn place(&self, anchors: BTreeMap<String, String>) -> Place {
        Place { address: self.address.clone(), anchors }
    }
}

/// A policy for each file, named like it. Where two are alike, the second gets a number.
pub(super) fn policies(drafts: &[Drafted], folder: &Path, language: &str) -> Vec<Arranged> {
    let mut given: BTreeSet<String> = BTreeSet::new();
    drafts
        .iter()
        .map(|drafted| {
            let base = match (stem(&drafted.found.name).as_str(), drafted.found.name.rsplit('/').nth(1)) {
                // The page of a folder is called like the folder.
                ("readme" | "index", Some(above)) => slug(above),
                (own, _) => own.to_owned(),
            };
            let base = if base.is_empty() { "policy".to_owned() } else { base };
            let numbered = std::iter::once(base.clone()).chain((2..).map(|number| format!("{base}-{number}")));
            let slug = numbered.into_iter().find(|name| !given.contains(name)).unwrap_or(base);
            given.insert(slug.clone());
            let is_taken = folder.join("policies").join(&slug).symlink_metadata().is_ok();
            Arranged { address: format!("../{slug}/{language}.md"), slug, is_taken }
        })
        .collect()
}

/// A lesson for each file, in order; the page of the folder is the introduction, and a quiz stays one.
pub(super) fn lessons(drafts: &[Drafted]) -> Vec<Arranged> {
    let width = drafts.len().to_string().len().max(2);
    let mut number = 0;
    let mut has_course = false;
    drafts
        .iter()
        .map(|drafted| {
            let own = stem(&drafted.found.name);
            let is_top = !drafted.found.name.contains('/');
            let slug = match own.as_str() {
                "readme" | "index" | "course" if is_top && !has_course => {
                    has_course = true;
                    "course".to_owned()
                }
                "quiz" if is_top => own,
                _ => {
                    number += 1;
                    // Its place is in the number already.
                    let name = own.trim_start_matches(|first: char| first.is_ascii_digit() || first == '-');
                    let name = if name.is_empty() { "lesson" } else { name };
                    format!("{number:0width$}-{name}")
                }
            };
            Arranged { address: format!("{slug}.md"), slug, is_taken: false }
        })
        .collect()
}

/// The name of a file without folders and endings, as it may stand in an address.
fn stem(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    let lower = name.to_ascii_lowercase();
    let end = [".md.tmpl", ".markdown", ".mdx", ".md"].iter().find_map(|end| lower.strip_suffix(end)).map_or(name.len(), str::len);
    slug(name.get(..end).unwrap_or(name))
}

/// Words as they may stand in an address: small letters, digits, single hyphens.
pub(super) fn slug(words: &str) -> String {
    let mut slug = String::new();
    for letter in words.replace(['đ', 'Đ'], "d").nfd().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !unicode_normalization::char::is_combining_mark(letter) && !slug.ends_with('-') && letter != '\'' {
            slug.push('-');
        }
    }
    slug.truncate(MAX_NAME);
    slug.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_can_stand_in_addresses() {
        let cases = [
            ("docs/Access Control Policy.md", "access-control-policy"),
            ("02_Bảo mật.markdown", "02-bao-mat"),
            ("hr.md.tmpl", "hr"),
            ("Người đi.MDX", "nguoi-di"),
            ("---.md", ""),
        ];
        for (name, wanted) in cases {
            assert_eq!(stem(name), wanted, "{name}");
        }
    }
}
