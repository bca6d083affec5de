//! Sending a generation away without cutting what it is doing.

use std::time::Duration;

use super::Generation;
use super::process::Running;
use super::run::Supervisor;

/// How often a closed generation is asked whether it is done.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// From the order to stop to the end of the process; the service's own drain is shorter.
const STOPS_WITHIN: Duration = Duration::from_secs(12);

impl Supervisor {
    /// Sends away a generation that is written down among the retiring.
    pub(super) fn retire(&self, generation: Generation) {
        let supervisor = self.clone();
        tokio::spawn(async move {
            if let Some(running) = supervisor.running(&generation) {
                drain(&running, supervisor.0.options.patience).await;
                stop(&running).await;
            }
            supervisor.place(generation.number).clear();
            let forgotten =
                supervisor.change(|state| state.retiring.retain(|one| one.number != generation.number));
            if let Err(error) = forgotten {
                tracing::error!(%error, "the state cannot be written");
            }
        });
    }

    /// Stops everything, for the supervisor ends.
    pub(super) async fn stop_all(&self) {
        let stopping: Vec<_> = self
            .all_running()
            .into_iter()
            .map(|running| tokio::spawn(async move { stop(&running).await }))
            .collect();
        for one in stopping {
            // A task that only asks and waits does not panic.
            let _ = one.await;
        }
    }
}

/// No new connections; waits for those that are there, for a bounded time.
async fn drain(running: &Running, patience: Duration) {
    if let Err(error) = running.client.close().await {
        tracing::warn!(pid = running.pid, %error, "a retiring generation does not listen");
        return;
    }
    let deadline = tokio::time::Instant::now() + patience;
    while tokio::time::Instant::now() < deadline && !running.has_ended() {
        match running.client.status().await {
            Ok(status) if status.connections == 0 => return,
            Ok(_) => tokio::time::sleep(LOOK_EVERY).await,
            Err(_) => return,
        }
    }
}

async fn stop(running: &Running) {
    if running.client.stop().await.is_err() {
        running.kill();
    }
    if tokio::time::timeout(STOPS_WITHIN, running.end()).await.is_err() {
        tracing::warn!(pid = running.pid, "a generation did not stop when told to");
        running.kill();
        running.end().await;
    }
}
