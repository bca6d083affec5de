//! Putting work in.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::Library;
use crate::ids::{JobId, UserId};
use crate::jobs::{JobState, Work};
use crate::storage::StorageError;
use crate::storage::entity::job;

/// Adds work in the caller's transaction, for the user who waits for it.
///
/// While the same work is queued or running it is not added again: the answer is that job, moved up when the new order
/// is more urgent. Call [`Library::announce_work`] after the commit.
pub(crate) async fn enqueue(
    library: &Library,
    transaction: &impl ConnectionTrait,
    work: &Work,
    user: Option<UserId>,
    priority: i64,
) -> Result<JobId, StorageError> {
    let placed = place(library, transaction, work, user, priority).await?;
    Ok(placed.id)
}

/// Where an order went.
pub(crate) struct Placed {
    /// The job that does it.
    pub(crate) id: JobId,
    /// Whether the order brought the job about, rather than finding it there.
    pub(crate) is_new: bool,
}

/// As [`enqueue`], and tells whether the job is a new one.
pub(crate) async fn place(
    library: &Library,
    transaction: &impl ConnectionTrait,
    work: &Work,
    user: Option<UserId>,
    priority: i64,
) -> Result<Placed, StorageError> {
    loop {
        let id = library.fresh_id();
        let row = new_row(library, id, work, user, priority)?;
        let inserted = job::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(transaction)
            .await?;
        if inserted == 1 {
            return Ok(Placed {
                id: JobId(id),
                is_new: true,
            });
        }
        if let Some(id) = hurry(transaction, &work.key(), priority).await? {
            return Ok(Placed { id, is_new: false });
        }
        // The job that was in the way ended between the two statements: now there is room.
    }
}

/// Raises the priority of the live job with this key.
async fn hurry(
    transaction: &impl ConnectionTrait,
    key: &str,
    priority: i64,
) -> Result<Option<JobId>, StorageError> {
    let live = job::Entity::find()
        .filter(job::Column::DedupKey.eq(key))
        .filter(job::Column::State.is_in([JobState::Queued.name(), JobState::Running.name()]))
        .one(transaction)
        .await?;
    let Some(row) = live else { return Ok(None) };
    if row.priority < priority {
        job::Entity::update_many()
            .col_expr(job::Column::Priority, Expr::value(priority))
            .filter(job::Column::Id.eq(row.id))
            .exec(transaction)
            .await?;
    }
    Ok(Some(JobId(row.id)))
}

fn new_row(
    library: &Library,
    id: uuid::Uuid,
    work: &Work,
    user: Option<UserId>,
    priority: i64,
) -> Result<job::ActiveModel, StorageError> {
    let now = library.now();
    Ok(job::ActiveModel {
        id: Set(id),
        kind: Set(work.kind().name().to_owned()),
        dedup_key: Set(work.key()),
        payload: Set(serde_json::to_value(work)?),
        user_id: Set(user.map(|user| user.0)),
        publication_id: Set(work.publication().map(|publication| publication.0)),
        state: Set(JobState::Queued.name().to_owned()),
        priority: Set(priority),
        run_at: Set(now),
        failures: Set(0),
        abandonments: Set(0),
        lease_owner: Set(None),
        lease_number: Set(0),
        lease_until: Set(None),
        cancel_asked: Set(false),
        progress: Set(0.0),
        stage: Set(None),
        error_code: Set(None),
        error_detail: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
        finished_at: Set(None),
    })
}
