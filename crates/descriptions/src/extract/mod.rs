//! Finds the spans of a chapter that an illustrator could draw.

mod decode;
mod model;
mod reader;

use std::ops::Range;

use crate::Kind;

#[cfg(feature = "training")]
pub(crate) use decode::{Decoder, Segment, decode, ranking_features};
pub(crate) use model::Model;
#[cfg(feature = "training")]
pub(crate) use model::Settings;
pub(crate) use reader::Reader;

/// A visual description of a chapter.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Span {
    /// Bytes of the chapter's text.
    pub(crate) range: Range<usize>,
    /// Sentences of the analysis.
    pub(crate) sentences: Range<usize>,
    pub(crate) kind: Kind,
    /// Probability that people would call it a description.
    pub(crate) score: f32,
}
