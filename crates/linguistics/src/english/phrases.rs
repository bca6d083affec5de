//! The inside of English noun phrases and the prepositions before them, linked by position alone.

use crate::annotation::AnnotatedToken;
use crate::noun_phrases;
use crate::{Upos, annotation};

/// Gives each token of a sentence a head: modifiers hang on their noun, a preposition on the noun after it,
/// everything else on the root, which is the first verb (or, without one, the first noun).
pub(super) fn link(tokens: &mut [AnnotatedToken]) {
    let root = root(tokens);
    for (index, token) in tokens.iter_mut().enumerate() {
        let is_root = Some(index) == root;
        token.head = if is_root {
            0
        } else {
            root.map_or(0, |root| root as u32 + 1)
        };
        token.relation = match token.pos {
            _ if is_root => "root",
            Upos::Punctuation => "punct",
            _ => "dep",
        };
    }
    let positions: Vec<Upos> = tokens.iter().map(|token| token.pos).collect();
    for phrase in noun_phrases::by_position(&positions) {
        link_phrase(tokens, &phrase);
    }
}

fn root(tokens: &[AnnotatedToken]) -> Option<usize> {
    let finite =
        |token: &annotation::AnnotatedToken| token.pos == Upos::Verb && token.features.is("VerbForm", "Fin");
    tokens
        .iter()
        .position(finite)
        .or_else(|| tokens.iter().position(|token| token.pos == Upos::Verb))
        .or_else(|| tokens.iter().position(|token| token.pos.is_nominal()))
        .or_else(|| (!tokens.is_empty()).then_some(0))
}

fn link_phrase(tokens: &mut [AnnotatedToken], phrase: &noun_phrases::NounPhrase) {
    let head = phrase.head as u32 + 1;
    for index in phrase.tokens.clone().filter(|&index| index != phrase.head) {
        let token = &mut tokens[index];
        if token.relation == "root" {
            continue;
        }
        token.head = head;
        token.relation = match token.pos {
            Upos::Determiner => "det",
            Upos::Adjective | Upos::Verb => "amod",
            Upos::Numeral => "nummod",
            Upos::Pronoun => "nmod:poss",
            Upos::Adverb => "advmod",
            Upos::Punctuation => "punct",
            Upos::ProperNoun => "flat",
            _ => "compound",
        };
    }
    let preposition = phrase
        .tokens
        .start
        .checked_sub(1)
        .map(|before| &mut tokens[before]);
    if let Some(before) =
        preposition.filter(|before| before.pos == Upos::Adposition && before.relation != "root")
    {
        before.head = head;
        before.relation = "case";
        let noun = &mut tokens[phrase.head];
        if noun.relation == "dep" {
            noun.relation = "obl";
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Features, NameTag};

    #[test]
    fn modifiers_hang_on_their_noun_and_the_rest_on_the_verb() {
        use Upos::*;
        let mut tokens: Vec<AnnotatedToken> =
            [Determiner, Adjective, Noun, Verb, Adposition, Noun, Punctuation]
                .into_iter()
                .map(|pos| AnnotatedToken {
                    start: 0,
                    end: 0,
                    lemma: "".into(),
                    pos,
                    features: Features::NONE,
                    head: 9,
                    relation: "dep",
                    name: NameTag::Outside,
                })
                .collect();
        link(&mut tokens);
        let arcs: Vec<(u32, &str)> = tokens.iter().map(|token| (token.head, token.relation)).collect();
        let expected = [
            (3, "det"),
            (3, "amod"),
            (4, "dep"),
            (0, "root"),
            (6, "case"),
            (4, "obl"),
            (4, "punct"),
        ];
        assert_eq!(arcs, expected);
    }
}
