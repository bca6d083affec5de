//! Is the process alive, and is every part it needs?

use std::collections::BTreeMap;

use reqwest::{Method, StatusCode};
use serde::Deserialize;

use crate::checks::{Finding, Subject};
use crate::exchange::Trouble;

#[derive(Deserialize)]
struct Health {
    status: String,
    version: String,
}

#[derive(Deserialize)]
struct Readiness {
    checks: BTreeMap<String, String>,
}

pub(crate) async fn look(subject: &Subject<'_>) -> Finding {
    ask(subject).await.into()
}

async fn ask(subject: &Subject<'_>) -> Result<String, Trouble> {
    let exchange = subject.exchange();
    let health: Health = exchange
        .send(Method::GET, "/health", None, None)
        .await?
        .json(StatusCode::OK)?;
    if health.status != "ok" {
        return Err(Trouble::fail(
            format!("/health says {:?}", health.status),
            "GET /ready names the part that is not well",
        ));
    }
    let ready = exchange.send(Method::GET, "/ready", None, None).await?;
    let parts: Readiness = match ready.status {
        StatusCode::SERVICE_UNAVAILABLE => ready.json(StatusCode::SERVICE_UNAVAILABLE)?,
        _ => ready.json(StatusCode::OK)?,
    };
    let unwell: Vec<String> = parts
        .checks
        .iter()
        .filter(|(_, said)| *said != "ok")
        .map(|(part, said)| format!("{part}: {said}"))
        .collect();
    if !unwell.is_empty() || ready.status != StatusCode::OK || parts.checks.is_empty() {
        return Err(Trouble::fail(
            format!("/ready answers {}: {}", ready.status.as_u16(), unwell.join("; ")),
            "bring back the part that is named; the service becomes ready by itself",
        ));
    }
    let names: Vec<&str> = parts.checks.keys().map(String::as_str).collect();
    Ok(format!("version {}; ready: {}", health.version, names.join(", ")))
}
