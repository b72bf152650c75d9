//! A scenario: a heading that opens a scene, steps under headings below it, choices as lists of links to steps.

use crate::content::codes;
use crate::content::diagnostic::Diagnostics;
use crate::content::model::Scenario;
use crate::content::model::Step;
use crate::content::model::Turn;
use crate::content::source::Source;
use crate::content::text::Events;
use crate::content::text::block_end;
use crate::content::text::html;
use crate::content::text::inline;
use crate::content::text::is_marked;
use crate::content::text::name;
use pulldown_cmark::Event;
use pulldown_cmark::HeadingLevel;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;
use std::collections::BTreeSet;
use std::ops::Range;

/// A step as it was read: where its heading stands, and what its choices name.
struct Draft {
    step: Step,
    place: Range<usize>,
    targets: Vec<(String, String, Range<usize>)>,
}

/// Reads the scenario whose heading stands at `at`; also says where the text goes on.
pub(super) fn scenario(events: &Events<'_>, at: usize, source: &Source, found: &mut Diagnostics) -> (Option<Scenario>, usize) {
    let place = source.at(events[at].1.clone());
    if !matches!(events[at].0, Event::Start(Tag::Heading { level: HeadingLevel::H2, .. })) {
        found.add(codes::SCENARIO, place.clone(), "a scenario is not at the second level", "start its heading with ##");
    }
    let (opening, mut next) = draft(events, at, source, found);
    let mut drafts = vec![opening];
    while next < events.len() && is_marked(&events[next].0, &["step"]) {
        let (step, end) = draft(events, next, source, found);
        drafts.push(step);
        next = end;
    }
    let mut known = drafts.iter().map(|draft| draft.step.id.clone()).collect::<Vec<_>>();
    for (number, draft) in drafts.iter().enumerate() {
        if draft.step.id.is_empty() {
            found.add(codes::SCENARIO, source.at(draft.place.clone()), "a step has no name", "end its heading with {#name .step}");
        } else if known[..number].contains(&draft.step.id) {
            let message = format!("two steps are named {}", draft.step.id);
            found.add(codes::QUESTION_DUPLICATE, source.at(draft.place.clone()), message, "names are unique in a course");
            known[number] = String::new();
        }
    }
    if drafts[0].targets.is_empty() {
        let help = "end the scene with a list of links to its steps: - [Call back](#called)";
        found.add(codes::SCENARIO, place, "a scenario has no choices", help);
        return (None, next);
    }
    let steps = connect(drafts, &known, source, found);
    (steps.map(|steps| Scenario { id: known.swap_remove(0), steps }), next)
}

/// One step: heading, text, and a list of nothing but links to steps.
fn draft(events: &Events<'_>, at: usize, source: &Source, found: &mut Diagnostics) -> (Draft, usize) {
    let heading = &events[at];
    let mut next = block_end(events, at);
    let title = inline(&events[at..next]);
    let start = next;
    let mut text = Vec::new();
    let mut targets = Vec::new();
    while next < events.len() && !matches!(events[next].0, Event::Start(Tag::Heading { .. })) {
        let end = block_end(events, next);
        match choices(&events[next..end]) {
            Some(list) if targets.is_empty() => targets = list,
            Some(list) => {
                found.add(codes::SCENARIO, source.at(events[next].1.clone()), "a step has two lists of choices", "join them");
                targets.extend(list);
            }
            None => text.extend_from_slice(&events[next..end]),
        }
        next = end;
    }
    if start == next {
        found.add(codes::SCENARIO, source.at(heading.1.clone()), "a step has no text", "say what happens");
    }
    let step = Step { id: name(&heading.0), title, html: html(&text), choices: Vec::new(), good: is_marked(&heading.0, &["good"]) };
    (Draft { step, place: heading.1.clone(), targets }, next)
}

/// The choices of a list whose every item is one link to a place on the page: its words, the name, where it stands.
fn choices(events: &Events<'_>) -> Option<Vec<(String, String, Range<usize>)>> {
    if !matches!(events[0].0, Event::Start(Tag::List(_))) {
        return None;
    }
    let mut found = Vec::new();
    let mut at = 1;
    while at + 1 < events.len() {
        let end = block_end(events, at);
        let item = &events[at + 1..end - 1];
        let link = item.iter().position(|(event, _)| matches!(event, Event::Start(Tag::Link { .. })))?;
        let Event::Start(Tag::Link { dest_url, .. }) = &item[link].0 else { return None };
        let close = block_end(item, link);
        let alone = item[..link]
            .iter()
            .chain(&item[close..])
            .all(|(event, _)| matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)));
        if !alone {
            return None;
        }
        found.push((inline(&item[link + 1..close - 1]), dest_url.strip_prefix('#')?.to_owned(), item[link].1.clone()));
        at = end;
    }
    Some(found)
}

/// Turns names into places, and looks whether everything can be reached and ended.
fn connect(drafts: Vec<Draft>, known: &[String], source: &Source, found: &mut Diagnostics) -> Option<Vec<Step>> {
    let before = found.errors();
    let mut steps = Vec::new();
    let mut places = Vec::new();
    for draft in drafts {
        let mut step = draft.step;
        for (words, target, place) in draft.targets {
            match known.iter().position(|name| *name == target) {
                Some(place) => step.choices.push(Turn { html: words, step: place }),
                None => {
                    let message = format!("no step of this scenario is named {target}");
                    found.add(codes::SCENARIO_STEP, source.at(place), message, "use the {#name} of one of its ### headings");
                }
            }
        }
        if step.choices.len() == 1 {
            let message = "a step leaves only one choice";
            found.add(codes::SCENARIO, source.at(draft.place.clone()), message, "give two or three, or write what follows into the step");
        }
        steps.push(step);
        places.push(draft.place);
    }
    let reached = spread(vec![0], |number| steps[number].choices.iter().map(|turn| turn.step).collect());
    for (number, place) in places.iter().enumerate().filter(|(number, _)| !reached.contains(number)) {
        let message = format!("no choice leads to {}", steps[number].id);
        found.add(codes::SCENARIO_UNREACHABLE, source.at(place.clone()), message, "link to it from a step that can be reached");
    }
    let leads = |from: usize, to: usize| steps[from].choices.iter().any(|turn| turn.step == to);
    let endings = (0..steps.len()).filter(|number| steps[*number].choices.is_empty()).collect::<Vec<_>>();
    let ending = spread(endings, |to| (0..steps.len()).filter(|from| leads(*from, to)).collect());
    for (number, place) in places.iter().enumerate().filter(|(number, _)| !ending.contains(number)) {
        let message = format!("no way leads from {} to an ending", steps[number].id);
        found.add(codes::SCENARIO_ENDING, source.at(place.clone()), message, "let a choice lead to a step without choices");
    }
    let good = |number: &usize| steps[*number].choices.is_empty() && steps[*number].good;
    if !reached.iter().any(good) {
        found.add(codes::SCENARIO_ENDING, source.at(places[0].clone()), "no ending is a good one", "mark one with {#name .step .good}");
    }
    (found.errors() == before).then_some(steps)
}

/// All steps that can be reached from some, by the ways that `onward` names.
fn spread(from: Vec<usize>, onward: impl Fn(usize) -> Vec<usize>) -> BTreeSet<usize> {
    let mut reached = BTreeSet::from_iter(from.iter().copied());
    let mut waiting = from;
    while let Some(number) = waiting.pop() {
        waiting.extend(onward(number).into_iter().filter(|next| reached.insert(*next)));
    }
    reached
}
