//! The few operations on rows of numbers. Matrices are stored one row an input, so that the inner loops run over outputs.

/// Adds `input · matrix` to `out`; the matrix has a row of `out.len()` for each input.
pub(crate) fn add_rows(out: &mut [f32], input: &[f32], matrix: &[f32]) {
    for (&value, row) in input.iter().zip(matrix.chunks_exact(out.len())) {
        if value != 0.0 {
            out.iter_mut().zip(row).for_each(|(o, w)| *o += value * w);
        }
    }
}

/// `input · matrix + bias`.
pub(crate) fn affine(input: &[f32], matrix: &[f32], bias: &[f32]) -> Vec<f32> {
    let mut out = bias.to_vec();
    add_rows(&mut out, input, matrix);
    out
}

/// Negative values become zero.
pub(crate) fn rectify(values: &mut [f32]) {
    values.iter_mut().for_each(|value| *value = value.max(0.0));
}

/// Adds the outer product `input ⊗ out` to the matrix.
#[cfg(feature = "training")]
pub(crate) fn add_outer(matrix: &mut [f32], input: &[f32], out: &[f32]) {
    for (&value, row) in input.iter().zip(matrix.chunks_exact_mut(out.len())) {
        if value != 0.0 {
            row.iter_mut().zip(out).for_each(|(w, o)| *w += value * o);
        }
    }
}

/// Adds `matrix · out` to `input`: the gradient of [`add_rows`] by its input.
#[cfg(feature = "training")]
pub(crate) fn add_transposed(input: &mut [f32], matrix: &[f32], out: &[f32]) {
    for (value, row) in input.iter_mut().zip(matrix.chunks_exact(out.len())) {
        *value += dot(row, out);
    }
}

/// The inner product, summed in lanes that the compiler keeps in one register.
#[cfg(feature = "training")]
fn dot(one: &[f32], other: &[f32]) -> f32 {
    const LANES: usize = 16;
    let mut sums = [0.0_f32; LANES];
    let (one, other) = (one.chunks_exact(LANES), other.chunks_exact(LANES));
    let rest: f32 = one
        .remainder()
        .iter()
        .zip(other.remainder())
        .map(|(a, b)| a * b)
        .sum();
    for (one, other) in one.zip(other) {
        for lane in 0..LANES {
            sums[lane] += one[lane] * other[lane];
        }
    }
    sums.iter().sum::<f32>() + rest
}
