//! What the tests share: books made by code, and what must hold of every imported book.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(dead_code, reason = "each test program uses a part of it")]

pub(crate) mod books;
pub(crate) mod epubcheck;
pub(crate) mod invariants;
pub(crate) mod need;
