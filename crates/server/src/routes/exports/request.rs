//! Asks for the illustrated EPUB.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use library::ids::BookId;
use library::{exports, jobs};

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Path;
use crate::problem::Problem;
use crate::wire::Started;

/// Ask for the illustrated EPUB of a book
#[utoipa::path(
    post, path = "/api/v1/books/{book_id}/export", tag = "books", params(("book_id" = uuid::Uuid, Path)),
    responses((status = ACCEPTED, body = Started)),
)]
pub(crate) async fn request(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<BookId>,
) -> Result<(StatusCode, Json<Started>), Problem> {
    let job = exports::request(state.library(), caller.signed_in()?, id).await?;
    let job = jobs::get(state.library(), caller.0, job).await?;
    Ok((StatusCode::ACCEPTED, Json(Started { job: job.into() })))
}
