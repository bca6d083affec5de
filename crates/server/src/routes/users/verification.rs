//! Writes to an account's address once more.

use axum::extract::State;
use axum::http::StatusCode;
use library::accounts;

use crate::ServerState;
use crate::admission::Caller;
use crate::problem::Problem;

/// Write to me again, so that I can confirm my address
#[utoipa::path(
    post, path = "/api/v1/users/me/verification", tag = "users", responses((status = ACCEPTED)),
)]
pub(crate) async fn verification(
    State(state): State<ServerState>,
    caller: Caller,
) -> Result<StatusCode, Problem> {
    accounts::ask_to_confirm(state.library(), caller.signed_in()?).await?;
    Ok(StatusCode::ACCEPTED)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_app::{PASSWORD, on_each_engine};

    #[tokio::test]
    async fn an_address_gets_five_letters_an_hour() {
        on_each_engine(async |app| {
            let new = json!({"email": "anna@example.org", "password": PASSWORD, "full_name": "Анна", "language": "en"});
            app.anonymous().post("/api/v1/users/register", new).await.expect(201);
            let anna = app.anonymous().login("anna@example.org", PASSWORD).await;
            for _ in 0..8 {
                let again = anna.post("/api/v1/users/me/verification", json!(null)).await;
                assert_eq!(again.status, 202);
            }
            app.work().await;
            assert_eq!(app.mails_to("anna@example.org").len(), 5);
            app.time.advance(chrono::TimeDelta::minutes(61));
            let anna = app.anonymous().login("anna@example.org", PASSWORD).await;
            anna.post("/api/v1/users/me/verification", json!(null)).await;
            app.work().await;
            assert_eq!(app.mails_to("anna@example.org").len(), 6);
            let token = app.mailed_token("anna@example.org");
            let confirmed = app.anonymous().post("/api/v1/auth/confirm-email", json!({"token": token})).await;
            assert_eq!(confirmed.status, 204);
            anna.post("/api/v1/users/me/verification", json!(null)).await;
            app.work().await;
            assert_eq!(app.mails_to("anna@example.org").len(), 6, "nothing is left to confirm");
        })
        .await;
    }
}
