//! Do rows and objects name each other?

use std::collections::HashMap;

use chrono::TimeDelta;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::Library;
use crate::storage::StorageError;
use crate::storage::entity::{blob, picture, picture_file};

/// What has lost its other half.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strays {
    /// Rows of stored bytes that were looked at.
    pub rows: usize,
    /// Rows whose object is not in the store, by the object's name: lost bytes.
    pub without_object: Vec<String>,
    /// Pictures without a file of their own, by id.
    pub without_file: Vec<Uuid>,
    /// Objects that no row names and that the purge should have removed, by name.
    pub without_row: Vec<String>,
    /// Objects that no row names yet: of writers at work, or of some that died lately.
    pub young: usize,
}

impl Strays {
    /// Is everything in its place?
    pub fn is_none(&self) -> bool {
        self.without_object.is_empty() && self.without_file.is_empty() && self.without_row.is_empty()
    }
}

/// Compares the rows with the store. The service may be at work meanwhile.
///
/// # Errors
/// When the database or the store fails.
pub async fn strays(library: &Library) -> Result<Strays, StorageError> {
    let connection = library.db().read();
    // Objects first: one that is removed afterwards had lost its row before.
    let objects = library.blobs().list().await?;
    let rows: HashMap<Uuid, String> = blob::Entity::find()
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row.sha256))
        .collect();
    // Twice as old as the purge takes them, so that a purge may be late.
    let grace = i64::try_from(library.config().jobs.orphan_grace_seconds).unwrap_or(i64::MAX / 2_000_000);
    let old = library.now() - TimeDelta::seconds(grace * 2);
    let mut found = Strays {
        rows: rows.len(),
        ..Strays::default()
    };
    for (id, object) in &objects {
        match rows.contains_key(id) {
            true => {}
            false if object.written_at < old => found.without_row.push(object.name.clone()),
            false => found.young += 1,
        }
    }
    for (id, sha256) in rows.iter().filter(|(id, _)| !objects.contains_key(id)) {
        // It may have been written after the list was made.
        let still_named = blob::Entity::find_by_id(*id).one(connection).await?.is_some();
        if still_named && !library.blobs().has(sha256, *id).await? {
            found.without_object.push(format!("{sha256}-{id}"));
        }
    }
    let has_file = Query::select()
        .expr(Expr::value(1))
        .from(picture_file::Entity)
        .and_where(
            Expr::col((picture_file::Entity, picture_file::Column::PictureId))
                .equals((picture::Entity, picture::Column::Id)),
        )
        .to_owned();
    let bare = picture::Entity::find()
        .filter(Expr::exists(has_file).not())
        .all(connection)
        .await?;
    found.without_file = bare.into_iter().map(|row| row.id).collect();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::test_world::{fb2, on_each_engine};

    #[tokio::test]
    async fn a_row_without_its_object_and_an_object_without_its_row_are_told() {
        on_each_engine(async |world| {
            let library = &world.library;
            let anna = world.reader("anna").await;
            world.add(&anna, "a.fb2", &fb2("Книга", &[&["Снег."]])).await;
            let sound = strays(library).await.unwrap();
            assert!(sound.is_none() && sound.rows > 0, "{sound:?}");

            let bytes = Bytes::from_static(b"left");
            library
                .blobs()
                .store(library.db().read(), bytes, library.fresh_id())
                .await
                .unwrap();
            // Files have the machine's time, rows the test's: seen from the far future every file is old.
            assert_eq!(strays(library).await.unwrap().young, 1);
            world.advance(TimeDelta::days(36_500));
            assert_eq!(strays(library).await.unwrap().without_row.len(), 1);

            let row = blob::Entity::find()
                .one(library.db().read())
                .await
                .unwrap()
                .unwrap();
            library.blobs().remove(&row.sha256, row.id).await.unwrap();
            let lost = strays(library).await.unwrap();
            assert_eq!(lost.without_object, [format!("{}-{}", row.sha256, row.id)]);
        })
        .await;
    }
}
