//! Checks of the machine.

pub(super) mod resources;
