//! An engine as a child process.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Description, matches_request};
use crate::{Language, conllu};

/// A running engine. Dropping it ends the process.
pub struct Engine {
    child: Child,
    requests: ChildStdin,
    answers: Receiver<std::io::Result<String>>,
    timeout: Duration,
    last_request: u64,
    description: Description,
}

/// Why an engine gave no usable answer. The built-in analysis stands without it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The program could not be started, or its pipes broke.
    #[error("the engine cannot be reached")]
    Unreachable(#[from] std::io::Error),
    /// It ended.
    #[error("the engine ended without an answer")]
    Ended,
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
    /// Starts a program and asks it what it is.
    ///
    /// # Errors
    /// When it cannot be started or does not introduce itself within the timeout.
    pub fn start(program: &str, arguments: &[&str], timeout: Duration) -> Result<Engine, EngineError> {
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(requests), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(EngineError::Ended);
        };
        let (sender, answers) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines() {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let unknown = Description {
            engine: String::new(),
            model: String::new(),
            version: String::new(),
        };
        let mut engine = Engine {
            child,
            requests,
            answers,
            timeout,
            last_request: 0,
            description: unknown,
        };
        let answer = engine.ask(None, None)?;
        engine.description = answer
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
        let written = answer
            .conllu
            .ok_or_else(|| EngineError::Malformed("it holds no CoNLL-U".into()))?;
        let read = conllu::read(&written).map_err(|error| EngineError::Malformed(error.to_string()))?;
        if !matches_request(sentences, &read) {
            return Err(EngineError::Malformed("its tokens are not ours".into()));
        }
        Ok(read)
    }

    fn ask(
        &mut self,
        lang: Option<&'static str>,
        sents: Option<&[Vec<&str>]>,
    ) -> Result<Answer, EngineError> {
        self.last_request += 1;
        let request = serde_json::to_string(&Request {
            id: self.last_request,
            lang,
            sents,
        })
        .map_err(|error| EngineError::Malformed(error.to_string()))?;
        writeln!(self.requests, "{request}")?;
        self.requests.flush()?;
        loop {
            let line = self
                .answers
                .recv_timeout(self.timeout)
                .map_err(|error| match error {
                    RecvTimeoutError::Timeout => EngineError::TimedOut(self.timeout),
                    RecvTimeoutError::Disconnected => EngineError::Ended,
                })??;
            let answer: Answer =
                serde_json::from_str(&line).map_err(|error| EngineError::Malformed(error.to_string()))?;
            // A late answer to a request that timed out is passed over.
            if answer.id < self.last_request {
                continue;
            }
            return match answer.error {
                Some(refusal) => Err(EngineError::Refused(refusal)),
                None => Ok(answer),
            };
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // It may have ended by itself; either way nothing is left to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const HELLO: &str = r#"read -r line; echo '{"id":1,"engine":"test","model":"none","version":"1"}'"#;

    fn engine(then: &str) -> Result<Engine, EngineError> {
        Engine::start("sh", &["-c", &format!("{HELLO}; {then}")], Duration::from_secs(5))
    }

    #[test]
    fn an_engine_introduces_itself_and_annotates_our_tokens() {
        let answer = r#"{"id":2,"conllu":"1\tДа\tда\tPART\t_\t_\t0\troot\t_\t_\n\n"}"#;
        let mut engine = engine(&format!("read -r line; printf '%s\\n' '{answer}'")).unwrap();
        assert_eq!(engine.description().engine, "test");
        let sentences = engine.annotate(Language::Russian, &[vec!["Да"]]).unwrap();
        assert_eq!(sentences[0].words[0].upos, "PART");
    }

    #[test]
    fn foreign_tokens_are_refused() {
        let answer = r#"{"id":2,"conllu":"1\tНет\tнет\tPART\t_\t_\t0\troot\t_\t_\n\n"}"#;
        let mut engine = engine(&format!("read -r line; printf '%s\\n' '{answer}'")).unwrap();
        let error = engine.annotate(Language::Russian, &[vec!["Да"]]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the engine's answer is not understood: its tokens are not ours"
        );
    }

    #[test]
    fn what_goes_wrong_is_told_apart() {
        let mut refusing = engine(r#"read -r l; echo '{"id":2,"error":"no such model"}'"#).unwrap();
        let error = refusing.annotate(Language::English, &[]).unwrap_err();
        assert_eq!(error.to_string(), "the engine refused: no such model");

        let mut ending = engine("true").unwrap();
        let error = ending.annotate(Language::English, &[]).unwrap_err();
        assert!(
            matches!(error, EngineError::Ended | EngineError::Unreachable(_)),
            "{error}"
        );

        let late = Engine::start("sh", &["-c", "sleep 5"], Duration::from_millis(50))
            .err()
            .unwrap();
        assert!(matches!(late, EngineError::TimedOut(_)));
        let absent = Engine::start("/nonexistent", &[], Duration::from_secs(1))
            .err()
            .unwrap();
        assert!(matches!(absent, EngineError::Unreachable(_)));
    }
}
