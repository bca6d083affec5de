//! Lists the public catalogue.

use axum::Json;
use axum::extract::State;
use library::books;

use crate::ServerState;
use crate::admission::Caller;
use crate::extract::Query;
use crate::problem::Problem;
use crate::wire::{Book, CatalogueQuery, Page};

/// List the public catalogue
#[utoipa::path(
    get, path = "/api/v1/catalogue", tag = "books", params(CatalogueQuery),
    responses((status = OK, body = Page<Book>)),
)]
pub(crate) async fn catalogue(
    State(state): State<ServerState>,
    caller: Caller,
    Query(query): Query<CatalogueQuery>,
) -> Result<Json<Page<Book>>, Problem> {
    let page = books::list(state.library(), caller.0, &query.into()).await?;
    Ok(Json(Page::of(page)))
}
