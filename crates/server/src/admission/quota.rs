//! How often a caller may come: counted per account or, without one, per client address.

use super::credentials::Caller;
use super::policy::Quota;
use crate::ServerState;
use crate::config::RateConfig;
use crate::observe::ClientAddress;
use crate::problem::Problem;
use library::limits;
use std::time::Duration;

impl Quota {
    fn name(self) -> &'static str {
        match self {
            Self::Unlimited => "unlimited",
            Self::SignIn => "sign-in",
            Self::Register => "register",
            Self::Upload => "upload",
            Self::Work => "work",
            Self::Write => "write",
            Self::Read => "read",
            Self::Content => "content",
        }
    }

    fn rate(self, state: &ServerState) -> Option<RateConfig> {
        let limits = &state.config().limits;
        match self {
            _ if !limits.enabled => None,
            Self::Unlimited => None,
            Self::SignIn => Some(limits.sign_in),
            Self::Register => Some(limits.register),
            Self::Upload => Some(limits.upload),
            Self::Work => Some(limits.work),
            Self::Write => Some(limits.write),
            Self::Read => Some(limits.read),
            Self::Content => Some(limits.content),
        }
    }
}

/// Counts the request; too many are refused with the time to wait.
pub(super) async fn check(
    state: &ServerState,
    quota: Quota,
    caller: Caller,
    client: Option<ClientAddress>,
) -> Result<(), Problem> {
    let key = match (caller.user(), client) {
        (Some(user), _) => user.to_string(),
        (None, Some(client)) => client.bucket(),
        (None, None) => return Ok(()),
    };
    spend(state, quota, &key).await
}

/// Counts one use of `quota` by `key`, for what a handler counts beside callers: attempts on one account.
pub(crate) async fn spend(state: &ServerState, quota: Quota, key: &str) -> Result<(), Problem> {
    let Some(rate) = quota.rate(state) else {
        return Ok(());
    };
    let allowance = limits::Quota {
        burst: rate.burst,
        per: Duration::from_secs(60) / rate.per_minute.max(1),
    };
    let decision = limits::check(state.library(), &format!("{}:{key}", quota.name()), allowance).await;
    if decision.allowed {
        Ok(())
    } else {
        Err(Problem::too_many_requests(decision.retry_after))
    }
}
