//! `GET /library`: every course and policy, published or not, and what waits for a second person.

use crate::content::Content;
use crate::content::Examined;
use crate::ctx::Ctx;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::kit::http::View;
use crate::kit::i18n::Lang;
use crate::library;
use crate::library::Version;
use crate::library::proposals;
use crate::people;
use crate::reports::library::folder;
use crate::reports::library::pages::ContentLine;
use crate::reports::library::pages::ProposalLine;
use crate::reports::library::pages::RegisterPage;
use crate::rights::CurrentUser;
use crate::rights::SeeLibrary;
use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::collections::HashMap;
use uuid::Uuid;

/// `GET /library`: every course and policy with the version that is published and the one in the folder.
///
/// # Errors
/// When the database fails.
pub async fn register(_: CurrentUser<SeeLibrary>, ctx: Data<Ctx>, view: View) -> Result<HttpResponse, AppError> {
    let (now, lang) = (ctx.now(), view.lang());
    let today = now.with_timezone(&ctx.organisation.zone).date_naive();
    let examined = folder::examined(&ctx).await?;
    let mut connection = ctx.connection().await?;
    let titles = library::titles(&mut connection, now, lang.tag()).await?;
    let reviews: HashMap<Uuid, NaiveDate> = proposals::next_reviews(&mut connection).await?.into_iter().collect();
    let open = proposals::open(&mut connection).await?;
    let mut lines: BTreeMap<(String, String), ContentLine> = BTreeMap::new();
    for version in library::all(&mut connection).await? {
        let key = (version.kind.clone(), version.slug.clone());
        let title = titles.get(&key).cloned();
        lines.entry(key).or_insert_with(|| published_line(&ctx, &version, title, &reviews, today));
    }
    for content in &examined.contents {
        let key = (content.settings.kind.name().to_owned(), content.settings.id.clone());
        let state = state(&mut connection, &examined, content).await?;
        let line = lines.entry(key).or_insert_with(|| new_line(content, lang));
        line.folder_version = Some(content.settings.version);
        line.state = state;
    }
    for line in lines.values_mut() {
        line.proposed = open.iter().any(|proposal| proposal.slug == line.slug && proposal.kind == line.kind);
    }
    let mut waiting = Vec::new();
    for proposal in open {
        let author = people::person(&mut connection, proposal.proposed_by).await?.name();
        let title = lines.get(&(proposal.kind.clone(), proposal.slug.clone())).map(|line| line.title.clone()).unwrap_or_default();
        let href = lines.get(&(proposal.kind, proposal.slug)).map(|line| line.href.clone()).unwrap_or_default();
        let when = lang.long_instant(proposal.proposed_at, ctx.organisation.zone);
        waiting.push(ProposalLine { href, title, version: proposal.version, author, when });
    }
    view.page(&RegisterPage {
        readable: examined.organisation.is_some(),
        errors: examined.found.errors(),
        warnings: examined.found.warnings(),
        waiting,
        contents: lines.into_values().collect(),
    })
}

/// How what stands in the folder compares: the end of a message's key.
async fn state(connection: &mut Connection, examined: &Examined, content: &Content) -> Result<&'static str, AppError> {
    if examined.faults_of(content).errors() > 0 {
        return Ok("faulty");
    }
    Ok(folder::state(library::actions::standing(connection, content).await?))
}

fn published_line(
    ctx: &Ctx,
    version: &Version,
    title: Option<String>,
    reviews: &HashMap<Uuid, NaiveDate>,
    today: NaiveDate,
) -> ContentLine {
    let review_by = reviews.get(&version.id).copied().unwrap_or(version.settings.review_by);
    ContentLine {
        href: format!("/library/{}/{}", folder::shelf(version.settings.kind), version.slug),
        kind: version.kind.clone(),
        slug: version.slug.clone(),
        title: title.unwrap_or_else(|| version.slug.clone()),
        version: Some(version.version),
        effective: version.effective_at.with_timezone(&ctx.organisation.zone).date_naive().to_string(),
        review_by: review_by.to_string(),
        overdue: review_by < today,
        folder_version: None,
        state: "missing",
        proposed: false,
    }
}

fn new_line(content: &Content, lang: Lang) -> ContentLine {
    ContentLine {
        href: format!("/library/{}/{}", folder::shelf(content.settings.kind), content.settings.id),
        kind: content.settings.kind.name().to_owned(),
        slug: content.settings.id.clone(),
        title: folder::title(content, lang),
        version: None,
        effective: String::new(),
        review_by: content.settings.review_by.to_string(),
        overdue: false,
        folder_version: None,
        state: "new",
        proposed: false,
    }
}
