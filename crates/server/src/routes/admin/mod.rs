//! Looking after accounts and work. Who acts is in the audit log.

pub(crate) mod audit;
pub(crate) mod jobs;
pub(crate) mod mails;
pub(crate) mod picture_spending;
pub(crate) mod users;
