//! The money that the whole installation may spend on pictures in a month, and where it stands.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::Library;
use crate::plans::counts::{midnight, next_month, refuse, unsigned};
use crate::storage::StorageError;
use crate::storage::entity::picture_spending;

/// The installation's money for pictures is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the services that draw for this server have used up their money of this month: they draw again from {again_at}. \
     Until then let this book be illustrated here, without them"
)]
pub struct BudgetSpent {
    /// When the next month begins.
    pub again_at: DateTime<Utc>,
    /// How long that is from now.
    pub wait: TimeDelta,
}

/// What pictures cost in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spending {
    /// As 2026-11, by UTC.
    pub month: String,
    /// What the pictures cost that were drawn, and at most will cost that are ordered, in millionths.
    pub spent_micros: u64,
    /// What they may cost; without limit when `None`.
    pub budget_micros: Option<u64>,
}

/// Where the current month stands.
///
/// # Errors
/// When storage fails.
pub async fn spending(library: &Library) -> Result<Spending, StorageError> {
    let month = month_of(&library.now().date_naive().to_string()).to_owned();
    let row = picture_spending::Entity::find_by_id(month.clone())
        .one(library.db().read())
        .await?;
    Ok(Spending {
        month,
        spent_micros: row.map_or(0, |row| unsigned(row.micros)),
        budget_micros: library.config().illustrations.budget_micros_per_month,
    })
}

/// Sets money aside for pictures ordered today, unless the month has less left. One statement decides, however many ask
/// at once.
pub(super) async fn reserve(
    library: &Library,
    transaction: &impl ConnectionTrait,
    micros: u64,
) -> Result<Result<(), BudgetSpent>, StorageError> {
    use picture_spending::{Column, Entity};
    if micros == 0 {
        return Ok(Ok(()));
    }
    let today = library.now().date_naive();
    let budget = library.config().illustrations.budget_micros_per_month;
    let budget = budget.map_or(i64::MAX, |budget| i64::try_from(budget).unwrap_or(i64::MAX));
    let micros = i64::try_from(micros).unwrap_or(i64::MAX);
    if micros > budget {
        return Ok(refuse("budget", spent(library, today)));
    }
    let row = picture_spending::ActiveModel {
        month: Set(month_of(&today.to_string()).to_owned()),
        micros: Set(micros),
    };
    let so_far = || Expr::col((Entity, Column::Micros));
    let add = OnConflict::column(Column::Month)
        .value(Column::Micros, so_far().add(micros))
        .action_and_where(so_far().lte(budget - micros))
        .to_owned();
    let reserved = Entity::insert(row)
        .on_conflict(add)
        .exec_without_returning(transaction)
        .await?;
    if reserved == 0 {
        return Ok(refuse("budget", spent(library, today)));
    }
    Ok(Ok(()))
}

/// Gives back what was set aside on a day and is not needed.
pub(super) async fn release(
    transaction: &impl ConnectionTrait,
    day: &str,
    micros: i64,
) -> Result<(), StorageError> {
    if micros == 0 {
        return Ok(());
    }
    picture_spending::Entity::update_many()
        .col_expr(
            picture_spending::Column::Micros,
            Expr::col(picture_spending::Column::Micros).sub(micros),
        )
        .filter(picture_spending::Column::Month.eq(month_of(day)))
        .exec(transaction)
        .await?;
    Ok(())
}

fn spent(library: &Library, today: NaiveDate) -> BudgetSpent {
    let again_at = midnight(next_month(today));
    BudgetSpent {
        again_at,
        wait: again_at - library.now(),
    }
}

/// `2026-11` of `2026-11-28`.
fn month_of(day: &str) -> &str {
    day.get(..7).unwrap_or(day)
}
