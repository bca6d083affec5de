//! Changes the password of an account.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use library::accounts::{self, AuthenticateError};

use crate::ServerState;
use crate::admission::{Quota, credentials, spend};
use crate::extract::Json;
use crate::problem::Problem;
use crate::wire::PasswordChange;

/// Change my password
///
/// Every other device is signed out.
#[utoipa::path(
    put, path = "/api/v1/users/me/password", tag = "users", request_body = PasswordChange,
    responses((status = NO_CONTENT)),
)]
pub(crate) async fn password(
    State(state): State<ServerState>,
    headers: HeaderMap,
    Json(change): Json<PasswordChange>,
) -> Result<StatusCode, Problem> {
    let here = credentials::sign_in(&state, &headers)?;
    // Whoever holds a stolen session must not guess the password from it.
    spend(&state, Quota::SignIn, &here.sub.to_string()).await?;
    let (old, new) = (&change.current_password, &change.new_password);
    match accounts::change_password(state.library(), here.sub, old, new, Some(here.sid)).await? {
        Ok(()) => {}
        Err(AuthenticateError::WrongCredentials) => return Err(Problem::wrong_password()),
        Err(error) => return Err(error.into()),
    }
    state.sessions().forget();
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_app::{PASSWORD, on_each_engine};

    const PATH: &str = "/api/v1/users/me/password";

    #[tokio::test]
    async fn the_new_password_counts_and_other_devices_are_signed_out() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let phone = app.anonymous().login("anna@example.org", PASSWORD).await;
            let change = json!({"current_password": PASSWORD, "new_password": "синица за морем"});
            assert_eq!(anna.json("PUT", PATH, change).await.status, 204);
            anna.get("/api/v1/users/me").await.expect(200);
            phone.get("/api/v1/users/me").await.problem(401, "token-invalid");
            app.anonymous()
                .post(
                    "/api/v1/auth/login",
                    json!({"email": "anna@example.org", "password": PASSWORD}),
                )
                .await
                .problem(401, "wrong-credentials");
            app.anonymous().login("anna@example.org", "синица за морем").await;
        })
        .await;
    }

    #[tokio::test]
    async fn the_old_password_must_be_right_and_the_new_one_good() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let wrong = json!({"current_password": "не тот пароль", "new_password": "синица за морем"});
            anna.json("PUT", PATH, wrong).await.problem(422, "wrong-password");
            let weak = json!({"current_password": PASSWORD, "new_password": "12345678"});
            anna.json("PUT", PATH, weak).await.problem(422, "weak-password");
            app.anonymous().login("anna@example.org", PASSWORD).await;
        })
        .await;
    }
}
