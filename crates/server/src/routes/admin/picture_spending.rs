//! Shows what pictures cost.

use axum::Json;
use axum::extract::State;
use library::plans;

use crate::ServerState;
use crate::problem::Problem;
use crate::wire::PictureSpending;

/// What the services that draw cost this month, and may
#[utoipa::path(
    get, path = "/api/v1/admin/picture-spending", tag = "admin",
    responses((status = OK, body = PictureSpending)),
)]
pub(crate) async fn picture_spending(
    State(state): State<ServerState>,
) -> Result<Json<PictureSpending>, Problem> {
    Ok(Json(plans::spending(state.library()).await?.into()))
}
