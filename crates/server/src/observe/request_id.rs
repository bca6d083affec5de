//! One id per request, from the client's `X-Request-Id` when it is sane, in the answer, the problems and the log.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use library::randomness::Randomness;

use crate::ServerState;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// Lengths of a client's id that are taken over.
const SANE: std::ops::RangeInclusive<usize> = 8..=64;

/// The id of the request at hand.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(Arc<str>);

impl Default for RequestId {
    fn default() -> Self {
        Self("unknown".into())
    }
}

impl std::fmt::Display for RequestId {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

/// Gives the request its id and shows it in the answer.
pub(crate) async fn identify(State(state): State<ServerState>, mut request: Request, next: Next) -> Response {
    let id = incoming(&request).unwrap_or_else(|| fresh(state.randomness()));
    request.extensions_mut().insert(id.clone());
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

fn incoming(request: &Request) -> Option<RequestId> {
    let text = request.headers().get(HEADER)?.to_str().ok()?;
    let is_sane = SANE.contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    is_sane.then(|| RequestId(text.into()))
}

fn fresh(randomness: &Randomness) -> RequestId {
    RequestId(hex::encode(randomness.bytes::<16>()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(id: &str) -> Request {
        Request::builder()
            .header(HEADER, id)
            .body(axum::body::Body::empty())
            .unwrap()
    }

    #[test]
    fn a_sane_id_is_taken_over() {
        assert_eq!(
            incoming(&request("deploy-2026.11_a1")).unwrap().to_string(),
            "deploy-2026.11_a1"
        );
    }

    #[test]
    fn an_id_that_could_forge_a_log_line_is_not() {
        for bad in ["short", "has space in it", "semi;colon;semi", &"x".repeat(65)] {
            assert!(incoming(&request(bad)).is_none(), "{bad}");
        }
    }
}
