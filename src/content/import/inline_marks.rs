//! Marks that other dialects have inside words: highlights, raised letters, keys, signs by their names.

use crate::content::import::emoji;
use crate::content::import::inline::Inline;
use crate::content::import::inline::MAX_OPEN;
use crate::content::import::inline::Open;
use crate::content::import::words;

impl Inline<'_, '_, '_> {
    /// `==words==` that stand out.
    pub(super) fn highlight(&mut self) -> bool {
        let run = self.rest().len() - self.rest().trim_start_matches('=').len();
        if run != 2 {
            self.copy(self.at + run);
            return true;
        }
        if self.open.last().is_some_and(|open| open.name == "==") {
            self.at += 2;
            if let Some(open) = self.open.pop() {
                self.converter.log.count("highlight");
                self.close(&open);
            }
            return true;
        }
        let closes = self.ahead.find("==", self.at + 2).is_some_and(|end| end > self.at + 2);
        let before_word = self.rest()[2..].starts_with(|letter: char| !letter.is_whitespace());
        if closes && before_word && self.open.len() < MAX_OPEN {
            self.open.push(Open { name: "==".into(), address: None, start: self.out.len() });
            self.at += 2;
            return true;
        }
        self.copy(self.at + 2);
        true
    }

    /// `H~2~O` and `m^2^`.
    pub(super) fn small(&mut self, mark: char) -> bool {
        if self.rest()[1..].starts_with(mark) {
            self.copy(self.at + 2);
            return true;
        }
        let inside: String =
            self.rest()[1..].chars().take_while(|letter| letter.is_alphanumeric() || "+-()".contains(*letter)).take(30).collect();
        let closes = !inside.is_empty() && self.rest()[1 + inside.len()..].starts_with(mark);
        if !closes || !self.out.ends_with(|letter: char| letter.is_alphanumeric() || letter == ')') {
            return false;
        }
        self.raise(&inside, mark == '^');
        self.at += inside.len() + 2;
        true
    }

    /// Writes words raised or lowered, as far as plain letters can.
    pub(super) fn raise(&mut self, inside: &str, is_raised: bool) {
        self.converter.log.count(if is_raised { "superscript" } else { "subscript" });
        match words::small(inside, is_raised) {
            Some(digits) => self.push(&digits),
            None => self.push(&format!("{}({inside})", if is_raised { "^" } else { "\\_" })),
        }
    }

    /// `++ctrl+alt+del++` names keys.
    pub(super) fn keys(&mut self) -> bool {
        let Some(inside) = self.rest().strip_prefix("++") else { return false };
        let name = inside.split("++").next().filter(|name| !name.is_empty() && name.len() < 60 && inside.len() > name.len());
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || "+-".contains(letter);
        let Some(name) = name.filter(|name| name.chars().all(is_name)) else { return false };
        self.converter.log.count("keys");
        self.push(&format!("`{name}`"));
        self.at += name.len() + 4;
        true
    }

    /// `(@name)` refers to an example of pandoc's by its number.
    pub(super) fn example(&mut self) -> bool {
        let Some(name) = self.rest().strip_prefix("(@").and_then(|inside| inside.split(')').next()) else { return false };
        let Some(number) = self.converter.examples.get(name).copied() else { return false };
        self.push(&format!("({number})"));
        self.pass(self.at + name.len() + 3);
        true
    }

    /// `:name:` of a sign.
    pub(super) fn emoji(&mut self) -> bool {
        let name: &str =
            self.rest()[1..].split(|letter: char| !letter.is_ascii_alphanumeric() && !"_+-".contains(letter)).next().unwrap_or_default();
        let is_name = !name.is_empty() && name.len() < 40 && self.rest()[1 + name.len()..].starts_with(':');
        let Some(sign) = is_name.then(|| emoji::sign(name)).flatten() else { return false };
        self.converter.log.count("emoji");
        self.push(sign);
        self.pass(self.at + name.len() + 2);
        true
    }
}
