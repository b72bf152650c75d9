//! Pictures, videos and captions of published content, named by their contents.

use crate::ctx::Ctx;
use crate::kit::db::Connection;
use crate::kit::error::AppError;
use crate::rights::CurrentUser;
use crate::rights::ReadPolicies;
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
struct Piece {
    #[diesel(sql_type = Binary)]
    piece: Vec<u8>,
}

async fn describe(connection: &mut Connection, sha256: &[u8]) -> QueryResult<Option<Described>> {
    let sql = "select media_type, octet_length(bytes)::bigint as size from content_assets where sha256 = $1";
    diesel::sql_query(sql).bind::<Binary, _>(sha256).get_result(connection).await.optional()
}

/// Some of the bytes; the database reads no others.
async fn piece(connection: &mut Connection, sha256: &[u8], first: i64, length: i64) -> QueryResult<Vec<u8>> {
    let sql = "select substring(bytes from $2::int for $3::int) as piece from content_assets where sha256 = $1";
    let query = diesel::sql_query(sql).bind::<Binary, _>(sha256).bind::<BigInt, _>(first + 1).bind::<BigInt, _>(length);
    query.get_result::<Piece>(connection).await.map(|found| found.piece)
}

/// The first and last byte that are asked for, of so many: one range (RFC 9110, section 14.1.2); `None` for anything else, which is
/// answered whole. `Err` where nothing of it is there.
fn range(asked: &str, size: i64) -> Option<Result<(i64, i64), ()>> {
    let (first, last) = asked.strip_prefix("bytes=")?.split_once('-')?;
    let (first, last) = match (first.parse::<i64>(), last.parse::<i64>()) {
        (Ok(first), Ok(last)) => (first, last.min(size - 1)),
        (Ok(first), Err(_)) if last.is_empty() => (first, size - 1),
        (Err(_), Ok(count)) if first.is_empty() && count > 0 => ((size - count).max(0), size - 1),
        _ => return None,
    };
    Some(if first >= 0 && first <= last && first < size { Ok((first, last)) } else { Err(()) })
}

/// `GET /content/{sha256}/{name}`: a picture, a video or captions.
///
/// # Errors
/// When nothing that is published has such contents.
pub async fn asset(
    _: CurrentUser<ReadPolicies>,
    ctx: Data<Ctx>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let sha256 = hex::decode(&path.0).ok().filter(|hash| hash.len() == 32).ok_or(AppError::NotFound)?;
    let mut connection = ctx.connection().await?;
    let found = describe(&mut connection, &sha256).await?.ok_or(AppError::NotFound)?;
    let mut response = HttpResponse::Ok();
    // The name is the contents: they never change.
    response.insert_header((header::CACHE_CONTROL, "private, max-age=31536000, immutable"));
    response.insert_header((header::ACCEPT_RANGES, "bytes")).content_type(found.media_type);
    let asked = request.headers().get(header::RANGE).and_then(|asked| asked.to_str().ok());
    match asked.and_then(|asked| range(asked, found.size)) {
        None => Ok(response.body(piece(&mut connection, &sha256, 0, found.size).await?)),
        Some(Err(())) => {
            response.status(StatusCode::RANGE_NOT_SATISFIABLE);
            Ok(response.insert_header((header::CONTENT_RANGE, format!("bytes */{}", found.size))).finish())
        }
        Some(Ok((first, last))) => {
            response.status(StatusCode::PARTIAL_CONTENT);
            response.insert_header((header::CONTENT_RANGE, format!("bytes {first}-{last}/{}", found.size)));
            Ok(response.body(piece(&mut connection, &sha256, first, last - first + 1).await?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn one_range_is_understood_and_anything_else_answered_whole() {
        let cases = [
            ("bytes=0-9", Some(Ok((0, 9)))),
            ("bytes=90-", Some(Ok((90, 99)))),
            ("bytes=90-999", Some(Ok((90, 99)))),
            ("bytes=-10", Some(Ok((90, 99)))),
            ("bytes=-1000", Some(Ok((0, 99)))),
            ("bytes=100-", Some(Err(()))),
            ("bytes=5-4", Some(Err(()))),
            ("bytes=0-1,4-5", None),
            ("bytes=a-b", None),
            ("bytes=-", None),
            ("items=0-1", None),
        ];
        for (asked, wanted) in cases {
            assert_eq!(range(asked, 100), wanted, "{asked}");
        }
    }
}
