//! Accounts.

pub(crate) mod change;
pub(crate) mod me;
pub(crate) mod register;
pub(crate) mod remove;
