//! Gives a reader a plan.

use axum::Json;
use axum::extract::State;
use library::ids::UserId;
use library::plans::{self, Reason};

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::{Json as Body, Path};
use crate::problem::Problem;
use crate::wire::{NewPlan, Standing};

/// Give a reader a plan, in place of the one so far
#[utoipa::path(
    put, path = "/api/v1/admin/users/{user_id}/plan", tag = "admin", params(("user_id" = uuid::Uuid, Path)),
    request_body = NewPlan, responses((status = OK, body = Standing)),
)]
pub(crate) async fn grant_plan(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<UserId>,
    Body(new): Body<NewPlan>,
) -> Result<Json<Standing>, Problem> {
    let actor = caller.actor()?;
    plans::grant(
        state.library(),
        actor,
        id,
        new.plan.into(),
        new.until,
        Reason::Gift,
    )
    .await?;
    Ok(Json(plans::standing(state.library(), id).await?.into()))
}
