//! What several processes share through Redis: limits, cached answers, announcements.
//!
//! Nothing durable lives there. When Redis is down every use falls back to this process alone, which is counted in
//! `redis_fallbacks_total{use}`; for [`PAUSE`] after a failure Redis is not asked at all, so that requests do not queue
//! behind its time-outs.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, FromRedisValue, RedisError};

use crate::clock::Clock;

/// How long Redis is left alone after a failure.
const PAUSE: chrono::TimeDelta = chrono::TimeDelta::seconds(2);

/// A Redis that may be away.
#[derive(Clone)]
pub(crate) struct Redis {
    client: Client,
    manager: ConnectionManager,
    clock: Clock,
    /// Microseconds of the epoch until which Redis is not asked.
    silent_until: Arc<AtomicI64>,
}

impl Redis {
    /// Reads the address; connects when first used.
    pub(crate) fn open(url: &str, clock: Clock) -> Result<Self, RedisError> {
        let client = Client::open(url)?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(Duration::from_millis(500)))
            .set_response_timeout(Some(Duration::from_millis(500)))
            .set_number_of_retries(0);
        let manager = ConnectionManager::new_lazy_with_config(client.clone(), config)?;
        Ok(Self {
            client,
            manager,
            clock,
            silent_until: Arc::new(AtomicI64::new(i64::MIN)),
        })
    }

    /// A client for subscriptions, which need a connection of their own.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Runs a command; `None` when Redis is away, counted under `purpose`.
    pub(crate) async fn command<T: FromRedisValue>(
        &self,
        purpose: &'static str,
        command: &redis::Cmd,
    ) -> Option<T> {
        if self.is_silent() {
            count_fallback(purpose);
            return None;
        }
        let mut manager = self.manager.clone();
        self.judge(purpose, command.query_async(&mut manager).await)
    }

    /// Runs a script; `None` when Redis is away, counted under `purpose`.
    pub(crate) async fn script<T: FromRedisValue>(
        &self,
        purpose: &'static str,
        script: &redis::ScriptInvocation<'_>,
    ) -> Option<T> {
        if self.is_silent() {
            count_fallback(purpose);
            return None;
        }
        let mut manager = self.manager.clone();
        self.judge(purpose, script.invoke_async(&mut manager).await)
    }

    /// Does it answer?
    pub(crate) async fn probe(&self) -> Result<(), RedisError> {
        let mut manager = self.manager.clone();
        redis::cmd("PING")
            .query_async::<String>(&mut manager)
            .await
            .map(drop)
    }

    fn is_silent(&self) -> bool {
        self.clock.now().timestamp_micros() < self.silent_until.load(Ordering::Relaxed)
    }

    fn judge<T>(&self, purpose: &'static str, outcome: Result<T, RedisError>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(error) => {
                tracing::warn!(%error, purpose, "redis is away: this process goes on alone");
                count_fallback(purpose);
                self.silent_until
                    .store((self.clock.now() + PAUSE).timestamp_micros(), Ordering::Relaxed);
                None
            }
        }
    }
}

fn count_fallback(purpose: &'static str) {
    metrics::counter!("redis_fallbacks_total", "use" => purpose).increment(1);
}
