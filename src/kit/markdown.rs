//! Markdown events to safe HTML: one set-up for every place that shows content.
//! Raw HTML stays the letters that it is; what passes is checked once more by a sanitiser with a short list.

use ammonia::Builder;
use pulldown_cmark::CowStr;
use pulldown_cmark::Event;
use pulldown_cmark::Options;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Names the rendering: a change of the HTML it gives for some text is a new name.
pub const RENDERER: &str = "avow-html/2";

/// The dialect: CommonMark with GFM tables, task lists, strikethrough, footnotes and alerts, heading attributes, YAML front matter.
pub fn dialect() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
}

/// Browsers follow longer addresses, people do not write them.
const MAX_LINK: usize = 2000;

/// Where a link may lead: the web over TLS, a mail, a phone, or a place on the same page.
pub fn is_safe_link(target: &str) -> bool {
    target.len() <= MAX_LINK
        && ["https://", "mailto:", "tel:", "#"].iter().any(|start| target.len() > start.len() && target.starts_with(start))
}

/// Whether a link leads to a page of this program that content may name: a policy, a lesson.
fn is_own_link(target: &str) -> bool {
    ["/policies/", "/go/courses/"].iter().any(|start| target.starts_with(start))
}

/// Events as HTML that is safe to show in a page. Ids and the links to them get the prefix `s-`, so that no text can take
/// over a name of the page around it. Pictures and videos are shown if they are the program's own; the title of a video is
/// the address of its captions.
pub fn to_html<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    let mut html = String::new();
    let mut screen = Screen::default();
    let mut in_settings = false;
    let text = events.filter(|event| {
        let ends = matches!(event, Event::End(TagEnd::MetadataBlock(_)));
        in_settings = (in_settings || matches!(event, Event::Start(Tag::MetadataBlock(_)))) && !ends;
        !in_settings && !ends
    });
    let screened = text.map(without_ampersands).flat_map(|event| screen.pass(event)).collect::<Vec<_>>();
    pulldown_cmark::html::push_html(&mut html, screened.into_iter());
    SANITISER.clean(&html).to_string().replace(AMPERSAND, "&amp;")
}

/// Stands for an ampersand while the sanitiser works: it looks through the rest of a text again for each of them. A letter of private
/// use, which no text is expected to hold.
const AMPERSAND: char = '\u{e000}';

fn without_ampersands(event: Event<'_>) -> Event<'_> {
    let replace = |text: CowStr<'_>| -> CowStr<'static> { text.replace(AMPERSAND, "\u{fffd}").replace('&', "\u{e000}").into() };
    match event {
        Event::Text(text) if text.contains(['&', AMPERSAND]) => Event::Text(replace(text)),
        Event::Code(text) if text.contains(['&', AMPERSAND]) => Event::Code(replace(text)),
        Event::Html(text) if text.contains(['&', AMPERSAND]) => Event::Html(replace(text)),
        Event::InlineHtml(text) if text.contains(['&', AMPERSAND]) => Event::InlineHtml(replace(text)),
        other => other,
    }
}

/// Lets events pass, change or vanish.
#[derive(Default)]
struct Screen {
    /// Whether each open link is one that may be followed.
    links: Vec<bool>,
    /// The picture whose words are being gathered.
    picture: Option<Picture>,
    /// Pictures in the words of a picture.
    depth: usize,
}

struct Picture {
    address: String,
    captions: String,
    words: String,
}

impl Screen {
    fn pass<'a>(&mut self, event: Event<'a>) -> Vec<Event<'a>> {
        if let Some(picture) = &mut self.picture {
            match event {
                Event::Start(Tag::Image { .. }) => self.depth += 1,
                Event::End(TagEnd::Image) if self.depth > 0 => self.depth -= 1,
                Event::End(TagEnd::Image) => return self.picture.take().map(|picture| picture.show()).into_iter().collect(),
                Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => picture.words.push_str(&text),
                Event::SoftBreak | Event::HardBreak => picture.words.push(' '),
                _ => {}
            }
            return vec![];
        }
        match event {
            Event::Html(text) | Event::InlineHtml(text) => vec![Event::Text(text)],
            Event::Start(Tag::HtmlBlock) => vec![Event::Start(Tag::Paragraph)],
            Event::End(TagEnd::HtmlBlock) => vec![Event::End(TagEnd::Paragraph)],
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                self.picture = Some(Picture { address: dest_url.into_string(), captions: title.into_string(), words: String::new() });
                vec![]
            }
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                self.links.push(is_safe_link(dest_url) || is_own_link(dest_url));
                if self.links.last() == Some(&true) { vec![event] } else { vec![] }
            }
            Event::End(TagEnd::Link) => match self.links.pop() {
                Some(true) => vec![event],
                _ => vec![],
            },
            Event::Start(Tag::Table(_)) => vec![Event::Html(CowStr::Borrowed("<div class=\"table-scroll\" tabindex=\"0\">")), event],
            Event::End(TagEnd::Table) => vec![event, Event::Html(CowStr::Borrowed("</div>"))],
            other => vec![other],
        }
    }
}

impl Picture {
    /// As an element, or by its words where it is none of the program's own.
    fn show(self) -> Event<'static> {
        let escape = |text: &str| handlebars::html_escape(text);
        let (address, words) = (escape(&self.address), escape(&self.words));
        if !self.address.starts_with(ASSETS) {
            return Event::Text(format!("[{}]", self.words).into());
        }
        let is_video = [".mp4", ".webm"].iter().any(|ending| self.address.ends_with(ending));
        if !is_video {
            return Event::InlineHtml(format!("<img src=\"{address}\" alt=\"{words}\" loading=\"lazy\">").into());
        }
        let track = if self.captions.starts_with(ASSETS) {
            format!("<track kind=\"captions\" src=\"{}\" default>", escape(&self.captions))
        } else {
            String::new()
        };
        Event::InlineHtml(format!("<video src=\"{address}\" aria-label=\"{words}\" controls preload=\"metadata\">{track}</video>").into())
    }
}

/// Where the pictures and videos of content are.
const ASSETS: &str = "/content/";

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = allowed();
    builder.id_prefix(Some("s-")).attribute_filter(|element, attribute, value| match (element, attribute, value.strip_prefix('#')) {
        ("a", "href", Some(place)) => Some(Cow::Owned(format!("#s-{place}"))),
        ("img" | "video" | "track", "src", _) if !value.starts_with(ASSETS) => None,
        _ => Some(Cow::Borrowed(value)),
    });
    builder
});

/// The elements, attributes, classes and schemes that content may use.
fn allowed() -> Builder<'static> {
    let tags = [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "code",
        "em",
        "strong",
        "del",
        "a",
        "br",
        "hr",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "sup",
        "div",
        "input",
        "img",
        "video",
        "track",
    ];
    let alerts = ["note", "tip", "important", "warning", "caution"].map(|kind| format!("markdown-alert-{kind}").leak() as &str);
    let mut builder = Builder::new();
    builder
        .tags(HashSet::from(tags))
        .tag_attributes(
            [
                ("a", HashSet::from(["href"])),
                ("ol", HashSet::from(["start"])),
                ("div", HashSet::from(["tabindex"])),
                ("input", HashSet::from(["type", "disabled", "checked"])),
                ("img", HashSet::from(["src", "alt", "loading"])),
                ("video", HashSet::from(["src", "aria-label", "controls", "preload"])),
                ("track", HashSet::from(["kind", "src", "default"])),
            ]
            .into(),
        )
        .generic_attributes(HashSet::from(["id"]))
        .allowed_classes(
            [
                ("blockquote", HashSet::from(alerts)),
                ("div", HashSet::from(["table-scroll", "footnote-definition"])),
                ("sup", HashSet::from(["footnote-reference", "footnote-definition-label"])),
            ]
            .into(),
        )
        .url_schemes(HashSet::from(["https", "mailto", "tel"]))
        .link_rel(Some("noopener noreferrer"));
    builder
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::Parser;

    fn html(text: &str) -> String {
        to_html(Parser::new_ext(text, dialect()))
    }

    #[test]
    fn raw_html_stays_the_letters_that_it_is() {
        let page = html("<script>alert(1)</script>\n\nText <b onclick=x>bold</b> <img src=x onerror=alert(1)>\n");
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{page}");
        assert!(!page.contains("<script") && !page.contains("<b ") && !page.contains("<img"), "{page}");
    }

    #[test]
    fn front_matter_is_no_part_of_the_text() {
        assert_eq!(html("---\ntitle: Secret\n---\n\nText\n"), "<p>Text</p>\n");
    }

    #[test]
    fn links_of_odd_schemes_are_inert() {
        for target in
            ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "http://x.example", "//x.example", "file:///x"]
        {
            let page = html(&format!("[press here]({target})"));
            assert_eq!(page, "<p>press here</p>\n", "{target}");
        }
        assert!(html("[mail](mailto:a@b.example)").contains("href=\"mailto:a@b.example\""));
    }

    #[test]
    fn ids_cannot_take_over_the_page() {
        assert_eq!(
            html("## Scope {#scope}\n\n[there](#scope)"),
            "<h2 id=\"s-scope\">Scope</h2>\n<p><a href=\"#s-scope\" rel=\"noopener noreferrer\">there</a></p>\n"
        );
    }

    #[test]
    fn alerts_tables_and_footnotes_survive() {
        let page = html("> [!TIP]\n> Ask.\n\n| a |\n|---|\n| b |\n\nText[^1]\n\n[^1]: Note\n");
        for part in ["markdown-alert-tip", "table-scroll", "footnote-reference", "footnote-definition"] {
            assert!(page.contains(part), "{part} is missing in {page}");
        }
    }

    proptest! {
        #[test]
        fn no_text_whatever_yields_a_script_or_a_handler(text in "([<>a-z\"'=/:#!\\[\\](){}\n *`&;-]|script|onerror|javascript:|<svg |data:){0,60}") {
            let page = html(&text);
            prop_assert!(!page.contains("<script") && !page.contains("<svg"));
            // Cleaning what is clean changes nothing.
            prop_assert_eq!(allowed().clean(&page).to_string(), page);
        }
    }
}
