//! A question: a heading that asks, a task list that answers, a quote under each answer, a quote after the list.

use crate::content::codes;
use crate::content::diagnostic::Diagnostics;
use crate::content::model::Choice;
use crate::content::model::Question;
use crate::content::source::Source;
use crate::content::text::Events;
use crate::content::text::attribute;
use crate::content::text::block_end;
use crate::content::text::html;
use crate::content::text::inline;
use crate::content::text::is_marked;
use crate::content::text::name;
use pulldown_cmark::Event;
use pulldown_cmark::Tag;

/// Reads the question whose heading stands at `at`; also says where the text goes on.
pub(super) fn question(events: &Events<'_>, at: usize, source: &Source, found: &mut Diagnostics) -> (Option<Question>, usize) {
    let heading = &events[at];
    let mut next = block_end(events, at);
    let mut question = Question {
        id: name(&heading.0),
        prompt: inline(&events[at..next]),
        scene: String::new(),
        choices: Vec::new(),
        explanation: String::new(),
        critical: is_marked(&heading.0, &["critical"]),
        partial: is_marked(&heading.0, &["partial"]),
        topic: attribute(&heading.0, "topic"),
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
    let mut rest = next;
    while rest < events.len() && !matches!(events[rest].0, Event::Start(Tag::Heading { .. })) {
        if is_task_list(events, rest) {
            let help = "put all answers into one list, with the same sign - before each, and nothing between them";
            found.add(codes::QUESTION_CHOICES, source.at(events[rest].1.clone()), "a question has a second list of answers", help);
        }
        rest = block_end(events, rest);
    }
    let place = source.at(heading.1.clone());
    if question.prompt.is_empty() {
        found.add(codes::QUESTION_CHOICES, place.clone(), "a question asks nothing", "write the question before its braces");
    }
    if question.id.is_empty() {
        found.add(codes::QUESTION_ID, place.clone(), "a question has no name", "end its heading with {#name .question}");
    }
    if question.choices.len() < 2 {
        let help = "give a list of answers, each starting with - [ ] or - [x]";
        found.add(codes::QUESTION_CHOICES, place, format!("a question has {} answer(s)", question.choices.len()), help);
    } else if !question.choices.iter().any(|choice| choice.right) {
        found.add(codes::QUESTION_ANSWER, place, "no answer is right", "mark the right answers with [x]");
    }
    (Some(question), next)
}

fn choices(events: &Events<'_>, source: &Source, found: &mut Diagnostics) -> Vec<Choice> {
    let mut choices = Vec::new();
    let mut at = 0;
    while at < events.len() {
        let end = block_end(events, at);
        let item = &events[at..end];
        let place = source.at(item[0].1.clone());
        let marker = item.iter().position(|(event, _)| matches!(event, Event::TaskListMarker(_)));
        let Some(marker) = marker else {
            found.add(codes::QUESTION_CHOICES, place, "an answer has no box", "start it with - [ ] or - [x]");
            at = end;
            continue;
        };
        let quote = item.iter().position(|(event, _)| matches!(event, Event::Start(Tag::BlockQuote(_))));
        let words = &item[marker + 1..quote.unwrap_or(item.len() - 1)];
        let feedback = quote.map(|start| html(&item[start + 1..block_end(item, start) - 1])).unwrap_or_default();
        if feedback.is_empty() {
            let help = "say why it is right or wrong, in an indented quote below it";
            found.add(codes::QUESTION_FEEDBACK, place, "an answer has no feedback", help);
        }
        let answer = inline(words);
        if answer.is_empty() {
            found.add(codes::QUESTION_CHOICES, source.at(item[0].1.clone()), "an answer has no words", "write them after its box");
        }
        if choices.iter().any(|other: &Choice| other.html == answer) {
            found.add(
                codes::QUESTION_CHOICES,
                source.at(item[0].1.clone()),
                "two answers have the same words",
                "let each say something else",
            );
        }
        choices.push(Choice { html: answer, right: matches!(item[marker].0, Event::TaskListMarker(true)), feedback });
        at = end;
    }
    choices
}

fn is_task_list(events: &Events<'_>, at: usize) -> bool {
    let boxed = |event: &Event<'_>| matches!(event, Event::TaskListMarker(_));
    matches!(events[at].0, Event::Start(Tag::List(_))) && events[at..].iter().take(4).any(|(event, _)| boxed(event))
}
