//! The morphology network: for each token one of 753 tags.

use pulp::Arch;

use super::dimensions::*;
use super::encoder::{Encoder, Input};
use super::kernels::{add_bias, argmax};
use super::matrix::{Shape, multiply};
use crate::ModelError;
use crate::model_file::{ModelFile, Section};

/// Rows scored at once.
const CHUNK: usize = 128;

pub(super) struct Morphology {
    pub(super) encoder: Encoder,
    head: Section<f32>,
    bias: Section<f32>,
    pub(super) tags: Vec<String>,
}

impl Morphology {
    pub(super) fn open(file: &ModelFile) -> Result<Morphology, ModelError> {
        let tags = file.lines("morphology.tags")?;
        Ok(Morphology {
            encoder: Encoder::open(file, MORPHOLOGY, encoder_sections!("morphology"))?,
            head: file.sized("morphology.head", LAYER3 * tags.len())?,
            bias: file.sized("morphology.head.bias", tags.len())?,
            tags,
        })
    }

    /// The tag of each row, gaps included, out of its encoding.
    pub(super) fn decode(
        &self,
        arch: Arch,
        rows: &[Input],
        encoded: &[f32],
        scores: &mut Vec<f32>,
        tags: &mut Vec<u16>,
    ) {
        let columns = self.tags.len();
        scores.resize(CHUNK * columns, 0.0);
        tags.clear();
        for (rows, encoded) in rows.chunks(CHUNK).zip(encoded.chunks(CHUNK * LAYER3)) {
            let shape = Shape {
                rows: rows.len(),
                inner: LAYER3,
                columns,
            };
            multiply(shape, encoded, LAYER3, &self.head, scores, columns);
            for scores in scores.chunks_exact_mut(columns).take(rows.len()) {
                add_bias(arch, scores, &self.bias);
                tags.push(argmax(arch, scores) as u16);
            }
        }
    }
}
