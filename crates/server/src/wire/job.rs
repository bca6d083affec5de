//! Long work and its progress.

use chrono::{DateTime, Utc};
use library::jobs;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Book;
use super::book::Failure;

/// A piece of work that outlives its request.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Job {
    pub(crate) id: Uuid,
    pub(crate) kind: JobKind,
    pub(crate) state: JobState,
    /// Done share.
    #[schema(minimum = 0.0, maximum = 1.0)]
    pub(crate) progress: f64,
    /// What is being done or waited for, in a word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) stage: Option<String>,
    /// What went wrong last, also while a retry is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<Failure>,
    /// The book it works on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) book_id: Option<Uuid>,
    pub(crate) created_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) finished_at: Option<DateTime<Utc>>,
}

/// What sort of work.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum JobKind {
    Ingest,
    Describe,
    Illustrate,
    Export,
    Mail,
    Purge,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum JobState {
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// Work that has begun.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Started {
    pub(crate) job: Job,
}

/// A book and the work on it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BookProgress {
    pub(crate) book: Book,
    /// Live ones and the latest that ended.
    pub(crate) jobs: Vec<Job>,
}

impl From<jobs::Job> for Job {
    fn from(job: jobs::Job) -> Self {
        Self {
            id: job.id.0,
            kind: job.kind.into(),
            state: job.state.into(),
            progress: job.progress,
            stage: job.stage,
            error: job.error.map(Into::into),
            book_id: job.book.map(|book| book.0),
            created_at: job.created_at,
            finished_at: job.finished_at,
        }
    }
}

impl From<jobs::JobKind> for JobKind {
    fn from(kind: jobs::JobKind) -> Self {
        match kind {
            jobs::JobKind::Ingest => Self::Ingest,
            jobs::JobKind::Describe => Self::Describe,
            jobs::JobKind::Illustrate => Self::Illustrate,
            jobs::JobKind::Export => Self::Export,
            jobs::JobKind::Mail => Self::Mail,
            jobs::JobKind::Purge => Self::Purge,
        }
    }
}

impl From<jobs::JobState> for JobState {
    fn from(state: jobs::JobState) -> Self {
        match state {
            jobs::JobState::Queued => Self::Queued,
            jobs::JobState::Running => Self::Running,
            jobs::JobState::Done => Self::Done,
            jobs::JobState::Failed => Self::Failed,
            jobs::JobState::Cancelled => Self::Cancelled,
        }
    }
}
