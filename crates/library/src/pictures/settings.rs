//! How a reader wants a book illustrated: in which style, and whether its words may leave this machine.

use std::collections::HashMap;

use pictures_crate::Style;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use uuid::Uuid;

use ::pictures as pictures_crate;

use crate::ids::{BookId, PublicationId, UserId};
use crate::pictures::words::StyleWords;
use crate::storage::StorageError;
use crate::storage::entity::{book, description, picture_setting};
use crate::{Library, LookupError, Viewer};

/// The wishes of a reader for one of their books.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PictureSettings {
    /// Whether the words of passages may be sent to the services of the configuration.
    pub online: bool,
    /// The style of every picture that names none; that of the configuration when `None`.
    pub style: Option<Style>,
    /// The reader's own words, which every prompt of the book carries in place of the style's.
    pub words: Option<StyleWords>,
}

/// What a reader wants for a book of theirs.
///
/// # Errors
/// [`LookupError::NotFound`] when it is not on their shelf.
pub async fn get(library: &Library, user: UserId, book: BookId) -> Result<PictureSettings, LookupError> {
    require_own(library, user, book).await?;
    let row = picture_setting::Entity::find_by_id(book.0)
        .one(library.db().read())
        .await?;
    Ok(PictureSettings::from_row(row)?)
}

/// Keeps what a reader wants for a book of theirs.
///
/// # Errors
/// [`LookupError::NotFound`] when it is not on their shelf.
pub async fn put(
    library: &Library,
    user: UserId,
    book: BookId,
    settings: PictureSettings,
) -> Result<(), LookupError> {
    require_own(library, user, book).await?;
    let row = picture_setting::ActiveModel {
        book_id: Set(book.0),
        online: Set(settings.online),
        style: Set(settings.style.map(|style| style.name().to_owned())),
        words: Set(settings.words.map(|words| words.as_str().to_owned())),
    };
    let replace = OnConflict::column(picture_setting::Column::BookId)
        .update_columns([
            picture_setting::Column::Online,
            picture_setting::Column::Style,
            picture_setting::Column::Words,
        ])
        .to_owned();
    let transaction = library.db().write().await?;
    picture_setting::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(&transaction)
        .await?;
    Ok(transaction.commit().await?)
}

/// What a reader wants for the book of theirs with this publication; the defaults when they have none.
pub(crate) async fn of_publication(
    library: &Library,
    user: UserId,
    publication: PublicationId,
) -> Result<PictureSettings, StorageError> {
    let own = Query::select()
        .column(book::Column::Id)
        .from(book::Entity)
        .and_where(book::Column::UserId.eq(user.0))
        .and_where(book::Column::PublicationId.eq(publication.0))
        .to_owned();
    let row = picture_setting::Entity::find()
        .filter(picture_setting::Column::BookId.in_subquery(own))
        .one(library.db().read())
        .await?;
    PictureSettings::from_row(row)
}

/// What a viewer wants for the publications of these descriptions, where they have them on their shelf.
pub(crate) async fn of_rows(
    library: &Library,
    viewer: Viewer,
    rows: &[description::Model],
) -> Result<HashMap<Uuid, PictureSettings>, StorageError> {
    let Some(user) = viewer.user() else {
        return Ok(HashMap::new());
    };
    let mut publications: Vec<Uuid> = rows.iter().map(|row| row.publication_id).collect();
    publications.dedup();
    let mut wanted = HashMap::new();
    for publication in publications {
        let settings = of_publication(library, user, PublicationId(publication)).await?;
        wanted.insert(publication, settings);
    }
    Ok(wanted)
}

/// Whether the one who asked for a picture lets the words of its book go to services beyond this machine.
pub(crate) async fn may_go_online(
    library: &Library,
    user: Option<UserId>,
    publication: PublicationId,
) -> Result<bool, StorageError> {
    match user {
        Some(user) => Ok(of_publication(library, user, publication).await?.online),
        None => Ok(false),
    }
}

async fn require_own(library: &Library, user: UserId, book: BookId) -> Result<(), LookupError> {
    let row = book::Entity::find_by_id(book.0)
        .filter(book::Column::UserId.eq(user.0))
        .one(library.db().read())
        .await?;
    row.map(drop).ok_or(LookupError::NotFound)
}

impl PictureSettings {
    fn from_row(row: Option<picture_setting::Model>) -> Result<Self, StorageError> {
        let Some(row) = row else {
            return Ok(Self::default());
        };
        let words = row.words.as_deref().map(StyleWords::new).transpose();
        let style = row.style.map(|name| name.parse::<Style>()).transpose();
        Ok(Self {
            online: row.online,
            style: style.map_err(|error| StorageError::Damaged(error.to_string()))?,
            words: words.map_err(|error| StorageError::Damaged(error.to_string()))?,
        })
    }
}
