//! Where a reader is, written by compare-and-set: a device that has not seen the latest place cannot overwrite it.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::access::visible_publication;
use crate::books::{size, stored};
use crate::ids::{BookId, UserId};
use crate::storage::StorageError;
use crate::storage::entity::{chapter, position, position_history, publication};
use crate::{Library, LookupError, Viewer};

/// Most places that are remembered of a book.
const HISTORY: i64 = 200;
/// Longest device name that is kept, in characters.
const LONGEST_DEVICE: usize = 120;

/// A place a reader was at.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// Index of the chapter.
    pub chapter: usize,
    /// UTF-16 code units into its text.
    pub offset: usize,
    /// Share of the whole book before that place, in 0..=1.
    pub fraction: f64,
    /// Where it was read.
    pub device: String,
    /// Grows by one with every write.
    pub version: i64,
    /// The revision that chapter and offset count in.
    pub revision: String,
    /// When.
    pub updated_at: DateTime<Utc>,
}

/// A place to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPosition {
    /// Index of the chapter.
    pub chapter: usize,
    /// UTF-16 code units into its text.
    pub offset: usize,
    /// Where it was read.
    pub device: String,
    /// The version that the writer last saw; 0 when it saw none.
    pub expected_version: i64,
}

/// Why a place was not written.
#[derive(Debug, thiserror::Error)]
pub enum PutError {
    /// The user may not see the book, or it cannot be read yet.
    #[error("there is no such book here")]
    NotFound,
    /// No such chapter, or beyond its end.
    #[error("this place is outside the book")]
    OutsideBook,
    /// Somebody wrote another place since; it is given.
    #[error("the position was changed on another device")]
    Conflict(Option<Position>),
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<DbErr> for PutError {
    fn from(error: DbErr) -> Self {
        Self::Storage(error.into())
    }
}

impl From<LookupError> for PutError {
    fn from(error: LookupError) -> Self {
        match error {
            LookupError::NotFound => Self::NotFound,
            LookupError::Storage(error) => Self::Storage(error),
        }
    }
}

/// Where the user is in a book; `None` before they opened it.
///
/// # Errors
/// [`LookupError::NotFound`] when they may not see the book.
pub async fn get(library: &Library, user: UserId, book: BookId) -> Result<Option<Position>, LookupError> {
    let publication = visible_publication(library, Viewer::User(user), book).await?;
    Ok(current(library.db().read(), user, &publication).await?)
}

/// Writes the place, when `expected_version` is the present one.
///
/// # Errors
/// See [`PutError`].
pub async fn put(
    library: &Library,
    user: UserId,
    book: BookId,
    new: NewPosition,
) -> Result<Position, PutError> {
    let publication = visible_publication(library, Viewer::User(user), book).await?;
    let revision = publication.revision.clone().ok_or(PutError::NotFound)?;
    let before = start_of_chapter(library, &publication, &new).await?;
    let row = position::Model {
        user_id: user.0,
        publication_id: publication.id,
        revision,
        chapter: stored(new.chapter),
        start_offset: stored(new.offset),
        fraction: (before + new.offset) as f64 / publication.length.max(1) as f64,
        device: new.device.chars().take(LONGEST_DEVICE).collect(),
        version: new.expected_version + 1,
        updated_at: library.now(),
    };
    let transaction = library.db().write().await?;
    if !compare_and_set(&transaction, &row, new.expected_version).await? {
        return Err(PutError::Conflict(
            current(&transaction, user, &publication).await?,
        ));
    }
    remember(&transaction, &row).await?;
    transaction.commit().await?;
    Ok(Position::from_row(row))
}

/// The latest places the user was at in a book, newest first.
///
/// # Errors
/// [`LookupError::NotFound`] when they may not see the book.
pub async fn history(library: &Library, user: UserId, book: BookId) -> Result<Vec<Position>, LookupError> {
    let publication = visible_publication(library, Viewer::User(user), book).await?;
    let rows = position_history::Entity::find()
        .filter(position_history::Column::UserId.eq(user.0))
        .filter(position_history::Column::PublicationId.eq(publication.id))
        .order_by_desc(position_history::Column::Version)
        .limit(HISTORY.unsigned_abs())
        .all(library.db().read())
        .await?;
    Ok(rows.into_iter().map(Position::from_history).collect())
}

impl Position {
    fn from_row(row: position::Model) -> Self {
        Self {
            chapter: size(row.chapter),
            offset: size(row.start_offset),
            fraction: row.fraction,
            device: row.device,
            version: row.version,
            revision: row.revision,
            updated_at: row.updated_at,
        }
    }

    fn from_history(row: position_history::Model) -> Self {
        Self {
            chapter: size(row.chapter),
            offset: size(row.start_offset),
            fraction: row.fraction,
            device: row.device,
            version: row.version,
            revision: row.revision,
            updated_at: row.updated_at,
        }
    }
}

async fn current(
    connection: &impl ConnectionTrait,
    user: UserId,
    publication: &publication::Model,
) -> Result<Option<Position>, StorageError> {
    let row = position::Entity::find_by_id((user.0, publication.id))
        .one(connection)
        .await?;
    Ok(row.map(Position::from_row))
}

/// Length of the text before the chapter of a place that lies in the book.
async fn start_of_chapter(
    library: &Library,
    publication: &publication::Model,
    place: &NewPosition,
) -> Result<usize, PutError> {
    let number = i64::try_from(place.chapter).map_err(|_| PutError::OutsideBook)?;
    let found: Option<(i64, i64)> = chapter::Entity::find_by_id((publication.id, number))
        .select_only()
        .columns([chapter::Column::StartOffset, chapter::Column::Length])
        .into_tuple()
        .one(library.db().read())
        .await?;
    match found {
        Some((start, length)) if place.offset <= size(length) => Ok(size(start)),
        _ => Err(PutError::OutsideBook),
    }
}

async fn compare_and_set(
    transaction: &impl ConnectionTrait,
    row: &position::Model,
    expected: i64,
) -> Result<bool, DbErr> {
    if expected == 0 {
        let new: position::ActiveModel = row.clone().into();
        let inserted = position::Entity::insert(new.reset_all())
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(transaction)
            .await?;
        return Ok(inserted == 1);
    }
    let changed = position::Entity::update_many()
        .col_expr(position::Column::Revision, Expr::value(row.revision.clone()))
        .col_expr(position::Column::Chapter, Expr::value(row.chapter))
        .col_expr(position::Column::StartOffset, Expr::value(row.start_offset))
        .col_expr(position::Column::Fraction, Expr::value(row.fraction))
        .col_expr(position::Column::Device, Expr::value(row.device.clone()))
        .col_expr(position::Column::Version, Expr::value(row.version))
        .col_expr(position::Column::UpdatedAt, Expr::value(row.updated_at))
        .filter(position::Column::UserId.eq(row.user_id))
        .filter(position::Column::PublicationId.eq(row.publication_id))
        .filter(position::Column::Version.eq(expected))
        .exec(transaction)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Adds the place to the history and forgets the oldest ones.
async fn remember(transaction: &impl ConnectionTrait, row: &position::Model) -> Result<(), DbErr> {
    let entry = position_history::ActiveModel {
        user_id: Set(row.user_id),
        publication_id: Set(row.publication_id),
        version: Set(row.version),
        revision: Set(row.revision.clone()),
        chapter: Set(row.chapter),
        start_offset: Set(row.start_offset),
        fraction: Set(row.fraction),
        device: Set(row.device.clone()),
        updated_at: Set(row.updated_at),
    };
    position_history::Entity::insert(entry)
        .exec_without_returning(transaction)
        .await?;
    position_history::Entity::delete_many()
        .filter(position_history::Column::UserId.eq(row.user_id))
        .filter(position_history::Column::PublicationId.eq(row.publication_id))
        .filter(position_history::Column::Version.lte(row.version - HISTORY))
        .exec(transaction)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::User;
    use crate::books::Book;
    use crate::jobs::worker;
    use crate::test_world::{World, fb2, on_each_engine};

    fn place(chapter: usize, offset: usize, expected_version: i64) -> NewPosition {
        NewPosition {
            chapter,
            offset,
            device: "телефон".into(),
            expected_version,
        }
    }

    async fn reading(world: &World) -> (User, Book) {
        let anna = world.reader("anna").await;
        let file = fb2(
            "Зима",
            &[&["Мороз и солнце.", "День чудесный."], &["Ещё ты дремлешь."]],
        );
        let book = world.add(&anna, "a.fb2", &file).await.book;
        worker::drain(&world.library).await.unwrap();
        (anna, book)
    }

    #[tokio::test]
    async fn the_last_device_to_have_seen_the_place_may_move_it() {
        on_each_engine(async |world| {
            let (anna, book) = reading(&world).await;
            let library = &world.library;
            assert_eq!(get(library, anna.id, book.id).await.unwrap(), None);
            let first = put(library, anna.id, book.id, place(0, 3, 0)).await.unwrap();
            assert_eq!((first.version, first.chapter, first.offset), (1, 0, 3));
            assert!(first.fraction > 0.0 && first.fraction < 1.0);
            let late = put(library, anna.id, book.id, place(1, 0, 0)).await;
            assert!(matches!(late, Err(PutError::Conflict(Some(current))) if current == first));
            let second = put(library, anna.id, book.id, place(1, 2, 1)).await.unwrap();
            let late = put(library, anna.id, book.id, place(0, 0, 1)).await;
            assert!(matches!(late, Err(PutError::Conflict(Some(current))) if current == second));
            assert_eq!(
                get(library, anna.id, book.id).await.unwrap(),
                Some(second.clone())
            );
            assert_eq!(history(library, anna.id, book.id).await.unwrap(), [second, first]);
        })
        .await;
    }

    #[tokio::test]
    async fn of_devices_that_write_at_once_one_wins() {
        on_each_engine(async |world| {
            let (anna, book) = reading(&world).await;
            let writes = (0..5).map(|offset| put(&world.library, anna.id, book.id, place(0, offset, 0)));
            let outcomes = futures::future::join_all(writes).await;
            assert_eq!(outcomes.iter().filter(|one| one.is_ok()).count(), 1);
            assert!(
                outcomes
                    .iter()
                    .all(|one| matches!(one, Ok(_) | Err(PutError::Conflict(Some(_)))))
            );
        })
        .await;
    }

    #[tokio::test]
    async fn a_place_outside_the_book_is_refused() {
        on_each_engine(async |world| {
            let (anna, book) = reading(&world).await;
            for outside in [place(99, 0, 0), place(0, 100_000, 0), place(usize::MAX, 0, 0)] {
                let refused = put(&world.library, anna.id, book.id, outside).await;
                assert!(matches!(refused, Err(PutError::OutsideBook)));
            }
        })
        .await;
    }
}
