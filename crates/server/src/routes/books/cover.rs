//! Sends a cover.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use library::content;
use library::ids::BookId;

use crate::ServerState;
use crate::admission::Caller;
use crate::delivery::{Caching, File};
use crate::extract::Path;
use crate::problem::Problem;

/// The cover of a book
#[utoipa::path(
    get, path = "/api/v1/books/{book_id}/cover", tag = "books", params(("book_id" = uuid::Uuid, Path)),
    responses(
        (status = OK, content_type = "image/*", body = Vec<u8>),
        (status = PARTIAL_CONTENT, content_type = "image/*", body = Vec<u8>),
        (status = NOT_MODIFIED), (status = RANGE_NOT_SATISFIABLE),
    ),
)]
pub(crate) async fn cover(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<BookId>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let blob = content::cover(state.library(), caller.0, id)
        .await
        .map_err(|error| caller.missing(error))?;
    File::of(blob, Caching::PrivateDay).answer(&headers)
}
