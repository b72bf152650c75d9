//! Lists of attributes in braces: `{#id .class key=value}`, as pandoc, kramdown and Python-Markdown write them.

/// What a list of attributes says that we can use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    /// `#name`
    pub id: Option<String>,
    /// `.name`
    pub classes: Vec<String>,
    /// `key=value`
    pub values: Vec<(String, String)>,
}

/// The list at the start of a text, and its length. `{name}` is none.
pub(super) fn read(text: &str) -> Option<(Attributes, usize)> {
    let inside = text.strip_prefix('{')?;
    let end = inside.char_indices().take(400).find(|(_, letter)| "{}\n".contains(*letter)).filter(|(_, letter)| *letter == '}')?.0;
    let words = &inside[..end];
    let (words, with_colon) = words.strip_prefix(':').map_or((words, false), |words| (words, true));
    let mut attributes = Attributes::default();
    let mut rest = words.trim();
    while !rest.is_empty() {
        let quoted = rest.find(['=', ' ']).filter(|place| rest[*place..].starts_with("=\""));
        let length = match quoted {
            Some(place) => place + 3 + rest[place + 2..].find('"')?,
            None => rest.find(' ').unwrap_or(rest.len()),
        };
        let word = &rest[..length];
        let mut letters = word.chars();
        match (letters.next(), letters.as_str()) {
            (Some('#'), id) if is_name(id) => attributes.id = Some(id.to_owned()),
            (Some('.'), class) if is_name(class) => attributes.classes.push(class.to_owned()),
            // Numbering off, in pandoc.
            (Some('-'), "") => {}
            _ => {
                let (key, value) =
                    word.split_once('=').filter(|(key, _)| is_name(key)).or_else(|| (with_colon && is_name(word)).then_some((word, "")))?;
                attributes.values.push((key.to_owned(), value.trim_matches('"').to_owned()));
            }
        }
        rest = rest[length..].trim_start();
    }
    let says_something = with_colon || attributes != Attributes::default() || words.trim() == "-";
    says_something.then_some((attributes, end + 2))
}

/// The list at the end of a text, and the text before it.
pub(super) fn at_end(text: &str) -> Option<(Attributes, &str)> {
    let text = text.trim_end();
    let start = text.rfind('{').filter(|_| text.ends_with('}'))?;
    let (attributes, length) = read(&text[start..])?;
    (start + length == text.len()).then(|| (attributes, text[..start].trim_end()))
}

/// Whether a name can stand in an address behind `#`.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_alphanumeric() || first == '_')
        && name.len() < 200
        && name.chars().all(|letter| letter.is_alphanumeric() || "-_:.".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_attributes_are_told_from_words_in_braces() {
        let (found, length) = read("{#scope .wide key=\"two words\"} tail").expect("a list");
        assert_eq!((found.id.as_deref(), found.classes.as_slice(), length), (Some("scope"), ["wide".to_owned()].as_slice(), 30));
        assert_eq!(found.values, [("key".to_owned(), "two words".to_owned())]);
        for list in ["{: .note}", "{: #a }", "{.unnumbered}", "{-}", "{ .md-button }", "{:toc}"] {
            assert!(read(list).is_some_and(|(_, length)| length == list.len()), "{list}");
        }
        for words in ["{name}", "{two words}", "{}", "{#a b}", "{{x}}", "{.a", "{a=\"}", "{#}"] {
            assert_eq!(read(words), None, "{words}");
        }
        assert_eq!(at_end("Scope {#scope}").map(|(_, words)| words), Some("Scope"));
    }
}
