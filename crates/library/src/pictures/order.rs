//! Ordering pictures: in which manner, counted once, all of an order or none of it.

use pictures_crate::Style;
use sea_orm::{DatabaseTransaction, EntityTrait, QuerySelect};

use ::pictures as pictures_crate;

use crate::Library;
use crate::ids::{JobId, PublicationId, UserId};
use crate::jobs::{Work, queue};
use crate::pictures::{RequestError, settings};
use crate::plans;
use crate::plans::charges::{self, Refused};
use crate::storage::StorageError;
use crate::storage::entity::user;

/// How the pictures of an order are made.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Manner {
    pub(crate) style: Style,
    /// The reader's own words; empty without.
    pub(crate) words: String,
    /// Whether the services of the configuration draw.
    pub(crate) online: bool,
}

impl Manner {
    /// How a reader wants the pictures of a publication: in the style that was asked for, or that of their settings for
    /// the book, or that of the configuration.
    pub(crate) async fn of(
        library: &Library,
        user: UserId,
        publication: PublicationId,
        asked: Option<Style>,
    ) -> Result<Self, StorageError> {
        let settings = settings::of_publication(library, user, publication).await?;
        Ok(Self {
            style: asked.or(settings.style).unwrap_or_else(|| library.style()),
            words: settings
                .words
                .map_or_else(String::new, |words| words.as_str().to_owned()),
            online: settings.online && library.online_illustrators().is_some(),
        })
    }

    /// How the house draws what nobody asked for.
    pub(crate) fn of_house(library: &Library) -> Self {
        Self {
            style: library.style(),
            words: String::new(),
            online: false,
        }
    }

    /// The most that one picture in this manner costs, in millionths.
    pub(crate) fn price_micros(&self, library: &Library) -> u64 {
        match library.online_illustrators() {
            Some(online) if self.online => online.dearest_micros(),
            _ => 0,
        }
    }
}

/// Enqueues the orders of a reader that are not under way, and counts them. On an error the transaction must not be
/// committed.
pub(super) async fn place(
    library: &Library,
    transaction: &DatabaseTransaction,
    reader: UserId,
    works: &[Work],
    priority: i64,
    price_micros: u64,
) -> Result<Vec<JobId>, RequestError> {
    // Requests of one reader wait for each other here, so that two at once cannot pass the quota.
    let owner = user::Entity::find_by_id(reader.0)
        .lock_exclusive()
        .one(transaction)
        .await?
        .ok_or(RequestError::NotFound)?;
    let priority = priority + plans::allowance(library, transaction, &owner).await?.urgency();
    let (mut jobs, mut new) = (Vec::with_capacity(works.len()), Vec::new());
    for work in works {
        let placed = queue::place(library, transaction, work, Some(reader), priority).await?;
        if placed.is_new {
            new.push(placed.id);
        }
        jobs.push(placed.id);
    }
    match charges::take(library, transaction, &owner, &new, price_micros).await? {
        Ok(()) => Ok(jobs),
        Err(Refused::Quota(spent)) => Err(spent.into()),
        Err(Refused::Budget(spent)) => Err(spent.into()),
    }
}
