//! What a check may find.

use serde::Serialize;

/// The result of one check, and by [`Outcome::worse`] of many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// What was checked is as it should be.
    Pass,
    /// The check could not be made, so nothing is known.
    CannotTell,
    /// What was checked is wrong.
    Fail,
}

impl Outcome {
    /// The worse of two: a failure hides a doubt, a doubt hides a pass.
    #[must_use]
    pub fn worse(self, other: Self) -> Self {
        self.max(other)
    }

    /// The process exit code that scripts rely on: 0 pass, 1 fail, 2 cannot tell.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Pass => 0,
            Self::Fail => 1,
            Self::CannotTell => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Outcome::{CannotTell, Fail, Pass};

    #[test]
    fn a_doubt_is_never_a_pass() {
        assert_eq!(Pass.worse(CannotTell), CannotTell);
        assert_eq!(CannotTell.worse(Fail), Fail);
        assert_eq!(
            [Pass, Fail, CannotTell].map(|outcome| outcome.exit_code()),
            [0, 1, 2]
        );
    }
}
