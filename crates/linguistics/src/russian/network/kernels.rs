//! Loops over rows of numbers, compiled once per instruction set and chosen when the program starts.

use pulp::Arch;

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
    arch.dispatch(|| {
        let [left, Some((word, shape)), right] = contributions.taps else {
            return;
        };
        for ((value, word), shape) in row.iter_mut().zip(word).zip(shape) {
            *value = word + shape;
        }
        for (word, shape) in [left, right].into_iter().flatten() {
            add(row, word);
            add(row, shape);
        }
    });
}

/// `row = norm(relu(row))` for each row of a matrix; `norm` is the scales followed by the offsets.
pub(super) fn rectify_and_normalise(arch: Arch, matrix: &mut [f32], norm: &[f32]) {
    let (scales, offsets) = norm.split_at(norm.len() / 2);
    arch.dispatch(|| {
        for row in matrix.chunks_exact_mut(scales.len()) {
            for ((value, scale), offset) in row.iter_mut().zip(scales).zip(offsets) {
                *value = value.max(0.0) * scale + offset;
            }
        }
    });
}

/// `row = relu(row + bias)` for each row of a matrix.
pub(super) fn bias_and_rectify(arch: Arch, matrix: &mut [f32], bias: &[f32]) {
    arch.dispatch(|| {
        for row in matrix.chunks_exact_mut(bias.len()) {
            for (value, bias) in row.iter_mut().zip(bias) {
                *value = (*value + bias).max(0.0);
            }
        }
    });
}

/// `row = row + bias` for each row of a matrix.
pub(super) fn add_bias(arch: Arch, matrix: &mut [f32], bias: &[f32]) {
    arch.dispatch(|| {
        for row in matrix.chunks_exact_mut(bias.len()) {
            add(row, bias);
        }
    });
}

/// `result = sum of rows[i] scaled by weights[i]`; rows lie one after another.
pub(super) fn combine(arch: Arch, weights: &[f32], rows: &[f32], result: &mut [f32]) {
    arch.dispatch(|| {
        result.fill(0.0);
        for (weight, row) in weights.iter().zip(rows.chunks_exact(result.len())) {
            for (value, other) in result.iter_mut().zip(row) {
                *value += weight * other;
            }
        }
    });
}

/// Index of the greatest number, the first of equals; 0 of nothing.
pub(super) fn argmax(arch: Arch, row: &[f32]) -> usize {
    arch.dispatch(|| {
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
    })
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
