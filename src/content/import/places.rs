//! Where the other files of an import went, for the links between them.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// A file that is imported together with others.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// How another text of the import links to it.
    pub address: String,
    /// The names that links to it may use, and for each the name that stands in it.
    pub anchors: BTreeMap<String, String>,
}

/// All files of an import, by their paths below the imported folder, with slashes.
#[derive(Clone, Debug, Default)]
pub struct Places {
    files: BTreeMap<String, Place>,
    addresses: BTreeSet<String>,
}

impl Places {
    /// Adds a file.
    pub fn add(&mut self, path: &str, place: Place) {
        self.addresses.insert(place.address.clone());
        self.files.insert(path.to_owned(), place);
    }

    /// Whether a link leads to where one of the files went.
    pub(super) fn leads_there(&self, link: &str) -> bool {
        self.addresses.contains(link.split('#').next().unwrap_or_default())
    }

    /// The file that a link in the file `from` leads to, and its path.
    pub fn find(&self, from: &str, link: &str) -> Option<(&str, &Place)> {
        let link = link.strip_prefix("wiki:").unwrap_or(link);
        let link = percent_encoding::percent_decode_str(link).decode_utf8().ok()?;
        let link = link.split(['#', '?']).next().unwrap_or_default();
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let rooted = link.starts_with('/');
        let joined = normal(if rooted { "" } else { folder }, link.trim_start_matches('/'))?;
        let stem =
            ["html", "htm", "mdx", "markdown", "md"].iter().find_map(|ext| joined.strip_suffix(&format!(".{ext}"))).unwrap_or(&joined);
        let names = [
            joined.clone(),
            format!("{joined}.tmpl"),
            format!("{stem}.md"),
            format!("{stem}.mdx"),
            format!("{stem}.markdown"),
            format!("{stem}.md.tmpl"),
            format!("{joined}/index.md"),
            format!("{joined}/README.md"),
            format!("{joined}/_index.md"),
        ];
        let exact = names.iter().find_map(|name| self.files.get_key_value(name));
        // Site addresses and wikis name the page, wherever it lies.
        let by_name = || {
            let last = stem.rsplit('/').next().unwrap_or_default().to_lowercase().replace(' ', "-");
            let is_named = |path: &str| {
                let name = path.rsplit('/').next().unwrap_or_default().to_lowercase().replace(' ', "-");
                !last.is_empty() && name.split('.').next() == Some(last.as_str())
            };
            let mut named = self.files.iter().filter(|(path, _)| is_named(path));
            named.next().filter(|_| named.next().is_none())
        };
        exact.or_else(|| if rooted || !link.contains(['/', '.']) { by_name() } else { None }).map(|(path, place)| (path.as_str(), place))
    }
}

/// A path below a folder without `.` and `..`; `None` when it leads out.
fn normal(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_however_sites_write_them() {
        let mut places = Places::default();
        for path in ["access.md", "ops/backup plan.md", "ops/README.md", "hr.md.tmpl"] {
            places.add(path, Place { address: path.to_owned(), anchors: BTreeMap::new() });
        }
        let cases = [
            ("ops/x.md", "../access.md#scope", Some("access.md")),
            ("x.md", "access.html", Some("access.md")),
            ("x.md", "./access/", Some("access.md")),
            ("x.md", "/docs/access", Some("access.md")),
            ("x.md", "wiki:Backup Plan", Some("ops/backup plan.md")),
            ("x.md", "ops/backup%20plan.md", Some("ops/backup plan.md")),
            ("x.md", "ops", Some("ops/README.md")),
            ("x.md", "hr.md", Some("hr.md.tmpl")),
            ("x.md", "../access.md", None),
            ("x.md", "nowhere.md", None),
        ];
        for (from, link, to) in cases {
            assert_eq!(places.find(from, link).map(|(path, _)| path), to, "{link}");
        }
    }
}
