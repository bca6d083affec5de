//! Bookmarks, highlights and notes.

use chrono::{DateTime, Utc};
use garde::Validate;
use library::annotations;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// The colour of a highlight.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Colour {
    #[default]
    Yellow,
    Green,
    Blue,
    Pink,
}

/// A bookmark, a highlight or a note.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Annotation {
    pub(crate) id: Uuid,
    pub(crate) chapter: usize,
    /// UTF-16 code units into the chapter's text.
    pub(crate) start: usize,
    /// Likewise; a bookmark ends where it starts.
    pub(crate) end: usize,
    /// The marked text: finds the place again in another revision.
    pub(crate) quote: String,
    pub(crate) colour: Colour,
    /// The reader's own words; may be empty.
    pub(crate) note: String,
    /// The revision that the offsets count in.
    pub(crate) revision: String,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
}

/// All annotations of a book.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Annotations {
    pub(crate) items: Vec<Annotation>,
}

/// A bookmark, a highlight or a note to keep.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAnnotation {
    #[garde(range(max = 1_000_000))]
    #[schema(maximum = 1_000_000, example = 0)]
    pub(crate) chapter: u32,
    /// UTF-16 code units into the chapter's text.
    #[garde(range(max = 1_000_000_000))]
    #[schema(maximum = 1_000_000_000, example = 0)]
    pub(crate) start: u32,
    /// Likewise; a bookmark ends where it starts.
    #[garde(range(max = 1_000_000_000))]
    #[schema(maximum = 1_000_000_000, example = 0)]
    pub(crate) end: u32,
    /// The marked text, or what follows a bookmark.
    #[garde(length(chars, max = 2_000))]
    #[schema(max_length = 2_000, example = "It snowed all night.")]
    pub(crate) quote: String,
    #[serde(default)]
    #[garde(skip)]
    pub(crate) colour: Colour,
    /// The reader's own words.
    #[serde(default)]
    #[garde(length(chars, max = 10_000))]
    #[schema(max_length = 10_000, example = "Compare with the ending.")]
    pub(crate) note: String,
}

impl From<annotations::Annotation> for Annotation {
    fn from(annotation: annotations::Annotation) -> Self {
        let mark = annotation.mark;
        Self {
            id: annotation.id.0,
            chapter: mark.chapter,
            start: mark.start,
            end: mark.end,
            quote: mark.quote,
            colour: mark.colour.into(),
            note: mark.note,
            revision: annotation.revision,
            created_at: annotation.created_at,
            updated_at: annotation.updated_at,
        }
    }
}

impl From<NewAnnotation> for annotations::Mark {
    fn from(new: NewAnnotation) -> Self {
        Self {
            chapter: new.chapter as usize,
            start: new.start as usize,
            end: new.end as usize,
            quote: new.quote.replace('\0', ""),
            colour: new.colour.into(),
            note: new.note.replace('\0', ""),
        }
    }
}

impl From<annotations::Colour> for Colour {
    fn from(colour: annotations::Colour) -> Self {
        match colour {
            annotations::Colour::Yellow => Self::Yellow,
            annotations::Colour::Green => Self::Green,
            annotations::Colour::Blue => Self::Blue,
            annotations::Colour::Pink => Self::Pink,
        }
    }
}

impl From<Colour> for annotations::Colour {
    fn from(colour: Colour) -> Self {
        match colour {
            Colour::Yellow => Self::Yellow,
            Colour::Green => Self::Green,
            Colour::Blue => Self::Blue,
            Colour::Pink => Self::Pink,
        }
    }
}
