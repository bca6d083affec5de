//! Illustrations.

use chrono::{DateTime, Utc};
use garde::Validate;
use library::pictures;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// An illustration of a passage.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Picture {
    pub(crate) id: Uuid,
    pub(crate) description_id: Uuid,
    pub(crate) chapter: usize,
    /// Where its passage begins, in UTF-16 code units of the chapter's text.
    pub(crate) start: usize,
    /// What the passage describes.
    pub(crate) kind: String,
    pub(crate) style: String,
    /// In pixels, of the original.
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// What is seen, in words.
    pub(crate) alt: String,
    pub(crate) urls: PictureUrls,
    /// A tiny version to show while the picture loads.
    pub(crate) placeholder: String,
    pub(crate) created_at: DateTime<Utc>,
}

/// The same picture in several widths.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PictureUrls {
    /// At most 480 pixels wide.
    pub(crate) small: String,
    /// At most 960 pixels wide.
    pub(crate) medium: String,
    /// At most 1440 pixels wide.
    pub(crate) large: String,
    /// As it was made.
    pub(crate) original: String,
}

/// How a picture is to be made.
#[derive(Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PictureOptions {
    /// The configured style when absent.
    #[serde(default)]
    #[garde(skip)]
    #[schema(inline)]
    pub(crate) style: Option<Style>,
    /// Another number, another picture.
    #[serde(default)]
    #[garde(inner(range(max = 9_007_199_254_740_991)))]
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_u64)]
    pub(crate) seed: Option<u64>,
}

/// A hand in which pictures are made.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Style {
    Ink,
    Watercolour,
    Woodcut,
}

/// A picture that exists already.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadyPicture {
    pub(crate) picture: Picture,
}

/// Which version of a picture.
#[derive(Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PictureQuery {
    #[serde(default)]
    #[garde(skip)]
    #[param(inline)]
    pub(crate) width: Width,
    /// To be saved as a file rather than shown.
    #[serde(default)]
    #[garde(skip)]
    #[param(default = false)]
    pub(crate) download: bool,
}

/// A width in pixels that is prepared for screens, or the original.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[schema(default = "original")]
pub(crate) enum Width {
    #[serde(rename = "480")]
    Small,
    #[serde(rename = "960")]
    Medium,
    #[serde(rename = "1440")]
    Large,
    #[default]
    #[serde(rename = "original")]
    Original,
}

/// Which page of pictures.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct GalleryQuery {
    /// Counted from 1.
    #[garde(range(min = 1, max = 100_000))]
    #[param(minimum = 1, maximum = 100_000, default = 1)]
    pub(crate) page: u32,
    /// Pictures of a page.
    #[garde(range(min = 1, max = 100))]
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub(crate) per_page: u32,
}

impl Default for GalleryQuery {
    fn default() -> Self {
        Self {
            page: 1,
            per_page: 20,
        }
    }
}

impl From<pictures::Picture> for Picture {
    fn from(picture: pictures::Picture) -> Self {
        Self {
            urls: PictureUrls::of(picture.id.0),
            id: picture.id.0,
            description_id: picture.description.0,
            chapter: picture.chapter,
            start: picture.start,
            kind: picture.kind,
            style: picture.style,
            width: picture.width,
            height: picture.height,
            alt: picture.alt,
            placeholder: picture.placeholder,
            created_at: picture.created_at,
        }
    }
}

impl From<Width> for pictures::PictureSize {
    fn from(width: Width) -> Self {
        match width {
            Width::Small => Self::Width(480),
            Width::Medium => Self::Width(960),
            Width::Large => Self::Width(1440),
            Width::Original => Self::Original,
        }
    }
}

impl From<PictureOptions> for pictures::PictureOptions {
    fn from(options: PictureOptions) -> Self {
        Self {
            style: options.style.map(Into::into),
            seed: options.seed,
        }
    }
}

impl From<Style> for ::pictures::Style {
    fn from(style: Style) -> Self {
        match style {
            Style::Ink => Self::Ink,
            Style::Watercolour => Self::Watercolour,
            Style::Woodcut => Self::Woodcut,
        }
    }
}

impl From<::pictures::Style> for Style {
    fn from(style: ::pictures::Style) -> Self {
        match style {
            ::pictures::Style::Ink => Self::Ink,
            ::pictures::Style::Watercolour => Self::Watercolour,
            ::pictures::Style::Woodcut => Self::Woodcut,
        }
    }
}

impl PictureUrls {
    fn of(id: Uuid) -> Self {
        let at = |width: &str| format!("/api/v1/pictures/{id}/image?width={width}");
        Self {
            small: at("480"),
            medium: at("960"),
            large: at("1440"),
            original: at("original"),
        }
    }
}
