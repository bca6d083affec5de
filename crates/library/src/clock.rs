//! The one place where the time of day comes from.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

/// A source of the time in UTC.
///
/// Times are cut to microseconds where they are made, because PostgreSQL keeps no more: what is read back equals what
/// was written on both engines.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the clock's lawful home")]
        Self(Arc::new(|| Utc::now().trunc_subsecs(6)))
    }

    /// The time now, in whole microseconds.
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }
}

/// A clock that stands still until it is moved: for tests.
#[derive(Clone)]
pub struct FakeClock(Arc<Mutex<DateTime<Utc>>>);

impl FakeClock {
    /// A clock that shows `start`.
    pub fn at(start: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(start.trunc_subsecs(6))))
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().expect("no holder of this lock panics") += by;
    }

    /// The clock to hand to the code under test.
    pub fn clock(&self) -> Clock {
        let shown = self.0.clone();
        Clock(Arc::new(move || {
            *shown.lock().expect("no holder of this lock panics")
        }))
    }
}
