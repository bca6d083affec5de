//! What readers leave in a book: bookmarks, highlights and notes, each reader's own.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::access::visible_publication;
use crate::books::{size, stored};
use crate::ids::{AnnotationId, BookId, UserId};
use crate::storage::StorageError;
use crate::storage::entity::{annotation, chapter, publication};
use crate::{Library, LookupError, Viewer};

/// Most annotations of one reader in one book.
const MOST: u64 = 10_000;

/// The colour of a highlight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// What was liked.
    #[default]
    Yellow,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Pink.
    Pink,
}

/// A place (a bookmark) or a range (a highlight) that a reader wants to find again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Made by the reader's device.
    pub id: AnnotationId,
    /// The text it is about.
    pub mark: Mark,
    /// The revision that the mark counts in.
    pub revision: String,
    /// When it was first kept.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// What a reader marks, and says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Index of the chapter.
    pub chapter: usize,
    /// UTF-16 code units into its text.
    pub start: usize,
    /// Likewise; a bookmark ends where it starts.
    pub end: usize,
    /// The marked text, or what follows a bookmark: finds the place again in another revision.
    pub quote: String,
    /// Colour of a highlight.
    pub colour: Colour,
    /// The reader's own words; may be empty.
    pub note: String,
}

/// Why an annotation was not kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The user may not see the book, or it cannot be read yet.
    #[error("there is no such book here")]
    NotFound,
    /// No such chapter, beyond its end, or an end before the start.
    #[error("this range is outside the book")]
    OutsideBook,
    /// The book has as many annotations as are kept.
    #[error("this book has {MOST} annotations: remove some first")]
    TooMany,
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<DbErr> for KeepError {
    fn from(error: DbErr) -> Self {
        Self::Storage(error.into())
    }
}

impl From<LookupError> for KeepError {
    fn from(error: LookupError) -> Self {
        match error {
            LookupError::NotFound => Self::NotFound,
            LookupError::Storage(error) => Self::Storage(error),
        }
    }
}

/// The user's annotations of a book, in the order of the text.
///
/// # Errors
/// [`LookupError::NotFound`] when they may not see the book.
pub async fn list(library: &Library, user: UserId, book: BookId) -> Result<Vec<Annotation>, LookupError> {
    let publication = visible_publication(library, Viewer::User(user), book).await?;
    let rows = annotation::Entity::find()
        .filter(annotation::Column::UserId.eq(user.0))
        .filter(annotation::Column::PublicationId.eq(publication.id))
        .order_by_asc(annotation::Column::Chapter)
        .order_by_asc(annotation::Column::StartOffset)
        .order_by_asc(annotation::Column::Id)
        .all(library.db().read())
        .await?;
    Ok(rows.into_iter().map(Annotation::from).collect())
}

/// Keeps an annotation under the id that the reader's device made; one that is there already is replaced.
///
/// # Errors
/// See [`KeepError`].
pub async fn keep(
    library: &Library,
    user: UserId,
    book: BookId,
    id: AnnotationId,
    mark: Mark,
) -> Result<Annotation, KeepError> {
    let publication = visible_publication(library, Viewer::User(user), book).await?;
    let revision = publication.revision.clone().ok_or(KeepError::NotFound)?;
    require_inside(library, &publication, &mark).await?;
    let transaction = library.db().write().await?;
    let known = annotation::Entity::find_by_id((user.0, id.0))
        .one(&transaction)
        .await?;
    match &known {
        Some(known) if known.publication_id != publication.id => return Err(KeepError::NotFound),
        Some(_) => {}
        None => require_room(&transaction, user, &publication).await?,
    }
    let now = library.now();
    let row = annotation::Model {
        user_id: user.0,
        id: id.0,
        publication_id: publication.id,
        revision,
        chapter: stored(mark.chapter),
        start_offset: stored(mark.start),
        end_offset: stored(mark.end),
        quote: mark.quote,
        colour: mark.colour.name().to_owned(),
        note: mark.note,
        created_at: known.map_or(now, |known| known.created_at),
        updated_at: now,
    };
    let new: annotation::ActiveModel = row.clone().into();
    annotation::Entity::insert(new.reset_all())
        .on_conflict(replaced())
        .exec_without_returning(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(row.into())
}

/// Removes an annotation; one that is not there is removed already.
///
/// # Errors
/// [`LookupError::NotFound`] when the user may not see the book.
pub async fn remove(
    library: &Library,
    user: UserId,
    book: BookId,
    id: AnnotationId,
) -> Result<(), LookupError> {
    let publication = visible_publication(library, Viewer::User(user), book).await?;
    let transaction = library.db().write().await?;
    annotation::Entity::delete_many()
        .filter(annotation::Column::UserId.eq(user.0))
        .filter(annotation::Column::Id.eq(id.0))
        .filter(annotation::Column::PublicationId.eq(publication.id))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// What a later write of the same annotation changes.
fn replaced() -> OnConflict {
    OnConflict::columns([annotation::Column::UserId, annotation::Column::Id])
        .update_columns([
            annotation::Column::Revision,
            annotation::Column::Chapter,
            annotation::Column::StartOffset,
            annotation::Column::EndOffset,
            annotation::Column::Quote,
            annotation::Column::Colour,
            annotation::Column::Note,
            annotation::Column::UpdatedAt,
        ])
        .to_owned()
}

async fn require_inside(
    library: &Library,
    publication: &publication::Model,
    mark: &Mark,
) -> Result<(), KeepError> {
    let number = i64::try_from(mark.chapter).map_err(|_| KeepError::OutsideBook)?;
    let length: Option<i64> = chapter::Entity::find_by_id((publication.id, number))
        .select_only()
        .column(chapter::Column::Length)
        .into_tuple()
        .one(library.db().read())
        .await?;
    match length {
        Some(length) if mark.start <= mark.end && mark.end <= size(length) => Ok(()),
        _ => Err(KeepError::OutsideBook),
    }
}

async fn require_room(
    transaction: &impl sea_orm::ConnectionTrait,
    user: UserId,
    publication: &publication::Model,
) -> Result<(), KeepError> {
    let count = annotation::Entity::find()
        .filter(annotation::Column::UserId.eq(user.0))
        .filter(annotation::Column::PublicationId.eq(publication.id))
        .count(transaction)
        .await?;
    if count < MOST {
        Ok(())
    } else {
        Err(KeepError::TooMany)
    }
}

impl Colour {
    fn name(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Pink => "pink",
        }
    }

    /// A name that a later release wrote is shown as yellow.
    fn named(name: &str) -> Self {
        match name {
            "green" => Self::Green,
            "blue" => Self::Blue,
            "pink" => Self::Pink,
            _ => Self::Yellow,
        }
    }
}

impl From<annotation::Model> for Annotation {
    fn from(row: annotation::Model) -> Self {
        Self {
            id: AnnotationId(row.id),
            mark: Mark {
                chapter: size(row.chapter),
                start: size(row.start_offset),
                end: size(row.end_offset),
                quote: row.quote,
                colour: Colour::named(&row.colour),
                note: row.note,
            },
            revision: row.revision,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::jobs::worker;
    use crate::test_world::{fb2, on_each_engine};

    fn mark(start: usize, end: usize) -> Mark {
        Mark {
            chapter: 0,
            start,
            end,
            quote: "Мороз".into(),
            colour: Colour::Green,
            note: "с 🌲".into(),
        }
    }

    #[tokio::test]
    async fn annotations_are_kept_replaced_and_removed_by_their_own_reader_alone() {
        on_each_engine(async |world| {
            let (anna, boris) = (world.reader("anna").await, world.reader("boris").await);
            let file = fb2("Зима", &[&["Мороз и солнце.", "День чудесный."]]);
            let book = world.add(&anna, "a.fb2", &file).await.book.id;
            let his = world.add(&boris, "a.fb2", &file).await.book.id;
            worker::drain(&world.library).await.unwrap();
            let library = &world.library;
            let id = AnnotationId(Uuid::from_u128(7));
            let first = keep(library, anna.id, book, id, mark(0, 5)).await.unwrap();
            assert_eq!(first.mark, mark(0, 5));
            let changed = keep(library, anna.id, book, id, mark(2, 2)).await.unwrap();
            assert_eq!(
                (changed.created_at, &changed.mark),
                (first.created_at, &mark(2, 2))
            );
            assert_eq!(list(library, anna.id, book).await.unwrap(), [changed]);
            // The same id from somebody else is another annotation.
            keep(library, boris.id, his, id, mark(1, 3)).await.unwrap();
            assert!(matches!(
                list(library, boris.id, book).await,
                Err(LookupError::NotFound)
            ));
            remove(library, boris.id, his, id).await.unwrap();
            remove(library, boris.id, his, id).await.unwrap();
            assert_eq!(list(library, anna.id, book).await.unwrap().len(), 1);
        })
        .await;
    }

    #[tokio::test]
    async fn a_range_outside_the_book_is_refused() {
        on_each_engine(async |world| {
            let anna = world.reader("anna").await;
            let book = world
                .add(&anna, "a.fb2", &fb2("Зима", &[&["Мороз."]]))
                .await
                .book
                .id;
            worker::drain(&world.library).await.unwrap();
            let id = AnnotationId(Uuid::from_u128(7));
            let elsewhere = Mark {
                chapter: 9,
                ..mark(0, 0)
            };
            for outside in [mark(0, 100_000), mark(3, 2), elsewhere] {
                let refused = keep(&world.library, anna.id, book, id, outside).await;
                assert!(matches!(refused, Err(KeepError::OutsideBook)));
            }
        })
        .await;
    }
}
