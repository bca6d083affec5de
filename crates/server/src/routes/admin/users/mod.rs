//! Accounts of others.

pub(crate) mod grant_plan;
pub(crate) mod list;
pub(crate) mod restore;
pub(crate) mod revoke_plan;
pub(crate) mod role;
pub(crate) mod show;
pub(crate) mod suspend;
#[cfg(test)]
mod tests;
