//! Checks of the source tree of a release.

pub(super) mod cargo_lock;
pub(super) mod changelog;
pub(super) mod npm_lock;
