//! What have I marked in this book?

use axum::Json;
use axum::extract::State;
use library::annotations;
use library::ids::BookId;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;
use crate::wire::{Annotation, Annotations};

/// What have I marked in this book?
///
/// Bookmarks, highlights and notes in the order of the text.
#[utoipa::path(
    get, path = "/api/v1/books/{book_id}/annotations", tag = "books", params(("book_id" = uuid::Uuid, Path)),
    responses((status = OK, body = Annotations)),
)]
pub(crate) async fn list(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<BookId>,
) -> Result<Json<Annotations>, Problem> {
    let found = annotations::list(state.library(), caller.signed_in()?, id).await?;
    let items = found.into_iter().map(Annotation::from).collect();
    Ok(Json(Annotations { items }))
}
