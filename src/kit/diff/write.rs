//! The comparison as HTML: the elements of the new text, and between them what the old one had.

use crate::kit::diff::Comparison;
use crate::kit::diff::Labels;
use crate::kit::diff::align::Pair;
use crate::kit::diff::parse::Element;
use crate::kit::diff::parse::Leaf;
use crate::kit::diff::parse::Word;
use similar::Algorithm;
use similar::ChangeTag;
use similar::capture_diff_slices_deadline;
use std::collections::HashMap;
use std::time::Instant;

pub(super) fn write(old: &[Leaf], new: &[Leaf], pairs: &[Pair], labels: &Labels, deadline: Option<Instant>) -> Comparison {
    let mut counterpart: HashMap<usize, usize> = HashMap::new();
    for (a, b) in pairs.iter().filter_map(|(a, b)| Some(((*a)?, (*b)?))) {
        for (a, b) in old[a].path.iter().zip(&new[b].path) {
            if a.name == b.name {
                counterpart.entry(a.number).or_insert(b.number);
            }
        }
    }
    let mut writer = Writer { html: String::new(), open: Vec::new(), labels, deadline, added: 0, removed: 0 };
    for pair in pairs {
        match *pair {
            (a, Some(b)) => {
                writer.enter(new[b].path.clone());
                let before = a.map_or(&[][..], |a| &old[a].words);
                writer.words(before, &new[b].words, a.is_some());
            }
            (Some(a), None) => {
                writer.enter(in_new_text(&old[a].path, &counterpart));
                writer.words(&old[a].words, &[], false);
            }
            (None, None) => {}
        }
    }
    writer.enter(Vec::new());
    Comparison { html: writer.html, added: writer.added, removed: writer.removed }
}

/// Where a run of the old text stands among the elements of the new one. The innermost element goes with its words.
fn in_new_text(path: &[Element], counterpart: &HashMap<usize, usize>) -> Vec<Element> {
    let mut known = true;
    let last = path.len().saturating_sub(1);
    let place = |(depth, element): (usize, &Element)| {
        let number = counterpart.get(&element.number).copied().filter(|_| known && depth < last);
        known = number.is_some();
        // Numbers of the old text are moved out of the way; its names are not repeated.
        let start = if number.is_some() || !element.start.contains(" id=") { element.start.clone() } else { format!("<{}>", element.name) };
        Element { number: number.unwrap_or(usize::MAX - element.number), start, name: element.name.clone() }
    };
    path.iter().enumerate().map(place).collect()
}

struct Writer<'a> {
    html: String,
    open: Vec<Element>,
    labels: &'a Labels,
    deadline: Option<Instant>,
    added: usize,
    removed: usize,
}

impl Writer<'_> {
    /// Closes and opens elements until these are open. A run in the same element as the one before goes on in it.
    fn enter(&mut self, path: Vec<Element>) {
        let same = self.open.iter().zip(&path).take_while(|(a, b)| a.name == b.name && a.number == b.number).count();
        for element in self.open.drain(same..).rev() {
            self.html.push_str(&format!("</{}>", element.name));
        }
        for element in &path[same..] {
            self.html.push_str(&element.start);
        }
        self.open = path;
    }

    /// Writes words, with what changed in them marked.
    fn words(&mut self, old: &[Word], new: &[Word], both: bool) {
        let mut runs: Vec<(ChangeTag, Vec<&Word>)> = Vec::new();
        let mut push = |tag, word| match runs.last_mut() {
            Some((last, words)) if *last == tag => words.push(word),
            _ => runs.push((tag, vec![word])),
        };
        if both {
            let key = |words: &[Word]| words.iter().map(|word| (word.text.trim_end().to_owned(), word.marks.clone())).collect::<Vec<_>>();
            for op in capture_diff_slices_deadline(Algorithm::Myers, &key(old), &key(new), self.deadline) {
                for place in op.old_range().filter(|_| op.tag() != similar::DiffTag::Equal) {
                    push(ChangeTag::Delete, &old[place]);
                }
                let tag = if op.tag() == similar::DiffTag::Equal { ChangeTag::Equal } else { ChangeTag::Insert };
                op.new_range().for_each(|place| push(tag, &new[place]));
            }
        } else {
            old.iter().for_each(|word| push(ChangeTag::Delete, word));
            new.iter().for_each(|word| push(ChangeTag::Insert, word));
        }
        let count = |words: &[&Word]| words.iter().filter(|word| word.counts()).count();
        for (at, (tag, words)) in runs.iter().enumerate() {
            let html = marked(words);
            let text = html.trim_end();
            let hidden = |label: &str| format!("<span class=\"visually-hidden\">{label}</span>");
            let end = hidden(&self.labels.end);
            match tag {
                ChangeTag::Equal => self.html.push_str(&html),
                ChangeTag::Delete => {
                    self.removed += count(words);
                    self.html.push_str(&format!("<del>{}{text}{end}</del>", hidden(&self.labels.removed)));
                }
                ChangeTag::Insert => {
                    self.added += count(words);
                    self.html.push_str(&format!("<ins>{}{text}{end}</ins>", hidden(&self.labels.added)));
                }
            }
            if *tag != ChangeTag::Equal && at + 1 < runs.len() {
                self.html.push(' ');
            }
        }
    }
}

/// Words with their marks, opened and closed as they change.
fn marked(words: &[&Word]) -> String {
    let mut html = String::new();
    let mut open: &[String] = &[];
    let name = |start: &str| start.trim_start_matches('<').split([' ', '>']).next().unwrap_or_default().to_owned();
    let close = |html: &mut String, open: &[String], from: usize| {
        let blanks = html.len() - html.trim_end().len();
        let tail = html.split_off(html.len() - blanks);
        for start in open[from..].iter().rev() {
            html.push_str(&format!("</{}>", name(start)));
        }
        html.push_str(&tail);
    };
    for word in words {
        let same = open.iter().zip(&word.marks).take_while(|(a, b)| a == b).count();
        if same < open.len() {
            close(&mut html, open, same);
        }
        for start in &word.marks[same..] {
            html.push_str(start);
        }
        html.push_str(&word.text);
        open = &word.marks;
    }
    if !open.is_empty() {
        close(&mut html, open, 0);
    }
    html
}
