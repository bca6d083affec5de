//! The numbers of rows that a rectifier leaves.

#[cfg(target_arch = "x86_64")]
use pulp::{NullaryFnOnce, x86::V3};

/// The numbers of rows that are greater than zero, in the order of their channels.
#[derive(Default)]
pub(super) struct Positives {
    width: usize,
    block: usize,
    /// For each row where its numbers begin, and where those of each of its blocks of channels end.
    bounds: Vec<u32>,
    /// Places of the numbers within their blocks.
    channels: Vec<u32>,
    values: Vec<f32>,
}

impl Positives {
    /// Takes in the rows of a matrix, in blocks of so many channels; a gap has nothing.
    pub(super) fn read(
        &mut self,
        matrix: &[f32],
        width: usize,
        block: usize,
        is_gap: impl Fn(usize) -> bool,
    ) {
        (self.width, self.block) = (width, block);
        self.bounds.clear();
        self.channels.resize(matrix.len(), 0);
        self.values.resize(matrix.len(), 0.0);
        let places = self
            .channels
            .chunks_exact_mut(width)
            .zip(self.values.chunks_exact_mut(width));
        for (row, (numbers, (channels, values))) in matrix.chunks_exact(width).zip(places).enumerate() {
            let start = (row * width) as u32;
            self.bounds.push(start);
            if is_gap(row) {
                self.bounds
                    .extend(std::iter::repeat_n(start, width.div_ceil(block)));
                continue;
            }
            let mut kept = 0;
            for numbers in numbers.chunks(block) {
                kept += keep_positive(numbers, &mut channels[kept..], &mut values[kept..]);
                self.bounds.push(start + kept as u32);
            }
        }
    }

    /// What a block of a row has: channels and values.
    #[inline(always)]
    pub(super) fn block(&self, row: usize, block: usize) -> (&[u32], &[f32]) {
        let first = row * (self.width.div_ceil(self.block) + 1) + block;
        let places = self.bounds[first] as usize..self.bounds[first + 1] as usize;
        (&self.channels[places.clone()], &self.values[places])
    }
}

/// Writes the numbers greater than zero, and their places, one after another, and says how many there are. What comes
/// after them is overwritten too.
fn keep_positive(numbers: &[f32], channels: &mut [u32], values: &mut [f32]) -> usize {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = V3::try_new()
        && let (numbers, []) = numbers.as_chunks()
    {
        return simd.vectorize(KeepByEights {
            simd,
            numbers,
            channels,
            values,
        });
    }
    keep_one_by_one(numbers, channels, values)
}

/// Without a branch: every number is written, and the next overwrites it unless it counts.
fn keep_one_by_one(numbers: &[f32], channels: &mut [u32], values: &mut [f32]) -> usize {
    let mut count = 0;
    for (channel, &number) in numbers.iter().enumerate() {
        channels[count] = channel as u32;
        values[count] = number;
        count += usize::from(number > 0.0);
    }
    count
}

#[cfg(target_arch = "x86_64")]
struct KeepByEights<'a> {
    simd: V3,
    numbers: &'a [[f32; 8]],
    channels: &'a mut [u32],
    values: &'a mut [f32],
}

#[cfg(target_arch = "x86_64")]
impl NullaryFnOnce for KeepByEights<'_> {
    type Output = usize;

    #[inline(always)]
    fn call(self) -> usize {
        use std::arch::x86_64::{__m256, __m256i, _CMP_GT_OQ};
        let KeepByEights {
            simd,
            numbers,
            channels,
            values,
        } = self;
        let mut count = 0;
        for (eight, numbers) in numbers.iter().enumerate() {
            let numbers: __m256 = pulp::cast(*numbers);
            let zero = simd.avx._mm256_setzero_ps();
            let positive = simd.avx._mm256_cmp_ps::<_CMP_GT_OQ>(numbers, zero);
            let mask = simd.avx._mm256_movemask_ps(positive) as u8;
            let order = ORDERS[usize::from(mask)];
            let packed = simd
                .avx2
                ._mm256_permutevar8x32_ps(numbers, pulp::cast::<_, __m256i>(order));
            values[count..count + 8].copy_from_slice(&pulp::cast::<_, [f32; 8]>(packed));
            channels[count..count + 8].copy_from_slice(&order.map(|place| (8 * eight) as u32 + place));
            count += mask.count_ones() as usize;
        }
        count
    }
}

/// For each set of eight the places of its members, in order; what follows them is of no account.
#[cfg(target_arch = "x86_64")]
static ORDERS: [[u32; 8]; 256] = {
    let mut orders = [[0; 8]; 256];
    let mut mask = 0;
    while mask < 256 {
        let (mut place, mut count) = (0, 0);
        while place < 8 {
            if mask >> place & 1 == 1 {
                orders[mask][count] = place as u32;
                count += 1;
            }
            place += 1;
        }
        mask += 1;
    }
    orders
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_kept_is_positive_and_in_place(
            rows in prop::collection::vec(prop::collection::vec(-1f32..1.0, 64), 1..5),
            block in prop::sample::select(vec![8usize, 16, 32, 64, 24]),
            gap in 0usize..5,
        ) {
            let mut positives = Positives::default();
            positives.read(&rows.concat(), 64, block, |row| row == gap);
            for (at, row) in rows.iter().enumerate() {
                for (number, numbers) in row.chunks(block).enumerate() {
                    let expected: Vec<(u32, f32)> = numbers
                        .iter()
                        .enumerate()
                        .filter(|(_, value)| **value > 0.0 && at != gap)
                        .map(|(channel, value)| (channel as u32, *value))
                        .collect();
                    let (channels, values) = positives.block(at, number);
                    let kept: Vec<(u32, f32)> = channels.iter().copied().zip(values.iter().copied()).collect();
                    prop_assert_eq!(kept, expected);
                }
            }
        }
    }

    #[test]
    fn numbers_that_fill_no_eight_are_kept_one_by_one() {
        let (mut channels, mut values) = ([0; 3], [0.0; 3]);
        assert_eq!(keep_positive(&[1.0, -1.0, 2.0], &mut channels, &mut values), 2);
        assert_eq!((&channels[..2], &values[..2]), (&[0, 2][..], &[1.0, 2.0][..]));
    }
}
