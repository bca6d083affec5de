//! Sends a picture.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use library::books::Blob;
use library::ids::PictureId;
use library::pictures;

use crate::ServerState;
use crate::admission::Caller;
use crate::delivery::{Caching, File, attachment};
use crate::extract::{Path, Query};
use crate::problem::Problem;
use crate::wire::PictureQuery;

/// A picture; the address never changes what it shows
#[utoipa::path(
    get, path = "/api/v1/pictures/{picture_id}/image", tag = "pictures",
    params(("picture_id" = uuid::Uuid, Path), PictureQuery),
    responses(
        (status = OK, content_type = "image/*", body = Vec<u8>),
        (status = PARTIAL_CONTENT, content_type = "image/*", body = Vec<u8>),
        (status = NOT_MODIFIED), (status = RANGE_NOT_SATISFIABLE),
    ),
)]
pub(crate) async fn image(
    State(state): State<ServerState>,
    caller: Caller,
    Path(id): Path<PictureId>,
    Query(query): Query<PictureQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let blob = pictures::image(state.library(), caller.0, id, query.width.into()).await;
    let blob = blob.map_err(|error| caller.missing(error))?;
    send(blob, Caching::PrivateImmutable, query.download, &headers)
}

/// Answers with a picture, to be shown or to be saved.
pub(super) fn send(
    blob: Blob,
    caching: Caching,
    is_download: bool,
    request: &HeaderMap,
) -> Result<Response, Problem> {
    let extension = blob.media_type.rsplit('/').next().unwrap_or("img").to_owned();
    let name = format!("picture-{}", blob.sha256.get(..8).unwrap_or("1"));
    let mut response = File::of(blob, caching).answer(request)?;
    if is_download {
        response
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, attachment(&name, &name, &extension));
    }
    Ok(response)
}
