//! How much a process works on at once.

use std::time::Duration;

use library::jobs::worker::WorkerOptions;
use serde::{Deserialize, Serialize};

/// The `[workers]` table.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct WorkersConfig {
    /// Whether `serve` also works; otherwise start `bookreader worker` beside it.
    pub(crate) embedded: bool,
    /// Books read at once.
    pub(crate) importers: usize,
    /// Books searched for descriptions at once; each takes a core.
    pub(crate) analysts: usize,
    /// Pictures drawn at once.
    pub(crate) illustrators: usize,
    /// On the order to stop, running jobs get this long; then they go back into the queue.
    pub(crate) drain_seconds: u64,
}

impl Default for WorkersConfig {
    fn default() -> Self {
        let WorkerOptions {
            importers,
            analysts,
            illustrators,
            drain,
            ..
        } = WorkerOptions::default();
        WorkersConfig {
            embedded: true,
            importers,
            analysts,
            illustrators,
            drain_seconds: drain.as_secs(),
        }
    }
}

impl WorkersConfig {
    /// The same for the worker.
    pub(crate) fn options(&self) -> WorkerOptions {
        WorkerOptions {
            importers: self.importers,
            analysts: self.analysts,
            illustrators: self.illustrators,
            drain: Duration::from_secs(self.drain_seconds),
        }
    }
}
