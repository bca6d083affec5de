//! Giving a reader a plan, and adjusting what it allows to them.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::NotSet, ActiveValue::Set, ConnectionTrait, EntityTrait, QuerySelect};

use crate::audit::{self, Act, Actor};
use crate::ids::UserId;
use crate::plans::Plan;
use crate::storage::entity::{user, user_plan};
use crate::{Library, LookupError};

/// Why a reader has a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An administrator gave it.
    Gift,
    /// It was paid for.
    Payment,
    /// To try it.
    Trial,
}

impl Reason {
    /// The name in rows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gift => "gift",
            Self::Payment => "payment",
            Self::Trial => "trial",
        }
    }
}

/// What a reader may have in place of what their plan says; `None` is what the plan says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Adjustment {
    /// Books on the shelf.
    pub books: Option<u64>,
    /// Bytes of their files.
    pub storage_bytes: Option<u64>,
    /// Pictures in a day.
    pub pictures_per_day: Option<u64>,
    /// Pictures in a month.
    pub pictures_per_month: Option<u64>,
}

/// Gives a plan, in place of the one so far; without an end it lasts.
///
/// # Errors
/// [`LookupError::NotFound`] when there is no such reader.
pub async fn grant(
    library: &Library,
    actor: Actor,
    id: UserId,
    plan: Plan,
    until: Option<DateTime<Utc>>,
    reason: Reason,
) -> Result<(), LookupError> {
    let transaction = library.db().write().await?;
    require(&transaction, id).await?;
    let mut row = blank(library, id);
    row.plan = Set(Some(plan.name().to_owned()));
    row.until = Set(until);
    row.reason = Set(Some(reason.name().to_owned()));
    upsert(
        &transaction,
        row,
        &[
            user_plan::Column::Plan,
            user_plan::Column::Until,
            user_plan::Column::Reason,
        ],
    )
    .await?;
    audit::append(
        library,
        &transaction,
        actor,
        &Act::PlanGranted {
            user: id,
            plan,
            until,
        },
    )
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Ends the plan that was given: from now on the default counts.
///
/// # Errors
/// [`LookupError::NotFound`] when there is no such reader.
pub async fn revoke(library: &Library, actor: Actor, id: UserId) -> Result<(), LookupError> {
    let transaction = library.db().write().await?;
    require(&transaction, id).await?;
    let row = blank(library, id);
    upsert(
        &transaction,
        row,
        &[
            user_plan::Column::Plan,
            user_plan::Column::Until,
            user_plan::Column::Reason,
        ],
    )
    .await?;
    audit::append(library, &transaction, actor, &Act::PlanRevoked { user: id }).await?;
    transaction.commit().await?;
    Ok(())
}

/// Adjusts what a reader may have, whatever their plan.
///
/// # Errors
/// [`LookupError::NotFound`] when there is no such reader.
pub async fn adjust(
    library: &Library,
    actor: Actor,
    id: UserId,
    adjustment: Adjustment,
) -> Result<(), LookupError> {
    let transaction = library.db().write().await?;
    require(&transaction, id).await?;
    let stored = |own: Option<u64>| Set(own.map(|own| i64::try_from(own).unwrap_or(i64::MAX)));
    let mut row = blank(library, id);
    row.books = stored(adjustment.books);
    row.storage_bytes = stored(adjustment.storage_bytes);
    row.pictures_per_day = stored(adjustment.pictures_per_day);
    row.pictures_per_month = stored(adjustment.pictures_per_month);
    let changed = [
        user_plan::Column::Books,
        user_plan::Column::StorageBytes,
        user_plan::Column::PicturesPerDay,
        user_plan::Column::PicturesPerMonth,
    ];
    upsert(&transaction, row, &changed).await?;
    audit::append(library, &transaction, actor, &Act::AllowanceAdjusted { user: id }).await?;
    transaction.commit().await?;
    Ok(())
}

/// Waits for the acts of the reader that are under way: they are judged by the plan they began with.
async fn require(transaction: &impl ConnectionTrait, id: UserId) -> Result<(), LookupError> {
    user::Entity::find_by_id(id.0)
        .lock_exclusive()
        .one(transaction)
        .await?
        .map(|_| ())
        .ok_or(LookupError::NotFound)
}

fn blank(library: &Library, id: UserId) -> user_plan::ActiveModel {
    user_plan::ActiveModel {
        user_id: Set(id.0),
        plan: Set(None),
        until: Set(None),
        reason: Set(None),
        books: NotSet,
        storage_bytes: NotSet,
        pictures_per_day: NotSet,
        pictures_per_month: NotSet,
        updated_at: Set(library.now()),
    }
}

async fn upsert(
    transaction: &impl ConnectionTrait,
    row: user_plan::ActiveModel,
    changed: &[user_plan::Column],
) -> Result<(), LookupError> {
    let conflict = OnConflict::column(user_plan::Column::UserId)
        .update_columns(changed.iter().copied().chain([user_plan::Column::UpdatedAt]))
        .to_owned();
    user_plan::Entity::insert(row)
        .on_conflict(conflict)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}
