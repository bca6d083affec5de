//! Fits the networks to annotated passages and tunes how spans are cut.
//!
//! Everything is decided on held-out works of the training data; the same data give the same file.

mod corpus;
mod english_vectors;
mod fit;
mod gradient;
mod random;
mod tuning;

use std::{fs, io, path::Path};

use linguistics::{Language, Models};

use crate::{
    evaluation::{self, PassageError, Scores},
    extract::{Model, Settings},
    network::Parameters,
    vectors,
};
use corpus::{Corpus, Example, Outputs};
pub use english_vectors::english_vectors;

/// Networks whose outputs are averaged in the product.
const NETWORKS: usize = 3;
/// Networks whose outputs are averaged when a held-out group is predicted: fewer, to save time.
const HELD_OUT_NETWORKS: usize = 1;
/// Groups of works; each is predicted by networks that have not seen it.
const GROUPS: usize = 6;

/// What came of training one language.
#[derive(Debug)]
pub struct Outcome {
    /// The language.
    pub language: Language,
    /// Passages trained on.
    pub passages: usize,
    /// Scores on held-out works, all passages.
    pub held_out: Scores,
    /// Scores on held-out works, passages drawn at random.
    pub held_out_random: Scores,
}

/// Why training failed.
#[derive(Debug)]
pub enum TrainingError {
    /// The passages could not be read.
    Passages(PassageError),
    /// The model could not be written.
    Write(io::Error),
}

impl std::fmt::Display for TrainingError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Passages(error) => write!(f, "training passages: {error}"),
            Self::Write(error) => write!(f, "model file: {error}"),
        }
    }
}

impl std::error::Error for TrainingError {}

/// Trains the models of the languages on the passages of a file, and writes each to `directory`.
///
/// The languages share every weight but those of the word vectors: what makes a sentence visual is much the same in both.
///
/// # Errors
/// When the passages cannot be read or a model cannot be written.
pub fn train(
    models: &Models,
    languages: &[Language],
    passages: &Path,
    directory: &Path,
) -> Result<Vec<Outcome>, TrainingError> {
    let mut passages = evaluation::read(passages).map_err(TrainingError::Passages)?;
    passages.retain(|passage| languages.contains(&passage.language));
    let corpus = Corpus::prepare(models, passages);
    let held_out = held_out(&corpus);
    let networks = fit_several(
        &corpus,
        &corpus.examples.iter().collect::<Vec<_>>(),
        GROUPS,
        NETWORKS,
    );
    let mut outcomes = Vec::new();
    for &language in languages {
        let own: Vec<(&Example, &Outputs)> = corpus
            .examples
            .iter()
            .zip(&held_out)
            .filter(|(example, _)| example.passage.language == language)
            .collect();
        let tuned = tuning::tune(&own);
        let settings = Settings {
            dimension: vectors::dimension(language),
            networks: networks.len(),
            decoder: tuned.decoder,
            ranking: tuned.ranking,
        };
        let networks = networks
            .iter()
            .map(|parameters| corpus.network(language, parameters))
            .collect();
        let file = directory.join(format!("{}.bin", language.tag()));
        fs::write(file, Model { settings, networks }.encode()).map_err(TrainingError::Write)?;
        outcomes.push(Outcome {
            language,
            passages: own.len(),
            held_out: tuned.scores,
            held_out_random: tuned.scores_random,
        });
    }
    Ok(outcomes)
}

/// The group of each example: works are dealt out in the order of their names.
fn groups(examples: &[Example]) -> Vec<usize> {
    let mut works: Vec<&str> = examples
        .iter()
        .map(|example| example.passage.work.as_str())
        .collect();
    works.sort_unstable();
    works.dedup();
    let group = |work: &str| works.iter().position(|known| *known == work).unwrap_or_default() % GROUPS;
    examples
        .iter()
        .map(|example| group(&example.passage.work))
        .collect()
}

/// For each example the outputs of networks trained without its group.
fn held_out(corpus: &Corpus) -> Vec<Outputs> {
    let examples = &corpus.examples;
    let groups = &groups(examples);
    let predict = |group: usize| {
        let split = |inside: bool| (0..examples.len()).filter(move |&at| (groups[at] == group) == inside);
        let seen: Vec<&Example> = split(false).map(|at| &examples[at]).collect();
        let networks = fit_several(corpus, &seen, group, HELD_OUT_NETWORKS);
        split(true)
            .map(|at| (at, corpus.read(&networks, &examples[at])))
            .collect::<Vec<_>>()
    };
    let mut outputs: Vec<Outputs> = vec![Vec::new(); examples.len()];
    std::thread::scope(|scope| {
        let halves = [0, 1].map(|half| {
            let predict = &predict;
            scope.spawn(move || {
                (0..GROUPS)
                    .filter(|group| group % 2 == half)
                    .flat_map(predict)
                    .collect::<Vec<_>>()
            })
        });
        for half in halves {
            for (at, predicted) in half.join().expect("a panic in training is a bug and ends it") {
                outputs[at] = predicted;
            }
        }
    });
    outputs
}

fn fit_several(corpus: &Corpus, examples: &[&Example], group: usize, networks: usize) -> Vec<Parameters> {
    (0..networks)
        .map(|at| fit::fit(corpus, examples, (group * NETWORKS + at) as u64))
        .collect()
}
