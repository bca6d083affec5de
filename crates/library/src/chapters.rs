//! The chapters of a book: what there is, and their text. Lengths and places are UTF-16 code units.

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use crate::access::visible_publication;
use crate::books::size;
use crate::ids::BookId;
use crate::storage::StorageError;
use crate::storage::entity::{chapter, publication};
use crate::{Library, LookupError, Viewer};

pub use publication_crate::TocEntry;

use ::publication as publication_crate;

/// The chapters of a book and its table of contents.
#[derive(Clone, Debug, PartialEq)]
pub struct ChapterList {
    /// In reading order.
    pub chapters: Vec<ChapterSummary>,
    /// As nested as the book has it.
    pub contents: Vec<TocEntry>,
    /// 32 hexadecimal digits under which the chapters are served.
    pub revision: String,
}

/// A chapter without its text.
#[derive(Clone, Debug, PartialEq)]
pub struct ChapterSummary {
    /// Number, from 0.
    pub index: usize,
    /// Its title.
    pub title: Option<String>,
    /// `front`, `body`, `back` or `notes`.
    pub kind: String,
    /// Length of its text.
    pub length: usize,
    /// Length of all chapters before it.
    pub start: usize,
    /// The same as a share of the book, in 0..=1.
    pub start_fraction: f64,
    /// How its HTML is cut for delivery: at least one part.
    pub parts: Vec<PartSummary>,
}

/// A part of a chapter's HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartSummary {
    /// Place of its first character in the chapter's text.
    pub start: usize,
    /// Length of its text.
    pub length: usize,
}

/// A chapter with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Number, from 0.
    pub index: usize,
    /// Its title.
    pub title: Option<String>,
    /// `front`, `body`, `back` or `notes`.
    pub kind: String,
    /// Length of its text.
    pub length: usize,
    /// The canonical text.
    pub text: String,
    /// 32 hexadecimal digits under which its HTML is served.
    pub revision: String,
}

/// A part as it lies in a row.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct StoredPart {
    /// Bytes of the chapter's HTML.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// UTF-16 code units of the chapter's text.
    pub(crate) start: usize,
}

/// The columns of a summary: HTML and text stay where they are.
#[derive(FromQueryResult)]
struct SummaryRow {
    number: i64,
    title: Option<String>,
    kind: String,
    length: i64,
    start_offset: i64,
    parts: serde_json::Value,
}

/// What chapters a book has.
///
/// # Errors
/// [`LookupError::NotFound`] when the viewer may not see the book, or its chapters are not there yet.
pub async fn list(library: &Library, viewer: Viewer, book: BookId) -> Result<ChapterList, LookupError> {
    use chapter::Column as C;
    let publication = visible_publication(library, viewer, book).await?;
    let revision = publication.revision.clone().ok_or(LookupError::NotFound)?;
    let rows = chapter::Entity::find()
        .select_only()
        .columns([C::Number, C::Title, C::Kind, C::Length, C::StartOffset, C::Parts])
        .filter(C::PublicationId.eq(publication.id))
        .order_by_asc(C::Number)
        .into_model::<SummaryRow>()
        .all(library.db().read())
        .await?;
    let chapters = rows
        .into_iter()
        .map(|row| summary(row, &publication))
        .collect::<Result<Vec<_>, StorageError>>()?;
    let contents = serde_json::from_value(publication.contents).map_err(StorageError::from)?;
    Ok(ChapterList {
        chapters,
        contents,
        revision,
    })
}

/// One chapter with its text.
///
/// # Errors
/// [`LookupError::NotFound`] when the viewer may not see the book, or there is no such chapter.
pub async fn get(
    library: &Library,
    viewer: Viewer,
    book: BookId,
    index: usize,
) -> Result<Chapter, LookupError> {
    let publication = visible_publication(library, viewer, book).await?;
    let revision = publication.revision.ok_or(LookupError::NotFound)?;
    let number = i64::try_from(index).map_err(|_| LookupError::NotFound)?;
    let row = chapter::Entity::find_by_id((publication.id, number))
        .one(library.db().read())
        .await?
        .ok_or(LookupError::NotFound)?;
    Ok(Chapter {
        index,
        title: row.title,
        kind: row.kind,
        length: size(row.length),
        text: row.body,
        revision,
    })
}

fn summary(row: SummaryRow, publication: &publication::Model) -> Result<ChapterSummary, StorageError> {
    let stored: Vec<StoredPart> = serde_json::from_value(row.parts)?;
    let length = size(row.length);
    let ends = stored.iter().skip(1).map(|part| part.start).chain([length]);
    let parts = stored
        .iter()
        .zip(ends)
        .map(|(part, end)| PartSummary {
            start: part.start,
            length: end.saturating_sub(part.start),
        })
        .collect();
    Ok(ChapterSummary {
        index: size(row.number),
        title: row.title,
        kind: row.kind,
        length,
        start: size(row.start_offset),
        start_fraction: row.start_offset as f64 / publication.length.max(1) as f64,
        parts,
    })
}
