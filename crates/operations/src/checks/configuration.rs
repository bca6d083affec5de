//! Checks of the settings.

pub(super) mod log_level;
pub(super) mod values;
