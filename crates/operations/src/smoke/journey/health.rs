//! `GET /health` answers 200, and says it is well.

use reqwest::{Method, StatusCode};
use serde::Deserialize;

use super::{Trouble, Visit};

#[derive(Deserialize)]
struct Health {
    status: String,
    version: String,
}

pub(super) async fn walk(visit: &mut Visit<'_>) -> Result<String, Trouble> {
    let answer = visit.exchange.send(Method::GET, "/health", None, None).await?;
    let health: Health = answer.json(StatusCode::OK)?;
    if health.status != "ok" {
        return Err(Trouble::fail(
            format!("status is {:?}", health.status),
            "GET /ready names the part that is not well",
        ));
    }
    Ok(format!("version {}", health.version))
}
