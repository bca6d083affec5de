//! The steps of a change, in their order. Between any two of them everything may be killed.

use serde::{Deserialize, Serialize};

/// A step that was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Nobody else may change anything now.
    Locked,
    /// The release is on disk, whole.
    Stored,
    /// The new generation is written down.
    Recorded,
    /// Its process runs, closed.
    Started,
    /// It says that it can do its work.
    Ready,
    /// It takes connections, beside the old one.
    Open,
    /// It is the one that counts: from here on a restart brings it back, not the old one.
    Committed,
    /// The old one takes no more connections and stays warm.
    OldClosed,
    /// The new one was watched for long enough.
    BakePassed,
    /// The version before takes connections again.
    PreviousOpen,
    /// The version before is the one that counts.
    RolledBack,
    /// The version that was taken back takes no more connections.
    AbandonedClosed,
}

impl Step {
    /// Those of a deployment that goes well.
    pub const OF_A_DEPLOYMENT: [Self; 9] = [
        Self::Locked,
        Self::Stored,
        Self::Recorded,
        Self::Started,
        Self::Ready,
        Self::Open,
        Self::Committed,
        Self::OldClosed,
        Self::BakePassed,
    ];
    /// Those of a way back to a warm version.
    pub const OF_A_ROLLBACK: [Self; 4] = [
        Self::Locked,
        Self::PreviousOpen,
        Self::RolledBack,
        Self::AbandonedClosed,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Locked => "locked",
            Self::Stored => "stored",
            Self::Recorded => "recorded",
            Self::Started => "started",
            Self::Ready => "ready",
            Self::Open => "open",
            Self::Committed => "committed",
            Self::OldClosed => "old-closed",
            Self::BakePassed => "bake-passed",
            Self::PreviousOpen => "previous-open",
            Self::RolledBack => "rolled-back",
            Self::AbandonedClosed => "abandoned-closed",
        }
    }

    /// The step of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::OF_A_DEPLOYMENT
            .into_iter()
            .chain(Self::OF_A_ROLLBACK)
            .find(|step| step.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::Step;

    #[test]
    fn every_step_goes_by_the_name_that_it_is_written_with() {
        for step in Step::OF_A_DEPLOYMENT.into_iter().chain(Step::OF_A_ROLLBACK) {
            assert_eq!(Step::named(step.name()), Some(step));
            assert_eq!(serde_json::to_value(step).unwrap(), step.name());
        }
        assert_eq!(Step::named("lunch"), None);
    }
}
