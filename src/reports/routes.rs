//! The overview, the completion report, its files.

use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::export;
use crate::kit::http::View;
use crate::kit::i18n::Lang;
use crate::kit::paging::Paging;
use crate::library;
use crate::people;
use crate::policies;
use crate::programme;
use crate::programme::State;
use crate::reports::completion;
use crate::reports::completion::Filter;
use crate::reports::completion::Report;
use crate::reports::completion::Row;
use crate::reports::manifest::Manifest;
use crate::reports::pages::Choice;
use crate::reports::pages::CompletionLine;
use crate::reports::pages::CompletionPage;
use crate::reports::pages::DeclinedLine;
use crate::reports::pages::DepartmentLine;
use crate::reports::pages::OverviewPage;
use crate::reports::pages::RequirementBar;
use crate::reports::pages::Segment;
use crate::rights::CurrentUser;
use crate::rights::SeeReports;
use actix_web::HttpResponse;
use actix_web::web::Data;
use actix_web::web::Query;
use chrono::DateTime;
use chrono::SecondsFormat;
use chrono::TimeDelta;
use chrono::Utc;
use chrono_tz::Tz;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;

/// How many rows a page shows.
const PAGE: usize = 50;

/// `GET /reports`: done, open, overdue.
///
/// # Errors
/// When the database fails.
pub async fn overview(user: CurrentUser<SeeReports>, ctx: Data<Ctx>, view: View) -> Result<HttpResponse, AppError> {
    let (now, lang) = (ctx.now(), view.lang());
    let mut connection = ctx.connection().await?;
    let report = completion::build(&mut connection, now, &ctx.organisation, user.reach().limit()).await?;
    let titles = library::titles(&mut connection, now, lang.tag()).await?;
    let of_requirements = self::titles(&report, &titles);
    let mut by_requirement: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    let mut by_department: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in &report.rows {
        by_requirement.entry(&row.requirement).or_default().push(row);
        by_department.entry(&row.department).or_default().push(row);
    }
    let requirements = by_requirement.into_iter().map(|(slug, rows)| bar(lang, slug, of_requirements[slug].clone(), &rows));
    let departments = by_department.into_iter().map(|(name, rows)| DepartmentLine {
        name: name.to_owned(),
        query: query(&Filter { department: name.to_owned(), ..Filter::default() }, None),
        assigned: rows.len(),
        done: rows.iter().filter(|row| row.state.is_complete()).count(),
        owed: rows.iter().filter(|row| row.state.is_owed()).count(),
        overdue: rows.iter().filter(|row| row.state == State::Overdue).count(),
    });
    let refused = report.rows.iter().filter(|row| row.standing.declined).map(|row| row.standing.assignment.id).collect::<Vec<_>>();
    let declined = policies::declined(&mut connection, &refused).await?.into_iter().map(|declined| DeclinedLine {
        name: declined.displayed_name,
        policy: titles.get(&("policy".to_owned(), declined.policy.clone())).cloned().unwrap_or(declined.policy),
        version: declined.version,
        when: lang.long_instant(declined.signed_at, ctx.organisation.zone),
        reason: declined.reason.unwrap_or_default(),
    });
    view.page(&OverviewPage {
        declined: declined.collect(),
        as_of: lang.long_instant(now, ctx.organisation.zone),
        requirements: requirements.collect(),
        departments: departments.collect(),
    })
}

/// Progress as `docs/obligations.md` defines it: complete of those who can and should, cut to a tenth.
fn bar(lang: Lang, slug: &str, title: String, rows: &[&Row]) -> RequirementBar {
    let totals = completion::totals(rows.iter().copied());
    let done = totals["complete_on_time"] + totals["complete_late"];
    let aside = totals["withdrawn"] + totals["paused"] + totals["left_before_due"];
    let counted = rows.len() - aside;
    let point = if lang == Lang::Vi { ',' } else { '.' };
    let per_cent = (counted > 0).then(|| format!("{}{point}{} %", done * 100 / counted, done * 1000 / counted % 10));
    RequirementBar {
        slug: slug.to_owned(),
        title,
        assigned: rows.len(),
        done,
        counted,
        per_cent: per_cent.unwrap_or_else(|| "–".into()),
        segments: segments(&totals),
    }
}

fn segments(totals: &BTreeMap<&'static str, usize>) -> Vec<Segment> {
    let mut x = 0;
    let mut segments = Vec::new();
    for state in State::ALL {
        let count = totals[state.name()];
        if count > 0 {
            segments.push(Segment { state: state.name(), mark: state.mark(), count, x });
            x += count;
        }
    }
    segments
}

/// What is asked of the completion report.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(flatten)]
    filter: Filter,
    #[serde(default)]
    as_of: String,
    #[serde(default)]
    page: String,
}

/// The report with all its rows; what was asked for is checked before anything is counted.
async fn everything(ctx: &Ctx, user: &CurrentUser<SeeReports>, asked: &Asked) -> Result<Report, AppError> {
    if !asked.filter.is_known() {
        return Err(AppError::Invalid("problem-state"));
    }
    let as_of = completion::instant(&asked.as_of, ctx.now(), ctx.organisation.zone).ok_or(AppError::Invalid("problem-as-of"))?;
    completion::build(&mut *ctx.connection().await?, as_of, &ctx.organisation, user.reach().limit()).await
}

/// `GET /reports/completion`: every assignment, filtered as the address says.
///
/// # Errors
/// When the instant cannot be read or lies ahead.
pub async fn completion_report(
    user: CurrentUser<SeeReports>,
    ctx: Data<Ctx>,
    view: View,
    asked: Query<Asked>,
) -> Result<HttpResponse, AppError> {
    let lang = view.lang();
    let asked = asked.into_inner();
    let everything = everything(&ctx, &user, &asked).await?;
    let report = everything.only(asked.filter.clone());
    let titles = titles(&everything, &library::titles(&mut *ctx.connection().await?, ctx.now(), lang.tag()).await?);
    let query = query(&report.filter, Some(report.as_of));
    let paging = Paging::new(&asked.page, report.rows.len(), PAGE, "/reports/completion", &query);
    let filter = &report.filter;
    let states = ["done", "owed"].into_iter().chain(State::ALL.map(State::name));
    view.page(&CompletionPage {
        as_of: as_of_words(lang, &asked.as_of, report.as_of, ctx.organisation.zone),
        as_of_day: as_of_day(&asked.as_of, report.as_of, ctx.organisation.zone),
        query,
        total: report.rows.len(),
        totals: segments(&report.totals()),
        rows: paging.of(&report.rows).iter().map(|row| line(row, &titles)).collect(),
        requirements: choices(everything.rows.iter().map(|row| row.requirement.as_str()), &filter.requirement, |name| titles[name].clone()),
        states: states.map(|name| choice(name, &filter.state, lang.text(&format!("filter-state-{name}")))).collect(),
        departments: choices(everything.rows.iter().map(|row| row.department.as_str()), &filter.department, |name| name.to_owned()),
        kinds: choices(everything.rows.iter().map(|row| row.kind.as_str()), &filter.kind, |name| kind(lang, name)),
        paging,
    })
}

/// The title of each requirement's content, or the requirement's name where it has none.
fn titles(report: &Report, known: &HashMap<(String, String), String>) -> HashMap<String, String> {
    let title = |row: &Row| {
        let assignment = &row.standing.assignment;
        let key = (assignment.content_kind.name().to_owned(), assignment.content_slug.clone());
        (row.requirement.clone(), known.get(&key).cloned().unwrap_or_else(|| row.requirement.clone()))
    };
    report.rows.iter().map(title).collect()
}

/// The instant that a report speaks of: of a day that was asked for, its end.
fn as_of_words(lang: Lang, words: &str, as_of: DateTime<Utc>, zone: Tz) -> String {
    let last = (as_of - TimeDelta::microseconds(1)).with_timezone(&zone).date_naive();
    if programme::end_of_day(last, zone) == as_of && !words.is_empty() {
        return lang.text_with("report-end-of", [("day", lang.long_date(last).into())]);
    }
    lang.long_instant(as_of, zone)
}

/// The day that a report speaks of, for the form's field; nothing while it speaks of now.
fn as_of_day(words: &str, as_of: DateTime<Utc>, zone: Tz) -> String {
    // The end of a day is the first instant of the next.
    let last = (as_of - TimeDelta::microseconds(1)).with_timezone(&zone);
    if words.is_empty() { String::new() } else { last.date_naive().to_string() }
}

fn kind(lang: Lang, name: &str) -> String {
    lang.text(&format!("kind-{name}"))
}

fn choices<'a>(values: impl Iterator<Item = &'a str>, selected: &str, label: impl Fn(&str) -> String) -> Vec<Choice> {
    values
        .filter(|value| !value.is_empty())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|value| choice(value, selected, label(value)))
        .collect()
}

fn choice(value: &str, selected: &str, label: String) -> Choice {
    Choice { value: value.to_owned(), label, selected: value == selected }
}

fn line(row: &Row, titles: &HashMap<String, String>) -> CompletionLine {
    let assignment = &row.standing.assignment;
    let zone = assignment.zone.parse().unwrap_or(Tz::UTC);
    let completed = row.standing.completed.map(|(_, at)| at.with_timezone(&zone).date_naive().to_string());
    CompletionLine {
        assignment: assignment.id.to_string(),
        name: row.name.clone(),
        hr_id: row.hr_id.clone(),
        department: row.department.clone(),
        requirement: titles[&row.requirement].clone(),
        due: assignment.due_on.to_string(),
        completed: completed.unwrap_or_default(),
        state: row.state.name(),
        mark: row.state.mark(),
        days: row.standing.days_late,
        declined: row.standing.declined,
    }
}

/// The filter as the query of an address.
fn query(filter: &Filter, as_of: Option<DateTime<Utc>>) -> String {
    let as_of = as_of.map(|as_of| as_of.to_rfc3339_opts(SecondsFormat::Micros, true)).unwrap_or_default();
    let fields = [
        ("requirement", &filter.requirement),
        ("state", &filter.state),
        ("department", &filter.department),
        ("kind", &filter.kind),
        ("as_of", &as_of),
    ];
    let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// The files of a report: their common name, the CSV, the manifest.
async fn files(ctx: &Ctx, user: &CurrentUser<SeeReports>, asked: &Asked) -> Result<(String, Vec<u8>, Vec<u8>), AppError> {
    let report = everything(ctx, user, asked).await?.only(asked.filter.clone());
    let name = report.file_name();
    let by = people::person(&mut *ctx.connection().await?, user.person_id).await?.hr_id;
    let csv = report.csv()?;
    let manifest = Manifest::new(&report, &format!("{name}.csv"), &csv, &by, ctx.now()).json()?;
    tracing::info!(person = %user.person_id, rows = report.rows.len(), "report exported");
    Ok((name, csv, manifest))
}

/// Answers with a file to be kept.
pub(super) fn download(kind: &'static str, name: &str, bytes: Vec<u8>) -> HttpResponse {
    let disposition = format!("attachment; filename=\"{name}\"");
    HttpResponse::Ok().content_type(kind).insert_header(("content-disposition", disposition)).body(bytes)
}

/// `GET /reports/completion.csv`: the rows of the page with the same address.
///
/// # Errors
/// When the instant cannot be read or lies ahead.
pub async fn completion_csv(user: CurrentUser<SeeReports>, ctx: Data<Ctx>, asked: Query<Asked>) -> Result<HttpResponse, AppError> {
    let (name, csv, _) = files(&ctx, &user, &asked).await?;
    Ok(download("text/csv; charset=utf-8", &format!("{name}.csv"), csv))
}

/// `GET /reports/completion.manifest.json`: what that CSV holds.
///
/// # Errors
/// When the instant cannot be read or lies ahead.
pub async fn completion_manifest(user: CurrentUser<SeeReports>, ctx: Data<Ctx>, asked: Query<Asked>) -> Result<HttpResponse, AppError> {
    let (name, _, manifest) = files(&ctx, &user, &asked).await?;
    Ok(download("application/json", &format!("{name}.manifest.json"), manifest))
}

/// `GET /reports/completion.zip`: both in one file.
///
/// # Errors
/// When the instant cannot be read or lies ahead.
pub async fn completion_zip(user: CurrentUser<SeeReports>, ctx: Data<Ctx>, asked: Query<Asked>) -> Result<HttpResponse, AppError> {
    let (name, csv, manifest) = files(&ctx, &user, &asked).await?;
    let files = [(format!("{name}.csv"), csv), (format!("{name}.manifest.json"), manifest)];
    let files = files.each_ref().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    let archive = export::zip(&files).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(download("application/zip", &format!("{name}.zip"), archive))
}
