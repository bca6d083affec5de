//! Takes a shared address back.

use axum::extract::State;
use axum::http::StatusCode;
use library::ids::PictureId;
use library::pictures::share;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;

/// Stop sharing this picture
#[utoipa::path(
    delete, path = "/api/v1/pictures/{picture_id}/share", tag = "pictures", params(("picture_id" = uuid::Uuid, Path)),
    responses((status = NO_CONTENT)),
)]
pub(crate) async fn unshare(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<PictureId>,
) -> Result<StatusCode, Problem> {
    share::unshare(state.library(), caller.signed_in()?, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
