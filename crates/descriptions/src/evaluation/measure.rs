//! Runs the extractor over annotated passages.

use linguistics::{Language, Models};

use super::{
    passages::Passage,
    score::{Agreement, Found, Scores, agreement, score},
};
use crate::extract::{Model, Reader};

/// One language's line of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The language.
    pub language: Language,
    /// Number of passages.
    pub passages: usize,
    /// What the extractor scores.
    pub scores: Scores,
    /// How far the annotators agree.
    pub agreement: Agreement,
}

/// The spans the extractor finds in each passage.
#[must_use]
pub fn extract(models: &Models, language: Language, passages: &[&Passage]) -> Vec<Vec<Found>> {
    let mut reader = Reader::new(models, language, Model::of(language));
    passages
        .iter()
        .map(|passage| {
            let analysis = models.analyse(language, &passage.text);
            let spans = reader.spans(&passage.text, &analysis);
            spans
                .into_iter()
                .map(|span| Found {
                    range: span.range,
                    kind: span.kind,
                    score: span.score,
                })
                .collect()
        })
        .collect()
}

/// Measures a language's extractor on the passages of that language.
#[must_use]
pub fn measure(models: &Models, language: Language, passages: &[Passage]) -> Measured {
    let own: Vec<&Passage> = passages
        .iter()
        .filter(|passage| passage.language == language)
        .collect();
    let found = extract(models, language, &own);
    Measured {
        language,
        passages: own.len(),
        scores: score(&own, &found),
        agreement: agreement(&own),
    }
}
