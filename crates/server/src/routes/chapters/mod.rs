//! Chapters of a book.

pub(crate) mod list;
pub(crate) mod show;
