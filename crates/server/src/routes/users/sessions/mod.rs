//! The devices that an account is signed in on.

pub(crate) mod end;
pub(crate) mod end_others;
pub(crate) mod list;
