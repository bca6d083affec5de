//! Signs out everywhere else.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use library::sessions;

use crate::ServerState;
use crate::admission::credentials;
use crate::problem::Problem;

/// Sign every other device out
#[utoipa::path(
    delete, path = "/api/v1/users/me/sessions", tag = "users", operation_id = "end_other_sessions",
    responses((status = NO_CONTENT)),
)]
pub(crate) async fn end_others(
    State(state): State<ServerState>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    let here = credentials::sign_in(&state, &headers)?;
    sessions::end_all(state.library(), here.sub, Some(here.sid)).await?;
    state.sessions().forget();
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use crate::test_app::{PASSWORD, on_each_engine};

    #[tokio::test]
    async fn only_the_device_that_asks_stays_signed_in() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let boris = app.reader("boris").await;
            let phone = app.anonymous().login("anna@example.org", PASSWORD).await;
            assert_eq!(anna.delete("/api/v1/users/me/sessions").await.status, 204);
            phone.get("/api/v1/users/me").await.problem(401, "token-invalid");
            anna.get("/api/v1/users/me").await.expect(200);
            boris.get("/api/v1/users/me").await.expect(200);
        })
        .await;
    }
}
