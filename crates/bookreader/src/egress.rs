//! The HTTP client of commands that speak to a service the operator named.

use anyhow::Context;

/// A client that follows no redirect: an API answer that redirects is a finding, not a detour.
pub(crate) fn client() -> anyhow::Result<reqwest::Client> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("bookreader/", env!("CARGO_PKG_VERSION")))
        .build()
        .context("the HTTP client cannot be made")
}
