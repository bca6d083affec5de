//! The encoder that all three networks have: three convolutions of width 3 over tokens, each followed by a
//! rectifier and batch normalisation.
//!
//! Sequences lie one after another with a row of zeros between them, so no sequence is padded to the length of
//! another. Layer 1 is summed from what was computed once per word; layers 2 and 3 skip the zeros of the rectifier
//! before them.

use pulp::Arch;

use super::dimensions::*;
use super::kernels::{Contributions, rectify_and_normalise, sum};
use super::positives::Positives;
use super::projections::Projections;
use super::sparse::Convolution;
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

/// Weights of one encoder.
pub(super) struct Encoder {
    network: usize,
    shapes: Section<f32>,
    second: Convolution,
    third: Convolution,
    norm: Section<f32>,
}

/// Memory of the inner layers.
#[derive(Default)]
pub(super) struct Scratch {
    first: Vec<f32>,
    second: Vec<f32>,
    positives: Positives,
}

impl Encoder {
    pub(super) fn open(file: &ModelFile, network: usize, names: [&str; 8]) -> Result<Encoder, ModelError> {
        let layer = |names: &[&str], norm: &str, inputs: usize, filters: usize| {
            let weights = file.sized::<f32>(names[0], TAPS * inputs * filters)?;
            let bias = file.sized::<f32>(names[1], filters)?;
            let norm = file.sized::<f32>(norm, 2 * inputs)?;
            Ok::<_, ModelError>(Convolution::new(&weights, &bias, &norm))
        };
        Ok(Encoder {
            network,
            shapes: file.sized(names[0], SHAPES * TAPPED)?,
            second: layer(&names[2..4], names[1], LAYER1, LAYER2)?,
            third: layer(&names[5..7], names[4], LAYER2, LAYER3)?,
            norm: file.sized(names[7], 2 * LAYER3)?,
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
        let Scratch {
            first,
            second,
            positives,
        } = scratch;
        first.resize((outputs + 4) * LAYER1, 0.0);
        for (row, values) in (chunk.start - 2..chunk.end + 2).zip(first.chunks_exact_mut(LAYER1)) {
            self.first_layer(arch, rows, row, projections, values);
        }
        let gap_in_first = |row: usize| is_gap(chunk.start - 2 + row as isize);
        positives.read(first, LAYER1, self.second.block(), gap_in_first);
        second.resize((outputs + 2) * LAYER2, 0.0);
        self.second.apply(arch, positives, gap_in_first, second);
        let gap_in_second = |row: usize| is_gap(chunk.start - 1 + row as isize);
        positives.read(second, LAYER2, self.third.block(), gap_in_second);
        self.third.apply(arch, positives, gap_in_second, output);
        rectify_and_normalise(arch, output, &self.norm);
        for (row, values) in chunk.zip(output.chunks_exact_mut(LAYER3)) {
            if is_gap(row) {
                values.fill(0.0);
            }
        }
    }

    /// What layer 1 makes of a row, before its rectifier; of a gap anything.
    fn first_layer(
        &self,
        arch: Arch,
        rows: &[Input],
        row: isize,
        projections: &Projections,
        values: &mut [f32],
    ) {
        if at(rows, row).is_gap() {
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
        sum(arch, values, &Contributions { taps });
    }
}

fn at(rows: &[Input], row: isize) -> Input {
    usize::try_from(row)
        .ok()
        .and_then(|row| rows.get(row))
        .copied()
        .unwrap_or(Input::GAP)
}
