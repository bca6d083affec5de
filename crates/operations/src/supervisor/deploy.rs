//! Putting a new version in the place of the one that serves.

use std::time::Duration;

use chrono::TimeDelta;

use super::event::Listener;
use super::launch::LaunchError;
use super::process::{ProcessError, Running};
use super::run::{DecisionError, Supervisor};
use super::{DeployOrder, Ending, Event, Generation, Release, ReleaseError, Step};

/// Why a deployment did not come about. Everything is as it was.
#[derive(Debug, thiserror::Error)]
enum DeployError {
    #[error(transparent)]
    Decision(#[from] DecisionError),
    #[error(transparent)]
    Release(#[from] ReleaseError),
    #[error("the new version does not come up: {0}")]
    Launch(#[from] LaunchError),
    #[error("the new version does not take connections")]
    Open(#[source] ProcessError),
}

impl Supervisor {
    /// Carries out an order and tells how it goes; the last event is how it ended.
    pub(super) async fn deploy(&self, order: DeployOrder, listener: Listener) {
        let begun = tokio::time::Instant::now();
        let now = self.0.options.clock.now();
        let locked = self
            .change(|state| state.acquire(&order.holder, now))
            .map_err(DecisionError::from)
            .and_then(|acquired| Ok(acquired?));
        let (ending, text) = match locked {
            Err(error) => (Ending::Refused, chain(&error)),
            Ok(token) => {
                self.reach(Step::Locked, begun, &listener);
                match self.replace(&order, token, begun, &listener).await {
                    Ok(()) => self.watch_over(token, begun, &listener).await,
                    Err(error) => {
                        self.give_back(token);
                        (Ending::Refused, format!("nothing was changed: {}", chain(&error)))
                    }
                }
            }
        };
        tracing::info!(?ending, text, "a deployment ended");
        listener.tell(Event::Ended { ending, text });
    }

    async fn replace(
        &self,
        order: &DeployOrder,
        token: u64,
        begun: tokio::time::Instant,
        listener: &Listener,
    ) -> Result<(), DeployError> {
        let (releases, source) = (self.0.releases.clone(), order.source.clone());
        let release = tokio::task::spawn_blocking(move || releases.store(&source))
            .await
            .expect("storing a release does not panic")?;
        self.reach(Step::Stored, begun, listener);
        let mut announced = None;
        let since = self.0.options.clock.now();
        self.decide(token, |state| {
            announced = Some(state.announce(&release.id, since))
        })?;
        let generation = announced.expect("a decision that was taken was carried out");
        self.reach(Step::Recorded, begun, listener);

        let done = self
            .bring_up(order, token, &release, &generation, begun, listener)
            .await;
        if done.is_err() {
            self.abandon(&generation);
        }
        done
    }

    async fn bring_up(
        &self,
        order: &DeployOrder,
        token: u64,
        release: &Release,
        generation: &Generation,
        begun: tokio::time::Instant,
        listener: &Listener,
    ) -> Result<(), DeployError> {
        let running = self.start(generation, release).map_err(LaunchError::from)?;
        self.reach(Step::Started, begun, listener);
        let within = Duration::from_secs(order.ready_seconds);
        self.until_ready(generation, &running, within, || {
            if listener.is_gone() {
                return Err(LaunchError::Abandoned);
            }
            Ok(self.decide(token, |_| {})?)
        })
        .await?;
        self.reach(Step::Ready, begun, listener);
        self.take_the_place(order, token, generation, &running, begun, listener)
            .await
    }

    async fn take_the_place(
        &self,
        order: &DeployOrder,
        token: u64,
        generation: &Generation,
        running: &Running,
        begun: tokio::time::Instant,
        listener: &Listener,
    ) -> Result<(), DeployError> {
        let _changing = self.0.changing.lock().await;
        let open = running.client.open().await;
        open.map_err(|error| DeployError::Open(error.into()))?;
        self.reach(Step::Open, begun, listener);
        let bake_until = self.0.options.clock.now() + TimeDelta::seconds(i64::from(order.bake_seconds));
        let old = self.state();
        self.decide(token, |state| {
            state.has_started(generation);
            state.retiring.extend(state.previous.take());
            state.previous = state.serving.replace(generation.clone());
            state.bake_until = Some(bake_until);
        })?;
        self.reach(Step::Committed, begun, listener);
        if let Some(warm) = old.serving.as_ref().and_then(|one| self.running(one))
            && let Err(error) = warm.client.close().await
        {
            // It would go on taking connections beside the new one.
            tracing::warn!(%error, "the old version does not listen and is stopped");
            warm.kill();
        }
        self.reach(Step::OldClosed, begun, listener);
        if let Some(retiring) = old.previous {
            self.retire(retiring);
        }
        Ok(())
    }

    /// Sends away a generation that did not make it, whoever has the lock by now.
    pub(super) fn abandon(&self, generation: &Generation) {
        let noted = self.change(|state| {
            state.has_started(generation);
            state.retiring.push(generation.clone());
        });
        match noted {
            Ok(()) => self.retire(generation.clone()),
            Err(error) => tracing::error!(%error, "a failed deployment was not cleaned up"),
        }
    }

    pub(super) fn give_back(&self, token: u64) {
        if let Err(error) = self.change(|state| state.release(token)) {
            tracing::error!(%error, "the lock was not given back, and runs out");
        }
    }

    /// Tells that a step was reached; in drills this is where the supervisor dies.
    pub(super) fn reach(&self, step: Step, begun: tokio::time::Instant, listener: &Listener) {
        let elapsed_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(step = step.name(), elapsed_ms, "a step of a change of versions");
        if self.0.options.die_at == Some(step) {
            let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
        }
        listener.tell(Event::Step { step, elapsed_ms });
    }
}

/// An error with its causes, in one line.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}
