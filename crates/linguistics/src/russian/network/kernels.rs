//! Loops over rows of numbers, compiled once per instruction set and chosen when the program starts.

use pulp::{Arch, Simd, WithSimd};

/// A loop and its arguments. A closure in its place is not always compiled for the instruction set that is dispatched to.
struct Apply<A, F>(A, F);

impl<A, R, F: FnOnce(A) -> R> WithSimd for Apply<A, F> {
    type Output = R;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> R {
        (self.1)(self.0)
    }
}

/// `row = row + other`, element by element.
#[inline(always)]
fn add(row: &mut [f32], other: &[f32]) {
    for (value, other) in row.iter_mut().zip(other) {
        *value += other;
    }
}

/// Contributions to one row of layer 1: up to three neighbours, each the projections of a word and a shape.
pub(super) struct Contributions<'a> {
    pub(super) taps: [Option<(&'a [f32], &'a [f32])>; 3],
}

/// `row = sum of the contributions`.
pub(super) fn sum(arch: Arch, row: &mut [f32], contributions: &Contributions<'_>) {
    #[inline(always)]
    fn here((row, contributions): (&mut [f32], &Contributions<'_>)) {
        match contributions.taps {
            [Some(left), Some(middle), Some(right)] => {
                let others = middle.0.iter().zip(middle.1);
                let others = others.zip(left.0.iter().zip(left.1));
                let others = others.zip(right.0.iter().zip(right.1));
                for (value, (((a, b), (c, d)), (e, f))) in row.iter_mut().zip(others) {
                    *value = a + b + c + d + e + f;
                }
            }
            [left, Some((word, shape)), right] => {
                for ((value, word), shape) in row.iter_mut().zip(word).zip(shape) {
                    *value = word + shape;
                }
                for (word, shape) in [left, right].into_iter().flatten() {
                    add(row, word);
                    add(row, shape);
                }
            }
            [_, None, _] => {}
        }
    }
    arch.dispatch(Apply((row, contributions), here));
}

/// `row = norm(relu(row))` for each row of a matrix; `norm` is the scales followed by the offsets.
pub(super) fn rectify_and_normalise(arch: Arch, matrix: &mut [f32], norm: &[f32]) {
    #[inline(always)]
    fn here((matrix, norm): (&mut [f32], &[f32])) {
        let (scales, offsets) = norm.split_at(norm.len() / 2);
        for row in matrix.chunks_exact_mut(scales.len()) {
            for ((value, scale), offset) in row.iter_mut().zip(scales).zip(offsets) {
                *value = value.max(0.0) * scale + offset;
            }
        }
    }
    arch.dispatch(Apply((matrix, norm), here));
}

/// `row = relu(row + bias)` for each row of a matrix.
pub(super) fn bias_and_rectify(arch: Arch, matrix: &mut [f32], bias: &[f32]) {
    #[inline(always)]
    fn here((matrix, bias): (&mut [f32], &[f32])) {
        for row in matrix.chunks_exact_mut(bias.len()) {
            for (value, bias) in row.iter_mut().zip(bias) {
                *value = (*value + bias).max(0.0);
            }
        }
    }
    arch.dispatch(Apply((matrix, bias), here));
}

/// `row = row + bias` for each row of a matrix.
pub(super) fn add_bias(arch: Arch, matrix: &mut [f32], bias: &[f32]) {
    #[inline(always)]
    fn here((matrix, bias): (&mut [f32], &[f32])) {
        for row in matrix.chunks_exact_mut(bias.len()) {
            add(row, bias);
        }
    }
    arch.dispatch(Apply((matrix, bias), here));
}

/// `result = sum of rows[i] scaled by weights[i]`; rows lie one after another.
pub(super) fn combine(arch: Arch, weights: &[f32], rows: &[f32], result: &mut [f32]) {
    #[inline(always)]
    fn here((weights, rows, result): (&[f32], &[f32], &mut [f32])) {
        result.fill(0.0);
        for (weight, row) in weights.iter().zip(rows.chunks_exact(result.len())) {
            for (value, other) in result.iter_mut().zip(row) {
                *value += weight * other;
            }
        }
    }
    arch.dispatch(Apply((weights, rows, result), here));
}

/// Index of the greatest number, the first of equals; 0 of nothing.
pub(super) fn argmax(arch: Arch, row: &[f32]) -> usize {
    #[inline(always)]
    fn here(row: &[f32]) -> usize {
        const LANES: usize = 16;
        let mut greatest = [f32::NEG_INFINITY; LANES];
        let chunks = row.chunks_exact(LANES);
        let rest = chunks.remainder();
        for chunk in chunks {
            for (greatest, value) in greatest.iter_mut().zip(chunk) {
                *greatest = if value > greatest { *value } else { *greatest };
            }
        }
        let greatest = greatest
            .iter()
            .chain(rest)
            .fold(f32::NEG_INFINITY, |a, &b| if b > a { b } else { a });
        row.iter()
            .position(|&value| value == greatest)
            .unwrap_or_default()
    }
    arch.dispatch(Apply(row, here))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_equals_is_the_greatest() {
        let arch = Arch::new();
        let mut row = vec![0.0; 45];
        assert_eq!(argmax(arch, &row), 0);
        row[44] = 2.0;
        row[17] = 2.0;
        assert_eq!(argmax(arch, &row), 17);
        assert_eq!(argmax(arch, &[]), 0);
        assert_eq!(argmax(arch, &[f32::NAN, 1.0]), 1);
    }

    #[test]
    fn layer_one_sums() {
        let (a, b) = ([1.0, -4.0], [2.0, 1.0]);
        let mut row = [9.0, 9.0];
        let contributions = Contributions {
            taps: [Some((&a, &b)), Some((&a, &a)), None],
        };
        sum(Arch::new(), &mut row, &contributions);
        assert_eq!(row, [5.0, -11.0]);
        rectify_and_normalise(Arch::new(), &mut row, &[10.0, 10.0, 0.5, 0.5]);
        assert_eq!(row, [50.5, 0.5]);
    }

    #[test]
    fn rows_combine_by_weight() {
        let mut result = [0.0; 2];
        combine(Arch::new(), &[1.0, 2.0], &[1.0, 2.0, 10.0, 20.0], &mut result);
        assert_eq!(result, [21.0, 42.0]);
    }
}
