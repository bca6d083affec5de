//! Writes the body of every problem.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::{Problem, ProblemBody};
use crate::observe::RequestId;

const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Gives each error answer its body, with the id of the request.
pub(crate) async fn render(request: Request, next: Next) -> Response {
    let id = request
        .extensions()
        .get::<RequestId>()
        .cloned()
        .unwrap_or_default();
    let mut response = next.run(request).await;
    let Some(problem) = problem_of(&response) else {
        return response;
    };
    *response.body_mut() = Body::from(body(problem, id));
    response.headers_mut().insert(header::CONTENT_TYPE, PROBLEM_JSON);
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response
}

fn problem_of(response: &Response) -> Option<Problem> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    let explained = response.extensions().get::<Problem>().cloned();
    explained.or_else(|| (!speaks_for_itself(response)).then(|| Problem::of_status(status)))
}

/// Readiness answers 503 with its own JSON, and an unsatisfiable range has no body at all.
fn speaks_for_itself(response: &Response) -> bool {
    response.status() == StatusCode::SERVICE_UNAVAILABLE
        && response
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind == "application/json")
}

fn body(problem: Problem, id: RequestId) -> Vec<u8> {
    let parts = *problem.0;
    let body = ProblemBody {
        kind: "about:blank".to_owned(),
        title: parts.status.canonical_reason().unwrap_or("Error").to_owned(),
        status: parts.status.as_u16(),
        detail: parts.detail.into_owned(),
        code: parts.code.into_owned(),
        request_id: id.to_string(),
        errors: parts.errors,
        current: parts.current,
    };
    serde_json::to_vec(&body).expect("a problem is plain strings and numbers")
}
