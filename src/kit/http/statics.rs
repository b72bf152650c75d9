//! The stylesheet, the script and the icon: part of the program, served for ever under the hash of their bytes.

use crate::kit::crypto;
use crate::kit::error::AppError;
use actix_web::HttpResponse;
use actix_web::web::Path;
use std::sync::LazyLock;

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

static ASSETS: [Asset; 4] = [
    Asset { name: "avow.css", kind: "text/css; charset=utf-8", bytes: include_bytes!("../../../static/avow.css") },
    Asset { name: "avow.mjs", kind: "text/javascript; charset=utf-8", bytes: include_bytes!("../../../static/avow.mjs") },
    Asset { name: "preview.mjs", kind: "text/javascript; charset=utf-8", bytes: include_bytes!("../../../static/preview.mjs") },
    Asset { name: "favicon.svg", kind: "image/svg+xml", bytes: include_bytes!("../../../static/favicon.svg") },
];

static HASHES: LazyLock<[String; 4]> =
    LazyLock::new(|| ASSETS.each_ref().map(|asset| hex::encode(crypto::sha256(asset.bytes))[..16].to_owned()));

/// The address of a static file, which changes with its bytes.
///
/// # Panics
/// When there is no such file: the name is written in our own code.
pub fn asset_url(name: &str) -> String {
    let place = ASSETS.iter().position(|asset| asset.name == name).expect("a file of static/");
    format!("/static/{}/{name}", HASHES[place])
}

/// Answers with a static file. Under another hash than its own it belongs to a page of another version, which runs beside this one
/// during an update: it is sent, and kept by nobody.
///
/// # Errors
/// When there is no such file.
pub async fn serve(path: Path<(String, String)>) -> Result<HttpResponse, AppError> {
    let (hash, name) = path.into_inner();
    let place = ASSETS.iter().position(|asset| asset.name == name).ok_or(AppError::NotFound)?;
    let lasting = if HASHES[place] == hash { "public, max-age=31536000, immutable" } else { "no-store" };
    let caching = ("cache-control", lasting);
    Ok(HttpResponse::Ok().insert_header(caching).content_type(ASSETS[place].kind).body(ASSETS[place].bytes))
}
