//! Private servers for the tests: each in its own temporary folder, on its own port, ended by pid.

pub(crate) mod bookreader;
pub(crate) mod folder;
pub(crate) mod port;
pub(crate) mod postgres;
pub(crate) mod redis;
