//! The file of people: what each column means and which rows cannot be taken.

use crate::people::model::EngagementKind;
use crate::people::rows;
use crate::people::rows::Fields;
use crate::people::rows::Rejected;
use chrono::NaiveDate;
use chrono_tz::Tz;
use std::collections::HashMap;
use std::collections::HashSet;
use std::sync::Arc;

/// The columns, as `docs/operating.md` explains them.
pub(super) const COLUMNS: [&str; 16] = [
    "hr_id",
    "email",
    "given_name",
    "family_name",
    "kind",
    "start",
    "end",
    "manager",
    "sponsor",
    "department",
    "location",
    "country",
    "legal_entity",
    "job_role",
    "language",
    "zone",
];

/// ISO 3166-1 alpha-2; and XK, which many HR systems use for Kosovo.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY \
    BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE \
    GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR \
    KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI \
    NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS \
    ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// Whether that is a country's code.
pub fn is_country(code: &str) -> bool {
    COUNTRIES.split(' ').any(|known| known == code)
}

/// One engagement as the file has it.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub line: u64,
    pub columns: Arc<[&'static str]>,
    pub hr_id: String,
    pub email: Option<String>,
    pub given_name: String,
    pub family_name: String,
    pub kind: EngagementKind,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub manager: Option<String>,
    pub sponsor: Option<String>,
    pub department: Option<String>,
    pub location: Option<String>,
    pub country: String,
    pub legal_entity: String,
    pub job_role: String,
    pub language: Option<String>,
    pub zone: Option<Tz>,
}

/// Reads the file: the rows that can be taken and those that cannot. `known` says whether an HR id is in the roster.
pub(super) fn read(bytes: &[u8], known: impl Fn(&str) -> bool) -> Result<(Vec<Row>, Vec<Rejected>), Rejected> {
    let mut rejected = Vec::new();
    let mut rows = Vec::new();
    // Who stands in a row that cannot be taken, and in which.
    let mut fallen: HashMap<String, u64> = HashMap::new();
    for fields in rows::read(bytes, &COLUMNS, &["hr_id", "given_name", "family_name", "kind", "start"])? {
        let fields = match fields {
            Ok(fields) => fields,
            Err(reject) => {
                rejected.push(reject);
                continue;
            }
        };
        match row(&fields) {
            Ok(row) => rows.push(row),
            Err(reason) => {
                fallen.extend(fields.text("hr_id").map(|id| (id, fields.line)));
                rejected.push(Rejected { line: fields.line, reason });
            }
        }
    }
    if rows.is_empty() && rejected.is_empty() {
        return Err(Rejected { line: 1, reason: "the file has a header and nobody in it".into() });
    }
    let mut reject = |row: &Row, reason: String| rejected.push(Rejected { line: row.line, reason });
    let mut first_lines: HashMap<(String, NaiveDate), u64> = HashMap::new();
    rows.retain(|row| match first_lines.get(&(row.hr_id.clone(), row.starts_on)) {
        Some(line) => {
            reject(row, format!("hr_id {} with start {} stands in line {line} already", row.hr_id, row.starts_on));
            false
        }
        None => first_lines.insert((row.hr_id.clone(), row.starts_on), row.line).is_none(),
    });
    drop_strangers(&mut rows, &known, &mut fallen, &mut reject);
    rejected.sort_by_key(|reject| reject.line);
    Ok((rows, rejected))
}

/// A row whose manager or sponsor is nobody cannot be taken; nor can, then, the rows that lean on it.
fn drop_strangers(
    rows: &mut Vec<Row>,
    known: &impl Fn(&str) -> bool,
    fallen: &mut HashMap<String, u64>,
    reject: &mut impl FnMut(&Row, String),
) {
    loop {
        let ids: HashSet<String> = rows.iter().map(|row| row.hr_id.clone()).collect();
        let before = rows.len();
        rows.retain(|row| {
            let named = [("manager", &row.manager), ("sponsor", &row.sponsor)];
            let stranger = named.iter().find_map(|(column, id)| Some((column, id.as_ref().filter(|id| !ids.contains(*id) && !known(id))?)));
            if let Some((column, id)) = stranger {
                let reason = match fallen.get(id) {
                    Some(line) => format!("{column} {id:?} stands in line {line}, which cannot be taken"),
                    None => format!("{column} {id:?} is nobody's hr_id in this file or in the roster"),
                };
                reject(row, reason);
                fallen.insert(row.hr_id.clone(), row.line);
            }
            stranger.is_none()
        });
        if rows.len() == before {
            return;
        }
    }
}

fn row(fields: &Fields) -> Result<Row, String> {
    let kind = fields.needed("kind")?;
    let never = || if fields.text("start").is_some() { "start is a day that never comes" } else { "start is empty" };
    let starts_on = fields.date("start")?.ok_or_else(never)?;
    let ends_on = fields.date("end")?;
    if let Some(end) = ends_on.filter(|end| *end < starts_on) {
        return Err(format!("end {end} is before start {starts_on}"));
    }
    let country = fields.text("country").unwrap_or_default().to_uppercase();
    if !country.is_empty() && !is_country(&country) {
        let example = if country == "UK" { "GB" } else { "VN" };
        return Err(format!("country is {country:?}; write two letters (ISO 3166-1), as in {example}"));
    }
    let zone = fields.text("zone").map(|name| name.parse().map_err(|_| format!("zone is {name:?}; write a name such as Asia/Ho_Chi_Minh")));
    let email = fields.text("email");
    if let Some(address) = email.as_ref().filter(|address| address.parse::<lettre::Address>().is_err()) {
        return Err(format!("email is {address:?}, which is no mail address"));
    }
    let (given_name, family_name) = (fields.text("given_name").unwrap_or_default(), fields.text("family_name").unwrap_or_default());
    if given_name.is_empty() && family_name.is_empty() {
        return Err("given_name and family_name are empty".into());
    }
    Ok(Row {
        line: fields.line,
        columns: Arc::clone(&fields.columns),
        hr_id: fields.needed("hr_id")?,
        email,
        given_name,
        family_name,
        kind: kind.parse().map_err(|()| format!("kind is {kind:?}; write employee, contractor, intern or board"))?,
        starts_on,
        ends_on,
        manager: fields.text("manager"),
        sponsor: fields.text("sponsor"),
        department: fields.text("department"),
        location: fields.text("location"),
        country,
        legal_entity: fields.text("legal_entity").unwrap_or_default(),
        job_role: fields.text("job_role").unwrap_or_default(),
        language: fields.text("language").map(|tag| language(&tag)).transpose()?,
        zone: zone.transpose()?,
    })
}

fn language(tag: &str) -> Result<String, String> {
    let is_tag = (2..=11).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_tag && !tag.starts_with('-') { Ok(tag.to_lowercase()) } else { Err(format!("language is {tag:?}; write a tag such as en or vi")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "hr_id,given_name,family_name,kind,start,end,manager,email,country,zone,language\n";

    fn reasons(rows: &str) -> Vec<String> {
        let (_, rejected) = read(format!("{HEADER}{rows}").as_bytes(), |id| id == "1").expect("the header is right");
        rejected.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_bad_row_has_its_line_and_reason() {
        let cases = [
            (",A,B,employee,2026-01-01,,,,,,", "line 2: hr_id is empty"),
            ("2,,,employee,2026-01-01,,,,,,", "line 2: given_name and family_name are empty"),
            ("2,A,B,boss,2026-01-01,,,,,,", "line 2: kind is \"boss\"; write employee, contractor, intern or board"),
            ("2,A,B,employee,1.2.2026,,,,,,", "line 2: start is \"1.2.2026\"; write the date as in 2026-03-31"),
            ("2,A,B,employee,2026-02-30,,,,,,", "line 2: start is \"2026-02-30\"; write the date as in 2026-03-31"),
            ("2,A,B,employee,,,,,,,", "line 2: start is empty"),
            ("2,A,B,employee,9999-12-31,,,,,,", "line 2: start is a day that never comes"),
            ("2,A,B,employee,2026-02-01,,,,UK,,", "line 2: country is \"UK\"; write two letters (ISO 3166-1), as in GB"),
            ("2,A,B,employee,2026-02-01,,,,ZZ,,", "line 2: country is \"ZZ\"; write two letters (ISO 3166-1), as in VN"),
            ("2,A,B,employee,2026-02-01,2026-01-01,,,,,", "line 2: end 2026-01-01 is before start 2026-02-01"),
            ("2,A,B,employee,2026-02-01,,9,,,,", "line 2: manager \"9\" is nobody's hr_id in this file or in the roster"),
            ("2,A,B,employee,2026-02-01,,,nobody,,,", "line 2: email is \"nobody\", which is no mail address"),
            ("2,A,B,employee,2026-02-01,,,,Vietnam,,", "line 2: country is \"VIETNAM\"; write two letters (ISO 3166-1), as in VN"),
            ("2,A,B,employee,2026-02-01,,,,,CET+1,", "line 2: zone is \"CET+1\"; write a name such as Asia/Ho_Chi_Minh"),
            ("2,A,B,employee,2026-02-01,,,,,,english please", "line 2: language is \"english please\"; write a tag such as en or vi"),
            ("2,A,B,employee,2026-02-01", "line 2: has 5 field(s), the header has 11"),
            ("2,A,\"B\nC\",employee,2026-02-01,,,,,,", "line 2: family_name holds a line break or another control character"),
        ];
        for (row, expected) in cases {
            assert_eq!(reasons(row), [expected], "{row}");
        }
    }

    #[test]
    fn a_row_may_stand_once_and_those_who_lean_on_a_bad_row_fall_with_it() {
        let rows = "2,A,B,employee,2026-01-01,,,,,,\n2,A,B,employee,2026-01-01,,,,,,\n3,A,B,x,2026-01-01,,,,,,\n4,A,B,employee,2026-01-01,,3,,,,\n5,A,B,employee,2026-01-01,,4,,,,\n";
        let lines = reasons(rows).iter().map(|reason| reason.split(':').next().unwrap_or_default().to_owned()).collect::<Vec<_>>();
        assert_eq!(lines, ["line 3", "line 4", "line 5", "line 6"]);
    }

    #[test]
    fn a_wrong_header_is_told_once() {
        let header = |text: &str| read(text.as_bytes(), |_| false).expect_err("the header is wrong").reason;
        assert!(header("").starts_with("the file is empty"));
        assert!(header("hr_id;email\n").contains("commas"));
        assert!(header("hr_id,given_name,family_name,kind\n").contains("start is missing"));
        assert!(header("hr_id,salary\n").contains("no column \"salary\""));
        assert!(header("hr_id,hr_id\n").contains("twice"));
    }

    #[test]
    fn ids_keep_their_zeros_and_the_last_of_days_is_no_day() {
        let (rows, rejected) =
            read(format!("\u{feff}{HEADER}00123,A,B,EMPLOYEE,2026-01-01,9999-12-31,1,,vn,,vi-VN\n").as_bytes(), |id| id == "1")
                .expect("reads");
        assert!(rejected.is_empty(), "{rejected:?}");
        assert_eq!((rows[0].hr_id.as_str(), rows[0].ends_on, rows[0].country.as_str()), ("00123", None, "VN"));
    }
}
