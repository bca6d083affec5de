//! A service that keeps failing is left alone for a while.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// Counts failures in a row. After `rest_after` of them the service rests; after the rest one request is let
/// through, and its outcome decides.
#[derive(Debug)]
pub(super) struct Breaker {
    rest_after: u32,
    rest: Duration,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    failures: u32,
    rests_until: Option<Duration>,
}

impl Breaker {
    pub(super) fn new(rest_after: u32, rest: Duration) -> Self {
        Self {
            rest_after: rest_after.max(1),
            rest,
            state: Mutex::default(),
        }
    }

    /// Lets a request through at `now`, or says how long the service still rests.
    pub(super) fn admit(&self, now: Duration) -> Result<(), Duration> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match state.rests_until {
            Some(until) if now < until => Err(until - now),
            Some(_) => {
                // Others wait for the outcome of this one.
                state.rests_until = Some(now + self.rest);
                Ok(())
            }
            None => Ok(()),
        }
    }

    pub(super) fn succeeded(&self) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = State::default();
    }

    /// The service itself asked to be left alone for so long.
    pub(super) fn rest(&self, now: Duration, time: Duration) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.rests_until = state.rests_until.max(Some(now + time));
    }

    pub(super) fn failed(&self, now: Duration) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.failures += 1;
        if state.failures >= self.rest_after {
            state.rests_until = Some(now + self.rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn failures_in_a_row_bring_rest_and_one_success_ends_it() {
        let breaker = Breaker::new(2, 10 * SECOND);
        breaker.failed(SECOND);
        breaker.succeeded();
        breaker.failed(2 * SECOND);
        assert_eq!(breaker.admit(3 * SECOND), Ok(()));
        breaker.failed(3 * SECOND);
        assert_eq!(breaker.admit(5 * SECOND), Err(8 * SECOND));
        assert_eq!(breaker.admit(13 * SECOND), Ok(()), "one may try");
        assert_eq!(
            breaker.admit(13 * SECOND),
            Err(10 * SECOND),
            "the others wait for it"
        );
        breaker.succeeded();
        assert_eq!(breaker.admit(14 * SECOND), Ok(()));
    }
}
