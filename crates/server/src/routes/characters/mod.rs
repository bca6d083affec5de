//! The people of a story.

pub(crate) mod list;
