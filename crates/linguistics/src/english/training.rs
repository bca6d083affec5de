//! Training of the embedded English model from a treebank in CoNLL-U.

use rustc_hash::{FxHashMap, FxHashSet};

use super::features::{NO_TAG, Word, extract};
use super::lemmas;
use crate::Upos;
use crate::conllu::Sentence;

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Training {
    /// Times all sentences are gone through.
    pub epochs: u32,
    /// Seed of the order of sentences.
    pub seed: u64,
    /// Weights smaller than this, in thousandths of an update, are dropped.
    pub prune_below: i16,
}

/// A weight and what is needed for its average.
#[derive(Clone, Copy, Default)]
struct Weight {
    tag: u8,
    value: f32,
    total: f32,
    since: u32,
}

/// One sentence ready for training: prepared words and the numbers of their true tags.
struct Example {
    words: Vec<Word>,
    tags: Vec<u8>,
}

/// Trains a model on gold sentences and returns the bytes of `data/english.model`.
///
/// Deterministic: the same sentences and settings give the same bytes.
pub fn train_english(sentences: &[Sentence], training: Training) -> Vec<u8> {
    let tags = tag_names(sentences);
    let numbers: FxHashMap<(&str, &str), u8> = tags
        .iter()
        .enumerate()
        .map(|(number, tag)| ((tag.0.as_str(), tag.1.as_str()), number as u8))
        .collect();
    let examples: Vec<Example> = sentences
        .iter()
        .map(|sentence| Example {
            words: sentence.words.iter().map(|word| Word::new(&word.form)).collect(),
            tags: sentence
                .words
                .iter()
                .map(|word| numbers[&(word.upos.as_str(), word.xpos.as_str())])
                .collect(),
        })
        .collect();
    let mut perceptron = Perceptron {
        weights: FxHashMap::default(),
        updates: 0,
        tags: tags.len(),
    };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = training.seed;
    for _ in 0..training.epochs {
        shuffle(&mut order, &mut state);
        for &example in &order {
            perceptron.learn(&examples[example]);
        }
    }
    let (verbs, lemmas) = lemma_lists(sentences);
    let forms = form_features(sentences, &tags);
    write(
        &tags,
        &verbs,
        &lemmas,
        &forms,
        perceptron.averaged(training.prune_below),
    )
}

/// The distinct tags with their most frequent features: (UPOS, XPOS, FEATS).
fn tag_names(sentences: &[Sentence]) -> Vec<(String, String, String)> {
    let mut counts: FxHashMap<(&str, &str), FxHashMap<&str, usize>> = FxHashMap::default();
    for word in sentences.iter().flat_map(|sentence| &sentence.words) {
        let of_tag = counts.entry((&word.upos, &word.xpos)).or_default();
        *of_tag.entry(&word.features).or_default() += 1;
    }
    let mut tags: Vec<(String, String, String)> = counts
        .iter()
        .map(|((upos, xpos), features)| {
            let features = most_frequent(features).map_or("", |(features, _)| features);
            let written = if features.is_empty() { "_" } else { features };
            (upos.to_string(), xpos.to_string(), written.to_owned())
        })
        .collect();
    tags.sort();
    tags
}

struct Perceptron {
    weights: FxHashMap<u32, Vec<Weight>>,
    updates: u32,
    tags: usize,
}

impl Perceptron {
    /// Tags an example with the present weights, and moves them where it errs.
    fn learn(&mut self, example: &Example) {
        let mut previous = [NO_TAG; 2];
        let mut features = Vec::new();
        for (at, &truth) in example.tags.iter().enumerate() {
            features.clear();
            extract(&example.words, at, previous, &mut features);
            let guess = self.guess(&features);
            self.updates += 1;
            if guess != truth {
                for &feature in &features {
                    self.update(feature, truth, 1.0);
                    self.update(feature, guess, -1.0);
                }
            }
            previous = [guess, previous[0]];
        }
    }

    fn guess(&self, features: &[u32]) -> u8 {
        let mut scores = vec![0f32; self.tags];
        for weight in features
            .iter()
            .filter_map(|feature| self.weights.get(feature))
            .flatten()
        {
            scores[usize::from(weight.tag)] += weight.value;
        }
        let mut best = 0;
        for (tag, score) in scores.iter().enumerate() {
            if *score > scores[best] {
                best = tag;
            }
        }
        best as u8
    }

    fn update(&mut self, feature: u32, tag: u8, by: f32) {
        let now = self.updates;
        let weights = self.weights.entry(feature).or_default();
        let place = weights
            .iter()
            .position(|weight| weight.tag == tag)
            .unwrap_or_else(|| {
                weights.push(Weight {
                    tag,
                    since: now,
                    ..Weight::default()
                });
                weights.len() - 1
            });
        let weight = &mut weights[place];
        weight.total += (now - weight.since) as f32 * weight.value;
        weight.since = now;
        weight.value += by;
    }

    /// The averages of the weights over all steps, in thousandths: per feature (tag, weight).
    fn averaged(self, prune_below: i16) -> Vec<(u32, Vec<(u8, i16)>)> {
        let steps = self.updates.max(1) as f32;
        let average = |weight: &Weight| {
            let total = weight.total + (self.updates - weight.since) as f32 * weight.value;
            (
                weight.tag,
                (total / steps * 1000.0)
                    .round()
                    .clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16,
            )
        };
        let mut features: Vec<(u32, Vec<(u8, i16)>)> = self
            .weights
            .iter()
            .map(|(feature, weights)| {
                let mut kept: Vec<(u8, i16)> = weights
                    .iter()
                    .map(average)
                    .filter(|(_, weight)| weight.abs() >= prune_below)
                    .collect();
                kept.sort_unstable();
                (*feature, kept)
            })
            .filter(|(_, weights)| !weights.is_empty())
            .collect();
        features.sort_unstable();
        features
    }
}

/// Base forms of verbs, and the lemmas the rules do not find.
fn lemma_lists(sentences: &[Sentence]) -> (Vec<String>, Vec<(String, Upos, String)>) {
    let words = || sentences.iter().flat_map(|sentence| &sentence.words);
    let plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase());
    let verbs: FxHashSet<String> = words()
        .filter(|word| matches!(word.upos.as_str(), "VERB" | "AUX") && plain(&word.lemma))
        .map(|word| word.lemma.clone())
        .collect();
    let mut found_by_rules: FxHashMap<(String, Upos), usize> = FxHashMap::default();
    let mut missed: FxHashMap<(String, Upos), FxHashMap<String, usize>> = FxHashMap::default();
    for word in words().filter(|word| word.xpos != "GW") {
        let form = word.form.to_lowercase().replace('’', "'");
        let (Ok(upos), lemma) = (word.upos.parse::<Upos>(), word.lemma.to_lowercase()) else {
            continue;
        };
        if form.contains(' ') || lemma.contains(' ') || lemma == "_" {
            continue;
        }
        if lemmas::by_rules(&form, upos, &word.xpos, &verbs) == lemma {
            *found_by_rules.entry((form, upos)).or_default() += 1;
        } else {
            *missed.entry((form, upos)).or_default().entry(lemma).or_default() += 1;
        }
    }
    let mut lemmas: Vec<(String, Upos, String)> = missed
        .into_iter()
        .filter_map(|((form, upos), lemmas)| {
            let (lemma, count) = most_frequent(&lemmas)?;
            let found = found_by_rules
                .get(&(form.clone(), upos))
                .copied()
                .unwrap_or_default();
            (count > found).then(|| (form, upos, lemma.clone()))
        })
        .collect();
    lemmas.sort();
    let mut verbs: Vec<String> = verbs.into_iter().collect();
    verbs.sort();
    (verbs, lemmas)
}

/// Features of words that their tag does not tell: those of `a`, `her`, `was`.
fn form_features(
    sentences: &[Sentence],
    tags: &[(String, String, String)],
) -> Vec<(String, String, String, String)> {
    let mut counts: FxHashMap<(String, &str, &str), FxHashMap<&str, usize>> = FxHashMap::default();
    for word in sentences.iter().flat_map(|sentence| &sentence.words) {
        let form = word.form.to_lowercase().replace('’', "'");
        let features = if word.features.is_empty() {
            "_"
        } else {
            &word.features
        };
        *counts
            .entry((form, &word.upos, &word.xpos))
            .or_default()
            .entry(features)
            .or_default() += 1;
    }
    let of_tag = |upos: &str, xpos: &str| {
        tags.iter()
            .find(|tag| tag.0 == upos && tag.1 == xpos)
            .map(|tag| &*tag.2)
    };
    let mut listed: Vec<(String, String, String, String)> = counts
        .into_iter()
        .filter_map(|((form, upos, xpos), features)| {
            let (best, count) = most_frequent(&features)?;
            let tells_more = of_tag(upos, xpos) != Some(best) && count >= 3 && !form.contains(' ');
            tells_more.then(|| (form, upos.to_owned(), xpos.to_owned(), best.to_string()))
        })
        .collect();
    listed.sort();
    listed
}

/// The most frequent of several, the first in order of equals.
fn most_frequent<T: Ord>(counts: &FxHashMap<T, usize>) -> Option<(&T, usize)> {
    let best = counts
        .iter()
        .max_by_key(|(value, count)| (**count, std::cmp::Reverse(*value)))?;
    Some((best.0, *best.1))
}

fn write(
    tags: &[(String, String, String)],
    verbs: &[String],
    lemmas: &[(String, Upos, String)],
    forms: &[(String, String, String, String)],
    features: Vec<(u32, Vec<(u8, i16)>)>,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut text = |text: String| {
        bytes.extend((text.len() as u32).to_le_bytes());
        bytes.extend(text.into_bytes());
    };
    text(
        tags.iter()
            .map(|(upos, xpos, features)| format!("{upos} {xpos} {features}"))
            .collect::<Vec<_>>()
            .join("\n"),
    );
    text(verbs.join(" "));
    text(
        lemmas
            .iter()
            .map(|(form, upos, lemma)| format!("{form} {upos} {lemma}"))
            .collect::<Vec<_>>()
            .join("\n"),
    );
    text(
        forms
            .iter()
            .map(|(form, upos, xpos, f)| format!("{form} {upos} {xpos} {f}"))
            .collect::<Vec<_>>()
            .join("\n"),
    );
    bytes.extend((features.len() as u32).to_le_bytes());
    bytes.extend(features.iter().flat_map(|(feature, _)| feature.to_le_bytes()));
    bytes.extend(features.iter().map(|(_, weights)| weights.len() as u8));
    let weights: Vec<(u8, i16)> = features.into_iter().flat_map(|(_, weights)| weights).collect();
    bytes.extend((weights.len() as u32).to_le_bytes());
    bytes.extend(weights.iter().map(|(tag, _)| *tag));
    bytes.extend(weights.iter().flat_map(|(_, weight)| weight.to_le_bytes()));
    bytes
}

/// Fisher-Yates with a splitmix generator: the order depends on the seed alone.
fn shuffle(order: &mut [usize], state: &mut u64) {
    for last in (1..order.len()).rev() {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = *state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        order.swap(last, ((mixed ^ (mixed >> 31)) % (last as u64 + 1)) as usize);
    }
}
