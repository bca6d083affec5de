//! A word's flags: part of speech, forms, relation, what the lexicon calls it.

use linguistics::{Sentence, Upos};

use super::{
    TokenFeatures, categories,
    unseen::{CLASSES, Unseen},
};
use crate::{Category, lexicon::Found};

const MORPHOLOGY: [(&str, &str); 14] = [
    ("Tense", "Past"),
    ("Tense", "Pres"),
    ("Aspect", "Imp"),
    ("Aspect", "Perf"),
    ("Person", "1"),
    ("Person", "2"),
    ("VerbForm", "Part"),
    ("VerbForm", "Conv"),
    ("VerbForm", "Ger"),
    ("VerbForm", "Inf"),
    ("Case", "Ins"),
    ("Case", "Loc"),
    ("Number", "Plur"),
    ("Animacy", "Anim"),
];

const RELATIONS: [&str; 17] = [
    "amod",
    "obl",
    "nmod",
    "conj",
    "acl",
    "acl:relcl",
    "advmod",
    "xcomp",
    "ccomp",
    "parataxis",
    "nsubj",
    "obj",
    "root",
    "case",
    "advcl",
    "iobj",
    "cop",
];

/// Marks of punctuation that are kept as tokens.
const MARKS: [&str; 8] = ["?", "!", "—", "«", "“", ";", ":", "…"];

const MORPHOLOGY_AT: usize = Upos::ALL.len();
const RELATIONS_AT: usize = MORPHOLOGY_AT + MORPHOLOGY.len();
const CATEGORIES_AT: usize = RELATIONS_AT + RELATIONS.len();
const VISIBLE: usize = CATEGORIES_AT + Category::ALL.len();
const VISIBLE_UNDER_VISIBLE: usize = VISIBLE + 1;
const CAPITAL: usize = VISIBLE + 2;
const MARKS_AT: usize = VISIBLE + 3;
const CLASSES_AT: usize = MARKS_AT + MARKS.len();

/// Number of flags.
pub(crate) const FLAGS: usize = CLASSES_AT + CLASSES;

/// The tokens of a sentence of `text`, without punctuation that says nothing.
pub(super) fn tokens(text: &str, sentence: &Sentence, found: &[Found<'_>]) -> Vec<TokenFeatures> {
    let unseen = Unseen::lexicon();
    let categories = categories(sentence, found);
    let parsed = sentence
        .tokens
        .iter()
        .any(|token| token.relation != "dep" && token.relation != "root");
    let mut tokens = Vec::with_capacity(sentence.tokens.len());
    for (at, token) in sentence.tokens.iter().enumerate() {
        let surface = &text[token.range.clone()];
        let mark = MARKS.iter().position(|mark| surface == *mark);
        if token.pos == Upos::Punctuation && mark.is_none() {
            continue;
        }
        let mut flags = vec![flag(token.pos as usize)];
        for (name, value) in token.features.iter() {
            if let Some(known) = MORPHOLOGY.iter().position(|feature| *feature == (name, value)) {
                flags.push(flag(MORPHOLOGY_AT + known));
            }
        }
        if parsed && let Some(relation) = RELATIONS.iter().position(|relation| *relation == token.relation) {
            flags.push(flag(RELATIONS_AT + relation));
        }
        for category in 0..Category::ALL.len() {
            if categories[at] & (1 << category) != 0 {
                flags.push(flag(CATEGORIES_AT + category));
            }
        }
        if categories[at] != 0 {
            flags.push(flag(VISIBLE));
            if parsed && token.head.is_some_and(|head| categories[head] != 0) {
                flags.push(flag(VISIBLE_UNDER_VISIBLE));
            }
        }
        if surface.starts_with(char::is_uppercase) {
            flags.push(flag(CAPITAL));
        }
        flags.extend(mark.map(|mark| flag(MARKS_AT + mark)));
        flags.extend(unseen.classes(&token.lemma).map(|class| flag(CLASSES_AT + class)));
        let word = match token.pos {
            Upos::ProperNoun | Upos::Punctuation => String::new(),
            _ => surface.to_lowercase(),
        };
        tokens.push(TokenFeatures { word, flags });
    }
    tokens
}

fn flag(number: usize) -> u8 {
    u8::try_from(number).expect("there are fewer than 256 flags")
}
