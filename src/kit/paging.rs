//! Long lists in pages.

use serde::Serialize;

/// Which page of a list is shown, and where the others are. The template `pagination` shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paging {
    /// From 1.
    pub page: usize,
    /// At least 1.
    pub pages: usize,
    /// The page before, if there is one.
    pub previous: Option<usize>,
    /// The page after, if there is one.
    pub next: Option<usize>,
    /// The list's address, up to the number of the page.
    pub href: String,
    #[serde(skip)]
    size: usize,
}

impl Paging {
    /// The page that was asked for, or the nearest there is, of a list of so many items at that path with that query.
    pub fn new(asked: &str, items: usize, size: usize, path: &str, query: &str) -> Self {
        let pages = items.div_ceil(size).max(1);
        let page = asked.parse::<usize>().unwrap_or(1).clamp(1, pages);
        let joint = if query.is_empty() { "" } else { "&" };
        let href = format!("{path}?{query}{joint}page=");
        Self { page, pages, previous: (page > 1).then(|| page - 1), next: (page < pages).then_some(page + 1), href, size }
    }

    /// The items of this page.
    pub fn of<'a, T>(&self, items: &'a [T]) -> &'a [T] {
        let first = ((self.page - 1) * self.size).min(items.len());
        &items[first..(first + self.size).min(items.len())]
    }

    /// A page in the middle, and the only one: for the samples of templates.
    pub fn samples() -> [Self; 2] {
        [Self::new("2", 150, 50, "/list", "q=mai"), Self::new("", 0, 50, "/list", "")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_on_one_page_and_no_page_is_out_of_reach() {
        let items: Vec<usize> = (0..101).collect();
        let pages = ["1", "2", "3"].map(|asked| Paging::new(asked, items.len(), 50, "/list", "").of(&items).to_vec());
        assert_eq!(pages.concat(), items);
        for (asked, page) in [("0", 1), ("-1", 1), ("9223372036854775808", 3), ("x", 1), ("99", 3)] {
            assert_eq!(Paging::new(asked, items.len(), 50, "/list", "").page, page, "{asked}");
        }
        assert_eq!(Paging::new("7", 0, 50, "/list", "").of(&items[..0]).len(), 0);
        assert_eq!(Paging::new("", 60, 50, "/list", "q=x").href, "/list?q=x&page=");
    }
}
