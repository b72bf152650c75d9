//! The kinds of notes that other dialects have, and the closest of ours.

/// The alert of ours for a kind; `None` for a word that is no kind of note.
pub(super) fn alert(kind: &str) -> Option<&'static str> {
    let kinds: [(&str, &str); 5] = [
        (
            "NOTE",
            "note info information abstract summary tldr todo question quote example seealso secondary aside callout admonition alert notice def",
        ),
        ("TIP", "tip hint success check done help faq primary advice idea"),
        ("IMPORTANT", "important key security policy required requirement must"),
        ("WARNING", "warning warn attention beware"),
        ("CAUTION", "caution danger error failure fail failed missing bug critical stop destructive"),
    ];
    let kind = kind.to_ascii_lowercase();
    kinds.iter().find(|(_, names)| names.split(' ').any(|name| name == kind)).map(|(alert, _)| *alert)
}

/// A word with a capital letter: what MkDocs shows for a note of an unknown kind.
pub(super) fn titled(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_map_to_the_closest_of_ours() {
        for (kind, ours) in [("note", "NOTE"), ("Danger", "CAUTION"), ("hint", "TIP"), ("warning", "WARNING"), ("important", "IMPORTANT")] {
            assert_eq!(alert(kind), Some(ours), "{kind}");
        }
        assert_eq!(alert("recipe"), None);
        assert_eq!(titled("recipe"), "Recipe");
    }
}
