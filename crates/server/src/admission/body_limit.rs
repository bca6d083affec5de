//! How much a request may carry, and how long it may take.

use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use futures::StreamExt as _;
use http_body_util::{LengthLimitError, Limited};
use tokio::time::timeout;

use super::policy::Payload;
use crate::ServerState;
use crate::problem::Problem;

/// Room for the multipart framing around a file.
const FRAMING_BYTES: u64 = 1024 * 1024;
/// A refused body is read and thrown away for this long: many clients read the answer only when they have sent all.
const LINGER: Duration = Duration::from_secs(5);

/// Was a body refused because it went past its limit?
pub(crate) fn is_over_limit(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut causes = std::iter::successors(Some(error), |error| error.source());
    causes.any(|cause| cause.is::<LengthLimitError>())
}

/// Runs the request within its limits.
pub(super) async fn run(
    state: &ServerState,
    payload: Payload,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let limit = bytes(state, payload);
    if declared_length(request.headers()).is_some_and(|length| length > limit) {
        throw_away(request.into_body()).await;
        return Err(Problem::too_large(limit));
    }
    let request =
        request.map(|body| Body::new(Limited::new(body, usize::try_from(limit).unwrap_or(usize::MAX))));
    timeout(deadline(state, payload), next.run(request))
        .await
        .map_err(|_| match payload {
            Payload::File => Problem::too_slow(),
            Payload::Empty | Payload::Json => Problem::unavailable(),
        })
}

/// Largest body, in bytes.
pub(crate) fn bytes(state: &ServerState, payload: Payload) -> u64 {
    match payload {
        // A body where none is needed is tolerated like an unknown header, as long as it is small.
        Payload::Empty | Payload::Json => state.config().json_bytes as u64,
        Payload::File => state
            .library()
            .config()
            .uploads
            .max_bytes
            .saturating_add(FRAMING_BYTES),
    }
}

fn deadline(state: &ServerState, payload: Payload) -> Duration {
    Duration::from_secs(match payload {
        Payload::Empty | Payload::Json => state.config().request_seconds,
        Payload::File => state.config().upload_seconds,
    })
}

fn declared_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

async fn throw_away(body: Body) {
    let mut chunks = body.into_data_stream();
    let drained = async { while let Some(Ok(_)) = chunks.next().await {} };
    // A client that goes on for longer meets a closed connection.
    let _ = timeout(LINGER, drained).await;
}
