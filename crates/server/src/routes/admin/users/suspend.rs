//! Shuts an account out.

use axum::Json;
use axum::extract::State;
use library::accounts;
use library::ids::UserId;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::{Json as Body, Path};
use crate::problem::Problem;
use crate::wire::{Account, NewSuspension};

/// Shut an account out
///
/// It is signed out everywhere and keeps what it has. Moderators do this to readers, administrators to everybody else.
#[utoipa::path(
    put, path = "/api/v1/admin/users/{user_id}/suspension", tag = "admin",
    params(("user_id" = uuid::Uuid, Path)), request_body = NewSuspension,
    responses((status = OK, body = Account), (status = CONFLICT)),
)]
pub(crate) async fn suspend(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<UserId>,
    Body(new): Body<NewSuspension>,
) -> Result<Json<Account>, Problem> {
    let account = accounts::suspend(state.library(), caller.actor()?, id, &new.reason).await?;
    state.sessions().forget();
    Ok(Json(account.into()))
}
