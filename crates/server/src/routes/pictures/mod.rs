//! Illustrations.

pub(crate) mod image;
pub(crate) mod list;
pub(crate) mod request;
