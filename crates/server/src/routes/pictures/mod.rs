//! Illustrations.

pub(crate) mod best;
pub(crate) mod choose;
pub(crate) mod discard;
pub(crate) mod gallery;
pub(crate) mod image;
pub(crate) mod list;
pub(crate) mod put_settings;
pub(crate) mod report;
pub(crate) mod request;
pub(crate) mod share;
pub(crate) mod shared;
pub(crate) mod show_settings;
pub(crate) mod unshare;
pub(crate) mod variants;
