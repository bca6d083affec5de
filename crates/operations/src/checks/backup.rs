//! Checks of the backups.

pub(super) mod newest;
