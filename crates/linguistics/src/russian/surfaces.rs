//! What is remembered of words between texts: their numbers for the networks, their lemmas.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::characters::lower;
use super::dictionary::Dictionary;
use super::dictionary::tags::Grammar;
use super::network::{Input, Vectors};
use super::shape::Shapes;

/// Distinct words remembered before all is forgotten: about 5 MB.
const MOST: usize = 32_768;

/// Words as they are written, numbered as they are met.
#[derive(Default)]
pub(super) struct Surfaces {
    numbers: FxHashMap<Box<str>, u32>,
    inputs: Vec<Input>,
    lemmas: FxHashMap<(u32, u16), Arc<str>>,
}

impl Surfaces {
    /// Forgets everything when too much is remembered. Numbers given before are void.
    pub(super) fn make_room(&mut self) {
        if self.inputs.len() > MOST || self.lemmas.len() > 2 * MOST {
            self.numbers.clear();
            self.inputs.clear();
            self.lemmas.clear();
        }
    }

    /// The number of a word, and what the networks see of it.
    pub(super) fn number(&mut self, word: &str, vectors: &Vectors, shapes: &Shapes) -> (u32, Input) {
        if let Some(&number) = self.numbers.get(word) {
            return (number, self.inputs[number as usize]);
        }
        let input = Input {
            word: vectors.id(&lower(word)),
            shape: shapes.of(word),
        };
        let number = self.inputs.len() as u32;
        self.numbers.insert(word.into(), number);
        self.inputs.push(input);
        (number, input)
    }

    /// The lemma of a numbered word under a tag.
    pub(super) fn lemma(
        &mut self,
        number: u32,
        word: &str,
        tag: u16,
        grammar: &Grammar,
        dictionary: &Dictionary,
    ) -> Arc<str> {
        let lemma = self.lemmas.entry((number, tag));
        Arc::clone(lemma.or_insert_with(|| lemma_of(word, grammar, dictionary).into()))
    }
}

/// A word as lemmas are compared: lower case, `ё` as `е`.
pub(super) fn folded(word: &str) -> String {
    lower(word).replace('ё', "е")
}

/// The normal form of the reading that fits the tag best, or the word itself when none fits at all.
fn lemma_of(word: &str, grammar: &Grammar, dictionary: &Dictionary) -> String {
    let word = folded(word);
    let parses = dictionary.parse(&word);
    let exact = parses
        .iter()
        .find(|parse| dictionary.grammar(parse.tag) == grammar);
    let best = exact.or_else(|| {
        let mut best = (0, None);
        for parse in &parses {
            let similarity = dictionary.grammar(parse.tag).similarity(grammar);
            if similarity > best.0 {
                best = (similarity, Some(parse));
            }
        }
        best.1
    });
    best.map_or(word, |parse| folded(&parse.normal))
}
