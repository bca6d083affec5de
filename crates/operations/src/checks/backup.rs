//! Checks of the backups.

pub(super) mod newest;
pub(super) mod part;
