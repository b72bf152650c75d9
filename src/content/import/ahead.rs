//! Looks ahead in a text without ever reading a stretch of it twice for the same thing.

use std::collections::HashMap;

/// Where things occur next. Asked with places that only go up, all answers together cost one pass over the text.
pub(super) struct Ahead<'a> {
    text: &'a str,
    next: HashMap<&'static str, Option<usize>>,
    /// For each run of backquotes, by its length: where such runs start.
    ticks: Option<HashMap<usize, Vec<usize>>>,
}

impl<'a> Ahead<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, next: HashMap::new(), ticks: None }
    }

    /// Where `needle` occurs next, at or after `from`.
    pub(super) fn find(&mut self, needle: &'static str, from: usize) -> Option<usize> {
        match self.next.get(needle) {
            Some(None) => None,
            Some(Some(place)) if *place >= from => Some(*place),
            _ => {
                let place = self.text.get(from..).and_then(|rest| rest.find(needle)).map(|place| place + from);
                self.next.insert(needle, place);
                place
            }
        }
    }

    /// The end of the code span that opens at `at`, where a backquote stands.
    pub(super) fn code_end(&mut self, at: usize) -> Option<usize> {
        let length = run(self.text, at);
        let ticks = self.ticks.get_or_insert_with(|| {
            let mut ticks: HashMap<usize, Vec<usize>> = HashMap::new();
            let mut place = 0;
            while let Some(next) = self.text[place..].find('`') {
                let length = run(self.text, place + next);
                ticks.entry(length).or_default().push(place + next);
                place += next + length;
            }
            ticks
        });
        let starts = ticks.get(&length)?;
        let next = starts.partition_point(|start| *start <= at);
        starts.get(next).map(|start| start + length)
    }
}

/// How many backquotes stand at a place.
pub(super) fn run(text: &str, at: usize) -> usize {
    text[at..].bytes().take_while(|byte| *byte == b'`').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_spans_end_at_a_run_of_the_same_length() {
        let text = "a `b` ``c ` d`` `e";
        let mut ahead = Ahead::new(text);
        assert_eq!(ahead.code_end(2), Some(5));
        assert_eq!(ahead.code_end(6), Some(15));
        assert_eq!(ahead.code_end(16), None);
        assert_eq!(ahead.find("d", 0), Some(12));
        assert_eq!(ahead.find("d", 13), None);
    }
}
