//! What a browser loads: chapters' HTML, pictures inside books, covers. Immutable under its revision.

use bytes::Bytes;
use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::access::{publication_of_revision, visible_publication};
use crate::books::Blob;
use crate::cache;
use crate::chapters::StoredPart;
use crate::ids::BookId;
use crate::storage::StorageError;
use crate::storage::entity::{chapter, resource};
use crate::{Library, LookupError, Viewer};

/// The HTML of a whole chapter.
///
/// # Errors
/// [`LookupError::NotFound`] when the viewer sees no book of this revision, or there is no such chapter.
pub async fn chapter_html(
    library: &Library,
    viewer: Viewer,
    revision: &str,
    index: usize,
) -> Result<String, LookupError> {
    let publication = publication_of_revision(library, viewer, revision).await?;
    let html = cache::get_or_load(library, format!("chapter:{revision}:{index}"), async {
        Ok(stored_chapter(library, publication, index).await?.html.into())
    });
    text(html.await?)
}

/// The HTML of a part of a chapter.
///
/// # Errors
/// [`LookupError::NotFound`] as for [`chapter_html`], or when there is no such part.
pub async fn part(
    library: &Library,
    viewer: Viewer,
    revision: &str,
    index: usize,
    part: usize,
) -> Result<String, LookupError> {
    let publication = publication_of_revision(library, viewer, revision).await?;
    let html = cache::get_or_load(library, format!("part:{revision}:{index}:{part}"), async {
        let row = stored_chapter(library, publication, index).await?;
        Ok(cut(row, part)?.into())
    });
    text(html.await?)
}

fn cut(row: chapter::Model, part: usize) -> Result<String, LookupError> {
    let parts: Vec<StoredPart> = serde_json::from_value(row.parts).map_err(StorageError::from)?;
    let part = parts.get(part).ok_or(LookupError::NotFound)?;
    let html = row.html.get(part.from..part.to);
    let html =
        html.ok_or_else(|| StorageError::Damaged(format!("part {}..{} of a chapter", part.from, part.to)))?;
    Ok(html.to_owned())
}

fn text(bytes: Bytes) -> Result<String, LookupError> {
    String::from_utf8(bytes.into()).map_err(|error| StorageError::Damaged(error.to_string()).into())
}

/// A picture inside a book.
///
/// # Errors
/// [`LookupError::NotFound`] when the viewer sees no book of this revision, or there is no such picture.
pub async fn resource(
    library: &Library,
    viewer: Viewer,
    revision: &str,
    name: &str,
) -> Result<Blob, LookupError> {
    let publication = publication_of_revision(library, viewer, revision).await?;
    load(library, publication, name).await
}

/// The front cover.
///
/// # Errors
/// [`LookupError::NotFound`] when the viewer may not see the book, or it has no cover.
pub async fn cover(library: &Library, viewer: Viewer, book: BookId) -> Result<Blob, LookupError> {
    let publication = visible_publication(library, viewer, book).await?;
    let name = publication.cover_resource.ok_or(LookupError::NotFound)?;
    load(library, publication.id, &name).await
}

async fn stored_chapter(
    library: &Library,
    publication: Uuid,
    index: usize,
) -> Result<chapter::Model, LookupError> {
    let number = i64::try_from(index).map_err(|_| LookupError::NotFound)?;
    chapter::Entity::find_by_id((publication, number))
        .one(library.db().read())
        .await?
        .ok_or(LookupError::NotFound)
}

async fn load(library: &Library, publication: Uuid, name: &str) -> Result<Blob, LookupError> {
    let connection = library.db().read();
    let row = resource::Entity::find_by_id((publication, name.to_owned()))
        .one(connection)
        .await?
        .ok_or(LookupError::NotFound)?;
    let (bytes, sha256) = library.blobs().load(connection, row.blob_id).await?;
    Ok(Blob {
        media_type: row.media_type,
        bytes,
        sha256,
    })
}
