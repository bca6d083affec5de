//! A consistent copy of the database while it is in use.

use std::path::Path;

use crate::Library;
use crate::storage::database::Engine;

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// This program copies SQLite only.
    #[error("the database is PostgreSQL, which this command does not copy yet: use pg_dump or pgBackRest")]
    Postgres,
    /// The path is not UTF-8.
    #[error("the path of the copy is not UTF-8")]
    Path,
    /// The database failed, or the file could not be written.
    #[error("the database could not be copied")]
    Database(#[from] sqlx::Error),
}

/// Writes the state of one moment into a new file, without holding up anybody who writes meanwhile.
///
/// # Errors
/// See [`SnapshotError`].
pub async fn snapshot(library: &Library, to: &Path) -> Result<(), SnapshotError> {
    let Engine::Sqlite(pool) = library.db().engine() else {
        return Err(SnapshotError::Postgres);
    };
    let path = to.to_str().ok_or(SnapshotError::Path)?;
    sqlx::query("VACUUM INTO ?").bind(path).execute(pool).await?;
    Ok(())
}
