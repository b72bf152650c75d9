//! Tags of template languages: Mustache, Jinja and Liquid, ERB, the shortcodes of Hugo. They are named, never evaluated.

use crate::content::import::ahead::Ahead;

/// A longer tag is no tag.
const MAX_TAG: usize = 4000;

/// What a tag is, with its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag<'a> {
    /// Stands for a value: `{{name}}`, `<%= name %>`.
    Variable(&'a str),
    /// Opens, divides or closes a part that depends on something: `{{#name}}`, `{% if name %}`. The words are what it says.
    Section(&'a str),
    /// Comes between two parts of which one is meant to be shown: `{% else %}`.
    Alternative(&'a str),
    /// Closes a part, or is none of the text's business.
    Silent,
    /// Does something: `{% include … %}`, `{{< figure … >}}`. The words are what it says.
    Call(&'a str),
    /// Is for authors: `{{! … }}`, `{# … #}`.
    Comment(&'a str),
    /// What follows is shown as it is, until `{% endraw %}`.
    Raw,
}

/// The tag at a place, and where it ends.
pub(super) fn at<'a>(text: &'a str, start: usize, ahead: &mut Ahead<'_>) -> Option<(Tag<'a>, usize)> {
    let rest = &text[start..];
    let forms: [(&str, &'static str); 8] =
        [("{{<", ">}}"), ("{{%", "%}}"), ("{{!--", "--}}"), ("{{{", "}}}"), ("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<%", "%>")];
    let (open, close) = *forms.iter().find(|(open, _)| rest.starts_with(open))?;
    let end = ahead.find(close, start + open.len()).filter(|end| end - start <= MAX_TAG)?;
    let words = text[start + open.len()..end].trim().trim_matches('-').trim();
    let tag = match open {
        "{{<" | "{{%" => shortcode(words),
        "{{!--" | "{#" => Tag::Comment(words),
        "{{{" => Tag::Variable(words),
        "{{" => mustache(words),
        "{%" => statement(words),
        _ => ruby(words),
    };
    // `{#name}` names a heading; `{{ }}` says nothing.
    if open == "{#" && !text[start + 2..end].starts_with([' ', '\n', '-']) { None } else { Some((tag, end + close.len())) }
}

fn shortcode(words: &str) -> Tag<'_> {
    match words.strip_prefix("/*") {
        Some(comment) => Tag::Comment(comment.trim_end_matches("*/")),
        None if words.starts_with('/') => Tag::Silent,
        None => Tag::Call(words),
    }
}

fn mustache(words: &str) -> Tag<'_> {
    match words.chars().next() {
        None | Some('/') => Tag::Silent,
        Some('#' | '^') => Tag::Section(words),
        Some('!') => Tag::Comment(words[1..].trim()),
        Some('>') => Tag::Call(words),
        Some('&') => Tag::Variable(words[1..].trim()),
        Some(_) if words == "else" || words.starts_with("else ") => Tag::Alternative(words),
        Some(_) if words == "end" => Tag::Silent,
        // Go and Helm: `{{ if .Values.x }}`.
        Some(_) if ["if ", "range ", "with "].iter().any(|start| words.starts_with(start)) => Tag::Section(words),
        Some(_) => Tag::Variable(words),
    }
}

fn statement(words: &str) -> Tag<'_> {
    let name = words.split_whitespace().next().unwrap_or_default();
    match name {
        "raw" | "verbatim" => Tag::Raw,
        "if" | "unless" | "case" | "for" => Tag::Section(words),
        "elif" | "elsif" | "when" | "else" => Tag::Alternative(words),
        "" | "set" | "assign" => {
            if words.is_empty() {
                Tag::Silent
            } else {
                Tag::Call(words)
            }
        }
        _ if name.starts_with("end") => Tag::Silent,
        _ => Tag::Call(words),
    }
}

fn ruby(words: &str) -> Tag<'_> {
    match words.chars().next() {
        None => Tag::Silent,
        Some('=') => Tag::Variable(words[1..].trim()),
        Some('#') => Tag::Comment(words[1..].trim()),
        Some(_) if words == "end" || words == "}" => Tag::Silent,
        Some(_) if words == "else" || words.starts_with("elsif ") => Tag::Alternative(words),
        Some(_) => Tag::Section(words),
    }
}

/// The tag that is all there is in a line.
pub(super) fn alone(line: &str) -> Option<Tag<'_>> {
    let line = line.trim();
    if !line.starts_with(['{', '<']) {
        return None;
    }
    let (tag, end) = at(line, 0, &mut Ahead::new(line))?;
    (end == line.len()).then_some(tag)
}

/// The variable of ours that a foreign name plainly means.
pub(super) fn variable(name: &str) -> Option<&'static str> {
    let expression = name.split('|').next().unwrap_or_default().trim();
    let parts: Vec<String> = expression
        .split(['.', '[', ']', '/'])
        .map(|part| part.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase())
        .filter(|part| !part.is_empty())
        .collect();
    let last = parts.last()?.as_str();
    let two = parts.iter().rev().take(2).rev().cloned().collect::<String>();
    let is = |names: &[&str]| names.contains(&last) || names.contains(&two.as_str());
    let who = ["company", "organization", "organisation", "org", "organizational", "entity"];
    let what = ["", "name", "shortname", "fullname", "legalname", "longname"];
    let names_it = |text: &str| who.iter().any(|who| text.strip_prefix(who).is_some_and(|rest| what.contains(&rest)));
    if names_it(last) || names_it(&two) {
        return Some("${org.name}");
    }
    if is(&[
        "securityemail",
        "securitymail",
        "securitycontactemail",
        "securityteamemail",
        "emailsecurity",
        "infosecemail",
        "securityemailaddress",
    ]) {
        return Some("${org.security_email}");
    }
    if is(&[
        "privacyemail",
        "privacymail",
        "complianceemail",
        "compliancemail",
        "dpoemail",
        "dataprotectionemail",
        "emailprivacy",
        "privacyemailaddress",
    ]) {
        return Some("${org.compliance_email}");
    }
    let phones =
        ["incidentphone", "securityphone", "incidenthotline", "securityhotline", "hotline", "phone", "phonenumber", "companyphone"];
    is(&phones).then_some("${org.incident_phone}")
}

/// The texts in quotes that a tag, an attribute or an expression holds and that somebody wrote for readers.
pub(super) fn prose(words: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = words;
    while let Some(start) = rest.find(['"', '\'', '`', '“']) {
        let mark = rest[start..].chars().next().unwrap_or('"');
        let close = if mark == '“' { '”' } else { mark };
        let inside = &rest[start + mark.len_utf8()..];
        // An apostrophe inside a word opens nothing.
        let in_word = mark == '\'' && rest[..start].ends_with(char::is_alphanumeric);
        let Some(end) = inside.find(close).filter(|_| !in_word) else {
            rest = inside;
            continue;
        };
        let text = inside[..end].trim();
        let key = rest[..start].trim_end().trim_end_matches(['=', ':']).trim_end();
        let key = key.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '-').next().unwrap_or_default();
        if is_prose(key, text) {
            found.push(text.to_owned());
        }
        rest = &inside[end + close.len_utf8()..];
    }
    found
}

/// Whether the value of an attribute is for readers.
pub(super) fn is_prose(key: &str, value: &str) -> bool {
    let wordy = [
        "title",
        "label",
        "alt",
        "caption",
        "summary",
        "description",
        "content",
        "text",
        "heading",
        "header",
        "aria-label",
        "tooltip",
        "attr",
        "cite",
    ];
    let technical = [
        "class",
        "classname",
        "style",
        "href",
        "src",
        "id",
        "name",
        "d",
        "points",
        "viewbox",
        "transform",
        "rel",
        "target",
        "width",
        "height",
        "srcset",
        "sizes",
        "type",
        "key",
        "value",
        "groupid",
        "layout",
        "for",
        "onclick",
        "color",
        "icon",
        "to",
        "from",
        "align",
        "valign",
        "slug",
    ];
    let key = key.to_lowercase();
    let is_address = value.contains("://") || value.starts_with(['/', '#', '.']) || !value.chars().any(char::is_alphabetic);
    !technical.contains(&key.as_str()) && !is_address && (wordy.contains(&key.as_str()) || value.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Option<Tag<'_>> {
        at(text, 0, &mut Ahead::new(text)).map(|(tag, _)| tag)
    }

    #[test]
    fn tags_are_told_apart() {
        let cases = [
            ("{{companyShortName}}", Some(Tag::Variable("companyShortName"))),
            ("{{{raw}}}", Some(Tag::Variable("raw"))),
            ("{{&wikiURL}}", Some(Tag::Variable("wikiURL"))),
            ("{{#handlesHealthData}}", Some(Tag::Section("#handlesHealthData"))),
            ("{{/handlesHealthData}}", Some(Tag::Silent)),
            ("{{! ask legal }}", Some(Tag::Comment("ask legal"))),
            ("{%- if x -%}", Some(Tag::Section("if x"))),
            ("{% endif %}", Some(Tag::Silent)),
            ("{% include a.html %}", Some(Tag::Call("include a.html"))),
            ("{{< ref \"a.md\" >}}", Some(Tag::Call("ref \"a.md\""))),
            ("{{% /notice %}}", Some(Tag::Silent)),
            ("<%= name %>", Some(Tag::Variable("name"))),
            ("<% if x %>", Some(Tag::Section("if x"))),
            ("{# note to self #}", Some(Tag::Comment("note to self"))),
            ("{#scope}", None),
            ("{{ without end", None),
        ];
        for (text, tag) in cases {
            assert_eq!(one(text), tag, "{text}");
        }
        assert_eq!(alone("  {{#x}}  "), Some(Tag::Section("#x")));
        assert_eq!(alone("{{#x}} words"), None);
    }

    #[test]
    fn names_that_plainly_mean_the_organisation_are_ours() {
        let cases = [
            ("companyShortName", Some("${org.name}")),
            ("company_full_name", Some("${org.name}")),
            ("organization", Some("${org.name}")),
            ("site.company.name | upcase", Some("${org.name}")),
            ("Company Name", Some("${org.name}")),
            ("securityEmail", Some("${org.security_email}")),
            ("config.privacy_email", Some("${org.compliance_email}")),
            ("incidentPhone", Some("${org.incident_phone}")),
            ("securityLead", None),
            ("name", None),
            ("", None),
        ];
        for (name, ours) in cases {
            assert_eq!(variable(name), ours, "{name}");
        }
    }

    #[test]
    fn words_for_readers_are_found_in_tags() {
        assert_eq!(prose("figure src=\"/a.png\" caption=\"Reporting\" class=\"wide left\""), ["Reporting"]);
        assert_eq!(prose("include note.html content='Ask first.'"), ["Ask first."]);
        assert_eq!(prose("don't \"say so\" 'never"), ["say so"]);
        assert_eq!(prose("x=\"1\" y=\"two words\""), ["two words"]);
    }
}
