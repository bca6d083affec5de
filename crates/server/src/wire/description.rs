//! Passages worth a picture.

use garde::Validate;
use library::descriptions;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::Picture;

/// A passage that describes something. Places are UTF-16 code units of the chapter's text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Description {
    pub(crate) id: Uuid,
    pub(crate) chapter: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// What it describes.
    pub(crate) kind: String,
    /// How sure that is.
    #[schema(minimum = 0.0, maximum = 1.0)]
    pub(crate) score: f64,
    /// The passage itself.
    pub(crate) text: String,
    /// What an illustrator is told, in English.
    pub(crate) prompt: String,
    /// Names of the people it concerns.
    pub(crate) characters: Vec<String>,
    /// Names of the places it concerns.
    pub(crate) places: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) picture: Option<Picture>,
}

/// Which descriptions.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct DescriptionQuery {
    /// Only those of this chapter.
    #[garde(inner(range(max = 1_000_000)))]
    #[param(maximum = 1_000_000, nullable = false)]
    chapter: Option<u32>,
    /// Only those of this kind; may be repeated.
    #[garde(length(max = 5))]
    #[param(inline, max_items = 5)]
    kind: Vec<Kind>,
    /// Only those that are at least this sure.
    #[garde(inner(range(min = 0.0, max = 1.0), custom(is_number)))]
    #[param(minimum = 0.0, maximum = 1.0, nullable = false)]
    min_score: Option<f64>,
    /// Counted from 1.
    #[garde(range(min = 1, max = 100_000))]
    #[param(minimum = 1, maximum = 100_000, default = 1)]
    page: u32,
    /// Descriptions of a page.
    #[garde(range(min = 1, max = 100))]
    #[param(minimum = 1, maximum = 100, default = 20)]
    per_page: u32,
}

/// What a passage describes.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Location,
    Character,
    Atmosphere,
    Object,
    Action,
}

/// A comparison with NaN never fails, so a range alone lets it pass.
fn is_number(value: &f64, _context: &()) -> garde::Result {
    if value.is_nan() {
        Err(garde::Error::new("is not a number"))
    } else {
        Ok(())
    }
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Location => "location",
            Self::Character => "character",
            Self::Atmosphere => "atmosphere",
            Self::Object => "object",
            Self::Action => "action",
        }
    }
}

impl Default for DescriptionQuery {
    fn default() -> Self {
        Self {
            chapter: None,
            kind: Vec::new(),
            min_score: None,
            page: 1,
            per_page: 20,
        }
    }
}

impl From<DescriptionQuery> for descriptions::DescriptionQuery {
    fn from(query: DescriptionQuery) -> Self {
        Self {
            chapter: query.chapter.map(|chapter| chapter as usize),
            kinds: query
                .kind
                .into_iter()
                .map(|kind| kind.name().to_owned())
                .collect(),
            min_score: query.min_score,
            page: query.page.into(),
            per_page: query.per_page.into(),
        }
    }
}

impl From<descriptions::Description> for Description {
    fn from(description: descriptions::Description) -> Self {
        Self {
            id: description.id.0,
            chapter: description.chapter,
            start: description.start,
            end: description.end,
            kind: description.kind,
            score: description.score,
            text: description.text,
            prompt: description.prompt,
            characters: description.characters,
            places: description.places,
            picture: description.picture.map(Into::into),
        }
    }
}
