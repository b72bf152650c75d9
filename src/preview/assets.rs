//! Pictures, videos and captions of the folder, whole or in pieces (RFC 9110, section 14), and never as pages of their own.

use crate::content;
use crate::kit::error::AppError;
use crate::preview::visit::Visit;
use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::http::header;
use actix_web::http::header::HeaderValue;
use actix_web::middleware::Next;
use actix_web::web;
use actix_web::web::Path;
use std::ops::Range;

/// `GET /content/{sha256}/{name}`: a file that a text shows, as it was when the text was looked at.
pub(super) async fn asset(visit: Visit, request: HttpRequest, path: Path<(String, String)>) -> Result<HttpResponse, AppError> {
    let (hash, name) = path.into_inner();
    let mut all = visit.state.examined.works.iter().flat_map(|work| &work.assets);
    let asset = all.find(|asset| hex::encode(asset.sha256) == hash && asset.name() == name).ok_or(AppError::NotFound)?.clone();
    let (root, media_type) = (visit.site.root.clone(), asset.media_type);
    // What was changed or removed since is shown under its new name in a moment.
    let read = web::block(move || content::asset_bytes(&root, &asset)).await;
    let bytes = read.map_err(|error| AppError::Internal(error.to_string()))?.map_err(|_| AppError::NotFound)?;
    let wanted = request.headers().get(header::RANGE).and_then(|value| value.to_str().ok());
    let (mut response, piece) = match wanted.map(|wanted| range(wanted, bytes.len())) {
        None | Some(Piece::Whole) => (HttpResponse::Ok(), 0..bytes.len()),
        Some(Piece::Nothing) => return Ok(HttpResponse::RangeNotSatisfiable().finish()),
        Some(Piece::Part(piece)) => {
            let mut response = HttpResponse::PartialContent();
            response.insert_header((header::CONTENT_RANGE, format!("bytes {}-{}/{}", piece.start, piece.end - 1, bytes.len())));
            (response, piece)
        }
    };
    response.insert_header((header::ACCEPT_RANGES, "bytes")).insert_header((header::CACHE_CONTROL, "private, max-age=31536000, immutable"));
    Ok(response.content_type(media_type).body(bytes[piece].to_vec()))
}

/// How much of a file somebody wants.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    /// All of it: also where the wish is not understood, or names several pieces.
    Whole,
    Part(Range<usize>),
    /// None of it is there.
    Nothing,
}

fn range(wanted: &str, length: usize) -> Piece {
    let Some((first, last)) = wanted.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else { return Piece::Whole };
    let piece = match (first.trim().parse::<usize>(), last.trim().parse::<usize>()) {
        (Ok(first), Ok(last)) if last < first => return Piece::Whole,
        (Ok(first), Ok(last)) => first..last.saturating_add(1).min(length),
        (Ok(first), Err(_)) if last.trim().is_empty() => first..length,
        (Err(_), Ok(count)) if first.trim().is_empty() => length.saturating_sub(count)..length,
        _ => return Piece::Whole,
    };
    if piece.start >= piece.end { Piece::Nothing } else { Piece::Part(piece) }
}

/// Files of content are looked at, never run: opened as a page of its own, a picture with scripts in it is a picture.
pub(super) async fn inert(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let is_content = request.path().starts_with("/content/");
    let mut response = next.call(request).await?;
    if is_content {
        let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'");
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::Piece;
    use super::range;

    #[test]
    fn a_piece_is_what_was_asked_for_and_is_there() {
        for (wanted, piece) in [
            ("bytes=0-3", Piece::Part(0..4)),
            ("bytes=4-", Piece::Part(4..10)),
            ("bytes=-3", Piece::Part(7..10)),
            ("bytes=-30", Piece::Part(0..10)),
            ("bytes=8-99", Piece::Part(8..10)),
            ("bytes=0-18446744073709551615", Piece::Part(0..10)),
            ("bytes=10-", Piece::Nothing),
            ("bytes=-0", Piece::Nothing),
            ("bytes=3-1", Piece::Whole),
            ("bytes=0-1,4-5", Piece::Whole),
            ("lines=1-2", Piece::Whole),
            ("bytes=a-b", Piece::Whole),
            ("", Piece::Whole),
        ] {
            assert_eq!(range(wanted, 10), piece, "{wanted}");
        }
        assert_eq!(range("bytes=0-", 0), Piece::Nothing);
    }
}
