//! Can the process do its work?

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use crate::ServerState;
use crate::wire::{Checks, Readiness};

/// Can the process do its work?
#[utoipa::path(
    get, path = "/ready", tag = "service",
    responses((status = OK, body = Readiness), (status = SERVICE_UNAVAILABLE, body = Readiness)),
)]
pub(crate) async fn ready(State(state): State<ServerState>) -> (StatusCode, Json<Readiness>) {
    let checks = check_all(&state).await;
    let is_ready = checks.values().all(|outcome| outcome == OK);
    let (status, word) = if is_ready {
        (StatusCode::OK, "ready")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not-ready")
    };
    (status, Json(Readiness { status: word, checks }))
}

const OK: &str = "ok";

async fn check_all(state: &ServerState) -> Checks {
    let library = state.library();
    let stopping = if state.shutdown().is_cancelled() {
        "the process is stopping"
    } else {
        OK
    };
    let mut checks = Checks::from([
        ("process", stopping.to_owned()),
        ("database", outcome("database", library.probe_database().await)),
        ("blobs", outcome("blobs", library.probe_blobs().await)),
    ]);
    // Without a Redis in the settings there is nothing to check.
    if let Some(redis) = library.probe_redis().await.transpose() {
        checks.insert("redis", outcome("redis", redis));
    }
    checks
}

/// What is wrong is for the log; the answer only says that something is.
fn outcome<E: std::error::Error + Send + Sync + 'static>(name: &str, result: Result<(), E>) -> String {
    match result {
        Ok(()) => OK.to_owned(),
        Err(error) => {
            tracing::warn!(
                check = name,
                error = format!("{:#}", anyhow::Error::new(error)),
                "not ready"
            );
            "failed".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_app::on_each_engine;

    #[tokio::test]
    async fn a_process_with_its_database_is_ready() {
        on_each_engine(async |app| {
            let body = app.anonymous().get("/ready").await.expect(200);
            assert_eq!(body["status"], "ready");
            assert_eq!(
                body["checks"],
                json!({"blobs": "ok", "database": "ok", "process": "ok"})
            );
        })
        .await;
    }

    #[tokio::test]
    async fn a_process_without_its_database_is_not() {
        on_each_engine(async |app| {
            app.library.close().await;
            let body = app.anonymous().get("/ready").await.expect(503);
            assert_eq!(body["checks"]["database"], "failed");
        })
        .await;
    }

    #[tokio::test]
    async fn a_process_that_is_stopping_is_not() {
        on_each_engine(async |app| {
            app.shutdown.cancel();
            assert_eq!(
                app.anonymous().get("/ready").await.expect(503)["status"],
                "not-ready"
            );
        })
        .await;
    }
}
