//! Shows a chapter with its text.

use axum::Json;
use axum::extract::State;
use library::chapters;
use library::ids::BookId;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;
use crate::wire::Chapter;

/// Show a chapter with its text
#[utoipa::path(
    get, path = "/api/v1/books/{book_id}/chapters/{index}", tag = "books",
    params(("book_id" = uuid::Uuid, Path), ("index" = u32, Path, description = "Counted from 0")),
    responses((status = OK, body = Chapter)),
)]
pub(crate) async fn show(
    State(state): State<ServerState>,
    caller: Caller,
    Path((id, index)): Path<(BookId, u32)>,
) -> Result<Json<Chapter>, Problem> {
    let chapter = chapters::get(state.library(), caller.0, id, index as usize).await;
    Ok(Json(chapter.map_err(|error| caller.missing(error))?.into()))
}
