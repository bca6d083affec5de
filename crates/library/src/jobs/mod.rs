//! Durable work: a queue of leases in the library's own database.
//!
//! A job is a row. It is enqueued in the transaction of what it serves, claimed by a worker for a while, renewed while it
//! runs, and its result is committed together with its end, in one transaction that only the holder of the lease can
//! commit. A worker may be killed at any moment: its lease runs out and another worker starts the job again, and nothing
//! of the first attempt is visible.
//!
//! [`queue`] puts work in, [`lease`] hands it out, [`worker`] runs it, [`operate`] is what an operator does by hand. Each
//! kind of work has a file of its own.

mod backoff;
mod context;
#[cfg(test)]
mod crash_tests;
mod describe;
mod export;
mod fate;
mod illustrate;
mod ingest;
pub(crate) mod lease;
mod mail;
mod operate;
#[cfg(test)]
mod picture_storm_tests;
#[cfg(test)]
mod pipeline_tests;
mod purge;
pub(crate) mod queue;
mod sizes;
#[cfg(test)]
mod tests;
mod work;
pub mod worker;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::books::Failure;
use crate::ids::{BookId, JobId, PublicationId, UserId};
use crate::storage::StorageError;
use crate::storage::entity::job;

pub(crate) use operate::load;
pub use operate::{JobQuery, cancel, counts, get, list, longest_waits, pause, paused, resume, retry};
pub(crate) use work::{ASKED_PICTURE_PRIORITY, BATCH_PICTURE_PRIORITY, Work};

/// What sort of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// Reads a file into chapters.
    Ingest,
    /// Finds the passages worth a picture, and the people.
    Describe,
    /// Draws one picture.
    Illustrate,
    /// Makes an illustrated EPUB.
    Export,
    /// Sends a letter.
    Mail,
    /// Removes what nobody needs any more.
    Purge,
}

impl JobKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Ingest,
        Self::Describe,
        Self::Illustrate,
        Self::Export,
        Self::Mail,
        Self::Purge,
    ];

    /// The name in rows, on the wire and in metrics.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ingest => "ingest",
            Self::Describe => "describe",
            Self::Illustrate => "illustrate",
            Self::Export => "export",
            Self::Mail => "mail",
            Self::Purge => "purge",
        }
    }
}

/// No kind of job has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not ingest, describe, illustrate, export, mail or purge")]
pub struct UnknownKind(pub String);

impl std::str::FromStr for JobKind {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or_else(|| UnknownKind(name.to_owned()))
    }
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waits for its time or for a worker.
    Queued,
    /// A worker has it.
    Running,
    /// Its result is stored.
    Done,
    /// Given up: a dead letter, until somebody retries it.
    Failed,
    /// Somebody did not want it any more.
    Cancelled,
}

impl JobState {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Queued,
        Self::Running,
        Self::Done,
        Self::Failed,
        Self::Cancelled,
    ];

    /// The name in rows, on the wire and in metrics.
    pub fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Will nothing more happen by itself?
    pub fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }

    fn from_name(name: &str) -> Result<Self, StorageError> {
        Self::ALL
            .into_iter()
            .find(|state| state.name() == name)
            .ok_or_else(|| StorageError::Damaged(format!("job state {name:?}")))
    }
}

/// A piece of durable work.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Which.
    pub id: JobId,
    /// What sort.
    pub kind: JobKind,
    /// How far.
    pub state: JobState,
    /// Done share, in 0..=1.
    pub progress: f64,
    /// What is being done or waited for, in a word.
    pub stage: Option<String>,
    /// What went wrong last, also while a retry is due.
    pub error: Option<Failure>,
    /// The publication it works on.
    pub publication: Option<PublicationId>,
    /// The book through which the one who asked sees that publication.
    pub book: Option<BookId>,
    /// Who asked for it.
    pub user: Option<UserId>,
    /// How often it failed.
    pub failures: u32,
    /// How many workers vanished with it.
    pub abandonments: u32,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When anything of it last changed.
    pub updated_at: DateTime<Utc>,
    /// When it may start, or start again.
    pub run_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
}

impl Job {
    fn from_row(row: job::Model) -> Result<Self, StorageError> {
        Ok(Self {
            id: JobId(row.id),
            kind: row
                .kind
                .parse()
                .map_err(|error: UnknownKind| StorageError::Damaged(error.to_string()))?,
            state: JobState::from_name(&row.state)?,
            progress: row.progress,
            stage: row.stage,
            error: row.error_code.map(|code| Failure {
                code,
                detail: row.error_detail.unwrap_or_default(),
            }),
            publication: row.publication_id.map(PublicationId),
            book: None,
            user: row.user_id.map(UserId),
            failures: u32::try_from(row.failures).unwrap_or(u32::MAX),
            abandonments: u32::try_from(row.abandonments).unwrap_or(u32::MAX),
            created_at: row.created_at,
            updated_at: row.updated_at,
            run_at: row.run_at,
            finished_at: row.finished_at,
        })
    }
}
