//! Checks of rows and objects, through the library.

pub(super) mod migrations_complete;
pub(super) mod storage_round_trip;

/// What to do when the library is out of reach.
const FIX: &str = "name the data folder of the service with --data-dir, or its settings with --config";
