//! From what the network says of each sentence to spans with a kind: the best path through a chain of states (Viterbi 1967).

use serde::{Deserialize, Serialize};

use crate::{Kind, network::OUTPUTS};

const KINDS: usize = Kind::ALL.len();
/// Outside, then for each kind a first and a further sentence.
const STATES: usize = 1 + 2 * KINDS;

/// How a path through the sentences is scored; all in logits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Decoder {
    /// A sentence counts for a span by its logit less this.
    pub(crate) threshold: f32,
    /// How much a kind's log-probability below the likeliest kind's counts.
    pub(crate) kind: f32,
    /// What opening a span costs.
    pub(crate) opening: f32,
    /// How much the network's logit of opening a span counts there.
    pub(crate) border: f32,
}

/// A run of sentences with one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    /// First sentence.
    pub(crate) first: usize,
    /// One past the last sentence.
    pub(crate) end: usize,
    pub(crate) kind: Kind,
}

/// The best segments for the network's outputs.
pub(crate) fn decode(decoder: &Decoder, outputs: &[[f32; OUTPUTS]]) -> Vec<Segment> {
    let mut best = [f32::NEG_INFINITY; STATES];
    best[0] = 0.0;
    let mut from: Vec<[usize; STATES]> = Vec::with_capacity(outputs.len());
    for output in outputs {
        let gains = gains(decoder, output);
        let (before, entry) = best_of(&best);
        let mut next = [f32::NEG_INFINITY; STATES];
        let mut back = [0; STATES];
        (next[0], back[0]) = (entry, before);
        for (kind, gain) in gains.into_iter().enumerate() {
            let (opens, continues) = (1 + 2 * kind, 2 + 2 * kind);
            let opening = decoder.border * output[1 + KINDS] - decoder.opening;
            (next[opens], back[opens]) = (entry + gain + opening, before);
            let stay = if best[opens] >= best[continues] {
                opens
            } else {
                continues
            };
            (next[continues], back[continues]) = (best[stay] + gain, stay);
        }
        best = next;
        from.push(back);
    }
    segments(&path(&best, &from))
}

/// What a sentence adds to a span of each kind.
fn gains(decoder: &Decoder, output: &[f32; OUTPUTS]) -> [f32; KINDS] {
    let kinds = &output[1..=KINDS];
    let likeliest = kinds.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut gains = [output[0] - decoder.threshold; KINDS];
    gains
        .iter_mut()
        .zip(kinds)
        .for_each(|(gain, kind)| *gain += decoder.kind * (kind - likeliest));
    gains
}

fn best_of(scores: &[f32; STATES]) -> (usize, f32) {
    let mut best = (0, scores[0]);
    for (state, &score) in scores.iter().enumerate() {
        if score > best.1 {
            best = (state, score);
        }
    }
    best
}

fn path(last: &[f32; STATES], from: &[[usize; STATES]]) -> Vec<usize> {
    let (mut state, _) = best_of(last);
    let mut path = vec![0; from.len()];
    for (at, back) in from.iter().enumerate().rev() {
        path[at] = state;
        state = back[state];
    }
    path
}

fn segments(path: &[usize]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for (at, &state) in path.iter().enumerate().filter(|(_, state)| **state > 0) {
        match segments.last_mut() {
            Some(open) if state % 2 == 0 && open.end == at => open.end = at + 1,
            _ => segments.push(Segment {
                first: at,
                end: at + 1,
                kind: Kind::ALL[(state - 1) / 2],
            }),
        }
    }
    segments
}

/// What a span's score is computed from: mean and greatest logit of its sentences, logarithm of their number, 1.
pub(crate) fn ranking_features(outputs: &[[f32; OUTPUTS]], segment: Segment) -> [f32; 4] {
    let logits = outputs[segment.first..segment.end].iter().map(|output| output[0]);
    let length = (segment.end - segment.first) as f32;
    let mean = logits.clone().sum::<f32>() / length;
    let greatest = logits.fold(f32::NEG_INFINITY, f32::max);
    [mean, greatest, length.ln(), 1.0]
}

#[cfg(test)]
mod tests {
    use super::*;

    const DECODER: Decoder = Decoder {
        threshold: 0.0,
        kind: 1.0,
        opening: 0.5,
        border: 0.0,
    };

    /// A sentence of that logit, whose likeliest kind leads by 3.
    fn sentence(logit: f32, kind: Kind) -> [f32; OUTPUTS] {
        let mut output = [0.0; OUTPUTS];
        output[0] = logit;
        output[1 + kind as usize] = 3.0;
        output
    }

    fn found(outputs: &[[f32; OUTPUTS]]) -> Vec<(usize, usize, Kind)> {
        decode(&DECODER, outputs)
            .into_iter()
            .map(|segment| (segment.first, segment.end, segment.kind))
            .collect()
    }

    #[test]
    fn a_weak_sentence_does_not_break_a_span() {
        let place = |logit| sentence(logit, Kind::Location);
        assert_eq!(
            found(&[place(-3.0), place(2.0), place(-0.3), place(2.0)]),
            [(1, 4, Kind::Location)]
        );
        assert_eq!(
            found(&[place(2.0), place(-3.0), place(2.0)]),
            [(0, 1, Kind::Location), (2, 3, Kind::Location)]
        );
    }

    #[test]
    fn a_span_is_cut_where_the_kind_changes_for_good() {
        let (place, person) = (sentence(2.0, Kind::Location), sentence(2.0, Kind::Character));
        assert_eq!(
            found(&[place, place, person, person]),
            [(0, 2, Kind::Location), (2, 4, Kind::Character)]
        );
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert_eq!(found(&[]), []);
        assert_eq!(found(&[sentence(-1.0, Kind::Action)]), []);
    }
}
