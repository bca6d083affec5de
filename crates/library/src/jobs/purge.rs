//! Removes what nobody needs: synthetic accounts, ended sign-ins, old jobs, publications that no shelf holds, blobs that
//! no row names.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, Iden, QueryFilter, QueryOrder};
use tokio_util::sync::CancellationToken;

use crate::Library;
use crate::accounts::synthetic::is_synthetic;
use crate::jobs::context::{Finished, JobContext, JobError};
use crate::jobs::{JobState, Work, queue};
use crate::storage::StorageError;
use crate::storage::entity::{
    address_proof, blob, book, export, job, mail, picture_file, publication, refresh_token, resource,
    session_family, user,
};

/// A purge is due this long after the last one was asked for.
const EVERY: TimeDelta = TimeDelta::hours(1);

/// Rows go in one transaction with the job's end; objects go after their rows, so that a crash leaves at most an object
/// that no row names, which the next purge finds.
pub(super) async fn run(context: &JobContext) -> Result<Finished, JobError> {
    let library = &context.library;
    let now = library.now();
    let config = &library.config().jobs;
    let grace = now - seconds(config.orphan_grace_seconds);

    context.reporter.at(0.1, "objects");
    let swept = library.blobs().sweep(library.db().read(), grace).await?;

    context.reporter.at(0.5, "rows");
    let transaction = library.db().write().await?;
    let accounts = remove_synthetic_accounts(library, &transaction, now).await?;
    let sessions = remove_ended_sessions(&transaction, now).await?;
    remove_old_letters(&transaction, now, now - seconds(config.keep_finished_seconds)).await?;
    let jobs = remove_old_jobs(&transaction, now - seconds(config.keep_finished_seconds)).await?;
    let publications = remove_unheld_publications(&transaction, grace).await?;
    let orphans = remove_unnamed_blobs(&transaction, grace).await?;
    let finished = context.finish(transaction).await?;
    for blob in &orphans {
        // Its row is gone for good: a failure here is made up for by the sweep of a later purge.
        if let Err(error) = library.blobs().remove(&blob.sha256, blob.id).await {
            tracing::warn!(%error, blob = %blob.id, "an orphan blob was not removed");
        }
    }
    tracing::info!(
        swept,
        accounts,
        sessions,
        jobs,
        publications,
        orphans = orphans.len(),
        "purged"
    );
    Ok(finished)
}

/// Asks for a purge once an hour, whoever of all workers notices first.
pub(super) async fn schedule(library: Library, shutdown: CancellationToken) {
    loop {
        if let Err(error) = enqueue_when_due(&library).await {
            tracing::warn!(%error, "the purge was not scheduled");
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(60)) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

async fn enqueue_when_due(library: &Library) -> Result<(), StorageError> {
    let purges = || job::Entity::find().filter(job::Column::Kind.eq(Work::Purge {}.kind().name()));
    let last = purges()
        .order_by_desc(job::Column::CreatedAt)
        .one(library.db().read())
        .await?;
    if last.is_some_and(|last| last.created_at > library.now() - EVERY) {
        return Ok(());
    }
    let transaction = library.db().write().await?;
    let work = Work::Purge {};
    queue::enqueue(library, &transaction, &work, None, work.priority()).await?;
    transaction.commit().await?;
    library.announce_work();
    Ok(())
}

/// Accounts of reserved addresses whose last registration is long ago, and all of them where the class is switched off.
async fn remove_synthetic_accounts(
    library: &Library,
    transaction: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<u64, StorageError> {
    let config = &library.config().accounts;
    let old = now - seconds(config.synthetic_lifetime_seconds);
    let rows = user::Entity::find()
        .filter(user::Column::Synthetic.eq(true))
        .all(transaction)
        .await?;
    let over = rows
        .into_iter()
        .filter(|row| row.updated_at < old || !is_synthetic(config, &row.email));
    let ids: Vec<_> = over.map(|row| row.id).collect();
    let removed = user::Entity::delete_many()
        .filter(user::Column::Id.is_in(ids))
        .exec(transaction)
        .await?;
    Ok(removed.rows_affected)
}

async fn remove_ended_sessions(
    transaction: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<u64, StorageError> {
    let removed = session_family::Entity::delete_many()
        .filter(session_family::Column::ExpiresAt.lt(now))
        .exec(transaction)
        .await?;
    // Of a living sign-in the old tokens are kept for a day: their second use must still be recognised.
    refresh_token::Entity::delete_many()
        .filter(refresh_token::Column::UsedAt.lt(now - TimeDelta::days(1)))
        .exec(transaction)
        .await?;
    Ok(removed.rows_affected)
}

/// Letters that were sent or given up long ago, and proofs whose time is over.
async fn remove_old_letters(
    transaction: &impl ConnectionTrait,
    now: DateTime<Utc>,
    before: DateTime<Utc>,
) -> Result<(), StorageError> {
    mail::Entity::delete_many()
        .filter(mail::Column::SettledAt.lt(before))
        .exec(transaction)
        .await?;
    address_proof::Entity::delete_many()
        .filter(address_proof::Column::ExpiresAt.lt(now))
        .exec(transaction)
        .await?;
    Ok(())
}

async fn remove_old_jobs(
    transaction: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<u64, StorageError> {
    let removed = job::Entity::delete_many()
        .filter(job::Column::State.is_in([JobState::Done.name(), JobState::Cancelled.name()]))
        .filter(job::Column::FinishedAt.lt(before))
        .exec(transaction)
        .await?;
    Ok(removed.rows_affected)
}

async fn remove_unheld_publications(
    transaction: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<u64, StorageError> {
    let held = Query::select()
        .column(book::Column::PublicationId)
        .from(book::Entity)
        .to_owned();
    let removed = publication::Entity::delete_many()
        .filter(publication::Column::Id.not_in_subquery(held))
        .filter(publication::Column::UpdatedAt.lt(before))
        .exec(transaction)
        .await?;
    Ok(removed.rows_affected)
}

/// Removes the rows, and tells whose objects are to go.
async fn remove_unnamed_blobs(
    transaction: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<Vec<blob::Model>, StorageError> {
    let unnamed = Condition::all()
        .add(unless_named_by(publication::Entity, publication::Column::BlobId))
        .add(unless_named_by(resource::Entity, resource::Column::BlobId))
        .add(unless_named_by(
            picture_file::Entity,
            picture_file::Column::BlobId,
        ))
        .add(unless_named_by(export::Entity, export::Column::BlobId));
    let removed = blob::Entity::delete_many()
        .filter(blob::Column::TouchedAt.lt(before))
        .filter(unnamed)
        .exec_with_returning(transaction)
        .await?;
    Ok(removed)
}

fn unless_named_by(table: impl Iden + Copy, column: impl Iden) -> Expr {
    let names_it = Expr::col((table, column)).equals((blob::Entity, blob::Column::Id));
    Expr::exists(
        Query::select()
            .expr(Expr::value(1))
            .from(table)
            .and_where(names_it)
            .to_owned(),
    )
    .not()
}

fn seconds(seconds: u64) -> TimeDelta {
    TimeDelta::seconds(i64::try_from(seconds).unwrap_or(i64::MAX / 1_000_000))
}
