//! Noun phrases by parts of speech: determiners, adjectives and the like before one or more nouns.

use std::ops::Range;

use crate::{Sentence, Upos};

/// A noun with the words before it that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NounPhrase {
    /// Its tokens in the sentence.
    pub tokens: Range<usize>,
    /// Its noun: the last of several.
    pub head: usize,
}

impl Sentence {
    /// The noun phrases of the sentence, in order, not overlapping.
    pub fn noun_phrases(&self) -> Vec<NounPhrase> {
        by_position(&self.tokens.iter().map(|token| token.pos).collect::<Vec<_>>())
    }
}

/// Noun phrases of a sequence of parts of speech.
pub(crate) fn by_position(positions: &[Upos]) -> Vec<NounPhrase> {
    let mut phrases = Vec::new();
    let mut at = 0;
    while at < positions.len() {
        let start = at;
        while at < positions.len() && is_modifier(positions, at) {
            at += 1;
        }
        let nouns = at;
        while at < positions.len() && positions[at].is_nominal() {
            at += 1;
        }
        if at > nouns {
            phrases.push(NounPhrase {
                tokens: start..at,
                head: at - 1,
            });
        } else {
            at = start.max(at.saturating_sub(1)) + 1;
        }
    }
    phrases
}

/// Whether a word may stand before the noun of its phrase.
fn is_modifier(positions: &[Upos], at: usize) -> bool {
    match positions[at] {
        Upos::Determiner | Upos::Adjective | Upos::Numeral => true,
        Upos::Pronoun => positions
            .get(at + 1)
            .is_some_and(|next| matches!(next, Upos::Adjective | Upos::Numeral) || next.is_nominal()),
        Upos::Adverb => positions.get(at + 1) == Some(&Upos::Adjective),
        Upos::Punctuation => {
            at > 0 && positions[at - 1] == Upos::Adjective && positions.get(at + 1) == Some(&Upos::Adjective)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Upos::*;

    #[test]
    fn a_phrase_ends_at_its_last_noun() {
        let phrases = by_position(&[Determiner, Adjective, Noun, Noun, Verb, Pronoun, Noun]);
        let expected = [
            NounPhrase {
                tokens: 0..4,
                head: 3,
            },
            NounPhrase {
                tokens: 5..7,
                head: 6,
            },
        ];
        assert_eq!(phrases, expected);
    }

    #[test]
    fn a_comma_joins_adjectives_only() {
        assert_eq!(
            by_position(&[Adjective, Punctuation, Adjective, Noun])[0].tokens,
            0..4
        );
        assert_eq!(by_position(&[Noun, Punctuation, Noun]).len(), 2);
    }

    #[test]
    fn modifiers_without_a_noun_are_no_phrase() {
        assert!(by_position(&[Determiner, Adjective, Verb]).is_empty());
        assert!(by_position(&[]).is_empty());
    }
}
