//! The network of names: scores of eight tags per token, and the best sequence of tags.

use pulp::Arch;

use super::dimensions::*;
use super::encoder::Encoder;
use super::kernels::add_bias;
use super::matrix::{Shape, multiply};
use crate::ModelError;
use crate::model_file::{ModelFile, Section};

const TAGS: usize = NAME_TAGS.len();

/// Scores of one token's tags.
pub(crate) type Scores = [f32; TAGS];

pub(super) struct Names {
    pub(super) encoder: Encoder,
    head: Section<f32>,
    bias: Section<f32>,
    transitions: Section<f32>,
}

impl Names {
    pub(super) fn open(file: &ModelFile) -> Result<Names, ModelError> {
        Ok(Names {
            encoder: Encoder::open(file, NAMES, encoder_sections!("names"))?,
            head: file.sized("names.head", LAYER3 * TAGS)?,
            bias: file.sized("names.head.bias", TAGS)?,
            transitions: file.sized("names.transitions", TAGS * TAGS)?,
        })
    }

    /// Scores of each row out of its encoding.
    pub(super) fn score(&self, arch: Arch, encoded: &[f32], scores: &mut Vec<f32>) {
        let rows = encoded.len() / LAYER3;
        scores.resize(rows * TAGS, 0.0);
        multiply(
            Shape {
                rows,
                inner: LAYER3,
                columns: TAGS,
            },
            encoded,
            LAYER3,
            &self.head,
            scores,
            TAGS,
        );
        add_bias(arch, scores, &self.bias);
    }

    /// The best tags of one sequence (Viterbi): the sum of scores and transitions; of equals the first.
    pub(super) fn decode(&self, scores: &[Scores], tags: &mut Vec<u8>) {
        let Some((first, rest)) = scores.split_first() else {
            return;
        };
        let mut from: Vec<[u8; TAGS]> = Vec::with_capacity(rest.len());
        let mut best = *first;
        for scores in rest {
            let (next, previous) = self.advance(&best, scores);
            best = next;
            from.push(previous);
        }
        let start = tags.len();
        let mut tag = greatest(&best);
        tags.push(tag as u8);
        for previous in from.iter().rev() {
            tag = usize::from(previous[tag]);
            tags.push(tag as u8);
        }
        tags[start..].reverse();
    }

    fn advance(&self, best: &Scores, scores: &Scores) -> (Scores, [u8; TAGS]) {
        let mut next = [f32::NEG_INFINITY; TAGS];
        let mut previous = [0u8; TAGS];
        for (from, row) in self.transitions.chunks_exact(TAGS).enumerate() {
            for to in 0..TAGS {
                let score = best[from] + row[to] + scores[to];
                if score > next[to] {
                    next[to] = score;
                    previous[to] = from as u8;
                }
            }
        }
        (next, previous)
    }
}

fn greatest(scores: &Scores) -> usize {
    (1..TAGS).fold(0, |best, tag| if scores[tag] > scores[best] { tag } else { best })
}
