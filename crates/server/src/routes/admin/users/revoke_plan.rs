//! Ends a plan that was given.

use axum::Json;
use axum::extract::State;
use library::ids::UserId;
use library::plans;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;
use crate::wire::Standing;

/// End the plan that was given to a reader: the default counts again
#[utoipa::path(
    delete, path = "/api/v1/admin/users/{user_id}/plan", tag = "admin", params(("user_id" = uuid::Uuid, Path)),
    responses((status = OK, body = Standing)),
)]
pub(crate) async fn revoke_plan(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<UserId>,
) -> Result<Json<Standing>, Problem> {
    plans::revoke(state.library(), caller.actor()?, id).await?;
    Ok(Json(plans::standing(state.library(), id).await?.into()))
}
