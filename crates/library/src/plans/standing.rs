//! What a reader may have now, and what they have.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::accounts::synthetic;
use crate::ids::UserId;
use crate::plans::{Allowance, Plan, UnknownPlan, counts};
use crate::storage::StorageError;
use crate::storage::entity::{user, user_plan};
use crate::{Library, LookupError};

/// Pictures that a synthetic account may ask for in a day.
const SYNTHETIC_PICTURES: u64 = 3;

/// A reader's plan and how much of it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The plan that counts now.
    pub plan: Plan,
    /// When it ends, unless it is prolonged; then the default plan counts.
    pub until: Option<DateTime<Utc>>,
    /// What it allows, with what was adjusted for this reader.
    pub allowance: Allowance,
    /// What is used of it.
    pub used: Use,
}

impl Standing {
    /// Is more held than the plan allows? Nothing is lost by that; nothing can be added either.
    pub fn is_above(&self) -> bool {
        self.used.books > self.allowance.books || self.used.storage_bytes > self.allowance.storage_bytes
    }
}

/// What is used of an allowance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Use {
    /// Books on the shelf.
    pub books: u64,
    /// Bytes of their files.
    pub storage_bytes: u64,
    /// Pictures asked for today.
    pub pictures_today: u64,
    /// Pictures asked for this month.
    pub pictures_this_month: u64,
}

/// A reader's plan and how much of it is used.
///
/// # Errors
/// [`LookupError::NotFound`] when there is no such reader.
pub async fn standing(library: &Library, id: UserId) -> Result<Standing, LookupError> {
    let connection = library.db().read();
    let owner = user::Entity::find_by_id(id.0)
        .one(connection)
        .await?
        .ok_or(LookupError::NotFound)?;
    let (plan, until, allowance) = effective(library, connection, &owner).await?;
    Ok(Standing {
        plan,
        until,
        allowance,
        used: counts::used(library, connection, id.0).await?,
    })
}

/// What a reader may have now: call it with the reader's row locked when something is to be added.
pub(crate) async fn allowance(
    library: &Library,
    connection: &impl ConnectionTrait,
    owner: &user::Model,
) -> Result<Allowance, StorageError> {
    Ok(effective(library, connection, owner).await?.2)
}

async fn effective(
    library: &Library,
    connection: &impl ConnectionTrait,
    owner: &user::Model,
) -> Result<(Plan, Option<DateTime<Utc>>, Allowance), StorageError> {
    let config = &library.config().plans;
    let row = user_plan::Entity::find_by_id(owner.id).one(connection).await?;
    let granted = row
        .as_ref()
        .filter(|row| row.plan.is_some() && row.until.is_none_or(|until| until > library.now()));
    let plan = match granted.and_then(|row| row.plan.as_deref()) {
        Some(name) => name
            .parse()
            .map_err(|error: UnknownPlan| StorageError::Damaged(error.to_string()))?,
        None => config.default,
    };
    let until = granted.and_then(|row| row.until);
    let mut allowance = config.allowance(plan);
    if let Some(row) = &row {
        let adjusted =
            |own: Option<i64>, plan: u64| own.and_then(|own| u64::try_from(own).ok()).unwrap_or(plan);
        allowance.books = adjusted(row.books, allowance.books);
        allowance.storage_bytes = adjusted(row.storage_bytes, allowance.storage_bytes);
        allowance.pictures_per_day = adjusted(row.pictures_per_day, allowance.pictures_per_day);
        allowance.pictures_per_month = adjusted(row.pictures_per_month, allowance.pictures_per_month);
    }
    if owner.synthetic {
        allowance.books = allowance.books.min(synthetic::BOOKS);
        allowance.pictures_per_day = allowance.pictures_per_day.min(SYNTHETIC_PICTURES);
    }
    Ok((plan, until, allowance))
}
