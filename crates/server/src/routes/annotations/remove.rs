//! Removes a bookmark, a highlight or a note.

use axum::extract::State;
use axum::http::StatusCode;
use library::annotations;
use library::ids::{AnnotationId, BookId};

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;

/// Remove a bookmark, a highlight or a note
///
/// One that is not there is removed already.
#[utoipa::path(
    delete, path = "/api/v1/books/{book_id}/annotations/{annotation_id}", tag = "books",
    params(("book_id" = uuid::Uuid, Path), ("annotation_id" = uuid::Uuid, Path)),
    responses((status = NO_CONTENT)),
)]
pub(crate) async fn remove(
    State(state): State<ServerState>,
    caller: Caller,
    Path((book, id)): Path<(BookId, AnnotationId)>,
) -> Result<StatusCode, Problem> {
    annotations::remove(state.library(), caller.signed_in()?, book, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
