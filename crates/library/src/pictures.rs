//! Pictures of descriptions: asked for, listed, and their files.

pub mod best;
pub mod gallery;
pub(crate) mod order;
#[cfg(test)]
mod order_tests;
pub mod settings;
pub mod share;
pub mod variants;
pub mod words;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use pictures_crate::Style;
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, FromQueryResult, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationDef, Select,
};
use uuid::Uuid;

use ::pictures as pictures_crate;

use crate::access::visible_publication;
use crate::books::{Blob, Page, bounds, size};
use crate::ids::{BookId, DescriptionId, JobId, PictureId, PublicationId, UserId};
use crate::jobs::{ASKED_PICTURE_PRIORITY, Work};
use crate::pictures::order::Manner;
use crate::plans;
use crate::storage::StorageError;
use crate::storage::entity::{description, picture, picture_file};
use crate::{Library, LookupError, Viewer};

/// The name of the size that was drawn.
pub(crate) const ORIGINAL: &str = "original";

/// A picture of a description.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Which.
    pub id: PictureId,
    /// What it is a picture of.
    pub description: DescriptionId,
    /// Index of the chapter of the passage.
    pub chapter: usize,
    /// Where the passage begins, in UTF-16 code units.
    pub start: usize,
    /// Kind of the description.
    pub kind: String,
    /// `ink`, `watercolour` or `woodcut`.
    pub style: String,
    /// Who drew it.
    pub provider: String,
    /// Width of the original, in pixels.
    pub width: u32,
    /// Height of the original, in pixels.
    pub height: u32,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// A tiny picture to show while it loads, as a `data:` address.
    pub placeholder: String,
    /// Widths that it is kept in beside the original, rising.
    pub widths: Vec<u32>,
    /// When it was drawn.
    pub created_at: DateTime<Utc>,
}

/// How a picture is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PictureOptions {
    /// The manner; that of the configuration when `None`.
    pub style: Option<Style>,
    /// Another seed gives another picture; that of the description when `None`.
    pub seed: Option<u64>,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Requested {
    /// The picture is there.
    Ready(Box<Picture>),
    /// This job draws it.
    Queued(JobId),
}

/// Why a picture is not drawn.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// No such description, or the user may not see its book.
    #[error("there is no such description here")]
    NotFound,
    /// The picture was reported and is not shown any more.
    #[error("this picture was withdrawn: ask for another one, with a seed of its own")]
    Withdrawn,
    /// The user asked for as many as their plan allows.
    #[error(transparent)]
    QuotaSpent(#[from] plans::Spent),
    /// The whole installation spent what it may on pictures.
    #[error(transparent)]
    BudgetSpent(#[from] plans::BudgetSpent),
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<DbErr> for RequestError {
    fn from(error: DbErr) -> Self {
        Self::Storage(error.into())
    }
}

impl From<LookupError> for RequestError {
    fn from(error: LookupError) -> Self {
        match error {
            LookupError::NotFound => Self::NotFound,
            LookupError::Storage(error) => Self::Storage(error),
        }
    }
}

/// Which file of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureSize {
    /// As it was drawn.
    Original,
    /// The narrowest that is at least this wide; the original when none is.
    Width(u32),
}

/// Asks for a picture of a description. The same request again gives the same picture, or the job that draws it.
///
/// # Errors
/// See [`RequestError`].
pub async fn request(
    library: &Library,
    user: UserId,
    id: DescriptionId,
    options: PictureOptions,
) -> Result<Requested, RequestError> {
    let description = crate::descriptions::visible(library, Viewer::User(user), id).await?;
    let publication = PublicationId(description.publication_id);
    let manner = Manner::of(library, user, publication, options.style).await?;
    let seed = options.seed.unwrap_or(description.seed.cast_unsigned());
    if let Some(picture) = find(library, id, &manner, seed).await? {
        variants::restore(library, user, picture.id).await?;
        return Ok(Requested::Ready(Box::new(picture)));
    }
    let price = manner.price_micros(library);
    let works = [Work::illustrate(publication, id, manner, seed)];
    let transaction = library.db().write().await?;
    let jobs = order::place(library, &transaction, user, &works, ASKED_PICTURE_PRIORITY, price).await?;
    transaction.commit().await?;
    library.announce_work();
    let job = jobs.into_iter().next().ok_or(RequestError::NotFound)?;
    Ok(Requested::Queued(job))
}

/// The pictures of a book, in its order.
///
/// # Errors
/// [`LookupError::NotFound`] when the viewer may not see the book.
pub async fn list(
    library: &Library,
    viewer: Viewer,
    book: BookId,
    page: u64,
    per_page: u64,
) -> Result<Page<Picture>, LookupError> {
    let publication = visible_publication(library, viewer, book).await?;
    let (page, per_page) = bounds(page, per_page);
    let matching = joined()
        .filter(picture::Column::PublicationId.eq(publication.id))
        .filter(variants::kept(viewer));
    let total = matching.clone().count(library.db().read()).await?;
    let rows = columns(matching)
        .order_by_asc(description::Column::Chapter)
        .order_by_asc(description::Column::StartOffset)
        .order_by_asc(picture::Column::Id)
        .offset((page - 1) * per_page)
        .limit(per_page)
        .into_model::<PictureRow>()
        .all(library.db().read())
        .await?;
    Ok(Page {
        items: with_widths(library, rows).await?,
        total,
        page,
        per_page,
    })
}

/// One file of a picture.
///
/// # Errors
/// [`LookupError::NotFound`] when there is none or the viewer may not see its book.
pub async fn image(
    library: &Library,
    viewer: Viewer,
    id: PictureId,
    wanted: PictureSize,
) -> Result<Blob, LookupError> {
    let connection = library.db().read();
    variants::shown(library, viewer, id).await?;
    let files = picture_file::Entity::find()
        .filter(picture_file::Column::PictureId.eq(id.0))
        .order_by_asc(picture_file::Column::Width)
        .all(connection)
        .await?;
    let is_original = |file: &&picture_file::Model| file.size == ORIGINAL;
    let file = match wanted {
        PictureSize::Original => None,
        PictureSize::Width(width) => files
            .iter()
            .filter(|file| file.size != ORIGINAL)
            .find(|file| file.width >= i64::from(width)),
    };
    let file = file
        .or_else(|| files.iter().find(is_original))
        .ok_or(LookupError::NotFound)?;
    let (bytes, sha256) = library.blobs().load(connection, file.blob_id).await?;
    Ok(Blob {
        media_type: file.media_type.clone(),
        bytes,
        sha256,
    })
}

/// The pictures of these descriptions that the viewer wants to see, oldest first; those in the style of their settings
/// come after others, and those they chose come last.
pub(crate) async fn of_descriptions(
    library: &Library,
    viewer: Viewer,
    rows: &[description::Model],
) -> Result<Vec<Picture>, StorageError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let found = columns(joined())
        .filter(picture::Column::DescriptionId.is_in(rows.iter().map(|row| row.id)))
        .filter(variants::kept(viewer))
        .order_by_asc(picture::Column::Id)
        .into_model::<PictureRow>()
        .all(library.db().read())
        .await?;
    let chosen = variants::chosen(library, viewer, found.iter().map(|row| row.id)).await?;
    let wanted = settings::of_rows(library, viewer, rows).await?;
    let in_wanted_style = |row: &PictureRow| match wanted.get(&row.publication_id) {
        None => false,
        Some(wish) => {
            let style = wish.style.is_none_or(|style| style.name() == row.style);
            let words = wish.words.as_ref().map_or("", |words| words.as_str());
            style && words == row.words
        }
    };
    let ranks: HashMap<Uuid, (bool, bool)> = found
        .iter()
        .map(|row| (row.id, (chosen.contains(&row.id), in_wanted_style(row))))
        .collect();
    let mut pictures = with_widths(library, found).await?;
    pictures.sort_by_key(|picture| ranks.get(&picture.id.0).copied().unwrap_or_default());
    Ok(pictures)
}

async fn find(
    library: &Library,
    description: DescriptionId,
    manner: &Manner,
    seed: u64,
) -> Result<Option<Picture>, RequestError> {
    let found = columns(joined())
        .filter(picture::Column::DescriptionId.eq(description.0))
        .filter(in_manner(manner))
        .filter(picture::Column::Seed.eq(seed.cast_signed()))
        .order_by_asc(picture::Column::Id)
        .into_model::<PictureRow>()
        .all(library.db().read())
        .await?;
    if found.iter().any(|row| row.withdrawn_at.is_some()) {
        return Err(RequestError::Withdrawn);
    }
    Ok(with_widths(library, found).await?.pop())
}

/// The rows of `pictures` that answer an order in this manner: who lets the services draw is not content with what they
/// were not let draw, who does not takes either.
fn in_manner(manner: &Manner) -> Condition {
    let all = Condition::all()
        .add(picture::Column::Style.eq(manner.style.name()))
        .add(picture::Column::Words.eq(manner.words.as_str()));
    if manner.online {
        all.add(picture::Column::Online.eq(true))
    } else {
        all
    }
}

/// The columns a [`Picture`] is made of.
#[derive(FromQueryResult)]
struct PictureRow {
    id: Uuid,
    description_id: Uuid,
    style: String,
    words: String,
    provider: String,
    width: i64,
    height: i64,
    placeholder: String,
    alt: String,
    created_at: DateTime<Utc>,
    withdrawn_at: Option<DateTime<Utc>>,
    publication_id: Uuid,
    chapter: i64,
    start_offset: i64,
    kind: String,
}

fn joined() -> Select<picture::Entity> {
    let to_description: RelationDef = picture::Entity::belongs_to(description::Entity)
        .from(picture::Column::DescriptionId)
        .to(description::Column::Id)
        .into();
    picture::Entity::find().join(JoinType::InnerJoin, to_description)
}

fn columns(pictures: Select<picture::Entity>) -> Select<picture::Entity> {
    use picture::Column as P;
    pictures
        .select_only()
        .columns([
            P::Id,
            P::DescriptionId,
            P::Style,
            P::Words,
            P::Provider,
            P::Width,
            P::Height,
            P::Placeholder,
            P::Alt,
            P::CreatedAt,
            P::WithdrawnAt,
            P::PublicationId,
        ])
        .columns([
            description::Column::Chapter,
            description::Column::StartOffset,
            description::Column::Kind,
        ])
}

async fn with_widths(library: &Library, rows: Vec<PictureRow>) -> Result<Vec<Picture>, StorageError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let files = picture_file::Entity::find()
        .filter(picture_file::Column::PictureId.is_in(rows.iter().map(|row| row.id)))
        .filter(picture_file::Column::Size.ne(ORIGINAL))
        .order_by_asc(picture_file::Column::Width)
        .all(library.db().read())
        .await?;
    let mut widths: HashMap<Uuid, Vec<u32>> = HashMap::new();
    for file in files {
        widths
            .entry(file.picture_id)
            .or_default()
            .push(pixels(file.width));
    }
    Ok(rows
        .into_iter()
        .map(|row| Picture {
            widths: widths.remove(&row.id).unwrap_or_default(),
            id: PictureId(row.id),
            description: DescriptionId(row.description_id),
            chapter: size(row.chapter),
            start: size(row.start_offset),
            kind: row.kind,
            style: row.style,
            provider: row.provider,
            width: pixels(row.width),
            height: pixels(row.height),
            alt: row.alt,
            placeholder: row.placeholder,
            created_at: row.created_at,
        })
        .collect())
}

fn pixels(stored: i64) -> u32 {
    u32::try_from(stored).unwrap_or(0)
}
