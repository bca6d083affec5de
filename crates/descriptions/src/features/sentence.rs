//! Shares and counts over a whole sentence.

use linguistics::{Sentence, Upos};

use super::unseen::{CLASSES, Unseen};
use crate::{Category, lexicon::Found};

const MORPHOLOGY: [(&str, &str); 15] = [
    ("Tense", "Past"),
    ("Tense", "Pres"),
    ("Tense", "Fut"),
    ("Aspect", "Imp"),
    ("Aspect", "Perf"),
    ("Person", "1"),
    ("Person", "2"),
    ("VerbForm", "Part"),
    ("VerbForm", "Conv"),
    ("VerbForm", "Ger"),
    ("VerbForm", "Inf"),
    ("Mood", "Imp"),
    ("Case", "Ins"),
    ("Case", "Loc"),
    ("Case", "Gen"),
];

const RELATIONS: [&str; 9] = [
    "amod",
    "obl",
    "nmod",
    "conj",
    "acl",
    "advmod",
    "xcomp",
    "ccomp",
    "parataxis",
];

const SHAPE: usize = 11;
const CATEGORIES: usize = Category::ALL.len();

/// Number of features.
pub(super) const WIDTH: usize =
    Upos::ALL.len() + MORPHOLOGY.len() + RELATIONS.len() + SHAPE + 2 * CATEGORIES + 5 + 2 * CLASSES;

/// Where the logarithm of the number of visible things stands.
pub(super) const THINGS: usize = WIDTH - 2 * CLASSES - 2;

/// Categories that people and what they do fill too: they alone do not make a sentence visual.
const COMMON: [Category; 4] = [
    Category::Posture,
    Category::Mood,
    Category::Person,
    Category::Body,
];

/// The features of a sentence of `text`.
pub(super) fn dense(text: &str, sentence: &Sentence, found: &[Found<'_>], opens_paragraph: bool) -> Vec<f32> {
    let mut parts = [0.0; Upos::ALL.len()];
    let mut forms = [0.0; MORPHOLOGY.len()];
    let mut relations = [0.0; RELATIONS.len()];
    for token in &sentence.tokens {
        parts[token.pos as usize] += 1.0;
        for feature in token.features.iter() {
            if let Some(known) = MORPHOLOGY.iter().position(|known| *known == feature) {
                forms[known] += 1.0;
            }
        }
        if let Some(known) = RELATIONS.iter().position(|known| *known == token.relation) {
            relations[known] += 1.0;
        }
    }
    let tokens = sentence.tokens.len().max(1) as f32;
    let mut features = Vec::with_capacity(WIDTH);
    features.extend(
        parts
            .iter()
            .chain(&forms)
            .chain(&relations)
            .map(|count| count / tokens),
    );
    features.extend(shape(&text[sentence.range.clone()], tokens, opens_paragraph));
    features.extend(visible(found, tokens));
    features.extend(unseen(sentence, tokens));
    debug_assert_eq!(features.len(), WIDTH, "the width counts every feature");
    features
}

/// Length and punctuation.
fn shape(text: &str, tokens: f32, opens_paragraph: bool) -> [f32; SHAPE] {
    let yes = |holds: bool| f32::from(u8::from(holds));
    [
        tokens.ln(),
        tokens.min(8.0) / 8.0,
        yes(text.contains('?')),
        yes(text.contains('!')),
        yes(text.starts_with(['—', '–', '-'])),
        yes(text.contains(['«', '"', '„', '“', '”'])),
        text.matches(',').count() as f32 / tokens,
        yes(text.contains('…') || text.contains("...")),
        yes(text.contains(':')),
        yes(text.contains(';')),
        yes(opens_paragraph),
    ]
}

/// How much of each category there is.
fn visible(found: &[Found<'_>], tokens: f32) -> impl Iterator<Item = f32> {
    let mut counts = [0.0_f32; CATEGORIES];
    for entry in found.iter().flat_map(Found::entries) {
        counts[entry.category as usize] += 1.0;
    }
    let all: f32 = counts.iter().sum();
    let common: f32 = COMMON.iter().map(|&category| counts[category as usize]).sum();
    let distinct = counts.iter().filter(|&&count| count > 0.0).count() as f32;
    let things = all - common;
    let capped = counts.map(|count| count.min(4.0));
    let shares = counts.map(|count| count / tokens);
    capped.into_iter().chain(shares).chain([
        all / tokens,
        all.ln_1p(),
        things / tokens,
        things.ln_1p(),
        distinct,
    ])
}

/// How much there is of what cannot be seen.
fn unseen(sentence: &Sentence, tokens: f32) -> impl Iterator<Item = f32> {
    let lexicon = Unseen::lexicon();
    let mut counts = [0.0_f32; CLASSES];
    for class in sentence
        .tokens
        .iter()
        .flat_map(|token| lexicon.classes(&token.lemma))
    {
        counts[class] += 1.0;
    }
    counts
        .map(|count| count / tokens)
        .into_iter()
        .chain(counts.map(|count| count.min(3.0)))
}
