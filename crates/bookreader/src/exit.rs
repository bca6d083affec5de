//! What the process tells its caller.

use std::process::ExitCode;

/// The outcome of a command; the numbers are a contract with scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The command did what it was asked to.
    Done,
    /// It failed, or a check found the thing checked to be wrong.
    Failed,
    /// A check could not reach what it checks. Never a pass.
    CannotTell,
    /// The command line was wrong (`EX_USAGE` of sysexits.h).
    WrongUsage,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::CannotTell => 2,
            Exit::WrongUsage => 64,
        })
    }
}
