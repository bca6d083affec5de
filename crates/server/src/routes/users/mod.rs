//! Accounts.

pub(crate) mod change;
pub(crate) mod email;
pub(crate) mod me;
pub(crate) mod password;
pub(crate) mod plan;
pub(crate) mod register;
pub(crate) mod remove;
pub(crate) mod sessions;
pub(crate) mod verification;
