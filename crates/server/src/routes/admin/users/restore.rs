//! Lets an account in again.

use axum::Json;
use axum::extract::State;
use library::accounts;
use library::ids::UserId;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;
use crate::wire::Account;

/// Let an account in again
#[utoipa::path(
    delete, path = "/api/v1/admin/users/{user_id}/suspension", tag = "admin",
    params(("user_id" = uuid::Uuid, Path)), responses((status = OK, body = Account), (status = CONFLICT)),
)]
pub(crate) async fn restore(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<UserId>,
) -> Result<Json<Account>, Problem> {
    Ok(Json(
        accounts::restore(state.library(), caller.actor()?, id)
            .await?
            .into(),
    ))
}
