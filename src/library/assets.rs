//! Pictures, videos and captions of published content, named by their contents.

use crate::content;
use crate::ctx::Ctx;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::kit::http::Piece;
use crate::kit::http::range;
use crate::rights::CurrentUser;
use crate::rights::Principal;
use crate::rights::ReadPolicies;
use crate::rights::Right;
use crate::rights::SeeLibrary;
use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::web::Path;
use diesel::OptionalExtension;
use diesel::QueryResult;
use diesel::QueryableByName;
use diesel::sql_types::BigInt;
use diesel::sql_types::Binary;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;

#[derive(QueryableByName)]
struct Described {
    #[diesel(sql_type = Text)]
    media_type: String,
    #[diesel(sql_type = BigInt)]
    size: i64,
}

#[derive(QueryableByName)]
struct Bytes {
    #[diesel(sql_type = Binary)]
    piece: Vec<u8>,
}

async fn describe(connection: &mut Connection, sha256: &[u8]) -> QueryResult<Option<Described>> {
    let sql = "select media_type, octet_length(bytes)::bigint as size from content_assets where sha256 = $1";
    diesel::sql_query(sql).bind::<Binary, _>(sha256).get_result(connection).await.optional()
}

/// Some of the bytes; the database reads no others.
async fn piece(connection: &mut Connection, sha256: &[u8], first: usize, length: usize) -> QueryResult<Vec<u8>> {
    let sql = "select substring(bytes from $2::int for $3::int) as piece from content_assets where sha256 = $1";
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let query = diesel::sql_query(sql).bind::<Binary, _>(sha256).bind::<BigInt, _>(number(first) + 1).bind::<BigInt, _>(number(length));
    query.get_result::<Bytes>(connection).await.map(|found| found.piece)
}

/// A picture of the content folder, for those who look at it before it is published.
async fn in_folder(ctx: &Ctx, sha256: Vec<u8>) -> Result<HttpResponse, AppError> {
    let root = ctx.config.content_dir.clone();
    let today = ctx.now().date_naive();
    let reading = actix_web::rt::task::spawn_blocking(move || {
        let examined = content::examine(&root, today, &|_, _| {});
        let asset = examined.contents.into_iter().flat_map(|content| content.assets).find(|asset| asset.sha256[..] == sha256[..])?;
        Some((asset.media_type, content::asset_bytes(&root, &asset).ok()?))
    });
    let found = reading.await.map_err(|error| AppError::Internal(error.to_string()))?;
    let (media_type, bytes) = found.ok_or(AppError::NotFound)?;
    Ok(HttpResponse::Ok().content_type(media_type).body(bytes))
}

/// `GET /content/{sha256}/{name}`: a picture, a video or captions.
///
/// # Errors
/// When nothing that is published has such contents.
pub async fn asset(
    user: CurrentUser<ReadPolicies>,
    ctx: Data<Ctx>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let sha256 = hex::decode(&path.0).ok().filter(|hash| hash.len() == 32).ok_or(AppError::NotFound)?;
    let mut connection = ctx.connection().await?;
    let Some(found) = describe(&mut connection, &sha256).await? else {
        return if Principal::reach(&user, SeeLibrary::ROW).is_some() { in_folder(&ctx, sha256).await } else { Err(AppError::NotFound) };
    };
    let mut response = HttpResponse::Ok();
    // The name is the contents: they never change.
    response.insert_header((header::CACHE_CONTROL, "private, max-age=31536000, immutable"));
    response.insert_header((header::ACCEPT_RANGES, "bytes")).content_type(found.media_type);
    let asked = request.headers().get(header::RANGE).and_then(|asked| asked.to_str().ok());
    let size = usize::try_from(found.size).unwrap_or(0);
    match asked.map_or(Piece::Whole, |asked| range(asked, size)) {
        Piece::Whole => Ok(response.body(piece(&mut connection, &sha256, 0, size).await?)),
        Piece::Nothing => {
            response.status(StatusCode::RANGE_NOT_SATISFIABLE);
            Ok(response.insert_header((header::CONTENT_RANGE, format!("bytes */{size}"))).finish())
        }
        Piece::Part(part) => {
            response.status(StatusCode::PARTIAL_CONTENT);
            response.insert_header((header::CONTENT_RANGE, format!("bytes {}-{}/{size}", part.start, part.end - 1)));
            Ok(response.body(piece(&mut connection, &sha256, part.start, part.len()).await?))
        }
    }
}
