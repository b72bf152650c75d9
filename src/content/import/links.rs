//! Links and pictures: what may stay stays; of the rest the words stay, and the address is told.

use crate::content::import::inline_html::destination;
use crate::content::import::log::Log;
use crate::content::import::log::quoted;
use crate::content::import::outline::Outline;
use crate::content::import::page::Edit;
use crate::content::import::page::Page;
use crate::content::import::page::plain;
use crate::content::import::places::Places;
use crate::kit::markdown;
use pulldown_cmark::Event;
use pulldown_cmark::LinkType;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;
use std::collections::HashSet;
use std::ops::Range;

/// What becomes of a link.
enum Fate {
    /// It stays as it is.
    Stays,
    /// It leads somewhere else.
    Leads(String),
    /// Its words stay; behind them, perhaps, the address as words.
    Words(Option<String>),
}

/// Reads links and pictures of one text.
pub(super) struct Links<'a> {
    /// The path of the file, below the imported folder.
    pub path: &'a str,
    pub places: &'a Places,
    pub outline: &'a Outline,
    /// Whether some were changed already, after which others may have come to light.
    pub is_again: bool,
}

struct OpenLink {
    kind: LinkType,
    /// The name that a link by reference uses.
    id: String,
    address: String,
    start: usize,
    /// Where its words end, as far as they were read.
    end: usize,
    words: String,
}

impl OpenLink {
    fn read(&mut self, event: &Event<'_>, range: &Range<usize>) {
        self.end = self.end.max(range.end);
        if let Event::Text(text) | Event::Code(text) = event {
            self.words.push_str(text);
        }
    }
}

/// A picture while its words are read.
struct Picture {
    address: String,
    title: String,
    words: String,
}

impl Links<'_> {
    /// The changes that links and pictures need.
    pub(super) fn edits(&self, page: &Page, log: &mut Log) -> Vec<Edit> {
        let events = page.events();
        let secure = secure(&events);
        let mut edits = Vec::new();
        let mut open: Option<OpenLink> = None;
        let mut picture: Option<Picture> = None;
        for (event, range) in events {
            if let Some(shown) = &mut picture {
                match event {
                    Event::Text(text) | Event::Code(text) => shown.words.push_str(&text),
                    Event::SoftBreak | Event::HardBreak => shown.words.push(' '),
                    Event::End(TagEnd::Image) => {
                        let words = shown.in_words(open.is_some(), page.number(range.start), log);
                        if let Some(open) = &mut open {
                            open.words.push_str(&words);
                            open.end = range.end;
                        }
                        edits.push(Edit::new(range, words));
                        picture = None;
                    }
                    _ => {}
                }
                continue;
            }
            match event {
                Event::Start(Tag::Image { dest_url, title, id, .. }) => {
                    log.drop_markup(&id);
                    picture = Some(Picture { address: dest_url.to_string(), title: title.to_string(), words: String::new() });
                }
                Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
                    let (start, end) = (range.start, range.start + 1);
                    open = Some(OpenLink {
                        kind: link_type,
                        id: id.to_string(),
                        address: dest_url.to_string(),
                        start,
                        end,
                        words: String::new(),
                    });
                }
                Event::End(TagEnd::Link) => {
                    if let Some(link) = open.take() {
                        self.close(page, &link, range.end, &secure, &mut edits, log);
                    }
                }
                other => {
                    if let Some(open) = &mut open {
                        open.read(&other, &range);
                    }
                }
            }
        }
        edits
    }

    fn close(&self, page: &Page, link: &OpenLink, end: usize, secure: &HashSet<String>, edits: &mut Vec<Edit>, log: &mut Log) {
        let number = page.number(link.start);
        let is_auto = matches!(link.kind, LinkType::Autolink | LinkType::Email);
        let address = if link.kind == LinkType::Email { format!("mailto:{}", link.address) } else { link.address.clone() };
        match self.fate(link, &address, number, secure, log) {
            Fate::Stays if link.kind == LinkType::Email => {
                edits.push(Edit::new(link.start..end, format!("[{}]({})", plain(&link.words), destination(&address))));
            }
            Fate::Stays => {
                let words = link.words.trim().to_lowercase();
                if ["", "here", "click here", "this", "link", "more", "this link", "read more"].contains(&words.as_str()) {
                    let message = format!("the words “{words}” do not say where a link leads ({})", quoted(&address));
                    log.note(number, "link-text", message, "name what the reader finds there");
                }
            }
            Fate::Leads(to) if is_auto => {
                log.drop_markup(&address);
                edits.push(Edit::new(link.start..end, format!("<{to}>")));
            }
            Fate::Leads(to) => {
                log.count("link");
                log.drop_markup(&address);
                log.drop_markup(&link.id);
                let title = title_of(&page.text[link.end..end]).map(|title| format!(" \"{}\"", plain(title))).unwrap_or_default();
                edits.push(Edit::new(link.end..end, format!("]({to}{title})")));
            }
            Fate::Words(shown) => {
                log.count("link");
                log.drop_markup(&address);
                log.drop_markup(&link.id);
                let shown = shown.map(|address| plain(&address));
                if is_auto {
                    edits.push(Edit::new(link.start..end, shown.unwrap_or_else(|| plain(&link.words))));
                    return;
                }
                edits.push(Edit::new(link.start..link.start + 1, ""));
                // The title of a link is for readers, too.
                let title = title_of(&page.text[link.end..end]).map(|title| format!(" ({})", plain(title))).unwrap_or_default();
                let shown = shown.map(|shown| format!(" ({shown})")).unwrap_or_default();
                edits.push(Edit::new(link.end..end, format!("{title}{shown}")));
            }
        }
    }

    fn fate(&self, link: &OpenLink, address: &str, number: usize, secure: &HashSet<String>, log: &mut Log) -> Fate {
        let words = link.words.as_str();
        if let Some(name) = address.strip_prefix('#') {
            return match self.outline.anchor(name) {
                Some(own) if own == name => Fate::Stays,
                Some(own) => Fate::Leads(format!("#{own}")),
                None => {
                    let message = format!("the link “{}” leads to #{}, which is not there", quoted(words), quoted(name));
                    log.note(number, "link", message, "end the heading it means with {#name}, and link to that");
                    Fate::Words(None)
                }
            };
        }
        if address.contains("${") {
            return Fate::Words(Some(address.to_owned()));
        }
        if markdown::is_safe_link(address) || (self.is_again && self.places.leads_there(address)) {
            return Fate::Stays;
        }
        if let Some(rest) = address.strip_prefix("http://") {
            if secure.contains(rest) || words.strip_prefix("https://") == Some(rest) {
                return Fate::Leads(format!("https://{rest}"));
            }
            let message = format!("the address {} is not encrypted and is words now", quoted(address));
            log.note(number, "link", message, "link to it again if it is there under https:");
            return Fate::Words(if words == address { None } else { Some(address.to_owned()) });
        }
        // An address with a gap to fill in.
        if address.starts_with(['[', '\\']) || address.starts_with("www.") || address.starts_with("ftp:") || address.starts_with("//") {
            let message = format!("the address {} of a link is words now", quoted(address));
            log.note(number, "link", message, "write it out with https:, and link to it");
            return Fate::Words(Some(address.to_owned()));
        }
        if let Some((path, place)) = self.places.find(self.path, address).filter(|_| !address.contains(':') || address.starts_with("wiki:"))
        {
            let name = address.split_once('#').map(|(_, name)| name);
            if path == self.path {
                return match name.and_then(|name| self.outline.anchor(name)) {
                    Some(own) => Fate::Leads(format!("#{own}")),
                    None => Fate::Words(None),
                };
            }
            let own = name.and_then(|name| place.anchors.get(name));
            if let Some(name) = name.filter(|_| own.is_none()) {
                let message =
                    format!("the link “{}” leads to the start of its page, because #{} is not there", quoted(words), quoted(name));
                log.note(number, "link", message, "end the heading it means with {#name}, and link to that");
            }
            return Fate::Leads(format!("{}{}", place.address, own.map(|name| format!("#{name}")).unwrap_or_default()));
        }
        let message = format!("the link “{}” to {} is words now", quoted(words), quoted(address));
        log.note(number, "link", message, "link to where readers find it, with https:");
        Fate::Words(None)
    }
}

/// The title in the end of a link: `](address "Title")`.
fn title_of(end: &str) -> Option<&str> {
    let inside = end.strip_prefix("](")?.strip_suffix(')')?.trim_end();
    let mark = inside.chars().next_back().filter(|mark| ['"', '\''].contains(mark))?;
    let inside = inside.strip_suffix(mark)?;
    let start = inside.find(&format!(" {mark}"))?;
    Some(&inside[start + 2..])
}

/// The addresses that the text links to under https, without that.
fn secure(events: &[(Event<'_>, Range<usize>)]) -> HashSet<String> {
    let addresses = events.iter().filter_map(|(event, _)| match event {
        Event::Start(Tag::Link { dest_url, .. }) => dest_url.strip_prefix("https://").map(str::to_owned),
        _ => None,
    });
    addresses.collect()
}

impl Picture {
    /// What stands for it: its words and the name of its file, or a link to it.
    fn in_words(&self, is_linked: bool, number: usize, log: &mut Log) -> String {
        let (address, words, title) = (self.address.as_str(), self.words.as_str(), self.title.as_str());
        log.count("picture");
        log.drop_markup(address);
        let name = if address.starts_with("data:") { "" } else { address.rsplit(['/', '\\']).next().unwrap_or_default() };
        let name = name.split(['?', '#']).next().unwrap_or_default();
        let words = [words, title].into_iter().map(str::trim).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ");
        let message = format!("the picture {} is words now", quoted(if name.is_empty() { "in the text" } else { name }));
        log.note(number, "picture", message, "say in the text what it shows; policies have no pictures");
        match (words.is_empty(), name.is_empty()) {
            (false, true) if is_linked => plain(&words),
            _ if is_linked => plain(if words.is_empty() { name } else { &words }),
            _ if address.starts_with("https://") && !address.contains(['<', '>', '\n']) && !address.contains("${") => {
                format!("[{}]({})", plain(if words.is_empty() { name } else { &words }), destination(address))
            }
            (true, _) => format!("\\[{}\\]", plain(if name.is_empty() { "picture" } else { name })),
            (false, true) => format!("\\[{}\\]", plain(&words)),
            (false, false) => format!("\\[{}: {}\\]", plain(&words), plain(name)),
        }
    }
}
