//! What happens to jobs, as it happens.
//!
//! Changes of this process go over a channel in memory. Those of other processes come by Redis when there is one, and in
//! any case by a look into the table once a second while somebody listens. A state may come twice; the last one stands.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use futures::{Stream, StreamExt, stream};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::Library;
use crate::ids::{JobId, PublicationId, UserId};
use crate::jobs::{self, Job};
use crate::storage::entity::job;

/// How often the table is looked into.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Other machines' clocks may be this far behind.
const CLOCK_SKEW: TimeDelta = TimeDelta::seconds(5);
/// Changes a slow listener may fall behind.
const BACKLOG: usize = 1024;
/// The Redis channel; a message is a job's id.
const CHANNEL: &str = "bookreader:jobs";
/// The Redis channel on which new work is announced.
const WORK_CHANNEL: &str = "bookreader:work";

/// What to listen to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// One job.
    Job(JobId),
    /// All jobs that work on a publication.
    Publication(PublicationId),
    /// All jobs that a user asked for.
    User(UserId),
}

/// That something of a job changed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    job: Uuid,
    publication: Option<Uuid>,
    user: Option<Uuid>,
}

impl From<&job::Model> for Change {
    fn from(row: &job::Model) -> Self {
        Self {
            job: row.id,
            publication: row.publication_id,
            user: row.user_id,
        }
    }
}

impl From<&Job> for Change {
    fn from(job: &Job) -> Self {
        Self {
            job: job.id.0,
            publication: job.publication.map(|id| id.0),
            user: job.user.map(|id| id.0),
        }
    }
}

impl Topic {
    fn concerns(self, change: &Change) -> bool {
        match self {
            Self::Job(id) => change.job == id.0,
            Self::Publication(id) => change.publication == Some(id.0),
            Self::User(id) => change.user == Some(id.0),
        }
    }
}

/// The channel in memory.
pub(crate) struct Bus {
    changes: broadcast::Sender<Change>,
    is_fed: Arc<AtomicBool>,
}

impl Default for Bus {
    fn default() -> Self {
        Self {
            changes: broadcast::Sender::new(BACKLOG),
            is_fed: Arc::new(AtomicBool::new(false)),
        }
    }
}

impl Bus {
    pub(crate) fn publish(&self, change: Change) {
        // Nobody listening is fine.
        let _ = self.changes.send(change);
    }
}

/// Every state of the topic's jobs from now on. Read the present state after this call, so that nothing falls between.
pub fn subscribe(library: &Library, topic: Topic) -> impl Stream<Item = Job> + Send + Unpin + 'static {
    let receiver = library.bus().changes.subscribe();
    feed(library);
    let seen: HashMap<JobId, Job> = HashMap::new();
    let states = stream::unfold(
        (library.clone(), receiver, seen),
        move |(library, mut receiver, mut seen)| async move {
            loop {
                let change = match receiver.recv().await {
                    Ok(change) => change,
                    // What was missed is found in the table at the next look.
                    Err(broadcast::error::RecvError::Lagged(_)) => continue,
                    Err(broadcast::error::RecvError::Closed) => return None,
                };
                if !topic.concerns(&change) {
                    continue;
                }
                let Ok(Some(job)) = jobs::load(&library, JobId(change.job)).await else {
                    continue;
                };
                if seen.get(&job.id) == Some(&job) {
                    continue;
                }
                seen.insert(job.id, job.clone());
                return Some((job, (library, receiver, seen)));
            }
        },
    );
    states.boxed()
}

/// Tells the other processes.
pub(crate) async fn announce(library: &Library, change: Change) {
    library.bus().publish(change);
    if let Some(redis) = library.redis() {
        let mut command = redis::cmd("PUBLISH");
        command.arg(CHANNEL).arg(change.job.to_string());
        let _: Option<i64> = redis.command("events", &command).await;
    }
}

/// Tells the workers of other processes that there is work, without waiting for Redis.
pub(crate) fn announce_work(library: &Library) {
    if library.redis().is_none() {
        return;
    }
    let library = library.clone();
    tokio::spawn(async move {
        if let Some(redis) = library.redis() {
            let mut command = redis::cmd("PUBLISH");
            command.arg(WORK_CHANNEL).arg(1);
            let _: Option<i64> = redis.command("wake-ups", &command).await;
        }
    });
}

/// Wakes this process's workers when another process announces work; ends when Redis goes away. Without a Redis it waits
/// for ever.
pub(crate) async fn pass_on_work(library: &Library) {
    let Some(redis) = library.redis() else {
        return std::future::pending().await;
    };
    if let Ok(mut subscription) = redis.client().get_async_pubsub().await
        && subscription.subscribe(WORK_CHANNEL).await.is_ok()
    {
        let mut messages = subscription.on_message();
        while messages.next().await.is_some() {
            library.wake_workers();
        }
    }
}

/// Starts the task that brings other processes' changes, unless it runs already; it ends when nobody listens.
fn feed(library: &Library) {
    let bus = library.bus();
    if bus.is_fed.swap(true, Ordering::AcqRel) {
        return;
    }
    let library = library.clone();
    tokio::spawn(async move {
        let from_redis = pass_on_from_redis(library.clone());
        tokio::pin!(from_redis);
        let mut since = library.now();
        loop {
            tokio::select! {
                () = &mut from_redis => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
            let bus = library.bus();
            if bus.changes.receiver_count() == 0 {
                bus.is_fed.store(false, Ordering::Release);
                // A listener that came between the two lines above must not be left alone.
                if bus.changes.receiver_count() == 0 || bus.is_fed.swap(true, Ordering::AcqRel) {
                    return;
                }
            }
            let now = library.now();
            for change in changed_since(&library, since - CLOCK_SKEW).await {
                bus.publish(change);
            }
            since = now;
        }
    });
}

async fn changed_since(library: &Library, since: chrono::DateTime<chrono::Utc>) -> Vec<Change> {
    let rows = job::Entity::find()
        .filter(job::Column::UpdatedAt.gte(since))
        .order_by_desc(job::Column::UpdatedAt)
        .limit(BACKLOG as u64 / 2)
        .all(library.db().read())
        .await;
    match rows {
        Ok(rows) => rows.iter().rev().map(Change::from).collect(),
        Err(error) => {
            tracing::warn!(%error, "changes of jobs cannot be looked up");
            Vec::new()
        }
    }
}

/// Brings what other processes say over Redis; without one, or after it went away, never returns: the table suffices.
async fn pass_on_from_redis(library: Library) {
    if let Some(redis) = library.redis()
        && let Ok(mut subscription) = redis.client().get_async_pubsub().await
        && subscription.subscribe(CHANNEL).await.is_ok()
    {
        let mut messages = subscription.on_message();
        while let Some(message) = messages.next().await {
            let Some(id) = message
                .get_payload::<String>()
                .ok()
                .and_then(|id| id.parse().ok())
            else {
                continue;
            };
            if let Ok(Some(row)) = job::Entity::find_by_id::<Uuid>(id).one(library.db().read()).await {
                library.bus().publish(Change::from(&row));
            }
        }
    }
    std::future::pending().await
}
