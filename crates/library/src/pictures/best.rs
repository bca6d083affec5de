//! Pictures of the best passages of a chapter or of a whole book, asked for at once.

use std::collections::HashMap;

use ::descriptions::Candidate;
use pictures_crate::Style;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use ::pictures as pictures_crate;

use crate::access::visible_publication;
use crate::books::size;
use crate::ids::{BookId, DescriptionId, JobId, PublicationId, UserId};
use crate::jobs::{BATCH_PICTURE_PRIORITY, Work, queue};
use crate::pictures::{RequestError, is_under_way, settings};
use crate::plans;
use crate::storage::StorageError;
use crate::storage::entity::{chapter, description, picture, user};
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
    let style = style_for(library, user, publication, wish.style).await?;
    let wanted = best(library, publication, wish).await?;
    let drawn = drawn(library, publication, style).await?;
    let mut ordered = Ordered::default();
    let transaction = library.db().write().await?;
    // Requests of one user wait for each other here, so that two at once cannot pass the quota.
    let owner = user::Entity::find_by_id(user.0)
        .lock_exclusive()
        .one(&transaction)
        .await?
        .ok_or(RequestError::NotFound)?;
    let urgency = plans::allowance(library, &transaction, &owner).await?.urgency();
    for (description, seed) in wanted {
        if drawn.contains(&(description.0, seed)) {
            ordered.ready += 1;
            continue;
        }
        let work = Work::Illustrate {
            publication,
            description,
            style,
            seed: seed.cast_unsigned(),
        };
        if !is_under_way(&transaction, &work).await? {
            plans::take_picture(library, &transaction, &owner).await??;
        }
        let priority = BATCH_PICTURE_PRIORITY + urgency;
        let job = queue::enqueue(library, &transaction, &work, Some(user), priority).await?;
        ordered.jobs.push(job);
    }
    transaction.commit().await?;
    library.announce_work();
    Ok(ordered)
}

/// The style that was asked for, or that of the reader's settings for the book, or that of the configuration.
pub(super) async fn style_for(
    library: &Library,
    user: UserId,
    publication: PublicationId,
    asked: Option<Style>,
) -> Result<Style, StorageError> {
    if let Some(style) = asked {
        return Ok(style);
    }
    let settings = settings::of_publication(library, user, publication).await?;
    Ok(settings.style.unwrap_or_else(|| library.style()))
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

/// Passages and seeds that have a picture in this style, withdrawn ones included: those are not drawn again.
async fn drawn(
    library: &Library,
    publication: PublicationId,
    style: Style,
) -> Result<std::collections::HashSet<(Uuid, i64)>, StorageError> {
    let rows: Vec<(Uuid, i64)> = picture::Entity::find()
        .select_only()
        .columns([picture::Column::DescriptionId, picture::Column::Seed])
        .filter(picture::Column::PublicationId.eq(publication.0))
        .filter(picture::Column::Style.eq(style.name()))
        .into_tuple()
        .all(library.db().read())
        .await?;
    Ok(rows.into_iter().collect())
}
