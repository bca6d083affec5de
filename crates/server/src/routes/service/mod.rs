//! What probes and operators ask.

pub(crate) mod health;
pub(crate) mod metrics;
pub(crate) mod ready;
