//! What one check found.

use serde::Serialize;

use crate::Outcome;
use crate::exchange::Trouble;

/// An outcome, what was seen, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How it came out.
    pub outcome: Outcome,
    /// What was seen, in one line.
    pub evidence: String,
    /// What to do; there unless it passed.
    pub fix: Option<String>,
}

impl Finding {
    /// As it should be.
    pub fn pass(evidence: impl Into<String>) -> Self {
        Self {
            outcome: Outcome::Pass,
            evidence: evidence.into(),
            fix: None,
        }
    }

    /// Wrong.
    pub fn fail(evidence: impl Into<String>, fix: impl Into<String>) -> Self {
        Self {
            outcome: Outcome::Fail,
            evidence: evidence.into(),
            fix: Some(fix.into()),
        }
    }

    /// Nothing is known.
    pub fn cannot_tell(evidence: impl Into<String>, fix: impl Into<String>) -> Self {
        Self {
            outcome: Outcome::CannotTell,
            evidence: evidence.into(),
            fix: Some(fix.into()),
        }
    }
}

impl From<Trouble> for Finding {
    fn from(trouble: Trouble) -> Self {
        Self {
            outcome: trouble.outcome,
            evidence: trouble.evidence,
            fix: Some(trouble.fix.to_owned()),
        }
    }
}

impl From<Result<String, Trouble>> for Finding {
    fn from(result: Result<String, Trouble>) -> Self {
        result.map_or_else(Self::from, Self::pass)
    }
}
