//! Shelves and the public catalogue.

pub(crate) mod add;
pub(crate) mod catalogue;
pub(crate) mod cover;
pub(crate) mod events;
pub(crate) mod list;
pub(crate) mod remove;
pub(crate) mod show;
