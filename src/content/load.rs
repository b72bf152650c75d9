//! Reads a whole content folder, on all cores, and looks at what its texts say of each other.

use crate::content::assets::Asset;
use crate::content::assets::Assets;
use crate::content::course::course;
use crate::content::diagnostic::Diagnostics;
use crate::content::draft::Draft;
use crate::content::draft::Work;
use crate::content::folder;
use crate::content::model::Catalogue;
use crate::content::model::Content;
use crate::content::model::ContentKind;
use crate::content::model::Document;
use crate::content::model::Organisation;
use crate::content::policy::policy;
use crate::content::source::Source;
use crate::content::text;
use crate::content::text::Around;
use crate::content::text::Reference;
use crate::content::translation;
use crate::content::translation::Record;
use crate::kit::crypto;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

/// What was read of one course or policy.
#[derive(Default)]
pub(super) struct Unit {
    /// None where its settings cannot be read.
    pub(super) content: Option<Content>,
    /// Its settings file.
    pub(super) settings: Option<Source>,
    /// Its texts as they are, and what they show.
    pub(super) drafts: Vec<Draft>,
    pub(super) assets: Vec<Asset>,
    /// Links from its texts to others.
    pub(super) references: Vec<Reference>,
    /// The names of headings, by file.
    pub(super) anchors: BTreeMap<String, BTreeSet<String>>,
}

/// A content folder that was looked at.
pub struct Examined {
    /// Who it speaks for; none where that cannot be read.
    pub organisation: Option<Organisation>,
    /// All that could be read, courses first, whatever is wrong with it.
    pub contents: Vec<Content>,
    /// The same for their authors: also what cannot be published as it is.
    pub works: Vec<Work>,
    /// What is wrong.
    pub found: Diagnostics,
    settings: BTreeMap<String, Source>,
}

impl Examined {
    /// What is wrong with one course or policy, and with what all share.
    pub fn faults_of(&self, content: &Content) -> Diagnostics {
        let folder = match content.settings.kind {
            ContentKind::Course => format!("courses/{}/", content.settings.id),
            ContentKind::Policy => format!("policies/{}/", content.settings.id),
        };
        let mut faults = Diagnostics::default();
        for one in self.found.iter().filter(|one| one.place.file.starts_with(&folder) || one.place.file == "organisation.toml") {
            faults.add(one.code, one.place.clone(), one.message.clone(), one.help.clone());
        }
        faults
    }

    /// The place of a key in the settings of a course or policy.
    pub fn key(&self, content: &Content, key: &str) -> crate::content::Place {
        let name = content.name();
        self.settings.get(&name).map_or_else(|| crate::content::Place::file(name), |source| source.key(key))
    }
}

/// Reads the organisation's settings alone: enough to serve what is published already.
///
/// # Errors
/// What is wrong with them.
pub fn load_organisation(root: &Path) -> Result<Organisation, Diagnostics> {
    let mut found = Diagnostics::default();
    match folder::organisation(root, &mut found) {
        Some(organisation) if found.errors() == 0 => Ok(organisation),
        _ => Err(found),
    }
}

/// Reads a content folder. Warnings come with it.
///
/// # Errors
/// Everything that is wrong with it, in the order of the files, when something stops it from being published.
pub fn load(root: &Path, today: NaiveDate) -> Result<Catalogue, Diagnostics> {
    let examined = examine(root, today, &|_, _| {});
    match examined.organisation {
        Some(organisation) if examined.found.errors() == 0 => {
            Ok(Catalogue { organisation, contents: examined.contents, warnings: examined.found })
        }
        _ => Err(examined.found),
    }
}

/// Reads a content folder as far as it can be read. `progress` hears how many of how many courses and policies are done.
pub fn examine(root: &Path, today: NaiveDate, progress: &(dyn Fn(usize, usize) + Sync)) -> Examined {
    let mut found = Diagnostics::default();
    let organisation = folder::organisation(root, &mut found);
    let mut examined = Examined { organisation: None, contents: Vec::new(), works: Vec::new(), found, settings: BTreeMap::new() };
    let Some(organisation) = organisation else { return examined };
    let mut wanted = Vec::new();
    for (kind, folder) in [(ContentKind::Course, "courses"), (ContentKind::Policy, "policies")] {
        wanted.extend(folder::children(root, folder, &mut examined.found).into_iter().map(|name| (kind, name)));
    }
    let read = |(kind, name): &(ContentKind, String)| {
        let mut found = Diagnostics::default();
        let unit = match kind {
            ContentKind::Course => course(root, name, &organisation, today, &mut found),
            ContentKind::Policy => policy(root, name, &organisation, today, &mut found),
        };
        (unit, found)
    };
    let (mut references, mut anchors) = (Vec::new(), BTreeMap::new());
    for ((unit, found), (kind, slug)) in on_all_cores(&wanted, read, progress).into_iter().zip(&wanted) {
        examined.found.append(found);
        let settings = unit.content.as_ref().map(|content| content.settings.clone());
        examined.works.push(Work { kind: *kind, slug: slug.clone(), settings, assets: unit.assets, drafts: unit.drafts });
        references.extend(unit.references);
        anchors.extend(unit.anchors);
        if let (Some(content), Some(source)) = (unit.content, unit.settings) {
            examined.settings.insert(content.name(), source);
            examined.contents.push(content);
        }
    }
    text::check_links(&references, &anchors, &mut examined.found);
    examined.found.sort();
    examined.organisation = Some(organisation);
    examined
}

/// Does something with each, on all cores; the results are in order.
fn on_all_cores<T: Sync, R: Send>(all: &[T], act: impl Fn(&T) -> R + Sync, progress: &(dyn Fn(usize, usize) + Sync)) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(all.len()));
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..cores.min(all.len()) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(one) = all.get(number) else { break };
                    let result = act(one);
                    results.lock().expect("nobody panics with it").push((number, result));
                    progress(done.fetch_add(1, Ordering::Relaxed) + 1, all.len());
                }
            });
        }
    });
    let mut results = results.into_inner().expect("nobody panicked with it");
    results.sort_by_key(|(number, _)| *number);
    results.into_iter().map(|(_, result)| result).collect()
}

/// The bytes of an asset, if they are still those that were looked at.
///
/// # Errors
/// When it cannot be read, or was changed since.
pub fn asset_bytes(root: &Path, asset: &Asset) -> io::Result<Vec<u8>> {
    let bytes = std::fs::read(root.join(&asset.file))?;
    if crypto::sha256(&bytes) == asset.sha256 {
        Ok(bytes)
    } else {
        Err(io::Error::other(format!("{} was changed while it was read", asset.file)))
    }
}

/// What a translations.toml starts with.
const HEADER: &str = "# Which paragraphs each translation was made from. Written by `avow content translated`; not edited by hand.\n";

/// Records that the translations of the named courses and policies (`courses/…`, `policies/…`; all, where none is named) are up
/// to date. Returns the files that changed.
///
/// # Errors
/// When a file cannot be read or written, in words.
pub fn record_translations(root: &Path, only: &[String]) -> Result<Vec<String>, String> {
    let mut found = Diagnostics::default();
    let organisation = folder::organisation(root, &mut found).ok_or_else(|| found.to_string())?;
    let mut changed = Vec::new();
    for kind in ["courses", "policies"] {
        for name in folder::children(root, kind, &mut found) {
            let base = format!("{kind}/{name}");
            if only.is_empty() || only.contains(&base) || only.contains(&name) {
                changed.extend(record_one(root, &base, kind == "courses", &organisation)?);
            }
        }
    }
    Ok(changed)
}

fn record_one(root: &Path, base: &str, is_course: bool, organisation: &Organisation) -> Result<Option<String>, String> {
    let mut found = Diagnostics::default();
    let path =
        |language: &str, part: &str| if is_course { format!("{base}/{language}/{part}.md") } else { format!("{base}/{language}.md") };
    let mut record = Record::new();
    let default = &organisation.default_language;
    let names = if is_course {
        let files = folder::files(root, &format!("{base}/{default}"), &mut found);
        files.iter().filter_map(|file| Some(file.strip_suffix(".md")?.to_owned())).collect()
    } else {
        vec!["policy".to_owned()]
    };
    for name in &names {
        let Some(source) = folder::read(root, &path(default, name), &mut found) else { continue };
        text::read_front_matter(&source, &mut found);
        for language in organisation.languages.iter().filter(|language| *language != default) {
            if root.join(path(language, name)).is_file() {
                record.entry(language.clone()).or_default().insert(name.clone(), translation::hashes(&source));
            }
        }
    }
    let file = format!("{base}/{}.toml", if is_course { "course" } else { "policy" });
    if let Some(settings) = folder::read(root, &file, &mut found) {
        let hashes = translation::hashes_of_settings(&settings.text, default);
        for texts in record.values_mut().filter(|_| !hashes.is_empty()) {
            texts.insert(translation::SETTINGS.to_owned(), hashes.clone());
        }
    }
    let file = format!("{base}/translations.toml");
    let text = HEADER.to_owned() + &toml::to_string(&record).map_err(|error| error.to_string())?;
    if folder::leads_through_a_link(root, &file) {
        return Err(format!("{file} is a link, or lies behind one; links are not followed"));
    }
    if found.errors() > 0 {
        return Err(format!("{found}\nNothing was recorded of {base}."));
    }
    if record.is_empty() || std::fs::read_to_string(root.join(&file)).is_ok_and(|before| before == text) {
        return Ok(None);
    }
    std::fs::write(root.join(&file), text).map_err(|error| format!("{file} cannot be written: {error}"))?;
    Ok(Some(file))
}

/// Reads bytes as a lesson that stands alone: what properties and fuzzers call. Whatever the bytes are, it ends with diagnostics or a
/// text, soon.
pub fn try_text(bytes: &[u8]) -> (Diagnostics, Option<Document>) {
    let organisation = Organisation {
        name: "Example".into(),
        security_email: "security@example.org".into(),
        compliance_email: "compliance@example.org".into(),
        incident_phone: "+1 555 0100".into(),
        default_language: "en".into(),
        languages: vec!["en".into()],
        zone: chrono_tz::UTC,
        intranet: "https://avow.example.org".into(),
    };
    let mut found = Diagnostics::default();
    let source = Source::new("courses/x/en/01-x.md", &String::from_utf8_lossy(bytes));
    let around = Around { organisation: &organisation, assets: &Assets::default(), language: "en", is_quiz: bytes.len() % 2 == 1 };
    let reading = text::read(&source, &around, &mut found);
    if let Some(reading) = &reading {
        text::check_links(&reading.references, &BTreeMap::from([(source.file.clone(), reading.anchors.clone())]), &mut found);
    }
    (found, reading.map(|reading| reading.document))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_a_text_holds_it_ends_in_diagnostics_or_inert_html(pieces in prop::collection::vec(prop::sample::select(&[
            "---\n", "title: x\n", "\n", "\n\n", "# P {#p .pool draw=2}\n", "## Q {#q .question}\n", "## S {#s .scenario}\n", "### T {#t .step .good}\n",
            "- [x] a\n", "- [ ] b\n", "  > c\n", "> d\n", "- [go](#t)\n", "- [back](#s)\n", "[x](javascript:alert(1))", "<script>alert(1)</script>",
            "![p](../assets/a.png)", "![](https://x.example/a.png)", "${org.name}", "${", "}", "| a | b |\n|---|---|\n", "[^1]", "[^1]: n\n", "> [!NOTE]\n", "`", "```\n",
            "*", "**", "  ", "\t", "\u{202e}", "\u{0}", "é", "𝒳", "here", "ế", "&#36;{", "&#123;", "&amp;", "[here](x.md#y)", "[a](../../../../x)", "<b onclick=x>", "&#x3c;", "\\",
        ][..]), 0..60)) {
            let text = format!("---\ntitle: x\n---\n{}", pieces.concat());
            for bytes in [text.as_bytes(), &text.as_bytes()[4..], &text.as_bytes()[..text.len() - 1]] {
                let (found, document) = try_text(bytes);
                for one in found.iter() {
                    prop_assert!(one.place.line <= text.lines().count() + 1, "{one}");
                }
                let html = document.map(|document| document.whole_html()).unwrap_or_default();
                for live in ["<script", "<b onclick", "href=\"javascript", "src=\"http"] {
                    prop_assert!(!html.contains(live), "{live} in {html}");
                }
            }
        }

        #[test]
        fn any_bytes_end_in_diagnostics_or_a_text(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let (found, document) = try_text(&bytes);
            prop_assert!(found.errors() > 0 || document.is_some());
        }
    }
}
