//! What a book is to the one who sees it.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Viewer;
use crate::ids::{BookId, JobId, PublicationId};
use crate::storage::StorageError;

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// The items of this page.
    pub items: Vec<T>,
    /// How many there are on all pages.
    pub total: u64,
    /// Which page, from 1.
    pub page: u64,
    /// How many items a page holds at most.
    pub per_page: u64,
}

/// Bytes with their type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// Their media type.
    pub media_type: String,
    /// The bytes.
    pub bytes: Bytes,
    /// Their SHA-256 in hexadecimal digits: a strong entity tag.
    pub sha256: String,
}

/// How far the work on a book is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookStatus {
    /// Its chapters cannot be read yet.
    Importing,
    /// It can be read; its descriptions are being looked for.
    Describing,
    /// Everything is there, or, with a failure set, all that could be had.
    Ready,
    /// It cannot be read.
    Failed,
}

impl BookStatus {
    /// The name in rows and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Importing => "importing",
            Self::Describing => "describing",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }

    pub(crate) fn from_name(name: &str) -> Result<Self, StorageError> {
        [Self::Importing, Self::Describing, Self::Ready, Self::Failed]
            .into_iter()
            .find(|status| status.name() == name)
            .ok_or_else(|| StorageError::Damaged(format!("book status {name:?}")))
    }
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Stable, for programs.
    pub code: String,
    /// For people.
    pub detail: String,
}

/// How far a reader is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Index of the chapter.
    pub chapter: usize,
    /// UTF-16 code units into its text.
    pub offset: usize,
    /// Share of the whole book before that place, in 0..=1.
    pub fraction: f64,
}

/// A book as its viewer sees it. Lengths are UTF-16 code units.
#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    /// Which.
    pub id: BookId,
    /// What it is a copy of.
    pub publication: PublicationId,
    /// Title.
    pub title: String,
    /// Authors' names.
    pub authors: Vec<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Name of the series.
    pub series: Option<String>,
    /// Number in the series.
    pub series_position: Option<f64>,
    /// Annotation, plain text.
    pub description: Option<String>,
    /// `epub2`, `epub3`, `fb2`, `text` or `markdown`.
    pub format: String,
    /// How far the work on it is.
    pub status: BookStatus,
    /// What went wrong, if anything did.
    pub failure: Option<Failure>,
    /// 32 hexadecimal digits under which its chapters are served; `None` while importing.
    pub revision: Option<String>,
    /// Number of chapters.
    pub chapter_count: usize,
    /// Length of all chapters.
    pub length: usize,
    /// Index of the chapter where the story begins.
    pub start_chapter: usize,
    /// Is there a cover?
    pub has_cover: bool,
    /// Is it on the viewer's own shelf?
    pub owned: bool,
    /// Is it in the public catalogue?
    pub in_catalogue: bool,
    /// How many descriptions were found.
    pub description_count: usize,
    /// How many pictures there are.
    pub picture_count: usize,
    /// Where the viewer is in it.
    pub progress: Option<Progress>,
    /// When it came onto the shelf.
    pub added_at: DateTime<Utc>,
    /// The job that works on it now.
    pub job: Option<JobId>,
}

/// The columns a [`Book`] is made of.
#[derive(FromQueryResult)]
pub(super) struct BookRow {
    pub(super) id: Uuid,
    user_id: Uuid,
    pub(super) publication_id: Uuid,
    in_catalogue: bool,
    added_at: DateTime<Utc>,
    title: String,
    authors: serde_json::Value,
    language: String,
    series: Option<String>,
    series_position: Option<f64>,
    description: Option<String>,
    format: String,
    pub(super) status: String,
    failure_code: Option<String>,
    failure_detail: Option<String>,
    revision: Option<String>,
    chapter_count: i64,
    length: i64,
    start_chapter: i64,
    cover_resource: Option<String>,
    description_count: i64,
    picture_count: i64,
    position_chapter: Option<i64>,
    position_offset: Option<i64>,
    position_fraction: Option<f64>,
}

impl BookRow {
    pub(super) fn into_book(self, viewer: Viewer, job: Option<JobId>) -> Result<Book, StorageError> {
        let progress = match (
            self.position_chapter,
            self.position_offset,
            self.position_fraction,
        ) {
            (Some(chapter), Some(offset), Some(fraction)) => Some(Progress {
                chapter: size(chapter),
                offset: size(offset),
                fraction,
            }),
            _ => None,
        };
        Ok(Book {
            id: BookId(self.id),
            publication: PublicationId(self.publication_id),
            title: self.title,
            authors: serde_json::from_value(self.authors)?,
            language: (!self.language.is_empty()).then_some(self.language),
            series: self.series,
            series_position: self.series_position,
            description: self.description,
            format: self.format,
            status: BookStatus::from_name(&self.status)?,
            failure: self.failure_code.map(|code| Failure {
                code,
                detail: self.failure_detail.unwrap_or_default(),
            }),
            revision: self.revision,
            chapter_count: size(self.chapter_count),
            length: size(self.length),
            start_chapter: size(self.start_chapter),
            has_cover: self.cover_resource.is_some(),
            owned: viewer.user().is_some_and(|user| user.0 == self.user_id),
            in_catalogue: self.in_catalogue,
            description_count: size(self.description_count),
            picture_count: size(self.picture_count),
            progress,
            added_at: self.added_at,
            job,
        })
    }
}

/// A count or an offset as it lies in a row; negative ones are never written.
pub(crate) fn size(stored: i64) -> usize {
    usize::try_from(stored).unwrap_or(0)
}

/// The same on its way into a row.
pub(crate) fn stored(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}
