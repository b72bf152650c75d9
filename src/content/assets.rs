//! Pictures, videos and captions beside a text: looked at, hashed, and named by their contents.

use crate::content::codes;
use crate::content::diagnostic::Diagnostics;
use crate::content::diagnostic::Place;
use crate::content::folder;
use crate::kit::crypto;
use crate::kit::crypto::Sha256;
use std::path::Path;

/// A video may have 25 megabytes; it is the largest kind.
const MAX_VIDEO: u64 = 25_000_000;
/// A picture or captions may have one.
const MAX_PICTURE: u64 = 1_000_000;

/// A file that texts show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its path below the content folder.
    pub file: String,
    /// What it is (RFC 6838).
    pub media_type: &'static str,
    /// SHA-256 of its bytes.
    pub sha256: Sha256,
}

impl Asset {
    /// Its file name.
    pub fn name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or_default()
    }

    fn address(&self) -> String {
        format!("/content/{}/{}", hex::encode(self.sha256), self.name())
    }
}

/// The assets of one course or policy.
#[derive(Debug, Default)]
pub(super) struct Assets {
    pub(super) all: Vec<Asset>,
    /// Those that are there but cannot be shown: their fault is told once.
    faulty: Vec<String>,
}

impl Assets {
    /// Reads the folder `assets` of a course or policy.
    pub(super) fn read(root: &Path, base: &str, found: &mut Diagnostics) -> Self {
        let mut assets = Self::default();
        let folder = format!("{base}/assets");
        for name in folder::files(root, &folder, found) {
            let file = format!("{folder}/{name}");
            match asset(root, &file, &name, found) {
                Some(asset) => assets.all.push(asset),
                None => assets.faulty.push(file),
            }
        }
        assets
    }

    /// The address of the picture or video at a path, and that of its captions in a language. A picture without one is shown by
    /// its words.
    pub(super) fn address(
        &self,
        path: Option<&str>,
        written: &str,
        language: &str,
        place: Place,
        found: &mut Diagnostics,
    ) -> (String, String) {
        let none = (String::new(), String::new());
        if path.is_some_and(|path| self.faulty.iter().any(|file| file == path)) {
            return none;
        }
        if path.is_none() && written.contains("//") {
            let help = "put the file into the assets folder of this course or policy";
            found.add(codes::PICTURE_ELSEWHERE, place, "a picture of another site is not shown", help);
            return none;
        }
        let Some(asset) = path.and_then(|path| self.all.iter().find(|asset| asset.file == path)) else {
            let shown: String = written.chars().take(80).collect();
            let help = "put it into the assets folder of this course or policy, as in ../assets/report.png";
            found.add(codes::ASSET_MISSING, place, format!("{shown:?} is no picture or video of this folder"), help);
            return none;
        };
        if !asset.media_type.starts_with("video/") {
            return (asset.address(), String::new());
        }
        let stem = asset.file.rsplit_once('.').map_or(asset.file.as_str(), |(stem, _)| stem);
        let wanted = format!("{stem}.{language}.vtt");
        let captions = self.all.iter().find(|asset| asset.file == wanted);
        if captions.is_none() {
            let help = "say in WebVTT what is heard, for everybody who cannot hear it";
            found.add(codes::CAPTIONS_MISSING, place, format!("the video has no captions: {wanted} is missing"), help);
        }
        (asset.address(), captions.map(Asset::address).unwrap_or_default())
    }
}

fn asset(root: &Path, file: &str, name: &str, found: &mut Diagnostics) -> Option<Asset> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
    let most = if ["mp4", "webm"].contains(&ending) { MAX_VIDEO } else { MAX_PICTURE };
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    if !is_plain {
        let help = "use letters without accents, digits, points, hyphens and underscores";
        found.add(codes::NAME, Place::file(file), "is no name for an address", help);
        return None;
    }
    let bytes = folder::bytes(root, file, most, codes::ASSET_SIZE, found)?;
    let Some(media_type) = media_type(ending, &bytes) else {
        let help = "pictures: .png .jpg .webp .svg; videos: .mp4 .webm; captions: .vtt";
        found.add(codes::ASSET_KIND, Place::file(file), "is not what its name says, or of a kind that is not shown", help);
        return None;
    };
    Some(Asset { file: file.to_owned(), media_type, sha256: crypto::sha256(&bytes) })
}

/// What a file is, by its ending and its first bytes.
fn media_type(ending: &str, bytes: &[u8]) -> Option<&'static str> {
    let text = || std::str::from_utf8(bytes).ok();
    match ending {
        "png" if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => Some("image/png"),
        "jpg" | "jpeg" if bytes.starts_with(b"\xff\xd8\xff") => Some("image/jpeg"),
        "webp" if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => Some("image/webp"),
        "svg" if text().is_some_and(|text| text.contains("<svg")) => Some("image/svg+xml"),
        "mp4" if bytes.get(4..8) == Some(b"ftyp") => Some("video/mp4"),
        "webm" if bytes.starts_with(b"\x1a\x45\xdf\xa3") => Some("video/webm"),
        "vtt" if text().is_some_and(|text| text.trim_start_matches('\u{feff}').starts_with("WEBVTT")) => Some("text/vtt"),
        _ => None,
    }
}
