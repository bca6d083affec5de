//! What readers decide about pictures.

use garde::Validate;
use library::ids::BookId;
use library::pictures::words::StyleWords;
use library::pictures::{best, gallery, settings};
use library::plans;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::Picture;
use super::description::Kind;
use super::picture::Style;
use crate::extract::no_control_characters;

/// Which passages are wanted as pictures.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BestPictures {
    /// How many passages, the best of as many stretches of the text.
    #[garde(range(min = 1, max = 100))]
    #[schema(minimum = 1, maximum = 100)]
    pub(crate) count: u32,
    /// Only those of this chapter.
    #[serde(default)]
    #[garde(inner(range(max = 1_000_000)))]
    #[schema(maximum = 1_000_000)]
    pub(crate) chapter: Option<u32>,
    /// The style of the book's settings when absent.
    #[serde(default)]
    #[garde(skip)]
    #[schema(inline)]
    pub(crate) style: Option<Style>,
}

/// What was ordered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrderedPictures {
    /// Passages that have their picture already.
    pub(crate) ready: u64,
    /// The jobs that draw the others.
    pub(crate) job_ids: Vec<Uuid>,
}

/// How a reader wants a book illustrated.
#[derive(Debug, Deserialize, Serialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PictureSettings {
    /// Whether the words of its passages may be sent to the services that this server is configured with.
    #[garde(skip)]
    pub(crate) online: bool,
    /// The style of every picture that names none; that of the server when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    #[schema(inline)]
    pub(crate) style: Option<Style>,
    /// My own words for the style, which every prompt of the book carries in place of the style's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(custom(style_words)))]
    #[schema(
        min_length = 1,
        max_length = 200,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$"
    )]
    pub(crate) words: Option<String>,
}

/// Money that services may take for pictures.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PictureSpending {
    /// The current calendar month by UTC, as 2026-11.
    pub(crate) month: String,
    /// What this month's pictures cost, and those that are ordered will cost at most, in millionths of the unit that the
    /// configuration counts in.
    pub(crate) spent_micros: u64,
    /// What they may cost; absent without a limit.
    pub(crate) budget_micros: Option<u64>,
}

fn style_words(words: &impl AsRef<str>, _context: &()) -> garde::Result {
    StyleWords::new(words.as_ref())
        .map(drop)
        .map_err(|error| garde::Error::new(error.to_string()))
}

/// Why a picture should not be shown.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PictureReport {
    /// In a sentence or two.
    #[garde(length(chars, min = 1, max = 1000), custom(no_control_characters))]
    #[schema(
        min_length = 1,
        max_length = 1000,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$"
    )]
    pub(crate) reason: String,
}

/// Where anybody sees a picture.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SharedPicture {
    /// The address on this server; it is told only now.
    pub(crate) url: String,
}

/// All pictures of a passage.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PictureVariants {
    pub(crate) items: Vec<Picture>,
}

/// A picture and the book it belongs to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HangingPicture {
    pub(crate) book_id: Uuid,
    pub(crate) book_title: String,
    /// Whether I show it to people without an account.
    pub(crate) shared: bool,
    pub(crate) picture: Picture,
}

/// Which pictures of the shelf.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct ShelfGalleryQuery {
    /// Only those of this book on my shelf.
    #[garde(skip)]
    #[param(nullable = false)]
    book_id: Option<Uuid>,
    /// Only those that I show to people without an account.
    #[garde(skip)]
    #[param(default = false)]
    shared: bool,
    /// Words of the passage, or of the book's title or author.
    #[garde(inner(length(chars, max = 200), custom(no_control_characters)))]
    #[param(
        max_length = 200,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        nullable = false
    )]
    q: Option<String>,
    /// Only those in this style.
    #[garde(skip)]
    #[param(inline, nullable = false)]
    style: Option<Style>,
    /// Only those of this kind of passage; may be repeated.
    #[garde(length(max = 5))]
    #[param(inline, max_items = 5)]
    kind: Vec<Kind>,
    /// Counted from 1.
    #[garde(range(min = 1, max = 100_000))]
    #[param(minimum = 1, maximum = 100_000, default = 1)]
    page: u32,
    /// Pictures of a page.
    #[garde(range(min = 1, max = 100))]
    #[param(minimum = 1, maximum = 100, default = 20)]
    per_page: u32,
}

impl Default for ShelfGalleryQuery {
    fn default() -> Self {
        Self {
            book_id: None,
            shared: false,
            q: None,
            style: None,
            kind: Vec::new(),
            page: 1,
            per_page: 20,
        }
    }
}

impl From<BestPictures> for best::BestWish {
    fn from(wish: BestPictures) -> Self {
        Self {
            chapter: wish.chapter.map(|chapter| chapter as usize),
            count: wish.count as usize,
            style: wish.style.map(Into::into),
        }
    }
}

impl From<best::Ordered> for OrderedPictures {
    fn from(ordered: best::Ordered) -> Self {
        Self {
            ready: ordered.ready,
            job_ids: ordered.jobs.into_iter().map(|job| job.0).collect(),
        }
    }
}

impl From<settings::PictureSettings> for PictureSettings {
    fn from(settings: settings::PictureSettings) -> Self {
        Self {
            online: settings.online,
            style: settings.style.map(Into::into),
            words: settings.words.map(|words| words.as_str().to_owned()),
        }
    }
}

impl From<PictureSettings> for settings::PictureSettings {
    fn from(settings: PictureSettings) -> Self {
        Self {
            online: settings.online,
            style: settings.style.map(Into::into),
            words: settings.words.and_then(|words| StyleWords::new(&words).ok()),
        }
    }
}

impl From<plans::Spending> for PictureSpending {
    fn from(spending: plans::Spending) -> Self {
        Self {
            month: spending.month,
            spent_micros: spending.spent_micros,
            budget_micros: spending.budget_micros,
        }
    }
}

impl From<gallery::Hanging> for HangingPicture {
    fn from(hanging: gallery::Hanging) -> Self {
        Self {
            book_id: hanging.book.0,
            book_title: hanging.title,
            shared: hanging.shared,
            picture: hanging.picture.into(),
        }
    }
}

impl From<ShelfGalleryQuery> for gallery::GalleryQuery {
    fn from(query: ShelfGalleryQuery) -> Self {
        Self {
            style: query.style.map(Into::into),
            kinds: query
                .kind
                .into_iter()
                .map(|kind| kind.name().to_owned())
                .collect(),
            book: query.book_id.map(BookId),
            shared: query.shared,
            text: query.q,
            page: query.page.into(),
            per_page: query.per_page.into(),
        }
    }
}
