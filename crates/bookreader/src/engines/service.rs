//! An engine as an HTTP service: each request is the body of a POST, its answer the body that comes back.

use std::io;
use std::time::Duration;

use linguistics::engine::{EngineError, LONGEST_ANSWER, Transport};
use reqwest::{Client, redirect};
use tokio::runtime::Runtime;
use url::Url;

/// A service that is asked from a thread of its own making: not for use inside an asynchronous runtime.
pub(crate) struct Service {
    runtime: Runtime,
    client: Client,
    url: Url,
    timeout: Duration,
    answer: Option<String>,
}

impl Service {
    pub(crate) fn new(url: Url, timeout: Duration) -> Result<Service, EngineError> {
        // An address the operator names, mostly on this machine: no proxy is between, and it does not move.
        let client = Client::builder()
            .timeout(timeout)
            .no_proxy()
            .redirect(redirect::Policy::none())
            .build()
            .map_err(io::Error::other)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        Ok(Service {
            runtime,
            client,
            url,
            timeout,
            answer: None,
        })
    }
}

impl Transport for Service {
    fn send(&mut self, request: &str) -> Result<(), EngineError> {
        let post = self
            .client
            .post(self.url.clone())
            .header(reqwest::header::CONTENT_TYPE, "application/json")
            .body(request.to_owned());
        self.answer = Some(self.runtime.block_on(exchange(post, self.timeout))?);
        Ok(())
    }

    fn receive(&mut self) -> Result<String, EngineError> {
        self.answer
            .take()
            .ok_or_else(|| EngineError::Malformed("it answers what was not asked".into()))
    }
}

async fn exchange(post: reqwest::RequestBuilder, timeout: Duration) -> Result<String, EngineError> {
    let failed = |error: reqwest::Error| {
        if error.is_timeout() {
            EngineError::TimedOut(timeout)
        } else if error.is_connect() {
            EngineError::Unreachable(io::Error::other(error))
        } else {
            EngineError::Ended(error.without_url().to_string())
        }
    };
    let mut response = post.send().await.map_err(failed)?;
    let status = response.status();
    if !status.is_success() {
        return Err(EngineError::Malformed(format!("HTTP status {status}")));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if (body.len() + chunk.len()) as u64 > LONGEST_ANSWER {
            return Err(EngineError::Malformed(format!(
                "it is longer than {LONGEST_ANSWER} bytes"
            )));
        }
        body.extend_from_slice(&chunk);
    }
    String::from_utf8(body).map_err(|_| EngineError::Malformed("it is not UTF-8".into()))
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpListener;

    use linguistics::Language;
    use linguistics::engine::Engine;

    use super::*;

    /// A service that answers each request with the next of these: a status line's end and a body. `None` is silence.
    fn service(answers: Vec<Option<(&'static str, String)>>) -> Url {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let mut request = BufReader::new(stream.try_clone().unwrap());
                let mut length = 0;
                loop {
                    let mut line = String::new();
                    request.read_line(&mut line).unwrap();
                    if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                        length = value.trim().parse().unwrap();
                    }
                    if line.trim().is_empty() {
                        break;
                    }
                }
                request.read_exact(&mut vec![0; length]).unwrap();
                match answer {
                    Some((status, body)) => write!(
                        stream,
                        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                        body.len()
                    )
                    .unwrap(),
                    None => std::thread::sleep(Duration::from_secs(1)),
                }
            }
        });
        url.parse().unwrap()
    }

    fn hello() -> Option<(&'static str, String)> {
        let body = r#"{"id":1,"engine":"stanza","model":"ru","version":"1"}"#;
        Some(("200 OK", body.to_owned()))
    }

    fn meet(url: Url) -> Result<Engine, EngineError> {
        meet_within(url, Duration::from_secs(30))
    }

    fn meet_within(url: Url, timeout: Duration) -> Result<Engine, EngineError> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        Engine::meet(Box::new(Service::new(url, timeout)?))
    }

    #[test]
    fn a_service_annotates_our_tokens() {
        let answer = r#"{"id":2,"conllu":"1\tДа\tда\tPART\t_\t_\t0\troot\t_\t_\n\n"}"#;
        let mut engine = meet(service(vec![hello(), Some(("200 OK", answer.to_owned()))])).unwrap();
        assert_eq!(engine.description().engine, "stanza");
        let sentences = engine.annotate(Language::Russian, &[vec!["Да"]]).unwrap();
        assert_eq!(sentences[0].words[0].upos, "PART");
    }

    #[test]
    fn a_service_may_fail_be_late_or_be_absent() {
        let failing = meet(service(vec![Some(("500 Internal Server Error", String::new()))]));
        let error = failing.err().unwrap().to_string();
        assert!(
            error.ends_with("HTTP status 500 Internal Server Error"),
            "{error}"
        );
        let late = meet_within(service(vec![None]), Duration::from_millis(200))
            .err()
            .unwrap();
        assert!(matches!(late, EngineError::TimedOut(_)), "{late}");
        // A port that was just given back: nobody listens.
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let absent = meet(format!("http://{free}/").parse().unwrap()).err().unwrap();
        assert!(matches!(absent, EngineError::Unreachable(_)), "{absent}");
        let strange = meet(service(vec![Some(("200 OK", "<html>".to_owned()))]));
        assert!(matches!(strange.err().unwrap(), EngineError::Malformed(_)));
    }
}
