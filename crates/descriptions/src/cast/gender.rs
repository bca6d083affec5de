//! What the words around a name say of its bearer's gender.

use std::ops::Range;

use linguistics::{Language, Sentence, Upos};

use super::parts::grammatical;
use crate::Gender;

/// What a sentence says of the person named by some of its tokens: a Russian verb's form or the name's own, an English pronoun.
pub(super) fn said(
    language: Language,
    text: &str,
    sentence: &Sentence,
    tokens: Range<usize>,
) -> Option<Gender> {
    match language {
        Language::Russian => {
            verb(sentence, tokens.clone()).or_else(|| sentence.tokens[tokens].iter().find_map(grammatical))
        }
        Language::English => following_pronoun(text, sentence, tokens.end),
    }
}

fn verb(sentence: &Sentence, tokens: Range<usize>) -> Option<Gender> {
    let subject = sentence.tokens[tokens]
        .iter()
        .find(|token| token.relation.starts_with("nsubj"))?;
    let verb = &sentence.tokens[subject.head?];
    (verb.pos == Upos::Verb).then(|| grammatical(verb)).flatten()
}

/// The first third-person pronoun after the name, unless somebody else is named before it.
fn following_pronoun(text: &str, sentence: &Sentence, from: usize) -> Option<Gender> {
    sentence.tokens[from..]
        .iter()
        .take_while(|token| token.pos != Upos::ProperNoun)
        .find_map(|token| pronoun(&text[token.range.clone()]))
}

/// The gender of a third-person pronoun.
pub(super) fn pronoun(word: &str) -> Option<Gender> {
    match word.to_lowercase().as_str() {
        "он" | "его" | "ему" | "нем" | "нём" | "ним" | "него" | "нему" | "he" | "his" | "him" | "himself" => {
            Some(Gender::Male)
        }
        "она" | "ее" | "её" | "ей" | "ней" | "нею" | "нее" | "неё" | "she" | "her" | "hers" | "herself" => {
            Some(Gender::Female)
        }
        _ => None,
    }
}
