//! Sets a new password by the link of a letter.

use axum::extract::State;
use axum::http::StatusCode;
use library::accounts;

use crate::ServerState;
use crate::extract::Json;
use crate::problem::Problem;
use crate::wire::PasswordReset;

/// Choose a new password by the link of a letter
///
/// Every device is signed out.
#[utoipa::path(
    post, path = "/api/v1/auth/reset-password", tag = "auth", request_body = PasswordReset,
    responses((status = NO_CONTENT)),
)]
pub(crate) async fn reset_password(
    State(state): State<ServerState>,
    Json(reset): Json<PasswordReset>,
) -> Result<StatusCode, Problem> {
    accounts::reset_password(state.library(), &reset.token, &reset.new_password).await?;
    state.sessions().forget();
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_app::{PASSWORD, on_each_engine};

    const FORGOT: &str = "/api/v1/auth/forgot-password";
    const RESET: &str = "/api/v1/auth/reset-password";

    #[tokio::test]
    async fn the_letter_opens_the_account_once_and_ends_every_sign_in() {
        on_each_engine(async |app| {
            let thief = app.reader("anna").await;
            let forgot = app
                .anonymous()
                .post(FORGOT, json!({"email": "ANNA@example.org"}))
                .await;
            assert_eq!(forgot.status, 202);
            app.work().await;
            let token = app.mailed_token("anna@example.org");
            let weak = json!({"token": token, "new_password": "12345678"});
            app.anonymous()
                .post(RESET, weak)
                .await
                .problem(422, "weak-password");
            let own = json!({"token": token, "new_password": "anna@example.org"});
            app.anonymous()
                .post(RESET, own)
                .await
                .problem(422, "weak-password");
            let reset = json!({"token": token, "new_password": "синица за морем"});
            assert_eq!(app.anonymous().post(RESET, reset.clone()).await.status, 204);
            thief.get("/api/v1/users/me").await.problem(401, "token-invalid");
            app.anonymous()
                .post(RESET, reset)
                .await
                .problem(422, "link-spent");
            app.anonymous().login("anna@example.org", "синица за морем").await;
            app.work().await;
            assert_eq!(
                app.mails_to("anna@example.org").len(),
                2,
                "the link, and the notice"
            );
        })
        .await;
    }

    #[tokio::test]
    async fn nobody_learns_who_has_an_account() {
        on_each_engine(async |app| {
            app.reader("anna").await;
            let known = app
                .anonymous()
                .post(FORGOT, json!({"email": "anna@example.org"}))
                .await;
            let unknown = app
                .anonymous()
                .post(FORGOT, json!({"email": "nobody@example.org"}))
                .await;
            assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
            app.work().await;
            assert_eq!(app.mails_to("nobody@example.org").len(), 0);
            let made_up = json!({"token": "A".repeat(43), "new_password": PASSWORD});
            app.anonymous()
                .post(RESET, made_up)
                .await
                .problem(422, "link-spent");
        })
        .await;
    }

    #[tokio::test]
    async fn an_address_that_only_looks_alike_gets_nothing() {
        on_each_engine(async |app| {
            app.reader("kit").await;
            // U+212A, the Kelvin sign, is `k` in lower case and another domain's letter on the wire.
            app.anonymous()
                .post(FORGOT, json!({"email": "\u{212a}it@example.org"}))
                .await;
            app.work().await;
            assert_eq!(app.mails_to("kit@example.org").len(), 1);
            assert_eq!(app.mails().len(), 1);
        })
        .await;
    }

    #[tokio::test]
    async fn one_link_in_many_hands_works_once() {
        on_each_engine(async |app| {
            app.reader("anna").await;
            app.anonymous()
                .post(FORGOT, json!({"email": "anna@example.org"}))
                .await;
            app.work().await;
            let token = app.mailed_token("anna@example.org");
            let tries = (0..8).map(async |number| {
                let reset = json!({"token": token, "new_password": format!("синица за морем {number}")});
                app.anonymous().post(RESET, reset).await.status.as_u16()
            });
            let mut answers = futures::future::join_all(tries).await;
            answers.sort_unstable();
            assert_eq!(answers, [204, 422, 422, 422, 422, 422, 422, 422]);
        })
        .await;
    }
}
