//! Takes a picture away.

use axum::extract::State;
use axum::http::StatusCode;
use library::ids::PictureId;
use library::pictures::variants;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;

/// Never show me this picture again
///
/// When nobody else has the book, the picture is removed.
#[utoipa::path(
    delete, path = "/api/v1/pictures/{picture_id}", tag = "pictures", params(("picture_id" = uuid::Uuid, Path)),
    responses((status = NO_CONTENT)),
)]
pub(crate) async fn discard(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<PictureId>,
) -> Result<StatusCode, Problem> {
    variants::discard(state.library(), caller.signed_in()?, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
