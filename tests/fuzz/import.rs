//! Any text brought in: no word is lost, and what comes out reads without a panic.
#![no_main]

use avow::content::import;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let surroundings = import::Surroundings { places: &import::Places::default(), organisation: None, is_course: false };
    let imported = import::draft("x.md", &text).finish(&surroundings);
    assert!(imported.lost().is_none(), "{:?}", imported.lost());
    avow::content::try_text(imported.text.as_bytes());
});
