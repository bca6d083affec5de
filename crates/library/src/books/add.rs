//! A new book on a shelf.

use bytes::Bytes;
use publication::{ImportError, Publication};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};

use crate::books::book::{Book, BookStatus, stored};
use crate::books::{Upload, get};
use crate::ids::{BookId, JobId, PublicationId, UserId};
use crate::jobs::{Work, queue};
use crate::plans::{self, NoRoom};
use crate::storage::blobs::{self, StoredBlob};
use crate::storage::entity::{book, publication as row, user};
use crate::storage::{StorageError, fold::fold};
use crate::{Library, LookupError, Viewer};

/// What became of an upload.
#[derive(Clone, Debug, PartialEq)]
pub struct Added {
    /// The book on the user's shelf.
    pub book: Book,
    /// The job that imports it; `None` when others had brought the same file before and the work is done.
    pub job: Option<JobId>,
    /// The user had this book already: nothing was added.
    pub duplicate: bool,
}

/// Why a file was not added. Nothing of it remains.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// It is not a book that can be read; the message says what to do.
    #[error(transparent)]
    Refused(#[from] ImportError),
    /// It passes the limit of uploads.
    #[error("the file is larger than {} MB: choose a smaller one", limit / 1_048_576)]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The shelf is full.
    #[error("your shelf holds {books} book{} at most: remove one first", if *books == 1 { "" } else { "s" })]
    ShelfFull {
        /// How many it holds.
        books: u64,
    },
    /// The files of the shelf take too much room.
    #[error("your shelf holds {} MB at most: remove a book first", bytes / 1_048_576)]
    StorageFull {
        /// How many bytes it holds.
        bytes: u64,
    },
    /// The sender went away.
    #[error("the upload was interrupted: {0}")]
    Interrupted(String),
    /// The account is gone.
    #[error("this account does not exist any more")]
    NoSuchUser,
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl AddError {
    /// A stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(error) => error.code(),
            Self::TooLarge { .. } => "too-large",
            Self::ShelfFull { .. } | Self::StorageFull { .. } => "quota",
            Self::Interrupted(_) => "interrupted",
            Self::NoSuchUser => "no-such-user",
            Self::Storage(_) => "storage",
        }
    }

    /// Can the sender put it right?
    pub fn is_client_error(&self) -> bool {
        !matches!(self, Self::Storage(_))
    }
}

impl From<DbErr> for AddError {
    fn from(error: DbErr) -> Self {
        Self::Storage(error.into())
    }
}

impl From<LookupError> for AddError {
    fn from(error: LookupError) -> Self {
        match error {
            LookupError::NotFound => Self::NoSuchUser,
            LookupError::Storage(error) => Self::Storage(error),
        }
    }
}

/// Puts an uploaded file onto a shelf.
///
/// The file is read once before the answer, so that one which is not a book is refused without a trace. The same bytes
/// as before, whoever brought them, are the same publication and make no second work.
///
/// # Errors
/// See [`AddError`].
pub async fn add(library: &Library, user: UserId, upload: Upload) -> Result<Added, AddError> {
    let sha256 = upload.sha256.clone();
    let newcomer = match find_publication(library.db().read(), &sha256).await? {
        Some(_) => None,
        None => Some(examine(library, upload).await?),
    };
    let transaction = library.db().write().await?;
    let publication = match (find_publication(&transaction, &sha256).await?, newcomer) {
        (Some(publication), _) => publication,
        (None, Some(newcomer)) => {
            insert_publication(library, &transaction, newcomer).await?;
            find_publication(&transaction, &sha256)
                .await?
                .ok_or_else(|| vanished(&sha256))?
        }
        // Purged in the last millisecond: the sender tries again and it is a newcomer.
        (None, None) => return Err(vanished(&sha256).into()),
    };
    let (book, duplicate, urgency) = shelve(library, &transaction, user, &publication).await?;
    let needs_import =
        [BookStatus::Importing.name(), BookStatus::Failed.name()].contains(&publication.status.as_str());
    let job = if needs_import {
        let work = Work::Ingest {
            publication: PublicationId(publication.id),
        };
        work.revive(library, &transaction).await?;
        Some(
            queue::enqueue(
                library,
                &transaction,
                &work,
                Some(user),
                work.priority() + urgency,
            )
            .await?,
        )
    } else {
        None
    };
    transaction.commit().await?;
    library.announce_work();
    Ok(Added {
        book: get(library, Viewer::User(user), book).await?,
        job,
        duplicate,
    })
}

/// A file that was found to be a book, with its bytes made durable.
struct Newcomer {
    publication: Publication,
    original: StoredBlob,
    sha256: String,
    file_name: Option<String>,
    byte_length: u64,
}

async fn examine(library: &Library, upload: Upload) -> Result<Newcomer, AddError> {
    let (sha256, file_name, byte_length) = (
        upload.sha256.clone(),
        upload.file_name.clone(),
        upload.byte_length,
    );
    let _place = library.place_to_import().await;
    let bytes = upload.into_bytes().await?;
    let publication = import(bytes.clone(), file_name.clone()).await??;
    let original = library
        .blobs()
        .store(library.db().read(), bytes, library.fresh_id())
        .await?;
    Ok(Newcomer {
        publication,
        original,
        sha256,
        file_name,
        byte_length,
    })
}

/// Reads a file on a blocking thread.
async fn import(
    bytes: Bytes,
    file_name: Option<String>,
) -> Result<Result<Publication, ImportError>, StorageError> {
    Ok(tokio::task::spawn_blocking(move || publication::import(&bytes, file_name.as_deref())).await?)
}

async fn find_publication(
    connection: &impl ConnectionTrait,
    sha256: &str,
) -> Result<Option<row::Model>, StorageError> {
    Ok(row::Entity::find()
        .filter(row::Column::Sha256.eq(sha256))
        .one(connection)
        .await?)
}

async fn insert_publication(
    library: &Library,
    transaction: &impl ConnectionTrait,
    newcomer: Newcomer,
) -> Result<(), StorageError> {
    let now = library.now();
    let blob_id = blobs::record(transaction, &newcomer.original, now).await?;
    let mut publication = row::ActiveModel {
        id: Set(library.fresh_id()),
        sha256: Set(newcomer.sha256),
        blob_id: Set(blob_id),
        file_name: Set(newcomer.file_name),
        byte_length: Set(i64::try_from(newcomer.byte_length).unwrap_or(i64::MAX)),
        status: Set(BookStatus::Importing.name().to_owned()),
        failure_code: Set(None),
        failure_detail: Set(None),
        revision: Set(None),
        contents: Set(serde_json::Value::Array(Vec::new())),
        cover_resource: Set(None),
        chapter_count: Set(stored(newcomer.publication.chapters.len())),
        length: Set(stored(
            newcomer
                .publication
                .chapters
                .iter()
                .map(|chapter| chapter.length)
                .sum(),
        )),
        start_chapter: Set(stored(newcomer.publication.start)),
        description_count: Set(0),
        picture_count: Set(0),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    set_card(&mut publication, &newcomer.publication)?;
    row::Entity::insert(publication)
        .on_conflict(OnConflict::column(row::Column::Sha256).do_nothing().to_owned())
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// What the file says of itself, as it lies in its row.
#[derive(Serialize, Deserialize)]
pub(crate) struct Card {
    pub(crate) metadata: publication::Metadata,
    pub(crate) layout: publication::Layout,
}

/// The catalogue card, with the columns that searches and sorts use.
pub(crate) fn set_card(row: &mut row::ActiveModel, publication: &Publication) -> Result<(), StorageError> {
    let metadata = &publication.metadata;
    let authors: Vec<&str> = metadata
        .creators
        .iter()
        .filter(|creator| creator.role == publication::Role::Author)
        .map(|creator| creator.name.as_str())
        .collect();
    let series = metadata.series.as_ref();
    let searched = format!("{} {}", metadata.title, series.map_or("", |series| &series.name));
    row.format = Set(format_name(publication)?);
    row.title = Set(metadata.title.clone());
    row.title_folded = Set(fold(&searched));
    row.authors_folded = Set(fold(&authors.join(" ")));
    row.authors = Set(serde_json::to_value(authors)?);
    row.language = Set(metadata.language.clone().unwrap_or_default());
    row.series = Set(series.map(|series| series.name.clone()));
    row.series_position = Set(series.and_then(|series| series.position));
    row.description = Set(metadata.description.clone());
    let card = Card {
        metadata: metadata.clone(),
        layout: publication.layout,
    };
    row.metadata = Set(serde_json::to_value(card)?);
    Ok(())
}

fn format_name(publication: &Publication) -> Result<String, StorageError> {
    match serde_json::to_value(publication.format)? {
        serde_json::Value::String(name) => Ok(name),
        other => Err(StorageError::Damaged(format!("format {other}"))),
    }
}

/// The user's copy of the publication, made unless there is one. The second value tells that there was, the third how
/// urgent the user's work is.
async fn shelve(
    library: &Library,
    transaction: &impl ConnectionTrait,
    user: UserId,
    publication: &row::Model,
) -> Result<(BookId, bool, i64), AddError> {
    // Uploads of one user wait for each other here, so that two at once cannot pass the quota.
    let owner = user::Entity::find_by_id(user.0)
        .lock_exclusive()
        .one(transaction)
        .await?
        .ok_or(AddError::NoSuchUser)?;
    let allowance = plans::allowance(library, transaction, &owner).await?;
    if let Some(row) = book::Entity::find()
        .filter(book::Column::UserId.eq(user.0))
        .filter(book::Column::PublicationId.eq(publication.id))
        .one(transaction)
        .await?
    {
        return Ok((BookId(row.id), true, allowance.urgency()));
    }
    match plans::room_for_book(transaction, &owner, &allowance, publication.byte_length).await? {
        Ok(()) => {}
        Err(NoRoom::Books(books)) => return Err(AddError::ShelfFull { books }),
        Err(NoRoom::Storage(bytes)) => return Err(AddError::StorageFull { bytes }),
    }
    let id = library.fresh_id();
    let row = book::ActiveModel {
        id: Set(id),
        user_id: Set(user.0),
        publication_id: Set(publication.id),
        in_catalogue: Set(false),
        added_at: Set(library.now()),
    };
    book::Entity::insert(row)
        .exec_without_returning(transaction)
        .await?;
    // A publication is kept as long as this was touched lately or a shelf holds it.
    row::Entity::update_many()
        .col_expr(row::Column::UpdatedAt, Expr::value(library.now()))
        .filter(row::Column::Id.eq(publication.id))
        .exec(transaction)
        .await?;
    Ok((BookId(id), false, allowance.urgency()))
}

fn vanished(sha256: &str) -> StorageError {
    StorageError::Damaged(format!(
        "the publication {sha256} was removed while it was being added"
    ))
}
