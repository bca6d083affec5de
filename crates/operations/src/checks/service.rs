//! Checks of the running service, over HTTP.

pub(super) mod catalogue;
pub(super) mod cors;
pub(super) mod health;
pub(super) mod journeys;
pub(super) mod openapi;
