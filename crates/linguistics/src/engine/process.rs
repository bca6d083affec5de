//! An engine as a child process that reads and writes lines.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::{EngineError, LONGEST_ANSWER, Transport};

/// What is kept of the last line on standard error, in characters.
const LONGEST_REMARK: usize = 500;

/// A running program. Dropping it ends it.
pub struct Process {
    child: Child,
    requests: Sender<String>,
    answers: Receiver<Result<String, EngineError>>,
    remark: Arc<Mutex<String>>,
    remarks: Option<JoinHandle<()>>,
    timeout: Duration,
}

impl Process {
    /// Starts a program; each of its answers must come within the timeout.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(program: &str, arguments: &[&str], timeout: Duration) -> Result<Process, EngineError> {
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(mut input), Some(output), Some(errors)) = pipes else {
            return Err(EngineError::Ended(String::new()));
        };
        let (requests, to_send) = channel::<String>();
        // A program that does not read would block whoever writes to it, beyond every timeout.
        std::thread::spawn(move || {
            for request in to_send {
                if input.write_all(request.as_bytes()).is_err() || input.flush().is_err() {
                    break;
                }
            }
        });
        let (sender, answers) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(line) = answer_line(&mut output) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let remark = Arc::new(Mutex::new(String::new()));
        let remarks = std::thread::spawn({
            let remark = Arc::clone(&remark);
            move || keep_last_line(BufReader::new(errors), &remark)
        });
        Ok(Process {
            child,
            requests,
            answers,
            remark,
            remarks: Some(remarks),
            timeout,
        })
    }

    /// Why there is no answer and will be none.
    fn ended(&mut self) -> EngineError {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(remarks) = self.remarks.take() {
            // A grandchild may hold the pipe open; what was said so far is enough then.
            for _ in 0..20 {
                if remarks.is_finished() {
                    break;
                }
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        let remark = self.remark.lock().unwrap_or_else(PoisonError::into_inner);
        EngineError::Ended(remark.clone())
    }
}

impl Transport for Process {
    fn send(&mut self, request: &str) -> Result<(), EngineError> {
        self.requests
            .send(format!("{request}\n"))
            .map_err(|_| self.ended())
    }

    fn receive(&mut self) -> Result<String, EngineError> {
        match self.answers.recv_timeout(self.timeout) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => Err(EngineError::TimedOut(self.timeout)),
            Err(RecvTimeoutError::Disconnected) => Err(self.ended()),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself; either way nothing is left to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The next line, or `None` at the end.
fn answer_line(output: &mut impl BufRead) -> Option<Result<String, EngineError>> {
    let mut line = Vec::new();
    match output.take(LONGEST_ANSWER).read_until(b'\n', &mut line) {
        Ok(0) => None,
        Ok(length) if length as u64 == LONGEST_ANSWER => Some(Err(EngineError::Malformed(format!(
            "it is longer than {LONGEST_ANSWER} bytes"
        )))),
        Ok(_) => Some(String::from_utf8(line).map_err(|_| EngineError::Malformed("it is not UTF-8".into()))),
        Err(error) => Some(Err(error.into())),
    }
}

fn keep_last_line(mut errors: impl BufRead, remark: &Mutex<String>) {
    let mut line = Vec::new();
    loop {
        line.clear();
        match errors
            .by_ref()
            .take(4 * LONGEST_REMARK as u64)
            .read_until(b'\n', &mut line)
        {
            Ok(0) | Err(_) => break,
            Ok(_) => {}
        }
        let line = String::from_utf8_lossy(&line);
        if !line.trim().is_empty() {
            *remark.lock().unwrap_or_else(PoisonError::into_inner) =
                line.trim().chars().take(LONGEST_REMARK).collect();
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::Engine;
    use super::*;
    use crate::Language;

    const HELLO: &str = r#"read -r line; echo '{"id":1,"engine":"test","model":"none","version":"1"}'"#;

    fn shell(script: &str, timeout: Duration) -> Result<Engine, EngineError> {
        Engine::meet(Box::new(Process::start("sh", &["-c", script], timeout)?))
    }

    fn engine(then: &str) -> Engine {
        shell(&format!("{HELLO}; {then}"), Duration::from_secs(5)).expect("a shell can be started")
    }

    #[test]
    fn requests_and_answers_are_lines() {
        let answer = r#"{"id":2,"conllu":"1\tДа\tда\tPART\t_\t_\t0\troot\t_\t_\n\n"}"#;
        let mut engine = engine(&format!("read -r line; printf '%s\\n' '{answer}'"));
        assert_eq!(engine.description().engine, "test");
        let sentences = engine.annotate(Language::Russian, &[vec!["Да"]]).unwrap();
        assert_eq!(sentences[0].words[0].upos, "PART");
    }

    #[test]
    fn an_engine_that_dies_leaves_its_last_words() {
        let mut ending = engine("read -r line; echo first >&2; echo 'no module named spacy' >&2; exit 1");
        let error = ending.annotate(Language::English, &[]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the engine ended without an answer: no module named spacy"
        );
    }

    #[test]
    fn an_engine_may_be_late_or_absent() {
        let late = shell("sleep 5", Duration::from_millis(50)).err().unwrap();
        assert!(matches!(late, EngineError::TimedOut(_)));
        let absent = Process::start("/nonexistent", &[], Duration::from_secs(1))
            .err()
            .unwrap();
        assert!(matches!(absent, EngineError::Unreachable(_)));
    }

    #[test]
    fn an_engine_that_does_not_read_is_late_too() {
        let script = format!("{HELLO}; sleep 30");
        let mut deaf = shell(&script, Duration::from_secs(3)).unwrap();
        let words = vec!["слово"; 100_000];
        let error = deaf.annotate(Language::Russian, &[words]).unwrap_err();
        assert!(matches!(error, EngineError::TimedOut(_)), "{error}");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let mut binary = engine(r"read -r line; printf '\377\376\n'");
        let error = binary.annotate(Language::Russian, &[]).unwrap_err();
        assert!(error.to_string().ends_with("it is not UTF-8"), "{error}");
    }
}
