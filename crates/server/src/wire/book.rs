//! Books on shelves and in the catalogue.

use chrono::{DateTime, Utc};
use garde::Validate;
use library::books::{self, BookSort, Scope};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::Job;
use crate::extract::no_control_characters;

/// A book as its reader sees it. Lengths are UTF-16 code units.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Book {
    pub(crate) id: Uuid,
    pub(crate) title: String,
    pub(crate) authors: Vec<String>,
    /// BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) series: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) series_position: Option<f64>,
    /// The annotation as plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    /// Format of the file.
    pub(crate) format: String,
    pub(crate) status: BookStatus,
    /// What went wrong, if anything did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) failure: Option<Failure>,
    /// Names the text in all addresses under `/content`; absent while importing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) revision: Option<String>,
    pub(crate) chapter_count: usize,
    /// Length of all chapters.
    pub(crate) length: usize,
    /// Index of the chapter where the story begins.
    pub(crate) start_chapter: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cover_url: Option<String>,
    /// Is it on the reader's own shelf?
    pub(crate) owned: bool,
    /// May everybody read it?
    pub(crate) in_catalogue: bool,
    pub(crate) description_count: usize,
    pub(crate) picture_count: usize,
    /// Where the reader is in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) progress: Option<Progress>,
    pub(crate) added_at: DateTime<Utc>,
    /// The job that works on it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) job_id: Option<Uuid>,
}

/// How far the work on a book is: one cannot be read while it is `importing`, one can while it is `describing`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BookStatus {
    Importing,
    Describing,
    Ready,
    Failed,
}

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Failure {
    /// Stable, for programs.
    pub(crate) code: String,
    /// For people.
    pub(crate) detail: String,
}

/// How far a reader is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Progress {
    pub(crate) chapter: usize,
    /// UTF-16 code units into the chapter's text.
    pub(crate) offset: usize,
    /// Share of the whole book before that place.
    #[schema(minimum = 0.0, maximum = 1.0)]
    pub(crate) fraction: f64,
}

/// What became of an upload.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AddedBook {
    pub(crate) book: Book,
    /// The job that imports it; null when the work was done before.
    pub(crate) job: Option<Job>,
    /// The reader had this book already: nothing was added.
    pub(crate) duplicate: bool,
}

/// Which books, in which order.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct BookQuery {
    /// Counted from 1.
    #[garde(range(min = 1, max = 100_000))]
    #[param(minimum = 1, maximum = 100_000, default = 1)]
    page: u32,
    /// Books of a page.
    #[garde(range(min = 1, max = 100))]
    #[param(minimum = 1, maximum = 100, default = 20)]
    per_page: u32,
    #[garde(skip)]
    #[param(inline)]
    sort: Order,
    /// Words of title, series or author.
    #[garde(inner(length(chars, max = 200), custom(no_control_characters)))]
    #[param(
        max_length = 200,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        nullable = false
    )]
    q: Option<String>,
    /// Language tag; `ru` finds `ru-RU` too.
    #[garde(inner(pattern(r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4})?$")))]
    #[param(
        max_length = 40,
        pattern = "^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4})?$",
        nullable = false
    )]
    language: Option<String>,
    /// Which shelf: the reader's own (needs an account), the public catalogue, or both.
    #[garde(skip)]
    #[param(inline)]
    scope: Shelf,
}

impl Default for BookQuery {
    fn default() -> Self {
        Self {
            page: 1,
            per_page: 20,
            sort: Order::default(),
            q: None,
            language: None,
            scope: Shelf::default(),
        }
    }
}

/// As [`BookQuery`], of the public catalogue.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct CatalogueQuery {
    /// Counted from 1.
    #[garde(range(min = 1, max = 100_000))]
    #[param(minimum = 1, maximum = 100_000, default = 1)]
    page: u32,
    /// Books of a page.
    #[garde(range(min = 1, max = 100))]
    #[param(minimum = 1, maximum = 100, default = 20)]
    per_page: u32,
    #[garde(skip)]
    #[param(inline)]
    sort: Order,
    /// Words of title, series or author.
    #[garde(inner(length(chars, max = 200), custom(no_control_characters)))]
    #[param(
        max_length = 200,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        nullable = false
    )]
    q: Option<String>,
    /// Language tag; `ru` finds `ru-RU` too.
    #[garde(inner(pattern(r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4})?$")))]
    #[param(
        max_length = 40,
        pattern = "^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4})?$",
        nullable = false
    )]
    language: Option<String>,
}

impl Default for CatalogueQuery {
    fn default() -> Self {
        Self {
            page: 1,
            per_page: 20,
            sort: Order::default(),
            q: None,
            language: None,
        }
    }
}

/// In which order; a dash turns it round.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[schema(default = "-added")]
pub(crate) enum Order {
    #[serde(rename = "title")]
    Title,
    #[serde(rename = "-title")]
    TitleDescending,
    #[serde(rename = "author")]
    Author,
    #[serde(rename = "-author")]
    AuthorDescending,
    #[serde(rename = "added")]
    Added,
    #[default]
    #[serde(rename = "-added")]
    AddedDescending,
    #[serde(rename = "opened")]
    Opened,
    #[serde(rename = "-opened")]
    OpenedDescending,
}

/// Which shelf.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(default = "all")]
pub(crate) enum Shelf {
    Own,
    Catalogue,
    #[default]
    All,
}

impl BookQuery {
    /// Does it ask for a shelf that only an account has?
    pub(crate) fn needs_account(&self) -> bool {
        self.scope == Shelf::Own
    }
}

impl From<BookQuery> for books::BookQuery {
    fn from(query: BookQuery) -> Self {
        let BookQuery {
            page,
            per_page,
            sort,
            q,
            language,
            scope,
        } = query;
        let scope = match scope {
            Shelf::Own => Scope::Own,
            Shelf::Catalogue => Scope::Catalogue,
            Shelf::All => Scope::All,
        };
        let (sort, descending) = sort.split();
        Self {
            scope,
            text: q,
            language,
            sort,
            descending,
            page: page.into(),
            per_page: per_page.into(),
        }
    }
}

impl From<CatalogueQuery> for books::BookQuery {
    fn from(query: CatalogueQuery) -> Self {
        let CatalogueQuery {
            page,
            per_page,
            sort,
            q,
            language,
        } = query;
        BookQuery {
            page,
            per_page,
            sort,
            q,
            language,
            scope: Shelf::Catalogue,
        }
        .into()
    }
}

impl Order {
    fn split(self) -> (BookSort, bool) {
        match self {
            Self::Title => (BookSort::Title, false),
            Self::TitleDescending => (BookSort::Title, true),
            Self::Author => (BookSort::Author, false),
            Self::AuthorDescending => (BookSort::Author, true),
            Self::Added => (BookSort::Added, false),
            Self::AddedDescending => (BookSort::Added, true),
            Self::Opened => (BookSort::Opened, false),
            Self::OpenedDescending => (BookSort::Opened, true),
        }
    }
}

impl From<books::Book> for Book {
    fn from(book: books::Book) -> Self {
        Self {
            id: book.id.0,
            title: book.title,
            authors: book.authors,
            language: book.language,
            series: book.series,
            series_position: book.series_position,
            description: book.description,
            format: book.format,
            status: book.status.into(),
            failure: book.failure.map(Into::into),
            revision: book.revision,
            chapter_count: book.chapter_count,
            length: book.length,
            start_chapter: book.start_chapter,
            cover_url: book.has_cover.then(|| format!("/api/v1/books/{}/cover", book.id)),
            owned: book.owned,
            in_catalogue: book.in_catalogue,
            description_count: book.description_count,
            picture_count: book.picture_count,
            progress: book.progress.map(Into::into),
            added_at: book.added_at,
            job_id: book.job.map(|job| job.0),
        }
    }
}

impl From<books::BookStatus> for BookStatus {
    fn from(status: books::BookStatus) -> Self {
        match status {
            books::BookStatus::Importing => Self::Importing,
            books::BookStatus::Describing => Self::Describing,
            books::BookStatus::Ready => Self::Ready,
            books::BookStatus::Failed => Self::Failed,
        }
    }
}

impl From<books::Failure> for Failure {
    fn from(failure: books::Failure) -> Self {
        Self {
            code: failure.code,
            detail: failure.detail,
        }
    }
}

impl From<books::Progress> for Progress {
    fn from(progress: books::Progress) -> Self {
        Self {
            chapter: progress.chapter,
            offset: progress.offset,
            fraction: progress.fraction,
        }
    }
}
