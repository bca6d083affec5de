//! The HTTP side of BookReader AI: routes, authentication, OpenAPI, metrics and the embedded web app.
//!
//! A request passes, from outside in: security headers and compression ([`delivery`]), its id, client, log line and
//! metrics ([`observe`]), the rendering of problems ([`problem`]), then [`admission`]: who may call what, how often and
//! with how much, from one table. What is left is a handler of a few lines under [`routes`], one endpoint a file, which
//! asks the `library` as a `Viewer` and answers a type of [`wire`].
//!
//! To add an endpoint: write `routes/<noun>/<verb>.rs`, mount it in `routes/mod.rs`, and give it a row in
//! `admission/policy.rs`; without the row nobody can call it and a test fails.

mod access_token;
mod admission;
mod config;
mod cookies;
mod delivery;
mod extract;
mod intake;
mod live_sessions;
mod observe;
pub mod openapi;
mod problem;
mod router;
mod routes;
mod serve;
mod state;
#[cfg(test)]
mod test_app;
mod web_app;
mod wire;

pub use access_token::{AccessTokens, Claims, TokenError, TokenKey, TokenKeyError, TokenKeys};
pub use config::{LimitsConfig, MetricsConfig, RateConfig, ServerConfig};
pub use intake::Intake;
pub use observe::Metrics;
pub use router::router;
pub use serve::{ServeOptions, serve};
pub use state::ServerState;
