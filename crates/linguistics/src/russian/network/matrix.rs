//! Matrix products.

use gemm::Parallelism;

/// Row-major operands of a product.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    /// Rows of the left factor and of the result.
    pub(super) rows: usize,
    /// Columns of the left factor, rows of the right one.
    pub(super) inner: usize,
    /// Columns of the right factor and of the result.
    pub(super) columns: usize,
}

/// How the numbers of a right factor lie.
#[derive(Clone, Copy, PartialEq)]
enum Right {
    /// Row after row.
    Rows,
    /// Column after column: the factor is given transposed.
    Columns,
}

/// `result = left · right`, on this thread, with the widest instructions the CPU has.
///
/// Rows of `left` begin `left_stride` numbers apart and may overlap; rows of `result` lie `result_stride`
/// apart; `right` is dense.
pub(super) fn multiply(
    shape: Shape,
    left: &[f32],
    left_stride: usize,
    right: &[f32],
    result: &mut [f32],
    result_stride: usize,
) {
    product(
        shape,
        (left, left_stride),
        (right, Right::Rows),
        (result, result_stride),
    );
}

/// As [`multiply`], with the right factor given as its columns one after another.
pub(super) fn multiply_by_columns(
    shape: Shape,
    left: &[f32],
    left_stride: usize,
    right: &[f32],
    result: &mut [f32],
    result_stride: usize,
) {
    product(
        shape,
        (left, left_stride),
        (right, Right::Columns),
        (result, result_stride),
    );
}

#[expect(
    unsafe_code,
    reason = "the kernel takes raw pointers; the bounds are checked here"
)]
fn product(
    shape: Shape,
    (left, left_stride): (&[f32], usize),
    (right, lie): (&[f32], Right),
    (result, result_stride): (&mut [f32], usize),
) {
    let Shape { rows, inner, columns } = shape;
    if rows == 0 || columns == 0 {
        return;
    }
    assert!(
        (rows - 1) * left_stride + inner <= left.len(),
        "the left factor is shorter than its shape"
    );
    assert!(
        inner * columns <= right.len(),
        "the right factor is shorter than its shape"
    );
    assert!(columns <= result_stride, "rows of the result overlap");
    assert!(
        (rows - 1) * result_stride + columns <= result.len(),
        "the result is shorter than its shape"
    );
    let (right_columns, right_rows) = if lie == Right::Rows {
        (1, columns)
    } else {
        (inner, 1)
    };
    // SAFETY: every element the kernel reads or writes lies inside the slices: the largest index of each is
    // checked above. The result is a unique borrow and its rows do not overlap; `read_dst` is false, so its
    // old content is not used.
    unsafe {
        gemm::gemm(
            rows,
            columns,
            inner,
            result.as_mut_ptr(),
            1,
            result_stride as isize,
            false,
            left.as_ptr(),
            1,
            left_stride as isize,
            right.as_ptr(),
            right_columns as isize,
            right_rows as isize,
            0f32,
            1f32,
            false,
            false,
            false,
            Parallelism::None,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_the_left_factor_may_overlap() {
        let left = [1.0, 2.0, 3.0, 4.0];
        let right = [1.0, 10.0, 100.0, 1000.0];
        let mut result = [0.0; 6];
        let shape = Shape {
            rows: 3,
            inner: 2,
            columns: 2,
        };
        multiply(shape, &left, 1, &right, &mut result, 2);
        assert_eq!(result, [201.0, 2010.0, 302.0, 3020.0, 403.0, 4030.0]);
    }

    #[test]
    fn the_right_factor_may_be_given_by_columns() {
        let mut result = [0.0; 2];
        let shape = Shape {
            rows: 1,
            inner: 2,
            columns: 2,
        };
        multiply_by_columns(shape, &[1.0, 2.0], 2, &[1.0, 10.0, 100.0, 1000.0], &mut result, 2);
        assert_eq!(result, [21.0, 2100.0]);
    }

    #[test]
    fn an_empty_product_touches_nothing() {
        multiply(
            Shape {
                rows: 0,
                inner: 2,
                columns: 2,
            },
            &[],
            2,
            &[],
            &mut [],
            2,
        );
    }

    #[test]
    #[should_panic(expected = "the left factor is shorter")]
    fn a_short_factor_is_refused() {
        multiply(
            Shape {
                rows: 2,
                inner: 2,
                columns: 1,
            },
            &[1.0; 3],
            2,
            &[1.0; 2],
            &mut [0.0; 2],
            1,
        );
    }
}
