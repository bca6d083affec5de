//! What is told to whoever ordered a change, line by line.

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::Step;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A step was reached.
    Step {
        /// Which.
        step: Step,
        /// Time since the order.
        elapsed_ms: u64,
    },
    /// Something that people want to know.
    Note {
        /// A sentence.
        text: String,
    },
    /// It is over.
    Ended {
        /// How.
        ending: Ending,
        /// In a sentence.
        text: String,
    },
}

/// How a change ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// As ordered.
    Done,
    /// The new version served, was found wanting and was taken back.
    TakenBack,
    /// Nothing was changed.
    Refused,
}

/// Tells, and knows whether anybody still listens.
#[derive(Debug, Clone)]
pub(super) struct Listener(pub(super) mpsc::UnboundedSender<Event>);

impl Listener {
    /// One whom nobody hears.
    pub(super) fn nobody() -> Self {
        Self(mpsc::unbounded_channel().0)
    }

    pub(super) fn tell(&self, event: Event) {
        // Whoever ordered may have left; the log has it too.
        let _ = self.0.send(event);
    }

    pub(super) fn note(&self, text: impl Into<String>) {
        let text = text.into();
        tracing::info!(note = text, "change of versions");
        self.tell(Event::Note { text });
    }

    pub(super) fn is_gone(&self) -> bool {
        self.0.is_closed()
    }
}
