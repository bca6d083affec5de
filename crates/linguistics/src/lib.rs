//! Russian and English text analysis: tokens, sentences, morphology, lemmas, syntax and names.
//!
//! Knows nothing of books or storage. [`Models`] are opened once; [`Models::analyse`] turns a text into an
//! [`Analysis`] in terms of Universal Dependencies; [`Models::annotate`] gives what the models themselves say.
//! [`install`] puts the Russian models on the machine; English is part of the program. [`engine`] asks other
//! programs and lets them vote.
//!
//! Russian is Python natasha 1.6.0, token for token: razdel's rules cut the text, slovnet's three convolutional
//! networks tag it, pymorphy2's dictionary gives lemmas and the normal forms of names. [`identity`] measures the
//! likeness. How a text flows: `russian::segmentation` → `surfaces` (numbers of words and shapes) → `network`
//! (in parts of some 2,000 tokens) → `dictionary` → [`Annotation`] → `tree` → [`Analysis`].
//!
//! Memory: the two model files are mapped (52 MB, shared between processes, read page by page); each thread that
//! works at the same time keeps some 30 MB, most of it the first layer of the 2,048 words last used. Nothing grows with
//! the length of a line or a sentence but the annotation itself, some 100 bytes a token: sentences are tagged in pieces
//! and their arcs scored a megabyte at a time. A process that annotates one line of a megabyte, be it prose, one letter,
//! emoji, full stops or zero bytes, peaks at 70 to 115 MB.

mod analysis;
mod annotation;
pub mod conllu;
pub mod engine;
mod english;
mod features;
pub mod identity;
pub mod install;
mod language;
mod model_file;
mod models;
mod noun_phrases;
mod russian;
mod tree;
mod upos;

pub use analysis::{Analysis, Entity, EntityKind, Sentence, Token};
pub use annotation::{AnnotatedSentence, AnnotatedToken, Annotation, NameTag, Unit};
pub use english::tag_english;
pub use english::training::{Training, train_english};
pub use features::Features;
pub use language::{Language, UnknownLanguage, detect};
pub use models::{ModelError, Models, analyse_english, annotate_english};
pub use noun_phrases::NounPhrase;
pub use upos::{UnknownUpos, Upos};
