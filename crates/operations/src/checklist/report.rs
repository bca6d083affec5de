//! What a run over the checklist found, for programs.

use serde::Serialize;

use super::Item;
use crate::Outcome;
use crate::checks::Finding;

/// The verdict on a deployment, bound to the release and to the version of the checklist.
#[derive(Debug, Serialize)]
pub struct RunReport {
    /// The checklist's version.
    pub checklist: String,
    /// The release of the program that looked.
    pub release: &'static str,
    /// The worst outcome of all lines.
    pub outcome: Outcome,
    /// How many lines came out how.
    pub counts: Counts,
    /// The lines, in the document's order.
    pub items: Vec<ItemReport>,
}

/// How many lines came out how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// As it should be.
    pub pass: usize,
    /// Wrong.
    pub fail: usize,
    /// Nothing is known.
    pub cannot_tell: usize,
}

/// The verdict on one line.
#[derive(Debug, Serialize)]
pub struct ItemReport {
    /// The line.
    #[serde(flatten)]
    pub item: Item,
    /// What was found.
    #[serde(flatten)]
    pub finding: Finding,
}

impl RunReport {
    pub(super) fn new(checklist: String, release: &'static str, items: Vec<ItemReport>) -> Self {
        let mut counts = Counts::default();
        let mut outcome = Outcome::Pass;
        for found in items.iter().map(|line| line.finding.outcome) {
            outcome = outcome.worse(found);
            match found {
                Outcome::Pass => counts.pass += 1,
                Outcome::Fail => counts.fail += 1,
                Outcome::CannotTell => counts.cannot_tell += 1,
            }
        }
        Self {
            checklist,
            release,
            outcome,
            counts,
            items,
        }
    }
}
