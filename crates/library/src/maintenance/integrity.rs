//! Is the database sound?

use crate::Library;
use crate::storage::StorageError;
use crate::storage::database::Engine;

/// What is wrong with the database, in its own words; nothing when it is sound.
///
/// SQLite reads every page and index and every foreign key. PostgreSQL keeps foreign keys itself and its pages have
/// checksums of their own, which its tools verify: there it is asked nothing.
///
/// # Errors
/// When the database fails.
pub async fn integrity(library: &Library) -> Result<Vec<String>, StorageError> {
    let Engine::Sqlite(pool) = library.db().engine() else {
        return Ok(Vec::new());
    };
    let mut faults: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_all(pool)
        .await?;
    faults.retain(|line| line != "ok");
    let orphans: Vec<(String, Option<i64>, String, i64)> =
        sqlx::query_as("PRAGMA foreign_key_check").fetch_all(pool).await?;
    faults.extend(orphans.into_iter().map(|(table, _, parent, _)| {
        format!("a row of {table} refers to a row of {parent} that is not there")
    }));
    Ok(faults)
}
