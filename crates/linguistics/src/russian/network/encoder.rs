//! The encoder that all three networks have: three convolutions of width 3 over tokens, each followed by a
//! rectifier and batch normalisation.
//!
//! Sequences lie one after another with a row of zeros between them, so no sequence is padded to the length of
//! another. A convolution is then one matrix product whose left rows overlap: the row of a token with its two
//! neighbours is three rows of the previous layer read as one.

use pulp::Arch;

use super::dimensions::*;
use super::kernels::{Contributions, bias_and_normalise, sum_and_normalise};
use super::matrix::{Shape, multiply};
use super::projections::Projections;
use crate::ModelError;
use crate::model_file::{ModelFile, Section};

/// Rows encoded at once: what layers 1 and 2 of them take fits the second-level cache.
const CHUNK: usize = 256;

/// A token as the encoder sees it.
#[derive(Clone, Copy)]
pub(crate) struct Input {
    /// Number of its word.
    pub(crate) word: u32,
    /// Number of its shape; [`Input::GAP`]'s separates sequences.
    pub(crate) shape: u8,
}

impl Input {
    /// The row between two sequences.
    pub(crate) const GAP: Input = Input {
        word: u32::MAX,
        shape: u8::MAX,
    };

    fn is_gap(self) -> bool {
        self.shape == u8::MAX
    }
}

struct Layer {
    weight: Section<f32>,
    bias: Section<f32>,
    norm: Section<f32>,
}

/// Weights of one encoder.
pub(super) struct Encoder {
    network: usize,
    shapes: Section<f32>,
    norm: Section<f32>,
    second: Layer,
    third: Layer,
}

/// Memory of the inner layers.
#[derive(Default)]
pub(super) struct Scratch {
    first: Vec<f32>,
    second: Vec<f32>,
}

impl Encoder {
    pub(super) fn open(file: &ModelFile, network: usize, names: [&str; 8]) -> Result<Encoder, ModelError> {
        let layer = |names: &[&str], inputs: usize, filters: usize| {
            Ok::<Layer, ModelError>(Layer {
                weight: file.sized(names[0], TAPS * inputs * filters)?,
                bias: file.sized(names[1], filters)?,
                norm: file.sized(names[2], 2 * filters)?,
            })
        };
        Ok(Encoder {
            network,
            shapes: file.sized(names[0], SHAPES * TAPPED)?,
            norm: file.sized(names[1], 2 * LAYER1)?,
            second: layer(&names[2..5], LAYER1, LAYER2)?,
            third: layer(&names[5..8], LAYER2, LAYER3)?,
        })
    }

    /// Encodes all rows: `output` gets 64 numbers for each, zeros for gaps.
    ///
    /// The words must be in `projections`.
    pub(super) fn encode(
        &self,
        arch: Arch,
        rows: &[Input],
        projections: &Projections,
        scratch: &mut Scratch,
        output: &mut Vec<f32>,
    ) {
        output.clear();
        output.resize(rows.len() * LAYER3, 0.0);
        for (chunk, output) in output.chunks_mut(CHUNK * LAYER3).enumerate() {
            let start = chunk * CHUNK;
            let end = start + output.len() / LAYER3;
            self.encode_chunk(
                arch,
                rows,
                start as isize..end as isize,
                projections,
                scratch,
                output,
            );
        }
    }

    /// Each layer sees one row more on both sides than the next; rows outside the text are zero.
    fn encode_chunk(
        &self,
        arch: Arch,
        rows: &[Input],
        chunk: std::ops::Range<isize>,
        projections: &Projections,
        scratch: &mut Scratch,
        output: &mut [f32],
    ) {
        let outputs = chunk.len();
        let is_gap = |row: isize| at(rows, row).is_gap();
        scratch.first.resize((outputs + 4) * LAYER1, 0.0);
        for (row, values) in (chunk.start - 2..chunk.end + 2).zip(scratch.first.chunks_exact_mut(LAYER1)) {
            self.first_layer(arch, rows, row, projections, values);
        }
        scratch.second.resize((outputs + 2) * LAYER2, 0.0);
        let second = &mut scratch.second[..(outputs + 2) * LAYER2];
        self.second.convolve(arch, &scratch.first, LAYER1, second, LAYER2);
        clear(second, LAYER2, chunk.start - 1, is_gap);
        self.third.convolve(arch, second, LAYER2, output, LAYER3);
        clear(output, LAYER3, chunk.start, is_gap);
    }

    fn first_layer(
        &self,
        arch: Arch,
        rows: &[Input],
        row: isize,
        projections: &Projections,
        values: &mut [f32],
    ) {
        if at(rows, row).is_gap() {
            values.fill(0.0);
            return;
        }
        let contribution = |row: isize, tap: usize| {
            let input = at(rows, row);
            if input.is_gap() {
                return None;
            }
            let word = projections.get(input.word, self.network);
            let shape = usize::from(input.shape) * TAPPED;
            let filters = tap * LAYER1..(tap + 1) * LAYER1;
            Some((
                &word[filters.clone()],
                &self.shapes[shape..shape + TAPPED][filters],
            ))
        };
        let taps = [
            contribution(row - 1, 0),
            contribution(row, 1),
            contribution(row + 1, 2),
        ];
        sum_and_normalise(arch, values, &Contributions { taps }, &self.norm);
    }
}

impl Layer {
    fn convolve(&self, arch: Arch, input: &[f32], inputs: usize, output: &mut [f32], filters: usize) {
        let shape = Shape {
            rows: output.len() / filters,
            inner: TAPS * inputs,
            columns: filters,
        };
        multiply(shape, input, inputs, &self.weight, output, filters);
        bias_and_normalise(arch, output, &self.bias, &self.norm);
    }
}

fn at(rows: &[Input], row: isize) -> Input {
    usize::try_from(row)
        .ok()
        .and_then(|row| rows.get(row))
        .copied()
        .unwrap_or(Input::GAP)
}

/// Zeroes the rows of gaps; the first row of the matrix is row `start` of the text.
fn clear(matrix: &mut [f32], width: usize, start: isize, is_gap: impl Fn(isize) -> bool) {
    for (row, values) in (start..).zip(matrix.chunks_exact_mut(width)) {
        if is_gap(row) {
            values.fill(0.0);
        }
    }
}
