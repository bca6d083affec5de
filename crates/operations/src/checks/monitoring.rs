//! Checks that ask Prometheus and Alertmanager.

pub(super) mod alerts;
pub(super) mod error_rate;
pub(super) mod latency;
mod prometheus;
pub(super) mod targets;
