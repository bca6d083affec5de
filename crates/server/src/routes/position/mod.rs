//! Where a reader is in a book.

pub(crate) mod put;
pub(crate) mod show;
