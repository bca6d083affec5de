//! What several processes share: limits and announcements, with a Redis, without one, and with one that is away.

use std::time::Duration;

use futures::{FutureExt, StreamExt};

use crate::configuration::{LibraryConfig, Secret};
use crate::events::{self, Topic};
use crate::jobs::{JobState, Work, cancel, queue};
use crate::limits::{self, Quota};
use crate::test_world::{World, on_each_engine, redis_url, with_settings};
use crate::{Library, LookupError, cache, jobs::Job};

const QUOTA: Quota = Quota {
    burst: 2,
    per: Duration::from_secs(60),
};

fn with_redis(url: &str) -> LibraryConfig {
    LibraryConfig {
        redis_url: Some(Secret(url.to_owned())),
        ..Default::default()
    }
}

/// A key that no other run has used.
fn key(library: &Library) -> String {
    format!("test:{}:{}", library.fresh_id(), std::process::id())
}

#[tokio::test]
async fn limits_are_common_to_all_processes_with_redis() {
    let Some(url) = redis_url() else { return };
    with_settings(with_redis(&url), async |world| {
        assert_eq!(world.library.probe_redis().await.unwrap(), Some(()));
        let other = world.another_process().await;
        let key = key(&world.library);
        assert_eq!(limits::check(&world.library, &key, QUOTA).await.remaining, 1);
        assert_eq!(limits::check(&other, &key, QUOTA).await.remaining, 0);
        let refused = limits::check(&world.library, &key, QUOTA).await;
        assert_eq!(
            (refused.allowed, refused.retry_after),
            (false, Duration::from_secs(60))
        );
        world.advance(chrono::TimeDelta::seconds(61));
        assert!(limits::check(&other, &key, QUOTA).await.allowed);
    })
    .await;
}

#[tokio::test]
async fn without_redis_each_process_limits_for_itself() {
    on_each_engine(async |world| {
        assert_eq!(world.library.probe_redis().await.unwrap(), None);
        for remaining in [1, 0] {
            assert_eq!(
                limits::check(&world.library, "anna", QUOTA).await.remaining,
                remaining
            );
        }
        assert!(!limits::check(&world.library, "anna", QUOTA).await.allowed);
    })
    .await;
}

#[tokio::test]
async fn a_redis_that_is_away_is_no_error() {
    // Port 9 is the discard service, which nothing serves.
    with_settings(with_redis("redis://127.0.0.1:9"), async |world| {
        assert!(world.library.probe_redis().await.is_err());
        for allowed in [true, true, false] {
            assert_eq!(
                limits::check(&world.library, "anna", QUOTA).await.allowed,
                allowed
            );
        }
        hears_of_another_process(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_listener_hears_of_its_own_process() {
    on_each_engine(async |world| {
        let (library, job) = (world.library.clone(), enqueue(&world.library).await);
        let mut states = events::subscribe(&library, Topic::Job(job));
        cancel(&library, job).await.unwrap();
        assert_eq!(next(&mut states).await.state, JobState::Cancelled);
    })
    .await;
}

#[tokio::test]
async fn a_listener_hears_of_other_processes_by_the_table() {
    on_each_engine(async |world| hears_of_another_process(&world).await).await;
}

#[tokio::test]
async fn a_listener_hears_of_other_processes_by_redis() {
    let Some(url) = redis_url() else { return };
    with_settings(with_redis(&url), async |world| {
        hears_of_another_process(&world).await
    })
    .await;
}

async fn hears_of_another_process(world: &World) {
    let other = world.another_process().await;
    let (job, unrelated) = (
        enqueue(&world.library).await,
        Topic::User(crate::ids::UserId(world.library.fresh_id())),
    );
    let mut states = events::subscribe(&world.library, Topic::Job(job));
    let mut silent = events::subscribe(&world.library, unrelated);
    cancel(&other, job).await.unwrap();
    while next(&mut states).await.state != JobState::Cancelled {}
    assert!(silent.next().now_or_never().is_none());
}

async fn enqueue(library: &Library) -> crate::ids::JobId {
    let transaction = library.db().write().await.unwrap();
    let id = queue::enqueue(library, &transaction, &Work::Purge {}, None, 1)
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    id
}

async fn next(states: &mut (impl futures::Stream<Item = Job> + Unpin)) -> Job {
    tokio::time::timeout(Duration::from_secs(20), states.next())
        .await
        .expect("an event within 20 s")
        .unwrap()
}

#[tokio::test]
async fn an_answer_is_loaded_once_for_all_processes_with_redis() {
    let Some(url) = redis_url() else { return };
    with_settings(with_redis(&url), async |world| {
        let other = world.another_process().await;
        let key = key(&world.library);
        let load = async |library: &Library, answer: &'static str| {
            let loaded = async { Ok(bytes::Bytes::from_static(answer.as_bytes())) };
            cache::get_or_load(library, key.clone(), loaded).await.unwrap()
        };
        assert_eq!(load(&world.library, "first").await, "first");
        assert_eq!(load(&world.library, "second").await, "first", "from memory");
        assert_eq!(load(&other, "third").await, "first", "from redis");
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_failed_is_not_kept() {
    on_each_engine(async |world| {
        let load = async |answer| cache::get_or_load(&world.library, "key".into(), async { answer }).await;
        assert!(load(Err(LookupError::NotFound)).await.is_err());
        assert_eq!(load(Ok("found".into())).await.unwrap(), "found");
        assert_eq!(load(Err(LookupError::NotFound)).await.unwrap(), "found");
    })
    .await;
}
