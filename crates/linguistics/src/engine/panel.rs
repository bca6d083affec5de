//! Engines that are heard beside the built-in models.

use super::{Engine, EngineError, Opinion, vote};
use crate::Annotation;

/// Tokens sent to an engine at once; a longer sentence goes alone.
const TOKENS_AT_ONCE: usize = 2000;

/// An engine with a say.
pub struct Member {
    /// How it is called in messages.
    pub name: String,
    /// How much its voice counts.
    pub weight: f32,
    /// The engine.
    pub engine: Engine,
}

/// An engine that gave no usable answer.
#[derive(Debug, thiserror::Error)]
#[error("the engine `{name}` cannot be heard")]
pub struct ConsultError {
    /// Which one.
    pub name: String,
    /// Why.
    pub source: EngineError,
}

/// Asks every member about the sentences of an annotation of a text, and lets them vote with the annotation itself.
///
/// # Errors
/// The first member that fails; the annotation is then as it was.
pub fn consult(
    annotation: &mut Annotation,
    text: &str,
    own_weight: f32,
    members: &mut [Member],
) -> Result<(), ConsultError> {
    let sentences: Vec<Vec<&str>> = annotation
        .sentences
        .iter()
        .map(|sentence| {
            let tokens = &annotation.tokens[sentence.tokens.clone()];
            tokens.iter().map(|token| &text[token.range()]).collect()
        })
        .collect();
    let mut answers = Vec::with_capacity(members.len());
    for member in members {
        let mut answer = Vec::with_capacity(sentences.len());
        for batch in batches(&sentences) {
            let annotated = member.engine.annotate(annotation.language, batch);
            answer.extend(annotated.map_err(|source| ConsultError {
                name: member.name.clone(),
                source,
            })?);
        }
        answers.push((member.weight, answer));
    }
    let opinions: Vec<Opinion<'_>> = answers
        .iter()
        .map(|(weight, sentences)| Opinion {
            weight: *weight,
            sentences,
        })
        .collect();
    vote(annotation, own_weight, &opinions);
    Ok(())
}

/// Sentences in runs of at most [`TOKENS_AT_ONCE`] tokens.
fn batches<'a, 'b>(mut rest: &'b [Vec<&'a str>]) -> impl Iterator<Item = &'b [Vec<&'a str>]> {
    std::iter::from_fn(move || {
        let mut tokens = 0;
        let count = rest
            .iter()
            .take_while(|sentence| {
                tokens += sentence.len();
                tokens <= TOKENS_AT_ONCE
            })
            .count()
            .max(1)
            .min(rest.len());
        let (batch, others) = rest.split_at(count);
        rest = others;
        (!batch.is_empty()).then_some(batch)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::Transport;
    use super::*;
    use crate::{AnnotatedSentence, AnnotatedToken, Features, Language, NameTag, Upos};

    /// Says of every word that it is a verb; of `стой` that it will not.
    #[derive(Default)]
    struct Verbs(Vec<String>);

    impl Transport for Verbs {
        fn send(&mut self, request: &str) -> Result<(), EngineError> {
            let request: Value = serde_json::from_str(request).unwrap();
            let Some(sentences) = request["sents"].as_array() else {
                let hello = json!({"id": request["id"], "engine": "verbs", "model": "", "version": "1"});
                self.0.push(hello.to_string());
                return Ok(());
            };
            let mut written = String::new();
            for sentence in sentences {
                for (index, word) in sentence.as_array().unwrap().iter().enumerate() {
                    let word = word.as_str().unwrap();
                    written += &format!("{}\t{word}\t{word}\tVERB\t_\t_\t0\troot\t_\t_\n", index + 1);
                }
                written.push('\n');
            }
            let answer = if written.contains("стой") {
                json!({"id": request["id"], "error": "no"})
            } else {
                json!({"id": request["id"], "conllu": written})
            };
            self.0.push(answer.to_string());
            Ok(())
        }

        fn receive(&mut self) -> Result<String, EngineError> {
            Ok(self.0.remove(0))
        }
    }

    fn verbs(weight: f32) -> Member {
        Member {
            name: "verbs".into(),
            weight,
            engine: Engine::meet(Box::<Verbs>::default()).unwrap(),
        }
    }

    /// Each word a sentence of its own, and a noun.
    fn nouns(text: &str) -> Annotation {
        let mut annotation = Annotation::new(Language::Russian);
        let mut start = 0;
        for (index, word) in text.split(' ').enumerate() {
            annotation.tokens.push(AnnotatedToken {
                start: start as u32,
                end: (start + word.len()) as u32,
                lemma: word.into(),
                pos: Upos::Noun,
                features: Features::NONE,
                head: 0,
                relation: "root",
                name: NameTag::Outside,
            });
            annotation.sentences.push(AnnotatedSentence {
                range: start..start + word.len(),
                paragraph: 0,
                tokens: index..index + 1,
            });
            start += word.len() + 1;
        }
        annotation
    }

    #[test]
    fn weight_decides() {
        let text = "мой дом";
        for (weights, expected) in [
            (&[2.0][..], Upos::Verb),
            (&[0.5], Upos::Noun),
            (&[0.6, 0.6], Upos::Verb),
        ] {
            let mut members: Vec<Member> = weights.iter().map(|&weight| verbs(weight)).collect();
            let mut annotation = nouns(text);
            consult(&mut annotation, text, 1.0, &mut members).unwrap();
            assert!(annotation.tokens.iter().all(|token| token.pos == expected));
        }
    }

    #[test]
    fn whoever_fails_is_named_and_nothing_is_changed() {
        let text = "мой стой";
        let mut annotation = nouns(text);
        let error = consult(&mut annotation, text, 1.0, &mut [verbs(9.0)]).unwrap_err();
        assert_eq!(
            (&*error.name, &*error.source.to_string()),
            ("verbs", "the engine refused: no")
        );
        assert_eq!(annotation, nouns(text));
    }

    #[test]
    fn no_sentence_is_lost_between_batches() {
        let (short, long) = (vec!["а"; 700], vec!["а"; 5000]);
        let sentences = [short.clone(), short.clone(), short.clone(), long, short];
        let sizes: Vec<usize> = batches(&sentences).map(<[_]>::len).collect();
        assert_eq!(sizes, [2, 1, 1, 1]);
        assert_eq!(batches(&[]).count(), 0);
    }
}
