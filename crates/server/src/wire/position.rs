//! Where a reader is in a book.

use chrono::{DateTime, Utc};
use garde::Validate;
use library::positions;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::extract::no_control_characters;

/// A place that a reader was at.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Position {
    pub(crate) chapter: usize,
    /// UTF-16 code units into the chapter's text.
    pub(crate) offset: usize,
    /// Share of the whole book before that place.
    #[schema(minimum = 0.0, maximum = 1.0)]
    pub(crate) fraction: f64,
    /// Where it was read; absent before the book was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) device: Option<String>,
    /// Grows with every write; 0 before the book was opened.
    pub(crate) version: i64,
    /// Absent before the book was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) updated_at: Option<DateTime<Utc>>,
}

/// A place to keep.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPosition {
    #[garde(range(max = 1_000_000))]
    #[schema(maximum = 1_000_000, example = 0)]
    pub(crate) chapter: u32,
    /// UTF-16 code units into the chapter's text.
    #[garde(range(max = 1_000_000_000))]
    #[schema(maximum = 1_000_000_000, example = 0)]
    pub(crate) offset: u32,
    /// Where it is read, like `phone`.
    #[garde(length(chars, min = 1, max = 120), custom(no_control_characters))]
    #[schema(
        min_length = 1,
        max_length = 120,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "phone"
    )]
    pub(crate) device: String,
    /// The version that the writer last saw: a write that does not know the latest place is refused.
    #[garde(range(min = 0))]
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, example = 0)]
    pub(crate) expected_version: i64,
}

impl Position {
    /// Where the reading of a book that was never opened begins.
    pub(crate) fn beginning(start_chapter: usize) -> Self {
        Self {
            chapter: start_chapter,
            offset: 0,
            fraction: 0.0,
            device: None,
            version: 0,
            updated_at: None,
        }
    }
}

impl From<positions::Position> for Position {
    fn from(position: positions::Position) -> Self {
        Self {
            chapter: position.chapter,
            offset: position.offset,
            fraction: position.fraction,
            device: Some(position.device),
            version: position.version,
            updated_at: Some(position.updated_at),
        }
    }
}

impl From<NewPosition> for positions::NewPosition {
    fn from(new: NewPosition) -> Self {
        Self {
            chapter: new.chapter as usize,
            offset: new.offset as usize,
            device: new.device,
            expected_version: new.expected_version,
        }
    }
}
