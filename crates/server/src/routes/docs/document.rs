//! The OpenAPI document.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use crate::ServerState;
use crate::delivery::{Caching, File};
use crate::problem::Problem;

/// The OpenAPI document of this API
#[utoipa::path(
    get, path = "/api/v1/openapi.json", tag = "service",
    responses((status = OK, body = Object), (status = NOT_MODIFIED)),
)]
pub(crate) async fn document(
    State(state): State<ServerState>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let bytes = state.openapi().clone();
    let version = version_of(&bytes);
    let media_type = HeaderValue::from_static("application/json");
    File {
        bytes,
        media_type,
        version,
        caching: Caching::Revalidate,
    }
    .answer(&headers)
}

fn version_of(bytes: &Bytes) -> String {
    hex::encode(&Sha256::digest(bytes)[..16])
}
