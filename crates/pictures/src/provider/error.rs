//! Why a provider gave no picture.

use std::time::Duration;

use thiserror::Error;

/// Why a provider gave no picture. No variant carries the prompt or the passage: errors are logged.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ProviderError {
    /// The provider said no, and would say so again (4xx other than 429).
    #[error("{provider} refused the request with status {status}")]
    Refused {
        /// Provider name.
        provider: String,
        /// HTTP status.
        status: u16,
    },
    /// Too many requests (429) or a passing fault (5xx).
    #[error("{provider} is busy or failing (status {status})")]
    Unavailable {
        /// Provider name.
        provider: String,
        /// HTTP status.
        status: u16,
        /// When the provider asked to be tried again.
        retry_after: Option<Duration>,
    },
    /// Connecting or reading failed.
    #[error("{provider} cannot be reached: {reason}")]
    Unreachable {
        /// Provider name.
        provider: String,
        /// Which step failed.
        reason: String,
    },
    /// No complete answer within the time the configuration allows.
    #[error("{provider} did not answer in time")]
    TimedOut {
        /// Provider name.
        provider: String,
    },
    /// The answer is larger than the configuration allows.
    #[error("{provider} answered with more than {limit} bytes")]
    TooLarge {
        /// Provider name.
        provider: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// The answer says 200 but is not the picture asked for: a page, an advert, broken bytes.
    #[error("{provider} answered with something that is not the picture: {reason}")]
    NotThePicture {
        /// Provider name.
        provider: String,
        /// What was wrong.
        reason: String,
    },
    /// The address is not on the allow-list or resolves to a private network.
    #[error("{provider} leads to a forbidden address: {reason}")]
    Forbidden {
        /// Provider name.
        provider: String,
        /// Which rule refused it.
        reason: String,
    },
    /// The settings cannot work.
    #[error("{provider} is misconfigured: {reason}")]
    Misconfigured {
        /// Provider name.
        provider: String,
        /// What to change.
        reason: String,
    },
    /// Too many failures in a row: the provider rests.
    #[error("{provider} failed too often and is not asked for another {remaining:?}")]
    Resting {
        /// Provider name.
        provider: String,
        /// How long it still rests.
        remaining: Duration,
    },
}

impl ProviderError {
    /// Whether the same request may succeed a little later.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            ProviderError::Unavailable { .. }
                | ProviderError::Unreachable { .. }
                | ProviderError::TimedOut { .. }
                | ProviderError::Resting { .. }
        )
    }

    /// A short stable name for metrics and job failures.
    pub fn code(&self) -> &'static str {
        match self {
            ProviderError::Refused { .. } => "refused",
            ProviderError::Unavailable { .. } => "unavailable",
            ProviderError::Unreachable { .. } => "unreachable",
            ProviderError::TimedOut { .. } => "timed-out",
            ProviderError::TooLarge { .. } => "too-large",
            ProviderError::NotThePicture { .. } => "not-the-picture",
            ProviderError::Forbidden { .. } => "forbidden",
            ProviderError::Misconfigured { .. } => "misconfigured",
            ProviderError::Resting { .. } => "resting",
        }
    }
}
