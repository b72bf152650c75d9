//! How long a text takes to read, and how hard it is.

use crate::content::text::Events;
use crate::content::text::block_end;
use crate::content::text::is_marked;
use crate::content::text::words;
use pulldown_cmark::Event;
use pulldown_cmark::Tag;

/// Fewer words say nothing about how hard a text is.
const MIN_WORDS: usize = 100;

/// What was counted in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measure {
    /// Words outside questions and code; in Vietnamese, syllables.
    pub words: usize,
    /// Questions.
    pub questions: usize,
    /// Words in paragraphs and lists, outside code and tables.
    prose: usize,
    /// Sentences of the prose.
    sentences: usize,
    /// Syllables of the prose, if it were English.
    syllables: usize,
    /// Letters of the prose.
    letters: usize,
}

impl Measure {
    /// Minutes: 200 words or 250 Vietnamese syllables a minute, half a minute a question.
    pub fn minutes(&self, language: &str) -> f64 {
        let pace = if language == "vi" { 250.0 } else { 200.0 };
        count(self.words) / pace + count(self.questions) / 2.0
    }

    /// Minutes that a quiz takes which asks so many questions.
    pub fn quiz_minutes(questions: usize) -> f64 {
        count(questions) / 2.0
    }

    /// Who published the measure of how hard it is to read a language, and when.
    pub fn method(language: &str) -> Option<&'static str> {
        match language {
            "en" => Some("Flesch-Kincaid, 1975"),
            "vi" => Some("Nguyen and Henkin, 1982"),
            _ => None,
        }
    }

    /// How hard it is to read, as a school grade: Flesch-Kincaid (1975) for English, Nguyen and Henkin (1982) for Vietnamese.
    /// None for other languages and for texts that are too short to tell.
    pub fn level(&self, language: &str) -> Option<f64> {
        if self.prose < MIN_WORDS || self.sentences == 0 {
            return None;
        }
        let per_sentence = count(self.prose) / count(self.sentences);
        match language {
            "en" => Some(0.39 * per_sentence + 11.8 * count(self.syllables) / count(self.prose) - 15.59),
            "vi" => Some(2.0 * count(self.letters) / count(self.prose) + 0.2 * per_sentence - 6.0),
            _ => None,
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "nobody writes 2^53 words")]
const fn count(number: usize) -> f64 {
    number as f64
}

pub(super) fn measure(events: &Events<'_>) -> Measure {
    let mut measure = Measure::default();
    let mut in_question = false;
    let mut at = 0;
    while at < events.len() {
        let end = block_end(events, at);
        let block = &events[at..end];
        if matches!(block[0].0, Event::Start(Tag::Heading { .. })) {
            in_question = is_marked(&block[0].0, &["question"]);
            measure.questions += usize::from(in_question);
        }
        // What follows a question's list and quote is text again.
        let is_code = matches!(block[0].0, Event::Start(Tag::CodeBlock(_) | Tag::MetadataBlock(_)));
        if !in_question && !is_code {
            measure.words += words(block).split_whitespace().count();
            prose(block, &mut measure);
        }
        if in_question && matches!(block[0].0, Event::Start(Tag::BlockQuote(None))) {
            in_question = false;
        }
        at = end;
    }
    measure
}

/// Counts the paragraphs and list items of a block; each ends a sentence.
fn prose(block: &Events<'_>, measure: &mut Measure) {
    let is_prose = |event: &Event<'_>| matches!(event, Event::Start(Tag::Paragraph | Tag::Item));
    let mut at = 0;
    while at < block.len() {
        let tight = matches!(block[at].0, Event::Start(Tag::Item))
            && !block[at..block_end(block, at)].iter().any(|(event, _)| matches!(event, Event::Start(Tag::Paragraph)));
        if !is_prose(&block[at].0) || matches!(block[at].0, Event::Start(Tag::Item)) && !tight {
            at += 1;
            continue;
        }
        let end = block_end(block, at);
        let text = words(&block[at..end]);
        let mut open = false;
        for word in text.split_whitespace() {
            let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
            if letters == 0 {
                continue;
            }
            measure.prose += 1;
            measure.letters += letters;
            measure.syllables += syllables(word);
            open = true;
            if word.trim_end_matches(['"', '”', '’', ')', '*']).ends_with(['.', '!', '?', '…', ':', ';']) {
                measure.sentences += 1;
                open = false;
            }
        }
        measure.sentences += usize::from(open);
        at = end;
    }
}

/// Syllables of an English word: groups of vowels, without a silent end.
fn syllables(word: &str) -> usize {
    let word: String = word.chars().filter(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let is_vowel = |letter: char| "aeiouy".contains(letter);
    let mut groups = 0;
    let mut before = false;
    for letter in word.chars() {
        groups += usize::from(is_vowel(letter) && !before);
        before = is_vowel(letter);
    }
    let letters: Vec<char> = word.chars().rev().take(3).collect();
    let silent = match letters[..] {
        ['e', 'l', third] => is_vowel(third),
        ['e', second, ..] => !is_vowel(second),
        ['d', 'e', third] => !"td".contains(third) && !is_vowel(third),
        ['s', 'e', third] => !"sxz".contains(third) && !is_vowel(third) && !word.ends_with("ches") && !word.ends_with("shes"),
        _ => false,
    };
    (groups - usize::from(silent && groups > 1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_as_they_are_spoken() {
        for (word, wanted) in [
            ("the", 1),
            ("made", 1),
            ("table", 2),
            ("passwords", 2),
            ("report", 2),
            ("security", 4),
            ("asked", 1),
            ("wanted", 2),
            ("machine", 2),
            ("boxes", 2),
            ("times", 1),
            ("organisation", 5),
            ("e-mail", 2),
            ("I", 1),
            ("xyz", 1),
        ] {
            assert_eq!(syllables(word), wanted, "{word}");
        }
    }
}
