//! What is known of every request: its id, its client, its line in the log and its place in the metrics.

mod client_address;
mod metrics;
mod request_id;
mod request_log;

pub use metrics::Metrics;

pub(crate) use client_address::{ClientAddress, find_client};
pub(crate) use request_id::{RequestId, identify};
pub(crate) use request_log::{Account, record};

/// The label of requests that match no route: one value, however many addresses are tried.
pub(crate) const UNMATCHED: &str = "(unmatched)";
