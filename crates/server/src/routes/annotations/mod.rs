//! Bookmarks, highlights and notes.

pub(crate) mod keep;
pub(crate) mod list;
pub(crate) mod remove;
