//! The vote of several engines on each token.

use crate::annotation::Annotation;
use crate::conllu;
use crate::{AnnotatedToken, Features, Upos};

/// What one engine says of all sentences of an annotation, and how much it counts.
pub struct Opinion<'a> {
    /// Its weight; the built-in analysis has one too.
    pub weight: f32,
    /// Its sentences, token for token ours.
    pub sentences: &'a [conllu::Sentence],
}

/// A value with the weight of those who say it.
struct Ballot<T> {
    candidates: Vec<(T, f32)>,
}

impl<T: PartialEq> Ballot<T> {
    fn new(own: T, weight: f32) -> Ballot<T> {
        Ballot {
            candidates: vec![(own, weight)],
        }
    }

    fn cast(&mut self, value: T, weight: f32) {
        match self.candidates.iter_mut().find(|(known, _)| *known == value) {
            Some((_, total)) => *total += weight,
            None => self.candidates.push((value, weight)),
        }
    }

    /// The heaviest; of equals the one that was there first, our own before all.
    fn winner(self) -> Option<T> {
        self.candidates
            .into_iter()
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
            .map(|(v, _)| v)
    }
}

/// Replaces tag, lemma and arc of each token with what most weight says. Part of speech and features are one
/// vote, head and relation another. Sentences an engine does not have, or words it leaves empty, have no say.
pub fn vote(annotation: &mut Annotation, own_weight: f32, opinions: &[Opinion<'_>]) {
    let sentences = annotation
        .sentences
        .iter()
        .map(|sentence| sentence.tokens.clone())
        .enumerate();
    for (number, tokens) in sentences.collect::<Vec<_>>() {
        let voters: Vec<(f32, &conllu::Sentence)> = opinions
            .iter()
            .filter_map(|opinion| Some((opinion.weight, opinion.sentences.get(number)?)))
            .filter(|(_, sentence)| sentence.words.len() == tokens.len())
            .collect();
        for (place, token) in annotation.tokens[tokens].iter_mut().enumerate() {
            let words: Vec<(f32, &conllu::Word)> = voters
                .iter()
                .map(|(weight, sentence)| (*weight, &sentence.words[place]))
                .collect();
            vote_on_token(token, own_weight, &words);
        }
    }
}

fn vote_on_token(token: &mut AnnotatedToken, own_weight: f32, words: &[(f32, &conllu::Word)]) {
    let mut tag = Ballot::new((token.pos, token.features.clone()), own_weight);
    let mut lemma = Ballot::new(token.lemma.clone(), own_weight);
    let mut arc = Ballot::new((token.head, token.relation), own_weight);
    for &(weight, word) in words {
        if let Ok(pos) = word.upos.parse::<Upos>() {
            tag.cast((pos, Features::new(&word.features)), weight);
        }
        if word.lemma != "_" || word.form == "_" {
            lemma.cast(word.lemma.to_lowercase().replace('ё', "е").into(), weight);
        }
        if let (Some(head), Some(relation)) = (word.head, known_relation(&word.relation)) {
            arc.cast((head, relation), weight);
        }
    }
    if let Some((pos, features)) = tag.winner() {
        (token.pos, token.features) = (pos, features);
    }
    if let Some(lemma) = lemma.winner() {
        token.lemma = lemma;
    }
    if let Some((head, relation)) = arc.winner() {
        (token.head, token.relation) = (head, relation);
    }
}

/// A relation as one of ours; a subtype we do not have counts as its main relation.
fn known_relation(relation: &str) -> Option<&'static str> {
    let known = |wanted: &str| {
        crate::russian::network::dimensions::RELATIONS
            .into_iter()
            .find(|r| *r == wanted)
    };
    known(relation).or_else(|| known(relation.split(':').next()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AnnotatedSentence, Language, NameTag};

    fn ours() -> Annotation {
        let mut annotation = Annotation::new(Language::Russian);
        annotation.tokens.push(AnnotatedToken {
            start: 0,
            end: 6,
            lemma: "пила".into(),
            pos: Upos::Noun,
            features: Features::new("Case=Nom"),
            head: 0,
            relation: "root",
            name: NameTag::Outside,
        });
        annotation.sentences.push(AnnotatedSentence {
            range: 0..8,
            paragraph: 0,
            tokens: 0..1,
        });
        annotation
    }

    fn theirs(lemma: &str, upos: &str) -> Vec<conllu::Sentence> {
        conllu::read(&format!("1\tпила\t{lemma}\t{upos}\t_\t_\t0\troot\t_\t_\n")).unwrap()
    }

    #[test]
    fn the_majority_of_weight_wins() {
        let verb = theirs("пить", "VERB");
        let opinions = [
            Opinion {
                weight: 0.6,
                sentences: &verb,
            },
            Opinion {
                weight: 0.6,
                sentences: &verb,
            },
        ];
        let mut annotation = ours();
        vote(&mut annotation, 1.0, &opinions);
        let token = &annotation.tokens[0];
        assert_eq!(
            (token.pos, &*token.lemma, token.relation),
            (Upos::Verb, "пить", "root")
        );
    }

    #[test]
    fn a_tie_leaves_our_own() {
        let verb = theirs("пить", "VERB");
        let mut annotation = ours();
        vote(
            &mut annotation,
            1.0,
            &[Opinion {
                weight: 1.0,
                sentences: &verb,
            }],
        );
        assert_eq!(annotation, ours());
    }

    #[test]
    fn other_sentences_have_no_say() {
        let mut longer = theirs("пить", "VERB");
        let word = longer[0].words[0].clone();
        longer[0].words.push(word);
        let mut annotation = ours();
        vote(
            &mut annotation,
            1.0,
            &[
                Opinion {
                    weight: 9.0,
                    sentences: &longer,
                },
                Opinion {
                    weight: 9.0,
                    sentences: &[],
                },
            ],
        );
        assert_eq!(annotation, ours());
    }
}
