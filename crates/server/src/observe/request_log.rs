//! One log line and one count for each request.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use library::ids::UserId;
use tracing::Instrument as _;

use super::{ClientAddress, RequestId, UNMATCHED};
use crate::ServerState;

/// The account behind the request: filled in by whoever recognises it, read by the log.
#[derive(Clone, Default)]
pub(crate) struct Account(Arc<OnceLock<UserId>>);

impl Account {
    /// Notes the account; the first one counts.
    pub(crate) fn note(&self, user: UserId) {
        self.0.get_or_init(|| user);
    }
}

/// Logs and counts the request. The log has neither headers nor query nor body: no secret, no line of a book.
pub(crate) async fn record(State(state): State<ServerState>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let account = Account::default();
    request.extensions_mut().insert(account.clone());
    let about = About::of(&request);
    let span = tracing::info_span!("request", request_id = %about.id);
    let in_flight = state.metrics().in_flight();
    let response = next.run(request).instrument(span.clone()).await;
    drop(in_flight);
    let took = started.elapsed();
    let status = response.status().as_u16();
    state.metrics().count(about.method, &about.route, status, took);
    span.in_scope(|| {
        tracing::info!(
            method = about.method,
            route = about.route,
            path = about.path,
            status,
            duration_ms = took.as_secs_f64() * 1000.0,
            client = about.client,
            user = account.0.get().map(ToString::to_string),
            "answered"
        );
    });
    response
}

struct About {
    id: RequestId,
    method: &'static str,
    route: String,
    path: String,
    client: Option<String>,
}

impl About {
    fn of(request: &Request) -> Self {
        let extensions = request.extensions();
        Self {
            id: extensions.get::<RequestId>().cloned().unwrap_or_default(),
            method: bounded(request.method()),
            route: extensions
                .get::<MatchedPath>()
                .map_or_else(|| UNMATCHED.to_owned(), |path| path.as_str().to_owned()),
            path: request.uri().path().to_owned(),
            client: extensions
                .get::<ClientAddress>()
                .map(|address| address.client.to_string()),
        }
    }
}

/// The method as a label: anybody may invent methods, a label must not grow with them.
fn bounded(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}
