//! Pictures, videos and captions of the folder, whole or in pieces (RFC 9110, section 14), and never as pages of their own.

use crate::content;
use crate::kit::error::AppError;
use crate::kit::http::Piece;
use crate::kit::http::range;
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
        Some(Piece::Nothing) => {
            let whole = (header::CONTENT_RANGE, format!("bytes */{}", bytes.len()));
            return Ok(HttpResponse::RangeNotSatisfiable().insert_header(whole).finish());
        }
        Some(Piece::Part(piece)) => {
            let mut response = HttpResponse::PartialContent();
            response.insert_header((header::CONTENT_RANGE, format!("bytes {}-{}/{}", piece.start, piece.end - 1, bytes.len())));
            (response, piece)
        }
    };
    response.insert_header((header::ACCEPT_RANGES, "bytes")).insert_header((header::CACHE_CONTROL, "private, max-age=31536000, immutable"));
    Ok(response.content_type(media_type).body(bytes[piece].to_vec()))
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
