//! What changed between two texts of a policy, word by word.

use similar::ChangeTag;
use similar::TextDiff;

/// The two sources as one piece of HTML, with what was removed and added marked.
pub(super) fn html(old: &str, new: &str) -> String {
    let (old, new) = (readable(old), readable(new));
    let diff = TextDiff::from_words(&old, &new);
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
            ChangeTag::Delete if !words.trim().is_empty() => format!("<del>{}</del> ", words.trim_end()),
            ChangeTag::Insert if !words.trim().is_empty() => format!("<ins>{}</ins> ", words.trim_end()),
            _ => words.replace("\n\n", "</p><p>").replace('\n', "<br>"),
        }
    });
    format!("<p>{}</p>", marked.collect::<String>())
}

/// A source as people read it: without its front matter, and headings without their marks and attributes.
fn readable(source: &str) -> String {
    let source = source.replace("\r\n", "\n");
    let body = source.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(source.as_str(), |(_, body)| body);
    let line = |line: &str| {
        let marks = line.chars().take_while(|letter| *letter == '#').count();
        let Some(heading) = line[marks..].strip_prefix(' ').filter(|_| (1..=6).contains(&marks)) else { return line.to_owned() };
        match heading.split_once(" {#").or_else(|| heading.split_once(" {.")) {
            Some((words, rest)) if rest.trim_end().ends_with('}') => words.to_owned(),
            _ => heading.to_owned(),
        }
    };
    body.trim_start().lines().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_was_removed_and_added_is_marked_and_inert() {
        let html = super::html("Lock it soon.\n\nSame.", "Lock it <b>at once</b>.\n\nSame.");
        assert!(html.contains("<del>soon.</del>") && html.contains("<ins>&lt;b&gt;at once&lt;/b&gt;.</ins>"), "{html}");
        assert!(html.contains("<p>Same.</p>"), "{html}");
    }

    #[test]
    fn what_only_machines_read_is_left_out() {
        let source = |word: &str| format!("---\ntitle: Desk\n---\n\n## In short {{#in-short}}\n\nLock {word} {{#x}} now.\n");
        let html = super::html(&source("it"), &source("papers").replace('\n', "\r\n"));
        assert!(html.starts_with("<p>In short</p><p>Lock "), "{html}");
        assert!(!html.contains("title") && !html.contains("in-short}") && html.contains("{#x}"), "{html}");
    }
}
