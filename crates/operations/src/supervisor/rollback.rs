//! Going back to the version before.

use anyhow::Context as _;

use super::event::Listener;
use super::launch::READY_WITHIN;
use super::process::Running;
use super::run::Supervisor;
use super::{Ending, Event, Generation, LockError, RollbackOrder, State, Step, deploy};

impl Supervisor {
    /// Carries out an order to go back; the last event is how it ended.
    pub(super) async fn roll_back(&self, order: RollbackOrder, listener: Listener) {
        let begun = tokio::time::Instant::now();
        let now = self.0.options.clock.now();
        let locked = self.change(|state| {
            // A bake is there to be interrupted; a deployment that is not decided yet is not.
            if state.bake_until.is_some() {
                return Ok(state.take_over(&order.holder, now));
            }
            state.acquire(&order.holder, now)
        });
        let (ending, text) = match locked {
            Err(error) => (Ending::Refused, deploy::chain(&error)),
            Ok(Err(error)) => (Ending::Refused, deploy::chain(&error)),
            Ok(Ok(token)) => {
                self.reach(Step::Locked, begun, &listener);
                match self.go_back(token, begun, &listener).await {
                    Ok(()) => (Ending::Done, "the version before serves again".to_owned()),
                    Err(error) => {
                        self.give_back(token);
                        (Ending::Refused, format!("nothing was changed: {error:#}"))
                    }
                }
            }
        };
        tracing::info!(?ending, text, reason = order.reason, "a rollback ended");
        listener.tell(Event::Ended { ending, text });
    }

    /// Puts the version before in its place again, by the holder of the lock, who gives it back.
    pub(super) async fn go_back(
        &self,
        token: u64,
        begun: tokio::time::Instant,
        listener: &Listener,
    ) -> anyhow::Result<()> {
        let previous = self
            .state()
            .previous
            .context("there is no version to go back to")?;
        let (good, running) = match self.running(&previous) {
            Some(running) => (previous, running),
            None => self.warm_up(token, &previous, listener).await?,
        };
        let _changing = self.0.changing.lock().await;
        running.client.open().await?;
        self.reach(Step::PreviousOpen, begun, listener);
        let mut abandoned = None;
        self.decide(token, |state| {
            abandoned = state.serving.take();
            step_back(state, &good, abandoned.clone());
        })?;
        self.reach(Step::RolledBack, begun, listener);
        if let Some(abandoned) = abandoned {
            if let Some(running) = self.running(&abandoned)
                && running.client.close().await.is_err()
            {
                running.kill();
            }
            self.retire(abandoned);
        }
        self.reach(Step::AbandonedClosed, begun, listener);
        Ok(())
    }

    /// Starts the version before anew: its process is gone, its release is not.
    async fn warm_up(
        &self,
        token: u64,
        previous: &Generation,
        listener: &Listener,
    ) -> anyhow::Result<(Generation, Running)> {
        listener.note("the version before is not running: it is started again");
        let release = self.0.releases.at(&previous.release);
        let mut announced = None;
        let since = self.0.options.clock.now();
        self.decide(token, |state| {
            announced = Some(state.announce(&release.id, since))
        })?;
        let generation = announced.ok_or(LockError::Superseded)?;
        let running = self.start(&generation, &release)?;
        let ready = self
            .until_ready(&generation, &running, READY_WITHIN, || {
                Ok(self.decide(token, |_| {})?)
            })
            .await;
        if let Err(error) = ready {
            self.abandon(&generation);
            return Err(error).context("the version before does not come up");
        }
        Ok((generation, running))
    }
}

fn step_back(state: &mut State, good: &Generation, abandoned: Option<Generation>) {
    state.has_started(good);
    state.retiring.extend(abandoned);
    state.serving = Some(good.clone());
    state.previous = None;
    state.bake_until = None;
    state.lock = None;
}
