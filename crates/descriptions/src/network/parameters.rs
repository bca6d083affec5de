//! The network's weights and how they are written to a file.

use super::{FLAG_ROWS, INPUT, LAST, OUTPUTS, SENTENCE, STATE, TOKEN, recurrence::GATES};

/// All weights; matrices have one row an input.
#[derive(Clone)]
pub(crate) struct Parameters {
    /// A row for each number of a word vector.
    pub(crate) token_vector: Vec<f32>,
    pub(crate) token_flags: Vec<f32>,
    pub(crate) token_bias: Vec<f32>,
    pub(crate) sentence: Vec<f32>,
    pub(crate) sentence_bias: Vec<f32>,
    pub(crate) forward: Recurrent,
    pub(crate) backward: Recurrent,
    pub(crate) output: Vec<f32>,
    pub(crate) output_bias: Vec<f32>,
}

/// The weights of one direction of the recurrent layer.
#[derive(Clone)]
pub(crate) struct Recurrent {
    pub(crate) input: Vec<f32>,
    pub(crate) state: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

/// Number of tensors.
const TENSORS: usize = 13;

impl Parameters {
    /// Zeros, for word vectors of `dimension` numbers.
    pub(crate) fn zeros(dimension: usize) -> Self {
        let recurrent = || Recurrent {
            input: vec![0.0; SENTENCE * GATES],
            state: vec![0.0; STATE * GATES],
            bias: vec![0.0; GATES],
        };
        Self {
            token_vector: vec![0.0; dimension * TOKEN],
            token_flags: vec![0.0; FLAG_ROWS * TOKEN],
            token_bias: vec![0.0; TOKEN],
            sentence: vec![0.0; INPUT * SENTENCE],
            sentence_bias: vec![0.0; SENTENCE],
            forward: recurrent(),
            backward: recurrent(),
            output: vec![0.0; LAST * OUTPUTS],
            output_bias: vec![0.0; OUTPUTS],
        }
    }

    /// Every tensor, in the order of the file.
    #[cfg(feature = "training")]
    pub(crate) fn tensors(&self) -> [&Vec<f32>; TENSORS] {
        [
            &self.token_vector,
            &self.token_flags,
            &self.token_bias,
            &self.sentence,
            &self.sentence_bias,
            &self.forward.input,
            &self.forward.state,
            &self.forward.bias,
            &self.backward.input,
            &self.backward.state,
            &self.backward.bias,
            &self.output,
            &self.output_bias,
        ]
    }

    /// Every tensor, in the order of the file.
    pub(crate) fn tensors_mut(&mut self) -> [&mut Vec<f32>; TENSORS] {
        [
            &mut self.token_vector,
            &mut self.token_flags,
            &mut self.token_bias,
            &mut self.sentence,
            &mut self.sentence_bias,
            &mut self.forward.input,
            &mut self.forward.state,
            &mut self.forward.bias,
            &mut self.backward.input,
            &mut self.backward.state,
            &mut self.backward.bias,
            &mut self.output,
            &mut self.output_bias,
        ]
    }
}
