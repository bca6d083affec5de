//! The conventions of EPUB makers, one test for each group of them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod archives;
mod card;
mod chapters;
mod covers;
mod notes;
#[path = "../support/mod.rs"]
mod support;
