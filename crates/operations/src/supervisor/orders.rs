//! What may be asked of a supervisor, and how.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Ending, Event, Lock};

/// Put this release in the place of the one that serves.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeployOrder {
    /// A program, or a folder with one.
    pub source: PathBuf,
    /// How long to watch it closely, with the one before warm.
    pub bake_seconds: u32,
    /// How long it may take to be ready.
    pub ready_seconds: u64,
    /// For people: who ordered it, from where.
    pub holder: String,
}

/// Go back to the version before.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RollbackOrder {
    /// For the log: why.
    pub reason: String,
    /// For people: who ordered it, from where.
    pub holder: String,
}

/// What a generation is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Takes the connections.
    Serving,
    /// Can take them again within milliseconds.
    Previous,
    /// Is not ready yet.
    Starting,
    /// Finishes what it has.
    Retiring,
}

/// A generation as it is now.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Process {
    /// What it is there for.
    pub role: Role,
    /// Its number.
    pub generation: u64,
    /// Its release.
    pub release: String,
    /// When it was begun.
    pub since: DateTime<Utc>,
    /// Absent when it has no process.
    pub live: Option<Live>,
}

/// What a living generation says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Live {
    /// Its process.
    pub pid: u32,
    /// The version it was built as.
    pub version: String,
    /// Can it do its work?
    pub ready: bool,
    /// Does it take connections?
    pub open: bool,
    /// Connections that are open now.
    pub connections: usize,
    /// Answers so far.
    pub requests: u64,
    /// Answers of 5xx so far.
    pub server_errors: u64,
}

/// Everything that runs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Overview {
    /// The address that is open.
    pub address: String,
    /// Who is changing versions.
    pub lock: Option<Lock>,
    /// Until when the new version is watched closely.
    pub bake_until: Option<DateTime<Utc>>,
    /// The generations.
    pub processes: Vec<Process>,
}

/// Why an order was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    /// Nobody took it.
    #[error("no supervisor answers at {}: start it with `bookreader up`", .control.display())]
    NoSupervisor {
        /// Where it would be.
        control: PathBuf,
        /// What happened.
        source: reqwest::Error,
    },
    /// Nobody knows how it ended.
    #[error("the supervisor left before the order was carried out: `bookreader ps` shows what serves")]
    CutOff,
}

/// Gives orders to the supervisor of a data folder.
#[derive(Debug)]
pub struct Orders {
    control: PathBuf,
    http: reqwest::Client,
}

impl Orders {
    /// To the supervisor whose socket this is.
    ///
    /// # Errors
    /// When no client can be made on this machine.
    pub fn new(control: &Path) -> reqwest::Result<Self> {
        Ok(Self {
            control: control.to_owned(),
            http: reqwest::Client::builder().unix_socket(control).build()?,
        })
    }

    fn no_supervisor(&self) -> impl FnOnce(reqwest::Error) -> OrderError {
        let control = self.control.clone();
        move |source| OrderError::NoSupervisor { control, source }
    }

    /// What runs.
    ///
    /// # Errors
    /// When no supervisor answers.
    pub async fn overview(&self) -> Result<Overview, OrderError> {
        let answer = self.http.get("http://supervisor/overview").send().await;
        let answer = answer.map_err(self.no_supervisor())?;
        answer.json().await.map_err(self.no_supervisor())
    }

    /// Orders a deployment; `hear` gets every event but the last.
    ///
    /// # Errors
    /// When no supervisor answers, or it dies meanwhile.
    pub async fn deploy(
        &self,
        order: &DeployOrder,
        hear: impl FnMut(Event),
    ) -> Result<(Ending, String), OrderError> {
        self.order("deploy", order, hear).await
    }

    /// Orders the way back; `hear` gets every event but the last.
    ///
    /// # Errors
    /// When no supervisor answers, or it dies meanwhile.
    pub async fn roll_back(
        &self,
        order: &RollbackOrder,
        hear: impl FnMut(Event),
    ) -> Result<(Ending, String), OrderError> {
        self.order("rollback", order, hear).await
    }

    async fn order(
        &self,
        verb: &str,
        order: &impl Serialize,
        mut hear: impl FnMut(Event),
    ) -> Result<(Ending, String), OrderError> {
        let request = self.http.post(format!("http://supervisor/{verb}")).json(order);
        let mut answer = request.send().await.map_err(self.no_supervisor())?;
        let mut unread = Vec::new();
        while let Ok(Some(chunk)) = answer.chunk().await {
            unread.extend_from_slice(&chunk);
            while let Some(end) = unread.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = unread.drain(..=end).collect();
                match serde_json::from_slice(&line) {
                    Ok(Event::Ended { ending, text }) => return Ok((ending, text)),
                    Ok(event) => hear(event),
                    Err(error) => tracing::warn!(%error, "the supervisor said something unknown"),
                }
            }
        }
        Err(OrderError::CutOff)
    }
}
