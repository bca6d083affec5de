//! Writes to somebody who forgot the password.

use axum::extract::State;
use axum::http::StatusCode;
use library::accounts;

use crate::ServerState;
use crate::admission::{Quota, spend};
use crate::extract::Json;
use crate::problem::Problem;
use crate::wire::ForgottenPassword;

/// I forgot my password
///
/// If the address has an account, a letter with a link goes to it. The answer is the same if not.
#[utoipa::path(
    post, path = "/api/v1/auth/forgot-password", tag = "auth", request_body = ForgottenPassword,
    responses((status = ACCEPTED)),
)]
pub(crate) async fn forgot_password(
    State(state): State<ServerState>,
    Json(who): Json<ForgottenPassword>,
) -> Result<StatusCode, Problem> {
    spend(&state, Quota::SignIn, &who.email.trim().to_lowercase()).await?;
    accounts::forgotten_password(state.library(), &who.email).await?;
    Ok(StatusCode::ACCEPTED)
}
