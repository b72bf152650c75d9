//! A course or policy as its author sees it: every text that is there, whatever is wrong with it, with what was counted in it.

use crate::content::assets::Asset;
use crate::content::model::ContentKind;
use crate::content::model::Settings;
use crate::content::model::Text;
use crate::content::part::Part;
use crate::content::text::Measure;

/// A course or policy of the folder, ready to be published or not.
#[derive(Debug)]
pub struct Work {
    /// Course or policy.
    pub kind: ContentKind,
    /// The name of its folder.
    pub slug: String,
    /// Its settings; none where they cannot be read.
    pub settings: Option<Settings>,
    /// The pictures and videos it shows.
    pub assets: Vec<Asset>,
    /// Its texts: for each language, in order.
    pub drafts: Vec<Draft>,
}

/// One text in one language.
#[derive(Debug)]
pub struct Draft {
    /// The file, below the content folder.
    pub file: String,
    /// The language's tag.
    pub language: String,
    /// `course`, `quiz`, `policy`, or a lesson's name.
    pub part: String,
    /// The text; none where it cannot be shown.
    pub text: Option<Text>,
    /// What was counted in it.
    pub measure: Measure,
    /// The minutes that its author tells.
    pub told: Option<u32>,
    /// The minutes as they were counted.
    pub counted: f64,
    /// How hard it is to read, as a school grade.
    pub level: Option<f64>,
    /// The highest grade it should read like.
    pub goal: f64,
    /// Whether it is a translation of which nobody recorded what it was made from.
    pub unrecorded: bool,
}

impl Draft {
    pub(super) fn new(part: Part, goal: f64) -> Self {
        let reading = part.reading.as_ref();
        let measure = reading.map(|reading| reading.measure).unwrap_or_default();
        Self {
            file: part.source.file.clone(),
            language: part.language.clone(),
            part: part.name.clone(),
            told: reading.and_then(|reading| reading.front.minutes),
            counted: part.minutes(),
            level: measure.level(&part.language),
            measure,
            goal,
            unrecorded: false,
            text: part.into_text(),
        }
    }
}
