//! Counting what is held and what was asked for, and saying no at the limit.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, PaginatorTrait,
    QueryFilter, QuerySelect, RelationDef,
};
use uuid::Uuid;

use crate::Library;
use crate::plans::{Allowance, Use, allowance};
use crate::storage::StorageError;
use crate::storage::entity::{book, publication, usage_day, user};

/// A stretch of time that pictures are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A day, by UTC.
    Day,
    /// A calendar month, by UTC.
    Month,
}

impl Period {
    fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
        }
    }
}

/// No more pictures for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("your plan has {pictures} pictures a {}, and {left} of them are left: more are due at {again_at}", period.name())]
pub struct Spent {
    /// In which stretch of time.
    pub period: Period,
    /// How many may be asked for in it.
    pub pictures: u64,
    /// How many of them were not asked for yet: fewer than were wanted.
    pub left: u64,
    /// When the next stretch begins.
    pub again_at: DateTime<Utc>,
    /// How long that is from now.
    pub wait: TimeDelta,
}

impl Spent {
    fn until(library: &Library, period: Period, pictures: u64, asked: u64, next: NaiveDate) -> Self {
        let again_at = midnight(next);
        Self {
            period,
            pictures,
            left: pictures.saturating_sub(asked),
            again_at,
            wait: again_at - library.now(),
        }
    }
}

/// No room for one more book.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoRoom {
    Books(u64),
    Storage(u64),
}

/// What a reader holds and has asked for.
pub(super) async fn used(
    library: &Library,
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Use, StorageError> {
    let (books, storage_bytes) = held(connection, id).await?;
    let (pictures_today, pictures_this_month) = asked(connection, id, library.now().date_naive()).await?;
    Ok(Use {
        books,
        storage_bytes,
        pictures_today,
        pictures_this_month,
    })
}

/// Is there room for one more book of this length? The caller holds the lock of the owner's row.
pub(crate) async fn room_for_book(
    connection: &impl ConnectionTrait,
    owner: &user::Model,
    allowance: &Allowance,
    byte_length: i64,
) -> Result<Result<(), NoRoom>, StorageError> {
    let (books, storage_bytes) = held(connection, owner.id).await?;
    if books >= allowance.books {
        return Ok(refuse("books", NoRoom::Books(allowance.books)));
    }
    if storage_bytes.saturating_add(unsigned(byte_length)) > allowance.storage_bytes {
        return Ok(refuse("storage", NoRoom::Storage(allowance.storage_bytes)));
    }
    Ok(Ok(()))
}

/// Counts so many more pictures of a reader, unless the day or the month has less left. The caller holds the lock of the
/// owner's row, and enqueues the pictures in the same transaction.
pub(crate) async fn take_pictures(
    library: &Library,
    transaction: &impl ConnectionTrait,
    owner: &user::Model,
    count: u64,
) -> Result<Result<(), Spent>, StorageError> {
    let allowance = allowance(library, transaction, owner).await?;
    let today = library.now().date_naive();
    let (in_day, in_month) = asked(transaction, owner.id, today).await?;
    if in_month.saturating_add(count) > allowance.pictures_per_month {
        let spent = Spent::until(
            library,
            Period::Month,
            allowance.pictures_per_month,
            in_month,
            next_month(today),
        );
        return Ok(refuse("pictures_per_month", spent));
    }
    if in_day.saturating_add(count) > allowance.pictures_per_day {
        let spent = Spent::until(
            library,
            Period::Day,
            allowance.pictures_per_day,
            in_day,
            today + Days::new(1),
        );
        return Ok(refuse("pictures_per_day", spent));
    }
    count_on(transaction, owner.id, &today.to_string(), count).await?;
    Ok(Ok(()))
}

/// Counts so many more pictures of a reader on a day, whatever their plan allows.
pub(super) async fn count_on(
    transaction: &impl ConnectionTrait,
    owner: Uuid,
    day: &str,
    count: u64,
) -> Result<(), StorageError> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let row = usage_day::ActiveModel {
        user_id: Set(owner),
        day: Set(day.to_owned()),
        pictures: Set(count),
    };
    let more = Expr::col((usage_day::Entity, usage_day::Column::Pictures)).add(count);
    let add = OnConflict::columns([usage_day::Column::UserId, usage_day::Column::Day])
        .value(usage_day::Column::Pictures, more)
        .to_owned();
    usage_day::Entity::insert(row)
        .on_conflict(add)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Takes one picture off a reader's day.
pub(super) async fn uncount(
    transaction: &impl ConnectionTrait,
    owner: Uuid,
    day: &str,
) -> Result<(), StorageError> {
    usage_day::Entity::update_many()
        .col_expr(
            usage_day::Column::Pictures,
            Expr::col(usage_day::Column::Pictures).sub(1),
        )
        .filter(usage_day::Column::UserId.eq(owner))
        .filter(usage_day::Column::Day.eq(day))
        .exec(transaction)
        .await?;
    Ok(())
}

pub(super) fn refuse<E>(limit: &'static str, error: E) -> Result<(), E> {
    metrics::counter!("quota_refusals_total", "limit" => limit).increment(1);
    Err(error)
}

#[derive(FromQueryResult)]
struct Sum {
    sum: Option<i64>,
}

/// Books and their bytes.
async fn held(connection: &impl ConnectionTrait, id: Uuid) -> Result<(u64, u64), StorageError> {
    let shelf = book::Entity::find().filter(book::Column::UserId.eq(id));
    let books = shelf.clone().count(connection).await?;
    let to_publication: RelationDef = book::Entity::belongs_to(publication::Entity)
        .from(book::Column::PublicationId)
        .to(publication::Column::Id)
        .into();
    let bytes = shelf
        .join(JoinType::InnerJoin, to_publication)
        .select_only()
        .column_as(summed(publication::Column::ByteLength), "sum")
        .into_model::<Sum>()
        .one(connection)
        .await?;
    Ok((books, unsigned(bytes.and_then(|row| row.sum).unwrap_or(0))))
}

/// PostgreSQL sums 64-bit integers into decimals.
fn summed(column: impl ColumnTrait) -> Expr {
    column.sum().cast_as(Alias::new("bigint"))
}

/// Pictures of the day and of its month.
async fn asked(
    connection: &impl ConnectionTrait,
    id: Uuid,
    today: NaiveDate,
) -> Result<(u64, u64), StorageError> {
    let first = today.with_day(1).unwrap_or(today);
    let days = usage_day::Entity::find()
        .filter(usage_day::Column::UserId.eq(id))
        .filter(usage_day::Column::Day.between(first.to_string(), today.to_string()))
        .all(connection)
        .await?;
    let in_month = days.iter().map(|row| unsigned(row.pictures)).sum();
    let today = today.to_string();
    let in_day = days
        .iter()
        .find(|row| row.day == today)
        .map_or(0, |row| unsigned(row.pictures));
    Ok((in_day, in_month))
}

pub(super) fn next_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day) + Months::new(1)
}

pub(super) fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc()
}

pub(super) fn unsigned(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or(0)
}
