//! Reads chapters with a language's model, keeping what it computed of words.

use linguistics::{Analysis, Language, Models};
use rustc_hash::FxHashMap;

use super::{
    Model, Span,
    decode::{decode, ranking_features},
};
use crate::{
    features::{self, SentenceFeatures},
    network::{Input, InputToken, OUTPUTS, TOKEN, sigmoid},
    vectors,
};

/// Words kept; the table starts anew when it is full, so that memory stays bounded.
const WORDS: usize = 40_000;

/// A language's model with the words seen so far.
pub(crate) struct Reader<'a> {
    models: &'a Models,
    language: Language,
    model: &'a Model,
    words: FxHashMap<String, Option<usize>>,
    /// For each network a row for each word that has a vector.
    products: Vec<Vec<[f32; TOKEN]>>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(models: &'a Models, language: Language, model: &'a Model) -> Self {
        let products = vec![Vec::new(); model.networks.len()];
        Self {
            models,
            language,
            model,
            words: FxHashMap::default(),
            products,
        }
    }

    /// The spans of a text, in order, not overlapping.
    pub(crate) fn spans(&mut self, text: &str, analysis: &Analysis) -> Vec<Span> {
        let outputs = self.outputs(&features::of_text(text, analysis));
        let segments = decode(&self.model.settings.decoder, &outputs);
        segments
            .into_iter()
            .map(|segment| {
                let features = ranking_features(&outputs, segment);
                let logit = features
                    .iter()
                    .zip(&self.model.settings.ranking)
                    .map(|(f, w)| f * w)
                    .sum();
                let sentences = &analysis.sentences;
                Span {
                    range: sentences[segment.first].range.start..sentences[segment.end - 1].range.end,
                    sentences: segment.first..segment.end,
                    kind: segment.kind,
                    score: sigmoid(logit),
                }
            })
            .collect()
    }

    /// The networks' outputs for each sentence, averaged.
    pub(crate) fn outputs(&mut self, sentences: &[SentenceFeatures]) -> Vec<[f32; OUTPUTS]> {
        if self.words.len() > WORDS {
            self.words.clear();
            self.products.iter_mut().for_each(Vec::clear);
        }
        let words: Vec<Vec<Option<usize>>> = sentences
            .iter()
            .map(|sentence| {
                sentence
                    .tokens
                    .iter()
                    .map(|token| self.word(&token.word))
                    .collect()
            })
            .collect();
        let mut sums = vec![[0.0; OUTPUTS]; sentences.len()];
        let share = 1.0 / self.model.networks.len() as f32;
        for (network, products) in self.model.networks.iter().zip(&self.products) {
            let inputs: Vec<Input> = sentences
                .iter()
                .zip(&words)
                .map(|(sentence, words)| Input {
                    dense: network.standardise(&sentence.dense),
                    tokens: sentence
                        .tokens
                        .iter()
                        .zip(words)
                        .map(|(token, &word)| InputToken {
                            word,
                            flags: token.flags.clone(),
                        })
                        .collect(),
                })
                .collect();
            for (sum, output) in sums.iter_mut().zip(network.read(&inputs, products)) {
                sum.iter_mut()
                    .zip(output)
                    .for_each(|(sum, value)| *sum += share * value);
            }
        }
        sums
    }

    /// The word's row in the tables of products.
    fn word(&mut self, word: &str) -> Option<usize> {
        if word.is_empty() {
            return None;
        }
        if let Some(&known) = self.words.get(word) {
            return known;
        }
        let row = vectors::of_word(self.models, self.language, word).map(|vector| {
            for (network, products) in self.model.networks.iter().zip(&mut self.products) {
                products.push(network.product(&vector));
            }
            self.products[0].len() - 1
        });
        self.words.insert(word.to_owned(), row);
        row
    }
}
