//! What changed between two texts, word by word and along their structure: headings, paragraphs, list items and table cells are
//! compared with their counterparts. Works on the HTML of `kit::markdown`, so that what is compared is what was shown.

mod align;
mod parse;
mod write;

use crate::kit::i18n::Lang;
use align::align;
use parse::parse;
use std::time::Duration;
use std::time::Instant;

/// The words that say in speech what underlines and strokes say to the eye.
#[derive(Clone, Debug)]
pub struct Labels {
    /// Before what was added.
    pub added: String,
    /// Before what was removed.
    pub removed: String,
    /// After either.
    pub end: String,
}

/// The words of the marks, in a language.
pub fn labels(lang: Lang) -> Labels {
    Labels { added: lang.text("changes-added"), removed: lang.text("changes-removed"), end: lang.text("changes-end") }
}

/// A comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The new text as HTML, with what was removed and added marked.
    pub html: String,
    /// How many words were added.
    pub added: usize,
    /// How many words were removed.
    pub removed: usize,
}

impl Comparison {
    /// Whether nothing changed.
    pub fn is_same(&self) -> bool {
        self.added == 0 && self.removed == 0
    }
}

/// A comparison that takes longer becomes coarser instead.
const PATIENCE: Duration = Duration::from_secs(1);

/// Compares two texts, both HTML of `kit::markdown`.
pub fn compare(old: &str, new: &str, labels: &Labels) -> Comparison {
    let (old, new) = (parse(old), parse(new));
    let deadline = Instant::now().checked_add(PATIENCE);
    let pairs = align(&old, &new, deadline);
    write::write(&old, &new, &pairs, labels, deadline)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::markdown::dialect;
    use crate::kit::markdown::to_html;
    use proptest::prelude::*;
    use pulldown_cmark::Parser;

    fn labels() -> Labels {
        Labels { added: "+".into(), removed: "-".into(), end: "=".into() }
    }

    fn html(text: &str) -> String {
        to_html(Parser::new_ext(text, dialect()))
    }

    fn changes(old: &str, new: &str) -> Comparison {
        let comparison = compare(&html(old), &html(new), &labels());
        let plain = |label: &str| format!("<span class=\"visually-hidden\">{label}</span>");
        let html = comparison.html.replace(&plain("+"), "").replace(&plain("-"), "").replace(&plain("="), "");
        Comparison { html: html.replace('\n', ""), ..comparison }
    }

    #[test]
    fn a_word_in_a_paragraph() {
        let found = changes("Lock it soon.\n\nSame.", "Lock it **at once**.\n\nSame.");
        assert_eq!(found.html, "<p>Lock it <del>soon.</del> <ins><strong>at once</strong>.</ins></p><p>Same.</p>");
        assert_eq!((found.added, found.removed), (2, 1));
    }

    #[test]
    fn a_list_keeps_its_items_and_a_table_its_cells() {
        let found = changes("- one\n- two\n- three\n", "- one\n- three\n- four\n");
        assert_eq!(found.html, "<ul><li>one</li><li><del>two</del></li><li>three</li><li><ins>four</ins></li></ul>");
        let found = changes("| a | b |\n|---|---|\n| 1 | 2 |\n", "| a | b |\n|---|---|\n| 1 | 3 |\n| 4 | 5 |\n");
        assert!(found.html.contains("<tr><td>1</td><td><del>2</del> <ins>3</ins></td></tr>"), "{}", found.html);
        assert!(found.html.contains("<tr><td><ins>4</ins></td><td><ins>5</ins></td></tr>"), "{}", found.html);
    }

    #[test]
    fn a_heading_that_went_leaves_no_name_behind() {
        let found = changes("## Old {#x}\n\nText.\n", "Text.\n\n## New {#x}\n");
        assert_eq!(found.html, "<h2><del>Old</del></h2><p>Text.</p><h2 id=\"s-x\"><ins>New</ins></h2>");
    }

    #[test]
    fn the_same_text_has_no_changes() {
        let text = "## A {#a}\n\n> [!NOTE]\n> One *two* [three](https://x.example)\n\n1. x\n   - y\n\n| a |\n|---|\n| `b` |\n";
        let found = changes(text, text);
        assert!(found.is_same() && !found.html.contains("<ins"), "{}", found.html);
        assert_eq!(found.html, html(text).replace('\n', ""));
    }

    /// A text without its marks, as a reader who skips what was removed, or what was added, would have it.
    fn without(html: &str, gone: &str) -> String {
        let mut text = String::new();
        let mut rest = html;
        while let Some(at) = rest.find(&format!("<{gone}>")) {
            text.push_str(&rest[..at]);
            rest = rest[at..].split_once(&format!("</{gone}>")).map_or("", |(_, rest)| rest);
        }
        text.push_str(rest);
        let mut words = String::new();
        let mut in_tag = false;
        for letter in text.chars() {
            match letter {
                '<' => in_tag = true,
                '>' => (in_tag, words) = (false, words + " "),
                other if !in_tag => words.push(other),
                _ => {}
            }
        }
        words.split_whitespace().collect::<String>()
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_back(old in "([a-d]{1,3}|[ ]|\n\n|- |## |\\*\\*|> |1\\. |`|\\| a \\| b \\|\n|---|---|\n){0,30}", new in "([a-d]{1,3}|[ ]|\n\n|- |## |\\*\\*|> |1\\. |`){0,30}") {
            let found = changes(&old, &new);
            prop_assert_eq!(without(&found.html, "del"), without(&html(&new), "del"), "{}", found.html);
            prop_assert_eq!(without(&found.html, "ins"), without(&html(&old), "ins"), "{}", found.html);
            prop_assert_eq!(found.html.matches("<ins>").count(), found.html.matches("</ins>").count());
        }
    }
}
