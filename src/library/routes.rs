//! Reading published content.

use crate::content::ContentKind;
use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::http::View;
use crate::kit::i18n::Lang;
use crate::library::model::ContentText;
use crate::library::model::Version;
use crate::library::pages::PolicyLine;
use crate::library::pages::PolicyListPage;
use crate::library::pages::PolicyPage;
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
    let (now, lang) = (ctx.now(), view.lang());
    if slug.contains('\0') {
        return Err(AppError::NotFound);
    }
    let mut connection = ctx.connection().await?;
    let version = queries::current(&mut connection, now, ContentKind::Policy, &slug).await?;
    let text = queries::text(&mut connection, version.id, lang.tag(), "policy").await?;
    view.page(&page(&ctx, lang, &version, text))
}

fn page(ctx: &Ctx, lang: Lang, version: &Version, text: ContentText) -> PolicyPage {
    let prevailing = version.settings.prevailing_language.as_deref().and_then(|tag| tag.parse::<Lang>().ok());
    PolicyPage {
        policy_title: text.title,
        version: version.version,
        effective: long_day(ctx, lang, version.effective_at),
        owner: version.settings.owner.clone(),
        html: text.html,
        language_name: prevailing
            .filter(|prevailing| prevailing.tag() != text.language)
            .map(|named| lang.text(&format!("language-{named}"))),
        language: text.language,
    }
}

fn long_day(ctx: &Ctx, lang: Lang, instant: DateTime<Utc>) -> String {
    lang.long_date(instant.with_timezone(&ctx.organisation.zone).date_naive())
}
