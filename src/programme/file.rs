//! The programme as a file (`programme.toml`): what `avow programme apply` reads. `docs/operating.md` explains it.

use crate::content::ContentKind;
use crate::programme::audience::Audience;
use crate::programme::audience::Condition;
use crate::programme::model::Rule;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::HashSet;

/// All requirements of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeFile {
    #[serde(rename = "requirement")]
    pub(super) requirements: Vec<Entry>,
}

/// One `[[requirement]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub id: String,
    pub group: String,
    course: Option<String>,
    policy: Option<String>,
    #[serde(deserialize_with = "crate::content::day")]
    in_force_from: NaiveDate,
    cadence: Cadence,
    months: Option<u32>,
    launch_days: Option<u32>,
    joiner_days: Option<u32>,
    open_days: Option<u32>,
    keep_days: Option<u32>,
    return_days: Option<u32>,
    revision_days: Option<u32>,
    #[serde(default)]
    audience: Audience,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Cadence {
    Rolling,
    Once,
}

impl ProgrammeFile {
    /// Reads a file.
    ///
    /// # Errors
    /// What is wrong with it, with its line where there is one.
    pub fn read(text: &str) -> Result<Self, String> {
        let file: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut ids = HashSet::new();
        for entry in &file.requirements {
            if !ids.insert(&entry.id) {
                return Err(format!("requirement {:?} stands twice", entry.id));
            }
            entry.content()?;
            entry.check()?;
        }
        Ok(file)
    }

    /// Moves every date by so many days: the demo keeps its programme in the present.
    pub fn shift(&mut self, days: i64) {
        for entry in &mut self.requirements {
            entry.in_force_from += chrono::TimeDelta::days(days);
        }
    }
}

impl Entry {
    /// What is owed.
    pub fn content(&self) -> Result<(ContentKind, &str), String> {
        match (&self.course, &self.policy) {
            (Some(slug), None) => Ok((ContentKind::Course, slug)),
            (None, Some(slug)) => Ok((ContentKind::Policy, slug)),
            _ => Err(format!("requirement {:?}: name either a course or a policy", self.id)),
        }
    }

    fn check(&self) -> Result<(), String> {
        let wrong = |why: &str| Err(format!("requirement {:?}: {why}", self.id));
        let slug = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        if !self.id.split('-').all(slug) {
            return wrong("its id is no name for an address: use small letters, digits and single hyphens");
        }
        if self.group.trim().is_empty() {
            return wrong("its group is empty; name the round it belongs to");
        }
        if let Some(problem) = self.audience.all.iter().chain(&self.audience.any).find_map(Condition::problem) {
            return wrong(&problem);
        }
        let months = self.months.unwrap_or(12);
        match (self.cadence, self.months) {
            (Cadence::Once, Some(_)) => wrong("what is owed once has no months"),
            (Cadence::Rolling, Some(0)) => wrong("months is 0; leave it out for 12"),
            (Cadence::Rolling, _) if months > 120 => wrong("months is more than ten years"),
            (Cadence::Rolling, _) if self.open_days.unwrap_or(0).max(self.keep_days.unwrap_or(0)) >= months * 28 => {
                wrong("open_days and keep_days must be shorter than the months between two times: else it would always be open")
            }
            _ if self.days().iter().flatten().any(|days| *days > 3660) => wrong("a number of days is more than ten years"),
            _ => Ok(()),
        }
    }

    fn days(&self) -> [Option<u32>; 6] {
        [self.launch_days, self.joiner_days, self.open_days, self.keep_days, self.return_days, self.revision_days]
    }

    /// The rule, with the defaults: 30 days for training, 14 for a policy.
    pub fn rule(&self) -> Rule {
        let default = Rule::default();
        let joiner_days = if self.policy.is_some() { 14 } else { default.joiner_days };
        Rule {
            in_force_from: self.in_force_from,
            launch_days: self.launch_days.unwrap_or(default.launch_days),
            joiner_days: self.joiner_days.unwrap_or(joiner_days),
            months: (self.cadence == Cadence::Rolling).then(|| self.months.unwrap_or(12)),
            // Where the time between is short, half of it.
            open_days: self.open_days.unwrap_or(default.open_days.min(self.months.unwrap_or(12) * 14)),
            keep_days: self.keep_days.unwrap_or(default.keep_days.min(self.months.unwrap_or(12) * 14)),
            return_days: self.return_days.unwrap_or(default.return_days),
            revision_days: self.revision_days.unwrap_or(default.revision_days),
            leave_days: default.leave_days,
            audience: self.audience.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        "[[requirement]]\nid = \"a\"\ngroup = \"round\"\npolicy = \"p\"\nin_force_from = 2026-10-01\ncadence = \"rolling\"\n";

    #[test]
    fn the_defaults_are_those_of_the_documentation() {
        let rule = ProgrammeFile::read(GOOD).expect("reads").requirements[0].rule();
        assert_eq!((rule.launch_days, rule.joiner_days, rule.months, rule.open_days), (30, 14, Some(12), 60));
        let monthly = GOOD.replace("\"rolling\"", "\"rolling\"\nmonths = 1");
        let rule = ProgrammeFile::read(&monthly).expect("reads").requirements[0].rule();
        assert_eq!((rule.open_days, rule.keep_days), (14, 14), "not open again as soon as it is done");
    }

    #[test]
    fn what_is_wrong_is_said() {
        let cases = [
            ("policy = \"p\"", "", "name either a course or a policy"),
            ("cadence = \"rolling\"", "cadence = \"weekly\"", "weekly"),
            ("cadence = \"rolling\"", "cadence = \"once\"\nmonths = 3", "has no months"),
            ("id = \"a\"", "id = \"A b\"", "no name for an address"),
            ("group", "grup", "grup"),
            ("\"round\"", "\" \"", "its group is empty"),
            ("cadence = \"rolling\"", "cadence = \"rolling\"\nmonths = 4294967295", "more than ten years"),
            ("cadence = \"rolling\"", "cadence = \"rolling\"\nopen_days = 400", "always be open"),
            (
                "cadence = \"rolling\"",
                "cadence = \"rolling\"\naudience.all = [{ field = \"kind\", op = \"in\", values = [\"employe\"] }]",
                "\"employe\" is no kind; write employee, contractor, intern or board",
            ),
            (
                "cadence = \"rolling\"",
                "cadence = \"rolling\"\naudience.any = [{ field = \"country\", op = \"not_in\", values = [\"UK\"] }]",
                "\"UK\" is no country",
            ),
            ("2026-10-01", "2026-13-01", "TOML parse error"),
            ("2026-10-01", "\"tomorrow\"", "date"),
        ];
        for (right, wrong, expected) in cases {
            let message = ProgrammeFile::read(&GOOD.replace(right, wrong)).expect_err(wrong);
            assert!(message.contains(expected), "{message}");
        }
        assert!(ProgrammeFile::read(&GOOD.repeat(2)).expect_err("twice").contains("twice"));
    }
}
