//! Changes the address of an account.

use axum::extract::State;
use axum::http::StatusCode;
use library::accounts;

use crate::ServerState;
use crate::admission::{Caller, Quota, spend};
use crate::extract::Json;
use crate::problem::Problem;
use crate::wire::AddressChange;

/// Change my address
///
/// The new address counts once the link in the letter to it was followed; whether somebody else has it is not told.
#[utoipa::path(
    put, path = "/api/v1/users/me/email", tag = "users", request_body = AddressChange,
    responses((status = ACCEPTED)),
)]
pub(crate) async fn email(
    State(state): State<ServerState>,
    caller: Caller,
    Json(change): Json<AddressChange>,
) -> Result<StatusCode, Problem> {
    let user = caller.signed_in()?;
    // Whoever holds a stolen session must not guess the password from it.
    spend(&state, Quota::SignIn, &user.to_string()).await?;
    accounts::change_address(state.library(), user, &change.current_password, &change.new_email).await?;
    Ok(StatusCode::ACCEPTED)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_app::{PASSWORD, on_each_engine};

    const PATH: &str = "/api/v1/users/me/email";

    #[tokio::test]
    async fn the_new_address_counts_when_its_link_was_followed() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            let change = json!({"current_password": PASSWORD, "new_email": "new@example.org"});
            assert_eq!(anna.json("PUT", PATH, change).await.status, 202);
            assert_eq!(
                anna.get("/api/v1/users/me").await.expect(200)["email"],
                "anna@example.org"
            );
            app.work().await;
            let token = app.mailed_token("new@example.org");
            let proof = json!({"token": token});
            let confirmed = app
                .anonymous()
                .post("/api/v1/auth/confirm-email", proof.clone())
                .await;
            assert_eq!(confirmed.status, 204);
            let me = anna.get("/api/v1/users/me").await.expect(200);
            assert_eq!(
                (&me["email"], &me["email_verified"]),
                (&json!("new@example.org"), &json!(true))
            );
            app.anonymous()
                .post("/api/v1/auth/confirm-email", proof)
                .await
                .problem(422, "link-spent");
            app.work().await;
            assert!(app.mails_to("anna@example.org")[0].contains("new@example.org"));
        })
        .await;
    }

    #[tokio::test]
    async fn a_taken_address_is_answered_like_a_free_one_and_nobody_gets_its_proof() {
        on_each_engine(async |app| {
            let anna = app.reader("anna").await;
            app.reader("boris").await;
            let change = json!({"current_password": PASSWORD, "new_email": "BORIS@example.org"});
            assert_eq!(anna.json("PUT", PATH, change).await.status, 202);
            app.work().await;
            assert_eq!(app.mails_to("boris@example.org").len(), 0);
            let change = json!({"current_password": "не тот пароль", "new_email": "x@example.org"});
            anna.json("PUT", PATH, change)
                .await
                .problem(422, "wrong-password");
            let change = json!({"current_password": PASSWORD, "new_email": "no address"});
            anna.json("PUT", PATH, change).await.problem(422, "invalid");
        })
        .await;
    }
}
