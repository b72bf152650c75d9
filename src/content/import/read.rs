//! The bytes of a file as text: whatever they are, there is one.

/// Bytes as text, with line feeds only; also what had to be mended.
pub fn decode(bytes: &[u8]) -> (String, Vec<&'static str>) {
    let mut mended = Vec::new();
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            mended.push("the file is no UTF-8 and was read as windows-1252");
            bytes.iter().map(|byte| windows_1252(*byte)).collect()
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
    let is_odd = |letter: char| letter.is_control() && letter != '\n' && letter != '\t';
    if text.contains(is_odd) {
        mended.push("control characters became spaces");
        return (text.replace(is_odd, " "), mended);
    }
    (text, mended)
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’', '“', '”', '•', '–', '—', '˜', '™',
        'š', '›', 'œ', ' ', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_bytes_are_text() {
        assert_eq!(decode(b"\xef\xbb\xbfa\r\nb\rc"), ("a\nb\nc".into(), vec![]));
        assert_eq!(decode(b"caf\xe9 \x93x\x94").0, "café “x”");
        assert_eq!(decode(b"a\x00b").0, "a b");
    }
}
