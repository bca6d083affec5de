//! Rows, blobs and what processes share: the only floor that knows SQL.

pub(crate) mod blobs;
pub(crate) mod database;
pub(crate) mod entity;
pub(crate) mod fold;
pub(crate) mod migrations;
pub(crate) mod redis;
#[cfg(test)]
mod tests;
mod unfinished;

/// Something beneath the library failed: nothing that a caller could put right.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database refused or was out of reach.
    #[error("the database failed")]
    Database(#[from] sea_orm::DbErr),
    /// The pool or a migration failed.
    #[error("the database failed")]
    Connection(#[from] sqlx::Error),
    /// The blob store refused or was out of reach.
    #[error("the blob store failed")]
    Blobs(#[from] object_store::Error),
    /// A local file could not be read or written.
    #[error("a local file could not be read or written")]
    File(#[from] std::io::Error),
    /// A stored value does not read back: damage, or a row of a later release.
    #[error("stored data does not read back: {0}")]
    Damaged(String),
    /// A blocking task panicked.
    #[error("a computation died")]
    Computation(#[from] tokio::task::JoinError),
}

impl From<serde_json::Error> for StorageError {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}
