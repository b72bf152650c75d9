//! Any bytes as a lesson: ends with diagnostics or inert HTML.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (found, document) = avow::content::try_text(bytes);
    assert!(found.errors() > 0 || document.is_some());
    let html = document.map(|document| document.whole_html()).unwrap_or_default();
    assert!(!html.contains("<script") && !html.contains("href=\"javascript"), "{html}");
});
