//! Signs one device out.

use axum::extract::State;
use axum::http::StatusCode;
use library::ids::SessionId;
use library::sessions;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;

/// Sign a device out
#[utoipa::path(
    delete, path = "/api/v1/users/me/sessions/{session_id}", tag = "users", operation_id = "end_session",
    params(("session_id" = uuid::Uuid, Path)),
    responses((status = NO_CONTENT), (status = NOT_FOUND)),
)]
pub(crate) async fn end(
    State(state): State<ServerState>,
    caller: Caller,
    Path(session): Path<SessionId>,
) -> Result<StatusCode, Problem> {
    sessions::end_one(state.library(), caller.signed_in()?, session).await?;
    state.sessions().forget();
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use crate::test_app::{PASSWORD, on_each_engine};

    const PATH: &str = "/api/v1/users/me/sessions";

    #[tokio::test]
    async fn a_lost_phone_is_signed_out_and_nobody_elses_can_be() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let boris = app.reader("boris").await;
            let phone = app.anonymous().login("anna@example.org", PASSWORD).await;
            let seen = anna.get(PATH).await.expect(200).clone();
            let lost = format!("{PATH}/{}", seen[0]["id"].as_str().unwrap());
            boris.delete(&lost).await.problem(404, "not-found");
            phone.get("/api/v1/users/me").await.expect(200);
            assert_eq!(anna.delete(&lost).await.status, 204);
            phone.get("/api/v1/users/me").await.problem(401, "token-invalid");
            anna.get("/api/v1/users/me").await.expect(200);
            anna.delete(&lost).await.problem(404, "not-found");
        })
        .await;
    }
}
