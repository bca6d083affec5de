//! How often a service is asked: so many a minute, with a small burst.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// A bucket of tokens kept as the moment when it will be full again (GCRA).
#[derive(Debug)]
pub(super) struct Pace {
    interval: Duration,
    burst: u32,
    full_at: Mutex<Duration>,
}

impl Pace {
    pub(super) fn new(per_minute: u32) -> Self {
        let per_minute = per_minute.max(1);
        Self {
            interval: Duration::from_secs(60) / per_minute,
            burst: per_minute.div_ceil(6),
            full_at: Mutex::default(),
        }
    }

    /// Takes a turn at `now` and says how long to wait for it.
    pub(super) fn turn(&self, now: Duration) -> Duration {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        *full_at = (*full_at).max(now) + self.interval;
        full_at.saturating_sub(now + self.interval * self.burst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_free_and_then_every_turn_waits_its_interval() {
        let pace = Pace::new(12);
        let waits: Vec<u64> = (0..5)
            .map(|_| pace.turn(Duration::from_secs(100)).as_secs())
            .collect();
        assert_eq!(waits, [0, 0, 5, 10, 15]);
        assert_eq!(pace.turn(Duration::from_secs(1_000)).as_secs(), 0);
    }
}
