//! Reading published content.

use crate::ctx::Ctx;
use crate::kit::diff;
use crate::kit::diff::labels;
use crate::kit::error::AppError;
use crate::kit::http::View;
use crate::kit::i18n::Lang;
use crate::library::model::Version;
use crate::library::pages::PolicyLine;
use crate::library::pages::PolicyListPage;
use crate::library::pages::PolicyPage;
use crate::library::pages::foreign;
use crate::library::queries;
use crate::rights::CurrentUser;
use crate::rights::ReadPolicies;
use actix_web::HttpResponse;
use actix_web::web::Data;
use actix_web::web::Path;
use chrono::DateTime;
use chrono::Utc;

/// `GET /policies`: all policies in force, to be read by everybody at any time.
///
/// # Errors
/// When the database fails.
pub async fn policies(_: CurrentUser<ReadPolicies>, ctx: Data<Ctx>, view: View) -> Result<HttpResponse, AppError> {
    let (now, lang) = (ctx.now(), view.lang());
    let mut connection = ctx.connection().await?;
    let mut policies: Vec<PolicyLine> = Vec::new();
    for version in queries::all(&mut connection).await? {
        if version.kind != "policy" || version.effective_at > now || policies.iter().any(|policy| policy.slug == version.slug) {
            continue;
        }
        let text = queries::text(&mut connection, version.id, lang.tag(), "policy").await?;
        let effective = long_day(&ctx, lang, version.effective_at);
        policies.push(PolicyLine { slug: version.slug, title: text.title, summary: text.summary, version: version.version, effective });
    }
    view.page(&PolicyListPage { policies })
}

/// `GET /policies/{slug}`: the text of a policy.
///
/// # Errors
/// When there is no such policy.
pub async fn policy(_: CurrentUser<ReadPolicies>, ctx: Data<Ctx>, view: View, slug: Path<String>) -> Result<HttpResponse, AppError> {
    policy_page(&ctx, &view, &slug, None).await
}

/// `GET /policies/{slug}/versions/{version}`: the text of a policy as it was, with what had changed since the version before.
///
/// # Errors
/// When there is no such version, or it does not count yet.
pub async fn policy_version(
    _: CurrentUser<ReadPolicies>,
    ctx: Data<Ctx>,
    view: View,
    path: Path<(String, i32)>,
) -> Result<HttpResponse, AppError> {
    policy_page(&ctx, &view, &path.0, Some(path.1)).await
}

async fn policy_page(ctx: &Ctx, view: &View, slug: &str, number: Option<i32>) -> Result<HttpResponse, AppError> {
    let (now, lang) = (ctx.now(), view.lang());
    if slug.contains('\0') {
        return Err(AppError::NotFound);
    }
    let mut connection = ctx.connection().await?;
    let is_it = |version: &Version| version.kind == "policy" && version.slug == slug && version.effective_at <= now;
    let versions: Vec<Version> = queries::all(&mut connection).await?.into_iter().filter(is_it).collect();
    let newest = versions.first().ok_or(AppError::NotFound)?;
    let place = match number {
        Some(number) => versions.iter().position(|version| version.version == number).ok_or(AppError::NotFound)?,
        None => 0,
    };
    let version = &versions[place];
    let text = queries::text(&mut connection, version.id, lang.tag(), "policy").await?;
    let comparison = match versions.get(place + 1).filter(|_| number.is_some()) {
        Some(before) => {
            let before = queries::text(&mut connection, before.id, lang.tag(), "policy").await?;
            diff::compare(&before.html, &text.html, &labels(lang)).html
        }
        None => String::new(),
    };
    let prevailing = version.settings.prevailing_language.as_deref().and_then(|tag| tag.parse::<Lang>().ok());
    view.page(&PolicyPage {
        policy_title: text.title,
        version: version.version,
        effective: long_day(ctx, lang, version.effective_at),
        owner: version.settings.owner_in(lang.tag()).map(str::to_owned),
        html: text.html,
        language_name: prevailing
            .filter(|prevailing| prevailing.tag() != text.language)
            .map(|named| lang.text(&format!("language-{named}"))),
        foreign: foreign(lang, &text.language),
        language: text.language,
        versions: versions.iter().map(|version| version.version).collect(),
        slug: slug.to_owned(),
        newest: (version.version != newest.version).then_some(newest.version),
        changes: version.settings.changes_in(lang.tag()).filter(|_| number.is_some()).unwrap_or_default().to_owned(),
        comparison,
    })
}

fn long_day(ctx: &Ctx, lang: Lang, instant: DateTime<Utc>) -> String {
    lang.long_date(instant.with_timezone(&ctx.organisation.zone).date_naive())
}
