//! What a running job has in hand.

use sea_orm::{DatabaseTransaction, DbErr};
use tokio::sync::watch;

use crate::Library;
use crate::ids::UserId;
use crate::jobs::lease::{self, Lease};
use crate::storage::StorageError;

/// Proof that a job's result was committed together with its end.
#[derive(Debug)]
#[must_use]
pub(crate) struct Finished(());

/// Why a job did not finish.
#[derive(Debug)]
pub(crate) enum JobError {
    /// Worth another try, later.
    Retry {
        code: &'static str,
        error: anyhow::Error,
    },
    /// Not worth another try. `detail` is shown to the reader.
    GiveUp { code: String, detail: String },
    /// Something outside must change first, which is looked for every `seconds`.
    Wait {
        code: &'static str,
        detail: String,
        seconds: i64,
    },
    /// The lease was lost: somebody else has the job, and nothing of this attempt was stored.
    LeaseLost,
}

impl From<StorageError> for JobError {
    fn from(error: StorageError) -> Self {
        Self::Retry {
            code: "storage",
            error: error.into(),
        }
    }
}

impl From<DbErr> for JobError {
    fn from(error: DbErr) -> Self {
        StorageError::from(error).into()
    }
}

impl From<serde_json::Error> for JobError {
    fn from(error: serde_json::Error) -> Self {
        StorageError::from(error).into()
    }
}

/// How far a job is: written by the job, read by its keeper.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Progress {
    pub(crate) fraction: f64,
    pub(crate) stage: &'static str,
}

/// Says how far a job is; cheap, from any thread.
#[derive(Clone)]
pub(crate) struct Reporter(watch::Sender<Progress>);

impl Reporter {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(Progress::default()))
    }

    pub(crate) fn subscribe(&self) -> watch::Receiver<Progress> {
        self.0.subscribe()
    }

    /// `fraction` of the whole job in 0..=1; `stage` says in a word what is being done.
    pub(crate) fn at(&self, fraction: f64, stage: &'static str) {
        self.0.send_replace(Progress { fraction, stage });
    }
}

/// A running job: its lease, the library, and where to say how far it is.
pub(crate) struct JobContext {
    pub(crate) library: Library,
    pub(crate) lease: Lease,
    pub(crate) reporter: Reporter,
}

impl JobContext {
    /// Which job it is.
    pub(crate) fn job(&self) -> uuid::Uuid {
        self.lease.row.id
    }

    /// Who asked for the job.
    pub(crate) fn user(&self) -> Option<UserId> {
        self.lease.row.user_id.map(UserId)
    }

    /// Runs a computation on a blocking thread, when one of the places for computations is free.
    pub(crate) async fn compute<T: Send + 'static>(
        &self,
        computation: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, JobError> {
        Ok(self.library.compute(computation).await?)
    }

    /// Takes the lock of the job's row in the transaction that will hold its result.
    pub(crate) async fn hold(&self, transaction: &DatabaseTransaction) -> Result<(), JobError> {
        if lease::hold(transaction, &self.lease).await? {
            Ok(())
        } else {
            Err(JobError::LeaseLost)
        }
    }

    /// Commits the result and the job's end as one, when the lease is still held; else rolls back.
    pub(crate) async fn finish(&self, transaction: DatabaseTransaction) -> Result<Finished, JobError> {
        if !lease::complete(&self.library, &transaction, &self.lease).await? {
            transaction.rollback().await?;
            return Err(JobError::LeaseLost);
        }
        transaction.commit().await?;
        Ok(Finished(()))
    }
}
