//! The content folder as the program finds it now.

use crate::content;
use crate::content::Content;
use crate::content::ContentKind;
use crate::content::Examined;
use crate::ctx::Ctx;
use crate::kit::error::AppError;
use crate::kit::i18n::Lang;
use crate::library::actions::Standing;

/// Reads the folder beside the requests that others make.
pub(super) async fn examined(ctx: &Ctx) -> Result<Examined, AppError> {
    let root = ctx.config.content_dir.clone();
    let today = ctx.now().with_timezone(&ctx.organisation.zone).date_naive();
    let reading = actix_web::rt::task::spawn_blocking(move || content::examine(&root, today, &|_, _| {}));
    reading.await.map_err(|error| AppError::Internal(format!("reading the content folder: {error}")))
}

/// A course or policy as addresses name it: `courses/…` or `policies/…`.
pub(super) fn kind(shelf: &str) -> Result<ContentKind, AppError> {
    match shelf {
        "courses" => Ok(ContentKind::Course),
        "policies" => Ok(ContentKind::Policy),
        _ => Err(AppError::NotFound),
    }
}

/// The same the other way round.
pub(super) const fn shelf(kind: ContentKind) -> &'static str {
    match kind {
        ContentKind::Course => "courses",
        ContentKind::Policy => "policies",
    }
}

/// How what stands in the folder compares with what is published: the end of a message's key.
pub(super) const fn state(standing: Standing) -> &'static str {
    match standing {
        Standing::Published => "published",
        Standing::New => "new",
        Standing::Next(_) => "next",
        Standing::Changed(_) => "changed",
        Standing::Older(_) => "older",
    }
}

/// The title of what stands in the folder, in a language it has.
pub(super) fn title(content: &Content, lang: Lang) -> String {
    let mut titles = content.texts.iter().filter(|text| ["course", "policy"].contains(&text.part.as_str()));
    let own = titles.clone().find(|text| text.language == lang.tag());
    own.or_else(|| titles.next()).map_or_else(|| content.settings.id.clone(), |text| text.title.clone())
}
