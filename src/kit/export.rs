//! Files for other programs: CSV that no spreadsheet runs as a formula, and ZIP archives whose bytes depend on nothing but
//! their contents.

use std::io;
use std::io::Cursor;
use std::io::Write;
use zip::CompressionMethod;
use zip::DateTime;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// CSV as RFC 4180 has it: UTF-8, CRLF, a header, quotes where needed. Cells that a spreadsheet would run get a `'` in front.
///
/// # Errors
/// When a row has not as many cells as the header.
pub fn csv<const N: usize>(header: [&str; N], rows: impl Iterator<Item = [String; N]>) -> io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row.map(|cell| harmless(&cell)))?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// OWASP ASVS 5.0, 1.2.10: a cell may not start with what starts a formula, full-width forms included.
fn harmless(cell: &str) -> String {
    let starts = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];
    if cell.starts_with(starts) { format!("'{cell}") } else { cell.to_owned() }
}

/// A ZIP archive of these files, with the same bytes for the same contents.
///
/// # Errors
/// When a file is larger than the format takes.
pub fn zip(files: &[(&str, &[u8])]) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
    for (name, bytes) in files {
        archive.start_file(*name, options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_quotes_hold() {
        let cells = ["=HYPERLINK(\"http://x\")", "+1", "-1", "@x", "\tx", "＝1", "a,b", "a\"b", "plain"];
        let bytes = csv(["a"], cells.into_iter().map(|cell| [cell.to_owned()])).expect("writes");
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(
            text,
            "a\r\n\"'=HYPERLINK(\"\"http://x\"\")\"\r\n'+1\r\n'-1\r\n'@x\r\n'\tx\r\n'＝1\r\n\"a,b\"\r\n\"a\"\"b\"\r\nplain\r\n"
        );
    }

    #[test]
    fn an_archive_depends_on_nothing_but_its_contents() {
        let make = || zip(&[("a.csv", b"1"), ("b.json", b"2")]).expect("writes");
        assert_eq!(make(), make());
    }
}
