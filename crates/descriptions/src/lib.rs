//! Finds what an illustrator would draw in a work of fiction, and who is in it.
//!
//! The data flows through the modules in this order: `lexicon` names the visible things a sentence speaks of, `features` puts
//! sentences into numbers, `network` scores them, `extract` joins them into spans, `cast` joins mentions into people and
//! places, and `prompt` writes what an image model is asked for. Every range is in bytes of the chapter's text.

mod best;
mod cast;
mod concept;
mod describe;
mod description;
pub mod evaluation;
mod extract;
mod features;
mod lexicon;
pub mod llm;
mod network;
mod people;
pub mod prompt;
#[cfg(feature = "training")]
pub mod training;
mod vectors;
mod visible;
mod wording;

pub use best::{Candidate, best};
pub use concept::{Category, Concept};
pub use describe::{describe, describe_with};
pub use description::{
    BookDescriptions, ChapterDescriptions, ChapterText, Description, Kind, Prompt, UnknownKind,
};
pub use people::{Character, Gender, Look, Mention, Place, known_at};
