//! The end of a book on a shelf, its way into the catalogue, and its file.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::access::visible_publication;
use crate::books::book::Blob;
use crate::ids::{BookId, UserId};
use crate::storage::entity::{annotation, book, position, position_history, publication};
use crate::{Library, LookupError, Viewer};

/// Takes a book off its owner's shelf, with its positions and annotations. The publication and its pictures
/// are purged after a grace when nobody holds it.
///
/// # Errors
/// [`LookupError::NotFound`] when the user has no such book.
pub async fn remove(library: &Library, user: UserId, id: BookId) -> Result<(), LookupError> {
    let transaction = library.db().write().await?;
    let row = book::Entity::find_by_id(id.0)
        .filter(book::Column::UserId.eq(user.0))
        .one(&transaction)
        .await?
        .ok_or(LookupError::NotFound)?;
    book::Entity::delete_by_id(id.0).exec(&transaction).await?;
    position::Entity::delete_by_id((user.0, row.publication_id))
        .exec(&transaction)
        .await?;
    position_history::Entity::delete_many()
        .filter(position_history::Column::UserId.eq(user.0))
        .filter(position_history::Column::PublicationId.eq(row.publication_id))
        .exec(&transaction)
        .await?;
    annotation::Entity::delete_many()
        .filter(annotation::Column::UserId.eq(user.0))
        .filter(annotation::Column::PublicationId.eq(row.publication_id))
        .exec(&transaction)
        .await?;
    touch(library, &transaction, &[row.publication_id]).await?;
    transaction.commit().await?;
    Ok(())
}

/// Begins the grace of publications that a shelf lets go of: the purge looks when they were last touched.
pub(crate) async fn touch(
    library: &Library,
    transaction: &impl ConnectionTrait,
    publications: &[Uuid],
) -> Result<(), DbErr> {
    publication::Entity::update_many()
        .col_expr(publication::Column::UpdatedAt, Expr::value(library.now()))
        .filter(publication::Column::Id.is_in(publications.iter().copied()))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Shows a book to everybody in the public catalogue, or hides it again: an administrator's decision.
///
/// # Errors
/// [`LookupError::NotFound`] when there is no such book.
pub async fn publish(library: &Library, id: BookId, in_catalogue: bool) -> Result<(), LookupError> {
    let transaction = library.db().write().await?;
    let changed = book::Entity::update_many()
        .col_expr(book::Column::InCatalogue, Expr::value(in_catalogue))
        .filter(book::Column::Id.eq(id.0))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    if changed.rows_affected == 0 {
        Err(LookupError::NotFound)
    } else {
        Ok(())
    }
}

/// The file as it was uploaded, byte for byte.
///
/// # Errors
/// [`LookupError::NotFound`] when the viewer may not see the book.
pub async fn original(library: &Library, viewer: Viewer, id: BookId) -> Result<Blob, LookupError> {
    let publication = visible_publication(library, viewer, id).await?;
    let (bytes, sha256) = library
        .blobs()
        .load(library.db().read(), publication.blob_id)
        .await?;
    let media_type = match publication.format.as_str() {
        "epub2" | "epub3" => "application/epub+zip",
        "fb2" => "application/x-fictionbook+xml",
        "markdown" => "text/markdown; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };
    Ok(Blob {
        media_type: media_type.to_owned(),
        bytes,
        sha256,
    })
}
