//! Which sign-ins were alive a moment ago, so that not each request asks the database.

use std::collections::HashMap;
use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use library::clock::Clock;
use library::ids::{SessionId, UserId};
use library::{Library, sessions};

use crate::problem::Problem;

/// A sign-in that was ended elsewhere is still taken here for this long.
const TRUSTED_FOR: TimeDelta = TimeDelta::seconds(5);
/// Above this many entries the stale ones are swept out.
const CROWDED: usize = 10_000;

/// Sign-ins that were seen alive.
pub(crate) struct LiveSessions {
    clock: Clock,
    seen: Mutex<HashMap<SessionId, DateTime<Utc>>>,
}

impl LiveSessions {
    /// None are known yet.
    pub(crate) fn new(clock: Clock) -> Self {
        Self {
            clock,
            seen: Mutex::default(),
        }
    }

    /// Is this sign-in of this user good?
    pub(crate) async fn is_alive(
        &self,
        library: &Library,
        user: UserId,
        session: SessionId,
    ) -> Result<bool, Problem> {
        let now = self.clock.now();
        if self
            .seen()
            .get(&session)
            .is_some_and(|seen| now - *seen < TRUSTED_FOR)
        {
            return Ok(true);
        }
        let is_alive = sessions::is_alive(library, user, session).await?;
        if is_alive {
            self.remember(session, now);
        }
        Ok(is_alive)
    }

    /// Forgets all that was seen, because a sign-in was ended here.
    pub(crate) fn forget(&self) {
        self.seen().clear();
    }

    fn remember(&self, session: SessionId, now: DateTime<Utc>) {
        let mut seen = self.seen();
        if seen.len() >= CROWDED {
            seen.retain(|_, seen| now - *seen < TRUSTED_FOR);
        }
        seen.insert(session, now);
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, HashMap<SessionId, DateTime<Utc>>> {
        self.seen.lock().expect("no holder of this lock panics")
    }
}
