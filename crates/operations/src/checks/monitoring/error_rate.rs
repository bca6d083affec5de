//! Which part of the requests is answered with 5xx?

use super::prometheus;
use crate::checks::{Finding, Subject};

/// A line that the error rate must stay below, and over what it is measured.
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    window: &'static str,
    /// Requests that the window must hold: one error of fifty is no rate of two per cent.
    least: f64,
    /// As a part of one.
    line: f64,
    /// Is a rate on the line itself still good?
    inclusive: bool,
    fix: &'static str,
}

/// The goal: below 0.1 %.
pub(crate) const GOAL: Limit = Limit {
    window: "5m",
    least: 1000.0,
    line: 0.001,
    inclusive: false,
    fix: "the release does not meet its goal: look for lines of level ERROR and their request ids",
};

/// The line beyond which a release is taken back: over 5 %.
pub(crate) const ROLLBACK: Limit = Limit {
    window: "1m",
    least: 100.0,
    line: 0.05,
    inclusive: true,
    fix: "go back to the previous release now",
};

pub(crate) async fn look(subject: &Subject<'_>, limit: Limit) -> Finding {
    match measure(subject, limit.window).await {
        Ok((errors, requests)) => judge(errors, requests, limit),
        Err(doubt) => doubt,
    }
}

async fn measure(subject: &Subject<'_>, window: &str) -> Result<(f64, f64), Finding> {
    let counted = |filter: &str| format!("sum(increase(http_requests_total{filter}[{window}])) or vector(0)");
    let errors = prometheus::number(subject, &counted(r#"{status=~"5.."}"#)).await?;
    let requests = prometheus::number(subject, &counted("")).await?;
    Ok((errors.unwrap_or(0.0), requests.unwrap_or(0.0)))
}

fn judge(errors: f64, requests: f64, limit: Limit) -> Finding {
    let seen = format!("{errors:.0} of {requests:.0} requests in {} failed", limit.window);
    if requests < limit.least {
        return Finding::cannot_tell(
            format!("{seen}: too few to judge"),
            format!("wait until {:.0} requests have been answered", limit.least),
        );
    }
    let rate = errors / requests;
    let evidence = format!("{seen}: {:.3} %", rate * 100.0);
    if rate < limit.line || (limit.inclusive && rate == limit.line) {
        Finding::pass(evidence)
    } else {
        Finding::fail(evidence, limit.fix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome::{CannotTell, Fail, Pass};

    #[test]
    fn the_goal_is_strictly_below_a_thousandth() {
        let outcome = |errors, requests| judge(errors, requests, GOAL).outcome;
        assert_eq!([outcome(0.0, 1000.0), outcome(5.0, 10_000.0)], [Pass, Pass]);
        assert_eq!([outcome(10.0, 10_000.0), outcome(20.0, 10_000.0)], [Fail, Fail]);
    }

    #[test]
    fn a_release_is_taken_back_only_beyond_five_per_cent() {
        let outcome = |errors| judge(errors, 1000.0, ROLLBACK).outcome;
        assert_eq!([outcome(40.0), outcome(50.0), outcome(60.0)], [Pass, Pass, Fail]);
    }

    #[test]
    fn few_requests_say_nothing() {
        assert_eq!(judge(1.0, 50.0, GOAL).outcome, CannotTell);
        assert_eq!(judge(50.0, 50.0, ROLLBACK).outcome, CannotTell);
        assert_eq!(judge(0.0, 0.0, GOAL).outcome, CannotTell);
    }
}
