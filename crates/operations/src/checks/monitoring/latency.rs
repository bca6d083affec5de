//! Do 95 % of the requests take less than half a second?

use super::prometheus;
use crate::checks::{Finding, Subject};

const QUERY: &str = "histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))";
/// In seconds; the histogram has an edge there.
const LIMIT: f64 = 0.5;

pub(crate) async fn look(subject: &Subject<'_>) -> Finding {
    match prometheus::number(subject, QUERY).await {
        Ok(quantile) => judge(quantile),
        Err(doubt) => doubt,
    }
}

fn judge(quantile: Option<f64>) -> Finding {
    match quantile {
        None => Finding::cannot_tell(
            "no request in 5 minutes",
            "wait for traffic, or make some with `bookreader smoke`",
        ),
        Some(seconds) if seconds < LIMIT => Finding::pass(format!("p95 is {:.0} ms", seconds * 1000.0)),
        Some(seconds) => Finding::fail(
            format!("p95 is {:.0} ms", seconds * 1000.0),
            "find the slow route in http_request_duration_seconds by its label `route`",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome::{CannotTell, Fail, Pass};

    #[test]
    fn half_a_second_is_too_slow() {
        let outcomes = [Some(0.499), Some(0.5), None].map(|quantile| judge(quantile).outcome);
        assert_eq!(outcomes, [Pass, Fail, CannotTell]);
    }
}
