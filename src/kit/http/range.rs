//! Which piece of a file somebody wants (RFC 9110, section 14.1.2).

use std::ops::Range;

/// How much of a file somebody wants.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// All of it: also where the wish is not understood, or names several pieces.
    Whole,
    /// These bytes.
    Part(Range<usize>),
    /// None of it is there.
    Nothing,
}

/// Reads a `Range` header about a file of so many bytes.
pub fn range(wanted: &str, length: usize) -> Piece {
    let Some((first, last)) = wanted.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else { return Piece::Whole };
    let piece = match (first.trim().parse::<usize>(), last.trim().parse::<usize>()) {
        (Ok(first), Ok(last)) if last < first => return Piece::Whole,
        (Ok(first), Ok(last)) => first..last.saturating_add(1).min(length),
        (Ok(first), Err(_)) if last.trim().is_empty() => first..length,
        (Err(_), Ok(count)) if first.trim().is_empty() => length.saturating_sub(count)..length,
        _ => return Piece::Whole,
    };
    if piece.start >= piece.end { Piece::Nothing } else { Piece::Part(piece) }
}

#[cfg(test)]
mod tests {
    use super::Piece;
    use super::range;

    #[test]
    fn a_piece_is_what_was_asked_for_and_is_there() {
        for (wanted, piece) in [
            ("bytes=0-3", Piece::Part(0..4)),
            ("bytes=4-", Piece::Part(4..10)),
            ("bytes=-3", Piece::Part(7..10)),
            ("bytes=-30", Piece::Part(0..10)),
            ("bytes=8-99", Piece::Part(8..10)),
            ("bytes=0-18446744073709551615", Piece::Part(0..10)),
            ("bytes=10-", Piece::Nothing),
            ("bytes=-0", Piece::Nothing),
            ("bytes=3-1", Piece::Whole),
            ("bytes=0-1,4-5", Piece::Whole),
            ("lines=1-2", Piece::Whole),
            ("bytes=a-b", Piece::Whole),
            ("", Piece::Whole),
        ] {
            assert_eq!(range(wanted, 10), piece, "{wanted}");
        }
        assert_eq!(range("bytes=0-", 0), Piece::Nothing);
    }
}
