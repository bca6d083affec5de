//! Measures extraction against annotated passages.

mod measure;
mod passages;
mod report;
mod score;

pub use measure::{Measured, extract, measure};
pub use passages::{Annotation, Drawn, Passage, PassageError, read};
pub use report::report;
pub use score::{Agreement, Found, Scores, agreement, score};
#[cfg(feature = "training")]
pub(crate) use score::{Truth, covered, truths};
