//! Chooses how spans are cut and scored, on outputs for works the networks had not seen.
//!
//! The training passages are partly drawn for being rich in descriptions. Only those drawn at random count here, so that what
//! is chosen, and the scores' calibration, are right for whole books.

use super::corpus::{Example, Outputs};
use crate::{
    evaluation::{Drawn, Found, Passage, Scores, Truth, covered, score, truths},
    extract::{Decoder, Segment, decode, ranking_features},
    network::sigmoid,
};

const THRESHOLDS: [f32; 15] = [
    -1.8, -1.6, -1.4, -1.2, -1.0, -0.8, -0.6, -0.4, -0.2, 0.0, 0.2, 0.4, 0.6, 0.8, 1.0,
];
const KINDS: [f32; 5] = [0.1, 0.25, 0.5, 1.0, 2.0];
const OPENINGS: [f32; 7] = [0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0];
const BORDERS: [f32; 4] = [0.0, 0.1, 0.2, 0.4];

/// How much span F1 counts beside sentence F1.
const SPAN_WEIGHT: f64 = 0.5;
/// How much the accuracy of kinds counts beside sentence F1.
const KIND_WEIGHT: f64 = 0.4;
/// How much the enriched passages count beside the random ones: they are few descriptions' worth more evidence.
const ENRICHED_WEIGHT: f64 = 0.5;

/// What was chosen, and what it scores.
pub(super) struct Tuned {
    pub(super) decoder: Decoder,
    pub(super) ranking: [f32; 4],
    pub(super) scores: Scores,
    pub(super) scores_random: Scores,
}

/// Chooses the decoder that scores best and fits the scores of its spans.
pub(super) fn tune(examples: &[(&Example, &Outputs)]) -> Tuned {
    let decoder = best_decoder(examples);
    let ranking = fit_ranking(examples, &decoder);
    let scores = |random_only: bool| {
        let chosen = examples
            .iter()
            .filter(|(example, _)| is_random(example) || !random_only);
        let (passages, found): (Vec<&Passage>, Vec<_>) = chosen
            .map(|(example, outputs)| (&example.passage, found(example, outputs, &decoder, &ranking)))
            .unzip();
        score(&passages, &found)
    };
    Tuned {
        decoder,
        ranking,
        scores: scores(false),
        scores_random: scores(true),
    }
}

fn is_random(example: &Example) -> bool {
    example.passage.drawn == Drawn::Random
}

fn best_decoder(examples: &[(&Example, &Outputs)]) -> Decoder {
    let candidates = THRESHOLDS.into_iter().flat_map(|threshold| {
        KINDS.into_iter().flat_map(move |kind| {
            OPENINGS.into_iter().flat_map(move |opening| {
                BORDERS.into_iter().map(move |border| Decoder {
                    threshold,
                    kind,
                    opening,
                    border,
                })
            })
        })
    });
    let worth = |decoder: &Decoder| {
        let of = |random: bool| {
            let chosen = examples
                .iter()
                .filter(|(example, _)| is_random(example) == random);
            let (passages, found): (Vec<&Passage>, Vec<_>) = chosen
                .map(|(example, outputs)| (&example.passage, found(example, outputs, decoder, &[0.0; 4])))
                .unzip();
            let scores = score(&passages, &found);
            scores.f1 + SPAN_WEIGHT * scores.span_f1 + KIND_WEIGHT * scores.kind_accuracy
        };
        of(true) + ENRICHED_WEIGHT * of(false)
    };
    let mut best: Option<(f64, Decoder)> = None;
    for decoder in candidates {
        let worth = worth(&decoder);
        if best.as_ref().is_none_or(|(greatest, _)| worth > *greatest) {
            best = Some((worth, decoder));
        }
    }
    best.expect("the grid is not empty").1
}

fn found(example: &Example, outputs: &Outputs, decoder: &Decoder, ranking: &[f32; 4]) -> Vec<Found> {
    decode(decoder, outputs)
        .into_iter()
        .map(|segment| {
            let logit = ranking_features(outputs, segment)
                .iter()
                .zip(ranking)
                .map(|(f, w)| f * w)
                .sum();
            Found {
                range: range(example, segment),
                kind: segment.kind,
                score: sigmoid(logit),
            }
        })
        .collect()
}

fn range(example: &Example, segment: Segment) -> std::ops::Range<usize> {
    example.ranges[segment.first].start..example.ranges[segment.end - 1].end
}

/// Logistic regression of a span's being right, by Newton's method with a light ridge.
fn fit_ranking(examples: &[(&Example, &Outputs)], decoder: &Decoder) -> [f32; 4] {
    let mut rows: Vec<([f64; 4], f64)> = Vec::new();
    for (example, outputs) in examples.iter().filter(|(example, _)| is_random(example)) {
        let truths = truths(&example.passage);
        for segment in decode(decoder, outputs) {
            let sentences = covered(&example.passage, &range(example, segment));
            let fine = sentences
                .iter()
                .filter(|&&at| truths[at] != Truth::Negative)
                .count();
            let right = !sentences.is_empty() && 2 * fine >= sentences.len();
            let features = ranking_features(outputs, segment).map(f64::from);
            rows.push((features, f64::from(u8::from(right))));
        }
    }
    let mut weights = [0.0_f64; 4];
    for _ in 0..25 {
        let mut gradient = weights.map(|weight| weight * 0.5);
        let mut hessian = [[0.0_f64; 4]; 4];
        (0..4).for_each(|i| hessian[i][i] = 0.5);
        for (features, right) in &rows {
            let logit: f64 = features.iter().zip(&weights).map(|(f, w)| f * w).sum();
            let probability = 1.0 / (1.0 + (-logit).exp());
            for i in 0..4 {
                gradient[i] += (probability - right) * features[i];
                for j in 0..4 {
                    hessian[i][j] += probability * (1.0 - probability) * features[i] * features[j];
                }
            }
        }
        let step = solve(hessian, gradient);
        weights
            .iter_mut()
            .zip(step)
            .for_each(|(weight, step)| *weight -= step);
    }
    weights.map(|weight| weight as f32)
}

/// Solves a small system of equations by elimination; the ridge keeps the pivots away from zero.
fn solve(mut matrix: [[f64; 4]; 4], mut right: [f64; 4]) -> [f64; 4] {
    for pivot in 0..4 {
        for row in 0..4 {
            if row != pivot {
                let factor = matrix[row][pivot] / matrix[pivot][pivot];
                let above = matrix[pivot];
                matrix[row]
                    .iter_mut()
                    .zip(above)
                    .for_each(|(value, above)| *value -= factor * above);
                right[row] -= factor * right[pivot];
            }
        }
    }
    let mut solution = [0.0; 4];
    (0..4).for_each(|at| solution[at] = right[at] / matrix[at][at]);
    solution
}
