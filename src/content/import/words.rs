//! Counts words, so that none is lost: letters and digits in a row, whatever stands between them.

use std::collections::HashMap;

/// How often each word occurs.
#[derive(Clone, Debug, Default)]
pub struct Words(HashMap<String, usize>);

impl Words {
    /// The words of a text.
    pub fn of(text: &str) -> Self {
        let mut words = Self::default();
        words.add(text);
        words
    }

    /// Adds the words of a text.
    pub fn add(&mut self, text: &str) {
        let mut word = String::new();
        let mut was_raised = false;
        for letter in text.chars() {
            let raised = small_digit(letter);
            if !letter.is_alphanumeric() || raised.is_some() != was_raised {
                self.push(std::mem::take(&mut word));
            }
            was_raised = raised.is_some();
            if letter.is_alphanumeric() {
                word.push(raised.unwrap_or(letter));
            }
        }
        self.push(word);
    }

    fn push(&mut self, word: String) {
        if !word.is_empty() {
            *self.0.entry(word).or_default() += 1;
        }
    }

    /// How many words there are, each as often as it occurs.
    pub fn count(&self) -> usize {
        self.0.values().sum()
    }

    /// How many words there are that are not among the others.
    pub fn count_without(&self, others: &Self) -> usize {
        self.0.iter().map(|(word, times)| times.saturating_sub(others.0.get(word).copied().unwrap_or(0))).sum()
    }

    /// The words that do not occur as often in the others taken together, sorted.
    pub fn missing(&self, others: &[&Self]) -> Vec<String> {
        let found = |word: &str| others.iter().map(|other| other.0.get(word).copied().unwrap_or(0)).sum::<usize>();
        let mut missing: Vec<String> = self.0.iter().filter(|(word, times)| found(word) < **times).map(|(word, _)| word.clone()).collect();
        missing.sort();
        missing
    }
}

/// The digit that a raised or lowered one stands for: `H₂O` has the same words as `H~2~O`.
fn small_digit(letter: char) -> Option<char> {
    let place = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'].iter().position(|raised| *raised == letter);
    let place = place.or_else(|| ('₀'..='₉').position(|lowered| lowered == letter))?;
    char::from_digit(u32::try_from(place).ok()?, 10)
}

/// Digits raised or lowered; `None` when something else is among them.
pub(super) fn small(text: &str, is_raised: bool) -> Option<String> {
    let raised = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let one = |letter: char| {
        let digit = letter.to_digit(10)?;
        if is_raised { raised.get(digit as usize).copied() } else { char::from_u32('₀' as u32 + digit) }
    };
    if text.is_empty() || text.len() > 12 { None } else { text.chars().map(one).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_word_is_told_also_when_it_occurs_less_often() {
        let source = Words::of("Tell the owner, tell <b>nobody</b> else; H₂O");
        assert_eq!(source.count(), 11);
        assert_eq!(source.missing(&[&Words::of("Tell the owner nobody else b b H 2"), &Words::of("O tell")]), Vec::<String>::new());
        assert_eq!(source.missing(&[&Words::of("Tell the owner, tell")]), ["2", "H", "O", "b", "else", "nobody"]);
        assert_eq!(small("12", true).as_deref(), Some("¹²"));
        assert_eq!(small("2", false).as_deref(), Some("₂"));
        assert_eq!(small("n", false), None);
    }
}
