//! The numbers for Prometheus.

use axum::extract::State;
use axum::http::{HeaderName, header};
use library::jobs::{self, JobKind, JobState};

use crate::ServerState;
use crate::problem::Problem;

const EXPOSITION: (HeaderName, &str) = (header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");

/// Numbers in Prometheus's text format, for the machine itself or the holder of `metrics.token`
#[utoipa::path(
    get, path = "/metrics", tag = "service",
    responses((status = OK, body = String, content_type = "text/plain"), (status = FORBIDDEN)),
)]
pub(crate) async fn metrics(
    State(state): State<ServerState>,
) -> Result<([(HeaderName, &'static str); 1], String), Problem> {
    measure_queue(&state).await?;
    measure_waiting(&state).await?;
    Ok(([EXPOSITION], state.metrics().render()))
}

/// How long the oldest job that is due has been waiting for a worker; 0 when none waits.
async fn measure_waiting(state: &ServerState) -> Result<(), Problem> {
    let waits = jobs::longest_waits(state.library()).await?;
    for kind in JobKind::ALL {
        let found = waits.iter().find(|(of, _)| *of == kind);
        let waited = found.map_or(0.0, |(_, waited)| waited.as_seconds_f64());
        state.metrics().set(
            "bookreader_jobs_oldest_wait_seconds",
            &[("kind", kind.name())],
            waited,
        );
    }
    Ok(())
}

/// How long the queue is now. Other tools know it under the second name.
async fn measure_queue(state: &ServerState) -> Result<(), Problem> {
    let counts = jobs::counts(state.library()).await?;
    for kind in JobKind::ALL {
        for of in JobState::ALL {
            let found = counts
                .iter()
                .find(|(counted, in_state, _)| *counted == kind && *in_state == of);
            let count = found.map_or(0, |(_, _, count)| *count) as f64;
            state.metrics().set(
                "bookreader_jobs",
                &[("kind", kind.name()), ("state", of.name())],
                count,
            );
            if of == JobState::Queued {
                state
                    .metrics()
                    .set("celery_queue_length", &[("queue", kind.name())], count);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::body::Body;
    use axum::extract::ConnectInfo;
    use axum::http::Request;
    use chrono::TimeDelta;
    use library::configuration::Secret;

    use crate::test_app::{Settings, TestBook, on_each_engine, with_settings};

    fn from_this_machine() -> Request<Body> {
        let peer = ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9)));
        Request::get("/metrics")
            .extension(peer)
            .body(Body::empty())
            .unwrap()
    }

    #[tokio::test]
    async fn requests_are_counted_by_route_and_unknown_addresses_as_one() {
        on_each_engine(async |app| {
            let client = app.anonymous();
            client
                .get("/api/v1/books/0190c0de-0000-7000-8000-000000000000")
                .await;
            client.get("/wp-login.php").await;
            client.get("/.env").await;
            let text = client.send(from_this_machine()).await.text().to_owned();
            for line in [
                r#"http_requests_total{method="GET",route="/api/v1/books/{book_id}",status="401"} 1"#,
                r#"http_requests_total{method="GET",route="(unmatched)",status="404"} 2"#,
                r#"http_request_duration_seconds_bucket{method="GET",route="(unmatched)",le="0.5"} 2"#,
            ] {
                assert!(text.contains(line), "{line} is missing from\n{text}");
            }
        })
        .await;
    }

    #[tokio::test]
    async fn the_wait_of_the_oldest_job_grows_until_it_is_done() {
        on_each_engine(async |app| {
            let book = TestBook::new("Метель").chapter(&["Снег."]).bytes();
            app.reader("anna").await.upload("a.fb2", &book).await.expect(202);
            app.time.advance(TimeDelta::seconds(90));
            let waiting = app.anonymous().send(from_this_machine()).await;
            let line = r#"bookreader_jobs_oldest_wait_seconds{kind="ingest"}"#;
            assert!(waiting.text().contains(&format!("{line} 90")), "{waiting:?}");
            app.work().await;
            let done = app.anonymous().send(from_this_machine()).await;
            assert!(done.text().contains(&format!("{line} 0")), "{done:?}");
        })
        .await;
    }

    #[tokio::test]
    async fn strangers_may_not_read_them() {
        on_each_engine(async |app| {
            app.anonymous()
                .get("/metrics")
                .await
                .problem(403, "operators-only");
            let mut forwarded = from_this_machine();
            forwarded
                .headers_mut()
                .insert("x-forwarded-for", "127.0.0.1".parse().unwrap());
            app.anonymous()
                .send(forwarded)
                .await
                .problem(403, "operators-only");
        })
        .await;
    }

    #[tokio::test]
    async fn a_token_opens_them_from_elsewhere() {
        let mut settings = Settings::default();
        settings.server.metrics.token = Some(Secret("a-long-enough-token".into()));
        with_settings(settings, async |app| {
            let client = app.anonymous();
            client
                .with_token("another-token-here!")
                .get("/metrics")
                .await
                .problem(403, "operators-only");
            assert_eq!(
                client
                    .with_token("a-long-enough-token")
                    .get("/metrics")
                    .await
                    .status,
                200
            );
        })
        .await;
    }
}
