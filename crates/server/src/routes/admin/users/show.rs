//! Shows an account.

use axum::Json;
use axum::extract::State;
use library::accounts;
use library::ids::UserId;

use crate::ServerState;
use crate::extract::Path;
use crate::problem::Problem;
use crate::wire::Account;

/// Show an account
#[utoipa::path(
    get, path = "/api/v1/admin/users/{user_id}", tag = "admin", params(("user_id" = uuid::Uuid, Path)),
    responses((status = OK, body = Account)),
)]
pub(crate) async fn show(
    State(state): State<ServerState>,
    Path(id): Path<UserId>,
) -> Result<Json<Account>, Problem> {
    Ok(Json(accounts::oversee(state.library(), id).await?.into()))
}
