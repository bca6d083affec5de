//! Changes what an account may do.

use axum::Json;
use axum::extract::State;
use library::accounts;
use library::ids::UserId;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::{Json as Body, Path};
use crate::problem::Problem;
use crate::wire::{Account, NewRole};

/// Change what an account may do
///
/// It is signed out everywhere.
#[utoipa::path(
    put, path = "/api/v1/admin/users/{user_id}/role", tag = "admin", params(("user_id" = uuid::Uuid, Path)),
    request_body = NewRole, responses((status = OK, body = Account)),
)]
pub(crate) async fn role(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<UserId>,
    Body(new): Body<NewRole>,
) -> Result<Json<Account>, Problem> {
    let account = accounts::set_role(state.library(), caller.actor()?, id, new.role.into()).await?;
    state.sessions().forget();
    Ok(Json(account.into()))
}
