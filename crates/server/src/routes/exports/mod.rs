//! The illustrated EPUB.

pub(crate) mod file;
pub(crate) mod request;
