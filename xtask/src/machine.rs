//! The machine this runs on: which programs it has, and how to get those that are missing.

pub(crate) mod package;
pub(crate) mod program;
pub(crate) mod user;
