//! What the journeys found, for programs.

use std::time::Duration;

use serde::Serialize;
use url::Url;

use super::journey::{Journey, Trouble};
use crate::Outcome;

/// The verdict on one service.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The service's address.
    pub target: String,
    /// The worst outcome of all steps.
    pub outcome: Outcome,
    /// The journeys that were walked; after one that does not pass there are no more.
    pub steps: Vec<StepReport>,
}

impl Report {
    pub(super) fn new(target: &Url, steps: Vec<StepReport>) -> Self {
        let outcome = steps
            .iter()
            .fold(Outcome::Pass, |worst, step| worst.worse(step.outcome));
        Self {
            target: target.to_string(),
            outcome,
            steps,
        }
    }
}

/// The verdict on one journey.
#[derive(Debug, Clone, Serialize)]
pub struct StepReport {
    /// A name for programs.
    pub id: &'static str,
    /// The checklist's title.
    pub title: &'static str,
    /// How it went.
    pub outcome: Outcome,
    /// What was seen, in one line.
    pub evidence: String,
    /// What to do about it, when it did not pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<&'static str>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u64,
}

impl StepReport {
    pub(super) fn new(journey: Journey, finding: Result<String, Trouble>, elapsed: Duration) -> Self {
        let (outcome, evidence, fix) = match finding {
            Ok(evidence) => (Outcome::Pass, evidence, None),
            Err(trouble) => (trouble.outcome, trouble.evidence, Some(trouble.fix)),
        };
        let elapsed_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        Self {
            id: journey.id(),
            title: journey.title(),
            outcome,
            evidence,
            fix,
            elapsed_ms,
        }
    }
}
