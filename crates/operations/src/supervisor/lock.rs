//! One change at a time: a lock that runs out by itself, with a number by which latecomers are known.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::State;

/// Without a sign of life for this long the lock is anybody's.
pub(super) const LEASE: TimeDelta = TimeDelta::seconds(30);

/// Who may change versions now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// Higher than that of every lock before: a change that carries an older one is refused.
    pub token: u64,
    /// For people: who, from where.
    pub holder: String,
    /// When the lease runs out.
    pub until: DateTime<Utc>,
}

/// Why the lock is not ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    /// Somebody else has it.
    #[error("{holder} is changing versions; the lease runs out at {until}")]
    Held {
        /// Who.
        holder: String,
        /// Until when, unless it is renewed.
        until: DateTime<Utc>,
    },
    /// We had it.
    #[error("somebody else took over after the lease ran out, or to roll back")]
    Superseded,
}

impl State {
    /// Takes the lock; gives its token.
    ///
    /// # Errors
    /// When somebody's lease is running.
    pub fn acquire(&mut self, holder: &str, now: DateTime<Utc>) -> Result<u64, LockError> {
        if let Some(lock) = &self.lock
            && lock.until > now
        {
            return Err(LockError::Held {
                holder: lock.holder.clone(),
                until: lock.until,
            });
        }
        Ok(self.take_over(holder, now))
    }

    /// Takes the lock from whoever has it.
    pub fn take_over(&mut self, holder: &str, now: DateTime<Utc>) -> u64 {
        self.fence += 1;
        self.lock = Some(Lock {
            token: self.fence,
            holder: holder.to_owned(),
            until: now + LEASE,
        });
        self.fence
    }

    /// Is the lock still that of `token`? Its lease may have run out, as long as nobody took it.
    ///
    /// # Errors
    /// When it is not.
    pub fn holds(&self, token: u64) -> Result<(), LockError> {
        match &self.lock {
            Some(lock) if lock.token == token => Ok(()),
            _ => Err(LockError::Superseded),
        }
    }

    /// Begins the lease anew, unless most of it is left.
    ///
    /// # Errors
    /// When the lock is somebody else's.
    pub fn renew(&mut self, token: u64, now: DateTime<Utc>) -> Result<(), LockError> {
        self.holds(token)?;
        if let Some(lock) = &mut self.lock
            && lock.until < now + LEASE * 2 / 3
        {
            lock.until = now + LEASE;
        }
        Ok(())
    }

    /// Gives the lock back, if it is still that of `token`.
    pub fn release(&mut self, token: u64) {
        if self.holds(token).is_ok() {
            self.lock = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    #[test]
    fn two_cannot_hold_it() {
        let mut state = State::default();
        let anna = state.acquire("anna", at(0)).unwrap();
        let refusal = state.acquire("boris", at(29)).unwrap_err();
        assert_eq!(
            refusal,
            LockError::Held {
                holder: "anna".to_owned(),
                until: at(30)
            }
        );
        state.release(anna);
        assert!(state.acquire("boris", at(29)).is_ok());
    }

    #[test]
    fn a_lease_that_is_renewed_goes_on_and_one_that_is_not_runs_out() {
        let mut state = State::default();
        let anna = state.acquire("anna", at(0)).unwrap();
        state.renew(anna, at(20)).unwrap();
        assert!(state.acquire("boris", at(45)).is_err());
        assert!(state.acquire("boris", at(50)).is_ok());
    }

    #[test]
    fn whoever_slept_over_the_lease_can_change_nothing() {
        let mut state = State::default();
        let anna = state.acquire("anna", at(0)).unwrap();
        let boris = state.acquire("boris", at(31)).unwrap();
        assert!(boris > anna);
        assert_eq!(state.holds(anna), Err(LockError::Superseded));
        assert_eq!(state.renew(anna, at(32)), Err(LockError::Superseded));
        state.release(anna);
        assert_eq!(state.holds(boris), Ok(()));
    }

    #[test]
    fn a_lease_that_ran_out_unnoticed_is_still_ours() {
        let mut state = State::default();
        let anna = state.acquire("anna", at(0)).unwrap();
        assert_eq!(state.renew(anna, at(300)), Ok(()));
    }
}
