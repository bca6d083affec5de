//! What is asked of an engine and what it may answer, whatever carries the words.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{Language, conllu};

/// The longest answer that is read, in bytes.
pub const LONGEST_ANSWER: u64 = 64 << 20;

/// What carries requests to an engine and its answers back.
pub trait Transport: Send {
    /// Sends a request: a JSON object on one line.
    ///
    /// # Errors
    /// When the engine cannot be reached.
    fn send(&mut self, request: &str) -> Result<(), EngineError>;

    /// The next answer, which may belong to an earlier request that was given up.
    ///
    /// # Errors
    /// When there is none in time, or none will come.
    fn receive(&mut self) -> Result<String, EngineError>;
}

/// A running engine.
pub struct Engine {
    transport: Box<dyn Transport>,
    last_request: u64,
    description: Description,
}

/// What an engine says of itself: part of the key under which its results are kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Description {
    /// `spacy`, `stanza`.
    pub engine: String,
    /// The model, `ru_core_news_lg`.
    pub model: String,
    /// Version of the model or the engine.
    pub version: String,
}

/// Why an engine gave no usable answer. The built-in analysis stands without it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The program could not be started, or the service not be reached.
    #[error("the engine cannot be reached")]
    Unreachable(#[from] std::io::Error),
    /// It ended; the last it wrote to its standard error.
    #[error("the engine ended without an answer{}", if .0.is_empty() { String::new() } else { format!(": {}", .0) })]
    Ended(String),
    /// It did not answer in time.
    #[error("the engine did not answer within {0:?}")]
    TimedOut(Duration),
    /// It said that it cannot.
    #[error("the engine refused: {0}")]
    Refused(String),
    /// Its answer is not what the protocol says.
    #[error("the engine's answer is not understood: {0}")]
    Malformed(String),
}

#[derive(Serialize)]
struct Request<'a> {
    id: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sents: Option<&'a [Vec<&'a str>]>,
}

#[derive(Deserialize)]
struct Answer {
    id: u64,
    error: Option<String>,
    conllu: Option<String>,
    #[serde(flatten)]
    description: Option<Description>,
}

impl Engine {
    /// Asks what is at the other end of a transport what it is.
    ///
    /// # Errors
    /// When it does not introduce itself.
    pub fn meet(transport: Box<dyn Transport>) -> Result<Engine, EngineError> {
        let mut engine = Engine {
            transport,
            last_request: 0,
            description: Description {
                engine: String::new(),
                model: String::new(),
                version: String::new(),
            },
        };
        engine.description = engine
            .ask(None, None)?
            .description
            .ok_or_else(|| EngineError::Malformed("it does not introduce itself".into()))?;
        Ok(engine)
    }

    /// What it said of itself.
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// Annotates sentences of our tokens.
    ///
    /// # Errors
    /// When it fails, is late, or answers about other tokens.
    pub fn annotate(
        &mut self,
        language: Language,
        sentences: &[Vec<&str>],
    ) -> Result<Vec<conllu::Sentence>, EngineError> {
        let answer = self.ask(Some(language.tag()), Some(sentences))?;
        let malformed = |reason: &str| EngineError::Malformed(reason.to_owned());
        let written = answer.conllu.ok_or_else(|| malformed("it holds no CoNLL-U"))?;
        let read = conllu::read(&written).map_err(|error| EngineError::Malformed(error.to_string()))?;
        if !has_our_tokens(sentences, &read) {
            return Err(malformed("its tokens are not ours"));
        }
        if !has_heads_inside(&read) {
            return Err(malformed("a head is not in its sentence"));
        }
        Ok(read)
    }

    fn ask(
        &mut self,
        lang: Option<&'static str>,
        sents: Option<&[Vec<&str>]>,
    ) -> Result<Answer, EngineError> {
        self.last_request += 1;
        let request = Request {
            id: self.last_request,
            lang,
            sents,
        };
        let malformed = |error: serde_json::Error| EngineError::Malformed(error.to_string());
        self.transport
            .send(&serde_json::to_string(&request).map_err(malformed)?)?;
        loop {
            let answer: Answer = serde_json::from_str(&self.transport.receive()?).map_err(malformed)?;
            // A late answer to a request that timed out is passed over.
            if answer.id < self.last_request {
                continue;
            }
            if answer.id > self.last_request {
                return Err(EngineError::Malformed("it answers what was not asked".into()));
            }
            return match answer.error {
                Some(refusal) => Err(EngineError::Refused(refusal)),
                None => Ok(answer),
            };
        }
    }
}

fn has_our_tokens(sentences: &[Vec<&str>], answer: &[conllu::Sentence]) -> bool {
    let same = |(sent, back): (&Vec<&str>, &conllu::Sentence)| {
        sent.iter()
            .copied()
            .eq(back.words.iter().map(|word| word.form.as_str()))
    };
    sentences.len() == answer.len() && sentences.iter().zip(answer).all(same)
}

fn has_heads_inside(answer: &[conllu::Sentence]) -> bool {
    let inside = |sentence: &conllu::Sentence| {
        let mut heads = sentence.words.iter().filter_map(|word| word.head);
        heads.all(|head| head as usize <= sentence.words.len())
    };
    answer.iter().all(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers by rote.
    struct Recited(Vec<String>);

    impl Transport for Recited {
        fn send(&mut self, _: &str) -> Result<(), EngineError> {
            Ok(())
        }

        fn receive(&mut self) -> Result<String, EngineError> {
            if self.0.is_empty() {
                return Err(EngineError::Ended(String::new()));
            }
            Ok(self.0.remove(0))
        }
    }

    const HELLO: &str = r#"{"id":1,"engine":"test","model":"none","version":"1"}"#;

    fn annotated(answers: &[&str]) -> Result<Vec<conllu::Sentence>, EngineError> {
        let recited = [HELLO].iter().chain(answers).map(|one| (*one).to_owned());
        let mut engine = Engine::meet(Box::new(Recited(recited.collect())))?;
        assert_eq!(engine.description().engine, "test");
        engine.annotate(Language::Russian, &[vec!["Да"]])
    }

    #[test]
    fn an_engine_introduces_itself_and_annotates_our_tokens() {
        let answer = r#"{"id":2,"conllu":"1\tДа\tда\tPART\t_\t_\t0\troot\t_\t_\n\n"}"#;
        assert_eq!(annotated(&[answer]).unwrap()[0].words[0].upos, "PART");
        // An answer that comes after its time is passed over.
        assert!(annotated(&[HELLO, answer]).is_ok());
    }

    #[test]
    fn what_is_wrong_with_an_answer_is_said() {
        let cases = [
            (
                r#"{"id":2,"conllu":"1\tНет\tнет\tPART\t_\t_\t0\troot\t_\t_\n\n"}"#,
                "the engine's answer is not understood: its tokens are not ours",
            ),
            (
                r#"{"id":2,"conllu":"1\tДа\tда\tPART\t_\t_\t7\troot\t_\t_\n\n"}"#,
                "the engine's answer is not understood: a head is not in its sentence",
            ),
            (
                r#"{"id":2,"conllu":"Да"}"#,
                "the engine's answer is not understood: line 1 is not CoNLL-U",
            ),
            (
                r#"{"id":2}"#,
                "the engine's answer is not understood: it holds no CoNLL-U",
            ),
            (
                r#"{"id":9}"#,
                "the engine's answer is not understood: it answers what was not asked",
            ),
            ("да", "the engine's answer is not understood: expected value"),
            (
                r#"{"id":2,"error":"no such model"}"#,
                "the engine refused: no such model",
            ),
        ];
        for (answer, expected) in cases {
            let error = annotated(&[answer]).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
        assert_eq!(
            annotated(&[]).unwrap_err().to_string(),
            "the engine ended without an answer"
        );
    }

    #[test]
    fn who_does_not_introduce_itself_is_no_engine() {
        let stranger = Recited(vec![r#"{"id":1}"#.to_owned()]);
        assert!(matches!(
            Engine::meet(Box::new(stranger)),
            Err(EngineError::Malformed(_))
        ));
    }
}
