//! Whether this process takes connections.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Whether this process takes connections, and whether it was told to stop: cheap to clone.
///
/// A supervisor that runs two versions side by side closes the one and opens the other. A closed process goes on answering on
/// the connections that it has, and asks their owners to come back on new ones.
#[derive(Clone, Debug)]
pub struct Intake {
    open: watch::Sender<bool>,
    connections: Arc<AtomicUsize>,
    shutdown: CancellationToken,
}

impl Intake {
    /// Takes connections until `shutdown` is cancelled.
    pub fn open(shutdown: CancellationToken) -> Self {
        Self::new(true, shutdown)
    }

    /// Takes none until it is told to.
    pub fn closed(shutdown: CancellationToken) -> Self {
        Self::new(false, shutdown)
    }

    fn new(open: bool, shutdown: CancellationToken) -> Self {
        Self {
            open: watch::Sender::new(open),
            connections: Arc::default(),
            shutdown,
        }
    }

    /// The switch.
    pub fn switch(&self) -> &watch::Sender<bool> {
        &self.open
    }

    /// Are connections taken now?
    pub fn is_open(&self) -> bool {
        *self.open.borrow()
    }

    /// Comes back when connections are taken.
    pub async fn opened(&self) {
        self.becomes(true).await;
    }

    /// Comes back when no connection is taken.
    pub async fn closes(&self) {
        self.becomes(false).await;
    }

    async fn becomes(&self, wanted: bool) {
        let mut changes = self.open.subscribe();
        changes
            .wait_for(|open| *open == wanted)
            .await
            .expect("the sender lives as long as `self`");
    }

    /// Cancelled when the process was told to stop.
    pub fn shutdown(&self) -> &CancellationToken {
        &self.shutdown
    }

    /// Where the connections that are open now are counted.
    pub fn connections(&self) -> &Arc<AtomicUsize> {
        &self.connections
    }

    /// Counts a connection as open until the guard is dropped.
    pub(crate) fn count_connection(&self) -> CountedConnection {
        self.connections.fetch_add(1, Ordering::Relaxed);
        CountedConnection(self.connections.clone())
    }
}

/// One more connection while this lives.
pub(crate) struct CountedConnection(Arc<AtomicUsize>);

impl Drop for CountedConnection {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
