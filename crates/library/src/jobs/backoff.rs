//! How long a failed job waits: one owner of that decision for all kinds.

use chrono::TimeDelta;

use crate::configuration::JobsConfig;

/// The wait after the `failures`-th failure: doubling from the first, bounded, and spread evenly over its upper half by
/// `fraction` (0..1) so that jobs that failed together do not come back together.
pub(crate) fn after(config: &JobsConfig, failures: i64, fraction: f64) -> TimeDelta {
    let doublings = u32::try_from(failures - 1).unwrap_or(0).min(30);
    let longest = config.longest_backoff_seconds.saturating_mul(1000);
    let full = config
        .first_backoff_seconds
        .saturating_mul(1000)
        .saturating_mul(1 << doublings)
        .min(longest);
    let half = full / 2;
    TimeDelta::milliseconds(i64::try_from(half + (half as f64 * fraction) as u64).unwrap_or(i64::MAX / 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_doubles_up_to_a_bound() {
        let config = JobsConfig {
            first_backoff_seconds: 10,
            longest_backoff_seconds: 100,
            ..Default::default()
        };
        let waits: Vec<i64> = (1..7)
            .map(|failures| after(&config, failures, 0.0).num_seconds())
            .collect();
        assert_eq!(waits, [5, 10, 20, 40, 50, 50]);
    }

    proptest! {
        #[test]
        fn it_stays_within_its_bounds(failures in 1_i64..10_000, fraction in 0.0..1.0_f64) {
            let wait = after(&JobsConfig::default(), failures, fraction);
            prop_assert!(wait >= TimeDelta::seconds(7) && wait <= TimeDelta::seconds(3600));
        }
    }
}
