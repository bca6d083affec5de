//! Convolutions of rows most of whose numbers a rectifier has made zero.
//!
//! After layer 1 four numbers of five are zero, after layer 2 two of three. Only the others are multiplied: the
//! batch normalisation that follows the rectifier is folded into the weights and the biases of the next layer.

use pulp::{Arch, Simd, WithSimd};

use super::dimensions::TAPS;

/// Registers that are summed into at once.
const REGISTERS: usize = 8;

/// The numbers of rows that are greater than zero.
#[derive(Default)]
pub(super) struct Positives {
    width: usize,
    counts: Vec<usize>,
    channels: Vec<u32>,
    values: Vec<f32>,
}

impl Positives {
    /// Takes in the rows of a matrix; a gap has nothing.
    pub(super) fn read(&mut self, matrix: &[f32], width: usize, is_gap: impl Fn(usize) -> bool) {
        self.width = width;
        self.counts.clear();
        self.channels.resize(matrix.len(), 0);
        self.values.resize(matrix.len(), 0.0);
        let places = self
            .channels
            .chunks_exact_mut(width)
            .zip(self.values.chunks_exact_mut(width));
        for (row, (numbers, (channels, values))) in matrix.chunks_exact(width).zip(places).enumerate() {
            let count = if is_gap(row) {
                0
            } else {
                keep_positive(numbers, channels, values)
            };
            self.counts.push(count);
        }
    }

    fn row(&self, row: usize) -> (&[u32], &[f32]) {
        let places = row * self.width..row * self.width + self.counts[row];
        (&self.channels[places.clone()], &self.values[places])
    }
}

/// Without a branch: every number is written, and the next overwrites it unless it counts.
fn keep_positive(numbers: &[f32], channels: &mut [u32], values: &mut [f32]) -> usize {
    let mut count = 0;
    for (channel, &number) in numbers.iter().enumerate() {
        channels[count] = channel as u32;
        values[count] = number;
        count += usize::from(number > 0.0);
    }
    count
}

/// A convolution of width 3 over rectified rows.
pub(super) struct Convolution {
    inputs: usize,
    filters: usize,
    /// (tap, input, filter)
    weights: Vec<f32>,
    /// What a row begins with, by which neighbours it has: none, the right, the left, both.
    starts: [Vec<f32>; 4],
}

impl Convolution {
    /// From the weights (tap, input, filter), the biases, and the normalisation of the inputs: scales, offsets.
    pub(super) fn new(weights: &[f32], bias: &[f32], norm: &[f32]) -> Convolution {
        let (inputs, filters) = (norm.len() / 2, bias.len());
        let (scales, offsets) = norm.split_at(inputs);
        let mut constants = [const { Vec::new() }; TAPS];
        for (tap, constants) in weights.chunks_exact(inputs * filters).zip(&mut constants) {
            constants.resize(filters, 0.0);
            for (row, offset) in tap.chunks_exact(filters).zip(offsets) {
                add_scaled(constants, row, *offset);
            }
        }
        let start = |left: bool, right: bool| {
            let mut start = bias.to_vec();
            for (constants, there) in constants.iter().zip([left, true, right]) {
                add_scaled(&mut start, constants, f32::from(u8::from(there)));
            }
            start
        };
        let mut scaled = weights.to_vec();
        for tap in scaled.chunks_exact_mut(inputs * filters) {
            for (row, scale) in tap.chunks_exact_mut(filters).zip(scales) {
                row.iter_mut().for_each(|weight| *weight *= scale);
            }
        }
        Convolution {
            inputs,
            filters,
            weights: scaled,
            starts: [
                start(false, false),
                start(false, true),
                start(true, false),
                start(true, true),
            ],
        }
    }

    /// Fills the rows of `output`, the first of which has the first three rows of `input` in view.
    /// `is_gap` tells of a row of `input` whether it separates sequences.
    pub(super) fn apply(
        &self,
        arch: Arch,
        input: &Positives,
        is_gap: impl Fn(usize) -> bool,
        output: &mut [f32],
    ) {
        for (row, values) in output.chunks_exact_mut(self.filters).enumerate() {
            let start = usize::from(!is_gap(row)) * 2 + usize::from(!is_gap(row + 2));
            values.copy_from_slice(&self.starts[start]);
        }
        arch.dispatch(Sum {
            convolution: self,
            input,
            output,
        });
    }
}

fn add_scaled(sum: &mut [f32], row: &[f32], scale: f32) {
    for (sum, value) in sum.iter_mut().zip(row) {
        *sum += value * scale;
    }
}

struct Sum<'a> {
    convolution: &'a Convolution,
    input: &'a Positives,
    output: &'a mut [f32],
}

impl WithSimd for Sum<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Sum {
            convolution,
            input,
            output,
        } = self;
        let lanes = size_of::<S::f32s>() / size_of::<f32>();
        for (row, values) in output.chunks_exact_mut(convolution.filters).enumerate() {
            let rows = [input.row(row), input.row(row + 1), input.row(row + 2)];
            let mut first = 0;
            for tile in values.chunks_mut(REGISTERS * lanes) {
                let length = tile.len();
                if length == REGISTERS * lanes {
                    sum_tile::<S, REGISTERS>(simd, convolution, rows, first, tile);
                } else {
                    for (at, tile) in tile.chunks_exact_mut(REGISTERS / 2 * lanes).enumerate() {
                        let first = first + at * REGISTERS / 2 * lanes;
                        sum_tile::<S, { REGISTERS / 2 }>(simd, convolution, rows, first, tile);
                    }
                }
                first += length;
            }
        }
    }
}

/// Adds what three rows of input give to some neighbouring filters, the first of which is `first`.
#[inline(always)]
fn sum_tile<S: Simd, const N: usize>(
    simd: S,
    convolution: &Convolution,
    rows: [(&[u32], &[f32]); TAPS],
    first: usize,
    tile: &mut [f32],
) {
    let lanes = size_of::<S::f32s>() / size_of::<f32>();
    let (tile, _) = S::as_mut_simd_f32s(tile);
    let mut sums = [simd.splat_f32s(0.0); N];
    sums.copy_from_slice(tile);
    let tap_length = convolution.inputs * convolution.filters;
    for ((channels, values), tap) in rows.into_iter().zip(convolution.weights.chunks_exact(tap_length)) {
        for (&channel, &value) in channels.iter().zip(values) {
            let at = channel as usize * convolution.filters + first;
            let (weights, _) = S::as_simd_f32s(&tap[at..at + N * lanes]);
            let value = simd.splat_f32s(value);
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum = simd.mul_add_e_f32s(value, *weight, *sum);
            }
        }
    }
    tile.copy_from_slice(&sums);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const INPUTS: usize = 32;
    const FILTERS: usize = 64;

    /// The definition: rectify, normalise, gaps to zero, convolve.
    fn expected(rows: &[f32], gaps: &[bool], weights: &[f32], bias: &[f32], norm: &[f32]) -> Vec<f32> {
        let normal = |row: usize, input: usize| {
            let value = rows[row * INPUTS + input].max(0.0) * norm[input] + norm[INPUTS + input];
            if gaps[row] { 0.0 } else { value }
        };
        let mut output = Vec::new();
        for row in 0..gaps.len() - 2 {
            for (filter, bias) in bias.iter().enumerate() {
                let products = (0..TAPS * INPUTS)
                    .map(|at| normal(row + at / INPUTS, at % INPUTS) * weights[at * FILTERS + filter]);
                output.push(bias + products.sum::<f32>());
            }
        }
        output
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn only_zeros_are_left_out(
            rows in prop::collection::vec(-1f32..1.0, 6 * INPUTS),
            weights in prop::collection::vec(-1f32..1.0, TAPS * INPUTS * FILTERS),
            bias in prop::collection::vec(-1f32..1.0, FILTERS),
            norm in prop::collection::vec(-1f32..1.0, 2 * INPUTS),
            gaps in prop::collection::vec(prop::bool::ANY, 6),
        ) {
            // The row between two gaps is a row of its own; what a gap itself gets is not defined.
            let convolution = Convolution::new(&weights, &bias, &norm);
            let mut positives = Positives::default();
            positives.read(&rows, INPUTS, |row| gaps[row]);
            let mut output = vec![0.0; 4 * FILTERS];
            convolution.apply(Arch::new(), &positives, |row| gaps[row], &mut output);
            let expected = expected(&rows, &gaps, &weights, &bias, &norm);
            for (at, (ours, theirs)) in output.iter().zip(&expected).enumerate() {
                if !gaps[at / FILTERS + 1] {
                    prop_assert!((ours - theirs).abs() < 1e-3, "{at}: {ours} {theirs}");
                }
            }
        }
    }
}
