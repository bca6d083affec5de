//! What people do with jobs: look, retry, cancel, pause, resume.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::ids::{BookId, JobId, PublicationId};
use crate::jobs::{Job, JobKind, JobState, Work, lease};
use crate::plans::charges;
use crate::storage::StorageError;
use crate::storage::entity::{book, job, job_pause};
use crate::{Library, LookupError, Viewer};

/// Which jobs to list, newest first.
#[derive(Clone, Debug, Default)]
pub struct JobQuery {
    /// Only those so far.
    pub state: Option<JobState>,
    /// Only this sort.
    pub kind: Option<JobKind>,
    /// Only those of this publication.
    pub publication: Option<PublicationId>,
    /// At most this many; 0 is 100.
    pub limit: u64,
}

/// A job of the viewer's own, or one that works on a publication they may see.
///
/// # Errors
/// [`LookupError::NotFound`] for anything else.
pub async fn get(library: &Library, viewer: Viewer, id: JobId) -> Result<Job, LookupError> {
    let connection = library.db().read();
    let row = job::Entity::find_by_id(id.0)
        .one(connection)
        .await?
        .ok_or(LookupError::NotFound)?;
    let mut job = Job::from_row(row)?;
    if let Some(publication) = job.publication {
        job.book = book_of(connection, viewer, publication).await?;
    }
    let is_own = viewer.user().is_some() && job.user == viewer.user();
    let may_see = is_own || job.book.is_some() || matches!(viewer, Viewer::Administrator(_));
    if may_see {
        Ok(job)
    } else {
        Err(LookupError::NotFound)
    }
}

/// The live and the latest jobs: for administrators, and for those who have the right to the publication asked for.
///
/// # Errors
/// When storage fails.
pub async fn list(library: &Library, query: &JobQuery) -> Result<Vec<Job>, StorageError> {
    let mut select = job::Entity::find().order_by_desc(job::Column::Id);
    if let Some(state) = query.state {
        select = select.filter(job::Column::State.eq(state.name()));
    }
    if let Some(kind) = query.kind {
        select = select.filter(job::Column::Kind.eq(kind.name()));
    }
    if let Some(publication) = query.publication {
        select = select.filter(job::Column::PublicationId.eq(publication.0));
    }
    let limit = if query.limit == 0 { 100 } else { query.limit };
    select
        .limit(limit)
        .all(library.db().read())
        .await?
        .into_iter()
        .map(Job::from_row)
        .collect()
}

/// How many jobs of each kind are in each state: for metrics.
///
/// # Errors
/// When storage fails.
pub async fn counts(library: &Library) -> Result<Vec<(JobKind, JobState, u64)>, StorageError> {
    let rows: Vec<(String, String, i64)> = job::Entity::find()
        .select_only()
        .column(job::Column::Kind)
        .column(job::Column::State)
        .column_as(job::Column::Id.count(), "number")
        .group_by(job::Column::Kind)
        .group_by(job::Column::State)
        .into_tuple()
        .all(library.db().read())
        .await?;
    let mut counts = Vec::with_capacity(rows.len());
    for (kind, state, number) in rows {
        let Ok(kind) = kind.parse() else { continue };
        counts.push((
            kind,
            JobState::from_name(&state)?,
            u64::try_from(number).unwrap_or(0),
        ));
    }
    Ok(counts)
}

/// How long the oldest job of each kind that is due has been waiting for a worker; kinds without one are left out.
///
/// # Errors
/// When storage fails.
pub async fn longest_waits(library: &Library) -> Result<Vec<(JobKind, TimeDelta)>, StorageError> {
    let now = library.now();
    let rows: Vec<(String, DateTime<Utc>)> = job::Entity::find()
        .select_only()
        .column(job::Column::Kind)
        .column_as(job::Column::RunAt.min(), "due")
        .filter(job::Column::State.eq(JobState::Queued.name()))
        .filter(job::Column::RunAt.lte(now))
        .group_by(job::Column::Kind)
        .into_tuple()
        .all(library.db().read())
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(kind, due)| Some((kind.parse().ok()?, now - due)))
        .collect())
}

/// Queues a dead letter or a cancelled job again, with all its failures forgiven; a queued one is tried at once.
///
/// # Errors
/// [`LookupError::NotFound`] when there is no such job, or it is running or done, or the same work is queued already.
pub async fn retry(library: &Library, id: JobId) -> Result<Job, LookupError> {
    let transaction = library.db().write().await?;
    let row = job::Entity::find_by_id(id.0)
        .one(&transaction)
        .await?
        .ok_or(LookupError::NotFound)?;
    let is_waiting = row.state == JobState::Queued.name();
    let is_over = [JobState::Failed.name(), JobState::Cancelled.name()].contains(&row.state.as_str());
    if !(is_waiting || is_over && !has_live_twin(&transaction, &row.dedup_key).await?) {
        return Err(LookupError::NotFound);
    }
    let now = library.now();
    let work: Work = serde_json::from_value(row.payload.clone()).map_err(StorageError::from)?;
    work.revive(library, &transaction).await?;
    charges::take_again(library, &transaction, row.id).await?;
    let mut change: job::ActiveModel = row.into();
    change.state = Set(JobState::Queued.name().to_owned());
    change.run_at = Set(now);
    change.failures = Set(0);
    change.abandonments = Set(0);
    change.cancel_asked = Set(false);
    change.progress = Set(0.0);
    change.finished_at = Set(None);
    change.updated_at = Set(now);
    let row = change.update(&transaction).await?;
    transaction.commit().await?;
    library.announce_work();
    library.announce_change(row.id).await;
    Ok(Job::from_row(row)?)
}

/// Cancels a job: at once when it is queued, at its worker's next renewal when it is running.
///
/// # Errors
/// [`LookupError::NotFound`] when there is no such job or it has ended.
pub async fn cancel(library: &Library, id: JobId) -> Result<Job, LookupError> {
    let transaction = library.db().write().await?;
    let now = library.now();
    // One statement decides: a job that a worker claims at this moment is either still queued or already running.
    let asked = job::Entity::update_many()
        .col_expr(job::Column::CancelAsked, Expr::value(true))
        .col_expr(job::Column::UpdatedAt, Expr::value(now))
        .filter(job::Column::Id.eq(id.0))
        .filter(job::Column::State.is_in([JobState::Queued.name(), JobState::Running.name()]))
        .exec_with_returning(&transaction)
        .await?;
    let row = asked.into_iter().next().ok_or(LookupError::NotFound)?;
    if row.state == JobState::Queued.name() {
        lease::end(library, &transaction, row, JobState::Cancelled, None).await?;
    }
    transaction.commit().await?;
    library.announce_change(id.0).await;
    load(library, id).await?.ok_or(LookupError::NotFound)
}

/// Stops the starting of jobs of a kind; those that run go on.
///
/// # Errors
/// When storage fails.
pub async fn pause(library: &Library, kind: JobKind) -> Result<(), StorageError> {
    let transaction = library.db().write().await?;
    let row = job_pause::ActiveModel {
        kind: Set(kind.name().to_owned()),
        paused_at: Set(library.now()),
    };
    job_pause::Entity::insert(row)
        .on_conflict(
            OnConflict::column(job_pause::Column::Kind)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(&transaction)
        .await?;
    Ok(transaction.commit().await?)
}

/// Lets jobs of a kind start again.
///
/// # Errors
/// When storage fails.
pub async fn resume(library: &Library, kind: JobKind) -> Result<(), StorageError> {
    let transaction = library.db().write().await?;
    job_pause::Entity::delete_by_id(kind.name().to_owned())
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    library.announce_work();
    Ok(())
}

/// The kinds that are paused.
///
/// # Errors
/// When storage fails.
pub async fn paused(library: &Library) -> Result<Vec<JobKind>, StorageError> {
    let rows = job_pause::Entity::find().all(library.db().read()).await?;
    Ok(rows.into_iter().filter_map(|row| row.kind.parse().ok()).collect())
}

/// A job by its id, without asking who looks.
pub(crate) async fn load(library: &Library, id: JobId) -> Result<Option<Job>, StorageError> {
    job::Entity::find_by_id(id.0)
        .one(library.db().read())
        .await?
        .map(Job::from_row)
        .transpose()
}

/// The book through which a viewer sees a publication: their own before one of the catalogue.
async fn book_of(
    connection: &impl ConnectionTrait,
    viewer: Viewer,
    publication: PublicationId,
) -> Result<Option<BookId>, StorageError> {
    let own = viewer.user().map_or(Uuid::nil(), |user| user.0);
    let row = book::Entity::find()
        .filter(book::Column::PublicationId.eq(publication.0))
        .filter(viewer.may_see())
        .order_by_desc(Expr::col(book::Column::UserId).eq(own))
        .one(connection)
        .await?;
    Ok(row.map(|row| BookId(row.id)))
}

async fn has_live_twin(connection: &impl ConnectionTrait, key: &str) -> Result<bool, StorageError> {
    let twin = job::Entity::find()
        .filter(job::Column::DedupKey.eq(key))
        .filter(job::Column::State.is_in([JobState::Queued.name(), JobState::Running.name()]))
        .one(connection)
        .await?;
    Ok(twin.is_some())
}
