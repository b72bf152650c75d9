//! The server's log: kept small, and quoted in error messages.
//! Never rotated by a name of the day: one file and the one before it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

const LARGEST: u64 = 10 * 1024 * 1024;
const QUOTED_LINES: usize = 12;
const QUOTED_BYTES: u64 = 8 * 1024;

/// Moves what is in the log to `postgres.log.1` when there is more than 10 MB of it. The server may
/// run: it only ever appends, so it goes on at the new beginning.
pub(super) fn keep_small(log: &Path) -> io::Result<()> {
    if fs::metadata(log).map_or(0, |found| found.len()) <= LARGEST {
        return Ok(());
    }
    let copied = fs::copy(log, log.with_extension("log.1"));
    OpenOptions::new().write(true).open(log)?.set_len(0)?; // also when the disk is too full for the copy
    copied.map(|_| ())
}

/// The end of the log.
pub(super) fn last_lines(log: &Path) -> String {
    let text = tail(log).unwrap_or_else(|error| format!("(the log cannot be read: {error})").into_bytes());
    let text = String::from_utf8_lossy(&text).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(QUOTED_LINES)..].join("\n")
}

fn tail(log: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(log)?;
    let from = file.metadata()?.len().saturating_sub(QUOTED_BYTES);
    file.seek(SeekFrom::Start(from))?;
    let mut text = Vec::new();
    file.read_to_end(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{LARGEST, keep_small, last_lines};
    use std::fs;

    #[test]
    fn a_log_over_ten_megabytes_starts_afresh_and_keeps_what_was() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("postgres.log");
        fs::write(&log, vec![b'x'; LARGEST as usize]).unwrap();
        keep_small(&log).unwrap();
        assert_eq!(fs::metadata(&log).unwrap().len(), LARGEST);
        fs::write(&log, vec![b'x'; LARGEST as usize + 1]).unwrap();
        keep_small(&log).unwrap();
        assert_eq!(fs::metadata(&log).unwrap().len(), 0);
        assert_eq!(fs::metadata(folder.path().join("postgres.log.1")).unwrap().len(), LARGEST + 1);
    }

    #[test]
    fn the_last_lines_are_quoted_and_a_missing_log_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("postgres.log");
        assert!(last_lines(&log).contains("cannot be read"));
        fs::write(&log, (1..=20).map(|n| format!("line {n}\n")).collect::<String>()).unwrap();
        let quoted = last_lines(&log);
        assert!(quoted.starts_with("line 9\n") && quoted.ends_with("line 20"), "{quoted}");
    }
}
