//! `avow content import`: other people's markdown becomes policies, or the lessons of a course, in a content folder.
//! What is there already is never changed; each text is written whole or not at all.

mod arrange;
mod files;
mod report;
mod write;

use crate::app::Fault;
use crate::cli::Outcome;
use crate::content;
use crate::content::Organisation;
use crate::content::import;
use crate::content::import::Draft;
use crate::content::import::Imported;
use crate::content::import::Note;
use crate::content::import::Places;
use crate::content::import::Surroundings;
use crate::kit::config::Config;
use crate::kit::i18n::Lang;
use arrange::Arranged;
use clap::ValueEnum;
use files::Found;
use report::File;
use report::Report;
use std::path::Path;
use std::path::PathBuf;

/// From so many files on, the command says how far it is.
const MANY: usize = 100;

#[derive(clap::Args)]
pub(in crate::cli) struct Arguments {
    /// The file, or the folder with all files below it (.md, .mdx, .markdown, .md.tmpl)
    path: PathBuf,
    /// The content folder to write to
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// What the files become
    #[arg(long = "as", value_name = "KIND", default_value = "policies")]
    kind: Kind,
    /// The course's name in addresses
    #[arg(long, value_name = "NAME", required_if_eq("kind", "course"))]
    name: Option<String>,
    /// The language of the files [default: the organisation's default language, else en]
    #[arg(long)]
    language: Option<String>,
    /// How to report
    #[arg(long, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Each file is a policy
    Policies,
    /// The files are the lessons of one course
    Course,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs
    Json,
}

/// Where texts go, and what is known about it.
struct Target<'a> {
    folder: &'a Path,
    organisation: Option<Organisation>,
    language: String,
}

impl Target<'_> {
    /// The languages of its content.
    fn languages(&self) -> Vec<String> {
        self.organisation.as_ref().map_or_else(|| vec![self.language.clone()], |organisation| organisation.languages.clone())
    }
}

/// A file that was read: its text up to its links, or why there is none.
struct Drafted {
    found: Found,
    draft: Result<Draft, Note>,
}

pub(super) fn run(arguments: &Arguments, config: &Config) -> Result<Outcome, Fault> {
    let target = match target(arguments) {
        Ok(target) => target,
        Err(wrong) => {
            eprintln!("{wrong}\nNothing was brought in.");
            return Ok(Outcome::Refused);
        }
    };
    let found = files::find(&arguments.path).map_err(|error| format!("{}: {error}", arguments.path.display()))?;
    if found.is_empty() {
        return Err(format!("{}: there is no markdown (.md, .mdx, .markdown, .md.tmpl) in it", arguments.path.display()).into());
    }
    let today = config.clock.now().date_naive();
    let mut drafts = drafts(found, arguments.format == Format::Human);
    let arranged = match arguments.kind {
        Kind::Policies => arrange::policies(&drafts, target.folder, &target.language),
        Kind::Course => arrange::lessons(&drafts),
    };
    let places = link(&mut drafts, &arranged);
    let mut report = Report::new(target.organisation.is_none());
    if target.organisation.is_none() {
        write::file(target.folder, "organisation.toml", &import::organisation_toml(&target.language))
            .map_err(|error| format!("{}: {error}", target.folder.display()))?;
    }
    let is_course = arguments.kind == Kind::Course;
    let surroundings = Surroundings {
        places: &places,
        organisation: target.organisation.as_ref().map(|organisation| organisation.name.as_str()),
        is_course,
    };
    let finished: Vec<(Found, Arranged, Result<Imported, Note>)> = drafts
        .into_iter()
        .zip(arranged)
        .map(|(drafted, arranged)| (drafted.found, arranged, drafted.draft.map(|draft| draft.finish(&surroundings))))
        .collect();
    report.files = match (&arguments.name, is_course) {
        (Some(name), true) => course(&target, name, finished, today),
        _ => finished.into_iter().map(|(found, arranged, text)| policy(&target, found, &arranged, text, today)).collect(),
    };
    match arguments.format {
        Format::Human => print!("{report}"),
        Format::Json => println!("{}", report.json()),
    }
    Ok(if report.refused() == 0 { Outcome::Done } else { Outcome::Refused })
}

/// Reads all files, and says to people how far it is.
fn drafts(found: Vec<Found>, says_progress: bool) -> Vec<Drafted> {
    let count = found.len();
    let mut drafts = Vec::with_capacity(count);
    for (place, found) in found.into_iter().enumerate() {
        if says_progress && place > 0 && place % MANY == 0 {
            eprintln!("{place} of {count} files read");
        }
        let draft = files::read(&found).map(|(text, mended)| {
            let mut draft = import::draft(&found.name, &text);
            for what in mended {
                draft.note("encoding", what, "look whether all letters are right");
            }
            draft
        });
        drafts.push(Drafted { found, draft });
    }
    drafts
}

/// The content folder and the language to write, if both are possible.
fn target(arguments: &Arguments) -> Result<Target<'_>, String> {
    let folder = arguments.to.as_path();
    // A folder without settings of its own gets some.
    let organisation = match folder.join("organisation.toml").symlink_metadata() {
        Ok(_) => Some(content::load_organisation(folder).map_err(|wrong| wrong.to_string())?),
        Err(_) => None,
    };
    let default = || organisation.as_ref().map_or("en", |organisation| &organisation.default_language).to_owned();
    let language = arguments.language.clone().unwrap_or_else(default);
    if !language.parse::<Lang>().is_ok_and(|known| known.tag() == language) {
        return Err(format!("{language:?} is not a language of this program; use en or vi"));
    }
    if organisation.as_ref().is_some_and(|organisation| !organisation.languages.contains(&language)) {
        return Err(format!("{language:?} is not among the languages of {}", folder.join("organisation.toml").display()));
    }
    if let Some(name) = arguments.name.as_ref().filter(|name| arrange::slug(name) != **name) {
        return Err(format!("{name:?} is no name for an address; use small letters, digits and single hyphens"));
    }
    Ok(Target { folder, organisation, language })
}

/// Says to each text which of its headings the others link to, and gives back where all of them go.
fn link(drafts: &mut [Drafted], arranged: &[Arranged]) -> Places {
    let mut places = Places::default();
    for (drafted, arranged) in drafts.iter().zip(arranged) {
        if let Ok(draft) = &drafted.draft {
            places.add(&drafted.found.name, arranged.place(draft.anchors()));
        }
    }
    let mut wanted: Vec<(String, String)> = Vec::new();
    for drafted in drafts.iter() {
        let links = drafted.draft.as_ref().map(Draft::links).unwrap_or_default();
        for (path, name) in links.iter().filter_map(|link| Some((places.find(&drafted.found.name, link)?.0, link.split_once('#')?.1))) {
            wanted.push((path.to_owned(), name.to_owned()));
        }
    }
    let mut by_name: std::collections::BTreeMap<&str, &mut Draft> =
        drafts.iter_mut().filter_map(|drafted| Some((drafted.found.name.as_str(), drafted.draft.as_mut().ok()?))).collect();
    for (path, name) in &wanted {
        if let Some(draft) = by_name.get_mut(path.as_str()) {
            draft.want(name);
        }
    }
    places
}

/// Writes a policy.
fn policy(target: &Target<'_>, found: Found, arranged: &Arranged, text: Result<Imported, Note>, today: chrono::NaiveDate) -> File {
    let source = found.name;
    let imported = match text {
        Ok(imported) => imported,
        Err(note) => return File::refused(source, note),
    };
    if arranged.is_taken {
        return File::refused(
            source,
            report::refusal(format!("policies/{} is there already", arranged.slug), "rename the file, or remove the policy first"),
        );
    }
    if imported.text.len() as u64 > files::MAX_BYTES {
        return File::refused(source, report::refusal("its text would be too large", "split it"));
    }
    let toml = import::policy_toml(&imported, &arranged.slug, &target.languages(), &target.language, today);
    let folder = format!("policies/{}", arranged.slug);
    let texts = [("policy.toml".to_owned(), toml), (format!("{}.md", target.language), imported.text.clone())];
    match write::folder(target.folder, &folder, &texts) {
        Ok(()) => File::brought_in(source, folder, imported),
        Err(error) => {
            File::refused(source, report::refusal(format!("{folder} cannot be written: {error}"), "see to the rights of the folder"))
        }
    }
}

/// Writes a course with all its lessons.
fn course(
    target: &Target<'_>,
    name: &str,
    finished: Vec<(Found, Arranged, Result<Imported, Note>)>,
    today: chrono::NaiveDate,
) -> Vec<File> {
    let folder = format!("courses/{name}");
    let refuse_all = |finished: Vec<(Found, Arranged, Result<Imported, Note>)>, why: &str, help: &str| -> Vec<File> {
        finished.into_iter().map(|(found, ..)| File::refused(found.name, report::refusal(why, help))).collect()
    };
    if target.folder.join(&folder).symlink_metadata().is_ok() {
        return refuse_all(finished, &format!("{folder} is there already"), "choose another --name, or remove the course first");
    }
    let language = &target.language;
    let mut texts = Vec::new();
    let mut asides: Vec<(String, &Imported)> = Vec::new();
    let mut minutes = 0;
    for (_, arranged, text) in &finished {
        let Ok(imported) = text else { continue };
        minutes += imported.words_out.div_ceil(if language == "vi" { 250 } else { 200 });
        texts.push((format!("{language}/{}.md", arranged.slug), imported.text.clone()));
        asides.push((format!("{}.md", arranged.slug), imported));
    }
    if !texts.iter().any(|(file, _)| file.ends_with("/course.md")) {
        texts.push((format!("{language}/course.md"), format!("---\ntitle: {}\n---\n", import::title_of_name(name))));
    }
    texts.push(("course.toml".to_owned(), import::course_toml(name, minutes, today, &asides)));
    if let Err(error) = write::folder(target.folder, &folder, &texts) {
        return refuse_all(finished, &format!("{folder} cannot be written: {error}"), "see to the rights of the folder");
    }
    let file = |(found, arranged, text): (Found, Arranged, Result<Imported, Note>)| match text {
        Ok(imported) => File::brought_in(found.name, format!("{folder}/{language}/{}.md", arranged.slug), imported),
        Err(note) => File::refused(found.name, note),
    };
    finished.into_iter().map(file).collect()
}
