//! Passages with their features and what the network should say of them.

use std::ops::Range;

use linguistics::{Language, Models};
use rustc_hash::FxHashMap;

use super::english_embeddings::EnglishEmbeddings;
use crate::{
    Kind,
    evaluation::{Annotation, Passage, Truth, truths},
    features::{self, SENTENCE_WIDTH, SentenceFeatures},
    network::{Input, InputToken, Network, OUTPUTS, Parameters, TOKEN, add_outer, add_rows},
    vectors,
};

/// The network's outputs for each sentence of a passage.
pub(super) type Outputs = Vec<[f32; OUTPUTS]>;

/// All passages of all languages. The word vectors of the languages lie side by side in the network's first layer.
pub(super) struct Corpus {
    pub(super) examples: Vec<Example>,
    words: Vec<Word>,
    languages: Vec<Standard>,
}

/// A passage as the network sees it. Its sentences are those of the analysis, not of the annotators.
pub(super) struct Example {
    pub(super) passage: Passage,
    pub(super) ranges: Vec<Range<usize>>,
    pub(super) inputs: Vec<Input>,
    pub(super) wanted: Vec<Wanted>,
}

/// What the annotators together say of a sentence.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    /// Whether it is visual; `None` where they leave it open.
    pub(super) visual: Option<bool>,
    /// The share of each kind among their marks; all 0 without a mark.
    pub(super) kinds: [f32; Kind::ALL.len()],
    /// The share of annotators who begin a span here.
    pub(super) opens: f32,
}

struct Word {
    /// Where the weights of the word's language begin in the first layer.
    start: usize,
    vector: Vec<f32>,
}

/// A language's place in the first layer and the standardisation of its features.
struct Standard {
    language: Language,
    /// Numbers in a word vector.
    dimension: usize,
    start: usize,
    mean: Vec<f32>,
    scale: Vec<f32>,
}

impl Corpus {
    /// Analyses the passages.
    pub(super) fn prepare(models: &Models, english: &EnglishEmbeddings, passages: Vec<Passage>) -> Self {
        let mut words = Vec::new();
        let mut known: FxHashMap<String, Option<usize>> = FxHashMap::default();
        let mut languages: Vec<Standard> = Vec::new();
        let mut start = 0;
        let dimension = |language| match language {
            Language::Russian => vectors::dimension(language),
            Language::English => english.width(),
        };
        for language in [Language::Russian, Language::English] {
            if passages.iter().any(|passage| passage.language == language) {
                languages.push(Standard {
                    language,
                    dimension: dimension(language),
                    start,
                    mean: Vec::new(),
                    scale: Vec::new(),
                });
                start += dimension(language) * TOKEN;
            }
        }
        let mut examples: Vec<Example> = Vec::with_capacity(passages.len());
        for passage in passages {
            let language = passage.language;
            let start = languages
                .iter()
                .find(|own| own.language == language)
                .map_or(0, |own| own.start);
            let analysis = models.analyse(language, &passage.text);
            let mut row = |word: &str| {
                *known.entry(word.to_owned()).or_insert_with(|| {
                    let vector = match language {
                        Language::Russian => vectors::of_word(models, language, word),
                        Language::English => english.of_word(word),
                    }?;
                    words.push(Word { start, vector });
                    Some(words.len() - 1)
                })
            };
            let features = features::of_text(&passage.text, &analysis);
            let inputs = features
                .into_iter()
                .map(|sentence| input(sentence, &mut row))
                .collect();
            let ranges: Vec<_> = analysis
                .sentences
                .into_iter()
                .map(|sentence| sentence.range)
                .collect();
            let wanted = wanted(&passage, &ranges);
            examples.push(Example {
                passage,
                ranges,
                inputs,
                wanted,
            });
        }
        languages
            .iter_mut()
            .for_each(|standard| standard.apply(&mut examples));
        Self {
            examples,
            words,
            languages,
        }
    }

    /// A corpus of ready examples and vectors.
    #[cfg(test)]
    pub(super) fn of(examples: Vec<Example>, vectors: Vec<Vec<f32>>) -> Self {
        let words = vectors
            .into_iter()
            .map(|vector| Word { start: 0, vector })
            .collect();
        Self {
            examples,
            words,
            languages: Vec::new(),
        }
    }

    /// Numbers in the word vectors of all languages together.
    pub(super) fn dimension(&self) -> usize {
        self.languages.iter().map(|own| own.dimension).sum()
    }

    /// What a word's vector adds to its hidden layer.
    pub(super) fn product(&self, parameters: &Parameters, word: usize) -> [f32; TOKEN] {
        let Word { start, vector } = &self.words[word];
        let mut product = [0.0; TOKEN];
        add_rows(&mut product, vector, &parameters.token_vector[*start..]);
        product
    }

    /// Adds the gradient by the weights of a word's vector.
    pub(super) fn add_gradient(&self, gradient: &mut Parameters, word: usize, by_product: &[f32; TOKEN]) {
        let Word { start, vector } = &self.words[word];
        add_outer(&mut gradient.token_vector[*start..], vector, by_product);
    }

    /// The mean outputs of several networks for an example.
    pub(super) fn read(&self, networks: &[Parameters], example: &Example) -> Outputs {
        let mut sums = vec![[0.0; OUTPUTS]; example.inputs.len()];
        for parameters in networks {
            let mut products = vec![[0.0; TOKEN]; self.words.len()];
            for word in example.words() {
                products[word] = self.product(parameters, word);
            }
            let network = Network {
                mean: Vec::new(),
                scale: Vec::new(),
                parameters: parameters.clone(),
            };
            for (sum, output) in sums.iter_mut().zip(network.read(&example.inputs, &products)) {
                sum.iter_mut()
                    .zip(output)
                    .for_each(|(sum, value)| *sum += value / networks.len() as f32);
            }
        }
        sums
    }

    /// The network of one language: its own word vectors and standardisation, and the shared weights.
    pub(super) fn network(&self, language: Language, parameters: &Parameters) -> Network {
        let own = self
            .languages
            .iter()
            .find(|own| own.language == language)
            .expect("trained on its passages");
        let mut parameters = parameters.clone();
        let length = own.dimension * TOKEN;
        parameters.token_vector = parameters.token_vector[own.start..own.start + length].to_vec();
        Network {
            mean: own.mean.clone(),
            scale: own.scale.clone(),
            parameters,
        }
    }
}

impl Example {
    /// Rows of the words that have a vector, with repetitions.
    pub(super) fn words(&self) -> impl Iterator<Item = usize> {
        self.inputs
            .iter()
            .flat_map(|input| &input.tokens)
            .filter_map(|token| token.word)
    }
}

impl Standard {
    /// Measures the language's features and standardises them in place.
    fn apply(&mut self, examples: &mut [Example]) {
        let mut sums = vec![(0.0_f64, 0.0_f64); SENTENCE_WIDTH];
        let mut count = 0.0_f64;
        let own = |example: &&mut Example| example.passage.language == self.language;
        for input in examples
            .iter_mut()
            .filter(own)
            .flat_map(|example| &example.inputs)
        {
            count += 1.0;
            for ((sum, squares), &value) in sums.iter_mut().zip(&input.dense) {
                *sum += f64::from(value);
                *squares += f64::from(value) * f64::from(value);
            }
        }
        let count = count.max(1.0);
        let standard = |(sum, squares): (f64, f64)| {
            let mean = sum / count;
            let deviation = (squares / count - mean * mean).max(0.0).sqrt();
            (mean as f32, 1.0 / (deviation as f32 + 1e-3))
        };
        (self.mean, self.scale) = sums.into_iter().map(standard).unzip();
        let network = Network {
            mean: self.mean.clone(),
            scale: self.scale.clone(),
            parameters: Parameters::zeros(0),
        };
        for input in examples
            .iter_mut()
            .filter(own)
            .flat_map(|example| &mut example.inputs)
        {
            input.dense = network.standardise(&input.dense);
        }
    }
}

fn input(sentence: SentenceFeatures, row: &mut impl FnMut(&str) -> Option<usize>) -> Input {
    let tokens = sentence.tokens.into_iter();
    let tokens = tokens
        .map(|token| {
            let word = (!token.word.is_empty()).then(|| row(&token.word)).flatten();
            InputToken {
                word,
                flags: token.flags,
            }
        })
        .collect();
    Input {
        dense: sentence.dense,
        tokens,
    }
}

/// Each sentence is wanted to be what the annotators' sentence is that it shares most with.
fn wanted(passage: &Passage, ranges: &[Range<usize>]) -> Vec<Wanted> {
    let shared = |one: &Range<usize>, other: &Range<usize>| {
        one.end.min(other.end).saturating_sub(one.start.max(other.start))
    };
    let truths = truths(passage);
    let both = [&passage.first, &passage.second];
    let mut earlier = None;
    ranges
        .iter()
        .map(|range| {
            let gold = (0..passage.sentences.len())
                .max_by_key(|&at| (shared(&passage.sentences[at], range), std::cmp::Reverse(at)));
            let marks = both.map(|annotations| {
                let here = annotations
                    .iter()
                    .filter(|mark| gold.is_some_and(|gold| mark.sentences.contains(&gold)));
                here.max_by_key(|mark| mark.strength)
            });
            let marked = marks.iter().flatten().count().max(1) as f32;
            let mut kinds = [0.0; Kind::ALL.len()];
            for mark in marks.into_iter().flatten() {
                kinds[mark.kind as usize] += 1.0 / marked;
            }
            let opening = |mark: &&Annotation| Some(mark.sentences.start) == gold && earlier != gold;
            let opens = marks.iter().flatten().filter(|mark| opening(mark)).count();
            earlier = gold;
            Wanted {
                visual: match gold.map(|gold| truths[gold]) {
                    Some(Truth::Positive) => Some(true),
                    Some(Truth::LeftOut) => None,
                    Some(Truth::Negative) | None => Some(false),
                },
                kinds,
                opens: opens as f32 / both.len() as f32,
            }
        })
        .collect()
}
