//! Illustrated EPUBs of books.

use sea_orm::EntityTrait;

use crate::access::visible_publication;
use crate::books::Blob;
use crate::ids::{BookId, JobId, PublicationId, UserId};
use crate::jobs::{Work, queue};
use crate::storage::entity::export;
use crate::{Library, LookupError, Viewer};

/// Asks for an EPUB with all pictures the book has now.
///
/// # Errors
/// [`LookupError::NotFound`] when the user may not see the book or it cannot be read yet.
pub async fn request(library: &Library, user: UserId, book: BookId) -> Result<JobId, LookupError> {
    let publication = visible_publication(library, Viewer::User(user), book).await?;
    if publication.revision.is_none() {
        return Err(LookupError::NotFound);
    }
    let work = Work::Export {
        publication: PublicationId(publication.id),
    };
    let transaction = library.db().write().await?;
    let job = queue::enqueue(library, &transaction, &work, Some(user), work.priority()).await?;
    transaction.commit().await?;
    library.announce_work();
    Ok(job)
}

/// The latest EPUB that was made.
///
/// # Errors
/// [`LookupError::NotFound`] when the user may not see the book or none was made.
pub async fn file(library: &Library, user: UserId, book: BookId) -> Result<Blob, LookupError> {
    let publication = visible_publication(library, Viewer::User(user), book).await?;
    let connection = library.db().read();
    let row = export::Entity::find_by_id(publication.id)
        .one(connection)
        .await?
        .ok_or(LookupError::NotFound)?;
    let (bytes, sha256) = library.blobs().load(connection, row.blob_id).await?;
    Ok(Blob {
        media_type: "application/epub+zip".to_owned(),
        bytes,
        sha256,
    })
}
