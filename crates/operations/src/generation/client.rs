//! The supervisor's side: questions and orders.

use std::time::Duration;

use reqwest::Method;

use super::{Counts, Place, Status};

/// A generation answers at once unless it is in trouble.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a generation is taken for unwell.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// It did not answer.
    #[error("the generation does not answer")]
    Silent(#[from] reqwest::Error),
    /// It answered that it will not.
    #[error("the generation answers {status}: {text}")]
    Refused {
        /// The status code.
        status: u16,
        /// What it said.
        text: String,
    },
}

/// Speaks to one generation.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
}

impl Client {
    /// Of the generation at `place`.
    ///
    /// # Errors
    /// When no client can be made on this machine.
    pub fn new(place: &Place) -> Result<Self, NoAnswer> {
        let http = reqwest::Client::builder()
            .unix_socket(place.http())
            .redirect(reqwest::redirect::Policy::none())
            // A generation that was replaced has a socket of its own: nothing to keep alive.
            .pool_max_idle_per_host(0)
            .timeout(PATIENCE)
            .build()?;
        Ok(Self { http })
    }

    async fn ask(&self, method: Method, path: &str) -> Result<reqwest::Response, NoAnswer> {
        let address = format!("http://generation{path}");
        let answer = self.http.request(method, address).send().await?;
        let status = answer.status();
        if status.is_success() {
            return Ok(answer);
        }
        Err(NoAnswer::Refused {
            status: status.as_u16(),
            text: answer.text().await.unwrap_or_default(),
        })
    }

    /// What it says of itself.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn status(&self) -> Result<Status, NoAnswer> {
        Ok(self.ask(Method::GET, "/generation").await?.json().await?)
    }

    /// Can it do its work?
    ///
    /// # Errors
    /// When it cannot, with what it says about that.
    pub async fn ready(&self) -> Result<(), NoAnswer> {
        self.ask(Method::GET, "/ready").await.map(drop)
    }

    /// What it has answered so far.
    ///
    /// # Errors
    /// When it does not say.
    pub async fn counts(&self) -> Result<Counts, NoAnswer> {
        let text = self.ask(Method::GET, "/metrics").await?.text().await?;
        Ok(Counts::from_exposition(&text))
    }

    /// Take connections.
    ///
    /// # Errors
    /// When it does not obey.
    pub async fn open(&self) -> Result<(), NoAnswer> {
        self.ask(Method::POST, "/generation/open").await.map(drop)
    }

    /// Leave new connections to others.
    ///
    /// # Errors
    /// When it does not obey.
    pub async fn close(&self) -> Result<(), NoAnswer> {
        self.ask(Method::POST, "/generation/close").await.map(drop)
    }

    /// Stop.
    ///
    /// # Errors
    /// When it does not obey.
    pub async fn stop(&self) -> Result<(), NoAnswer> {
        self.ask(Method::POST, "/generation/stop").await.map(drop)
    }
}
