//! Pictures of the best passages of a chapter or of a whole book, asked for at once.

use std::collections::{HashMap, HashSet};

use ::descriptions::Candidate;
use pictures_crate::Style;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use ::pictures as pictures_crate;

use crate::access::visible_publication;
use crate::books::size;
use crate::ids::{BookId, DescriptionId, JobId, PublicationId, UserId};
use crate::jobs::{BATCH_PICTURE_PRIORITY, Work};
use crate::pictures::order::{self, Manner};
use crate::pictures::{RequestError, in_manner};
use crate::storage::StorageError;
use crate::storage::entity::{chapter, description, picture};
use crate::{Library, Viewer};

/// Which passages are wanted as pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BestWish {
    /// Only those of this chapter; of the whole book when `None`.
    pub chapter: Option<usize>,
    /// How many.
    pub count: usize,
    /// The manner; that of the book's settings when `None`.
    pub style: Option<Style>,
}

/// What became of the wish.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ordered {
    /// So many of the passages have their picture already.
    pub ready: u64,
    /// The jobs that draw the others, in the order of the book.
    pub jobs: Vec<JobId>,
}

/// Asks for pictures of the best passages: all of them, or none when the quota does not suffice for all. The same wish
/// again gives the same jobs.
///
/// # Errors
/// See [`RequestError`].
pub async fn request_best(
    library: &Library,
    user: UserId,
    book: BookId,
    wish: BestWish,
) -> Result<Ordered, RequestError> {
    let publication = PublicationId(visible_publication(library, Viewer::User(user), book).await?.id);
    let manner = Manner::of(library, user, publication, wish.style).await?;
    let wanted = best(library, publication, wish).await?;
    let drawn = drawn(library, publication, &manner).await?;
    let asked = wanted.len();
    let works: Vec<Work> = wanted
        .into_iter()
        .filter(|(description, seed)| !drawn.contains(&(description.0, *seed)))
        .map(|(description, seed)| {
            Work::illustrate(publication, description, manner.clone(), seed.cast_unsigned())
        })
        .collect();
    let price = manner.price_micros(library);
    let transaction = library.db().write().await?;
    let jobs = order::place(library, &transaction, user, &works, BATCH_PICTURE_PRIORITY, price).await?;
    transaction.commit().await?;
    library.announce_work();
    Ok(Ordered {
        ready: (asked - works.len()) as u64,
        jobs,
    })
}

/// The passages with their seeds, in the order of the book.
async fn best(
    library: &Library,
    publication: PublicationId,
    wish: BestWish,
) -> Result<Vec<(DescriptionId, i64)>, StorageError> {
    use description::Column as D;
    let connection = library.db().read();
    let starts: Vec<(i64, i64)> = chapter::Entity::find()
        .select_only()
        .columns([chapter::Column::Number, chapter::Column::StartOffset])
        .filter(chapter::Column::PublicationId.eq(publication.0))
        .into_tuple()
        .all(connection)
        .await?;
    let starts: HashMap<i64, i64> = starts.into_iter().collect();
    let mut passages = description::Entity::find()
        .select_only()
        .columns([D::Id, D::Seed, D::Chapter, D::StartOffset, D::Score])
        .filter(D::PublicationId.eq(publication.0));
    if let Some(chapter) = wish.chapter {
        passages = passages.filter(D::Chapter.eq(i64::try_from(chapter).unwrap_or(i64::MAX)));
    }
    let passages: Vec<(Uuid, i64, i64, i64, f64)> = passages
        .order_by_asc(D::Chapter)
        .order_by_asc(D::StartOffset)
        .into_tuple()
        .all(connection)
        .await?;
    let candidates: Vec<Candidate> = passages
        .iter()
        .map(|(_, _, chapter, offset, score)| Candidate {
            place: size(starts.get(chapter).copied().unwrap_or(0) + offset),
            score: *score as f32,
        })
        .collect();
    let chosen = ::descriptions::best(&candidates, wish.count);
    Ok(chosen
        .into_iter()
        .map(|index| (DescriptionId(passages[index].0), passages[index].1))
        .collect())
}

/// Passages and seeds that have a picture in this manner, withdrawn ones included: those are not drawn again.
async fn drawn(
    library: &Library,
    publication: PublicationId,
    manner: &Manner,
) -> Result<HashSet<(Uuid, i64)>, StorageError> {
    let rows: Vec<(Uuid, i64)> = picture::Entity::find()
        .select_only()
        .columns([picture::Column::DescriptionId, picture::Column::Seed])
        .filter(picture::Column::PublicationId.eq(publication.0))
        .filter(in_manner(manner))
        .into_tuple()
        .all(library.db().read())
        .await?;
    Ok(rows.into_iter().collect())
}
