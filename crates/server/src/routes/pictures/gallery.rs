//! Lists the pictures of all books on the shelf.

use axum::Json;
use axum::extract::State;
use library::pictures::gallery;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Query;
use crate::problem::Problem;
use crate::wire::{HangingPicture, Page, ShelfGalleryQuery};

/// List the pictures of all books on my shelf, the newest first
#[utoipa::path(
    get, path = "/api/v1/pictures", tag = "pictures", params(ShelfGalleryQuery),
    responses((status = OK, body = Page<HangingPicture>)),
)]
pub(crate) async fn gallery(
    State(state): State<ServerState>,
    caller: Caller,
    Query(query): Query<ShelfGalleryQuery>,
) -> Result<Json<Page<HangingPicture>>, Problem> {
    let page = gallery::of_shelf(state.library(), caller.signed_in()?, &query.into()).await?;
    Ok(Json(Page::of(page)))
}
