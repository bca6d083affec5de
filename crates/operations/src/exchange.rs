//! One request, one answer, and words for everything that may be wrong with it.

use reqwest::{Method, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use crate::Outcome;

/// An answer larger than this is not the answer of our API.
const LARGEST_ANSWER: usize = 4 << 20;

/// Talks to the service under test.
pub(crate) struct Exchange<'a> {
    client: &'a reqwest::Client,
    target: &'a Url,
}

impl<'a> Exchange<'a> {
    pub(crate) fn new(client: &'a reqwest::Client, target: &'a Url) -> Self {
        Self { client, target }
    }

    /// Sends a request and gives status and body.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        bearer: Option<&str>,
        body: Option<&Value>,
    ) -> Result<Answer, Trouble> {
        let address = format!("{}{path}", self.target.as_str().trim_end_matches('/'));
        let mut request = self.client.request(method.clone(), &address);
        if let Some(token) = bearer {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let what = format!("{method} {path}");
        let mut response = request.send().await.map_err(|error| no_answer(&what, &error))?;
        let status = response.status();
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| no_answer(&what, &error))? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > LARGEST_ANSWER {
                return Err(Trouble::fail(
                    format!("{what} answers more than 4 MiB"),
                    "look at what listens there",
                ));
            }
        }
        Ok(Answer { what, status, bytes })
    }
}

fn no_answer(what: &str, error: &reqwest::Error) -> Trouble {
    let mut reason = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        reason = format!("{reason}: {cause}");
        source = cause.source();
    }
    if reason.contains("dns error") {
        return Trouble::cannot_tell(
            format!("{what}: {reason}"),
            "the name does not resolve from here: check the address and this machine's resolver",
        );
    }
    Trouble::fail(
        format!("{what}: {reason}"),
        "check that the service runs and listens on this address",
    )
}

/// A status and a body.
pub(crate) struct Answer {
    what: String,
    pub(crate) status: StatusCode,
    bytes: Vec<u8>,
}

impl Answer {
    /// The body as `T` when the status is `wanted`.
    pub(crate) fn json<T: DeserializeOwned>(&self, wanted: StatusCode) -> Result<T, Trouble> {
        self.expect(wanted)?;
        serde_json::from_slice(&self.bytes).map_err(|error| {
            Trouble::fail(
                format!(
                    "{} answers {} with an unexpected body: {error}",
                    self.what,
                    self.status.as_u16()
                ),
                "compare the body with /api/v1/openapi.json",
            )
        })
    }

    /// Fails unless the status is `wanted`; being limited is a doubt, not a failure.
    pub(crate) fn expect(&self, wanted: StatusCode) -> Result<(), Trouble> {
        if self.status == wanted {
            return Ok(());
        }
        let evidence = format!(
            "{} answers {} instead of {}: {}",
            self.what,
            self.status.as_u16(),
            wanted.as_u16(),
            self.summary()
        );
        if self.status == StatusCode::TOO_MANY_REQUESTS {
            return Err(Trouble::cannot_tell(
                evidence,
                "wait as long as Retry-After says, then try again",
            ));
        }
        Err(Trouble::fail(
            evidence,
            "look up the request id in the service's log",
        ))
    }

    /// The machine-readable `code` of a problem+json body.
    pub(crate) fn problem_code(&self) -> Option<String> {
        let body: Value = serde_json::from_slice(&self.bytes).ok()?;
        Some(body.get("code")?.as_str()?.to_owned())
    }

    /// The first 200 characters of the body, in one line.
    fn summary(&self) -> String {
        String::from_utf8_lossy(&self.bytes)
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .take(200)
            .collect()
    }
}

/// Why what was asked for did not come.
#[derive(Debug)]
pub(crate) struct Trouble {
    pub(crate) outcome: Outcome,
    pub(crate) evidence: String,
    pub(crate) fix: &'static str,
}

impl Trouble {
    /// The service is wrong.
    pub(crate) fn fail(evidence: String, fix: &'static str) -> Self {
        Self {
            outcome: Outcome::Fail,
            evidence,
            fix,
        }
    }

    /// Nothing is known of it.
    pub(crate) fn cannot_tell(evidence: String, fix: &'static str) -> Self {
        Self {
            outcome: Outcome::CannotTell,
            evidence,
            fix,
        }
    }
}
