//! A dense layer of which only the greatest output of each row is wanted: the scores are never stored.

use pulp::{Arch, Simd, WithSimd};

use super::dimensions::LAYER3;

/// Classes scored at once; their weights fit the first-level cache.
const TILE: usize = 16;
/// Rows whose best scores so far fit it too.
const CHUNK: usize = 64;

/// Weights of the layer.
pub(super) struct Classifier {
    /// (tile, input, class of the tile)
    weights: Vec<f32>,
    /// By class; what fills up the last tile never wins.
    bias: Vec<f32>,
}

/// The best of each sixteenth class so far.
#[derive(Clone, Copy)]
struct Best {
    scores: [f32; TILE],
    tiles: [u32; TILE],
}

impl Classifier {
    /// From the weights (input, class) and the biases.
    pub(super) fn new(weights: &[f32], bias: &[f32]) -> Classifier {
        let classes = bias.len();
        let tiles = classes.div_ceil(TILE);
        let mut padded = bias.to_vec();
        padded.resize(tiles * TILE, f32::NEG_INFINITY);
        let mut tiled = vec![0.0; tiles * LAYER3 * TILE];
        for (tile, target) in tiled.chunks_exact_mut(LAYER3 * TILE).enumerate() {
            let columns = tile * TILE..((tile + 1) * TILE).min(classes);
            for (row, target) in weights.chunks_exact(classes).zip(target.chunks_exact_mut(TILE)) {
                target[..columns.len()].copy_from_slice(&row[columns.clone()]);
            }
        }
        Classifier {
            weights: tiled,
            bias: padded,
        }
    }

    /// Appends the class of each row: the one with the greatest score, the first of equals.
    pub(super) fn classify(&self, arch: Arch, rows: &[f32], classes: &mut Vec<u16>) {
        let (rows, _) = rows.as_chunks::<LAYER3>();
        let mut best = [Best::NOTHING; CHUNK];
        for rows in rows.chunks(CHUNK) {
            let best = &mut best[..rows.len()];
            best.fill(Best::NOTHING);
            arch.dispatch(Score {
                classifier: self,
                rows,
                best,
            });
            classes.extend(best.iter().map(Best::class));
        }
    }
}

impl Best {
    const NOTHING: Best = Best {
        scores: [f32::NEG_INFINITY; TILE],
        tiles: [0; TILE],
    };

    #[inline(always)]
    fn meet(&mut self, scores: &[f32; TILE], tile: u32) {
        let best = self.scores.iter_mut().zip(&mut self.tiles);
        for ((best, best_tile), &score) in best.zip(scores) {
            let better = score > *best;
            *best = if better { score } else { *best };
            *best_tile = if better { tile } else { *best_tile };
        }
    }

    fn class(&self) -> u16 {
        let mut winner = (f32::NEG_INFINITY, u32::MAX);
        for (lane, (&score, &tile)) in self.scores.iter().zip(&self.tiles).enumerate() {
            let class = tile * TILE as u32 + lane as u32;
            if score > winner.0 || (score == winner.0 && class < winner.1) {
                winner = (score, class);
            }
        }
        u16::try_from(winner.1).unwrap_or_default()
    }
}

struct Score<'a> {
    classifier: &'a Classifier,
    rows: &'a [[f32; LAYER3]],
    best: &'a mut [Best],
}

impl WithSimd for Score<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        match size_of::<S::f32s>() / size_of::<f32>() {
            16 => self.score::<S, 1, 12>(simd),
            8 => self.score::<S, 2, 6>(simd),
            4 => self.score::<S, 4, 2>(simd),
            _ => self.score::<S, TILE, 1>(simd),
        }
    }
}

impl Score<'_> {
    /// `N` registers hold a tile; `R` rows share what is loaded of the weights.
    #[inline(always)]
    fn score<S: Simd, const N: usize, const R: usize>(self, simd: S) {
        let Score {
            classifier,
            rows,
            best,
        } = self;
        let tiles = classifier.weights.chunks_exact(LAYER3 * TILE);
        let (biases, _) = classifier.bias.as_chunks::<TILE>();
        for (tile, (weights, bias)) in tiles.zip(biases).enumerate() {
            let (weights, _) = S::as_simd_f32s(weights).0.as_chunks::<N>();
            let (groups, rest) = rows.as_chunks::<R>();
            let (groups_best, rest_best) = best.as_chunks_mut::<R>();
            for (rows, best) in groups.iter().zip(groups_best) {
                score_rows::<S, N, R>(simd, rows, weights, bias, tile as u32, best);
            }
            for (row, best) in rest.iter().zip(rest_best) {
                let (row, best) = (std::array::from_ref(row), std::array::from_mut(best));
                score_rows::<S, N, 1>(simd, row, weights, bias, tile as u32, best);
            }
        }
    }
}

#[inline(always)]
fn score_rows<S: Simd, const N: usize, const R: usize>(
    simd: S,
    rows: &[[f32; LAYER3]; R],
    weights: &[[S::f32s; N]],
    bias: &[f32; TILE],
    tile: u32,
    best: &mut [Best; R],
) {
    let mut sums = [[simd.splat_f32s(0.0); N]; R];
    for (input, weights) in weights.iter().enumerate().take(LAYER3) {
        for (row, sums) in rows.iter().zip(&mut sums) {
            let value = simd.splat_f32s(row[input]);
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum = simd.mul_add_e_f32s(value, *weight, *sum);
            }
        }
    }
    for (sums, best) in sums.iter().zip(best) {
        let mut scores = [0.0; TILE];
        S::as_mut_simd_f32s(&mut scores).0.copy_from_slice(sums);
        for (score, bias) in scores.iter_mut().zip(bias) {
            *score += bias;
        }
        best.meet(&scores, tile);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CLASSES: usize = 37;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// Small whole numbers, so that sums are exact and ties are frequent.
        #[test]
        fn the_class_is_the_first_with_the_greatest_score(
            weights in prop::collection::vec((-1i8..2).prop_map(f32::from), LAYER3 * CLASSES),
            bias in prop::collection::vec((-3i8..4).prop_map(f32::from), CLASSES),
            rows in prop::collection::vec(prop::collection::vec((0i8..2).prop_map(f32::from), LAYER3), 0..80),
        ) {
            let score = |row: &[f32], class: usize| {
                bias[class] + (0..LAYER3).map(|input| row[input] * weights[input * CLASSES + class]).sum::<f32>()
            };
            let expected: Vec<u16> = rows
                .iter()
                .map(|row| (1..CLASSES).fold(0, |best, class| {
                    if score(row, class) > score(row, best) { class } else { best }
                }) as u16)
                .collect();
            let mut classes = Vec::new();
            Classifier::new(&weights, &bias).classify(Arch::new(), &rows.concat(), &mut classes);
            prop_assert_eq!(classes, expected);
        }
    }
}
