//! Long work and its progress.

pub(crate) mod events;
pub(crate) mod show;
