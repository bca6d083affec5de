//! Other engines: external processes that annotate our tokens, and the vote between engines.
//!
//! An engine is a program that reads a JSON object a line on its standard input and answers each with one line
//! (`engines/README.md`). It never sees offsets: the request holds sentences as lists of tokens, the answer is
//! CoNLL-U with the same tokens.

mod process;
mod vote;

use crate::conllu;

pub use process::{Engine, EngineError};
pub use vote::{Opinion, vote};

/// What an engine says of itself: part of the key under which its results are kept.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Description {
    /// `spacy`, `stanza`.
    pub engine: String,
    /// The model, `ru_core_news_lg`.
    pub model: String,
    /// Version of the model or the engine.
    pub version: String,
}

/// Checks that an answer is about the tokens that were sent.
fn matches_request(sentences: &[Vec<&str>], answer: &[conllu::Sentence]) -> bool {
    sentences.len() == answer.len()
        && sentences.iter().zip(answer).all(|(sent, back)| {
            sent.len() == back.words.len()
                && sent
                    .iter()
                    .zip(&back.words)
                    .all(|(token, word)| *token == word.form)
        })
}
