//! Removes an account with everything that is its own.

use axum::extract::State;
use axum::http::StatusCode;
use library::accounts;

use crate::ServerState;
use crate::admission::Caller;
use crate::cookies::{self, SetCookies};
use crate::problem::Problem;

/// Remove my account with my books, positions and sign-ins
#[utoipa::path(delete, path = "/api/v1/users/me", tag = "users", responses((status = NO_CONTENT)))]
pub(crate) async fn remove(
    State(state): State<ServerState>,
    caller: Caller,
) -> Result<(StatusCode, SetCookies), Problem> {
    accounts::remove(state.library(), caller.signed_in()?).await?;
    state.sessions().forget();
    Ok((StatusCode::NO_CONTENT, cookies::signed_out(&state)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_app::{PASSWORD, on_each_engine};

    #[tokio::test]
    async fn a_removed_account_is_gone_with_its_tokens() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            assert_eq!(anna.delete("/api/v1/users/me").await.status, 204);
            anna.get("/api/v1/users/me").await.problem(401, "token-invalid");
            let credentials = json!({"email": "anna@example.org", "password": PASSWORD});
            app.anonymous()
                .post("/api/v1/auth/login", credentials)
                .await
                .problem(401, "wrong-credentials");
        })
        .await;
    }
}
