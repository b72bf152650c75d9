//! A question: a heading that asks, a task list that answers, a quote under each answer, a quote after the list.

use crate::content::diagnostic::Diagnostics;
use crate::content::diagnostic::Place;
use crate::content::document::Events;
use crate::content::document::block_end;
use crate::content::document::is_end_of_heading;
use crate::content::folder::Source;
use crate::content::model::Choice;
use crate::content::model::Question;
use crate::kit::markdown;
use pulldown_cmark::Event;
use pulldown_cmark::Tag;

/// Reads the question whose heading stands at `at`; also says where the text goes on.
pub(super) fn question(events: &Events<'_>, at: usize, source: &Source, found: &mut Diagnostics) -> (Option<Question>, usize) {
    let place = Place { file: &source.file, line: source.line(events[at].1.start) };
    let mut next = block_end(events, at);
    let Event::Start(Tag::Heading { id, classes, attrs, .. }) = &events[at].0 else { return (None, next) };
    let mut question = Question {
        id: id.as_deref().unwrap_or_default().to_owned(),
        prompt: inline(&events[at..next]),
        scene: String::new(),
        choices: Vec::new(),
        explanation: String::new(),
        critical: classes.iter().any(|class| &**class == "critical"),
        topic: attrs.iter().find(|(name, _)| &**name == "topic").and_then(|(_, value)| Some(value.as_deref()?.to_owned())),
    };
    let scene = next;
    while next < events.len() && !matches!(events[next].0, Event::Start(Tag::Heading { .. })) && !is_task_list(events, next) {
        next = block_end(events, next);
    }
    question.scene = html(&events[scene..next]);
    if next < events.len() && is_task_list(events, next) {
        let end = block_end(events, next);
        question.choices = choices(&events[next + 1..end - 1], source, found);
        next = end;
    }
    if matches!(events.get(next), Some((Event::Start(Tag::BlockQuote(None)), _))) {
        let end = block_end(events, next);
        question.explanation = html(&events[next + 1..end - 1]);
        next = end;
    }
    check(&question, &place, found);
    (Some(question), next)
}

fn check(question: &Question, place: &Place<'_>, found: &mut Diagnostics) {
    if question.id.is_empty() {
        found.add("question-id", place, "a question has no name", "end its heading with {#name .question}");
    }
    if question.choices.len() < 2 {
        let help = "give a list of answers, each starting with - [ ] or - [x]";
        found.add("question-choices", place, format!("a question has {} answer(s)", question.choices.len()), help);
    } else if !question.choices.iter().any(|choice| choice.right) {
        found.add("question-answer", place, "no answer is right", "mark the right answers with [x]");
    }
}

fn choices(events: &Events<'_>, source: &Source, found: &mut Diagnostics) -> Vec<Choice> {
    let mut choices = Vec::new();
    let mut at = 0;
    while at < events.len() {
        let end = block_end(events, at);
        let item = &events[at..end];
        let place = Place { file: &source.file, line: source.line(item[0].1.start) };
        let marker = item.iter().position(|(event, _)| matches!(event, Event::TaskListMarker(_)));
        let Some(marker) = marker else {
            found.add("question-choices", &place, "an answer has no box", "start it with - [ ] or - [x]");
            at = end;
            continue;
        };
        let quote = item.iter().position(|(event, _)| matches!(event, Event::Start(Tag::BlockQuote(_))));
        let words = &item[marker + 1..quote.unwrap_or(item.len() - 1)];
        let feedback = quote.map(|start| html(&item[start + 1..block_end(item, start) - 1])).unwrap_or_default();
        if feedback.is_empty() {
            found.add(
                "question-feedback",
                &place,
                "an answer has no feedback",
                "say why it is right or wrong, in an indented quote below it",
            );
        }
        choices.push(Choice { html: inline(words), right: matches!(item[marker].0, Event::TaskListMarker(true)), feedback });
        at = end;
    }
    choices
}

fn is_task_list(events: &Events<'_>, at: usize) -> bool {
    let boxed = |event: &Event<'_>| matches!(event, Event::TaskListMarker(_));
    matches!(events[at].0, Event::Start(Tag::List(_))) && events[at..].iter().take(4).any(|(event, _)| boxed(event))
}

fn html(events: &Events<'_>) -> String {
    markdown::to_html(events.iter().map(|(event, _)| event.clone()))
}

/// The words alone, without the heading or the paragraph around them.
fn inline(events: &Events<'_>) -> String {
    use pulldown_cmark::TagEnd;
    let words = events.iter().map(|(event, _)| event).filter(|event| {
        !is_end_of_heading(event) && !matches!(event, Event::Start(Tag::Heading { .. } | Tag::Paragraph) | Event::End(TagEnd::Paragraph))
    });
    markdown::to_html(words.cloned()).trim().to_owned()
}
