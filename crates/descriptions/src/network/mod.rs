//! A small network that reads the sentences of a chapter in order and says of each how likely it is visual, and of what kind.
//!
//! Words (vector and flags) go through one layer and are pooled over the sentence by mean and by maximum; with the
//! sentence's own features they go through a second layer; a bidirectional GRU (Cho et al. 2014, the variant of cuDNN
//! without recurrent biases) reads the sequence; a last layer gives the outputs.

mod arithmetic;
mod parameters;
mod recurrence;

use arithmetic::affine;
pub(crate) use arithmetic::{add_rows, rectify};

use crate::features::{SENTENCE_WIDTH, TOKEN_FLAGS};

pub(crate) use parameters::Parameters;
pub(crate) use recurrence::{STATE, run, sigmoid};
#[cfg(feature = "training")]
pub(crate) use {
    arithmetic::{add_outer, add_transposed},
    parameters::Recurrent,
    recurrence::{GATES, State},
};

/// Width of a word's hidden layer.
pub(crate) const TOKEN: usize = 64;
/// Width of a sentence's hidden layer.
pub(crate) const SENTENCE: usize = 64;
/// Width of what enters a sentence's hidden layer.
pub(crate) const INPUT: usize = SENTENCE_WIDTH + 2 * TOKEN;
/// Outputs of a sentence: the logit of being visual, five logits of kinds, the logit of opening a span.
pub(crate) const OUTPUTS: usize = 7;
/// Width of what enters the last layer.
pub(crate) const LAST: usize = 2 * STATE + SENTENCE;

/// Pooled values are brought to the size of the other inputs by these factors.
pub(crate) const MEAN_FACTOR: f32 = 2.0;
pub(crate) const MAXIMUM_FACTOR: f32 = 0.5;
/// Bound of a standardised feature.
const LIMIT: f32 = 4.0;

/// A sentence ready for the network: features standardised, words interned.
pub(crate) struct Input {
    pub(crate) dense: Vec<f32>,
    pub(crate) tokens: Vec<InputToken>,
}

/// A word ready for the network.
pub(crate) struct InputToken {
    /// Row of the table of word products; `None` when the word has no vector.
    pub(crate) word: Option<usize>,
    pub(crate) flags: Vec<u8>,
}

/// The network with the standardisation of its inputs.
#[derive(Clone)]
pub(crate) struct Network {
    /// Mean of each sentence feature over the training data.
    pub(crate) mean: Vec<f32>,
    /// One over the standard deviation of each sentence feature.
    pub(crate) scale: Vec<f32>,
    pub(crate) parameters: Parameters,
}

impl Network {
    /// The features, standardised and bounded.
    pub(crate) fn standardise(&self, dense: &[f32]) -> Vec<f32> {
        let scaled = dense.iter().zip(&self.mean).zip(&self.scale);
        scaled
            .map(|((value, mean), scale)| ((value - mean) * scale).clamp(-LIMIT, LIMIT))
            .collect()
    }

    /// What a word's vector adds to its hidden layer.
    pub(crate) fn product(&self, vector: &[f32]) -> [f32; TOKEN] {
        let mut product = [0.0; TOKEN];
        add_rows(&mut product, vector, &self.parameters.token_vector);
        product
    }

    /// The outputs for each sentence of a chapter. `products` holds a row for each interned word.
    pub(crate) fn read(&self, inputs: &[Input], products: &[[f32; TOKEN]]) -> Vec<[f32; OUTPUTS]> {
        let parameters = &self.parameters;
        let sentences: Vec<Vec<f32>> = inputs
            .iter()
            .map(|input| {
                let pooled = self.pool(input, products);
                let mut hidden = affine(&pooled, &parameters.sentence, &parameters.sentence_bias);
                rectify(&mut hidden);
                hidden
            })
            .collect();
        let forward = run(&parameters.forward, sentences.iter());
        let mut backward = run(&parameters.backward, sentences.iter().rev());
        backward.reverse();
        let states = forward.iter().zip(&backward).zip(&sentences);
        states
            .map(|((forward, backward), sentence)| {
                let mut last = [0.0; LAST];
                last[..STATE].copy_from_slice(&forward.after);
                last[STATE..2 * STATE].copy_from_slice(&backward.after);
                last[2 * STATE..].copy_from_slice(sentence);
                let mut outputs = [0.0; OUTPUTS];
                outputs.copy_from_slice(&affine(&last, &parameters.output, &parameters.output_bias));
                outputs
            })
            .collect()
    }

    /// The input of the sentence layer: the features and the pooled words.
    fn pool(&self, input: &Input, products: &[[f32; TOKEN]]) -> Vec<f32> {
        let mut pooled = vec![0.0; INPUT];
        pooled[..SENTENCE_WIDTH].copy_from_slice(&input.dense);
        let (mean, maximum) = pooled[SENTENCE_WIDTH..].split_at_mut(TOKEN);
        let share = MEAN_FACTOR / input.tokens.len().max(1) as f32;
        let mut hidden = [0.0; TOKEN];
        for token in &input.tokens {
            hidden.copy_from_slice(&self.parameters.token_bias);
            if let Some(word) = token.word {
                hidden.iter_mut().zip(&products[word]).for_each(|(h, p)| *h += p);
            }
            for &flag in &token.flags {
                let row = &self.parameters.token_flags[usize::from(flag) * TOKEN..][..TOKEN];
                hidden.iter_mut().zip(row).for_each(|(h, w)| *h += w);
            }
            rectify(&mut hidden);
            for ((mean, maximum), h) in mean.iter_mut().zip(maximum.iter_mut()).zip(&hidden) {
                *mean += share * h;
                *maximum = maximum.max(MAXIMUM_FACTOR * h);
            }
        }
        pooled
    }
}

/// Rows of the flag table.
pub(crate) const FLAG_ROWS: usize = TOKEN_FLAGS;
