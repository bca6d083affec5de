//! Puts routes and layers together.

use std::any::Any;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use tower_http::catch_panic::CatchPanicLayer;

use crate::admission::admit;
use crate::delivery::{compression, protect, without_trailing_slash};
use crate::observe::{find_client, identify, record};
use crate::problem::{Problem, render};
use crate::{ServerState, routes, web_app};

/// The whole server as one service. Layers that are added last see a request first.
pub fn router(state: ServerState) -> Router {
    let (routes, _document) = routes::all().split_for_parts();
    let router = routes
        .fallback(web_app::serve)
        .method_not_allowed_fallback(not_allowed)
        // Admission limits bodies by the table; axum's own limit would cut every upload at 2 MB.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(state.clone(), admit))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(render))
        .layer(from_fn_with_state(state.clone(), record))
        .layer(from_fn_with_state(state.clone(), identify))
        .layer(from_fn_with_state(state.clone(), find_client))
        .layer(compression())
        .layer(from_fn_with_state(state.clone(), protect))
        .with_state(state);
    without_trailing_slash(router)
}

/// The table of policies answers first; this is for methods that have a row and no handler.
async fn not_allowed() -> Problem {
    Problem::of_status(axum::http::StatusCode::METHOD_NOT_ALLOWED)
}

fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    tracing::error!(panic = text, "a handler panicked");
    Problem::internal().into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;

    use crate::test_app::{Settings, on_each_engine, with_settings};

    #[tokio::test]
    async fn each_answer_forbids_what_it_does_not_need() {
        on_each_engine(async |app| {
            let answer = app.anonymous().get("/api/v1/books").await;
            for (name, value) in [
                (
                    "content-security-policy",
                    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
                ),
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "DENY"),
                ("referrer-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
                ("cache-control", "no-store"),
                ("strict-transport-security", ""),
            ] {
                assert_eq!(answer.header(name), value, "{name}");
            }
        })
        .await;
    }

    #[tokio::test]
    async fn behind_tls_browsers_are_told_to_stay_there() {
        let mut settings = Settings::default();
        settings.server.public_url = Some("https://books.example".parse().unwrap());
        with_settings(settings, async |app| {
            let answer = app.anonymous().get("/health").await;
            assert_eq!(
                answer.header("strict-transport-security"),
                "max-age=31536000; includeSubDomains"
            );
        })
        .await;
    }

    #[tokio::test]
    async fn a_method_that_is_not_there_is_refused_with_those_that_are() {
        on_each_engine(async |app| {
            let request = Request::put("/api/v1/books").body(Body::empty()).unwrap();
            let answer = app.anonymous().send(request).await;
            answer.problem(405, "method-not-allowed");
            assert_eq!(answer.header("allow"), "GET, HEAD, POST");
        })
        .await;
    }

    #[tokio::test]
    async fn the_request_keeps_its_id() {
        on_each_engine(async |app| {
            let request = Request::get("/api/v1/nothing")
                .header("x-request-id", "trace-0001")
                .body(Body::empty())
                .unwrap();
            let problem = app.anonymous().send(request).await.problem(404, "not-found");
            assert_eq!(problem["request_id"], "trace-0001");
        })
        .await;
    }

    #[tokio::test]
    async fn texts_are_compressed_for_those_who_can_read_that() {
        on_each_engine(async |app| {
            let ask = async |accepts: &str| {
                let request = Request::get("/api/v1/openapi.json").header("accept-encoding", accepts);
                app.anonymous().send(request.body(Body::empty()).unwrap()).await
            };
            assert_eq!(ask("gzip").await.header("content-encoding"), "gzip");
            assert_eq!(ask("br, gzip").await.header("content-encoding"), "br");
            assert_eq!(ask("identity").await.header("content-encoding"), "");
        })
        .await;
    }
}
