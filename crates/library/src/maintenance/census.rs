//! How many rows there are.

use std::collections::BTreeMap;

use crate::Library;
use crate::storage::StorageError;
use crate::storage::database::Engine;

/// Rows by table, of the tables whose rows nobody may lose.
pub type Census = BTreeMap<String, u64>;

/// Each table, and how its rows are counted. No column is named: an older schema is counted too, before it is migrated.
const TABLES: [(&str, &str); 8] = [
    ("blobs", "SELECT count(*) FROM blobs"),
    ("books", "SELECT count(*) FROM books"),
    ("chapters", "SELECT count(*) FROM chapters"),
    ("descriptions", "SELECT count(*) FROM descriptions"),
    ("pictures", "SELECT count(*) FROM pictures"),
    ("positions", "SELECT count(*) FROM positions"),
    ("publications", "SELECT count(*) FROM publications"),
    ("users", "SELECT count(*) FROM users"),
];

/// Counts the rows of the tables that are there.
///
/// # Errors
/// When the database fails.
pub async fn census(library: &Library) -> Result<Census, StorageError> {
    let mut census = Census::new();
    for (table, count) in TABLES {
        let rows: Option<i64> = match library.db().engine() {
            Engine::Sqlite(pool) => {
                let is_there = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?";
                match sqlx::query(is_there).bind(table).fetch_optional(pool).await? {
                    Some(_) => Some(sqlx::query_scalar(count).fetch_one(pool).await?),
                    None => None,
                }
            }
            Engine::Postgres(pool) => {
                let is_there: Option<String> = sqlx::query_scalar("SELECT to_regclass($1)::text")
                    .bind(table)
                    .fetch_one(pool)
                    .await?;
                match is_there {
                    Some(_) => Some(sqlx::query_scalar(count).fetch_one(pool).await?),
                    None => None,
                }
            }
        };
        if let Some(rows) = rows {
            census.insert(table.to_owned(), rows.unsigned_abs());
        }
    }
    Ok(census)
}
