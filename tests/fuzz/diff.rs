//! Any two texts compared: the marks are balanced, and the same text has no changes.
#![no_main]

use avow::kit::diff::Labels;
use avow::kit::diff::compare;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let half = bytes.len() / 2;
    let html = |bytes: &[u8]| {
        let (_, document) = avow::content::try_text(&[b"---\ntitle: x\n---\n", bytes].concat());
        document.map(|document| document.whole_html()).unwrap_or_default()
    };
    let (old, new) = (html(&bytes[..half]), html(&bytes[half..]));
    let labels = Labels { added: "+".into(), removed: "-".into(), end: "=".into() };
    let found = compare(&old, &new, &labels);
    assert_eq!(found.html.matches("<ins>").count(), found.html.matches("</ins>").count(), "{}", found.html);
    assert!(compare(&new, &new, &labels).is_same());
});
