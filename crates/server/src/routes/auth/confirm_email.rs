//! Takes the proof of an address.

use axum::extract::State;
use axum::http::StatusCode;
use library::accounts;

use crate::ServerState;
use crate::extract::Json;
use crate::problem::Problem;
use crate::wire::AddressProof;

/// Confirm an address by the link of a letter
#[utoipa::path(
    post, path = "/api/v1/auth/confirm-email", tag = "auth", request_body = AddressProof,
    responses((status = NO_CONTENT)),
)]
pub(crate) async fn confirm_email(
    State(state): State<ServerState>,
    Json(proof): Json<AddressProof>,
) -> Result<StatusCode, Problem> {
    accounts::confirm_address(state.library(), &proof.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_app::{PASSWORD, on_each_engine};

    #[tokio::test]
    async fn a_newcomer_confirms_by_letter_and_a_proof_has_its_purpose_and_its_time() {
        on_each_engine(async |app| {
            let new = json!({"email": "anna@example.org", "password": PASSWORD, "full_name": "Анна"});
            app.anonymous()
                .post("/api/v1/users/register", new)
                .await
                .expect(201);
            app.work().await;
            let token = app.mailed_token("anna@example.org");
            let as_password = json!({"token": token, "new_password": "синица за морем"});
            app.anonymous()
                .post("/api/v1/auth/reset-password", as_password)
                .await
                .problem(422, "link-spent");
            app.time.advance(chrono::TimeDelta::days(2));
            app.anonymous()
                .post("/api/v1/auth/confirm-email", json!({"token": token}))
                .await
                .problem(422, "link-spent");
        })
        .await;
    }
}
