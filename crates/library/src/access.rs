//! From what a viewer names to the publication behind it, when they may see it.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::ids::BookId;
use crate::storage::entity::{book, publication};
use crate::{Library, LookupError, Viewer};

/// The publication of a book that the viewer may see.
pub(crate) async fn visible_publication(
    library: &Library,
    viewer: Viewer,
    id: BookId,
) -> Result<publication::Model, LookupError> {
    let connection = library.db().read();
    let book = book::Entity::find_by_id(id.0)
        .filter(viewer.may_see())
        .one(connection)
        .await?
        .ok_or(LookupError::NotFound)?;
    publication::Entity::find_by_id(book.publication_id)
        .one(connection)
        .await?
        .ok_or(LookupError::NotFound)
}

/// A publication with this revision that the viewer may see. Several files may have one: the same text, the same HTML.
pub(crate) async fn publication_of_revision(
    library: &Library,
    viewer: Viewer,
    revision: &str,
) -> Result<Uuid, LookupError> {
    let found = publication::Entity::find()
        .filter(publication::Column::Revision.eq(revision))
        .filter(publication::Column::Id.in_subquery(viewer.visible_publications()))
        .one(library.db().read())
        .await?;
    Ok(found.ok_or(LookupError::NotFound)?.id)
}

/// May the viewer see this publication?
pub(crate) async fn require_visible(
    library: &Library,
    viewer: Viewer,
    publication: Uuid,
) -> Result<(), LookupError> {
    let book = book::Entity::find()
        .filter(book::Column::PublicationId.eq(publication))
        .filter(viewer.may_see())
        .one(library.db().read())
        .await?;
    book.map(drop).ok_or(LookupError::NotFound)
}
