//! One running copy of a release beside others: what it answers its supervisor, and how the supervisor asks.
//!
//! Both talk HTTP over a Unix socket in a folder that only their user may enter. Beside its orders under `/generation` the
//! socket serves the whole application, so that a version is looked at before anybody else can reach it. A second socket hands
//! out the listening socket itself: a supervisor that was killed finds its way back without a gap.

mod client;
mod counts;
mod listening_socket;
mod place;
mod serve;

use serde::{Deserialize, Serialize};

pub use client::{Client, NoAnswer};
pub use counts::Counts;
pub use listening_socket::{inherited, take};
pub use place::Place;
pub use serve::{Serving, answer_supervisor};

/// What a generation says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Its process.
    pub pid: u32,
    /// The version it was built as.
    pub version: String,
    /// Does it take connections?
    pub open: bool,
    /// Connections that are open now.
    pub connections: usize,
}
