//! Bringing a generation up, and bringing it back when it dies.

use std::ffi::OsString;
use std::time::Duration;

use super::process::{ProcessError, Running};
use super::run::{DecisionError, Supervisor};
use super::{Generation, Release, log_file};

/// A new generation is asked this often whether it is ready.
const LOOK_EVERY: Duration = Duration::from_millis(25);
/// A first version, or one that comes back after a crash, may take this long.
pub(super) const READY_WITHIN: Duration = Duration::from_secs(60);
/// The longest wait before a version that keeps dying is started again.
const LONGEST_REST: Duration = Duration::from_secs(10);
/// Lines of its log that are shown when a version does not come up.
const LAST_LINES: usize = 5;

/// Why a generation is not ready.
#[derive(Debug, thiserror::Error)]
pub(super) enum LaunchError {
    #[error(transparent)]
    Process(#[from] ProcessError),
    #[error(transparent)]
    Decision(#[from] DecisionError),
    #[error("it ended before it was ready; the end of its log:\n{0}")]
    Ended(String),
    #[error("it was not ready within {0:?}: {1}; the end of its log:\n{2}")]
    NotReady(Duration, String, String),
    #[error("whoever ordered it left")]
    Abandoned,
}

impl Supervisor {
    /// Starts the process of a generation that is written down.
    pub(super) fn start(&self, generation: &Generation, release: &Release) -> Result<Running, ProcessError> {
        let options = &self.0.options;
        let mut arguments = vec![
            OsString::from("serve"),
            "--generation".into(),
            generation.number.to_string().into(),
        ];
        arguments.extend(options.arguments.iter().cloned());
        let running = Running::start(
            &release.program,
            &arguments,
            &self.place(generation.number),
            &self.0.listener,
            &log_file(&options.folders.logs(), generation.number),
        )?;
        tracing::info!(
            generation = generation.number,
            release = release.id,
            pid = running.pid,
            "started"
        );
        self.remember(generation.number, running.clone());
        Ok(running)
    }

    /// Waits until it can do its work, as long as `go_on` says so.
    pub(super) async fn until_ready(
        &self,
        generation: &Generation,
        running: &Running,
        within: Duration,
        mut go_on: impl FnMut() -> Result<(), LaunchError>,
    ) -> Result<(), LaunchError> {
        let deadline = tokio::time::Instant::now() + within;
        loop {
            let last = match running.client.ready().await {
                Ok(()) => return Ok(()),
                Err(error) => error.to_string(),
            };
            if running.has_ended() {
                return Err(LaunchError::Ended(self.end_of_log(generation)));
            }
            if tokio::time::Instant::now() >= deadline {
                return Err(LaunchError::NotReady(within, last, self.end_of_log(generation)));
            }
            go_on()?;
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    fn end_of_log(&self, generation: &Generation) -> String {
        let path = log_file(&self.0.options.folders.logs(), generation.number);
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(LAST_LINES)..].join("\n")
    }

    /// Brings a version up where none serves: the first one, or again after a crash.
    pub(super) async fn begin(&self, release: &Release) -> Result<Generation, LaunchError> {
        let since = self.0.options.clock.now();
        let generation = self
            .change(|state| state.announce(&release.id, since))
            .map_err(DecisionError::File)?;
        let running = self.start(&generation, release)?;
        let ready = self
            .until_ready(&generation, &running, READY_WITHIN, || Ok(()))
            .await;
        let opened = match ready {
            Ok(()) => running.client.open().await.map_err(ProcessError::from),
            Err(error) => {
                running.kill();
                running.end().await;
                self.change(|state| state.has_started(&generation))
                    .map_err(DecisionError::File)?;
                return Err(error);
            }
        };
        opened?;
        self.change(|state| {
            state.has_started(&generation);
            state.serving = Some(generation.clone());
        })
        .map_err(DecisionError::File)?;
        Ok(generation)
    }

    /// Starts the serving version again whenever its process ends outside of a change.
    pub(super) async fn keep_serving(&self) {
        let mut rest = Duration::ZERO;
        loop {
            tokio::time::sleep(Duration::from_millis(20)).await;
            let state = self.state();
            let Some(serving) = state.serving else { continue };
            if self.running(&serving).is_some() || state.bake_until.is_some() {
                if state.bake_until.is_none() {
                    rest = rest.saturating_sub(Duration::from_millis(5));
                }
                continue;
            }
            let _changing = self.0.changing.lock().await;
            // Somebody may have changed places meanwhile.
            let Some(serving) = self.state().serving else {
                continue;
            };
            if self.running(&serving).is_some() || self.0.shutdown.is_cancelled() {
                continue;
            }
            tracing::error!(generation = serving.number, "the serving generation died");
            tokio::time::sleep(rest).await;
            rest = (rest * 2).clamp(Duration::from_millis(100), LONGEST_REST);
            if let Err(error) = self.begin(&self.0.releases.at(&serving.release)).await {
                tracing::error!(error = &error as &dyn std::error::Error, "it does not come back");
            }
        }
    }
}
