//! Where am I in this book?

use axum::Json;
use axum::extract::State;
use library::ids::BookId;
use library::{books, positions};

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;
use crate::wire::Position;

/// Where am I in this book?
///
/// Before the book was opened: its beginning, with version 0.
#[utoipa::path(
    get, path = "/api/v1/books/{book_id}/position", tag = "books", params(("book_id" = uuid::Uuid, Path)),
    responses((status = OK, body = Position)),
)]
pub(crate) async fn show(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<BookId>,
) -> Result<Json<Position>, Problem> {
    let user = caller.signed_in()?;
    if let Some(position) = positions::get(state.library(), user, id).await? {
        return Ok(Json(position.into()));
    }
    let book = books::get(state.library(), caller.0, id).await?;
    Ok(Json(Position::beginning(book.start_chapter)))
}
