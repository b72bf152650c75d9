//! The settings file of what was imported, with comments for its author.

use crate::content::import::Imported;
use crate::content::import::facts::Facts;
use chrono::Datelike;
use chrono::NaiveDate;
use std::fmt::Write;

/// The words people attest to, until somebody writes better ones.
fn statement(language: &str, title: &str) -> String {
    match language {
        "vi" => format!("Tôi đã đọc và hiểu chính sách “{title}”, và tôi đồng ý tuân thủ chính sách này."),
        _ => format!("I have read and understood the policy “{title}”, and I agree to follow it."),
    }
}

/// `policy.toml`
pub fn policy_toml(imported: &Imported, id: &str, languages: &[String], language: &str, today: NaiveDate) -> String {
    let facts = &imported.facts;
    let effective = facts.effective.unwrap_or(today);
    let review_by = review_day(facts, effective);
    let mut toml = String::new();
    let _ = writeln!(toml, "id = {}", quoted(id));
    let _ = writeln!(toml, "version = {}", facts.version.unwrap_or(1));
    toml.push_str("materiality = \"material\"\n");
    for (key, value) in [("owner", &facts.owner), ("approver", &facts.approver)] {
        if let Some(value) = value {
            let _ = writeln!(toml, "{key} = {}", quoted(value));
        }
    }
    let _ = writeln!(toml, "effective = {effective}\nreview_by = {review_by}\nprevailing_language = {}", quoted(language));
    let _ = writeln!(toml, "frameworks = [{}]", facts.frameworks.iter().map(|one| quoted(one)).collect::<Vec<_>>().join(", "));
    toml.push_str("meaning = [\"read\", \"understood\", \"agree\"]\n\n");
    toml.push_str("# Written by the import; say what people really attest to.\n[statement]\nversion = 1\n");
    for language in languages {
        let _ = writeln!(toml, "{language} = {}", quoted(&statement(language, &imported.title)));
    }
    toml + &comments(&imported.asides, "")
}

/// When a text is to be looked at again: as it says, or a year after somebody last did.
fn review_day(facts: &Facts, effective: NaiveDate) -> NaiveDate {
    let last = facts.reviewed.map_or(effective, |reviewed| reviewed.max(effective));
    // The 29th of February has no next year.
    let next = || last.with_year(last.year() + 1).or_else(|| last.with_day(28)?.with_year(last.year() + 1)).unwrap_or(last);
    facts.review_by.unwrap_or_else(next)
}

/// `course.toml`, with what was kept from each of its files.
pub fn course_toml(id: &str, minutes: usize, today: NaiveDate, asides: &[(String, &Imported)]) -> String {
    let review_by = review_day(&Facts::default(), today);
    let mut toml = format!(
        "id = {}\nversion = 1\nmateriality = \"material\"\npass_mark = 80\nminutes = {}\nreview_by = {review_by}\nframeworks = []\n",
        quoted(id),
        minutes.max(1)
    );
    for (name, imported) in asides {
        toml += &comments(&imported.asides, name);
    }
    toml
}

/// What readers do not see, for the author.
fn comments(asides: &[(usize, String)], name: &str) -> String {
    if asides.is_empty() {
        return String::new();
    }
    let of = if name.is_empty() { String::new() } else { format!(" {name}") };
    let mut toml = format!("\n# From the source{of}, where readers did not see it either:\n");
    for (line, text) in asides {
        let mut start = format!("# line {line}: ");
        for text in text.lines() {
            let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
            let _ = writeln!(toml, "{}", format!("{start}{text}").trim_end());
            "#     ".clone_into(&mut start);
        }
    }
    toml
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.split_whitespace().collect::<Vec<_>>().join(" ")).to_string()
}

/// Settings of an organisation that nobody has described yet.
pub fn organisation_toml(language: &str) -> String {
    format!(
        "# Written by `avow content import`. Every value is a placeholder: change all of them to yours.\n\n\
         name = \"Name of the organisation\"\n\
         security_email = \"security@organisation.example\"\n\
         compliance_email = \"compliance@organisation.example\"\n\
         incident_phone = \"+00 000 000 000\"\n\
         default_language = \"{language}\"\n\
         # Add the other languages as soon as all texts exist in them.\n\
         languages = [\"{language}\"]\n\
         zone = \"Etc/UTC\"\n\
         intranet = \"https://avow.organisation.example\"\n"
    )
}
