//! Lists the pictures of a book.

use axum::Json;
use axum::extract::State;
use library::ids::BookId;
use library::pictures;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::{Path, Query};
use crate::problem::Problem;
use crate::wire::{GalleryQuery, Page, Picture};

/// List the pictures of a book, in the order of the text
#[utoipa::path(
    get, path = "/api/v1/books/{book_id}/pictures", tag = "pictures",
    params(("book_id" = uuid::Uuid, Path), GalleryQuery),
    responses((status = OK, body = Page<Picture>)),
)]
pub(crate) async fn list(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<BookId>,
    Query(query): Query<GalleryQuery>,
) -> Result<Json<Page<Picture>>, Problem> {
    let page = pictures::list(
        state.library(),
        caller.0,
        id,
        query.page.into(),
        query.per_page.into(),
    )
    .await;
    Ok(Json(Page::of(page.map_err(|error| caller.missing(error))?)))
}
