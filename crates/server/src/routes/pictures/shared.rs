//! Sends a shared picture.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use library::pictures::share;

use super::image::send;
use crate::ServerState;
use crate::delivery::Caching;
use crate::extract::{Path, Query};
use crate::problem::Problem;
use crate::wire::PictureQuery;

/// A shared picture, until its reader takes the address back
#[utoipa::path(
    get, path = "/api/v1/shared-pictures/{token}", tag = "pictures",
    params(("token" = String, Path), PictureQuery),
    responses(
        (status = OK, content_type = "image/*", body = Vec<u8>),
        (status = PARTIAL_CONTENT, content_type = "image/*", body = Vec<u8>),
        (status = NOT_MODIFIED), (status = RANGE_NOT_SATISFIABLE),
    ),
)]
pub(crate) async fn shared(
    State(state): State<ServerState>,
    Path(token): Path<String>,
    Query(query): Query<PictureQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let blob = share::shared(state.library(), &token, query.width.into()).await?;
    send(blob, Caching::PrivateRevalidate, query.download, &headers)
}
