//! HTML of `kit::markdown` as leaves: runs of words, each with the elements that it stands in.

/// An element that holds blocks or words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name.
    pub name: String,
    /// Its start tag.
    pub start: String,
    /// Which of its text's elements it is.
    pub number: usize,
}

/// A word with the blank after it, and the marks it bears: emphasis, links, code.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Word {
    pub text: String,
    pub marks: Vec<String>,
}

impl Word {
    /// Whether people would count it.
    pub fn counts(&self) -> bool {
        self.text.chars().any(char::is_alphanumeric)
    }
}

/// A run of words in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    pub path: Vec<Element>,
    pub words: Vec<Word>,
}

impl Leaf {
    /// What makes it the same as another: where it stands, and its words.
    pub fn key(&self) -> String {
        let path = self.path.iter().map(|element| element.name.as_str()).collect::<Vec<_>>().join("/");
        let words: String = self.words.iter().map(|word| format!("{:?}{}", word.marks, word.text)).collect();
        format!("{path}: {}", words.trim_end())
    }

    /// The element that it stands in.
    pub fn kind(&self) -> &str {
        self.path.last().map_or("", |element| element.name.as_str())
    }
}

/// Elements that mark words; all others hold them.
const MARKS: [&str; 6] = ["strong", "em", "del", "a", "code", "sup"];
/// Elements that are alone.
const ALONE: [&str; 4] = ["br", "img", "input", "hr"];

pub(super) fn parse(html: &str) -> Vec<Leaf> {
    let mut reader = Reader::default();
    let mut rest = html;
    while !rest.is_empty() {
        if let Some(tag) = rest.strip_prefix('<') {
            let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
            reader.tag(tag);
            rest = after;
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            reader.text(&rest[..end]);
            rest = &rest[end..];
        }
    }
    reader.flush();
    reader.leaves
}

#[derive(Default)]
struct Reader {
    path: Vec<Element>,
    marks: Vec<(String, String)>,
    words: Vec<Word>,
    leaves: Vec<Leaf>,
    count: usize,
}

impl Reader {
    fn tag(&mut self, tag: &str) {
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default().to_owned();
        let in_code = self.path.iter().any(|element| element.name == "pre");
        if ALONE.contains(&name.as_str()) || ["video", "track"].contains(&name.as_str()) {
            if name == "hr" {
                self.flush();
            }
            let marks = self.marks();
            self.words.push(Word { text: format!("<{tag}>"), marks });
            if name == "hr" {
                self.flush();
            }
        } else if MARKS.contains(&name.as_str()) && !in_code {
            if tag.starts_with('/') {
                if let Some(at) = self.marks.iter().rposition(|(open, _)| *open == name) {
                    self.marks.remove(at);
                }
            } else {
                // What an author struck out is not what a new version took out.
                let start = if name == "del" { "<s>".to_owned() } else { format!("<{tag}>") };
                self.marks.push((name, start));
            }
        } else if !in_code || name == "pre" {
            self.flush();
            if tag.starts_with('/') {
                let closed = self.path.iter().rposition(|element| element.name == name);
                self.path.truncate(closed.unwrap_or(self.path.len()));
            } else {
                self.count += 1;
                self.path.push(Element { name, start: format!("<{tag}>"), number: self.count });
            }
        }
    }

    fn marks(&self) -> Vec<String> {
        self.marks.iter().map(|(_, start)| start.clone()).collect()
    }

    fn text(&mut self, text: &str) {
        let in_code = self.path.iter().any(|element| element.name == "pre");
        if self.words.is_empty() && text.trim().is_empty() && !in_code {
            return;
        }
        let marks = self.marks();
        for piece in text.split_inclusive(|letter: char| letter.is_whitespace()) {
            // Blanks of a text belong to the word before them.
            match self.words.last_mut() {
                Some(last) if piece.trim().is_empty() && (last.marks == marks || !in_code) => last.text.push_str(piece),
                _ => self.words.push(Word { text: piece.to_owned(), marks: marks.clone() }),
            }
        }
    }

    fn flush(&mut self) {
        let mut words = std::mem::take(&mut self.words);
        if let Some(last) = words.last_mut().filter(|last| !last.text.starts_with('<')) {
            last.text.truncate(last.text.trim_end().len());
        }
        if !words.is_empty() {
            self.leaves.push(Leaf { path: self.path.clone(), words });
        }
    }
}
