//! Tags of HTML and JSX, read loosely and in one pass: names, attributes, where they end.

/// A longer tag is no tag.
const MAX_TAG: usize = 20_000;

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element<'a> {
    /// Its name as written.
    pub name: &'a str,
    /// Whether it closes an element.
    pub closes: bool,
    /// Whether it opens and closes at once.
    pub is_empty: bool,
    /// Names and values; a value in braces keeps them.
    pub attributes: Vec<(&'a str, &'a str)>,
    /// Where it ends.
    pub end: usize,
}

impl<'a> Element<'a> {
    /// An attribute's value.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }

    /// Whether any attribute has a value.
    pub(super) fn has_values(&self) -> bool {
        self.attributes.iter().any(|(_, value)| !value.is_empty())
    }

    /// The name in small letters.
    pub(super) fn lower(&self) -> String {
        self.name.to_ascii_lowercase()
    }
}

/// The tag that starts at a place, where a `<` stands.
pub(super) fn element(text: &str, start: usize) -> Option<Element<'_>> {
    let bytes = text.as_bytes();
    let closes = bytes.get(start + 1) == Some(&b'/');
    let mut at = start + 1 + usize::from(closes);
    // The fragments of JSX, `<>` and `</>`.
    if bytes.get(at) == Some(&b'>') {
        return Some(Element { name: "", closes, is_empty: false, attributes: Vec::new(), end: at + 1 });
    }
    if !bytes.get(at)?.is_ascii_alphabetic() {
        return None;
    }
    let name_end = run(bytes, at, |byte| byte.is_ascii_alphanumeric() || b"-._:".contains(&byte));
    let name = &text[at..name_end];
    // `<https://…>` and `<a@b.example>` are links.
    if name.ends_with(':') || bytes.get(name_end) == Some(&b'@') {
        return None;
    }
    at = name_end;
    let mut attributes = Vec::new();
    loop {
        at = run(bytes, at, |byte| byte.is_ascii_whitespace());
        if at - start > MAX_TAG {
            return None;
        }
        match bytes.get(at)? {
            b'>' => return Some(Element { name, closes, is_empty: false, attributes, end: at + 1 }),
            b'/' if bytes.get(at + 1) == Some(&b'>') => {
                return Some(Element { name, closes, is_empty: true, attributes, end: at + 2 });
            }
            b'{' => {
                let end = braces(bytes, at)?;
                attributes.push(("", &text[at..end]));
                at = end;
            }
            byte if byte.is_ascii_alphabetic() || b"_:@*[(#".contains(byte) => {
                let (attribute, end) = attribute(text, at)?;
                attributes.push(attribute);
                at = end;
            }
            _ => return None,
        }
    }
}

fn attribute(text: &str, start: usize) -> Option<((&str, &str), usize)> {
    let bytes = text.as_bytes();
    let name_end = run(bytes, start, |byte| !byte.is_ascii_whitespace() && !b"\"'<>/={}".contains(&byte));
    let name = &text[start..name_end];
    if name.is_empty() {
        return None;
    }
    let equals = run(bytes, name_end, |byte| byte.is_ascii_whitespace());
    if bytes.get(equals) != Some(&b'=') {
        return Some(((name, ""), name_end));
    }
    let at = run(bytes, equals + 1, |byte| byte.is_ascii_whitespace());
    let (value, end) = match bytes.get(at)? {
        quote @ (b'"' | b'\'') => {
            let end = at + 1 + text[at + 1..].find(char::from(*quote))?;
            (&text[at + 1..end], end + 1)
        }
        b'{' => {
            let end = braces(bytes, at)?;
            (&text[at..end], end)
        }
        _ => {
            let end = run(bytes, at, |byte| !byte.is_ascii_whitespace() && !b"\"'<>=`".contains(&byte));
            (&text[at..end], end)
        }
    };
    Some(((name, value), end))
}

/// Where the braces that open at a place close again. Quotes inside do not count, so that an apostrophe does no harm.
pub(super) fn braces(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (place, byte) in bytes.iter().enumerate().skip(start).take(1000) {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(place + 1);
                }
            }
            _ => {}
        }
    }
    None
}

fn run(bytes: &[u8], start: usize, wanted: impl Fn(u8) -> bool) -> usize {
    bytes.iter().skip(start).position(|byte| !wanted(*byte)).map_or(bytes.len(), |length| start + length)
}

/// The elements of HTML that texts use.
pub(super) fn is_html(name: &str) -> bool {
    const NAMES: &str = " a abbr address article aside audio b bdi bdo big blockquote body br button caption center cite code col colgroup \
        dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form frame h1 h2 h3 h4 h5 h6 head header hr html \
        i iframe img input ins kbd label legend li link main map mark menu meta nav nobr noscript object ol optgroup option p param picture pre \
        progress q rp rt ruby s samp script section select small source span strike strong style sub summary sup svg path g rect circle table \
        tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr ";
    NAMES.split_whitespace().any(|one| one.eq_ignore_ascii_case(name))
}

/// The elements that begin a paragraph of their own.
pub(super) fn is_block(name: &str) -> bool {
    const NAMES: &str = "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form \
        head header hr html li main menu nav ol p section summary table tbody td tfoot th thead tr ul pre h1 h2 h3 h4 h5 h6";
    NAMES.split_whitespace().any(|one| one == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_with_their_attributes() {
        let text = "<Admonition type=\"tip\" title='Ask > guess' open {...rest} n={{a: 1}}>";
        let tag = element(text, 0).expect("a tag");
        assert_eq!((tag.name, tag.end, tag.is_empty), ("Admonition", text.len(), false));
        assert_eq!((tag.attribute("TITLE"), tag.attribute("open"), tag.attribute("n")), (Some("Ask > guess"), Some(""), Some("{{a: 1}}")));
        assert!(element("<br/>", 0).is_some_and(|tag| tag.is_empty && tag.name == "br"));
        assert!(element("</div >", 0).is_some_and(|tag| tag.closes));
        for text in ["< a>", "<https://a.example>", "<a@b.example>", "<a", "<a b=\"", "<1>", "<a {", "<", "</"] {
            assert_eq!(element(text, 0), None, "{text}");
        }
    }
}
