//! Watching a new version for a while, with the one before it warm.

use std::io;
use std::time::Duration;

use super::event::Listener;
use super::health::Health;
use super::run::{DecisionError, Supervisor};
use super::{Ending, LockError, Step};

const LOOK_EVERY: Duration = Duration::from_millis(250);

/// Why the bake ended early.
enum Interruption {
    /// The version is not well.
    Sick(String),
    /// The bake is not ours any more.
    Over(DecisionError),
}

impl Supervisor {
    /// Watches until the bake is over; takes the version back when it is not well.
    pub(super) async fn watch_over(
        &self,
        token: u64,
        begun: tokio::time::Instant,
        listener: &Listener,
    ) -> (Ending, String) {
        let interruption = match self.bake(token).await {
            Ok(()) => match self.pass(token) {
                Ok(()) => {
                    self.reach(Step::BakePassed, begun, listener);
                    return (Ending::Done, "the new version serves".to_owned());
                }
                Err(error) => Interruption::Over(error),
            },
            Err(interruption) => interruption,
        };
        match interruption {
            Interruption::Sick(reason) => {
                listener.note(format!("going back: {reason}"));
                match self.go_back(token, begun, listener).await {
                    Ok(()) => (
                        Ending::TakenBack,
                        format!("the version before serves again: {reason}"),
                    ),
                    Err(error) => (
                        Ending::TakenBack,
                        format!("{reason}, and the version before does not serve: {error:#}"),
                    ),
                }
            }
            Interruption::Over(error) => (Ending::TakenBack, format!("the bake ended early: {error}")),
        }
    }

    /// Goes on with the bake of a supervisor that died.
    pub(super) fn bake_on(&self) -> io::Result<()> {
        let now = self.0.options.clock.now();
        let token = self.change(|state| state.take_over("the bake, after a restart", now))?;
        let supervisor = self.clone();
        tokio::spawn(async move {
            let begun = tokio::time::Instant::now();
            let (ending, text) = supervisor.watch_over(token, begun, &Listener::nobody()).await;
            tracing::info!(?ending, text, "the bake is over");
        });
        Ok(())
    }

    async fn bake(&self, token: u64) -> Result<(), Interruption> {
        let begun = tokio::time::Instant::now();
        let mut health = Health::default();
        loop {
            if self.0.shutdown.is_cancelled() {
                return Err(Interruption::Over(LockError::Superseded.into()));
            }
            self.decide(token, |_| {}).map_err(Interruption::Over)?;
            let state = self.state();
            if state
                .bake_until
                .is_none_or(|until| until <= self.0.options.clock.now())
            {
                return Ok(());
            }
            let running = state.serving.as_ref().and_then(|one| self.running(one));
            let Some(running) = running else {
                return Err(Interruption::Sick("its process ended".to_owned()));
            };
            let (counts, ready) = tokio::join!(running.client.counts(), running.client.ready());
            if let Some(reason) = health.look(begun.elapsed(), counts.ok(), ready.is_ok()) {
                return Err(Interruption::Sick(reason));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    fn pass(&self, token: u64) -> Result<(), DecisionError> {
        self.decide(token, |state| {
            state.bake_until = None;
            state.lock = None;
        })?;
        let in_use: Vec<String> = self
            .state()
            .generations()
            .map(|generation| generation.release.clone())
            .collect();
        self.0.releases.prune(&in_use);
        Ok(())
    }
}
