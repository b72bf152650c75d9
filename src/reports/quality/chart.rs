//! Charts as places in an SVG: widths in per cent of its own, heights in pixels, so that nothing is stretched on any screen. The
//! template `reports/chart` draws them.

use crate::reports::quality::measured::Found;
use crate::reports::quality::measured::Opinion;
use crate::reports::quality::statistics;
use crate::reports::quality::statistics::EASY;
use crate::reports::quality::statistics::HARD;
use serde::Serialize;

/// The height of one bar with the space to the next.
const ROW: usize = 26;
/// The height of the bar with an interval and the names of its limits.
const HEAD: usize = 50;

/// A chart.
#[derive(Clone, Serialize)]
pub(super) struct Chart {
    /// Names it in the page.
    pub id: String,
    /// The same in words.
    pub words: String,
    pub height: usize,
    /// The share that is right, with its interval and the limits beyond which a question is marked.
    pub head: Option<Head>,
    pub bars: Vec<Bar>,
}

/// A share with its interval.
#[derive(Clone, Serialize)]
pub(super) struct Head {
    pub share: String,
    pub low: String,
    pub high: String,
    pub hard: i64,
    pub easy: i64,
}

/// One bar.
#[derive(Clone, Serialize)]
pub(super) struct Bar {
    pub label: String,
    pub width: String,
    pub y: usize,
    /// Where the label stands.
    pub line: usize,
    /// `right`, `wrong` or `voice`.
    pub mark: &'static str,
}

/// A share in per cent, for an attribute.
fn width(share: f64) -> String {
    format!("{:.2}", share * 100.0)
}

fn bar(number: usize, top: usize, label: String, share: f64, mark: &'static str) -> Bar {
    let y = top + number * ROW;
    Bar { label, width: width(share), y, line: y + 14, mark }
}

/// The letter that names an answer: A for the first.
pub(super) fn letter(place: usize) -> String {
    let letter = u8::try_from(place).ok().filter(|place| *place < 26).map(|place| char::from(b'A' + place));
    letter.map_or_else(|| (place + 1).to_string(), String::from)
}

impl Chart {
    /// How many are right, and who chooses which answer. `key` says of each answer whether it is right.
    pub(super) fn of_question(id: String, words: String, found: &Found, key: &[bool]) -> Self {
        let share = |place| statistics::part_of(found.counts.chosen.get(place).copied().unwrap_or(0), found.counts.answers);
        let bars = key.iter().enumerate().map(|(place, right)| {
            let label = if *right { format!("✓ {}", letter(place)) } else { letter(place) };
            bar(place, HEAD, label, share(place), if *right { "right" } else { "wrong" })
        });
        let head =
            Head { share: width(found.right.share), low: width(found.right.low), high: width(found.right.high), hard: HARD, easy: EASY };
        Self { id, words, height: HEAD + key.len() * ROW, head: Some(head), bars: bars.collect() }
    }

    /// How often each answer of the survey was given.
    pub(super) fn of_opinion(id: String, words: String, opinion: &Opinion) -> Self {
        let voices = opinion.voices();
        let bars = opinion
            .counts
            .iter()
            .enumerate()
            .map(|(number, (answer, count))| bar(number, 0, answer.to_string(), statistics::part_of(*count, voices), "voice"));
        Self { id, words, height: opinion.counts.len() * ROW, head: None, bars: bars.collect() }
    }
}
