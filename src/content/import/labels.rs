//! The labels of lists that CommonMark does not know: `(a)`, `a.`, `iv)`, `(1)`, `#.`, `(@)`.

/// A label and the words behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label<'a> {
    /// As written, with its point or brackets.
    pub text: &'a str,
    /// What follows.
    pub rest: &'a str,
}

/// What a label counts with, and which place it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Count {
    /// The places it may have: `i` is the ninth letter and the first number of the Romans.
    places: Vec<usize>,
    /// The brackets or points around it.
    around: (String, String),
}

impl Count {
    /// Whether a label has one of the places.
    pub(super) fn is(&self, label: &Label<'_>) -> bool {
        label.count().is_some_and(|other| other.around == self.around && other.places.iter().any(|place| self.places.contains(place)))
    }
}

impl Label<'_> {
    fn count(&self) -> Option<Count> {
        let inner = self.text.trim_matches(['(', ')', '.']);
        let start = self.text.find(inner)?;
        let around = (self.text[..start].to_owned(), self.text[start + inner.len()..].to_owned());
        let lower = inner.to_ascii_lowercase();
        let mut places = Vec::new();
        if inner == "#" || inner.starts_with('@') {
            return Some(Count { places: vec![0], around });
        }
        if let (1, Some(letter)) = (lower.len(), lower.bytes().next().filter(u8::is_ascii_lowercase)) {
            places.push(usize::from(letter - b'a') + 1);
        }
        // Kept apart from letters, so that (h) is not followed by (ii).
        places.extend(roman(&lower).map(|place| place + 1000));
        places.extend(inner.parse::<usize>().ok().filter(|place| *place < 1000).map(|place| place + 2000));
        (!places.is_empty()).then_some(Count { places, around })
    }

    /// Whether a list can start with it.
    pub(super) fn is_first(&self) -> bool {
        self.count().is_some_and(|count| count.places.iter().any(|place| place % 1000 == 1))
    }

    /// What the next label counts.
    pub(super) fn next(&self) -> Option<Count> {
        let mut count = self.count()?;
        for place in &mut count.places {
            *place += usize::from(*place > 0);
        }
        Some(count)
    }
}

/// The label that a text starts with.
pub(super) fn read(text: &str) -> Option<Label<'_>> {
    let (label, rest) = text.split_once([' ', '\t']).unwrap_or((text, ""));
    let rest_spaces = rest.starts_with(' ');
    let rest = rest.trim_start();
    if label.len() > 40 || rest.is_empty() {
        return None;
    }
    let inner = label.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    let is_label = match inner {
        // A sign of copyright is no label.
        Some("c" | "C") if rest.starts_with(|first: char| first.is_ascii_digit()) => false,
        Some(inner) => is_counter(inner) || inner.starts_with('@') || inner.parse::<u16>().is_ok_and(|_| inner.len() < 4),
        None => match label.strip_suffix(['.', ')']) {
            Some("#") => true,
            // One capital letter and a point may be somebody's initial.
            Some(inner) if inner.starts_with(|first: char| first.is_ascii_uppercase()) && label.ends_with('.') => {
                is_counter(inner) && rest_spaces
            }
            Some(inner) => is_counter(inner),
            None => false,
        },
    };
    is_label.then_some(Label { text: label, rest })
}

/// A letter, or a number of the Romans.
fn is_counter(inner: &str) -> bool {
    let is_letter = inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_even = inner == inner.to_ascii_lowercase() || inner == inner.to_ascii_uppercase();
    is_letter || (is_even && roman(&inner.to_ascii_lowercase()).is_some())
}

/// The first fifty numbers of the Romans; longer ones are words more often.
fn roman(text: &str) -> Option<usize> {
    let tens = ["", "x", "xx", "xxx", "xl"];
    let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let numbers =
        tens.iter().enumerate().flat_map(|(ten, start)| ones.iter().enumerate().map(move |(one, end)| (ten * 10 + one, start, end)));
    numbers.filter(|(number, ..)| *number > 0).find(|(_, start, end)| text.strip_prefix(*start) == Some(*end)).map(|(number, ..)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_words() {
        for label in ["(a)", "a.", "i)", "(iv)", "(1)", "#.", "(@)", "(@good)", "B)", "(xii)", "II)"] {
            assert_eq!(read(&format!("{label} words")), Some(Label { text: label, rest: "words" }), "{label}");
        }
        for text in
            ["(see) words", "A. Smith", "e.g. words", "mix) words", "(a)", "1. words", "(2024) words", "(c) 2024 Tideway", "I am", "(aB) x"]
        {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(read("A.  Scope").is_some());
    }

    #[test]
    fn the_next_label_is_known() {
        for (one, other, is_next) in [
            ("(a)", "(b)", true),
            ("(h)", "(i)", true),
            ("(i)", "(ii)", true),
            ("(a)", "(c)", false),
            ("#.", "#.", true),
            ("(1)", "(2)", true),
            ("(a)", "b.", false),
            ("(h)", "(ii)", false),
        ] {
            let (one, other) = (format!("{one} x"), format!("{other} y"));
            let next = read(&one).and_then(|label| label.next()).expect("a label");
            assert_eq!(next.is(&read(&other).expect("a label")), is_next, "{one} {other}");
        }
    }
}
