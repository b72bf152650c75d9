//! What changed between two texts of a policy, word by word.

use similar::ChangeTag;
use similar::TextDiff;

/// The two sources as one piece of HTML, with what was removed and added marked.
pub(super) fn html(old: &str, new: &str) -> String {
    let diff = TextDiff::from_words(old, new);
    let mut stretches: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match stretches.last_mut() {
            Some((tag, words)) if *tag == change.tag() => words.push_str(change.value()),
            _ => stretches.push((change.tag(), change.value().to_owned())),
        }
    }
    let marked = stretches.into_iter().map(|(tag, words)| {
        let words = handlebars::html_escape(&words);
        match tag {
            ChangeTag::Delete if !words.trim().is_empty() => format!("<del>{words}</del> "),
            ChangeTag::Insert if !words.trim().is_empty() => format!("<ins>{words}</ins> "),
            _ => words.replace("\n\n", "</p>\n<p>").replace('\n', "<br>"),
        }
    });
    format!("<p>{}</p>", marked.collect::<String>())
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_was_removed_and_added_is_marked_and_inert() {
        let html = super::html("Lock it soon.\n\nSame.", "Lock it <b>at once</b>.\n\nSame.");
        assert!(html.contains("<del>soon.</del>") && html.contains("<ins>&lt;b&gt;at once&lt;/b&gt;.</ins>"), "{html}");
        assert!(html.contains("<p>Same.</p>"), "{html}");
    }
}
