//! Work of all readers.

pub(crate) mod cancel;
pub(crate) mod list;
pub(crate) mod retry;
