//! Answers that cost a read of a large row and never change: kept in this process, and in Redis for all processes when
//! there is one.
//!
//! Who may see an answer is asked before, every time: the cache holds content, never rights.

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use moka::future::Cache as Memory;

use crate::{Library, LookupError};

/// An answer that nobody asked for this long is dropped.
const IDLE: Duration = Duration::from_secs(60 * 60);

/// The answers kept in this process, the least used dropped first.
pub(crate) struct LocalCache(Memory<String, Bytes>);

impl LocalCache {
    /// Room for so many bytes.
    pub(crate) fn new(bytes: u64) -> Self {
        let weigh = |key: &String, value: &Bytes| u32::try_from(key.len() + value.len()).unwrap_or(u32::MAX);
        Self(
            Memory::builder()
                .max_capacity(bytes)
                .weigher(weigh)
                .time_to_idle(IDLE)
                .build(),
        )
    }
}

/// The answer under `key`, loaded when no cache has it. The key must name the content for good, by its revision or hash.
pub(crate) async fn get_or_load(
    library: &Library,
    key: String,
    load: impl Future<Output = Result<Bytes, LookupError>>,
) -> Result<Bytes, LookupError> {
    let memory = &library.cache().0;
    if let Some(answer) = memory.get(&key).await {
        count("memory");
        return Ok(answer);
    }
    if let Some(answer) = from_redis(library, &key).await {
        count("redis");
        memory.insert(key, answer.clone()).await;
        return Ok(answer);
    }
    let answer = load.await?;
    count("none");
    to_redis(library, &key, &answer).await;
    memory.insert(key, answer.clone()).await;
    Ok(answer)
}

async fn from_redis(library: &Library, key: &str) -> Option<Bytes> {
    let mut command = redis::cmd("GET");
    command.arg(redis_key(key));
    library
        .redis()?
        .command::<Option<Vec<u8>>>("cache", &command)
        .await?
        .map(Bytes::from)
}

async fn to_redis(library: &Library, key: &str, answer: &Bytes) {
    if let Some(redis) = library.redis() {
        let mut command = redis::cmd("SET");
        command
            .arg(redis_key(key))
            .arg(&answer[..])
            .arg("EX")
            .arg(IDLE.as_secs());
        let _: Option<String> = redis.command("cache", &command).await;
    }
}

fn redis_key(key: &str) -> String {
    format!("bookreader:cache:{key}")
}

fn count(found_in: &'static str) {
    metrics::counter!("cache_lookups_total", "found_in" => found_in).increment(1);
}
