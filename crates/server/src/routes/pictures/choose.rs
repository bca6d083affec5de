//! Prefers one of several pictures of a passage.

use axum::extract::State;
use axum::http::StatusCode;
use library::ids::PictureId;
use library::pictures::variants;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;

/// Show me this picture of its passage from now on
#[utoipa::path(
    put, path = "/api/v1/pictures/{picture_id}/chosen", tag = "pictures", params(("picture_id" = uuid::Uuid, Path)),
    responses((status = NO_CONTENT)),
)]
pub(crate) async fn choose(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<PictureId>,
) -> Result<StatusCode, Problem> {
    variants::choose(state.library(), caller.signed_in()?, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
