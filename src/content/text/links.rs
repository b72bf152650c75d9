//! Where a text leads: links to the web, to other texts, to its own headings, and to pictures and videos beside it.

use crate::content::codes;
use crate::content::diagnostic::Diagnostics;
use crate::content::diagnostic::Place;
use crate::content::source::Source;
use crate::content::text::Around;
use crate::content::text::Events;
use crate::content::text::block_end;
use crate::content::text::is_marked;
use crate::content::text::name;
use crate::content::text::words;
use crate::kit::markdown;
use pulldown_cmark::CowStr;
use pulldown_cmark::Event;
use pulldown_cmark::Tag;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

/// A link inside the content folder.
pub(in crate::content) struct Reference {
    /// The file it names, below the content folder; none outside of it.
    file: Option<String>,
    /// The heading it names.
    anchor: Option<String>,
    /// As it is written.
    written: String,
    place: Place,
}

/// Words that do not say where a link leads.
const EMPTY_WORDS: [&str; 20] = [
    "here",
    "click here",
    "click",
    "this",
    "this link",
    "link",
    "more",
    "read more",
    "this page",
    "page",
    "see here",
    "tại đây",
    "ở đây",
    "đây",
    "bấm vào đây",
    "nhấn vào đây",
    "xem thêm",
    "liên kết",
    "liên kết này",
    "trang này",
];

/// The links of a text that lead to texts; reports those that lead nowhere good, or do not say where.
pub(super) fn references(events: &Events<'_>, source: &Source, found: &mut Diagnostics) -> Vec<Reference> {
    let steps: BTreeSet<String> =
        events.iter().filter(|(event, _)| is_marked(event, &["step", "scenario"])).map(|(event, _)| name(event)).collect();
    let mut references = Vec::new();
    for (at, (event, range)) in events.iter().enumerate() {
        let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
        let place = source.at(range.clone());
        let text = words(&events[at..block_end(events, at)]);
        let plain = text.trim().trim_end_matches(['.', ':', '!']).to_lowercase();
        if plain.is_empty() || EMPTY_WORDS.contains(&plain.as_str()) {
            let message = format!("the words {:?} do not say where the link leads", text.trim());
            found.add(codes::LINK_TEXT, place.clone(), message, "name what is found there");
        }
        if markdown::is_safe_link(dest_url) && !dest_url.starts_with('#') {
            continue;
        }
        if !dest_url.starts_with('#') && !is_relative(dest_url) {
            let shown: String = dest_url.chars().take(80).collect();
            let help = "use https:, mailto:, tel:, a #place on the same page or the path of another text";
            found.add(codes::LINK_SCHEME, place, format!("a link may not lead to {shown:?}"), help);
            continue;
        }
        let (path, anchor) = dest_url.split_once('#').map_or((&**dest_url, None), |(path, anchor)| (path, Some(anchor.to_owned())));
        if path.is_empty() && anchor.as_ref().is_some_and(|anchor| steps.contains(anchor)) {
            continue;
        }
        let file = if path.is_empty() { Some(source.file.clone()) } else { below(&source.file, path) };
        references.push(Reference { file, anchor, written: dest_url.to_string(), place });
    }
    references
}

/// Looks whether all links inside the folder lead somewhere; `texts` holds the names of headings by file.
pub(in crate::content) fn check(references: &[Reference], texts: &BTreeMap<String, BTreeSet<String>>, found: &mut Diagnostics) {
    for reference in references {
        let shown: String = reference.written.chars().take(80).collect();
        let Some(anchors) = reference.file.as_ref().and_then(|file| texts.get(file)) else {
            let help = "the path is relative to this file, as in 02-passwords.md or ../../../policies/clear-desk/en.md";
            found.add(codes::LINK_DEAD, reference.place.clone(), format!("{shown} is no text of this folder"), help);
            continue;
        };
        if let Some(anchor) = reference.anchor.as_ref().filter(|anchor| !anchors.contains(*anchor)) {
            let help = format!("end the heading that is meant with {{#{}}}", anchor.chars().take(40).collect::<String>());
            found.add(codes::LINK_DEAD, reference.place.clone(), format!("{shown} names no heading there"), help);
        }
    }
}

/// Whether a target is a path below or beside a file.
fn is_relative(target: &str) -> bool {
    let scheme = target.split(['/', '#', '?']).next().is_some_and(|start| start.contains(':'));
    !target.is_empty() && !scheme && !target.starts_with(['/', '\\', '?'])
}

/// The path that a target names as seen from a file; none outside the content folder.
fn below(file: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The events with the addresses that pages need: of texts, of pictures and videos.
pub(super) fn resolved<'a>(
    events: Vec<(Event<'a>, Range<usize>)>,
    source: &Source,
    around: &Around<'_>,
    found: &mut Diagnostics,
) -> Vec<(Event<'a>, Range<usize>)> {
    let alts: Vec<bool> = (0..events.len())
        .map(|at| {
            let is_picture = matches!(events[at].0, Event::Start(Tag::Image { .. }));
            is_picture && words(&events[at..block_end(&events, at)]).trim().is_empty()
        })
        .collect();
    let resolve = |(at, (event, range)): (usize, (Event<'a>, Range<usize>))| {
        let event = match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url =
                    if is_relative(&dest_url) && !dest_url.starts_with('#') { address(&source.file, &dest_url) } else { dest_url };
                Event::Start(Tag::Link { link_type, dest_url, title, id })
            }
            Event::Start(Tag::Image { link_type, dest_url, id, .. }) => {
                if alts[at] {
                    let help = "write between the brackets what it shows";
                    found.add(codes::PICTURE_ALT, source.at(range.clone()), "a picture has no words", help);
                }
                let path = if is_relative(&dest_url) { below(&source.file, &dest_url) } else { None };
                let (dest_url, title) = around.assets.address(path.as_deref(), &dest_url, around.language, source.at(range.clone()), found);
                Event::Start(Tag::Image { link_type, dest_url: dest_url.into(), title: title.into(), id })
            }
            other => other,
        };
        (event, range)
    };
    events.into_iter().enumerate().map(resolve).collect()
}

/// The address of a text's page, by the path of its file.
fn address<'a>(file: &str, target: &str) -> CowStr<'a> {
    let (path, anchor) = target.split_once('#').map_or((target, String::new()), |(path, anchor)| (path, format!("#s-{anchor}")));
    let path = below(file, path).unwrap_or_default();
    match path.trim_end_matches(".md").split('/').collect::<Vec<_>>()[..] {
        ["policies", policy, _] => format!("/policies/{policy}{anchor}").into(),
        ["courses", course, _, part] => format!("/go/courses/{course}/{part}{anchor}").into(),
        _ => CowStr::Borrowed(""),
    }
}
