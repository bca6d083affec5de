//! Passages worth a picture.

pub(crate) mod list;
