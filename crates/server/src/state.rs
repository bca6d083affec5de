//! What every request can reach.

use std::sync::Arc;

use bytes::Bytes;
use library::Library;
use library::clock::Clock;
use library::randomness::Randomness;
use tokio_util::sync::CancellationToken;

use crate::live_sessions::LiveSessions;
use crate::{AccessTokens, Intake, Metrics, ServerConfig, TokenKeys, openapi};

/// What every request can reach: cheap to clone.
#[derive(Clone)]
pub struct ServerState(Arc<Parts>);

struct Parts {
    library: Library,
    config: ServerConfig,
    tokens: AccessTokens,
    sessions: LiveSessions,
    metrics: Metrics,
    clock: Clock,
    randomness: Randomness,
    openapi: Bytes,
    intake: Intake,
}

impl ServerState {
    /// Puts the server together. `intake` is the one that [`crate::serve()`] gets too: event streams
    /// end when it closes.
    pub fn new(
        library: Library,
        config: ServerConfig,
        keys: TokenKeys,
        metrics: Metrics,
        clock: Clock,
        randomness: Randomness,
        intake: Intake,
    ) -> Self {
        let tokens = AccessTokens::new(keys, clock.clone(), config.access_token_seconds);
        let sessions = LiveSessions::new(clock.clone());
        let document = openapi::document().to_json().expect("the document is plain data");
        let openapi = Bytes::from(document);
        Self(Arc::new(Parts {
            library,
            config,
            tokens,
            sessions,
            metrics,
            clock,
            randomness,
            openapi,
            intake,
        }))
    }

    /// The domain.
    pub(crate) fn library(&self) -> &Library {
        &self.0.library
    }

    /// The settings.
    pub(crate) fn config(&self) -> &ServerConfig {
        &self.0.config
    }

    /// Who signs and reads access tokens.
    pub(crate) fn tokens(&self) -> &AccessTokens {
        &self.0.tokens
    }

    /// Sign-ins that were alive a moment ago.
    pub(crate) fn sessions(&self) -> &LiveSessions {
        &self.0.sessions
    }

    /// Where requests are counted.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// The time.
    pub(crate) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Ids of requests.
    pub(crate) fn randomness(&self) -> &Randomness {
        &self.0.randomness
    }

    /// The OpenAPI document as JSON.
    pub(crate) fn openapi(&self) -> &Bytes {
        &self.0.openapi
    }

    /// Cancelled when the process was told to stop.
    pub(crate) fn shutdown(&self) -> &CancellationToken {
        self.0.intake.shutdown()
    }

    /// Whether connections are taken.
    pub(crate) fn intake(&self) -> &Intake {
        &self.0.intake
    }
}
