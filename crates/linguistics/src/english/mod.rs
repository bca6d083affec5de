//! English: tokens, sentences, tags by a small tagger trained on the English Web Treebank, lemmas, the inner
//! structure of noun phrases, names.

mod adjectives;
mod features;
mod lemmas;
mod model;
mod names;
mod phrases;
mod sentences;
mod tagger;
mod tokens;
pub(crate) mod training;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::annotation::{AnnotatedSentence, AnnotatedToken, Annotation, NameTag, Unit};
use crate::{Language, Upos};
use model::MODEL;
use names::Clue;
use sentences::Sentences;
use tagger::Tagger;

/// Annotates an English text.
pub(crate) fn annotate(text: &str, unit: Unit) -> Annotation {
    let mut annotation = Annotation::new(Language::English);
    let mut lemmas = Lemmas::default();
    let mut sentences = Sentences::default();
    let mut tagger = Tagger::default();
    let mut start = 0;
    for (paragraph, line) in text.split('\n').enumerate() {
        let first = annotation.tokens.len();
        for sentence in sentences.split(line) {
            let before = annotation.tokens.len();
            annotate_sentence(
                text,
                start,
                &line[sentence.clone()],
                sentence.start,
                &mut tagger,
                &mut lemmas,
                &mut annotation,
            );
            if annotation.tokens.len() > before {
                annotation.sentences.push(AnnotatedSentence {
                    range: start + sentence.start..start + sentence.end,
                    paragraph,
                    tokens: before..annotation.tokens.len(),
                });
            }
        }
        if unit == Unit::Line {
            add_names(text, first, &mut annotation);
        }
        start += line.len() + 1;
    }
    if unit == Unit::Chapter {
        add_names(text, 0, &mut annotation);
    }
    annotation
}

/// Parts of speech of an English sentence that is cut into tokens already.
pub fn tag_english(tokens: &[&str]) -> Vec<Upos> {
    let tags = Tagger::default().tag(&MODEL, tokens.iter().copied());
    tags.into_iter()
        .map(|tag| MODEL.tags[usize::from(tag)].pos)
        .collect()
}

fn annotate_sentence(
    text: &str,
    line_start: usize,
    sentence: &str,
    sentence_start: usize,
    tagger: &mut Tagger,
    lemmas: &mut Lemmas,
    annotation: &mut Annotation,
) {
    let mut places = Vec::new();
    tokens::tokenize(sentence, &mut places);
    let tags = tagger.tag(&MODEL, places.iter().map(|place| &sentence[place.clone()]));
    let first = annotation.tokens.len();
    for (place, tag_number) in places.into_iter().zip(tags) {
        let tag = &MODEL.tags[usize::from(tag_number)];
        let start = line_start + sentence_start + place.start;
        let end = line_start + sentence_start + place.end;
        annotation.tokens.push(AnnotatedToken {
            start: start as u32,
            end: end as u32,
            lemma: lemmas.of(&text[start..end], tag_number),
            pos: tag.pos,
            features: MODEL.word_features(&text[start..end], tag_number),
            head: 0,
            relation: "dep",
            name: NameTag::Outside,
        });
    }
    phrases::link(&mut annotation.tokens[first..]);
}

/// Lemmas met so far in a text.
#[derive(Default)]
struct Lemmas(FxHashMap<(Box<str>, u8), Arc<str>>);

impl Lemmas {
    fn of(&mut self, form: &str, tag: u8) -> Arc<str> {
        let found = self.0.entry((form.into(), tag)).or_insert_with(|| {
            let tag = &MODEL.tags[usize::from(tag)];
            lemmas::lemma(form, tag.pos, &tag.penn, &MODEL).into()
        });
        Arc::clone(found)
    }
}

fn add_names(text: &str, first: usize, annotation: &mut Annotation) {
    let begins = |token: usize| {
        let sentence = annotation
            .sentences
            .partition_point(|sentence| sentence.tokens.end <= token);
        annotation
            .sentences
            .get(sentence)
            .is_some_and(|sentence| sentence.tokens.start == token)
    };
    let clues: Vec<Clue<'_>> = annotation.tokens[first..]
        .iter()
        .enumerate()
        .map(|(index, token)| Clue {
            text: &text[token.range()],
            lemma: &token.lemma,
            pos: token.pos,
            begins_sentence: begins(first + index),
        })
        .collect();
    let found = names::find(&clues);
    let normals: Vec<String> = found
        .iter()
        .map(|(span, _)| {
            clues[span.clone()]
                .iter()
                .map(|clue| clue.text)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    for ((span, kind), normal) in found.into_iter().zip(normals) {
        annotation.add_entity(first + span.start..first + span.end, kind, normal);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EntityKind;

    const TEXT: &str =
        "The old captain didn't see the tall ships.\n\n“Mr. Holmes lives in London,” said Mary.";

    #[test]
    fn words_are_tagged_and_lemmatised() {
        let annotation = annotate(TEXT, Unit::Chapter);
        let words: Vec<(&str, &str, &str)> = annotation.tokens[..9]
            .iter()
            .map(|token| (&TEXT[token.range()], &*token.lemma, token.pos.as_str()))
            .collect();
        let expected = [
            ("The", "the", "DET"),
            ("old", "old", "ADJ"),
            ("captain", "captain", "NOUN"),
            ("did", "do", "AUX"),
            ("n't", "not", "PART"),
            ("see", "see", "VERB"),
            ("the", "the", "DET"),
            ("tall", "tall", "ADJ"),
            ("ships", "ship", "NOUN"),
        ];
        assert_eq!(words, expected);
        assert!(annotation.tokens[8].features.is("Number", "Plur"));
    }

    #[test]
    fn tokens_may_be_given() {
        use Upos::{Noun, Pronoun, Punctuation, Verb};
        assert_eq!(
            tag_english(&["She", "saw", "ships", "."]),
            [Pronoun, Verb, Noun, Punctuation]
        );
        assert!(tag_english(&[]).is_empty());
    }

    #[test]
    fn people_and_places_are_found() {
        let annotation = annotate(TEXT, Unit::Chapter);
        let names: Vec<(&str, EntityKind)> = annotation
            .entities
            .iter()
            .map(|entity| (&TEXT[entity.range.clone()], entity.kind))
            .collect();
        let expected = [
            ("Mr. Holmes", EntityKind::Person),
            ("London", EntityKind::Location),
            ("Mary", EntityKind::Person),
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn sentences_know_their_lines() {
        let annotation = annotate(TEXT, Unit::Line);
        let lines: Vec<usize> = annotation
            .sentences
            .iter()
            .map(|sentence| sentence.paragraph)
            .collect();
        assert_eq!(lines, [0, 2]);
        assert_eq!(
            &TEXT[annotation.sentences[1].range.clone()],
            "“Mr. Holmes lives in London,” said Mary."
        );
    }
}
