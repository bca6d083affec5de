//! Rate limits by GCRA (the generic cell rate algorithm, ITU-T I.371): one time per key, no windows.
//!
//! Counted across all processes in Redis when there is one, else in this process.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use redis::Script;

use crate::Library;

/// A key is swept out of memory once it is as good as new; the sweep runs when this many are held.
const SWEEP_AT: usize = 10_000;

/// How often something may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// How many at once.
    pub burst: u32,
    /// How long until one more is allowed.
    pub per: Duration,
}

/// Whether it may be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// May it?
    pub allowed: bool,
    /// How many more at once after this one.
    pub remaining: u32,
    /// When not: how long to wait. Zero when it may.
    pub retry_after: Duration,
}

/// The same arithmetic as [`decide`], in one step on the server; times are microseconds of the epoch.
static GCRA: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
        local now, per, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local arrival = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
        local earliest = arrival + per - per * burst
        if earliest > now then return {0, 0, earliest - now} end
        local next = arrival + per
        redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000) + 1000)
        return {1, math.floor((per * burst - (next - now)) / per), 0}
        ",
    )
});

/// Takes one from the quota of `key`, when there is one left.
pub async fn check(library: &Library, key: &str, quota: Quota) -> Decision {
    let now = library.now();
    if let Some(redis) = library.redis() {
        let mut invocation = GCRA.key(format!("bookreader:limit:{key}"));
        invocation
            .arg(now.timestamp_micros())
            .arg(microseconds(quota.per))
            .arg(quota.burst.max(1));
        if let Some((allowed, remaining, wait)) = redis.script::<(i64, i64, i64)>("limits", &invocation).await
        {
            return Decision {
                allowed: allowed == 1,
                remaining: u32::try_from(remaining).unwrap_or(0),
                retry_after: Duration::from_micros(u64::try_from(wait).unwrap_or(0)),
            };
        }
    }
    library.limits().check(key, quota, now)
}

/// The limits of this process alone: per key, the theoretical arrival time of the next request.
#[derive(Default)]
pub(crate) struct LocalLimits(Mutex<HashMap<String, DateTime<Utc>>>);

impl LocalLimits {
    fn check(&self, key: &str, quota: Quota, now: DateTime<Utc>) -> Decision {
        let mut arrivals = self.0.lock().expect("no holder of this lock panics");
        if arrivals.len() >= SWEEP_AT {
            arrivals.retain(|_, arrival| *arrival > now);
        }
        let (decision, next) = decide(arrivals.get(key).copied(), quota, now);
        arrivals.insert(key.to_owned(), next);
        decision
    }
}

/// Decides from the theoretical arrival time, and gives the new one.
fn decide(arrival: Option<DateTime<Utc>>, quota: Quota, now: DateTime<Utc>) -> (Decision, DateTime<Utc>) {
    let arrival = arrival.unwrap_or(now).max(now);
    let per = TimeDelta::microseconds(microseconds(quota.per));
    let burst = i32::try_from(quota.burst.max(1)).unwrap_or(i32::MAX);
    let earliest = arrival + per - per * burst;
    if earliest > now {
        let retry_after = (earliest - now).to_std().unwrap_or_default();
        return (
            Decision {
                allowed: false,
                remaining: 0,
                retry_after,
            },
            arrival,
        );
    }
    let next = arrival + per;
    let left = (per * burst - (next - now)).num_microseconds().unwrap_or(0) / microseconds(quota.per);
    let remaining = u32::try_from(left).unwrap_or(0);
    (
        Decision {
            allowed: true,
            remaining,
            retry_after: Duration::ZERO,
        },
        next,
    )
}

fn microseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros())
        .unwrap_or(i64::MAX / 1_000_000)
        .max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const QUOTA: Quota = Quota {
        burst: 3,
        per: Duration::from_secs(10),
    };

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(1_800_000_000 + seconds)
    }

    #[test]
    fn a_burst_then_one_per_period() {
        let limits = LocalLimits::default();
        let remaining: Vec<u32> = (0..3)
            .map(|_| limits.check("login:anna", QUOTA, at(0)).remaining)
            .collect();
        assert_eq!(remaining, [2, 1, 0]);
        let refused = limits.check("login:anna", QUOTA, at(4));
        assert_eq!(
            (refused.allowed, refused.retry_after),
            (false, Duration::from_secs(6))
        );
        assert!(limits.check("login:anna", QUOTA, at(10)).allowed);
        assert!(!limits.check("login:anna", QUOTA, at(10)).allowed);
        assert!(limits.check("login:boris", QUOTA, at(10)).allowed);
    }

    proptest! {
        #[test]
        fn never_more_than_burst_plus_rate(gaps in prop::collection::vec(0_i64..8, 1..200)) {
            let limits = LocalLimits::default();
            let (mut second, mut allowed) = (0, 0);
            for gap in gaps {
                second += gap;
                allowed += i64::from(limits.check("k", QUOTA, at(second)).allowed);
            }
            prop_assert!(allowed <= 3 + second / 10);
        }

        #[test]
        fn what_it_tells_to_wait_is_enough(requests in 1_usize..20) {
            let limits = LocalLimits::default();
            let last = (0..requests).map(|_| limits.check("k", QUOTA, at(0))).last().unwrap();
            let later = at(0) + TimeDelta::from_std(last.retry_after).unwrap();
            prop_assert!(last.allowed || limits.check("k", QUOTA, later).allowed);
        }
    }
}
