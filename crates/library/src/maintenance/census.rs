//! How many rows there are.

use std::collections::BTreeMap;

use sea_orm::{EntityTrait, PaginatorTrait};

use crate::Library;
use crate::storage::StorageError;
use crate::storage::entity::{blob, book, chapter, description, picture, position, publication, user};

/// Rows by table, of the tables whose rows nobody may lose.
pub type Census = BTreeMap<String, u64>;

/// Counts the rows.
///
/// # Errors
/// When the database fails.
pub async fn census(library: &Library) -> Result<Census, StorageError> {
    let connection = library.db().read();
    let counts = [
        ("blobs", blob::Entity::find().count(connection).await?),
        ("books", book::Entity::find().count(connection).await?),
        ("chapters", chapter::Entity::find().count(connection).await?),
        (
            "descriptions",
            description::Entity::find().count(connection).await?,
        ),
        ("pictures", picture::Entity::find().count(connection).await?),
        ("positions", position::Entity::find().count(connection).await?),
        (
            "publications",
            publication::Entity::find().count(connection).await?,
        ),
        ("users", user::Entity::find().count(connection).await?),
    ];
    Ok(counts.map(|(table, rows)| (table.to_owned(), rows)).into())
}
