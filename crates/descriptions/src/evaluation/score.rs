//! Scores of spans against two annotators.
//!
//! A sentence is positive when one annotator marks it with strength 2 or 3 and the other marks it at all; it is left out when
//! only one marks it or both give 1; otherwise it is negative.

use std::ops::Range;

use super::passages::{Annotation, Passage};
use crate::Kind;

/// A span an extractor found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Bytes of the passage's text.
    pub range: Range<usize>,
    /// What it shows.
    pub kind: Kind,
    /// How sure the extractor is.
    pub score: f32,
}

/// The scores over a set of passages.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Share of the sentences found that are positive.
    pub precision: f64,
    /// Share of the positive sentences that are found.
    pub recall: f64,
    /// Harmonic mean of precision and recall.
    pub f1: f64,
    /// Share of the positive sentences found whose kind is either annotator's.
    pub kind_accuracy: f64,
    /// F1 of spans that overlap an annotator's by half of their union, in sentences; mean of both annotators.
    pub span_f1: f64,
    /// Share of the passages' best-scored spans of which half the sentences are not negative.
    pub best: f64,
    /// Number of positive sentences.
    pub positives: usize,
}

/// How far two annotators agree, borderline sentences left out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Agreement {
    /// F1 of one taken as the prediction of the other.
    pub f1: f64,
    /// Share of the sentences both mark that have one kind.
    pub kind_accuracy: f64,
}

/// What the annotators together say of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    Positive,
    Negative,
    LeftOut,
}

/// For each sentence its greatest strength and the kind of that mark.
pub(crate) fn marks(passage: &Passage, annotations: &[Annotation]) -> Vec<Option<(u8, Kind)>> {
    let mut marks: Vec<Option<(u8, Kind)>> = vec![None; passage.sentences.len()];
    for annotation in annotations {
        for mark in &mut marks[annotation.sentences.clone()] {
            if mark.is_none_or(|(strength, _)| strength < annotation.strength) {
                *mark = Some((annotation.strength, annotation.kind));
            }
        }
    }
    marks
}

/// What the annotators say of each sentence.
pub(crate) fn truths(passage: &Passage) -> Vec<Truth> {
    let strength = |mark: &Option<(u8, Kind)>| mark.map_or(0, |(strength, _)| strength);
    let (first, second) = (marks(passage, &passage.first), marks(passage, &passage.second));
    first
        .iter()
        .zip(&second)
        .map(|(first, second)| {
            match (
                strength(first).max(strength(second)),
                strength(first).min(strength(second)),
            ) {
                (2.., 1..) => Truth::Positive,
                (0, _) => Truth::Negative,
                _ => Truth::LeftOut,
            }
        })
        .collect()
}

/// The sentences at least half covered by a span.
pub(crate) fn covered(passage: &Passage, range: &Range<usize>) -> Vec<usize> {
    let overlap = |sentence: &Range<usize>| {
        sentence
            .end
            .min(range.end)
            .saturating_sub(sentence.start.max(range.start))
    };
    let half = |sentence: &Range<usize>| 2 * overlap(sentence) >= sentence.len() && overlap(sentence) > 0;
    (0..passage.sentences.len())
        .filter(|&at| half(&passage.sentences[at]))
        .collect()
}

/// Scores what was found in each of the passages.
#[must_use]
pub fn score(passages: &[&Passage], found: &[Vec<Found>]) -> Scores {
    let (mut right, mut wrong, mut missed, mut kinds) = (0, 0, 0, 0);
    let (mut hits, mut spans, mut wanted) = (0, 0, 0);
    let (mut best_right, mut best_all) = (0, 0);
    for (passage, found) in passages.iter().zip(found) {
        let truths = truths(passage);
        let (first, second) = (marks(passage, &passage.first), marks(passage, &passage.second));
        let mut predicted: Vec<Option<Kind>> = vec![None; truths.len()];
        let mut runs = Vec::new();
        let mut best: Option<(f32, Vec<usize>)> = None;
        for span in found {
            let sentences = covered(passage, &span.range);
            sentences.iter().for_each(|&at| predicted[at] = Some(span.kind));
            let (Some(&start), Some(&end)) = (sentences.first(), sentences.last()) else {
                continue;
            };
            runs.push(start..end + 1);
            if best.as_ref().is_none_or(|(score, _)| span.score > *score) {
                best = Some((span.score, sentences));
            }
        }
        for (at, truth) in truths.iter().enumerate() {
            match (truth, predicted[at]) {
                (Truth::Positive, Some(kind)) => {
                    right += 1;
                    let named = |mark: Option<(u8, Kind)>| mark.is_some_and(|(_, marked)| marked == kind);
                    kinds += usize::from(named(first[at]) || named(second[at]));
                }
                (Truth::Negative, Some(_)) => wrong += 1,
                (Truth::Positive, None) => missed += 1,
                _ => {}
            }
        }
        if let Some((_, sentences)) = best {
            best_all += 1;
            let fine = sentences
                .iter()
                .filter(|&&at| truths[at] != Truth::Negative)
                .count();
            best_right += usize::from(2 * fine >= sentences.len());
        }
        for annotations in [&passage.first, &passage.second] {
            let gold = annotations
                .iter()
                .filter(|gold| gold.strength >= 2)
                .map(|gold| gold.sentences.clone());
            let gold: Vec<_> = gold.collect();
            hits += matched(&runs, &gold);
            spans += runs.len();
            wanted += gold.len();
        }
    }
    Scores {
        precision: share(right, right + wrong),
        recall: share(right, right + missed),
        f1: harmonic(share(right, right + wrong), share(right, right + missed)),
        kind_accuracy: share(kinds, right),
        span_f1: harmonic(share(hits, spans), share(hits, wanted)),
        best: share(best_right, best_all),
        positives: right + missed,
    }
}

/// Number of runs that overlap a gold run of their own by half of their union.
fn matched(runs: &[Range<usize>], gold: &[Range<usize>]) -> usize {
    let mut used = vec![false; gold.len()];
    let mut hits = 0;
    for run in runs {
        let fits = |gold: &Range<usize>| {
            let common = run.end.min(gold.end).saturating_sub(run.start.max(gold.start));
            common > 0 && 2 * common >= run.end.max(gold.end) - run.start.min(gold.start)
        };
        if let Some(at) = (0..gold.len()).find(|&at| !used[at] && fits(&gold[at])) {
            used[at] = true;
            hits += 1;
        }
    }
    hits
}

/// How far the annotators agree.
#[must_use]
pub fn agreement(passages: &[&Passage]) -> Agreement {
    let (mut both, mut first_only, mut second_only, mut kinds) = (0, 0, 0, 0);
    for passage in passages {
        let marks = marks(passage, &passage.first)
            .into_iter()
            .zip(marks(passage, &passage.second));
        for pair in marks {
            match pair {
                (Some((1, _)), _) | (_, Some((1, _))) | (None, None) => {}
                (Some((_, first)), Some((_, second))) => {
                    both += 1;
                    kinds += usize::from(first == second);
                }
                (Some(_), None) => first_only += 1,
                (None, Some(_)) => second_only += 1,
            }
        }
    }
    Agreement {
        f1: harmonic(share(both, both + first_only), share(both, both + second_only)),
        kind_accuracy: share(kinds, both),
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn harmonic(one: f64, other: f64) -> f64 {
    if one + other > 0.0 {
        2.0 * one * other / (one + other)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use linguistics::Language;

    use super::*;
    use crate::evaluation::Drawn;

    fn mark(sentences: Range<usize>, kind: Kind, strength: u8) -> Annotation {
        Annotation {
            sentences,
            kind,
            strength,
        }
    }

    /// Five sentences of two letters and a stop.
    fn passage(first: Vec<Annotation>, second: Vec<Annotation>) -> Passage {
        Passage {
            id: "p".into(),
            language: Language::English,
            work: "w".into(),
            text: "aa.bb.cc.dd.ee.".into(),
            sentences: (0..5).map(|at| 3 * at..3 * at + 3).collect(),
            drawn: Drawn::Random,
            first,
            second,
        }
    }

    #[test]
    fn a_sentence_only_one_annotator_marks_is_left_out() {
        let passage = passage(
            vec![mark(0..2, Kind::Location, 2)],
            vec![mark(1..3, Kind::Location, 1)],
        );
        let expected = [
            Truth::LeftOut,
            Truth::Positive,
            Truth::LeftOut,
            Truth::Negative,
            Truth::Negative,
        ];
        assert_eq!(truths(&passage), expected);
    }

    #[test]
    fn a_perfect_answer_scores_one() {
        let marked = vec![mark(1..3, Kind::Object, 3)];
        let passage = passage(marked.clone(), marked);
        let found = vec![Found {
            range: 3..9,
            kind: Kind::Object,
            score: 0.9,
        }];
        let scores = score(&[&passage], &[found]);
        assert_eq!(
            (scores.f1, scores.kind_accuracy, scores.span_f1, scores.best),
            (1.0, 1.0, 1.0, 1.0)
        );
        assert_eq!(scores.positives, 2);
    }

    #[test]
    fn a_wrong_kind_and_a_wrong_sentence_cost() {
        let marked = vec![mark(1..2, Kind::Object, 3)];
        let passage = passage(marked.clone(), marked);
        let found = vec![Found {
            range: 3..9,
            kind: Kind::Location,
            score: 0.9,
        }];
        let scores = score(&[&passage], &[found]);
        assert_eq!(
            (scores.precision, scores.recall, scores.kind_accuracy),
            (0.5, 1.0, 0.0)
        );
    }
}
