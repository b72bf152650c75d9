//! The file of leaves: who is away from when to when. Codes say what kind of leave, never a medical reason.

use crate::people::rows;
use crate::people::rows::Fields;
use crate::people::rows::Rejected;
use chrono::NaiveDate;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// One leave as the file has it.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub line: u64,
    pub hr_id: String,
    pub first_day: NaiveDate,
    pub last_day: Option<NaiveDate>,
    pub code: String,
}

/// Reads the file: the rows that can be taken and those that cannot.
pub(super) fn read(bytes: &[u8]) -> Result<(Vec<Row>, Vec<Rejected>), Rejected> {
    let mut rejected = Vec::new();
    let mut taken: Vec<Row> = Vec::new();
    let mut first_lines: HashMap<(String, NaiveDate), u64> = HashMap::new();
    for fields in rows::read(bytes, &["hr_id", "first_day", "last_day", "code"], &["hr_id", "first_day", "code"])? {
        let read = fields.and_then(|fields| row(&fields).map_err(|reason| Rejected { line: fields.line, reason }));
        match read {
            Err(reject) => rejected.push(reject),
            Ok(row) => match first_lines.entry((row.hr_id.clone(), row.first_day)) {
                Entry::Occupied(other) => {
                    let reason = format!("a leave of hr_id {} from {} stands in line {} already", row.hr_id, row.first_day, other.get());
                    rejected.push(Rejected { line: row.line, reason });
                }
                Entry::Vacant(first) => {
                    first.insert(row.line);
                    taken.push(row);
                }
            },
        }
    }
    Ok((taken, rejected))
}

fn row(fields: &Fields) -> Result<Row, String> {
    let first_day = fields.date("first_day")?.ok_or("first_day is empty")?;
    let last_day = fields.date("last_day")?;
    if let Some(last) = last_day.filter(|last| *last < first_day) {
        return Err(format!("last_day {last} is before first_day {first_day}"));
    }
    Ok(Row { line: fields.line, hr_id: fields.needed("hr_id")?, first_day, last_day, code: fields.needed("code")?.to_lowercase() })
}
