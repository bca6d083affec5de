//! What each picture was counted as: taken when it is ordered, given back once when it comes to nothing.

use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::Library;
use crate::ids::JobId;
use crate::plans::counts::{count_on, uncount};
use crate::plans::{BudgetSpent, Spent, budget, take_pictures};
use crate::storage::StorageError;
use crate::storage::entity::{picture_charge, user};

/// Why an order is not taken.
pub(crate) enum Refused {
    /// The reader's plan.
    Quota(Spent),
    /// The installation's money.
    Budget(BudgetSpent),
}

/// Counts new orders of a reader, each at this price at most: all of them, or none. The caller holds the lock of the
/// owner's row, and added the jobs in the same transaction.
pub(crate) async fn take(
    library: &Library,
    transaction: &impl ConnectionTrait,
    owner: &user::Model,
    jobs: &[JobId],
    price_micros: u64,
) -> Result<Result<(), Refused>, StorageError> {
    let count = jobs.len() as u64;
    if let Err(spent) = take_pictures(library, transaction, owner, count).await? {
        return Ok(Err(Refused::Quota(spent)));
    }
    let price = price_micros.saturating_mul(count);
    if let Err(spent) = budget::reserve(library, transaction, price).await? {
        return Ok(Err(Refused::Budget(spent)));
    }
    for job in jobs {
        write(library, transaction, *job, Some(owner.id), price_micros).await?;
    }
    Ok(Ok(()))
}

/// Sets money aside for a picture that the house orders: nobody's plan counts it. When the month has less left, nothing
/// is set aside, and the services are not asked for it.
pub(crate) async fn take_for_house(
    library: &Library,
    transaction: &impl ConnectionTrait,
    job: JobId,
    price_micros: u64,
) -> Result<(), StorageError> {
    if budget::reserve(library, transaction, price_micros).await?.is_ok() {
        write(library, transaction, job, None, price_micros).await?;
    }
    Ok(())
}

/// Gives back what was counted for a job that comes to nothing; a second time there is nothing to give.
pub(crate) async fn refund(transaction: &impl ConnectionTrait, job: Uuid) -> Result<(), StorageError> {
    for charge in mark(transaction, job, true).await? {
        if let Some(owner) = charge.user_id {
            uncount(transaction, owner, &charge.day).await?;
        }
        budget::release(transaction, &charge.day, charge.cost_micros).await?;
    }
    Ok(())
}

/// Counts a job again that an operator starts again, on today's account. Whatever the plan says it is done; when the
/// installation's money does not suffice, without the services that cost.
pub(crate) async fn take_again(
    library: &Library,
    transaction: &impl ConnectionTrait,
    job: Uuid,
) -> Result<(), StorageError> {
    for charge in mark(transaction, job, false).await? {
        let price = u64::try_from(charge.cost_micros).unwrap_or(0);
        let reserved = budget::reserve(library, transaction, price).await?.is_ok();
        let day = library.now().date_naive().to_string();
        if let Some(owner) = charge.user_id {
            count_on(transaction, owner, &day, 1).await?;
        }
        let mut change: picture_charge::ActiveModel = charge.into();
        change.day = Set(day);
        if !reserved {
            change.cost_micros = Set(0);
        }
        change.update(transaction).await?;
    }
    Ok(())
}

/// How much is set aside for a job; `None` when nothing was ever counted for it.
pub(crate) async fn set_aside(
    connection: &impl ConnectionTrait,
    job: Uuid,
) -> Result<Option<u64>, StorageError> {
    let charge = picture_charge::Entity::find_by_id(job)
        .filter(picture_charge::Column::Refunded.eq(false))
        .one(connection)
        .await?;
    Ok(charge.map(|charge| u64::try_from(charge.cost_micros).unwrap_or(0)))
}

/// Puts what a picture did cost in place of what was set aside for it.
pub(crate) async fn settle(
    transaction: &impl ConnectionTrait,
    job: Uuid,
    cost_micros: u64,
) -> Result<(), StorageError> {
    let charge = picture_charge::Entity::find_by_id(job)
        .filter(picture_charge::Column::Refunded.eq(false))
        .one(transaction)
        .await?;
    let Some(charge) = charge else { return Ok(()) };
    let cost = i64::try_from(cost_micros).unwrap_or(i64::MAX);
    budget::release(transaction, &charge.day, charge.cost_micros - cost).await?;
    let mut change: picture_charge::ActiveModel = charge.into();
    change.cost_micros = Set(cost);
    change.update(transaction).await?;
    Ok(())
}

async fn write(
    library: &Library,
    transaction: &impl ConnectionTrait,
    job: JobId,
    owner: Option<Uuid>,
    cost_micros: u64,
) -> Result<(), StorageError> {
    let row = picture_charge::ActiveModel {
        job_id: Set(job.0),
        user_id: Set(owner),
        day: Set(library.now().date_naive().to_string()),
        cost_micros: Set(i64::try_from(cost_micros).unwrap_or(i64::MAX)),
        refunded: Set(false),
    };
    picture_charge::Entity::insert(row)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Turns the mark of a charge over; one statement decides who did it.
async fn mark(
    transaction: &impl ConnectionTrait,
    job: Uuid,
    refunded: bool,
) -> Result<Vec<picture_charge::Model>, StorageError> {
    let turned = picture_charge::Entity::update_many()
        .col_expr(picture_charge::Column::Refunded, Expr::value(refunded))
        .filter(picture_charge::Column::JobId.eq(job))
        .filter(picture_charge::Column::Refunded.eq(!refunded))
        .exec_with_returning(transaction)
        .await?;
    Ok(turned)
}
