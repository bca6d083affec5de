//! Checks of rows and objects, through the library.

pub(super) mod integrity;
pub(super) mod migrations_complete;
pub(super) mod migrations_lint;
pub(super) mod migrations_rehearsal;
pub(super) mod rows;
pub(super) mod storage_round_trip;

/// What to do when the library is out of reach.
const FIX: &str = "name the data folder of the service with --data-dir, or its settings with --config";
