//! Handing work out: claims, renewals and ends, each decided by one row change.
//!
//! A lease is a pair (owner, number): the owner is fresh per process, the number grows with every claim. Every change by
//! a worker is conditional on both, so a worker that was taken for dead can change nothing.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, OnConflict, Query};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order,
    QueryFilter, QueryOrder, QuerySelect, Select, UpdateMany,
};
use uuid::Uuid;

use crate::Library;
use crate::jobs::{JobKind, JobState, Work, backoff};
use crate::plans::charges;
use crate::storage::StorageError;
use crate::storage::entity::{job, job_pause, job_turn};

/// A job in the hands of this process.
#[derive(Clone, Debug)]
pub(crate) struct Lease {
    pub(crate) row: job::Model,
    pub(crate) work: Work,
    owner: Uuid,
    number: i64,
}

/// What a renewal found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Renewal {
    /// Still ours.
    Held,
    /// Still ours, and somebody wants it stopped.
    CancelAsked,
    /// Somebody else's, or ended: stop, nothing may be stored.
    Lost,
}

/// How an attempt that brought no result ends.
#[derive(Debug, Clone)]
pub(crate) enum Setback {
    /// Try again after a back-off, until the failures are used up.
    Retry { code: String, detail: String },
    /// Trying again would not help.
    GiveUp { code: String, detail: String },
    /// Something outside must change first; this is no failure of the job.
    Wait {
        code: String,
        detail: String,
        seconds: i64,
    },
    /// The worker shuts down: somebody else takes it, at once.
    Release,
    /// Somebody asked for it.
    Cancel,
}

/// What a look into the queue brought.
enum Draw {
    Empty,
    /// A job that needed no worker any more was ended: look again.
    Ended,
    Claimed(Box<Lease>),
}

/// Claims the most urgent job that is due, if there is one: free and due, or left by a worker whose lease ran out.
pub(crate) async fn claim(
    library: &Library,
    kinds: &[JobKind],
    owner: Uuid,
) -> Result<Option<Lease>, StorageError> {
    loop {
        match draw(library, kinds, owner).await? {
            Draw::Empty => return Ok(None),
            Draw::Ended => {}
            Draw::Claimed(lease) => return Ok(Some(*lease)),
        }
    }
}

async fn draw(library: &Library, kinds: &[JobKind], owner: Uuid) -> Result<Draw, StorageError> {
    // Looking first without the write lock keeps idle workers out of the writers' way.
    if due(kinds, library.now())
        .one(library.db().read())
        .await?
        .is_none()
    {
        return Ok(Draw::Empty);
    }
    let transaction = library.db().write().await?;
    let now = library.now();
    let next = due(kinds, now)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(&transaction)
        .await?;
    let Some(row) = next else { return Ok(Draw::Empty) };
    let was_abandoned = row.state == JobState::Running.name();
    let abandonments = row.abandonments + i64::from(was_abandoned);
    if was_abandoned && row.cancel_asked {
        end(library, &transaction, row, JobState::Cancelled, None).await?;
        transaction.commit().await?;
        return Ok(Draw::Ended);
    }
    if was_abandoned && abandonments >= i64::from(library.config().jobs.max_abandonments) {
        let reason = (
            "abandoned".to_owned(),
            "every worker that took this job vanished".to_owned(),
        );
        bury(library, &transaction, row, reason).await?;
        transaction.commit().await?;
        return Ok(Draw::Ended);
    }
    take_turn(&transaction, row.user_id, now).await?;
    let number = row.lease_number + 1;
    let work = serde_json::from_value(row.payload.clone())?;
    let mut change: job::ActiveModel = row.into();
    change.state = Set(JobState::Running.name().to_owned());
    change.abandonments = Set(abandonments);
    change.lease_owner = Set(Some(owner));
    change.lease_number = Set(number);
    change.lease_until = Set(Some(now + lease_length(library)));
    change.updated_at = Set(now);
    let row = change.update(&transaction).await?;
    transaction.commit().await?;
    if was_abandoned {
        metrics::counter!("jobs_abandoned_total", "kind" => row.kind.clone()).increment(1);
    }
    Ok(Draw::Claimed(Box::new(Lease {
        row,
        work,
        owner,
        number,
    })))
}

/// Prolongs a lease.
pub(crate) async fn renew(library: &Library, lease: &Lease) -> Result<Renewal, StorageError> {
    let transaction = library.db().write().await?;
    let renewed = held(lease)
        .col_expr(
            job::Column::LeaseUntil,
            Expr::value(library.now() + lease_length(library)),
        )
        .exec_with_returning(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(match renewed.first() {
        None => Renewal::Lost,
        Some(row) if row.cancel_asked => Renewal::CancelAsked,
        Some(_) => Renewal::Held,
    })
}

/// Notes how far the work is. That the lease is lost is found at the next renewal.
pub(crate) async fn report(
    library: &Library,
    lease: &Lease,
    progress: f64,
    stage: &str,
) -> Result<(), StorageError> {
    let transaction = library.db().write().await?;
    held(lease)
        .col_expr(job::Column::Progress, Expr::value(progress.clamp(0.0, 1.0)))
        .col_expr(job::Column::Stage, Expr::value(stage))
        .col_expr(job::Column::UpdatedAt, Expr::value(library.now()))
        .exec(&transaction)
        .await?;
    Ok(transaction.commit().await?)
}

/// Takes the lock of the job's row, for a transaction that will end it: whoever holds another lock beside it has taken
/// this one first. `false`: the lease is lost, roll back.
pub(crate) async fn hold(transaction: &impl ConnectionTrait, lease: &Lease) -> Result<bool, StorageError> {
    let changed = held(lease)
        .col_expr(job::Column::LeaseNumber, Expr::value(lease.number))
        .exec(transaction)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Ends the job as done, in the transaction that stores its result. `false`: the lease is lost, roll back.
pub(crate) async fn complete(
    library: &Library,
    transaction: &impl ConnectionTrait,
    lease: &Lease,
) -> Result<bool, StorageError> {
    let now = library.now();
    let changed = held(lease)
        .col_expr(job::Column::State, Expr::value(JobState::Done.name()))
        .col_expr(job::Column::Progress, Expr::value(1.0))
        .col_expr(job::Column::Stage, Expr::value(Option::<String>::None))
        .col_expr(job::Column::ErrorCode, Expr::value(Option::<String>::None))
        .col_expr(job::Column::ErrorDetail, Expr::value(Option::<String>::None))
        .col_expr(
            job::Column::LeaseUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .col_expr(job::Column::UpdatedAt, Expr::value(now))
        .col_expr(job::Column::FinishedAt, Expr::value(now))
        .exec(transaction)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Ends an attempt without a result. Does nothing when the lease is lost. Returns whether the job is now a dead letter.
pub(crate) async fn set_back(
    library: &Library,
    lease: &Lease,
    setback: Setback,
) -> Result<bool, StorageError> {
    let transaction = library.db().write().await?;
    let now = library.now();
    // The no-change update takes the row's lock on PostgreSQL and proves that the lease is ours.
    let row = held(lease)
        .col_expr(job::Column::UpdatedAt, Expr::value(now))
        .exec_with_returning(&transaction)
        .await?;
    let Some(row) = row.into_iter().next() else {
        return Ok(false);
    };
    let failures = row.failures + 1;
    let is_dead = match setback {
        _ if row.cancel_asked => {
            end(library, &transaction, row, JobState::Cancelled, None).await?;
            false
        }
        Setback::Cancel => {
            end(library, &transaction, row, JobState::Cancelled, None).await?;
            false
        }
        Setback::Retry { code, detail } if failures < i64::from(library.config().jobs.max_failures) => {
            let wait = backoff::after(&library.config().jobs, failures, library.randomness().fraction());
            requeue(&transaction, row, now, now + wait, failures, Some((code, detail))).await?;
            false
        }
        Setback::Retry { code, detail } | Setback::GiveUp { code, detail } => {
            bury(library, &transaction, row, (code, detail)).await?;
            true
        }
        Setback::Wait {
            code,
            detail,
            seconds,
        } => {
            let until = now + TimeDelta::seconds(seconds);
            requeue(&transaction, row, now, until, failures - 1, Some((code, detail))).await?;
            false
        }
        Setback::Release => {
            requeue(&transaction, row, now, now, failures - 1, None).await?;
            false
        }
    };
    transaction.commit().await?;
    Ok(is_dead)
}

/// Jobs of these kinds that may be claimed at `now`, the most urgent first; among equals, those of the user who has
/// waited longest since they were last served.
fn due(kinds: &[JobKind], now: DateTime<Utc>) -> Select<job::Entity> {
    let paused = Query::select()
        .column(job_pause::Column::Kind)
        .from(job_pause::Entity)
        .to_owned();
    let free = Condition::all()
        .add(job::Column::State.eq(JobState::Queued.name()))
        .add(job::Column::RunAt.lte(now));
    let abandoned = Condition::all()
        .add(job::Column::State.eq(JobState::Running.name()))
        .add(job::Column::LeaseUntil.lt(now));
    let last_turn = Query::select()
        .column(job_turn::Column::ServedAt)
        .from(job_turn::Entity)
        .and_where(
            Expr::col((job_turn::Entity, job_turn::Column::UserId)).eq(Expr::col((
                job::Entity,
                job::Column::UserId,
            ))
            .if_null(Uuid::nil())),
        )
        .to_owned();
    let last_turn =
        Expr::expr(Expr::SubQuery(None, Box::new(last_turn.into()))).if_null(DateTime::UNIX_EPOCH);
    job::Entity::find()
        .filter(job::Column::Kind.is_in(kinds.iter().map(|kind| kind.name())))
        .filter(job::Column::Kind.not_in_subquery(paused))
        .filter(Condition::any().add(free).add(abandoned))
        .order_by_desc(job::Column::Priority)
        .order_by(last_turn, Order::Asc)
        .order_by_asc(job::Column::RunAt)
        .order_by_asc(job::Column::Id)
        .limit(1)
}

/// A change that happens only while the lease is ours.
fn held(lease: &Lease) -> UpdateMany<job::Entity> {
    job::Entity::update_many()
        .filter(job::Column::Id.eq(lease.row.id))
        .filter(job::Column::State.eq(JobState::Running.name()))
        .filter(job::Column::LeaseOwner.eq(lease.owner))
        .filter(job::Column::LeaseNumber.eq(lease.number))
}

async fn take_turn(
    transaction: &impl ConnectionTrait,
    user: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = job_turn::ActiveModel {
        user_id: Set(user.unwrap_or(Uuid::nil())),
        served_at: Set(now),
    };
    job_turn::Entity::insert(row)
        .on_conflict(
            OnConflict::column(job_turn::Column::UserId)
                .update_column(job_turn::Column::ServedAt)
                .to_owned(),
        )
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

async fn requeue(
    transaction: &impl ConnectionTrait,
    row: job::Model,
    now: DateTime<Utc>,
    run_at: DateTime<Utc>,
    failures: i64,
    error: Option<(String, String)>,
) -> Result<(), StorageError> {
    let (code, detail) = error.unzip();
    let mut change: job::ActiveModel = row.into();
    change.state = Set(JobState::Queued.name().to_owned());
    change.run_at = Set(run_at);
    change.failures = Set(failures);
    change.lease_owner = Set(None);
    change.lease_until = Set(None);
    change.stage = Set(code.as_ref().map(|code| format!("waiting: {code}")));
    change.error_code = Set(code);
    change.error_detail = Set(detail);
    change.updated_at = Set(now);
    change.update(transaction).await?;
    Ok(())
}

/// Makes a dead letter, and tells what the job was for.
async fn bury(
    library: &Library,
    transaction: &impl ConnectionTrait,
    row: job::Model,
    (code, detail): (String, String),
) -> Result<(), StorageError> {
    let work: Work = serde_json::from_value(row.payload.clone())?;
    work.mourn(library, transaction, &code, &detail).await?;
    metrics::counter!("jobs_dead_total", "kind" => work.kind().name()).increment(1);
    end(library, transaction, row, JobState::Failed, Some((code, detail))).await
}

/// Ends a job that brought no result: what was counted for it is given back.
pub(super) async fn end(
    library: &Library,
    transaction: &impl ConnectionTrait,
    row: job::Model,
    state: JobState,
    error: Option<(String, String)>,
) -> Result<(), StorageError> {
    let now = library.now();
    charges::refund(transaction, row.id).await?;
    let failures = row.failures + i64::from(state == JobState::Failed);
    let (code, detail) = error.unzip();
    let mut change: job::ActiveModel = row.into();
    change.state = Set(state.name().to_owned());
    change.failures = Set(failures);
    change.lease_until = Set(None);
    change.stage = Set(None);
    change.error_code = Set(code);
    change.error_detail = Set(detail);
    change.updated_at = Set(now);
    change.finished_at = Set(Some(now));
    change.update(transaction).await?;
    Ok(())
}

fn lease_length(library: &Library) -> TimeDelta {
    TimeDelta::from_std(library.config().jobs.lease()).unwrap_or(TimeDelta::seconds(60))
}
