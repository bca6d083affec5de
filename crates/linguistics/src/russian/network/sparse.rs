//! Convolutions of rows most of whose numbers a rectifier has made zero.
//!
//! After layer 1 four numbers of five are zero, after layer 2 two of three. Only the others are multiplied: the
//! batch normalisation that follows the rectifier is folded into the weights and the biases of the next layer.
//! Weights lie in blocks that fit the first-level cache; each is used for a strip of rows before the next.

use pulp::{Arch, Simd, WithSimd};

use super::dimensions::TAPS;
use super::positives::Positives;

/// Registers that are summed into at once.
const REGISTERS: usize = 8;
/// Weights in a block: 16 KiB.
const BLOCK: usize = 4096;
/// Rows that go through a block one after another.
const STRIP: usize = 32;

/// A convolution of width 3 over rectified rows.
pub(super) struct Convolution {
    inputs: usize,
    filters: usize,
    /// Filters that are summed together.
    tile: usize,
    /// Inputs whose weights for a tile make a block.
    block: usize,
    /// (tile, tap, input, filter of the tile)
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
        let tile = filters.min(REGISTERS * Arch::new().dispatch(Lanes));
        let mut scaled = Vec::with_capacity(weights.len());
        for first in (0..filters).step_by(tile) {
            for (row, scale) in weights.chunks_exact(filters).zip(scales.iter().cycle()) {
                scaled.extend(row[first..first + tile].iter().map(|weight| weight * scale));
            }
        }
        Convolution {
            inputs,
            filters,
            tile,
            block: (BLOCK / tile).min(inputs),
            weights: scaled,
            starts: [
                start(false, false),
                start(false, true),
                start(true, false),
                start(true, true),
            ],
        }
    }

    /// Inputs in a block of what [`Convolution::apply`] reads.
    pub(super) fn block(&self) -> usize {
        self.block
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

/// Numbers in a register.
struct Lanes;

impl WithSimd for Lanes {
    type Output = usize;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> usize {
        size_of::<S::f32s>() / size_of::<f32>()
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
        if self.convolution.tile == REGISTERS * Lanes.with_simd(simd) {
            self.sum::<S, REGISTERS>(simd);
        } else {
            self.sum::<S, { REGISTERS / 2 }>(simd);
        }
    }
}

impl Sum<'_> {
    /// `N` registers hold a tile.
    #[inline(always)]
    fn sum<S: Simd, const N: usize>(self, simd: S) {
        let Sum {
            convolution:
                Convolution {
                    inputs,
                    filters,
                    tile,
                    block,
                    weights,
                    ..
                },
            input,
            output,
        } = self;
        for (strip, output) in output.chunks_mut(STRIP * filters).enumerate() {
            for (number, weights) in weights.chunks_exact(TAPS * inputs * tile).enumerate() {
                for (tap, weights) in weights.chunks_exact(inputs * tile).enumerate() {
                    for (block, weights) in weights.chunks(block * tile).enumerate() {
                        let (weights, _) = S::as_simd_f32s(weights).0.as_chunks::<N>();
                        for (row, sums) in output.chunks_exact_mut(*filters).enumerate() {
                            let positives = input.block(strip * STRIP + row + tap, block);
                            add::<S, N>(simd, weights, positives, &mut sums[number * tile..][..*tile]);
                        }
                    }
                }
            }
        }
    }
}

/// Adds to the filters of a tile what a block of a row gives them.
#[inline(always)]
fn add<S: Simd, const N: usize>(
    simd: S,
    weights: &[[S::f32s; N]],
    (channels, values): (&[u32], &[f32]),
    tile: &mut [f32],
) {
    let (tile, _) = S::as_mut_simd_f32s(tile);
    let mut sums = [simd.splat_f32s(0.0); N];
    sums.copy_from_slice(tile);
    for (&channel, &value) in channels.iter().zip(values) {
        let value = simd.splat_f32s(value);
        for (sum, weight) in sums.iter_mut().zip(&weights[channel as usize]) {
            *sum = simd.mul_add_e_f32s(value, *weight, *sum);
        }
    }
    tile.copy_from_slice(&sums);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const INPUTS: usize = 128;
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
            positives.read(&rows, INPUTS, convolution.block(), |row| gaps[row]);
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
